package delivery

import (
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

func rep(s string, n int) string { return strings.Repeat(s, n) }

// TestCount holds lengths at and around every limit, in groups by the public rule
// that their expectations follow from.
func TestCount(t *testing.T) {
	for _, c := range []struct {
		name  string
		text  string
		enc   Encoding
		units int
		parts int
		left  int
	}{
		// A part is 140 octets: 160 septets alone; beside the 6 octets of a header
		// that joins parts, 153. https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-character.html
		// and https://www.twilio.com/docs/glossary/what-sms-character-limit
		{"nothing", "", GSM7, 0, 0, 160},
		{"one letter", "a", GSM7, 1, 1, 159},
		{"a full part", rep("a", 160), GSM7, 160, 1, 0},
		{"one over", rep("a", 161), GSM7, 161, 2, 145},
		{"two full parts", rep("a", 306), GSM7, 306, 2, 0},
		{"one over two", rep("a", 307), GSM7, 307, 3, 152},
		{"three full parts", rep("a", 459), GSM7, 459, 3, 0},
		{"ten full parts", rep("a", 1530), GSM7, 1530, 10, 0},
		{"the longest text", rep("a", 1600), GSM7, 1600, 11, 83},
		{"350 characters are 153, 153 and 44", rep("a", 350), GSM7, 350, 3, 109},

		// The default alphabet: 3GPP TS 23.038, 6.2.1.
		{"accents of the alphabet", rep("é", 160), GSM7, 160, 1, 0},
		{"all basic characters", gsm7Basic, GSM7, 127, 1, 33},
		{"capital cedilla", "Ç", GSM7, 1, 1, 159},
		{"Greek capitals it has", "ΔΦΓΛΩΠΨΣΘΞ", GSM7, 10, 1, 150},
		{"é is of it, ê is not", "éê", UCS2, 2, 1, 68},
		{"at sign and dollar", "@$", GSM7, 2, 1, 158},
		{"line feeds", rep("\n", 160), GSM7, 160, 1, 0},
		{"line breaks of both kinds", "\rabcde\r\n123", GSM7, 11, 1, 149},
		{"line feeds between words", "\nabcde\n\n123\n", GSM7, 12, 1, 148},
		{"CR LF counts two", rep("a", 80) + "\r\n" + rep("a", 79), GSM7, 161, 2, 145},

		// The extension table takes an escape and a code, which are not parted: 3GPP
		// TS 23.038, 6.2.1.1 and 23.040, 9.2.3.24.1.
		{"form feed is of the extension", "\f", GSM7, 2, 1, 158},
		{"all extension characters", gsm7Extension, GSM7, 20, 1, 140},
		{"brace and 158", "{" + rep("a", 158), GSM7, 160, 1, 0},
		{"brace and 159", "{" + rep("a", 159), GSM7, 161, 2, 145},
		{"159 and brace", rep("a", 159) + "{", GSM7, 161, 2, 145},
		{"euro", "€" + rep("1", 158), GSM7, 160, 1, 0},
		{"80 brackets", rep("]", 80), GSM7, 160, 1, 0},
		{"81 brackets", rep("]", 81), GSM7, 162, 2, 143},
		// 76 pairs fill 152 of 153, the odd septet is lost in each part.
		{"152 brackets", rep("]", 152), GSM7, 304, 2, 1},
		{"153 brackets", rep("]", 153), GSM7, 306, 3, 151},
		{"bracket over the seam", rep("a", 152) + "]" + rep("a", 152), GSM7, 306, 3, 152},
		{"bracket before the seam", rep("a", 151) + "]" + rep("a", 153), GSM7, 306, 2, 0},

		// One character outside both tables makes all of the text UCS-2:
		// https://www.twilio.com/docs/glossary/what-is-ucs-2-character-encoding
		{"small cedilla", "ç", UCS2, 1, 1, 69},
		{"tilde", "ã", UCS2, 1, 1, 69},
		{"acute", "á", UCS2, 1, 1, 69},
		{"backtick", "`", UCS2, 1, 1, 69},
		{"tab", "\t", UCS2, 1, 1, 69},
		{"no-break space", "R$\u00a043", UCS2, 5, 1, 65},
		{"narrow no-break space", "1\u202f234", UCS2, 5, 1, 65},
		{"curly quotes", "“a”", UCS2, 3, 1, 67},
		{"curly apostrophe", "it’s", UCS2, 4, 1, 66},
		{"dash and ellipsis", "–…", UCS2, 2, 1, 68},
		{"zero-width space", "a\u200bb", UCS2, 3, 1, 67},
		{"rupee sign", "₹43", UCS2, 3, 1, 67},
		{"Greek capital it has not", "Α", UCS2, 1, 1, 69},

		// 140 octets are 70 units, 67 beside the header: as above.
		{"a full part of acutes", rep("í", 70), UCS2, 70, 1, 0},
		{"one acute over", rep("í", 71), UCS2, 71, 2, 63},
		{"one forces all", rep("a", 70) + "ç", UCS2, 71, 2, 63},
		{"159 and one cedilla", rep("a", 159) + "ç", UCS2, 160, 3, 41},
		{"two full parts of Chinese", rep("中", 134), UCS2, 134, 2, 0},
		{"one Chinese over two", rep("中", 135), UCS2, 135, 3, 66},
		{"extension is one unit here", "中" + rep("]", 69), UCS2, 70, 1, 0},
		{"extension is one unit, one over", "中" + rep("]", 70), UCS2, 71, 2, 63},

		// A pair is not parted, nor is what a reader sees as one character; the cases
		// are those of https://github.com/TwilioDevEd/message-segment-calculator (tests).
		{"emoji", "😜", UCS2, 2, 1, 68},
		{"emoji and 68", "😜" + rep("2", 68), UCS2, 70, 1, 0},
		{"emoji and 69", "😜" + rep("2", 69), UCS2, 71, 2, 63},
		{"emoji and 133", "😜" + rep("2", 133), UCS2, 135, 3, 66},
		{"35 emoji", rep("😜", 35), UCS2, 70, 1, 0},
		{"36 emoji", rep("😜", 36), UCS2, 72, 2, 61},
		{"66 emoji", rep("😜", 66), UCS2, 132, 2, 1},
		{"67 emoji", rep("😜", 67), UCS2, 134, 3, 65},
		{"pair over the seam", rep("中", 66) + "😜" + rep("中", 66), UCS2, 134, 3, 66},
		{"flag", "🇮🇹" + rep("2", 66), UCS2, 70, 1, 0},
		{"flag, one over", "🇮🇹" + rep("2", 67), UCS2, 71, 2, 63},
		{"rainbow flag", "🏳️\u200d🌈" + rep("2", 64), UCS2, 70, 1, 0},
		{"rainbow flag, one over", "🏳️\u200d🌈" + rep("2", 65), UCS2, 71, 2, 63},
		{"skin tone over the seam", rep("中", 64) + "👍🏽" + rep("中", 4), UCS2, 72, 2, 59},
		{"flag over the seam", rep("中", 64) + "🇮🇹" + rep("中", 4), UCS2, 72, 2, 59},
		{"family over the seam", rep("中", 60) + "👨‍👩‍👧‍👦", UCS2, 71, 2, 56},
		{"letter with a mark over the seam", rep("中", 66) + "x\u0301" + rep("中", 4), UCS2, 72, 2, 61},
		{"e with three acutes", "é\u0301\u0301" + rep("a", 67), UCS2, 70, 1, 0},
		{"e with three acutes, one over", "é\u0301\u0301" + rep("a", 68), UCS2, 71, 2, 63},
		{"70 letters with a mark of their own", rep("e\u0301", 70), UCS2, 140, 3, 59},
		{"one character longer than a part", "a" + rep("\u0301", 99), UCS2, 100, 2, 34},
		{"CR LF may be parted", rep("中", 66) + "\r\n" + rep("中", 66), UCS2, 134, 2, 0},
		{"bytes that are no text", "a\xff", UCS2, 2, 1, 68},
	} {
		perPart := map[bool]int{true: gsm7Alone, false: ucs2Alone}[c.enc == GSM7]
		if c.parts > 1 {
			perPart = map[bool]int{true: gsm7Joined, false: ucs2Joined}[c.enc == GSM7]
		}
		want := Parts{Encoding: c.enc, Units: c.units, Parts: c.parts, PerPart: perPart, Left: c.left}
		if got := Count(c.text); got != want {
			t.Errorf("%s: %+v, want %+v", c.name, got, want)
		}
	}
}

// TestCountOfOneKind repeats the lengths for every character of a kind, as the
// tests of Twilio's calculator do.
func TestCountOfOneKind(t *testing.T) {
	for _, r := range "|^€{}[]~\\" {
		for after, want := range map[int]int{158: 1, 159: 2} {
			if got := Count(string(r) + rep("1", after)); got.Encoding != GSM7 || got.Parts != want || got.Units != after+2 {
				t.Errorf("%q and %d: %+v", r, after, got)
			}
		}
	}
	for _, r := range "ÁÚúçíÍóÓ" {
		for n, want := range map[int]int{70: 1, 71: 2, 134: 2, 135: 3} {
			if got := Count(rep(string(r), n)); got.Encoding != UCS2 || got.Parts != want || got.Units != n {
				t.Errorf("%d of %q: %+v", n, r, got)
			}
		}
	}
}

// alphabet is the default alphabet by its codes, a row for each first digit, as
// 3GPP TS 23.038 prints it turned on its side; ¬ stands for the escape.
var alphabet = [8]string{
	"@£$¥èéùìòÇ\nØø\rÅå", "Δ_ΦΓΛΩΠΨΣΘΞ¬ÆæßÉ", " !\"#¤%&'()*+,-./", "0123456789:;<=>?",
	"¡ABCDEFGHIJKLMNO", "PQRSTUVWXYZÄÖÑÜ§", "¿abcdefghijklmno", "pqrstuvwxyzäöñüà",
}

// extension holds the codes that follow an escape.
var extension = map[rune]byte{
	'\f': 0x0a, '^': 0x14, '{': 0x28, '}': 0x29, '\\': 0x2f, '[': 0x3c, '~': 0x3d, ']': 0x3e, '|': 0x40, '€': 0x65,
}

// septets writes a character the way it goes over the air, or tells that GSM-7
// has no code for it.
func septets(text string) (codes []byte, ok bool) {
	for _, r := range text {
		if code, extended := extension[r]; extended {
			codes = append(codes, 0x1b, code)
			continue
		}
		found := false
		for high, row := range alphabet {
			for low, c := range []rune(row) {
				if c == r && r != '¬' {
					codes, found = append(codes, byte(high<<4|low)), true //nolint:gosec // 0 to 127
				}
			}
		}
		if !found {
			return nil, false
		}
	}
	return codes, true
}

// octets writes a text in UCS-2.
func octets(text string) (out []byte) {
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u>>8), byte(u)) //nolint:gosec // both halves
	}
	return out
}

