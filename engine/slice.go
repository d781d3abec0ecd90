package engine

import (
	"cmp"
	"slices"
)

// By is what the owner's figures are split by. Source, ad, till and cashier are
// those of the sale that earned a coupon, and the month is that of its date.
type By string

// What figures can be split by.
const (
	ByCampaign By = "campaign"
	BySource   By = "source"
	ByAd       By = "ad"
	ByRegister By = "register"
	ByStaff    By = "staff"
	ByMonth    By = "month"
)

// AllBy are all of them, in the order in which they are offered.
var AllBy = []By{ByCampaign, BySource, ByAd, ByRegister, ByStaff, ByMonth}

// CodeByUnknown says that figures cannot be split by that.
const CodeByUnknown Code = "by_unknown"

// ParseBy reads what figures are to be split by: CodeByUnknown with text.
func ParseBy(text string) (By, error) {
	if !slices.Contains(AllBy, By(text)) {
		return "", BadInput(CodeByUnknown, "text", text)
	}
	return By(text), nil
}

// TextUse is how many texts about some coupons may have gone, and what they
// cost by the store's price. A text about several coupons is that of the one
// it names first.
type TextUse struct {
	Texts    int64
	TextCost Micros
}

// Slice is the figures of the coupons that were issued under one campaign, by
// one cashier, in one month and so on.
type Slice struct {
	Key   string // what it is of: an id, a label (empty: none), or a month as 2026-11
	ID    ID     // of a campaign, till or cashier
	Month Day    // the first of a month
	Name  string // as people know it: a title, a name, a label; of a month Key
	CouponFigures
	TextUse
}

// SortSlices puts months in their order and all others by coupons issued, most
// first, then by name.
func SortSlices(all []Slice) {
	slices.SortFunc(all, func(a, b Slice) int {
		if a.Month != 0 || b.Month != 0 {
			return cmp.Compare(a.Month, b.Month)
		}
		return cmp.Or(cmp.Compare(b.Issued, a.Issued), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
}

// Gain is what the sales with the coupons left over under a margin, after the
// texts about them; ok tells whether the owner has set a margin. See
// CouponUse.Gain.
func (f CouponFigures) Gain(texts TextUse, margin BP, exponent int) (gain Minor, ok bool) {
	if margin == 0 {
		return 0, false
	}
	gain, err := f.Use().Gain(texts.TextCost.Minor(exponent), margin)
	return gain, err == nil
}

// Weeks adds days up by weeks from Monday, oldest first. Weeks without sales
// between two others are there too, with nothing in them.
func Weeks(days []DayFigures) []DayFigures {
	var out []DayFigures
	for _, d := range days {
		monday := MondayOf(d.Day)
		for len(out) == 0 || out[len(out)-1].Day < monday {
			next := monday
			if n := len(out); n > 0 {
				next = out[n-1].Day + 7
			}
			out = append(out, DayFigures{Day: next})
		}
		w := &out[len(out)-1]
		w.Sales, w.Issued, w.Redeemed = w.Sales+d.Sales, w.Issued+d.Issued, w.Redeemed+d.Redeemed
		w.Gross, w.Discount, w.Net = w.Gross+d.Gross, w.Discount+d.Discount, w.Net+d.Net
	}
	return out
}

// Plus joins the figures of two slices that share no coupon, under the name of
// the first.
func (s Slice) Plus(o Slice) Slice {
	s.CouponFigures = s.CouponFigures.Plus(o.CouponFigures)
	s.Texts, s.TextCost = s.Texts+o.Texts, s.TextCost+o.TextCost
	return s
}
