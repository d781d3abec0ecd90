package store

import (
	"fmt"
	"strings"

	"bounceback/engine"
)

// daySums is what a transaction adds to the sums of a business day. A voided
// sale is taken out whole; a return takes the returned part out of gross, its
// discount out of discount and the money given back out of net.
type daySums struct {
	Sales                int64
	Gross, Discount, Net engine.Minor
	Issued, Redeemed     int64 // sales that issued, that redeemed
	Known                int64 // sales whose customer is known
	Again                int64 // of these, sales followed by another of their customer, whenever

	Item, Order, Credit   engine.Minor // Discount by head of the books
	Delivery, DeliveryOff engine.Minor // charges, and what was taken off them

	// Of the coupons redeemed in its sales, as recorded: what they took off, and
	// the net of these sales and of those that had earned them.
	UsedOff, UsedNet, UsedEarned engine.Minor
}

// couponSpan names a row of the coupons' sums: of coupon_summary by the first
// three, of coupon_slice by all. What it says of a sale is of the one that
// earned the coupons.
type couponSpan struct {
	campaign        engine.ID
	issued          engine.Day // business date of the sale
	last            engine.Day
	staff, register engine.ID
	source, ad      string
}

// spanFor names the sums of a coupon by the sale that earned it.
func spanFor(campaign engine.ID, s engine.Sale, last engine.Day) couponSpan {
	return couponSpan{
		campaign: campaign, issued: s.Business, last: last,
		staff: s.StaffID, register: s.RegisterID, source: s.Source, ad: s.Ad,
	}
}

// couponSums is what a transaction adds to the sums of a campaign's coupons
// of one day with one last day. A coupon given back is taken out of the redeemed; a
// lowered face out of the issued faces.
type couponSums struct {
	Issued        int64
	IssuedFace    engine.Minor
	Redeemed      int64
	RedeemedFace  engine.Minor
	Voided        int64
	VoidedFace    engine.Minor
	DiscountGiven engine.Minor
	RedeemingNet  engine.Minor // net of the redeeming sales, as recorded
	EarningNet    engine.Minor // net of the sales that earned the redeemed ones, as recorded
	Texts         int64        // about them that may have gone
	TextCost      engine.Micros
}

var (
	dayAdd = declare(`
INSERT INTO day_summary (store_id, day, sales, gross, discount, net, issued, redeemed, item_off, order_off, credit_off,
                         delivery, delivery_off, known, used_off, used_net, used_earned, again)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (store_id, day) DO UPDATE SET
  sales = day_summary.sales + excluded.sales, gross = day_summary.gross + excluded.gross,
  discount = day_summary.discount + excluded.discount, net = day_summary.net + excluded.net,
  issued = day_summary.issued + excluded.issued, redeemed = day_summary.redeemed + excluded.redeemed,
  item_off = day_summary.item_off + excluded.item_off, order_off = day_summary.order_off + excluded.order_off,
  credit_off = day_summary.credit_off + excluded.credit_off, delivery = day_summary.delivery + excluded.delivery,
  delivery_off = day_summary.delivery_off + excluded.delivery_off, known = day_summary.known + excluded.known,
  used_off = day_summary.used_off + excluded.used_off, used_net = day_summary.used_net + excluded.used_net,
  used_earned = day_summary.used_earned + excluded.used_earned, again = day_summary.again + excluded.again`)
	couponsAdd = declare(`
INSERT INTO coupon_summary (store_id, campaign_id, issued_on, last_day, issued, issued_face, redeemed, redeemed_face, voided,
                            voided_face, discount_given, redeeming_net, earning_net, texts, text_cost)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (store_id, campaign_id, issued_on, last_day) DO UPDATE SET ` + couponSumsGrow("coupon_summary"))
	sliceAdd = declare(`
INSERT INTO coupon_slice (store_id, campaign_id, issued_on, last_day, issued, issued_face, redeemed, redeemed_face, voided,
                          voided_face, discount_given, redeeming_net, earning_net, texts, text_cost, staff_id, register_id, source, ad)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (store_id, issued_on, campaign_id, last_day, staff_id, register_id, source, ad) DO UPDATE SET ` + couponSumsGrow("coupon_slice"))
	earningSale = declare(`
SELECT business, staff_id, register_id, source, ad, net FROM sale WHERE store_id = $1 AND id = $2`)
)

