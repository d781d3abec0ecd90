package report

import "bounceback/engine"

// Nothing stands where there is no value.
const Nothing = "–"

// Tenths writes a rate with one decimal.
func (p Pen) Tenths(rate engine.BP) string { return p.Format.Percent((rate + 5) / 10 * 10) }

// Whole writes a rate without decimals: more would look surer than it is.
func (p Pen) Whole(rate engine.BP) string { return p.Format.Percent((rate + 50) / 100 * 100) }

// Goal says how the conversion of coupons that have ended stands against the
// goal, or that it cannot be told.
//
// words: figures.goal.*
func (p Pen) Goal(ended engine.CouponCounts) string {
	low, high := ended.Used().Wilson().BP()
	return p.Words.T("figures.goal."+string(ended.Standing(engine.GoalConversion)),
		"ended", p.Count(ended.Counted()), "used", p.Count(ended.Redeemed), "goal", p.Format.Percent(engine.GoalConversion),
		"rate", p.Tenths(ended.Used().BP()), "low", p.Tenths(low), "high", p.Tenths(high), "enough", p.Count(engine.EnoughEnded))
}

// Conversion is how many of ended coupons were used; of too few nothing is said.
func (p Pen) Conversion(ended engine.CouponCounts) string {
	if !ended.Enough() {
		return Nothing
	}
	return p.Tenths(ended.Used().BP())
}

// Certain is the 95 % interval of the conversion.
func (p Pen) Certain(ended engine.CouponCounts) string {
	if !ended.Enough() {
		return Nothing
	}
	low, high := ended.Used().Wilson().BP()
	return p.Words.T("cli.range.between", "from", p.Tenths(low), "to", p.Tenths(high))
}
