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

	Item, Order, Credit   engine.Minor // Discount by head of the books
	Delivery, DeliveryOff engine.Minor // charges, and what was taken off them

	// Of the coupons redeemed in its sales, as recorded: what they took off, and
	// the net of these sales and of those that had earned them.
	UsedOff, UsedNet, UsedEarned engine.Minor
}

// couponSpan names a row of the coupons' sums.
type couponSpan struct {
	campaign engine.ID
	issued   engine.Day // business date of the sale that earned the coupons
	last     engine.Day
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
}

var (
	dayAdd = declare(`
INSERT INTO day_summary (store_id, day, sales, gross, discount, net, issued, redeemed, item_off, order_off, credit_off,
                         delivery, delivery_off, known, used_off, used_net, used_earned)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (store_id, day) DO UPDATE SET
  sales = day_summary.sales + excluded.sales, gross = day_summary.gross + excluded.gross,
  discount = day_summary.discount + excluded.discount, net = day_summary.net + excluded.net,
  issued = day_summary.issued + excluded.issued, redeemed = day_summary.redeemed + excluded.redeemed,
  item_off = day_summary.item_off + excluded.item_off, order_off = day_summary.order_off + excluded.order_off,
  credit_off = day_summary.credit_off + excluded.credit_off, delivery = day_summary.delivery + excluded.delivery,
  delivery_off = day_summary.delivery_off + excluded.delivery_off, known = day_summary.known + excluded.known,
  used_off = day_summary.used_off + excluded.used_off, used_net = day_summary.used_net + excluded.used_net,
  used_earned = day_summary.used_earned + excluded.used_earned`)
	couponsAdd = declare(`
INSERT INTO coupon_summary (store_id, campaign_id, issued_on, last_day, issued, issued_face, redeemed, redeemed_face, voided,
                            voided_face, discount_given, redeeming_net, earning_net)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (store_id, campaign_id, issued_on, last_day) DO UPDATE SET
  issued = coupon_summary.issued + excluded.issued, issued_face = coupon_summary.issued_face + excluded.issued_face,
  redeemed = coupon_summary.redeemed + excluded.redeemed, redeemed_face = coupon_summary.redeemed_face + excluded.redeemed_face,
  voided = coupon_summary.voided + excluded.voided, voided_face = coupon_summary.voided_face + excluded.voided_face,
  discount_given = coupon_summary.discount_given + excluded.discount_given,
  redeeming_net = coupon_summary.redeeming_net + excluded.redeeming_net,
  earning_net = coupon_summary.earning_net + excluded.earning_net`)
	earningSale = declare(`SELECT business, net FROM sale WHERE store_id = $1 AND id = $2`)
)

func (t *tx) addDay(storeID engine.ID, day engine.Day, s daySums) error {
	_, err := t.exec(dayAdd, storeID, day, s.Sales, s.Gross, s.Discount, s.Net, s.Issued, s.Redeemed,
		s.Item, s.Order, s.Credit, s.Delivery, s.DeliveryOff, s.Known, s.UsedOff, s.UsedNet, s.UsedEarned)
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
	span, net := couponSpan{campaign: c.CampaignID, last: c.LastDay}, engine.Minor(0)
	_, err := t.row(earningSale, []any{storeID, c.SaleID}, &span.issued, &net)
	return span, net, err
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
	_, err := t.exec(couponsAdd, storeID, span.campaign, span.issued, span.last, s.Issued, s.IssuedFace, s.Redeemed, s.RedeemedFace,
		s.Voided, s.VoidedFace, s.DiscountGiven, s.RedeemingNet, s.EarningNet)
	if err != nil || s.Issued == 0 && s.Voided == 0 && s.Redeemed == 0 {
		return err
	}
	_, err = t.exec(couponsUsed, storeID, span.campaign, s.Issued, s.Voided, s.Redeemed)
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
