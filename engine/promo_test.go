package engine

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPromoTarget(t *testing.T) {
	full := AdLabels{"instagram", "spring ad", "SPRING-10"}
	for _, c := range []struct {
		link   string
		labels AdLabels
		want   string
		code   Code
	}{
		{"https://casa.azul/volte", full, "https://casa.azul/volte?ad=spring+ad&code=SPRING-10&source=instagram", ""},
		{"https://casa.azul/?p=1&source=old", AdLabels{Ad: "a&b=c"}, "https://casa.azul/?ad=a%26b%3Dc&p=1", ""},
		{"https://casa.azul/volte#top", AdLabels{}, "https://casa.azul/volte#top", ""},
		{"", full, "bb:instagram/spring ad/SPRING-10", ""},
		{"", AdLabels{Source: "a/b%"}, "bb:a%2Fb%25", ""},
		{"", AdLabels{Code: "X"}, "bb://X", ""},
		{"", AdLabels{}, "", CodePromoNoLabel},
		{"", AdLabels{Source: strings.Repeat("x", MaxLabel+1)}, "", CodeCampaignText},
		{"", AdLabels{Source: "a\nb"}, "", CodeCampaignText},
		{"", AdLabels{Source: " a"}, "", CodeCampaignText},
		{"", AdLabels{Code: "no code"}, "", CodePromoCode},
		{"https://casa.azul/" + strings.Repeat("x", MaxPromo), full, "", CodePromoLong},
	} {
		got, err := PromoTarget(c.link, c.labels)
		if got != c.want || CodeOf(err) != c.code && (err != nil || c.code != "") {
			t.Errorf("%q with %+v is %q, %v; want %q %s", c.link, c.labels, got, err, c.want, c.code)
		}
	}
}

func TestReadPromo(t *testing.T) {
	links := AdLinks([]Campaign{
		{Link: "https://Casa.Azul/volte/", Source: "instagram", Ad: "spring", State: CampaignActive, Created: 2},
		{Link: "https://casa.azul/volte", Source: "later", State: CampaignActive, Created: 3},
		{Link: "https://casa.azul/draft", Source: "draft", State: CampaignDraft},
		{Link: "https://casa.azul/over", Source: "over", State: CampaignActive, EndsOn: 9},
		{Link: "https://casa.azul/bare", State: CampaignActive},
	}, 10)
	for text, want := range map[string]AdLabels{
		"bb:instagram/spring/spring-10":       {"instagram", "spring", "SPRING-10"},
		" BB:instagram ":                      {Source: "instagram"},
		"bb:/poster":                          {Ad: "poster"},
		"bb://x":                              {Code: "X"},
		"bb:a%2Fb%25":                         {Source: "a/b%"},
		"https://other.example/?source=flyer": {Source: "flyer"},
		"https://casa.azul/volte":             {Source: "instagram", Ad: "spring"},
		"HTTPS://CASA.AZUL/volte?ad=autumn#x": {Source: "instagram", Ad: "autumn"},
		"http://casa.azul/volte?code=%20bad%21&source=%00a": {Source: "a", Ad: "spring"},
		"https://x.y/?source=" + strings.Repeat("é", 60):    {Source: strings.Repeat("é", MaxLabel)},
		"https://x.y/?source=a%E2%80%AEb%0A%09c":            {Source: "ab c"},
	} {
		if got, ok, err := ReadPromo(text, links); !ok || err != nil || got != want {
			t.Errorf("%q is %+v %v %v, want %+v", text, got, ok, err, want)
		}
	}
	for _, text := range []string{
		"https://casa.azul/", "https://casa.azul/draft", "https://casa.azul/over", "https://casa.azul/bare", "https://", "bb:", "bb:///", "bb:a/b/c/d",
		"bb:%zz", "https://x.y/?source=%20", "https://x.y/?q=" + strings.Repeat("x", MaxPromo) + "&source=a",
	} {
		if got, ok, err := ReadPromo(text, links); !ok || CodeOf(err) != CodePromoUnknown || !got.IsZero() {
			t.Errorf("%q is %+v %v %v", text, got, ok, err)
		}
	}
	for _, text := range []string{"", "bb", "maria", "ftp://x.y/?source=a", "7891234567895"} {
		if _, ok, err := ReadPromo(text, links); ok || err != nil {
			t.Errorf("%q is taken for an ad: %v", text, err)
		}
	}
}

// TestPromoComesBack: what an ad says is read as it was meant, whatever the
// labels are.
func TestPromoComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		label := rapid.Custom(func(t *rapid.T) string { return cleanLabel(rapid.String().Draw(t, "raw")) })
		l := AdLabels{label.Draw(t, "source"), label.Draw(t, "ad"), rapid.SampledFrom([]string{"", "SPRING-10", "A"}).Draw(t, "code")}
		link := rapid.SampledFrom([]string{"", "https://casa.azul/v?p=1#z", "http://x.y"}).Draw(t, "link")
		target, err := PromoTarget(link, l)
		if err != nil {
			if code := CodeOf(err); code != CodePromoLong && (code != CodePromoNoLabel || !l.IsZero()) {
				t.Fatalf("%+v: %v", l, err)
			}
			return
		}
		got, ok, err := ReadPromo(target, nil)
		if !ok || got != l || l.IsZero() != (CodeOf(err) == CodePromoUnknown) {
			t.Fatalf("%+v came back from %q as %+v, %v", l, target, got, err)
		}
	})
}

func FuzzReadPromo(f *testing.F) {
	for _, s := range []string{"bb:a/b/c", "https://x.y/?source=a&ad=%ff", "http://[::1]/?ad=\x00", "bb:%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, _, err := ReadPromo(text, map[string]AdLabels{})
		for _, s := range []string{l.Source, l.Ad} {
			if utf8.RuneCountInString(s) > MaxLabel || !utf8.ValidString(s) || strings.ContainsFunc(s, isControl) {
				t.Fatalf("%q gives %q", text, s)
			}
		}
		if err == nil && !l.IsZero() && l.Check() != nil {
			t.Fatalf("%q gives %+v", text, l)
		}
		if err == nil && !l.IsZero() && l.Code != "" && l.Code != url.QueryEscape(l.Code) {
			t.Fatalf("%q gives the code %q", text, l.Code)
		}
	})
}
