package kit

import (
	"strings"

	"github.com/skip2/go-qrcode"
)

// QR draws a text as a QR code in half blocks, in at most width cells and
// height lines: the smallest version that holds it, with as much error
// correction as that version has room for, inside the quiet zone of four
// modules, or of two where four have no room. It gives nil where even that has
// none, and for screen readers.
//
// The code stands dark on light whatever the theme. Without colours the
// background is taken for dark (the light modules are drawn) unless the theme
// is light.
func QR(st *Styles, text string, width, height int) []string {
	if st.Theme == Plain || text == "" {
		return nil
	}
	dark := modules(text)
	for quiet := 4; quiet >= 2 && dark != nil; quiet -= 2 {
		size := len(dark) + 2*quiet
		if size <= width && (size+1)/2 <= height {
			return drawQR(st, dark, quiet)
		}
	}
	return nil
}

// modules encodes a text without quiet zone; nil if no version holds it.
func modules(text string) [][]bool {
	code := EncodeQR(text)
	if code == nil {
		return nil
	}
	code.DisableBorder = true
	return code.Bitmap()
}

// EncodeQR encodes a text in the smallest version that holds it, with as much
// error correction as that version has room for; nil if no version holds it.
func EncodeQR(text string) *qrcode.QRCode {
	best, err := qrcode.New(text, qrcode.Low)
	if err != nil {
		return nil
	}
	for _, level := range []qrcode.RecoveryLevel{qrcode.Medium, qrcode.High, qrcode.Highest} {
		q, err := qrcode.New(text, level)
		if err != nil || q.VersionNumber > best.VersionNumber {
			break
		}
		best = q
	}
	return best
}

func drawQR(st *Styles, dark [][]bool, quiet int) []string {
	size := len(dark) + 2*quiet
	drawn := func(x, y int) bool {
		if y >= size {
			return false
		}
		x, y = x-quiet, y-quiet
		isDark := x >= 0 && y >= 0 && x < len(dark) && y < len(dark) && dark[y][x]
		return isDark == (st.qrBlock == 'd')
	}
	var lines []string
	for y := 0; y < size; y += 2 {
		var b strings.Builder
		for x := range size {
			b.WriteRune(half(drawn(x, y), drawn(x, y+1)))
		}
		lines = append(lines, st.qr.Render(b.String()))
	}
	return lines
}
