package engine

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// TextStep is the place of a text in the cycle of a coupon.
type TextStep string

// The steps.
const (
	StepIssue TextStep = "issue" // when the coupon is issued
	StepDay   TextStep = "day"   // a reminder, some days after the sale
	StepLast  TextStep = "last"  // a reminder, some days before the last day
)

// TextPlan says which texts a coupon gets. It is judged when the coupon is
// issued: a changed plan applies to coupons issued after it.
type TextPlan struct {
	AtIssue  bool
	Days     []int // after the sale's business date, ascending
	Before   int   // days before the coupon's last day; 0 is none
	LongLife int   // days: only a coupon that lives longer gets the text before its last day
}

// TextWording holds templates; an empty one stands for the next wider one: a
// campaign's for the store's, the store's for the language's own.
type TextWording struct {
	Issue, Day, Last string
	Several          string // of a text about several coupons; the store's only
}

// Of gives the template of a step.
func (w TextWording) Of(step TextStep) string {
	switch step {
	case StepIssue:
		return w.Issue
	case StepDay:
		return w.Day
	case StepLast:
		return w.Last
	}
	return ""
}

// Bounds of a plan and its wording.
const (
	MaxTextDays = 12  // reminders by day
	MaxTemplate = 480 // characters
)

// Codes of plans.
const (
	CodeTextDays  Code = "text_days"  // not whole days in ascending order; with text, most, many
	CodeTextHours Code = "text_hours" // the hours in which texts may go end before they begin; with from, until
	CodeTextHour  Code = "text_hour"  // reminders are due at an hour in which no text goes; with hour, from, until
)

// ParseTextDays reads days as people type them: "2, 7, 27". They come back in
// ascending order, each once. The error is CodeTextDays, of class Input.
func ParseTextDays(text string) ([]int, error) {
	bad := BadInput(CodeTextDays, "text", text, "most", MaxLifetime, "many", MaxTextDays)
	var days []int
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > MaxLifetime {
			return nil, bad
		}
		days = append(days, n)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if len(days) > MaxTextDays {
		return nil, bad
	}
	return days, nil
}

// WriteTextDays writes days as ParseTextDays reads them.
func WriteTextDays(days []int) string {
	parts := make([]string, len(days))
	for i, d := range days {
		parts[i] = strconv.Itoa(d)
	}
	return strings.Join(parts, ", ")
}

// Check tells what is wrong with a plan, or nil.
func (p TextPlan) Check() error {
	text := WriteTextDays(p.Days)
	if days, err := ParseTextDays(text); err != nil || !slices.Equal(days, p.Days) {
		return BadInput(CodeTextDays, "text", text, "most", MaxLifetime, "many", MaxTextDays)
	}
	if p.Before < 0 || p.Before > MaxLifetime || p.LongLife < 0 || p.LongLife > MaxLifetime {
		return BadInput(CodeTextDays, "text", strconv.Itoa(p.Before), "most", MaxLifetime, "many", MaxTextDays)
	}
	return nil
}

// Check tells whether templates are too long or command a terminal. Their
// fields are checked where texts are written.
func (w TextWording) Check() error {
	for _, t := range []string{w.Issue, w.Day, w.Last, w.Several} {
		if utf8.RuneCountInString(t) > MaxTemplate || strings.ContainsFunc(t, isControl) {
			return BadInput(CodeCampaignText, "most", MaxTemplate)
		}
	}
	return nil
}

// TextPlan is the store's plan for coupons whose campaign has none of its own.
func (s Settings) TextPlan() TextPlan {
	days, err := ParseTextDays(s.Text(SetTextDays))
	if err != nil {
		days = nil
	}
	return TextPlan{
		AtIssue: s.Flag(SetTextAtIssue), Days: days, Before: int(s.Count(SetTextBefore)), LongLife: int(s.Count(SetTextLongLife)),
	}
}

// TextWording is the store's own wording; empty where it has none.
func (s Settings) TextWording() TextWording {
	return TextWording{
		Issue: s.Text(SetWording), Day: s.Text(SetWordingDay), Last: s.Text(SetWordingLast), Several: s.Text(SetWordingSeveral),
	}
}

// TextPlan is the plan by which the coupons of the campaign get texts.
func (c Campaign) TextPlan(s Settings) TextPlan {
	if c.Texts != nil {
		return *c.Texts
	}
	return s.TextPlan()
}

// Micros is an amount in millionths of one whole unit of a currency: a text
// costs a fraction of a cent. Sums of them are exact; nothing is rounded before
// it is shown.
type Micros int64

// Minor gives the amount in minor units of a currency with so many decimals,
// rounded half up.
func (m Micros) Minor(exponent int) Minor {
	unit := Micros(1_000_000)
	for range exponent {
		unit /= 10
	}
	return Minor((m + unit/2) / unit)
}