// couponSumColumns are the columns of couponSums in both tables, in its order.
var couponSumColumns = []string{
	"issued", "issued_face", "redeemed", "redeemed_face", "voided", "voided_face", "discount_given", "redeeming_net", "earning_net",
	"texts", "text_cost",
}

// couponSumsGrow adds what an insert holds to the row that is there.
func couponSumsGrow(table string) string {
	sets := make([]string, len(couponSumColumns))
	for i, c := range couponSumColumns {
		sets[i] = c + " = " + table + "." + c + " + excluded." + c
	}
	return strings.Join(sets, ", ")
}

func (t *tx) addDay(storeID engine.ID, day engine.Day, s daySums) error {
	_, err := t.exec(dayAdd, storeID, day, s.Sales, s.Gross, s.Discount, s.Net, s.Issued, s.Redeemed,
		s.Item, s.Order, s.Credit, s.Delivery, s.DeliveryOff, s.Known, s.UsedOff, s.UsedNet, s.UsedEarned, s.Again)
	return err
}

// addCoupon adds to the sums that a coupon belongs to.
func (t *tx) addCoupon(storeID engine.ID, c engine.Coupon, s couponSums) error {
	span, _, err := t.spanOf(storeID, c)
	if err != nil {
		return err
	}
	return t.addCoupons(storeID, span, s)
}

// spanOf gives the sums that a coupon belongs to, and the net of the sale that
// earned it.
func (t *tx) spanOf(storeID engine.ID, c engine.Coupon) (couponSpan, engine.Minor, error) {
	var s engine.Sale
	_, err := t.row(earningSale, []any{storeID, c.SaleID}, &s.Business, &s.StaffID, &s.RegisterID, &s.Source, &s.Ad, &s.Net)
	return spanFor(c.CampaignID, s, c.LastDay), s.Net, err
}

// addUse adds the redemption of a coupon in a sale to the sums of its campaign
// and of the sale's day, or, with sign -1, takes it out. c says what it took off.
func (t *tx) addUse(storeID engine.ID, c engine.Coupon, s engine.Sale, sign int64) error {
	span, earned, err := t.spanOf(storeID, c)
	if err != nil {
		return err
	}
	if err := t.addRedemption(storeID, s.Business, c.SaleID, sign); err != nil {
		return err
	}
	m := engine.Minor(sign)
	off, net, earned := m*c.RedeemedMinor, m*s.Net, m*earned
	if err := t.addDay(storeID, s.Business, daySums{UsedOff: off, UsedNet: net, UsedEarned: earned}); err != nil {
		return err
	}
	return t.addCoupons(storeID, span, couponSums{
		Redeemed: sign, RedeemedFace: m * c.Face, DiscountGiven: off, RedeemingNet: net, EarningNet: earned,
	})
}

func (t *tx) addCoupons(storeID engine.ID, span couponSpan, s couponSums) error {
	row := []any{
		storeID, span.campaign, span.issued, span.last, s.Issued, s.IssuedFace, s.Redeemed, s.RedeemedFace,
		s.Voided, s.VoidedFace, s.DiscountGiven, s.RedeemingNet, s.EarningNet, s.Texts, s.TextCost,
	}
	if _, err := t.exec(couponsAdd, row...); err != nil {
		return err
	}
	if _, err := t.exec(sliceAdd, append(row, span.staff, span.register, span.source, span.ad)...); err != nil {
		return err
	}
	if s.Issued == 0 && s.Voided == 0 && s.Redeemed == 0 {
		return nil
	}
	_, err := t.exec(couponsUsed, storeID, span.campaign, s.Issued, s.Voided, s.Redeemed)
	return err
}

// facts writes the details of an audit entry: name=value; name=value.
func facts(pairs ...any) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%v=%v", pairs[i], pairs[i+1])
	}
	return b.String()
}
