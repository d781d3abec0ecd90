package engine

// Comparison is what the control group of a campaign says of some days. A
// customer is in it once, from the first sale that earned a coupon of the
// campaign, or would have, while a share was held back; and counts in Counts
// once the life of that coupon is over. To come back is to buy again on a later
// business day up to the coupon's last: a second receipt on the same day is
// more often the same visit than a return.
type Comparison struct {
	CampaignID ID
	Campaign   string // title
	Share      BP     // held back now; 0: nobody any more
	Since      Day    // when it began
	From, To   Day    // first sales on these days, both included; 0 is no bound

	Counts  ControlCounts
	Report  ControlReport
	Running Running
}

// Running are the customers of a comparison whose coupons, had or not, are
// still good: they count later.
type Running struct {
	Treated, Held int64
	Last          Day // when the last of them begins to count: the day after the coupon's last
}
