package store

import "bounceback/engine"

// textSums is what texts add to the sums of a day. A text about several coupons
// is its lead's row, and one text.
type textSums struct {
	Texts     int64 // that may have gone
	Repeated  int64 // of these, more than once
	Accepted  int64
	Refused   int64
	Unknown   int64
	Parts     int64 // of all times they may have gone
	Cost      engine.Micros
	Delivered int64
	Failed    int64
	Paid      engine.Micros
	PaidTexts int64
}

// textSumColumns is what a row of message adds to the sums of its day, in the
// order of textSums. The check recomputes the sums by the same.
const textSumColumns = `
CASE WHEN went > 0 THEN 1 ELSE 0 END AS texts, CASE WHEN went > 1 THEN 1 ELSE 0 END AS repeated,
CASE WHEN state = 'accepted' THEN 1 ELSE 0 END AS accepted,
CASE WHEN state = 'refused' THEN 1 ELSE 0 END AS refused,
CASE WHEN state = 'unknown' THEN 1 ELSE 0 END AS unknown,
went_parts AS parts, cost,
CASE WHEN delivered = 'delivered' THEN 1 ELSE 0 END AS delivered,
CASE WHEN delivered = 'failed' THEN 1 ELSE 0 END AS failed, paid,
CASE WHEN delivered <> '' THEN 1 ELSE 0 END AS paid_texts`

// textCounts is which rows of message count.
const textCounts = `sent_day > 0 AND lead_id IS NULL`

var (
	textSumsOf = declare(`
SELECT sent_day, coupon_id, ` + textSumColumns + ` FROM message WHERE store_id = $1 AND id = $2 AND ` + textCounts)
	textSumsAdd = declare(`
INSERT INTO text_summary (store_id, day, texts, repeated, accepted, refused, unknown, parts, cost, delivered, failed, paid, paid_texts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (store_id, day) DO UPDATE SET
  texts = text_summary.texts + excluded.texts, repeated = text_summary.repeated + excluded.repeated,
  accepted = text_summary.accepted + excluded.accepted, refused = text_summary.refused + excluded.refused,
  unknown = text_summary.unknown + excluded.unknown, parts = text_summary.parts + excluded.parts,
  cost = text_summary.cost + excluded.cost, delivered = text_summary.delivered + excluded.delivered,
  failed = text_summary.failed + excluded.failed, paid = text_summary.paid + excluded.paid,
  paid_texts = text_summary.paid_texts + excluded.paid_texts`)
	couponOfText = declare(`
SELECT c.campaign_id, c.last_day, e.business, e.staff_id, e.register_id, e.source, e.ad
  FROM coupon c JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id WHERE c.store_id = $1 AND c.id = $2`)
	textSpent = declare(`
SELECT CAST(coalesce(sum(cost), 0) AS BIGINT) FROM text_summary WHERE store_id = $1 AND day >= $2 AND day < $3`)
)

func (t *tx) addTexts(storeID engine.ID, day engine.Day, s textSums) error {
	if s == (textSums{}) {
		return nil
	}
	_, err := t.exec(textSumsAdd, storeID, day, s.Texts, s.Repeated, s.Accepted, s.Refused, s.Unknown, s.Parts, s.Cost,
		s.Delivered, s.Failed, s.Paid, s.PaidTexts)
	return err
}

// textTally is what a change of rows of message adds to the sums of their days,
// and to those of the coupons they are about.
type textTally struct {
	days    map[engine.Day]textSums
	coupons map[engine.ID]couponSums
}

// changeTexts runs a change of rows of message and keeps the sums of their days
// and coupons. Every change of what textSumColumns reads goes through it.
func (t *tx) changeTexts(storeID engine.ID, ids []engine.ID, change func() error) error {
	sums := textTally{map[engine.Day]textSums{}, map[engine.ID]couponSums{}}
	if err := t.tallyTexts(sums, storeID, ids, -1); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	if err := t.tallyTexts(sums, storeID, ids, 1); err != nil {
		return err
	}
	return t.addTally(storeID, sums)
}

func (t *tx) addTally(storeID engine.ID, sums textTally) error {
	if err := t.addDays(storeID, sums.days); err != nil {
		return err
	}
	for coupon, s := range sums.coupons {
		if err := t.addCouponTexts(storeID, coupon, s); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) addDays(storeID engine.ID, days map[engine.Day]textSums) error {
	for day, s := range days {
		if err := t.addTexts(storeID, day, s); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) addCouponTexts(storeID, coupon engine.ID, s couponSums) error {
	if s == (couponSums{}) {
		return nil
	}
	var campaign engine.ID
	var last engine.Day
	var sale engine.Sale
	_, err := t.row(couponOfText, []any{storeID, coupon}, &campaign, &last, &sale.Business, &sale.StaffID, &sale.RegisterID,
		&sale.Source, &sale.Ad)
	if err != nil {
		return err
	}
	return t.addCoupons(storeID, spanFor(campaign, sale, last), s)
}

// tallyTexts adds what rows count, or takes it out with sign -1.
func (t *tx) tallyTexts(sums textTally, storeID engine.ID, ids []engine.ID, sign int64) error {
	for _, id := range ids {
		var day engine.Day
		var coupon engine.ID
		var s textSums
		found, err := t.row(textSumsOf, []any{storeID, id}, &day, &coupon, &s.Texts, &s.Repeated, &s.Accepted, &s.Refused, &s.Unknown, &s.Parts,
			&s.Cost, &s.Delivered, &s.Failed, &s.Paid, &s.PaidTexts)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		sums.days[day] = sums.days[day].plus(s, sign)
		if !coupon.IsZero() {
			c := sums.coupons[coupon]
			c.Texts, c.TextCost = c.Texts+sign*s.Texts, c.TextCost+engine.Micros(sign)*s.Cost
			sums.coupons[coupon] = c
		}
	}
	return nil
}

func (s textSums) plus(o textSums, sign int64) textSums {
	m := engine.Micros(sign)
	return textSums{
		Texts: s.Texts + sign*o.Texts, Repeated: s.Repeated + sign*o.Repeated,
		Accepted: s.Accepted + sign*o.Accepted, Refused: s.Refused + sign*o.Refused,
		Unknown: s.Unknown + sign*o.Unknown, Parts: s.Parts + sign*o.Parts, Cost: s.Cost + m*o.Cost,
		Delivered: s.Delivered + sign*o.Delivered, Failed: s.Failed + sign*o.Failed,
		Paid: s.Paid + m*o.Paid, PaidTexts: s.PaidTexts + sign*o.PaidTexts,
	}
}

// spent is what the texts of the month of a day cost, by the store's price.
func (t *tx) spent(storeID engine.ID, today engine.Day) (engine.Micros, error) {
	from, to := month(today)
	var sum engine.Micros
	_, err := t.row(textSpent, []any{storeID, from, to}, &sum)
	return sum, err
}

// month gives the first day of a day's month and of the next.
func month(d engine.Day) (from, to engine.Day) {
	y, m, _ := d.Date().Date()
	return engine.DayOf(y, m, 1), engine.DayOf(y, m+1, 1)
}
