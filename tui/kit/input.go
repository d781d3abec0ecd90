package kit

import (
	"strings"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// Event is what a person or a scanner did: a Key, a Scan or a Paste.
type Event interface{ event() }

// Key is one key pressed by a person. Name is bubbletea's name of it ("enter",
// "f5", "ctrl+e", " ", "a"); Text is what it types, empty for a key that types
// nothing.
type Key struct{ Name, Text string }

// String gives the name, so that a Key can be matched by a bubbles binding.
func (k Key) String() string { return k.Name }

// Scan is a whole text read by a barcode scanner, without its framing. It
// counts as entered: it never comes with an Enter of its own.
type Scan struct{ Text string }

// Paste is a text pasted by the terminal, on one line.
type Paste struct{ Text string }

func (Key) event()   {}
func (Scan) event()  {}
func (Paste) event() {}

// The times and lengths by which a scanner is told from a person. No hand types
// six different keys 25 ms apart, or Enter within 150 ms after a scan.
const (
	// ScanGap is the longest pause between two runes, each in its own
	// message, that still looks like a machine.
	ScanGap = 25 * time.Millisecond
	// ScanQuiet is the pause that ends a scan which has no suffix.
	ScanQuiet = 60 * time.Millisecond
	// ScanWindow is how long after a scan an Enter is taken to be its own.
	ScanWindow = 150 * time.Millisecond

	scanBurst   = 3    // runes in one message, or before a machine's Enter
	scanRun     = 6    // runes without an Enter
	scanFraming = 4    // framing keys swallowed after one scan
	scanLimit   = 1024 // runes kept of one scan; nothing we read is longer
	pasteLimit  = 4096
)

// Decoder turns key messages into events. It is a pure state machine: the time
// is handed in.
//
// A scan reaches us in one of three forms. A serial wedge sends one message of
// many runes; a busy line splits it into several; a USB scanner acting as a
// keyboard sends one message a rune, at a speed no hand reaches. After it come
// Enter, Enter and ctrl+j (CR LF), Tab, ctrl+c (ETX), or nothing; before it,
// perhaps, ctrl+b (STX), which is why ctrl+b is never given to a screen.
//
// A message of three runes or more begins a scan. Its end is its suffix or,
// where there is none, a pause of ScanQuiet: call Wait after each Read and
// Flush on a FlushMsg. Fewer than six runes with neither suffix nor prefix are
// what a slow network makes of typing, and are given as keys. Runes which came
// one by one have already been given as keys when they prove to be a scan: the
// Decoder takes them back by as many backspace keys, then gives the Scan.
type Decoder struct {
	buf     []rune // the scan being read
	reading bool
	framed  bool // began with STX
	last    time.Time

	run   []rune // keys given at a machine's speed, perhaps a scan
	runAt time.Time

	stx     time.Time
	ended   time.Time
	swallow int
	waiting bool
}

// FlushMsg asks the program to call Flush.
type FlushMsg struct{}

// Wait is a command that sends a FlushMsg when a scan without a suffix would be
// over; nil when none is being read or one is already under way.
func (d *Decoder) Wait() tea.Cmd {
	if !d.reading || d.waiting {
		return nil
	}
	d.waiting = true
	return tea.Tick(ScanQuiet, func(time.Time) tea.Msg { return FlushMsg{} })
}

// Flush ends a scan after which nothing has come for ScanQuiet.
func (d *Decoder) Flush(at time.Time) []Event {
	d.waiting = false
	if d.reading && (at.Sub(d.last) >= ScanQuiet || at.Before(d.last)) {
		return d.finish(false)
	}
	return nil
}

// Read takes one key message and the time it was received.
func (d *Decoder) Read(msg tea.KeyMsg, at time.Time) []Event {
	var out []Event
	if d.reading && at.Sub(d.last) > ScanQuiet {
		out = d.finish(false)
	}
	switch {
	case msg.Paste:
		out = append(out, d.finish(false)...)
		if text := oneLine(msg.Runes, pasteLimit); text != "" {
			out = append(out, Paste{text})
		}
		return out
	case msg.Alt:
		return append(out, d.key(msg)...)
	case msg.Type == tea.KeySpace:
		return append(out, d.runes([]rune{' '}, at)...)
	case msg.Type == tea.KeyRunes:
		return append(out, d.runes(msg.Runes, at)...)
	}
	return append(out, d.control(msg, at)...)
}

func (d *Decoder) runes(rs []rune, at time.Time) []Event {
	if at.Sub(d.runAt) > ScanGap {
		d.run = d.run[:0]
	}
	switch {
	case d.reading:
		d.append(rs, at)
		return nil
	case !d.stx.IsZero() && at.Sub(d.stx) <= ScanQuiet:
		d.begin(nil, at)
		d.framed = true
		d.append(rs, at)
		return nil
	case len(rs) >= scanBurst && (varied(rs) || len(rs) >= scanRun):
		taken := d.begin(d.run, at)
		d.append(rs, at)
		return taken
	}
	return d.typed(rs, at)
}

// typed gives runes as keys, unless with those before they make a scan.
func (d *Decoder) typed(rs []rune, at time.Time) []Event {
	before := len(d.run)
	d.run = append(d.run, rs...)
	d.runAt = at
	if len(d.run) >= scanRun && varied(d.run) {
		taken := d.begin(d.run[:before], at)
		d.append(rs, at)
		return taken
	}
	if len(d.run) > 4*scanRun { // a key held down
		d.run = d.run[:0]
	}
	return keysOf(rs)
}

// begin starts a scan with runes already given as keys, and takes those back.
func (d *Decoder) begin(given []rune, at time.Time) []Event {
	d.reading, d.framed, d.last = true, false, at
	d.buf = append(d.buf[:0], given...)
	d.run, d.stx = d.run[:0], time.Time{}
	back := make([]Event, len(given))
	for i := range back {
		back[i] = Key{Name: "backspace"}
	}
	return back
}

func (d *Decoder) append(rs []rune, at time.Time) {
	d.buf = append(d.buf, rs[:min(len(rs), scanLimit-len(d.buf))]...)
	d.last = at
}

func (d *Decoder) control(msg tea.KeyMsg, at time.Time) []Event {
	switch name := msg.String(); name {
	case "ctrl+b":
		out := d.finish(false)
		d.stx = at
		return out
	case "enter", "tab", "ctrl+j", "ctrl+c":
		return d.suffix(msg, at)
	case "ctrl+\\", "ctrl+]", "ctrl+^", "ctrl+_": // FS, GS, RS, US inside a code
		if d.reading {
			return nil
		}
	}
	return d.key(msg)
}

// suffix handles a key that may be a scanner's own.
func (d *Decoder) suffix(msg tea.KeyMsg, at time.Time) []Event {
	if d.reading {
		d.last = at
		return d.finish(true)
	}
	if len(d.run) >= scanBurst && varied(d.run) && at.Sub(d.runAt) <= ScanGap {
		taken := d.begin(d.run, at)
		return append(taken, d.finish(true)...)
	}
	if d.swallow > 0 && at.Sub(d.ended) <= ScanWindow {
		d.swallow--
		return nil
	}
	return d.key(msg)
}

// key gives a message as one key, after whatever scan it cut short.
func (d *Decoder) key(msg tea.KeyMsg) []Event {
	out := d.finish(false)
	d.run, d.swallow, d.stx = d.run[:0], 0, time.Time{}
	k := Key{Name: msg.String()}
	if k.Name == "" {
		return out
	}
	return append(out, k)
}

// finish ends the scan being read; suffixed tells that the scanner ended it.
func (d *Decoder) finish(suffixed bool) []Event {
	if !d.reading {
		return nil
	}
	text := oneLine(d.buf, scanLimit)
	whole := suffixed || d.framed || len(d.buf) >= scanRun
	d.reading, d.framed = false, false
	if !whole {
		return keysOf(d.buf)
	}
	d.ended, d.swallow = d.last, scanFraming
	if text == "" {
		return nil
	}
	return []Event{Scan{text}}
}

func keysOf(rs []rune) []Event {
	out := make([]Event, 0, len(rs))
	for _, r := range rs {
		if printable(r) {
			out = append(out, Key{Name: string(r), Text: string(r)})
		}
	}
	return out
}

// varied tells whether the runes are not all one: a key held down repeats as
// fast as a scanner, and some till keyboards have a key for "000".
func varied(rs []rune) bool {
	for _, r := range rs {
		if r != rs[0] {
			return true
		}
	}
	return false
}

// oneLine makes text of runes: every space, tab and line break a plain space,
// nothing that is not printed, nothing around it.
func oneLine(rs []rune, limit int) string {
	var b strings.Builder
	for _, r := range rs[:min(len(rs), limit)] {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case printable(r):
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

// printable refuses control characters and the invisible ones that reorder or
// hide text.
func printable(r rune) bool {
	switch {
	case unicode.IsControl(r), r == unicode.ReplacementChar, r == '\u200b', r == '\ufeff':
		return false
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u200e', r == '\u200f':
		return false
	case r == '\u2028', r == '\u2029':
		return false
	}
	return true
}
