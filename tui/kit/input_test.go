package kit

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"
)

// sent is a message and how many milliseconds after start it came.
type sent struct {
	ms  int
	msg tea.KeyMsg
}

func runes(ms int, text string) sent {
	return sent{ms, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)}}
}

func ctrl(ms int, t tea.KeyType) sent { return sent{ms, tea.KeyMsg{Type: t}} }

// decode feeds messages as the program does, flushing whenever a pause of
// ScanQuiet has passed, and writes the events down: keys by name, scans and
// pastes in brackets.
func decode(msgs []sent) []string {
	var d Decoder
	var out []string
	note := func(evs []Event) {
		for _, ev := range evs {
			switch ev := ev.(type) {
			case Key:
				out = append(out, ev.Name)
			case Scan:
				out = append(out, "scan<"+ev.Text+">")
			case Paste:
				out = append(out, "paste<"+ev.Text+">")
			}
		}
	}
	last := start
	for _, m := range msgs {
		if at := last.Add(ScanQuiet); d.Wait() != nil && later(m.ms).After(at) {
			note(d.Flush(at))
		}
		last = later(m.ms)
		note(d.Read(m.msg, last))
		d.waiting = false
	}
	note(d.Flush(last.Add(ScanQuiet)))
	return out
}

func singles(ms, gap int, text string) []sent {
	var out []sent
	for i, r := range []rune(text) {
		out = append(out, runes(ms+i*gap, string(r)))
	}
	return out
}

func join(parts ...any) []sent {
	var out []sent
	for _, p := range parts {
		switch p := p.(type) {
		case sent:
			out = append(out, p)
		case []sent:
			out = append(out, p...)
		}
	}
	return out
}

