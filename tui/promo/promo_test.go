package promo

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"reflect"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/browse"
	"bounceback/tui/kit"
)

// nasty is a text that would do harm if it were not escaped.
const nasty = `<script>alert("1")</script> & 'Sons'`

// spring is a campaign of next-sale coupons.
func spring() engine.Campaign {
	return engine.Campaign{
		Title: "Spring", State: engine.CampaignActive, Source: "instagram", Ad: "spring",
		Terms:    engine.Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45},
		StartsOn: engine.DayOf(2026, 11, 1), EndsOn: engine.DayOf(2026, 12, 24),
	}
}

// coffee is a campaign with a code, conditions and limits.
func coffee() engine.Campaign {
	return engine.Campaign{
		Title: "Second coffee", State: engine.CampaignActive, Link: "https://casa.azul/volte?p=1", Source: "flyer",
		Promo: engine.Offer{
			Kind: engine.KindOrderPercent, Cut: engine.Cut{By: engine.ByPercent, Percent: 1000}, Code: "SPRING-10",
			When:   engine.Threshold{MinAmount: 100_00, Sources: []string{"flyer"}},
			Limits: engine.Limits{PerCustomer: 2, Budget: 9876_00, Total: 4321}, Stack: engine.Stacking{Group: "secret"},
		},
	}
}

func formatIn(t *testing.T, lang string) *words.Format {
	t.Helper()
	w, err := words.For(lang)
	if err != nil {
		t.Fatal(err)
	}
	f, err := words.NewFormat(w, "BR", "BRL", nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func material(t *testing.T, lang string, c engine.Campaign) Material {
	t.Helper()
	m, err := Of(formatIn(t, lang), engine.Store{Title: "Casa Azul & Filhos"}, c, c.Labels())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		lang     string
		campaign engine.Campaign
		want     string
	}{
		{"en", spring(), `Casa Azul & Filhos
20 % back

20 % back as a coupon for the next purchase, good for 45 days, for at most 30 % of that purchase.
Valid from 1 November 2026 to 24 December 2026.
Show this at the counter of Casa Azul & Filhos.
`},
		{"pt-BR", coffee(), ""},
		{"en", coffee(), `Casa Azul & Filhos
−10 %

Spend 100,00 or more: 10 % off the whole purchase, at most 2 per customer.
While it lasts.
Say the code SPRING-10 or show this at the counter of Casa Azul & Filhos.

https://casa.azul/volte?code=SPRING-10&p=1&source=flyer
`},
	} {
		got := material(t, c.lang, c.campaign).Text()
		if c.want != "" && got != c.want {
			t.Errorf("%s says\n%s\nwant\n%s", c.campaign.Title, got, c.want)
		}
		for _, hidden := range []string{"⟦", "9.876", "4.321", "secret"} {
			if strings.Contains(got, hidden) {
				t.Errorf("%s tells %s:\n%s", c.campaign.Title, hidden, got)
			}
		}
	}
	own := spring()
	own.OfferText = "A gift for your next visit"
	if m := material(t, "en", own); m.Headline != own.OfferText || !strings.HasPrefix(m.Sentence, "20 % back") {
		t.Errorf("%+v", m)
	}
}

// TestQRCarriesTheLabels: the picture is the code of the target, and the
// counter reads the target as the labels.
func TestQRCarriesTheLabels(t *testing.T) {
	for _, c := range []engine.Campaign{spring(), coffee()} {
		m := material(t, "en", c)
		raw, err := m.PNG()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := pictured(t, raw), kit.EncodeQR(m.Target).Bitmap(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the picture is not that of %s", c.Title, m.Target)
		}
		if l, ok, err := engine.ReadPromo(m.Target, nil); !ok || err != nil || l != m.Labels {
			t.Errorf("%q is read as %+v %v", m.Target, l, err)
		}
		if l, ok, err := engine.ReadPromo(m.Token, nil); !ok || err != nil || l != m.Labels {
			t.Errorf("%q is read as %+v %v", m.Token, l, err)
		}
		if lines := m.Terminal(); len(lines) < 15 || len(lines) > 40 {
			t.Errorf("%s: %d lines in a terminal", c.Title, len(lines))
		}
	}
}

// pictured reads the modules off a picture.
func pictured(t *testing.T, raw []byte) [][]bool {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	n := img.Bounds().Dx() / pixels
	out := make([][]bool, n)
	for y := range out {
		out[y] = make([]bool, n)
		for x := range out[y] {
			r, _, _, _ := img.At(x*pixels+pixels/2, y*pixels+pixels/2).RGBA()
			out[y][x] = r == 0
		}
	}
	return out
}

// TestPagesEscape puts harmful texts everywhere.
func TestPagesEscape(t *testing.T) {
	c := coffee()
	c.OfferText, c.Source, c.Ad, c.Link = nasty, nasty, `"><b onclick=x>`, ""
	f := formatIn(t, "en")
	m, err := Of(f, engine.Store{Title: nasty}, c, c.Labels())
	if err != nil {
		t.Fatal(err)
	}
	for _, make := range []func(*words.Words) ([]byte, error){m.Banner, m.Poster} {
		page, err := make(f.Words())
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<b ", "ZgotmplZ", "⟦"} {
			if strings.Contains(string(page), bad) {
				t.Errorf("%s got through: %s", bad, page)
			}
		}
		if !strings.Contains(string(page), "&lt;script&gt;") {
			t.Errorf("not shown: %s", page)
		}
	}
}

