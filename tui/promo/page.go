package promo

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"unicode/utf8"

	"bounceback/engine/words"
)

//go:embed banner.html
var bannerHTML string

//go:embed poster.html
var posterHTML string

var (
	banner = template.Must(template.New("banner").Parse(strings.TrimSpace(bannerHTML) + "\n"))
	poster = template.Must(template.New("poster").Parse(strings.TrimSpace(posterHTML) + "\n"))
)

// view is what the templates are given.
type view struct {
	Material
	Title, More, ForCounter, CodeLabel string
	Size                               string // of the headline
	QR                                 template.HTML
}

func (m Material) view(w *words.Words) view {
	return view{
		Material: m, Title: w.T("promo.title", "store", m.Store), More: w.T("promo.more"),
		ForCounter: w.T("promo.for_counter"), CodeLabel: w.T("promo.code"), Size: sizeOf(m.Headline),
	}
}

// sizeOf is how large a headline can be written.
func sizeOf(headline string) string {
	switch n := utf8.RuneCountInString(headline); {
	case n <= 9:
		return "huge"
	case n <= 24:
		return "large"
	case n <= 60:
		return "medium"
	}
	return "small"
}

// Banner is a snippet of HTML with its styles in its elements, for the body of
// an e-mail or a page: no script, no picture, nothing fetched.
func (m Material) Banner(w *words.Words) ([]byte, error) {
	var out bytes.Buffer
	err := banner.Execute(&out, m.view(w))
	return out.Bytes(), err
}

// Poster is a page to print on A4 or Letter.
func (m Material) Poster(w *words.Words) ([]byte, error) {
	v := m.view(w)
	qr, err := svgQR(m, w.T("promo.qr", "target", m.Target))
	if err != nil {
		return nil, err
	}
	v.QR = template.HTML(qr) // svgQR escapes its title
	var out bytes.Buffer
	err = poster.Execute(&out, v)
	return out.Bytes(), err
}
