package delivery

import (
	"slices"
	"strconv"
	"strings"

	"bounceback/engine"
	"bounceback/engine/words"
)

// farDays is from when on a day is written with its year.
const farDays = 300

// maxListed is how many coupons one text lists; it tells the number of the
// others.
const maxListed = 10

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
	return Render(fieldsOfSeveral(f, st, first, items), Template(st, engine.TextWording{}, StepSeveral))
}

// fieldsOf are the values of a text about one coupon.
func fieldsOf(f *words.Format, st engine.Store, first string, it Item) Fields {
	c, s := it.Coupon, StandardOf(TextLanguage(st))
	issued := engine.DayAt(c.Issued, st.Zone())
	v := Fields{
		Shop: st.Title, Face: tight(f.MoneyShort(c.Face)), Code: engine.ShowCode(c.Code), LastDay: dayOf(f, c.LastDay, issued),
		MaxDiscount: tight(f.Percent(c.MaxDiscount)), Name: first, Offer: it.Offer, Link: it.Link, Stop: s.Stop,
	}
	if c.FirstDay > issued {
		v.From = strings.ReplaceAll(s.From, "{first_day}", dayOf(f, c.FirstDay, issued))
	}
	return v
}

// dayOf writes a day, with its year if it is far from another.
func dayOf(f *words.Format, d, from engine.Day) string {
	if d-from > farDays {
		return f.Date(d)
	}
	return f.DayMonth(d)
}

// fieldsOfSeveral are the values of a text about several coupons. It has a link
// where all their campaigns have the same one.
func fieldsOfSeveral(f *words.Format, st engine.Store, first string, items []Item) Fields {
	s := StandardOf(TextLanguage(st))
	var each []string
	link := items[0].Link
	for i, it := range items {
		if i < maxListed {
			each = append(each, Render(fieldsOf(f, st, "", Item{Coupon: it.Coupon}), s.Each))
		}
		if it.Link != link {
			link = ""
		}
	}
	if more := len(items) - maxListed; more > 0 {
		each = append(each, "+"+strconv.Itoa(more))
	}
	return Fields{
		Shop: st.Title, Name: first, Link: link, Stop: s.Stop, Count: strconv.Itoa(len(items)),
		Coupons: strings.Join(each, ", "), MaxDiscount: shareOf(f, items),
	}
}

// shareOf writes the most share of a sale that coupons take, from the least to
// the most where they differ.
func shareOf(f *words.Format, items []Item) string {
	byShare := func(a, b Item) int { return int(a.Coupon.MaxDiscount - b.Coupon.MaxDiscount) }
	least := tight(f.Percent(slices.MinFunc(items, byShare).Coupon.MaxDiscount))
	most := tight(f.Percent(slices.MaxFunc(items, byShare).Coupon.MaxDiscount))
	if least == most {
		return most
	}
	return least + "-" + most
}

// VerifyText writes the text that proves a phone by its code.
func VerifyText(st engine.Store, code string) string {
	return Render(Fields{Shop: st.Title, Code: code}, StandardOf(TextLanguage(st)).Verify)
}

// tight drops the spaces of an amount: every character of a text costs.
func tight(s string) string { return strings.ReplaceAll(s, " ", "") }
