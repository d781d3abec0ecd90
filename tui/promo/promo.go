// Package promo makes the ad material of a campaign: the text of its offer, a
// banner for e-mails and pages, a QR code, and a poster. All of it carries the
// labels by which the counter knows a sale that an ad brought.
//
//	promo.go  what it says, in plain words
//	qr.go     the QR code as a picture
//	page.go   the banner and the poster
package promo

import (
	"cmp"
	"net/url"
	"strings"

	"bounceback/engine"
	"bounceback/engine/words"
)

// Material is what an ad says.
type Material struct {
	Lang     string
	Store    string
	Headline string   // the offer in a few words, or in the owner's own
	Sentence string   // what it gives and to whom
	Small    []string // when it is valid, and how it is shown
	Labels   engine.AdLabels
	Link     string // the campaign's link with the labels; empty without one
	Token    string // what a cashier can type instead of scanning; empty without labels
	Target   string // what the QR code says: Link, else Token
}

// Of makes the material of a campaign under some labels. f names goods and
// writes in the material's language. The errors are those of
// engine.PromoTarget.
func Of(f *words.Format, st engine.Store, c engine.Campaign, l engine.AdLabels) (Material, error) {
	target, err := engine.PromoTarget(c.Link, l)
	if err != nil {
		return Material{}, err
	}
	shown := public(c.Offer())
	m := Material{
		Lang: f.Words().Lang(), Store: st.Title, Headline: cmp.Or(strings.TrimSpace(c.OfferText), capital(f.OfferShort(shown))),
		Sentence: f.Offer(shown) + ".", Labels: l, Target: target,
	}
	if c.Link != "" {
		m.Link = target
	}
	if !l.IsZero() {
		if m.Token, err = engine.PromoTarget("", l); err != nil {
			return Material{}, err
		}
	}
	m.Small = m.small(f, c)
	return m, nil
}

// public is an offer without what is nobody's business: budgets and groups, the
// code, which stands by itself, and the ad, which whoever reads this has seen.
func public(o engine.Offer) engine.Offer {
	o.Code, o.Stack.Group = "", ""
	o.Limits = engine.Limits{PerCustomer: o.Limits.PerCustomer, PerDay: o.Limits.PerDay}
	o.When.Sources, o.When.Ads = nil, nil
	return o
}

// capital begins a headline with a capital letter.
func capital(text string) string {
	for i := range text {
		if i > 0 {
			return strings.ToUpper(text[:i]) + text[i:]
		}
	}
	return strings.ToUpper(text)
}

// small is the small print.
func (m Material) small(f *words.Format, c engine.Campaign) []string {
	w := f.Words()
	var out []string
	switch {
	case c.StartsOn != 0 && c.EndsOn != 0:
		out = append(out, w.T("promo.valid.between", "from", f.DateLong(c.StartsOn), "to", f.DateLong(c.EndsOn)))
	case c.StartsOn != 0:
		out = append(out, w.T("promo.valid.from", "from", f.DateLong(c.StartsOn)))
	case c.EndsOn != 0:
		out = append(out, w.T("promo.valid.until", "to", f.DateLong(c.EndsOn)))
	}
	if l := c.Promo.Limits; l.Total != 0 || l.Budget != 0 || l.Units != 0 || l.Coupons != 0 {
		out = append(out, w.T("promo.lasts"))
	}
	return append(out, m.how(w))
}

// how says how a customer gets the offer counted.
func (m Material) how(w *words.Words) string {
	switch {
	case m.Labels.Code != "":
		return w.T("promo.say_code", "code", m.Labels.Code, "store", m.Store)
	case m.Token != "":
		return w.T("promo.show", "store", m.Store)
	}
	return w.T("promo.come", "store", m.Store)
}

// LinkText is the link as people read it: its host and path.
func (m Material) LinkText() string {
	u, err := url.Parse(m.Link)
	if err != nil {
		return ""
	}
	return u.Host + strings.TrimRight(u.EscapedPath(), "/")
}

// Text is the material as lines, to be put in a post or a message.
func (m Material) Text() string {
	lines := []string{m.Store, m.Headline, "", m.Sentence}
	lines = append(lines, m.Small...)
	if m.Link != "" {
		lines = append(lines, "", m.Link)
	}
	return strings.Join(lines, "\n") + "\n"
}
