package kit

import (
	"strings"
	"testing"
)

func groupedForm() *Form {
	empty := func(text string, _ Values) (string, error) {
		if text == "" {
			return "the standard one", nil
		}
		return "", nil
	}
	f := NewForm("", nil,
		Field{Name: "a", Heading: "test.First", Label: "test.A"}, Field{Name: "b", Label: "test.B"},
		Field{Name: "c", Heading: "test.Second", Label: "test.C", Kind: Paged, Read: empty}, Field{Name: "d", Label: "test.D"},
		Field{Name: "e", Heading: "test.Third", Label: "test.E"}, Field{Name: "f", Label: "test.F"})
	f.Sentence = func(Values) string { return "Says." }
	return f
}

func TestJumpGoesFromHeadingToHeading(t *testing.T) {
	f := groupedForm()
	var at []string
	for _, key := range []string{"pgdown", "tab", "pgup", "pgdown", "pgdown", "pgdown", "pgup", "pgup", "pgup", "pgup"} {
		fill(f, press(key)...)
		at = append(at, f.Current()+" "+f.Group())
	}
	want := "c test.Second, d test.Second, c test.Second, e test.Third, f test.Third, f test.Third, e test.Third, c test.Second, a test.First, a test.First"
	if got := strings.Join(at, ", "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestGroupStandsBelowItsHeading: in a low window the heading of the current
// group is the first line as far as its fields have room.
func TestGroupStandsBelowItsHeading(t *testing.T) {
	f := groupedForm()
	fill(f, press("pgdown", "tab")...)
	lines := f.View(styles(Mono), catalogue(t, "en"), 40, 6)
	if text := strings.Join(lines, "\n"); !strings.Contains(lines[0], "Second") || !strings.Contains(text, "> D") {
		t.Errorf("%s", text)
	}
}

func TestPagedFieldIsOpened(t *testing.T) {
	f := groupedForm()
	fill(f, press("pgdown")...)
	text := strings.Join(f.View(styles(Mono), catalogue(t, "en"), 60, 20), "\n")
	if !strings.Contains(text, "> C  the standard one") {
		t.Errorf("what stands for it is not shown:\n%s", text)
	}
	if a := fill(f, press("x", "backspace", "enter")...); a.Open != "c" || f.Values()["c"] != "" {
		t.Errorf("%+v, %q", a, f.Values()["c"])
	}
	f.Set("c", "mine")
	if text = strings.Join(f.View(styles(Mono), catalogue(t, "en"), 60, 20), "\n"); !strings.Contains(text, "> C  mine") || !f.Changed() {
		t.Errorf("what was set is not shown:\n%s", text)
	}
	if a := fill(f, press("tab")...); a.Open != "" || f.Current() != "d" {
		t.Errorf("tab gives %+v, at %s", a, f.Current())
	}
}
