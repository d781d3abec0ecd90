package kit

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// number understands whole numbers of at most three digits.
func number(text string, _ Values) (string, error) {
	if text == "" {
		return "", errors.New("type a rate")
	}
	if strings.Trim(text, "0123456789") != "" || len(text) > 3 {
		return "", fmt.Errorf("%s is not a rate; type one as 20", text)
	}
	return text + " %", nil
}

func campaignForm() *Form {
	f := NewForm("New campaign", error.Error,
		Field{Name: "title", Label: "test.Title", Value: "Spring", Limit: 25, Hint: "test.at most 25 characters"},
		Field{Name: "rate", Label: "test.Cashback", Kind: Percent, Value: "20", Read: number},
		Field{Name: "texts", Label: "test.Send texts", Kind: YesNo, Value: Yes},
		Field{Name: "link", Label: "test.Link", Hidden: func(v Values) bool { return !v.Bool("texts") }},
		Field{Name: "for", Label: "test.For", Kind: Choice, Options: []Option{{"all", "everyone"}, {"new", "new customers"}, {"old", "returning"}}},
		Field{Name: "pin", Label: "test.PIN", Kind: Secret},
	)
	f.Sentence = func(v Values) string { return "A sale of 100,00 earns " + v["rate"] + ",00 for " + v["for"] + "." }
	return f
}

func fill(f *Form, evs ...Event) FormAction {
	var last FormAction
	for _, ev := range evs {
		last = f.Update(ev)
	}
	return last
}

func TestFormWalk(t *testing.T) {
	f := campaignForm()
	var seen []string
	for range 7 {
		seen = append(seen, f.Current())
		fill(f, press("tab")...)
	}
	if got := strings.Join(seen, " "); got != "title rate texts link for pin pin" {
		t.Errorf("forward: %s", got)
	}
	fill(f, press("shift+tab", "shift+tab", "shift+tab", " ", "tab")...)
	if f.Current() != "for" {
		t.Errorf("the hidden field is passed over: at %s", f.Current())
	}
	fill(f, press("left")...)
	if v := f.Values(); v["texts"] != No || v["for"] != "old" {
		t.Errorf("choices: %v", v)
	}
}

func TestFormSubmits(t *testing.T) {
	f := campaignForm()
	if a := fill(f, press("enter", "enter", "enter", "enter", "enter")...); a.Submit {
		t.Error("Enter before the last field goes on")
	}
	if a := fill(f, press("enter")...); !a.Submit {
		t.Error("Enter on the last submits")
	}
	if a := fill(f, press("enter", "ctrl+s", "esc")...); a != (FormAction{}) {
		t.Errorf("while it is stored keys do nothing: %+v", a)
	}
	f.Fail(errors.New("the disk is full"))
	text := strings.Join(f.View(styles(Mono), catalogue(t, "en"), 60, 20), "\n")
	if !strings.Contains(text, "✗ the disk is full") {
		t.Errorf("why it failed is shown:\n%s", text)
	}
	if a := fill(f, press("ctrl+s")...); !a.Submit {
		t.Error("it can be submitted again")
	}
}

func TestFormChecks(t *testing.T) {
	st, tx := styles(Mono), catalogue(t, "en")
	text := func(f *Form) string { return strings.Join(f.View(st, tx, 60, 20), "\n") }
	f := campaignForm()
	fill(f, press("tab", "x")...)
	if got := text(f); !strings.Contains(got, "✗ 20x is not a rate") {
		t.Errorf("wrong as typed:\n%s", got)
	}
	fill(f, press("tab")...)
	if a := fill(f, press("ctrl+s")...); a.Submit || f.Current() != "rate" {
		t.Errorf("%+v at %s", a, f.Current())
	}
	fill(f, press("backspace")...)
	if got := text(f); !strings.Contains(got, "20▏  20 %") || strings.Contains(got, "✗") {
		t.Errorf("how it was understood:\n%s", got)
	}
	f.Check = func(v Values) (string, error) {
		if v["pin"] == "" {
			return "pin", errors.New("a PIN is needed")
		}
		return "", nil
	}
	if a := fill(f, press("ctrl+s")...); a.Submit || f.Current() != "pin" || !strings.Contains(text(f), "a PIN is needed") {
		t.Errorf("all values together: %+v at %s", a, f.Current())
	}
	if a := fill(f, press("1", "2", "enter")...); !a.Submit || f.Values()["pin"] != "12" {
		t.Errorf("%+v", a)
	}
}

