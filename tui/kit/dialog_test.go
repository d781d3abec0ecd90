package kit

import (
	"fmt"
	"strings"
	"testing"
)

// asked is what all dialogs have.
type asker interface {
	View(st *Styles, width, height int) []string
}

func TestConfirm(t *testing.T) {
	tests := []struct {
		name string
		lang string
		ev   []Event
		want Answer
	}{
		{"yes by letter", "en", press("y"), Answer{Done: true}},
		{"yes in Portuguese", "pt-BR", press("s"), Answer{Done: true}},
		{"a capital", "pt-BR", press("S"), Answer{Done: true}},
		{"no by letter", "en", press("n"), Answer{Left: true}},
		{"Enter alone is no", "en", press("enter"), Answer{Left: true}},
		{"choose yes, Enter", "en", press("left", "enter"), Answer{Done: true}},
		{"Esc", "en", press("left", "esc"), Answer{Left: true}},
		{"a scan is no answer", "en", []Event{Scan{"y"}}, Answer{}},
		{"a paste is no answer", "en", []Event{Paste{"y"}}, Answer{}},
		{"another key", "en", press("q"), Answer{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := NewConfirm(catalogue(t, tt.lang), "Void?", "", start)
			var got Answer
			for _, ev := range tt.ev {
				got = c.Update(ev, later(1000))
			}
			if got != tt.want {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestDialogsIgnoreKeysInFlight: what was pressed before a dialog could be
// read answers nothing.
func TestDialogsIgnoreKeysInFlight(t *testing.T) {
	tx := catalogue(t, "en")
	early, late := later(int(Grace.Milliseconds())-1), later(int(Grace.Milliseconds()))
	c, r := NewConfirm(tx, "Void?", "", start), NewReason(tx, "Why?", start)
	p := NewPicker(tx, "Which?", []Option{{"a", "A"}}, start)
	for _, ev := range press("y", "enter", "esc", "left", "x") {
		if a := c.Update(ev, early); a != (Answer{}) {
			t.Errorf("confirm answered %+v to %v", a, ev)
		}
		if a := r.Update(ev, early); a != (Answer{}) {
			t.Errorf("reason answered %+v to %v", a, ev)
		}
		if a := p.Update(ev, early); a != (Answer{}) {
			t.Errorf("picker answered %+v to %v", a, ev)
		}
	}
	if c.yes || !r.line.Empty() || !p.line.Empty() {
		t.Error("a key in flight left a trace")
	}
	esc := Key{Name: "esc"}
	if !c.Update(esc, late).Left || !r.Update(esc, late).Left || !p.Update(esc, late).Left {
		t.Error("after the grace period keys answer")
	}
	if !c.Update(esc, start.Add(-Grace*100)).Left {
		t.Error("a clock set back must not lock a dialog")
	}
}

func TestReason(t *testing.T) {
	tx := catalogue(t, "en")
	r := NewReason(tx, "Void sale 4711?", start)
	at := later(1000)
	if a := r.Update(Key{Name: "enter"}, at); a != (Answer{}) {
		t.Errorf("without a reason: %+v", a)
	}
	if got := strings.Join(r.View(styles(Mono), 60, 8), "\n"); !strings.Contains(got, "✗ Type a reason first") {
		t.Errorf("it is said:\n%s", got)
	}
	r.Update(Scan{"K7PM-4T9Q"}, at)
	for _, ev := range append(typing(" wrong amount "), Paste{"!"}) {
		r.Update(ev, at)
	}
	if a := r.Update(Key{Name: "enter"}, at); a != (Answer{Done: true, Value: "wrong amount !"}) {
		t.Errorf("got %+v", a)
	}
}

func TestPicker(t *testing.T) {
	tx := catalogue(t, "en")
	at := later(1000)
	p := NewPicker(tx, "Which customer?", []Option{{"1", "Maria"}, {"2", "João"}, {"3", "Mário"}}, start)
	p.Update(Key{Name: "end"}, at)
	p.Update(Key{Name: "down"}, at)
	if a := p.Update(Key{Name: "enter"}, at); a.Value != "3" {
		t.Errorf("got %+v", a)
	}
	for _, ev := range typing("jo") {
		p.Update(ev, at)
	}
	if a := p.Update(Key{Name: "enter"}, at); a != (Answer{Done: true, Value: "2"}) {
		t.Errorf("got %+v", a)
	}
	p.Update(Key{Name: "x", Text: "x"}, at)
	if a := p.Update(Key{Name: "enter"}, at); a != (Answer{}) {
		t.Errorf("nothing found, nothing picked: %+v", a)
	}
}

// TestPickerMarksWhatIsOutOfSight: the marker stays where it is when the cursor
// of what is typed moves.
func TestPickerMarksWhatIsOutOfSight(t *testing.T) {
	var many []Option
	for i := range 20 {
		many = append(many, Option{fmt.Sprint(i), fmt.Sprintf("Kind %02d", i)})
	}
	p := NewPicker(catalogue(t, "en"), "Which?", many, start)
	for _, c := range []struct {
		keys []Event
		mark string
		says string
	}{
		{nil, "Kind 00", "↓ 11 more lines"},
		{press("down", "down", "right", "left"), "Kind 02", "↓ 11 more lines"},
		{press("end"), "Kind 19", "↑ 11 more lines"},
		{press("up", "up", "up", "up", "up", "up", "up", "up", "up", "up"), "Kind 09", "↑ 1 more line  ↓ 10 more lines"},
	} {
		for _, k := range c.keys {
			p.Update(k, later(1000))
		}
		view := p.View(styles(Mono), 60, 12)
		if text := strings.Join(view, "\n"); len(view) != 12 || !strings.Contains(text, Marker+c.mark) || !strings.Contains(view[11], c.says) {
			t.Errorf("want %s and %s:\n%s", c.mark, c.says, text)
		}
	}
	if view := p.View(styles(Mono), 60, 22); len(view) != 22 || strings.Contains(view[21], "more") {
		t.Errorf("all have room:\n%s", strings.Join(view, "\n"))
	}
}

func TestDialogGolden(t *testing.T) {
	tx := catalogue(t, "pt-BR")
	var many []Option
	for i := range 30 {
		many = append(many, Option{fmt.Sprint(i), fmt.Sprintf("Cliente %02d 漢字", i)})
	}
	picker := NewPicker(tx, "Qual cliente?", many, start)
	for range 20 {
		picker.Update(Key{Name: "down"}, later(1000))
	}
	dialogs := map[string]asker{
		"confirm": NewConfirm(tx, "Cancelar a venda 4711?", "O cupom K7PM-4T9Q volta a valer para o cliente até 04/01/2027.", start),
		"reason":  NewReason(tx, "Por que a venda 4711 está sendo cancelada?", start),
		"picker":  picker,
	}
	for name, d := range dialogs {
		for _, theme := range []Theme{Dark, Mono} {
			for _, w := range []int{40, 80, 120} {
				golden(t, fmt.Sprintf("%s-%s-%d", name, themeName(theme), w), w, d.View(styles(theme), w, 8))
			}
		}
		for h := range 8 {
			if got := d.View(styles(Mono), 30, h); len(got) > h {
				t.Errorf("%s: %d lines in %d", name, len(got), h)
			}
		}
	}
}

func TestNotice(t *testing.T) {
	var n Notice
	st := styles(Mono)
	n.Say(Wrong, "K7PM-4T9Q was used on 3 Nov\nat Till 2.", start)
	if got := n.View(st, 60, 2); len(got) != 1 || got[0] != "✗ K7PM-4T9Q was used on 3 Nov at Till 2." {
		t.Errorf("%q", got)
	}
	n.Seen(Key{Name: "enter"}, later(100))
	n.Seen(Scan{"x"}, later(1000))
	n.Seen(Paste{"x"}, later(1000))
	if !n.IsError() {
		t.Error("a key in flight, a scan or a paste does not dismiss an error")
	}
	n.Seen(Key{Name: "1", Text: "1"}, later(1000))
	if n.Showing() || n.View(st, 60, 2) != nil {
		t.Error("a deliberate key does")
	}
	n.Say(Caution, strings.Repeat("word ", 40), start)
	if got := n.View(st, 20, 2); len(got) != 2 || Width(got[1]) > 20 || !strings.HasSuffix(got[1], "…") {
		t.Errorf("%q", got)
	}
	if n.IsError() {
		t.Error("a caution is no error")
	}
}

// TestScanDismissesNothing plays a whole scan, Enter and all, through the
// decoder while an error and a question stand on screen.
func TestScanDismissesNothing(t *testing.T) {
	var d Decoder
	var n Notice
	n.Say(Wrong, "refused", start)
	c := NewConfirm(catalogue(t, "en"), "Void?", "", start)
	for _, m := range join(runes(1000, "K7PM-4T9Q"), ctrl(1002, 13), ctrl(1003, 10)) {
		for _, ev := range d.Read(m.msg, later(m.ms)) {
			n.Seen(ev, later(m.ms))
			if a := c.Update(ev, later(m.ms)); a != (Answer{}) {
				t.Errorf("a scan answered %+v", a)
			}
		}
	}
	if !n.IsError() {
		t.Error("a scan dismissed an error")
	}
}

// TestPickerOfAllOrOne: what is typed marks what it finds, not the option that
// stands for all.
func TestPickerOfAllOrOne(t *testing.T) {
	at := later(1000)
	p := NewPicker(catalogue(t, "en"), "Which customer?", []Option{{"", "all"}, {"1", "Alberto"}}, start)
	p.Update(Key{Name: "a", Text: "a"}, at)
	if a := p.Update(Key{Name: "enter"}, at); a != (Answer{Done: true, Value: "1"}) {
		t.Errorf("got %+v", a)
	}
}
