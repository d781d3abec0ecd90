package engine

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// CodeOddText says that a text has characters that nobody sees or that command a
// terminal; with field.
const CodeOddText Code = "odd_text"

// CleanText tells whether a text is one that a person can read as it is: without
// control characters (C1 ones command some terminals too), line ends, bytes that
// are no text, and characters that only hide, join or turn around what stands
// beside them, by which two names could look alike.
func CleanText(text string) bool { return !strings.ContainsFunc(text, odd) }

// CheckClean refuses what CleanText does, by the name of its field: CodeOddText.
func CheckClean(field, text string) error {
	if CleanText(text) {
		return nil
	}
	return BadInput(CodeOddText, "field", field)
}

func odd(r rune) bool {
	return isControl(r) || r == '\u200c' || r == '\u200d' || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// isControl tells whether a rune may command a terminal (C1 controls do, in
// some), stands for bytes that are no text, or reorders or hides text. The two
// that only join letters or emojis may stand in longer texts.
func isControl(r rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return false
	}
	return unicode.IsControl(r) || r == utf8.RuneError || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// ShownText leaves out of a text what may command or deceive a terminal, but
// keeps its lines: what an older file or another program brought in is shown
// without harm.
func ShownText(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && r != utf8.RuneError && isControl(r) {
			return -1
		}
		return r
	}, text)
}

// ShownJSON writes such characters of a JSON text as JSON's own escapes, which
// say the same to a program and nothing to a terminal. All of them stand within
// strings.
func ShownJSON(raw []byte) []byte {
	if !strings.ContainsFunc(string(raw), hidden) {
		return raw
	}
	var out []byte
	for _, r := range string(raw) {
		switch {
		case !hidden(r):
			out = utf8.AppendRune(out, r)
		default:
			for _, unit := range utf16.AppendRune(nil, r) {
				out = append(out, '\\', 'u', hexDigits[unit>>12], hexDigits[unit>>8&15], hexDigits[unit>>4&15], hexDigits[unit&15])
			}
		}
	}
	return out
}

const hexDigits = "0123456789abcdef"

// hidden are the characters that JSON leaves as they are although a terminal
// may not.
func hidden(r rune) bool { return r >= 0x7f && r != utf8.RuneError && isControl(r) }
