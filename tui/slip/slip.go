// Package slip makes the receipt slip of a sale, with the coupon it earned,
// and gets it to where the shop prints.
//
//	slip.go    what stands on it, line by line
//	goods.go   the lines of a sale, what was taken off them, and delivery
//	text.go    as plain text
//	escpos.go  as the commands of receipt printers
//	target.go  devices, network printers and files
package slip

import (
	"strings"

	"bounceback/engine"
	"bounceback/engine/words"
)

// Slip is what a slip says. Amounts are in minor units.
type Slip struct {
	Shop      string
	At        engine.Instant
	Reference string // of the POS; empty: the last part of the sale's id stands there
	SaleID    engine.ID
	Register  string
	Staff     string
	Voided    bool

	Items    []Item // none: the sale was one open amount
	Cuts     []Cut  // of an open amount
	Charges  []Charge
	Levels   engine.Levels
	Gross    engine.Minor // of the goods
	Redeemed string       // code of the coupon that was redeemed; empty: none
	Took     engine.Minor // what that coupon took off
	Saved    engine.Minor // all that was taken off goods and delivery
	Paid     engine.Minor // for goods and delivery
	Labels   []Label

	Coupon *Coupon // what the sale earned; nil: nothing
}

// Label is what a sale was marked with: how it was paid, and where it came from.
type Label struct {
	Key  string // of its name in the catalogue
	Text string
}

// Coupon is the coupon on a slip.
type Coupon struct {
	Code        string // eight symbols
	Face        engine.Minor
	FirstDay    engine.Day
	LastDay     engine.Day
	MaxDiscount engine.BP
	Bearer      bool // good for whoever shows it
}

// Of makes the slip of a sale and the coupon it earned, which may be nil. A
// voided coupon is left out.
func Of(st engine.Store, s engine.Sale, c *engine.Coupon) Slip {
	slip := Slip{
		Shop: st.Title, At: s.At, Reference: s.Reference, SaleID: s.ID, Register: s.Register, Staff: s.Staff,
		Voided: s.State == engine.SaleVoided, Items: itemsOf(s), Charges: chargesOf(s), Levels: s.Levels, Gross: s.Gross,
		Redeemed: s.RedeemedCode, Took: couponTook(s), Saved: s.Discount + s.Levels.Delivery, Paid: s.Paid(), Labels: labelsOf(s),
	}
	if len(slip.Items) == 0 {
		slip.Cuts = cutsOf(s, 0)
	}
	if c != nil && c.State != engine.CouponVoided {
		slip.Coupon = &Coupon{
			Code: c.Code, Face: c.Face, FirstDay: c.FirstDay, LastDay: c.LastDay, MaxDiscount: c.MaxDiscount, Bearer: c.CustomerID.IsZero(),
		}
	}
	return slip
}

// usualChannel is the channel of a sale that says no other; it stands on no slip.
const usualChannel = "counter"

// labelsOf are the labels of a sale that say something.
//
// words: slip.payment slip.channel slip.source slip.ad
func labelsOf(s engine.Sale) []Label {
	var out []Label
	for _, l := range []Label{{"slip.payment", s.Payment}, {"slip.channel", s.Channel}, {"slip.source", s.Source}, {"slip.ad", s.Ad}} {
		if l.Text != "" && l.Text != usualChannel {
			out = append(out, l)
		}
	}
	return out
}

// style is how a line stands on paper.
type style int

const (
	plain  style = iota
	centre       // in the middle
	bold         // in the middle, bold
	large        // in the middle, twice as wide and high
	rule         // a line across
	qr           // a QR code of the text
)

// line is one line of a slip. With a right part the two stand at the edges.
type line struct {
	style  style
	indent string
	text   string
	right  string
}

// lines lays a slip out, in the words and ways of a store.
func (s Slip) lines(f *words.Format) []line {
	w := f.Words()
	out := []line{{style: bold, text: s.Shop}, {style: centre, text: f.DateTime(s.At)}, {style: rule}}
	out = append(out, line{text: w.T("slip.sale"), right: s.name()})
	if s.Staff != "" {
		out = append(out, line{text: s.Register, right: s.Staff})
	}
	if s.Voided {
		out = append(out, line{style: bold, text: w.T("slip.voided")})
	}
	out = append(append(out, s.goods(f)...), s.taken(f)...)
	out = append(append(out, s.delivery(f)...), line{style: bold, text: w.T("slip.due", "amount", f.Money(s.Paid))})
	for _, l := range s.Labels {
		out = append(out, line{text: w.T(l.Key), right: l.Text})
	}
	if s.Saved > s.Took || s.Saved > 0 && len(s.Items) > 0 {
		out = append(out, line{style: centre, text: w.T("slip.saved", "amount", f.Money(s.Saved))})
	}
	out = append(out, line{style: rule})
	if s.Coupon == nil || s.Voided {
		return append(out, line{style: centre, text: w.T("slip.thanks")})
	}
	return append(out, s.Coupon.lines(f)...)
}

// taken is what the redeemed coupon took off.
func (s Slip) taken(f *words.Format) []line {
	switch {
	case s.Took == 0:
		return nil
	case s.Redeemed == "":
		return []line{{text: f.Words().T("slip.discount"), right: minus(f, s.Took)}}
	}
	return []line{{text: f.Words().T("slip.coupon", "code", engine.ShowCode(s.Redeemed)), right: minus(f, s.Took)}}
}

func (c Coupon) lines(f *words.Format) []line {
	w, code := f.Words(), engine.ShowCode(c.Code)
	out := []line{
		{style: centre, text: w.T("slip.next")},
		{style: large, text: code},
		{style: large, text: f.MoneyShort(c.Face)},
		{style: centre, text: w.T("slip.valid", "from", f.Date(c.FirstDay), "through", f.Date(c.LastDay))},
		{style: centre, text: w.T("slip.most", "rate", f.Percent(c.MaxDiscount))},
		{style: qr, text: code},
	}
	if c.Bearer {
		out = append(out, line{style: centre, text: w.T("slip.bearer")})
	}
	return append(out, line{style: centre, text: w.T("slip.thanks")})
}

// name is the POS's reference, or the end of the id, which differs most.
func (s Slip) name() string {
	if s.Reference != "" {
		return s.Reference
	}
	id := s.SaleID.String()
	return id[strings.LastIndexByte(id, '-')+1:]
}