// SenderHealth is what is known of the carrier's account, as the worker last
// found it.
type SenderHealth struct {
	At       Instant // when it was looked at; 0: never
	Sender   string  // "sns", "console"
	Ready    bool    // texts can be handed over
	Problem  string  // why not, or what else is wrong: a delivery.Reason; empty if nothing
	Detail   string  // the carrier's words
	Region   string
	Sandbox  string // yes, no; empty: not known
	Limit    Micros // US dollars the account may spend in a month; 0: not known
	OptedOut int    // numbers on the carrier's opt-out list
	Synced   Instant
}

// NoSender is the name of the sender of a process that has none: it sends
// nothing.
const NoSender = "console"

// Real tells whether the account is one of a carrier, in order or not.
func (h SenderHealth) Real() bool { return h.Sender != "" && h.Sender != NoSender }

// TextDesk is what the counter shows of texts.
type TextDesk struct {
	Due     int    // queued, due now and not held
	Held    int    // queued and held back: quiet hours, pace, limit, carrier
	Unknown int    // nobody knows the fate of
	Stuck   int    // due for more than an hour and not gone
	Sending int    // on their way, or left there by a process that died
	Limited int    // of those held, because of the month's limit
	Spent   Micros // this month, by the store's own count
	Limit   Micros // the owner's limit for a month; 0: none
	Price   Micros // of a part; 0: none is set, and nothing is counted
	Health  SenderHealth
}

// LimitReached tells whether the month's limit leaves no room for another text
// of one part, or holds a longer one back already.
func (d TextDesk) LimitReached() bool {
	return d.Limit > 0 && d.Price > 0 && (d.Limit-d.Spent < d.Price || d.Limited > 0)
}

// LimitUsed is how much of the month's limit is spent, in percent rounded down; 0
// without a limit.
func (d TextDesk) LimitUsed() int64 {
	if d.Limit <= 0 {
		return 0
	}
	return int64(d.Spent) / max(1, int64(d.Limit)/100)
}

// LimitNear tells whether four fifths of the month's limit are spent.
func (d TextDesk) LimitNear() bool { return d.LimitUsed() >= 80 }

// healthWeek is how long, in milliseconds, nobody may have looked at a carrier's
// account before somebody should ask why.
const healthWeek = 7 * 24 * 60 * 60 * 1000

// Left tells whether the file has a sender that no machine has used for a week:
// a look is due every day.
func (h SenderHealth) Left(now Instant) bool { return h.Real() && h.At > 0 && now >= h.At+healthWeek }

// TextFigures are the figures of texts handed to a carrier in a span of days.
// A text about several coupons is one text.
type TextFigures struct {
	From, To  Day
	Texts     int64 // that may have gone: accepted, on their way, or of which a reply was lost
	Repeated  int64 // of these, handed over more than once: each time may have arrived and costs
	Accepted  int64
	Unknown   int64
	Refused   int64
	Delivered int64 // of those accepted, by the carrier's delivery reports
	Failed    int64
	Parts     int64  // of all times they may have gone
	Cost      Micros // of the same, by the store's price of a part, in its currency
	Paid      Micros // US dollars, by the carrier's delivery reports
	PaidTexts int64  // texts of which Paid is known
	Redeemed  int64  // coupons redeemed in the span
	DueToday  int64  // queued and due by the end of today
	Held      int64  // queued and held back, whenever they go
}

// PerRedeemed is the cost for one redeemed coupon; 0 if none was.
func (f TextFigures) PerRedeemed() Micros {
	if f.Redeemed == 0 {
		return 0
	}
	return (f.Cost + Micros(f.Redeemed)/2) / Micros(f.Redeemed)
}

// ConsentRecord is one answer of a customer about texts, or its withdrawal.
type ConsentRecord struct {
	At       Instant
	Answer   Consent
	Channel  Origin // where it was given
	Staff    string // who recorded it; empty: the carrier's list, a worker
	Register string
	Wording  string // what the customer was asked; empty if nothing
	Version  string // of the wording: eight hexadecimal digits of its hash
}

// DeliveryReport is what the carrier's log says of one text.
type DeliveryReport struct {
	MessageID string
	Delivered bool
	Response  string // the carrier's words
	Price     Micros // US dollars for all parts
	Parts     int
	At        Instant
}

// DeliveryOutcome counts what a reading of delivery reports did.
type DeliveryOutcome struct {
	Delivered, Failed int
	Known             int // reported before
	Unmatched         int // of texts this store did not send
	Paid              Micros
}

// Codes of texts.
const (
	CodeMessageQuiet Code = "message_quiet" // not in the quiet hours; with until
	CodeTextLimit    Code = "text_limit"    // the month's limit is used up; with limit, spent
	CodeTextsOff     Code = "texts_off"     // the shop sends no texts
	CodeSuppressed   Code = "suppressed"    // the number told the carrier to stop
	CodeTextSpan     Code = "text_span"     // the days end before they begin; with from, to
)
