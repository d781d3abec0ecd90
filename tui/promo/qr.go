package promo

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// pixels is the width of a module of the QR picture, enough to print it 8 cm
// wide.
const pixels = 12

// CodeQR says that a QR code cannot hold the link.
const CodeQR engine.Code = "promo_qr"

// PNG is the QR code as a picture, inside its quiet zone.
func (m Material) PNG() ([]byte, error) {
	code := kit.EncodeQR(m.Target)
	if code == nil {
		return nil, engine.BadInput(CodeQR)
	}
	return code.PNG(-pixels)
}

// Terminal is the QR code in half blocks, for a terminal without colours; none
// if it has no room there.
func (m Material) Terminal() []string {
	return kit.QR(kit.NewStyles(lipgloss.NewRenderer(io.Discard), kit.Mono), m.Target, 120, 60)
}

// quiet is the white border of a QR code, in modules, as its standard asks.
const quiet = 4

// svgQR draws the QR code, its rows of dark modules as one path.
func svgQR(m Material, title string) (string, error) {
	code := kit.EncodeQR(m.Target)
	if code == nil {
		return "", engine.BadInput(CodeQR)
	}
	code.DisableBorder = true
	dark := code.Bitmap()
	var path strings.Builder
	for y, row := range dark {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	size := len(dark) + 2*quiet
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-labelledby="qr-t" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<title id="qr-t">%s</title><rect width="%d" height="%d" fill="#fff"/><path fill="#000" d="%s"/></svg>`,
		size, size, html.EscapeString(title), size, size, path.String()), nil
}