// TestBannerIsWholeByItself: a banner is well-formed, has no style sheet, no
// script and no picture, and leads to the link with its labels.
func TestBannerIsWholeByItself(t *testing.T) {
	m := material(t, "en", coffee())
	raw, err := m.Banner(formatIn(t, "en").Words())
	if err != nil {
		t.Fatal(err)
	}
	dec := xml.NewDecoder(bytes.NewReader(raw))
	var link string
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, raw)
		}
		el, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if name := el.Name.Local; name == "script" || name == "img" || name == "style" || name == "link" {
			t.Errorf("the banner has a %s", name)
		}
		for _, a := range el.Attr {
			if a.Name.Local == "href" {
				link = a.Value
			}
		}
	}
	if link != m.Link {
		t.Errorf("it leads to %q, want %q", link, m.Link)
	}
	for _, want := range []string{"SPRING-10", "Casa Azul &amp; Filhos", "While it lasts.", `data-source="flyer"`, "casa.azul/volte", "bb:flyer//SPRING-10"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("no %q in %s", want, raw)
		}
	}
}

// TestPagesInABrowser looks at posters and banners on a phone and a desk, and
// prints the posters: each is one sheet.
func TestPagesInABrowser(t *testing.T) {
	long := coffee()
	long.OfferText = strings.Repeat("Uma oferta bem comprida ", 5)
	long.Link = "https://casa.azul/" + strings.Repeat("muito-comprido/", 11)
	long.Source, long.Ad = strings.Repeat("origem ", 5), strings.Repeat("é", engine.MaxLabel)
	var pages []string
	for name, c := range map[string]engine.Campaign{"spring": spring(), "coffee": coffee(), "long": long} {
		f := formatIn(t, "pt-BR")
		m := material(t, "pt-BR", c)
		page, err := m.Poster(f.Words())
		if err != nil {
			t.Fatal(err)
		}
		if n := browse.Sheets(t, string(page)); n != 1 {
			t.Errorf("the poster %s takes %d sheets", name, n)
		}
		raw, err := m.Banner(f.Words())
		if err != nil {
			t.Fatal(err)
		}
		around := "<!doctype html><html><body style=\"margin:0\">" + string(raw) + "</body></html>"
		pages = append(pages, string(page), around)
		browse.Picture(t, string(page), "poster-"+name+".png", "--window-size=800,1100")
		browse.Picture(t, browse.OnPaper(string(page)), "poster-paper-"+name+".png", "--window-size=718,1047")
		browse.Picture(t, around, "banner-"+name+".png", "--window-size=640,520")
	}
	if n := browse.Fits(t, pages, 360, 1200); n < 2*6*5 {
		t.Errorf("only %d parts", n)
	}
}