func TestFormNotScoldingBeforeTyping(t *testing.T) {
	f := NewForm("", error.Error, Field{Name: "rate", Label: "test.Rate", Read: number}, Field{Name: "b", Label: "test.B"})
	st, tx := styles(Mono), catalogue(t, "en")
	if got := strings.Join(f.View(st, tx, 40, 10), "\n"); strings.Contains(got, "✗") {
		t.Errorf("an empty field that was not left yet is no error:\n%s", got)
	}
	fill(f, press("tab")...)
	if got := strings.Join(f.View(st, tx, 40, 10), "\n"); !strings.Contains(got, "✗ type a rate") {
		t.Errorf("once left it is:\n%s", got)
	}
}

func TestFormShowsWhyItCannotBeSaved(t *testing.T) {
	f := NewForm("", error.Error, Field{Name: "a", Label: "test.A"}, Field{Name: "rate", Label: "test.Rate", Read: number})
	if a := fill(f, press("ctrl+s")...); a.Submit || f.Current() != "rate" {
		t.Errorf("%+v at %s", a, f.Current())
	}
	if got := strings.Join(f.View(styles(Mono), catalogue(t, "en"), 40, 10), "\n"); !strings.Contains(got, "✗ type a rate") {
		t.Errorf("the field nobody went to says why:\n%s", got)
	}
}

func TestFormCancels(t *testing.T) {
	f := campaignForm()
	if a := fill(f, press("esc")...); !a.Cancel {
		t.Error("nothing changed: Esc leaves")
	}
	fill(f, press("x")...)
	if a := fill(f, press("esc")...); a.Cancel {
		t.Error("changed: Esc asks")
	}
	if got := strings.Join(f.View(styles(Mono), catalogue(t, "en"), 60, 20), "\n"); !strings.Contains(got, "not saved") {
		t.Errorf("the question is shown:\n%s", got)
	}
	if a := fill(f, press("a")...); a.Cancel || f.Values()["title"] != "Springx" {
		t.Error("another key goes on, and is not typed")
	}
	if a := fill(f, press("esc", "esc")...); !a.Cancel {
		t.Error("Esc twice leaves")
	}
}

func TestFormScanAndPaste(t *testing.T) {
	f := campaignForm()
	if a := fill(f, Scan{"SPRING-1"}); a.Submit || f.Values()["title"] != "SPRING-1" || f.Current() != "title" {
		t.Errorf("a scan fills its field and moves nothing: %+v %v", a, f.Values())
	}
	fill(f, Paste{" sale"})
	if got := f.Values()["title"]; got != "SPRING-1 sale" {
		t.Errorf("got %q", got)
	}
	f.Set("rate", "30")
	if v := f.Values(); v["rate"] != "30" {
		t.Errorf("%v", v)
	}
}

// TestFormKeysWork: each key of the help page changes the form or asks
// something of its screen.
func TestFormKeysWork(t *testing.T) {
	st, tx := styles(Mono), catalogue(t, "en")
	for _, b := range FormKeys().Bindings {
		for _, name := range b.Keys() {
			f := campaignForm()
			fill(f, press("tab", "tab", "tab", "tab")...) // the Choice field
			if name == "home" {
				fill(f, press("right")...)
			}
			before := strings.Join(f.View(st, tx, 80, 30), "\n")
			if a := fill(f, press(name)...); a == (FormAction{}) && strings.Join(f.View(st, tx, 80, 30), "\n") == before {
				t.Errorf("%s does nothing", name)
			}
		}
	}
}

func TestFormGolden(t *testing.T) {
	for _, theme := range []Theme{Dark, Mono} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			name := fmt.Sprintf("form-%s-%dx%d", themeName(theme), size[0], size[1])
			t.Run(name, func(t *testing.T) {
				f := campaignForm()
				fill(f, press("tab", "x", "tab", "tab", "tab")...)
				golden(t, name, size[0], f.View(styles(theme), catalogue(t, "en"), size[0], size[1]))
			})
		}
	}
}

func TestFormInAnyWindow(t *testing.T) {
	st, tx := styles(Dark), catalogue(t, "pt-BR")
	for w := 0; w < 90; w += 3 {
		for h := 0; h < 16; h++ {
			f := campaignForm()
			for range 6 {
				lines := f.View(st, tx, w, h)
				if len(lines) > h {
					t.Fatalf("%d lines in %dx%d", len(lines), w, h)
				}
				for _, l := range lines {
					if Width(l) > w {
						t.Fatalf("%d cells in %dx%d: %q", Width(l), w, h, l)
					}
				}
				if h >= 3 && w >= 20 && !strings.Contains(strings.Join(lines, "\n"), "> ") {
					t.Fatalf("the current field %s is out of sight in %dx%d:\n%s", f.Current(), w, h, strings.Join(lines, "\n"))
				}
				f.Update(Key{Name: "tab"})
			}
		}
	}
}

