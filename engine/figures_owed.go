package engine

// ExpectedFace is what coupons that are still good will probably take off: their
// face × what ended coupons took off ÷ their face, void ones aside, through 128
// bits, rounded half up; ok is false if fewer than EnoughEnded have ended. It is
// on the high side: a coupon near its end has been passed over so far.
//
// For example, R$ 6,420.00 of face where ended coupons of R$ 1,000.00, R$ 30.00
// of them void, took R$ 90.00 off: 642,000 × 9,000 ÷ 97,000 = 59,567.0…, so R$
// 595.67.
func ExpectedFace(face Minor, ended CouponCounts) (expected Minor, ok bool) {
	if !ended.Enough() {
		return 0, false
	}
	expected, err := Share(face, ended.Given, ended.CountedFace(), HalfUp)
	return expected, err == nil
}

// GivenRate is what coupons took off ÷ their face, void ones aside, in basis
// points rounded half up; 0 of none. For example, R$ 90.00 off of R$ 970.00 face
// are 9.28 %.
func (c CouponCounts) GivenRate() BP { return ratio(c.Given, c.CountedFace()) }

// OwedDay is what is outstanding of the coupons issued on one day that have one
// last day.
type OwedDay struct {
	Issued  Day // business date of the sales that earned them
	LastDay Day
	Coupons int64
	Face    Minor
}

// OwedWeeks is how many weeks to expiry stand by themselves: a quarter of a year.
const OwedWeeks = 13

// OwedWeek is what is outstanding of the coupons that end within one week, or
// later than all weeks that stand by themselves.
type OwedWeek struct {
	Week     int // 1 ends within the next seven days, today among them; OwedWeeks + 1: all later ones
	From, To Day // last days; To is 0 for all later ones
	Coupons  int64
	Face     Minor
	Expected Minor // shares of the expected whole by face, which sum to it
}

// OwedAge is what is outstanding of the coupons issued within one week, or
// before all weeks that stand by themselves.
type OwedAge struct {
	Week     int // 1 was issued within the last seven days, today among them; OwedWeeks + 1: all earlier ones
	From, To Day // days of issue; From is 0 for all earlier ones
	Coupons  int64
	Face     Minor
}

// Liability is what a store owes its customers: the coupons that are good, or
// will be.
type Liability struct {
	Today    Day
	Coupons  int64
	Face     Minor
	Ended    CouponCounts // all that have ended, by which is told what the others will take off
	Expected Minor
	Known    bool // enough have ended to expect anything
	Weeks    []OwedWeek
	Ages     []OwedAge
}

// NewLiability sums up what is outstanding on a day, by weeks to expiry
// and by weeks since issue. Weeks in which nothing ends, or of which nothing is
// left, are there too, up to the last in which something does or is.
func NewLiability(today Day, ended CouponCounts, owed []OwedDay) (Liability, error) {
	l := Liability{Today: today, Ended: ended}
	for _, o := range owed {
		week := min(int(o.LastDay-today)/7, OwedWeeks)
		for len(l.Weeks) <= week {
			l.Weeks = append(l.Weeks, newOwedWeek(today, len(l.Weeks)))
		}
		w := &l.Weeks[week]
		w.Coupons, w.Face = w.Coupons+o.Coupons, w.Face+o.Face
		l.addAge(o)
		l.Coupons, l.Face = l.Coupons+o.Coupons, l.Face+o.Face
	}
	l.Expected, l.Known = ExpectedFace(l.Face, ended)
	return l, l.share()
}

// addAge adds to the week of issue. A sale dated tomorrow counts as today's.
func (l *Liability) addAge(o OwedDay) {
	age := min(int(max(0, l.Today-o.Issued))/7, OwedWeeks)
	for len(l.Ages) <= age {
		week := len(l.Ages)
		a := OwedAge{Week: week + 1, To: l.Today - Day(7*week)}
		if week < OwedWeeks {
			a.From = a.To - 6
		}
		l.Ages = append(l.Ages, a)
	}
	a := &l.Ages[age]
	a.Coupons, a.Face = a.Coupons+o.Coupons, a.Face+o.Face
}

func newOwedWeek(today Day, week int) OwedWeek {
	w := OwedWeek{Week: week + 1, From: today + Day(7*week)}
	if week < OwedWeeks {
		w.To = w.From + 6
	}
	return w
}

// share gives each week its part of what is expected.
func (l *Liability) share() error {
	faces := make([]Minor, len(l.Weeks))
	for i, w := range l.Weeks {
		faces[i] = w.Face
	}
	parts, err := Allocate(l.Expected, faces)
	for i, part := range parts {
		l.Weeks[i].Expected = part
	}
	return err
}
