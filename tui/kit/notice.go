package kit

import "time"

// Notice is the line above the entry that says what happened. An error stays
// until a person presses a key that was not already in flight: not a scan, nor
// its Enter. Set it anew to replace it.
type Notice struct {
	text  string
	tone  Tone
	grace grace
}

// Say shows a text at a time.
func (n *Notice) Say(tone Tone, text string, at time.Time) {
	n.text, n.tone, n.grace = Clean(text), tone, grace{at}
}

// Clear takes the text away, as an action that succeeds does.
func (n *Notice) Clear() { n.text = "" }

// Text is what is shown; empty if nothing is.
func (n *Notice) Text() string { return n.text }

// Showing tells whether there is anything to show.
func (n *Notice) Showing() bool { return n.text != "" }

// IsError tells whether what is shown is an error.
func (n *Notice) IsError() bool { return n.text != "" && n.tone == Wrong }

// Seen takes every event of the screen, and clears the notice at a deliberate
// key.
func (n *Notice) Seen(ev Event, at time.Time) {
	if _, ok := ev.(Key); ok && n.grace.over(at) {
		n.text = ""
	}
}

// View draws the notice in at most lines lines; none if there is nothing.
func (n *Notice) View(st *Styles, width, lines int) []string {
	if n.text == "" || lines <= 0 {
		return nil
	}
	mark := map[Tone]string{Wrong: "✗ ", Fine: "✓ ", Caution: "! "}[n.tone]
	out := Wrap(mark+n.text, width)
	if len(out) > lines {
		out = append(out[:lines-1:lines-1], Clip(out[lines-1]+" …", width))
	}
	return inkLines(st.tone(n.tone, false), out)
}
