package delivery

import (
	"regexp"
	"strings"

	"bounceback/engine"
)

// complete adds to a template what its campaign wants to say and it does not
// name: after the text at issue the offer and the link, after a reminder, which
// is to be short, the link alone. How to opt out stays at the end.
func complete(step engine.TextStep, template string) string {
	var added []string
	if step == engine.StepIssue && !names(template, "offer") {
		added = append(added, "{offer}")
	}
	if step != StepSeveral && !names(template, "link") {
		added = append(added, "{link}")
	}
	if len(added) == 0 || template == "" {
		return template
	}
	head, stop := strings.TrimSpace(template), ""
	if before, ok := strings.CutSuffix(head, "{stop}"); ok {
		head, stop = strings.TrimSpace(before), " {stop}"
	}
	return head + " " + strings.Join(added, " ") + stop
}

// hole stands for an empty field until the marks around it are put right.
const hole = "\x00"

// Render writes a text from a template: fields put in, folded to GSM-7 where
// that is possible (see Fold), runs of spaces made one. An empty field takes
// the space and the comma that it leaves with it. What a field says is never
// read as a template itself. A template should have passed CheckTemplate; a
// name that is no field stays as it is written.
func Render(f Fields, template string) string {
	return collapse(Fold(closeHoles(putIn(&f, strings.ReplaceAll(template, hole, "")))))
}

// putIn puts fields in; an empty one leaves a hole.
func putIn(f *Fields, template string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, rest, closed := strings.Cut(after, "}")
		value, known := f.value(name)
		switch {
		case !closed || !known:
			value, rest = "{", after
		case value == "":
			value = hole
		case endsSentence(value):
			rest = strings.TrimPrefix(rest, ".")
		}
		b.WriteString(value)
		template = rest
	}
}

// value is what a field says, and whether there is such a field.
func (f *Fields) value(name string) (string, bool) {
	for _, d := range fields {
		if d.name == name {
			return tidy(*d.value(f)), true
		}
	}
	return "", false
}

// endsSentence tells whether no full stop may follow a value.
func endsSentence(value string) bool {
	return strings.HasSuffix(value, ".") || strings.HasSuffix(value, "!") || strings.HasSuffix(value, "?") ||
		strings.HasSuffix(value, "。") || strings.HasSuffix(value, "！") || strings.HasSuffix(value, "？")
}

// mend is one step in closing the holes of empty fields.
type mend struct {
	at *regexp.Regexp
	by string
}

// mends are taken in this order.
var mends = []mend{
	// Fields side by side are one hole; between words it keeps its space.
	{regexp.MustCompile(`\x00(?:[ \t]+\x00)+`), " " + hole + " "},
	{regexp.MustCompile(`\x00+`), hole},
	// "({offer})" is nothing.
	{regexp.MustCompile(`[(\[（][ \t]*\x00[ \t]*[)\]）]`), hole},
	// A comma or dash before it goes where the sentence ends after it.
	{regexp.MustCompile(`(?m)(?:[,;，；、]|[ \t][-–—])[ \t]*\x00[ \t]*([.!?。！？]|$)`), hole + "$1"},
	// A mark after it goes where there is one before it, or nothing is.
	{regexp.MustCompile(`(?m)(^|[,;:.!?，；：。！？、【】])[ \t]*\x00[ \t]*[,;:.!?，；：。！？、]+`), "$1" + hole},
	// No space before the mark that follows, nor at the end.
	{regexp.MustCompile(`(?m)[ \t]*\x00[ \t]*([,;:.!?，；：。！？、]|$)`), "$1"},
	{regexp.MustCompile(`[ \t]+\x00[ \t]*|\x00[ \t]+`), " "},
	{regexp.MustCompile(`\x00`), ""},
}

// closeHoles puts right what stands around empty fields.
func closeHoles(text string) string {
	if !strings.Contains(text, hole) {
		return text
	}
	for _, m := range mends {
		text = m.at.ReplaceAllString(text, m.by)
	}
	return text
}

// tidy makes one space of each run of spaces and line breaks.
func tidy(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, hole, "")), " ")
}

// collapse makes one space of each run of spaces, and one line break of a run
// that holds one.
func collapse(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r\f\v", r) })
	kept := lines[:0]
	for _, line := range lines {
		if line = tidy(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