// long is a form of many fields, the last of which cannot be understood yet.
func long() *Form {
	var fields []Field
	for i := range 20 {
		fields = append(fields, Field{Name: fmt.Sprint("f", i), Caption: fmt.Sprint("Field ", i), Under: i == 3})
	}
	fields = append(fields, Field{Name: "rate", Label: "test.Rate", Read: number})
	f := NewForm("", error.Error, fields...)
	f.Sentence = func(v Values) string { return strings.Repeat("It does a lot. ", 40) }
	return f
}

func TestFormSaysWhichFieldIsAtFault(t *testing.T) {
	st, tx := styles(Mono), catalogue(t, "en")
	f := long()
	text := func() string { return strings.Join(f.View(st, tx, 60, 12), "\n") }
	if got := text(); strings.Contains(got, "type a rate") {
		t.Errorf("only where it is asked for:\n%s", got)
	}
	f.Faults = true
	if got := text(); !strings.Contains(got, "! Rate: type a rate") {
		t.Errorf("the fault of a field out of sight:\n%s", got)
	}
	f.Set("rate", "20")
	f.Judge = func(Values) (string, error) { return "f3", errors.New("goes with Field 4") }
	if got := text(); !strings.Contains(got, "! Field 3: goes with Field 4") {
		t.Errorf("the fault of the whole:\n%s", got)
	}
	f.Judge = nil
	lines := f.View(st, tx, 60, 12)
	if got := strings.Join(lines, "\n"); !strings.Contains(got, "> Field 0") || !strings.Contains(got, "…") || strings.Count(got, "It does") < 12 {
		t.Errorf("a long sentence leaves room for the fields:\n%s", got)
	}
	if got := text(); !strings.Contains(got, "    Field 3") || strings.Contains(got, "    Field 4") {
		t.Errorf("a field under another is set in:\n%s", got)
	}
}

func TestFormJumps(t *testing.T) {
	f := long()
	var seen []string
	for _, key := range []string{"pgdown", "pgdown", "pgdown", "pgup"} {
		fill(f, press(key)...)
		seen = append(seen, f.Current())
	}
	if got := strings.Join(seen, " "); got != "f8 f16 rate f12" {
		t.Errorf("jumps to %s", got)
	}
}

func TestFormResumes(t *testing.T) {
	f := campaignForm()
	if a := fill(f, press("ctrl+s")...); !a.Submit {
		t.Fatal("it is not submitted")
	}
	f.Resume()
	if a := fill(f, press("ctrl+s")...); !a.Submit {
		t.Error("it can be submitted again")
	}
}

func TestFormListTakesScans(t *testing.T) {
	f := NewForm("", error.Error, Field{Name: "codes", Label: "test.Codes", List: true})
	fill(f, Scan{"111"}, Scan{"222"})
	if got := f.Values()["codes"]; got != "111, 222" {
		t.Errorf("got %q", got)
	}
}

// TestPrefilledNumberGivesWay types into a field of each kind that holds a 20:
// the first digit takes its place, unless a key has changed or walked it.
func TestPrefilledNumberGivesWay(t *testing.T) {
	for _, c := range []struct {
		name string
		kind Kind
		keys []Event
		want string
	}{
		{"a digit", Number, typing("3"), "3"},
		{"digits", Amount, typing("315"), "315"},
		{"a rate", Percent, typing("5"), "5"},
		{"a date", Date, typing("1/2"), "1/2"},
		{"a mark", Amount, typing(",5"), "20,5"},
		{"text", Text, typing("3"), "203"},
		{"end", Number, append(press("end"), typing("3")...), "203"},
		{"home", Number, append(press("home"), typing("3")...), "320"},
		{"left", Number, append(press("left"), typing("3")...), "230"},
		{"backspace", Number, append(press("backspace"), typing("3")...), "23"},
		{"cleared", Number, append(press("ctrl+u"), typing("30")...), "30"},
		{"passed by", Number, append(press("tab", "shift+tab"), typing("3")...), "3"},
		{"typed before", Number, append(append(typing("3"), press("tab", "shift+tab")...), typing("4")...), "34"},
		{"a scan", Number, []Event{Scan{"777"}}, "777"},
	} {
		f := NewForm("", error.Error, Field{Name: "n", Kind: c.kind, Value: "20"}, Field{Name: "other"})
		fill(f, c.keys...)
		if got := f.Values()["n"]; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	f := NewForm("", error.Error, Field{Name: "n", Kind: Number})
	fill(f, typing("1")...)
	f.Set("n", "20")
	if fill(f, typing("3")...); f.Values()["n"] != "3" {
		t.Errorf("set anew: %q", f.Values()["n"])
	}
}
