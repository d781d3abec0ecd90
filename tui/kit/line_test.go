package kit

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLineEdits(t *testing.T) {
	tests := []struct {
		name string
		keys []Event
		want string
	}{
		{"typing", typing("180,5"), "180,5"},
		{"backspace", append(typing("180"), press("backspace")...), "18"},
		{"backspace on nothing", press("backspace", "delete", "left"), ""},
		{"in the middle", append(typing("ac"), press("left", "b", "end", "d", "home", "_")...), "_abcd"},
		{"delete", append(typing("abc"), press("home", "delete")...), "bc"},
		{"word", append(typing("Maria da S"), press("ctrl+w", "ctrl+w")...), "Maria "},
		{"all", append(typing("Maria"), press("left", "ctrl+u")...), "a"},
		{"paste", append(typing("a"), Paste{"漢 字"}), "a漢 字"},
		{"scan replaces", append(typing("a"), Scan{"K7PM-4T9Q"}), "K7PM-4T9Q"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var l Line
			for _, ev := range tt.keys {
				if !l.Update(ev) {
					t.Errorf("%v was not taken", ev)
				}
			}
			if l.Text() != tt.want {
				t.Errorf("got %q", l.Text())
			}
		})
	}
	var l Line
	if l.Update(Key{Name: "f5"}) || l.Update(Key{Name: "enter"}) {
		t.Error("a line takes no f5 and no enter")
	}
}

func TestLineLimitAndMask(t *testing.T) {
	l := Line{Limit: 4, Mask: '*'}
	l.Insert("12")
	l.Insert("3456")
	if l.Text() != "1234" {
		t.Errorf("got %q", l.Text())
	}
	if got := l.View(styles(Mono), 20, true); got != "****▏" {
		t.Errorf("shown as %q", got)
	}
}

func TestLineViewFits(t *testing.T) {
	st := styles(Dark)
	rapid.Check(t, func(t *rapid.T) {
		l := NewLine(Clean(mixed.Draw(t, "text")))
		for range rapid.IntRange(0, 10).Draw(t, "left") {
			l.Update(Key{Name: "left"})
		}
		w := rapid.IntRange(0, 30).Draw(t, "width")
		for _, focused := range []bool{true, false} {
			if got := l.View(st, w, focused); Width(got) > w {
				t.Fatalf("%d cells in %d: %q", Width(got), w, got)
			}
		}
	})
}

func TestLineShowsAroundCursor(t *testing.T) {
	st := styles(Mono)
	l := NewLine("0123456789")
	if got := l.View(st, 6, true); got != "…6789▏" {
		t.Errorf("at the end: %q", got)
	}
	l.Update(Key{Name: "home"})
	if got := l.View(st, 6, true); got != "▏01234" {
		t.Errorf("at the start: %q", got)
	}
}
