package delivery

import (
	"strings"

	"bounceback/engine"
	"bounceback/engine/words"
)

// farDays is from when on a last day is written with its year.
const farDays = 300

// CouponText writes the first text of a coupon in the store's language, by the
// store's own wording or the catalogue's. offer and link are the campaign's,
// first the customer's first name; all three may be empty.
func CouponText(f *words.Format, st engine.Store, c engine.Coupon, offer, link, first string) string {
	template := st.Settings.Text(engine.SetWording)
	if template == "" {
		template = CouponTemplate(f.Words())
	}
	last := f.DayMonth(c.LastDay)
	if c.LastDay-engine.DayAt(c.Issued, st.Zone()) > farDays {
		last = f.Date(c.LastDay)
	}
	return Render(Fields{
		Shop: st.Title, Face: tight(f.MoneyShort(c.Face)), Code: engine.ShowCode(c.Code), LastDay: last,
		MaxDiscount: tight(f.Percent(c.MaxDiscount)), Name: first, Offer: offer, Link: link,
	}, template)
}

// VerifyText writes the text that proves a phone by its code.
func VerifyText(f *words.Format, st engine.Store, code string) string {
	return Render(Fields{Shop: st.Title, Code: code}, VerifyTemplate(f.Words()))
}

// tight drops the spaces of an amount: every character of a text costs.
func tight(s string) string { return strings.ReplaceAll(s, " ", "") }
