package kit

import "slices"

// jumped is how many fields one key goes past in a long form without headings.
const jumped = 8

// jump goes to the head of the next group or of the one before.
func (f *Form) jump(key string) {
	dir := 1
	if key == "pgup" {
		dir = -1
	}
	to, grouped := f.at, f.grouped()
	for n := 0; grouped || n < jumped; n++ {
		next := f.step(to, dir)
		if next == to {
			break
		}
		if to = next; f.fields[to].Heading != "" {
			break
		}
	}
	f.move(to)
}

func (f *Form) grouped() bool {
	return slices.ContainsFunc(f.fields, func(fd *Field) bool { return fd.Heading != "" })
}

// Group is the heading (a catalogue key) under which the current field stands,
// empty if it stands under none.
func (f *Form) Group() string {
	for i := f.at; i >= 0; i-- {
		if f.fields[i].Heading != "" {
			return f.fields[i].Heading
		}
	}
	return ""
}