// cut counts parts another way: it writes the characters out, given one by one
// as a reader sees them, and cuts when the next no longer goes into the 140
// octets of a part less its header.
func cut(seen []string) (enc Encoding, units, parts int) {
	enc = GSM7
	for _, s := range seen {
		if _, ok := septets(s); !ok {
			enc = UCS2
		}
	}
	bits := func(s string) int {
		if enc == UCS2 {
			return 8 * len(octets(s))
		}
		codes, _ := septets(s)
		return 7 * len(codes)
	}
	total := 0
	for _, s := range seen {
		total += bits(s)
	}
	units = total / map[Encoding]int{GSM7: 7, UCS2: 16}[enc]
	if total <= 140*8 {
		return enc, units, min(total, 1)
	}
	room := 0
	for _, s := range seen {
		if b := bits(s); b > room {
			parts, room = parts+1, (140-6)*8
		}
		room -= bits(s)
	}
	return enc, units, parts
}

func TestCountAgainstAnotherWay(t *testing.T) {
	plain := []string{"a", "Z", "0", " ", "{", "]", "€", "é", "~", "\f", "\n", "Ç", "Δ"}
	other := append([]string{"ç", "ã", "中", "日", "\u00a0", "😜", "🎁", "🇮🇹", "👨‍👩‍👧‍👦", "🏳️\u200d🌈", "👍🏽", "x\u0301"}, plain...)
	rapid.Check(t, func(t *rapid.T) {
		from := plain
		if rapid.Bool().Draw(t, "ucs2") {
			from = other
		}
		seen := rapid.SliceOfN(rapid.SampledFrom(from), 0, 700).Draw(t, "characters")
		enc, units, parts := cut(seen)
		got := Count(strings.Join(seen, ""))
		if got.Encoding != enc || got.Units != units || got.Parts != parts {
			t.Fatalf("%+v, the other way %v, %d units in %d parts", got, enc, units, parts)
		}
	})
}

func FuzzCount(f *testing.F) {
	f.Add("Casa Azul: R$43 de volta")
	f.Add(rep("]", 153))
	f.Add("👨‍👩‍👧‍👦\r\n\xff")
	f.Fuzz(func(t *testing.T, text string) {
		p := Count(text)
		held := p.Parts * p.PerPart
		if p.Units > held && p.Parts > 0 || (p.Parts == 0) != (text == "") {
			t.Errorf("%d units in %+v", p.Units, p)
		}
		if p.Left < 0 || p.Left > p.PerPart {
			t.Errorf("left over: %+v", p)
		}
		folded := Count(Fold(text))
		if p.Encoding == GSM7 && folded != p {
			t.Errorf("folding changed GSM-7 text: %+v, %+v", p, folded)
		}
	})
}
