package engine

// WatchRule is one way in which a person, a till or a customer can stand out.
// Standing out is a reason to look, never a proof.
type WatchRule string

// The rules. Those of the first group compare a rate with that of the others;
// the second compares with a number the shop has set. Their sentences are in
// the catalogue under "watch.say.<rule>" and "watch.check.<rule>".
const (
	WatchRedeemed   WatchRule = "redeemed"      // redemptions, of sales
	WatchUndone     WatchRule = "redeemed_void" // voids of sales that redeemed: of a person's voids, of a till's redemptions
	WatchVoid       WatchRule = "void"          // voids at a till, of sales
	WatchLastHour   WatchRule = "last_hour"     // redemptions in the last hour of the day, of its sales
	WatchTyped      WatchRule = "typed"         // references typed, of all given
	WatchNoRef      WatchRule = "no_reference"  // sales without a reference
	WatchWrongCode  WatchRule = "wrong_code"    // codes nobody has, of these and sales
	WatchSplit      WatchRule = "split"         // earning sales soon after another to the same customer, of earning sales
	WatchSameHands  WatchRule = "same_cashier"  // a customer's redemptions with one cashier, of all of theirs
	WatchManyEarned WatchRule = "phone_coupons" // coupons a customer earned
	WatchManyHands  WatchRule = "phone_cashiers"
	WatchOwnPhone   WatchRule = "own_phone"  // coupons staff earned on their own phone
	WatchManySplits WatchRule = "many_split" // of a person's earning sales, whatever the others do
	WatchPhoneDay   WatchRule = "phone_day"  // coupons a customer earned within 24 hours of recording
	WatchBackdated  WatchRule = "backdated"  // sales to known customers with a business date before the day of recording
)

// Rated tells whether a rule compares a rate with that of the others.
func (r WatchRule) Rated() bool {
	switch r {
	case WatchManyEarned, WatchManyHands, WatchOwnPhone, WatchManySplits, WatchPhoneDay:
		return false
	case WatchRedeemed, WatchUndone, WatchVoid, WatchLastHour, WatchTyped, WatchNoRef, WatchWrongCode, WatchSplit, WatchSameHands, WatchBackdated:
	}
	return true
}

// WatchSubject is what kind of thing stands out.
type WatchSubject string

// The subjects.
const (
	WatchStaff    WatchSubject = "staff"
	WatchTill     WatchSubject = "register"
	WatchCustomer WatchSubject = "customer"
)

// TillCounts are what was done at a till. A sale that was voided stays among
// the sales; voids and returns count where they were done.
type TillCounts struct {
	Sales         int64
	Net           Minor // as recorded
	Issued        int64
	Redeemed      int64
	TypedRefs     int64 // sales whose reference a person typed
	NoRefs        int64 // sales without a reference
	Voids         int64
	RedeemedVoids int64 // of them, of sales that had redeemed a coupon
	Returns       int64
}

// plus adds n times other counts.
func (c TillCounts) plus(d TillCounts, n int64) TillCounts {
	c.Sales += n * d.Sales
	c.Net += Minor(n) * d.Net
	c.Issued += n * d.Issued
	c.Redeemed += n * d.Redeemed
	c.TypedRefs += n * d.TypedRefs
	c.NoRefs += n * d.NoRefs
	c.Voids += n * d.Voids
	c.RedeemedVoids += n * d.RedeemedVoids
	c.Returns += n * d.Returns
	return c
}

// TillHour is what one person did at one till within an hour of a day.
type TillHour struct {
	Day        Day
	Hour       int64 // rises with time
	StaffID    ID
	RegisterID ID
	TillCounts
}

// WatchCounts are what one person did, or what was done at one till or in the
// whole store.
type WatchCounts struct {
	TillCounts
	LastSales    int64 // in the last hour of each day in which the store sold
	LastRedeemed int64
	Misses       int64 // codes without a slip that nobody has
	Earning      int64 // sales to known customers that earned a coupon
	Splits       int64 // of them, soon after another to the same customer by the same person or at the same till
	Known        int64 // sales to known customers
	Backdated    int64 // of them, with a business date before the day of recording
}

func (c WatchCounts) plus(d WatchCounts, n int64) WatchCounts {
	c.TillCounts = c.TillCounts.plus(d.TillCounts, n)
	c.LastSales += n * d.LastSales
	c.LastRedeemed += n * d.LastRedeemed
	c.Misses += n * d.Misses
	c.Earning += n * d.Earning
	c.Splits += n * d.Splits
	c.Known += n * d.Known
	c.Backdated += n * d.Backdated
	return c
}

