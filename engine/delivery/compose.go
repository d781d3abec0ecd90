package delivery

import (
	"strconv"
	"strings"

	"bounceback/engine"
	"bounceback/engine/words"
)

// farDays is from when on a last day is written with its year.
const farDays = 300

// Item is one coupon that a text speaks of.
type Item struct {
	Coupon      engine.Coupon
	Template    string // of the text's step: Template, as it was when the coupon was issued
	Offer, Link string // the campaign's; may be empty
}

// Compose writes the text of one coupon by its template, and of several by the
// store's wording for several. first is the customer's first name, or empty.
func Compose(f *words.Format, st engine.Store, first string, items ...Item) string {
	if len(items) == 1 {
		it := items[0]
		return Render(fieldsOf(f, st, first, it), it.Template)
	}
	s := StandardOf(TextLanguage(st))
	each := make([]string, len(items))
	for i, it := range items {
		each[i] = Render(fieldsOf(f, st, "", Item{Coupon: it.Coupon}), s.Each)
	}
	template := st.Settings.Text(engine.SetWordingSeveral)
	if template == "" {
		template = s.Several
	}
	return Render(Fields{
		Shop: st.Title, Name: first, Stop: s.Stop, Count: strconv.Itoa(len(items)), Coupons: strings.Join(each, ", "),
	}, template)
}

func fieldsOf(f *words.Format, st engine.Store, first string, it Item) Fields {
	c := it.Coupon
	last := f.DayMonth(c.LastDay)
	if c.LastDay-engine.DayAt(c.Issued, st.Zone()) > farDays {
		last = f.Date(c.LastDay)
	}
	return Fields{
		Shop: st.Title, Face: tight(f.MoneyShort(c.Face)), Code: engine.ShowCode(c.Code), LastDay: last,
		MaxDiscount: tight(f.Percent(c.MaxDiscount)), Name: first, Offer: it.Offer, Link: it.Link,
		Stop: StandardOf(TextLanguage(st)).Stop,
	}
}

// VerifyText writes the text that proves a phone by its code.
func VerifyText(st engine.Store, code string) string {
	return Render(Fields{Shop: st.Title, Code: code}, StandardOf(TextLanguage(st)).Verify)
}

// tight drops the spaces of an amount: every character of a text costs.
func tight(s string) string { return strings.ReplaceAll(s, " ", "") }
