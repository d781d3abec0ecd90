package slip

import (
	"bytes"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"bounceback/engine/words"
)

// Commands of ESC/POS, by the names of Epson's reference.
var (
	escInit      = []byte{0x1B, '@'}
	fsNoKanji    = []byte{0x1C, '.'} // printers sold in China take high bytes for their script otherwise
	escBoldOn    = []byte{0x1B, 'E', 1}
	escBoldOff   = []byte{0x1B, 'E', 0}
	escLeft      = []byte{0x1B, 'a', 0}
	escCentre    = []byte{0x1B, 'a', 1}
	gsSizeDouble = []byte{0x1D, '!', 0x11}
	gsSizeNormal = []byte{0x1D, '!', 0}
	gsFeedAndCut = []byte{0x1D, 'V', 66, 24} // function B: feed to the cutter and 24 units more, cut all but a point
	gsQRModel2   = []byte{0x1D, '(', 'k', 4, 0, '1', 'A', '2', 0}
	gsQRModule   = []byte{0x1D, '(', 'k', 3, 0, '1', 'C', 8}   // dots of a module
	gsQRLevelM   = []byte{0x1D, '(', 'k', 3, 0, '1', 'E', '1'} // 15 % may be illegible
	gsQRPrint    = []byte{0x1D, '(', 'k', 3, 0, '1', 'Q', '0'}
)

// codePage is a table of characters that printers have, and its number in
// ESC t.
type codePage struct {
	number byte
	table  *charmap.Charmap
}

// codePages are tried in this order: 858 writes western Europe with the euro
// sign, 860 is what some printers made for Portuguese have besides.
var codePages = []codePage{{19, charmap.CodePage858}, {3, charmap.CodePage860}}

// ESCPOS writes a slip as commands for a receipt printer with columns
// characters in a line.
func (s Slip) ESCPOS(f *words.Format, columns int) []byte {
	lines := s.lines(f)
	page := choosePage(lines)
	var b bytes.Buffer
	b.Write(escInit)
	b.Write(fsNoKanji)
	b.Write([]byte{0x1B, 't', page.number})
	for _, l := range lines {
		l.escpos(&b, page, columns)
	}
	b.Write(gsFeedAndCut)
	return b.Bytes()
}

func (l line) escpos(b *bytes.Buffer, page codePage, columns int) {
	switch l.style {
	case plain, rule:
		b.Write(escLeft)
	default:
		b.Write(escCentre)
	}
	before, after, width := []byte(nil), []byte(nil), columns
	switch l.style {
	case qr:
		writeQR(b, l.text)
		return
	case bold:
		before, after = escBoldOn, escBoldOff
	case large:
		before, after = gsSizeDouble, gsSizeNormal
		width = columns / 2
	}
	b.Write(before)
	for _, row := range l.rows(width) {
		b.Write(page.encode(row))
		b.WriteByte('\n')
	}
	b.Write(after)
}

// writeQR lets the printer draw a QR code.
func writeQR(b *bytes.Buffer, text string) {
	b.Write(gsQRModel2)
	b.Write(gsQRModule)
	b.Write(gsQRLevelM)
	n := len(text) + 3
	b.Write([]byte{0x1D, '(', 'k', byte(n), byte(n >> 8), '1', 'P', '0'}) //nolint:gosec // a code is eight symbols
	b.WriteString(text)
	b.Write(gsQRPrint)
	b.WriteByte('\n')
}

// choosePage takes the page that can write the most of a slip.
func choosePage(lines []line) codePage {
	best, least := codePages[0], -1
	for _, p := range codePages {
		lost := 0
		for _, l := range lines {
			for _, r := range simple(l.text + l.right) {
				if _, ok := p.table.EncodeRune(r); !ok {
					lost++
				}
			}
		}
		if least < 0 || lost < least {
			best, least = p, lost
		}
	}
	return best
}

// encode writes a text in the page. A letter the page does not have loses its
// accent; what has no plain form becomes a question mark.
func (p codePage) encode(text string) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		if c, ok := p.table.EncodeRune(r); ok {
			out = append(out, c)
			continue
		}
		letter := []rune(norm.NFD.String(string(r)))[0]
		if letter < 0x80 {
			out = append(out, byte(letter)) //nolint:gosec // below 0x80
		} else {
			out = append(out, '?')
		}
	}
	return out
}