// WatchSale is a sale to a known customer that was not voided.
type WatchSale struct {
	ID         ID
	CustomerID ID
	StaffID    ID
	RegisterID ID
	Business   Day
	Earned     bool
	Redeemed   bool
	Own        bool // the customer has the phone of who sold
	Backdated  bool // Business is before the day of recording
}

// WatchSpot is one moment behind a finding.
type WatchSpot struct {
	At         Instant
	SaleID     ID     // zero for a wrong code, and so are the next three
	Customer   string // how they are called
	Reference  string // of the sale; empty if it has none
	Net        Minor  // paid
	StaffID    ID
	RegisterID ID
}

// WatchFinding is one thing that stands out: so many hits of so many chances,
// where so many were to be expected.
type WatchFinding struct {
	Rule     WatchRule
	Subject  WatchSubject
	ID       ID     // of the subject
	Name     string // of the subject
	OtherID  ID     // WatchSameHands: the cashier
	Other    string
	From, To Day
	Hits     int64
	Chances  int64 // 0 where the rule knows none
	Expected int64 // thousandths of a hit: at the others' rate, or what the shop has set as still usual
	Odds     int64 // 1 in so many spans would show as much by chance; only of rated rules
	Spots    []WatchSpot

	chance chance // of a rate, if the others' were its own
}

// WatchRow are the counts of one person or till.
type WatchRow struct {
	ID   ID
	Name string
	WatchCounts
}

// WatchReport is what was done by whom and where, and what of it stands out, in
// the order of Compare.
type WatchReport struct {
	From, To  Day
	Terms     WatchTerms
	Staff     []WatchRow // by sales
	Registers []WatchRow
	Store     WatchCounts
	Findings  []WatchFinding
}

// WatchTerms are a store's settings of what stands out.
type WatchTerms struct {
	On            bool
	Days          int64 // looked at when no days are asked for
	Surprise      int64 // a rate stands out if chance alone does as much in 1 of so many such spans
	Least         int64 // hits
	Excess        BP    // above the expected
	SplitMinutes  int64 // 0: not looked at
	PhoneCoupons  int64 // most still usual; 0: not looked at
	PhoneCashiers int64 // on one day, most still usual; 0: not looked at
	PhoneDay      int64 // coupons within 24 hours, most still usual; 0: not looked at
}

// WatchTermsOf reads the settings.
func WatchTermsOf(s Settings) WatchTerms {
	return WatchTerms{
		On: s.Flag(SetWatch), Days: s.Count(SetWatchDays), Surprise: s.Count(SetWatchSurprise), Least: s.Count(SetWatchLeast),
		Excess: BP(s.Count(SetWatchExcess)), SplitMinutes: s.Count(SetWatchSplit),
		PhoneCoupons: s.Count(SetWatchCoupons), PhoneCashiers: s.Count(SetWatchCashiers), PhoneDay: s.Count(SetWatchPhoneDay),
	}
}

// For is the settings for a span of so many days: what a customer may usually
// earn grows with it.
func (t WatchTerms) For(days int64) WatchTerms {
	t.PhoneCoupons = (t.PhoneCoupons*days + t.Days - 1) / t.Days
	return t
}

// MostWatchDays is the longest span that is looked at.
const MostWatchDays = 92

// Codes of watching.
const (
	CodeWatchSpan    Code = "watch_span"    // more days than MostWatchDays; with days, most
	CodeAlertUnknown Code = "alert_unknown" //
	CodeAlertSettled Code = "alert_settled" // dismissed before
	CodeAlertOwn     Code = "alert_own"     // a manager dismisses what is about them
)

// AlertState is where an alert stands.
type AlertState string

// The states of an alert.
const (
	AlertOpen      AlertState = "open"
	AlertDismissed AlertState = "dismissed"
)

// Alert is a finding as it was last seen, raised once a month for each rule and
// subject, and anew if it was dismissed and is clearly worse: SettledBy and Reason
// then still say who dismissed it.
type Alert struct {
	AlertID   ID
	Raised    Instant
	Month     Day // the first of the month
	State     AlertState
	Settled   Instant // dismissed
	SettledBy string
	Reason    string
	WatchFinding
}
