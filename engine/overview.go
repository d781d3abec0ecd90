package engine

// Spans of the overview, in days.
const (
	OverviewWeeks = 26 // of its time line, this one among them
	OverviewEnded = 90 // in which coupons ended, for who came back of late
)

// OverviewAlerts is how many alerts stand by themselves.
const OverviewAlerts = 3

// Overview is what the owner sees at a glance. It is read from sums by the day
// and a few small tables: however many sales there are, it costs the same.
type Overview struct {
	At    Instant // when it was read
	Today Day
	Sold  bool // a sale was recorded in the days the overview looks at, or there are coupons
	Last  Day  // the last with a sale, whenever; 0 before the first

	Day, Week, Month Beside
	Weeks            []WeekSums // OverviewWeeks of them, oldest first; none before the first sale

	Recent, Earlier CouponCounts // that ended in the last OverviewEnded days, and in as many before
	Campaigns       []CampaignFared
	Owed            Liability

	// Back is how long customers take to come back: Usual of all time, and
	// Redeemed, RedeemedIn and Sooner of the coupons used in the last OverviewEnded
	// days. It has nothing else.
	Back Repurchase

	Control *Comparison // of the control groups, the one that tells most; nil without any

	Look []Notice // what needs attention, the most urgent first
}

// PeriodSums are the sums of some days, both included.
type PeriodSums struct {
	From, To Day
	Sales    int64 // not voided
	Net      Minor // paid for goods, less what came back
	Issued   int64 // coupons
	Used     CouponUse
}

// Beside is some days and the same days before: of a week the same weekdays of
// the week before, of a month the same days of the month before.
type Beside struct{ Now, Before PeriodSums }

// WeekSums are the coupons of a week, which begins on a Monday.
type WeekSums struct {
	From             Day
	Issued, Redeemed int64
}

// DaySums are the sums of one business day, as the overview is made of them.
type DaySums struct {
	Day           Day
	Sales         int64
	Net           Minor
	Issued        int64 // coupons
	Redeemed      int64
	Off, UsedNet  Minor // of those redeemed: taken off, and net of their sales
	EarnedByThose Minor // net of the sales that had earned them
}

// CampaignFared is how the coupons of a campaign fared that ended of late.
type CampaignFared struct {
	CampaignID ID
	Title      string
	Ended      CouponCounts
}

// NewOverview gives an overview without figures: its days are those beside
// today.
func NewOverview(now Instant, today Day) Overview {
	o := Overview{At: now, Today: today}
	o.Day.Now, o.Day.Before = days(today, today), days(today-7, today-7)
	monday := MondayOf(today)
	o.Week.Now, o.Week.Before = days(monday, today), days(monday-7, today-7)
	first, d := firstOfMonth(today), today.Date()
	before := firstOfMonth(first - 1)
	o.Month.Now = days(first, today)
	o.Month.Before = days(before, min(before+Day(d.Day()-1), first-1)) //nolint:gosec // a day of a month
	return o
}

func days(from, to Day) PeriodSums { return PeriodSums{From: from, To: to} }

// MondayOf is the Monday of a day's week.
func MondayOf(d Day) Day { return d - Day((int(d.Date().Weekday())+6)%7) } //nolint:gosec // below seven

func firstOfMonth(d Day) Day {
	t := d.Date()
	return DayOf(t.Year(), t.Month(), 1)
}

// First is the first day whose sums the overview takes.
func (o *Overview) First() Day {
	return min(o.Month.Before.From, MondayOf(o.Today)-7*(OverviewWeeks-1))
}

// AddDay takes in the sums of a day, the earlier days first.
func (o *Overview) AddDay(d DaySums) {
	if d.Sales != 0 || d.Issued != 0 {
		o.Sold = true
	}
	for _, p := range []*PeriodSums{&o.Day.Now, &o.Day.Before, &o.Week.Now, &o.Week.Before, &o.Month.Now, &o.Month.Before} {
		p.add(d)
	}
	week := MondayOf(d.Day)
	if d.Day > o.Today || week < MondayOf(o.Today)-7*(OverviewWeeks-1) {
		return
	}
	o.weeksUpTo(week)
	w := &o.Weeks[len(o.Weeks)-1]
	w.Issued, w.Redeemed = w.Issued+d.Issued, w.Redeemed+d.Redeemed
}

// EndDays completes the time line up to today.
func (o *Overview) EndDays() {
	if len(o.Weeks) > 0 {
		o.weeksUpTo(MondayOf(o.Today))
	}
}

func (o *Overview) weeksUpTo(week Day) {
	if len(o.Weeks) == 0 {
		o.Weeks = append(o.Weeks, WeekSums{From: week})
	}
	for last := o.Weeks[len(o.Weeks)-1].From; last < week; {
		last += 7
		o.Weeks = append(o.Weeks, WeekSums{From: last})
	}
}

func (p *PeriodSums) add(d DaySums) {
	if d.Day < p.From || d.Day > p.To {
		return
	}
	p.Sales, p.Net, p.Issued = p.Sales+d.Sales, p.Net+d.Net, p.Issued+d.Issued
	u := &p.Used
	u.Coupons, u.Off, u.Net, u.Earned = u.Coupons+d.Redeemed, u.Off+d.Off, u.Net+d.UsedNet, u.Earned+d.EarnedByThose
}

// AddEnded takes in how a campaign's coupons fared that ended in the last days,
// and in as many before.
func (o *Overview) AddEnded(c CampaignFared, earlier CouponCounts) {
	o.Recent, o.Earlier = o.Recent.plus(c.Ended), o.Earlier.plus(earlier)
	if c.Ended.Counted() > 0 {
		o.Campaigns = append(o.Campaigns, c)
	}
}

// Change is how much more now is than before, in basis points rounded half up;
// ok is false of nothing before. For example, 842.10 after 793.00 is +619.
func Change(now, before Minor) (bp BP, ok bool) {
	if before <= 0 {
		return 0, false
	}
	diff := now - before
	if diff < 0 {
		return -ratio(-diff, before), true
	}
	return ratio(diff, before), true
}

// BestAndWorst are the campaigns that fared best and worst by the conversion of the coupons that ended of late,
// of those of which it can be told: two of which enough coupons ended are needed to compare.
func (o *Overview) BestAndWorst() (best, worst CampaignFared, ok bool) {
	n := 0
	for _, c := range o.Campaigns {
		if !c.Ended.Enough() {
			continue
		}
		if n++; n == 1 {
			best, worst = c, c
		}
		if c.more(best) {
			best = c
		}
		if worst.more(c) {
			worst = c
		}
	}
	return best, worst, n > 1
}

// more tells whether more of the coupons were used, exactly.
func (c CampaignFared) more(than CampaignFared) bool {
	return c.Ended.Redeemed*than.Ended.Counted() > than.Ended.Redeemed*c.Ended.Counted()
}

// PickControl is the comparison that tells most: one with a verdict before one
// without, the newer before the older.
func PickControl(all []Comparison) *Comparison {
	for i := range all {
		if all[i].Report.Verdict != VerdictTooFew {
			return &all[i]
		}
	}
	if len(all) == 0 {
		return nil
	}
	return &all[0]
}

// CameSooner puts the usual repurchase period beside how soon coupons were used,
// by the days from the sale to the redemption.
func CameSooner(usual MedianDays, after []Bin) Repurchase {
	r := RepurchaseOf(nil, nil, after)
	r.Usual = usual
	if usual.Reached {
		r.Sooner = Proportion{countBelow(after, usual.Days), r.Redeemed}
	}
	return r
}
