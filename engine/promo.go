package engine

import (
	"cmp"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AdLabels say which ad brought a sale: where it was seen, which one it was,
// and the code of the offer it names. Each may be empty.
type AdLabels struct {
	Source string // at most MaxLabel characters
	Ad     string // at most MaxLabel characters
	Code   string // as FoldOfferCode gives it; empty for none
}

// The names of the labels in the query of a link. A page may read them too, as
// it reads utm_source.
const (
	ParamSource = "source"
	ParamAd     = "ad"
	ParamCode   = "code"
)

// AdToken begins the text that stands for labels where there is no link:
// "bb:instagram/spring/CODE". What is empty at the end is left out, and / and %
// in a label are written as in a link.
const AdToken = "bb:"

// MaxPromo is the most bytes of a link or token: what a scanner's line holds.
const MaxPromo = 1000

// Codes of ad material.
const (
	CodePromoNoLabel Code = "promo_no_label" // neither a link nor a label: nothing that could be counted
	CodePromoLong    Code = "promo_long"     // the link with its labels is over MaxPromo; with most
	CodePromoUnknown Code = "promo_unknown"  // a link or token scanned that is not one of ours
	CodePromoCode    Code = "promo_code"     // what was given as an offer's code cannot be one; with text
)

// Labels are the labels that a campaign's own ad material carries.
func (c Campaign) Labels() AdLabels {
	return cleanLabels(c.Source, c.Ad, c.Promo.Code)
}

// IsZero tells whether there is no label at all.
func (l AdLabels) IsZero() bool { return l == AdLabels{} }

// Or takes the labels of another where these are empty.
func (l AdLabels) Or(other AdLabels) AdLabels {
	return AdLabels{cmp.Or(l.Source, other.Source), cmp.Or(l.Ad, other.Ad), cmp.Or(l.Code, other.Code)}
}

// Check tells what is wrong with labels that are to be printed, or nil.
func (l AdLabels) Check() error {
	for _, label := range []string{l.Source, l.Ad} {
		if utf8.RuneCountInString(label) > MaxLabel || label != cleanLabel(label) {
			return BadInput(CodeCampaignText, "most", MaxLabel)
		}
	}
	if l.Code != "" && !ValidOfferCode(l.Code) {
		return BadInput(CodePromoCode, "text", l.Code)
	}
	return nil
}

// PromoTarget is what the QR code of an ad says: a link with the labels in its
// query or, without a link, the token of the labels. The labels replace those
// that the link may have. The codes of its errors are those of Check,
// CodePromoNoLabel and CodePromoLong.
func PromoTarget(link string, l AdLabels) (string, error) {
	if err := l.Check(); err != nil {
		return "", err
	}
	target := promoToken(l)
	switch {
	case link == "" && l.IsZero():
		return "", BadInput(CodePromoNoLabel)
	case link != "":
		u, err := url.Parse(link)
		if err != nil {
			return "", BadInput(CodeCampaignLink, "text", link)
		}
		query := u.Query()
		for name, value := range map[string]string{ParamSource: l.Source, ParamAd: l.Ad, ParamCode: l.Code} {
			if query.Del(name); value != "" {
				query.Set(name, value)
			}
		}
		u.RawQuery = query.Encode()
		target = u.String()
	}
	if len(target) > MaxPromo {
		return "", BadInput(CodePromoLong, "most", MaxPromo)
	}
	return target, nil
}

var tokenEscape = strings.NewReplacer("%", "%25", "/", "%2F")

func promoToken(l AdLabels) string {
	parts := []string{tokenEscape.Replace(l.Source), tokenEscape.Replace(l.Ad), l.Code}
	return AdToken + strings.TrimRight(strings.Join(parts, "/"), "/")
}

// AdLinks are the labels of the campaigns that run on a day, by their links as
// ReadPromo looks for them. Of two campaigns with one link the older counts.
func AdLinks(campaigns []Campaign, day Day) map[string]AdLabels {
	out, since := map[string]AdLabels{}, map[string]Instant{}
	for _, c := range campaigns {
		if c.Link == "" || c.StateOn(day) != CampaignActive {
			continue
		}
		key := foldLink(c.Link)
		if at, taken := since[key]; !taken || c.Created < at {
			out[key], since[key] = c.Labels(), c.Created
		}
	}
	return out
}

// ReadPromo reads what the QR code of an ad says. It is no ad's if ok is false.
// A link is one of ours if it carries our labels or is the link of a campaign
// that runs; what it does not say itself, its campaign says. Labels are cut to
// MaxLabel and cleaned of what is no text. CodePromoUnknown for others.
func ReadPromo(text string, links map[string]AdLabels) (l AdLabels, ok bool, err error) {
	text = strings.TrimSpace(text)
	switch {
	case hasPrefixFold(text, AdToken):
		l, ok = readToken(text[len(AdToken):])
	case hasPrefixFold(text, "https://"), hasPrefixFold(text, "http://"):
		l, ok = readLink(text, links)
	default:
		return AdLabels{}, false, nil
	}
	if !ok || l.IsZero() || len(text) > MaxPromo {
		return AdLabels{}, true, BadInput(CodePromoUnknown)
	}
	return l, true, nil
}

func readToken(text string) (AdLabels, bool) {
	parts := strings.Split(text, "/")
	if len(parts) > 3 {
		return AdLabels{}, false
	}
	for i, part := range parts {
		plain, err := url.PathUnescape(part)
		if err != nil {
			return AdLabels{}, false
		}
		parts[i] = plain
	}
	parts = append(parts, "", "")
	return cleanLabels(parts[0], parts[1], parts[2]), true
}

func readLink(text string, links map[string]AdLabels) (AdLabels, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return AdLabels{}, false
	}
	query := u.Query()
	l := cleanLabels(query.Get(ParamSource), query.Get(ParamAd), query.Get(ParamCode))
	return l.Or(links[foldLink(text)]), true
}

// cleanLabels are labels as they came from outside. A code that cannot be one
// is dropped: the sale still counts for the ad.
func cleanLabels(source, ad, code string) AdLabels {
	l := AdLabels{Source: cleanLabel(source), Ad: cleanLabel(ad), Code: FoldOfferCode(code)}
	if !ValidOfferCode(l.Code) {
		l.Code = ""
	}
	return l
}

// cleanLabel leaves of a label what is text, with single spaces, as far as
// MaxLabel goes. Marks that only turn the direction of writing are no text.
func cleanLabel(label string) string {
	label = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case isControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, label)
	label = strings.Join(strings.Fields(label), " ")
	if utf8.RuneCountInString(label) > MaxLabel {
		label = strings.TrimSpace(string([]rune(label)[:MaxLabel]))
	}
	return label
}

// foldLink is a link as links are compared: without labels and place on the
// page, its host in small letters.
func foldLink(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return ""
	}
	query := u.Query()
	for _, name := range []string{ParamSource, ParamAd, ParamCode} {
		query.Del(name)
	}
	folded := strings.ToLower(u.Host) + strings.TrimRight(u.EscapedPath(), "/")
	if len(query) > 0 {
		folded += "?" + query.Encode()
	}
	return folded
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}
