package engine

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// codes draws a good coupon code.
func codes() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return NewCode([7]byte(rapid.SliceOfN(rapid.Byte(), 7, 7).Draw(t, "random")))
	})
}

func TestNewCode(t *testing.T) {
	for _, c := range []struct {
		random [7]byte
		want   string
	}{
		{[7]byte{}, "00000000"},
		{[7]byte{0, 0, 0, 0, 0, 0, 1}, "00000012"},
		{[7]byte{0, 0, 0, 0, 0, 1, 0}, "00000104"},
		{[7]byte{0, 0, 0, 0, 0, 0, 16}, "000000G5"}, // 2·16 = 32, folded by x⁵ + x² + 1 to 5
		{[7]byte{32, 64, 96, 128, 160, 192, 225}, "00000012"},
		{[7]byte{31, 30, 29, 28, 27, 26, 25}, "ZYXWVTS" + string(checkOf([]byte{31, 30, 29, 28, 27, 26, 25}))},
	} {
		got := NewCode(c.random)
		if back, err := ParseCode(got); got != c.want || err != nil || back != got {
			t.Errorf("%v makes %s, read as %s, %v; want %s", c.random, got, back, err, c.want)
		}
	}
}

// checkOf works the check symbol out another way than the code does: as a sum
// of the symbols times powers of 2, by shifting and adding in the field.
func checkOf(symbols []byte) byte {
	power, sum := 2, 0
	for i := len(symbols) - 1; i >= 0; i-- {
		sum ^= times(power, int(symbols[i]))
		power = times(power, 2)
	}
	return Alphabet[sum]
}

// times multiplies in GF(2)[x] modulo x⁵ + x² + 1.
func times(a, b int) int {
	product := 0
	for i := range 5 {
		if b>>i&1 == 1 {
			product ^= a << i
		}
	}
	for i := 8; i >= 5; i-- {
		if product>>i&1 == 1 {
			product ^= 0b100101 << (i - 5)
		}
	}
	return product
}

func TestCheckSymbol(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := codes().Draw(t, "code")
		symbols := make([]byte, 7)
		for i := range symbols {
			symbols[i] = byte(strings.IndexByte(Alphabet, code[i]))
		}
		if want := checkOf(symbols); code[7] != want {
			t.Fatalf("%s should end in %c", code, want)
		}
	})
}

// caught fails unless a changed code is refused as mistyped.
func caught(t *rapid.T, what, code string, changed []byte) {
	if string(changed) == code {
		return
	}
	if got, err := ParseCode(string(changed)); CodeOf(err) != CodeTypo || got != "" {
		t.Fatalf("%s of %s to %s is read as %s, %v", what, code, changed, got, err)
	}
}

func TestEverySlipIsCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := codes().Draw(t, "code")
		for i := range CodeSymbols {
			for _, s := range []byte(Alphabet) {
				changed := []byte(code)
				changed[i] = s
				caught(t, "slip", code, changed)
			}
		}
	})
}

func TestEverySwapIsCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := codes().Draw(t, "code")
		for _, distance := range []int{1, 2} {
			for i := range CodeSymbols - distance {
				changed := []byte(code)
				changed[i], changed[i+distance] = code[i+distance], code[i]
				caught(t, "swap", code, changed)
			}
		}
	})
}

// A twin is one symbol typed twice that becomes another typed twice (aa → bb),
// a jump twin the same with one symbol between (axa → bxb).
func TestEveryTwinIsCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rapid.SliceOfN(rapid.Byte(), 7, 7).Draw(t, "random")
		distance := rapid.IntRange(1, 2).Draw(t, "distance")
		at := rapid.IntRange(0, CodeSymbols-1-distance).Draw(t, "at")
		code := twinCode([7]byte(random), at, distance)
		for _, s := range []byte(Alphabet) {
			changed := []byte(code)
			changed[at], changed[at+distance] = s, s
			caught(t, "twin", code, changed)
		}
	})
}

// twinCode makes a good code with the same symbol at two places; with the check
// symbol as one of them, the other is tried until it fits.
func twinCode(random [7]byte, at, distance int) string {
	for s := range byte(32) {
		random[at] = s
		if at+distance < len(random) {
			random[at+distance] = s
		}
		if code := NewCode(random); code[at] == code[at+distance] {
			return code
		}
	}
	panic("no symbol fits")
}

func TestCodesAreFolded(t *testing.T) {
	code := NewCode([7]byte{1, 0, 1, 0, 19, 24, 5}) // 1010KR5?
	if code[:7] != "1010KR5" {
		t.Fatal(code)
	}
	tail := code[4:]
	for _, text := range []string{
		code, strings.ToLower(code), ShowCode(code), " 1010 " + tail + " ", "IOIO-" + tail, "lolo" + tail, "iOlo–" + strings.ToLower(tail),
		"1 0 1 0 " + tail, "1010—" + tail, "1010_" + tail, "--" + code,
	} {
		if got, err := ParseCode(text); err != nil || got != code {
			t.Errorf("%q is %q, %v; want %s", text, got, err, code)
		}
	}
}

func TestParseCodeRefuses(t *testing.T) {
	code := NewCode([7]byte{20, 7, 21, 11, 4, 26, 9})
	for _, text := range []string{
		"", " ", "-", "180", code[:7], code + "0", "U" + code[1:], code[:4] + "." + code[4:], code[:7] + "é", code[:7] + "\xff",
		code[:7] + "\x00", code[:7] + "٣", code[:6] + "Ł", strings.Repeat("0", 100),
	} {
		if got, err := ParseCode(text); CodeOf(err) != CodeNoCode || ClassOf(err) != Input || got != "" {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	slip := []byte(code)
	slip[7] = Alphabet[(strings.IndexByte(Alphabet, slip[7])+1)%32]
	_, err := ParseCode(string(slip))
	if want := ShowCode(string(slip)); CodeOf(err) != CodeTypo || ClassOf(err) != Input || err.Error() != "code_typo text="+want {
		t.Errorf("%s: %v", slip, err)
	}
}

func TestShowCode(t *testing.T) {
	for text, want := range map[string]string{"K7PM4T9Q": "K7PM-4T9Q", "": "", "1234": "1234", "123456789": "123456789"} {
		if got := ShowCode(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{
		"00000000", "K7PM-4T9Q", "k7pm 4t9q", "IOLO-0000", "0000-000O", "", "-", "ZZZZ-ZZZZ", "UUUU-UUUU", "ſſſſſſſſ", "ıııı0000", "\xff",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, err := ParseCode(text)
		if err != nil {
			if c := CodeOf(err); code != "" || c != CodeTypo && c != CodeNoCode {
				t.Fatalf("%q is %q, %v", text, code, err)
			}
			return
		}
		if len(code) != CodeSymbols || strings.Trim(code, Alphabet) != "" {
			t.Fatalf("%q is %q", text, code)
		}
		for _, again := range []string{code, ShowCode(code), strings.ToLower(code)} {
			if got, err := ParseCode(again); err != nil || got != code {
				t.Fatalf("%q is %q, then %q is %q, %v", text, code, again, got, err)
			}
		}
	})
}
