package delivery

import (
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

func rep(s string, n int) string { return strings.Repeat(s, n) }

// TestCount holds lengths at and around every limit. The expectations are those
// of published calculators: 160/153 septets, 70/67 units, two septets for the
// extension table, characters kept whole.
func TestCount(t *testing.T) {
	for _, c := range []struct {
		name  string
		text  string
		enc   Encoding
		units int
		parts int
		left  int
	}{
		{"nothing", "", GSM7, 0, 0, 160},
		{"one letter", "a", GSM7, 1, 1, 159},
		{"a full part", rep("a", 160), GSM7, 160, 1, 0},
		{"one over", rep("a", 161), GSM7, 161, 2, 145},
		{"two full parts", rep("a", 306), GSM7, 306, 2, 0},
		{"one over two", rep("a", 307), GSM7, 307, 3, 152},
		{"three full parts", rep("a", 459), GSM7, 459, 3, 0},
		{"ten full parts", rep("a", 1530), GSM7, 1530, 10, 0},
		{"the longest text", rep("a", 1600), GSM7, 1600, 11, 83},
		{"accents of the alphabet", rep("é", 160), GSM7, 160, 1, 0},
		{"all basic characters", gsm7Basic, GSM7, 127, 1, 33},
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
		{"line feeds", rep("\n", 160), GSM7, 160, 1, 0},
		{"CR LF counts two", rep("a", 80) + "\r\n" + rep("a", 79), GSM7, 161, 2, 145},
		{"form feed is of the extension", "\f", GSM7, 2, 1, 158},
		{"at sign and dollar", "@$", GSM7, 2, 1, 158},
		{"capital cedilla", "Ç", GSM7, 1, 1, 159},
		{"Greek capitals it has", "ΔΦΓΛΩΠΨΣΘΞ", GSM7, 10, 1, 150},

		{"small cedilla", "ç", UCS2, 1, 1, 69},
		{"tilde", "ã", UCS2, 1, 1, 69},
		{"acute", "á", UCS2, 1, 1, 69},
		{"backtick", "`", UCS2, 1, 1, 69},
		{"tab", "\t", UCS2, 1, 1, 69},
		{"no-break space", "R$\u00a043", UCS2, 5, 1, 65},
		{"Greek capital it has not", "Α", UCS2, 1, 1, 69},
		{"a full part of acutes", rep("í", 70), UCS2, 70, 1, 0},
		{"one acute over", rep("í", 71), UCS2, 71, 2, 63},
		{"one forces all", rep("a", 70) + "ç", UCS2, 71, 2, 63},
		{"159 and one cedilla", rep("a", 159) + "ç", UCS2, 160, 3, 41},
		{"two full parts of Chinese", rep("中", 134), UCS2, 134, 2, 0},
		{"one Chinese over two", rep("中", 135), UCS2, 135, 3, 66},
		{"extension is one unit here", "中" + rep("]", 69), UCS2, 70, 1, 0},
		{"extension is one unit, one over", "中" + rep("]", 70), UCS2, 71, 2, 63},
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

// packed counts parts another way: it writes the units out, and walks from seam
// to seam, each moved back off the middle of a pair.
func packed(units []bool, alone, joined int) int {
	if len(units) <= alone {
		return min(len(units), 1)
	}
	parts := 0
	for at := 0; at < len(units); parts++ {
		end := min(at+joined, len(units))
		if end < len(units) && units[end] {
			end--
		}
		at = end
	}
	return parts
}

// unitsOf marks the second half of each pair.
func unitsOf(text string) (units []bool, alone, joined int) {
	if strings.Trim(text, gsm7Basic+gsm7Extension) == "" {
		for _, r := range text {
			units = append(units, false)
			if strings.ContainsRune(gsm7Extension, r) {
				units = append(units, true)
			}
		}
		return units, 160, 153
	}
	for _, u := range utf16.Encode([]rune(text)) {
		units = append(units, u >= 0xdc00 && u < 0xe000)
	}
	return units, 70, 67
}

func TestCountAgainstAnotherWay(t *testing.T) {
	letter := rapid.SampledFrom([]rune("aZ0 {]€é\nçã中日😜🎁"))
	plain := rapid.SampledFrom([]rune("aZ0 {]€é~\f"))
	rapid.Check(t, func(t *rapid.T) {
		from := plain
		if rapid.Bool().Draw(t, "ucs2") {
			from = letter
		}
		text := string(rapid.SliceOfN(from, 0, 700).Draw(t, "text"))
		units, alone, joined := unitsOf(text)
		got := Count(text)
		if got.Units != len(units) || got.Parts != packed(units, alone, joined) {
			t.Fatalf("%+v, the other way %d units in %d parts", got, len(units), packed(units, alone, joined))
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
