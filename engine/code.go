package engine

import "strings"

// Alphabet is Crockford's base 32: no I, L, O or U, which are read wrongly.
const Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// CodeSymbols is how many symbols a coupon code has: seven random ones, 35
// bits, and one check symbol.
const CodeSymbols = 8

// Codes of coupon codes as typed.
const (
	CodeTypo   Code = "code_typo"   // the check symbol does not fit: mistyped
	CodeNoCode Code = "code_format" // not a code at all
)

// NewCode makes a coupon code of seven symbols from random bytes and its check
// symbol, without the dash.
func NewCode(random [7]byte) string {
	symbols := make([]byte, 0, CodeSymbols)
	check := byte(0)
	for _, b := range random {
		s := b & 31
		symbols = append(symbols, Alphabet[s])
		check = damm(check, s)
	}
	return string(append(symbols, Alphabet[double(check)]))
}

// ParseCode folds what was typed or scanned (case, spaces, dashes, O as 0, I
// and L as 1) and verifies the check symbol. CodeNoCode: this is no coupon
// code; CodeTypo: it is one with a slip in it.
func ParseCode(text string) (string, error) {
	code, ok := FoldCode(text)
	if !ok {
		return "", BadInput(CodeNoCode, "text", text, "symbols", CodeSymbols)
	}
	check := byte(0)
	for i := range len(code) {
		check = damm(check, byte(strings.IndexByte(Alphabet, code[i]))) //nolint:gosec // FoldCode leaves only symbols
	}
	if check != 0 {
		return "", BadInput(CodeTypo, "text", ShowCode(code))
	}
	return code, nil
}

// FoldCode folds a text to the symbols of a code and tells whether it has the
// form of one. It does not look at the check symbol.
func FoldCode(text string) (string, bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(text) {
		switch r {
		case ' ', '-', '–', '—', '_':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if r > 127 || strings.IndexByte(Alphabet, byte(r)) < 0 {
			return "", false
		}
		b.WriteRune(r)
	}
	return b.String(), b.Len() == CodeSymbols
}

// ShowCode writes a code for people: XXXX-XXXX.
func ShowCode(code string) string {
	if len(code) != CodeSymbols {
		return code
	}
	return code[:4] + "-" + code[4:]
}

// damm is one step of Damm's check (H. M. Damm, "Total anti-symmetrische
// Quasigruppen", 2004) over the field GF(32) with x⁵ + x² + 1: the interim
// value c and the symbol s give 2·c + s, a totally anti-symmetric quasigroup,
// since neither 2 nor 2 + 1 is zero in the field. The check symbol is the one
// that brings the end to zero: 2·c.
func damm(interim, symbol byte) byte { return double(interim) ^ symbol }

func double(x byte) byte {
	x <<= 1
	if x&32 != 0 {
		x ^= 0b100101
	}
	return x & 31
}
