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
}

// couponSums is what a transaction adds to the sums of a campaign's coupons
// with one last day. A coupon given back is taken out of the redeemed; a
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
}

var (
	dayAdd = declare(`
INSERT INTO day_summary (store_id, day, sales, gross, discount, net, issued, redeemed, item_off, order_off, credit_off,
                         delivery, delivery_off, known)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (store_id, day) DO UPDATE SET
  sales = day_summary.sales + excluded.sales, gross = day_summary.gross + excluded.gross,
  discount = day_summary.discount + excluded.discount, net = day_summary.net + excluded.net,
  issued = day_summary.issued + excluded.issued, redeemed = day_summary.redeemed + excluded.redeemed,
  item_off = day_summary.item_off + excluded.item_off, order_off = day_summary.order_off + excluded.order_off,
  credit_off = day_summary.credit_off + excluded.credit_off, delivery = day_summary.delivery + excluded.delivery,
  delivery_off = day_summary.delivery_off + excluded.delivery_off, known = day_summary.known + excluded.known`)
	couponsAdd = declare(`
INSERT INTO coupon_summary (store_id, campaign_id, last_day, issued, issued_face, redeemed, redeemed_face, voided,
                            voided_face, discount_given, redeeming_net)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (store_id, campaign_id, last_day) DO UPDATE SET
  issued = coupon_summary.issued + excluded.issued, issued_face = coupon_summary.issued_face + excluded.issued_face,
  redeemed = coupon_summary.redeemed + excluded.redeemed, redeemed_face = coupon_summary.redeemed_face + excluded.redeemed_face,
  voided = coupon_summary.voided + excluded.voided, voided_face = coupon_summary.voided_face + excluded.voided_face,
  discount_given = coupon_summary.discount_given + excluded.discount_given,
  redeeming_net = coupon_summary.redeeming_net + excluded.redeeming_net`)
)

func (t *tx) addDay(storeID engine.ID, day engine.Day, s daySums) error {
	_, err := t.exec(dayAdd, storeID, day, s.Sales, s.Gross, s.Discount, s.Net, s.Issued, s.Redeemed,
		s.Item, s.Order, s.Credit, s.Delivery, s.DeliveryOff, s.Known)
	return err
}

func (t *tx) addCoupons(storeID, campaign engine.ID, lastDay engine.Day, s couponSums) error {
	_, err := t.exec(couponsAdd, storeID, campaign, lastDay, s.Issued, s.IssuedFace, s.Redeemed, s.RedeemedFace,
		s.Voided, s.VoidedFace, s.DiscountGiven, s.RedeemingNet)
	if err != nil || s.Issued == 0 && s.Voided == 0 && s.Redeemed == 0 {
		return err
	}
	_, err = t.exec(couponsUsed, storeID, campaign, s.Issued, s.Voided, s.Redeemed)
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