func TestDecoder(t *testing.T) {
	paste := func(text string) sent {
		return sent{0, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}}
	}
	back := strings.Repeat("backspace ", 6)
	tests := []struct {
		name string
		in   []sent
		want string
	}{
		{"scan and enter", join(runes(0, "K7PM-4T9Q"), ctrl(1, tea.KeyEnter)), "scan<K7PM-4T9Q>"},
		{"CR LF", join(runes(0, "K7PM-4T9Q"), ctrl(1, tea.KeyEnter), ctrl(2, tea.KeyCtrlJ)), "scan<K7PM-4T9Q>"},
		{"framed", join(ctrl(0, tea.KeyCtrlB), runes(1, "K7PM"), ctrl(2, tea.KeyCtrlC)), "scan<K7PM>"},
		{"framed, rune by rune, slowly", join(ctrl(0, tea.KeyCtrlB), singles(40, 50, "abc"), ctrl(180, tea.KeyCtrlC)), "scan<abc>"},
		{"tab suffix", join(runes(0, "12345678"), ctrl(1, tea.KeyTab)), "scan<12345678>"},
		{"double enter", join(runes(0, "12345678"), ctrl(1, tea.KeyEnter), ctrl(2, tea.KeyEnter)), "scan<12345678>"},
		{"three runes and enter", join(runes(0, "180"), ctrl(1, tea.KeyEnter)), "scan<180>"},
		{"no suffix", join(runes(0, "K7PM-4T9Q")), "scan<K7PM-4T9Q>"},
		{"no suffix, late enter of its own", join(runes(0, "K7PM-4T9Q"), ctrl(140, tea.KeyEnter)), "scan<K7PM-4T9Q>"},
		{"a person's enter after a scan", join(runes(0, "K7PM-4T9Q"), ctrl(1, tea.KeyEnter), ctrl(400, tea.KeyEnter)), "scan<K7PM-4T9Q> enter"},
		{"another key ends the swallowing", join(runes(0, "12345678"), ctrl(1, tea.KeyEnter), ctrl(50, tea.KeyUp), ctrl(90, tea.KeyEnter)), "scan<12345678> up enter"},
		{"bursts", join(runes(0, "K7P"), runes(10, "M-4T"), runes(30, "9"), runes(31, "Q"), ctrl(60, tea.KeyEnter)), "scan<K7PM-4T9Q>"},
		{"first burst short", join(runes(0, "K7"), runes(10, "PM-4T9Q"), ctrl(12, tea.KeyEnter)), "K 7 backspace backspace scan<K7PM-4T9Q>"},
		{"space inside", join(runes(0, "K7PM"), sent{1, tea.KeyMsg{Type: tea.KeySpace}}, runes(2, "4T9Q"), ctrl(3, tea.KeyEnter)), "scan<K7PM 4T9Q>"},
		{"separators inside", join(runes(0, "0104"), ctrl(1, tea.KeyCtrlCloseBracket), runes(2, "1712"), ctrl(3, tea.KeyEnter)), "scan<01041712>"},
		{"rune by rune", join(singles(0, 8, "K7PM-4T9Q"), ctrl(80, tea.KeyEnter)), "K 7 P M - " + back[:50] + "scan<K7PM-4T9Q>"},
		{"rune by rune, short", join(singles(0, 8, "K7P"), ctrl(30, tea.KeyEnter)), "K 7 P backspace backspace backspace scan<K7P>"},
		{"three keys rolled, then a person's enter", join(singles(0, 10, "abc"), ctrl(120, tea.KeyEnter)), "a b c enter"},
		{"framed at the front only", join(ctrl(0, tea.KeyCtrlB), runes(1, "abc")), "scan<abc>"},
		{"typed", join(singles(0, 90, "180"), ctrl(300, tea.KeyEnter)), "1 8 0 enter"},
		{"typed fast", join(singles(0, 30, "1199999"), ctrl(240, tea.KeyEnter)), "1 1 9 9 9 9 9 enter"},
		{"a key held", join(singles(0, 10, strings.Repeat("0", 30)), ctrl(400, tea.KeyEnter)), strings.Repeat("0 ", 30) + "enter"},
		{"the 000 key", join(runes(0, "1"), runes(200, "000"), ctrl(400, tea.KeyEnter)), "1 0 0 0 enter"},
		{"a slow line joins typing", join(runes(0, "Mar"), runes(300, "ia")), "M a r i a"},
		{"scan then scan", join(runes(0, "11111112"), ctrl(1, tea.KeyEnter), runes(300, "22222223"), ctrl(301, tea.KeyEnter)), "scan<11111112> scan<22222223>"},
		{"an arrow cuts a scan short", join(runes(0, "11111112"), ctrl(10, tea.KeyUp)), "scan<11111112> up"},
		{"ctrl+c alone", join(ctrl(0, tea.KeyCtrlC)), "ctrl+c"},
		{"ctrl+b alone", join(ctrl(0, tea.KeyCtrlB), runes(500, "a")), "a"},
		{"paste", join(paste("Maria\r\n  S.\x1b[2J\x00\t\u202e")), "paste<Maria    S.[2J>"},
		{"paste after a scan", join(runes(0, "11111112"), paste("x")), "scan<11111112> paste<x>"},
		{"alt", join(sent{0, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("f"), Alt: true}}), "alt+f"},
		{"function key", join(ctrl(0, tea.KeyF5)), "f5"},
		{"only framing", join(ctrl(0, tea.KeyCtrlB), ctrl(1, tea.KeyCtrlC), ctrl(2, tea.KeyEnter)), "ctrl+c enter"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := decode(tt.in), strings.Fields(tt.want); !sameWords(got, want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// sameWords compares after splitting at spaces, as the table is written.
func sameWords(got, want []string) bool {
	return reflect.DeepEqual(strings.Fields(strings.Join(got, " ")), want)
}

func TestKeyTypesItsText(t *testing.T) {
	var d Decoder
	got := d.Read(runes(0, "ã").msg, start)
	if want := []Event{Key{"ã", "ã"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	got = d.Read(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, later(500))
	if want := []Event{Key{" ", " "}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestFlushWaitsForQuiet(t *testing.T) {
	var d Decoder
	d.Read(runes(0, "K7PM-4T").msg, start)
	if d.Wait() == nil || d.Wait() != nil {
		t.Fatal("one flush is asked for, and only one")
	}
	d.Read(runes(0, "9Q").msg, later(40))
	if evs := d.Flush(later(60)); evs != nil {
		t.Fatalf("flushed too early: %v", evs)
	}
	if d.Wait() == nil {
		t.Fatal("another flush is asked for")
	}
	if evs := d.Flush(later(110)); !reflect.DeepEqual(evs, []Event{Scan{"K7PM-4T9Q"}}) {
		t.Fatalf("got %v", evs)
	}
	d.Read(runes(0, "K7PM-4T").msg, later(500))
	if evs := d.Flush(start); len(evs) != 1 {
		t.Fatalf("a clock set back must not hold a scan: %v", evs)
	}
}

func TestReadEndsAScanNobodyFlushed(t *testing.T) {
	var d Decoder
	d.Read(runes(0, "11111112").msg, start)
	got := d.Read(runes(0, "5").msg, later(500))
	if want := []Event{Scan{"11111112"}, Key{"5", "5"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

// TestNoScanGivesEnter sends scans in every form and cut in any way, after
// whatever was typed before: the text always comes as exactly one Scan, what
// had been given as keys is taken back, and nothing else arrives.
func TestNoScanGivesEnter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9A-Z]{6,20}`).Filter(func(s string) bool { return varied([]rune(s)) }).Draw(t, "text")
		typed := rapid.StringMatching(`[0-9a-z]{0,5}`).Draw(t, "typed before")
		msgs := singles(0, 120, typed)
		ms := 2000
		framed := rapid.Bool().Draw(t, "framed")
		if framed {
			msgs = append(msgs, ctrl(ms, tea.KeyCtrlB))
		}
		msgs = append(msgs, chunks(t, text, &ms)...)
		for _, k := range rapid.SampledFrom(suffixes).Draw(t, "suffix") {
			ms += rapid.IntRange(0, 20).Draw(t, "suffix after")
			msgs = append(msgs, ctrl(ms, k))
		}
		checkScan(t, decode(msgs), typed, text)
	})
}

var suffixes = [][]tea.KeyType{
	{},
	{tea.KeyEnter},
	{tea.KeyEnter, tea.KeyCtrlJ},
	{tea.KeyEnter, tea.KeyEnter},
	{tea.KeyTab},
	{tea.KeyTab, tea.KeyEnter},
	{tea.KeyCtrlC},
	{tea.KeyEnter, tea.KeyCtrlJ, tea.KeyCtrlC},
}

// chunks cuts a text into messages at a machine's speed.
func chunks(t *rapid.T, text string, ms *int) []sent {
	var out []sent
	one := rapid.Bool().Draw(t, "rune by rune")
	for len(text) > 0 {
		n := 1
		if !one {
			n = rapid.IntRange(1, len(text)).Draw(t, "chunk")
		}
		*ms += rapid.IntRange(0, int(ScanGap/time.Millisecond)).Draw(t, "gap")
		out = append(out, runes(*ms, text[:n]))
		text = text[n:]
	}
	return out
}

// checkScan plays the events on an entry line.
func checkScan(t *rapid.T, events []string, typed, text string) {
	var line Line
	scans := 0
	for _, ev := range events {
		switch {
		case ev == "scan<"+text+">":
			scans++
			if line.Text() != typed {
				t.Fatalf("the entry holds %q at the scan, typed was %q: %q", line.Text(), typed, events)
			}
		case len(ev) == 1:
			line.Update(Key{ev, ev})
		case ev == "backspace":
			line.Update(Key{Name: ev})
		default:
			t.Fatalf("a scan gave %q: %q", ev, events)
		}
	}
	if scans != 1 {
		t.Fatalf("%d scans of %q: %q", scans, text, events)
	}
}

// FuzzDecoder feeds any messages at any pace: no event is ever empty, and
// every text is one line without control characters.
func FuzzDecoder(f *testing.F) {
	f.Add([]byte("K7PM-4T9Q\r"), uint8(1))
	f.Add([]byte("\x02K7PM\x03\r\n"), uint8(5))
	f.Add([]byte("180\r\r"), uint8(200))
	f.Fuzz(func(t *testing.T, in []byte, pace uint8) {
		var d Decoder
		at := start
		for len(in) > 0 {
			n := min(len(in), 1+int(pace)%5)
			msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(string(in[:n])), Paste: pace%7 == 0}
			if in[0] < 0x20 {
				n, msg = 1, tea.KeyMsg{Type: tea.KeyType(in[0])}
			}
			in = in[n:]
			at = at.Add(time.Duration(pace) * time.Millisecond)
			checkEvents(t, append(d.Read(msg, at), d.Flush(at)...))
		}
	})
}

func checkEvents(t *testing.T, events []Event) {
	t.Helper()
	for _, ev := range events {
		text := ""
		switch ev := ev.(type) {
		case Key:
			text = ev.Name
		case Scan:
			text = ev.Text
		case Paste:
			continue
		}
		if text == "" || strings.ContainsFunc(text, func(r rune) bool { return !printable(r) }) {
			t.Fatalf("bad event %s", fmt.Sprintf("%T %q", ev, text))
		}
	}
}
