package cli

import (
	"bounceback/engine"
	"bounceback/engine/delivery"
)

// carrierCurrency is what carriers charge in.
const carrierCurrency = "USD"

// messageDTO is a text. Delivered, response and paid are the carrier's report;
// lead_id is the text this one went with, again_id the one that was sent once
// more instead.
type messageDTO struct {
	ID           string  `json:"id"`
	Kind         string  `json:"kind"`
	State        string  `json:"state"`
	Reason       *string `json:"reason"`
	Detail       *string `json:"detail"`
	To           *string `json:"to_masked"`
	Body         string  `json:"body"`
	Encoding     string  `json:"encoding"`
	Parts        int     `json:"parts"`
	Attempts     int     `json:"attempts"`
	CouponID     *string `json:"coupon_id"`
	CouponCode   *string `json:"coupon_code"`
	CustomerID   *string `json:"customer_id"`
	Customer     *string `json:"customer"`
	DueAt        *string `json:"due_at"`
	CreatedAt    *string `json:"created_at"`
	SettledAt    *string `json:"settled_at"`
	Sender       *string `json:"sender"`
	ProviderID   *string `json:"provider_id"`
	Step         *string `json:"step"`
	Days         *int    `json:"days"` // after the sale, or before the last day
	PlannedAt    *string `json:"planned_at"`
	SentAt       *string `json:"sent_at"`
	LeadID       *string `json:"lead_id"`
	AgainID      *string `json:"again_id"`
	AgainAt      *string `json:"again_at"`
	Held         bool    `json:"held"`
	Cost         int64   `json:"cost_micros"`
	CostCurrency string  `json:"cost_currency"`
	Delivered    *string `json:"delivered"` // delivered or failed
	Response     *string `json:"response"`
	Paid         *int64  `json:"paid_micros"`
	PaidCurrency string  `json:"paid_currency"`
}

func (a *app) messageDTO(m engine.Message) messageDTO {
	d := messageDTO{
		ID: m.ID.String(), Kind: m.Kind, State: m.State, Reason: text(m.Reason), Detail: text(m.Detail), To: text(m.To), Body: m.Body,
		Encoding: m.Encoding, Parts: m.Parts, Attempts: m.Attempts, CouponID: idText(m.CouponID), CouponCode: codeText(m.CouponCode),
		CustomerID: idText(m.CustomerID), Customer: text(m.Customer), DueAt: a.timeText(m.Due), CreatedAt: a.timeText(m.Created),
		SettledAt: a.timeText(m.Settled), Sender: text(m.Sender), ProviderID: text(m.ProviderID),
		Step: text(string(m.Step)), Days: countOrNull(m.Days), PlannedAt: a.timeText(m.Planned), SentAt: a.timeText(m.Sent),
		LeadID: idText(m.LeadID), Held: m.State == "queued" && m.Reason != "", Cost: int64(m.Cost), CostCurrency: a.store.Currency,
		Delivered: text(m.Delivered), Response: text(m.Response), PaidCurrency: carrierCurrency,
	}
	if !m.AgainID.IsZero() {
		d.AgainID, d.AgainAt = idText(m.AgainID), a.timeText(m.AgainID.Instant())
	}
	if m.Delivered != "" {
		d.Paid = number(m.Paid)
	}
	return d
}

// couponTextsDTO answers message preview: every text of a coupon in the order of
// their plan. WhyNot says why a coupon gets no texts; what stands in Items is
// then what it would get. Expected is what the texts still to go will cost by
// the store's price of a part.
type couponTextsDTO struct {
	CouponID   string       `json:"coupon_id"`
	CouponCode string       `json:"coupon_code"`
	Texts      bool         `json:"gets_texts"`
	WhyNot     *string      `json:"why_not"`
	Cost       int64        `json:"cost_micros"`
	Expected   int64        `json:"expected_micros"`
	Currency   string       `json:"currency"`
	Items      []messageDTO `json:"items"`
	Landline   bool         `json:"landline"` // texts are unlikely to reach the number

	phone engine.Phone
}

// textFiguresDTO answers message figures.
type textFiguresDTO struct {
	From         string `json:"from"`
	To           string `json:"to"`
	Texts        int64  `json:"texts"`
	Repeated     int64  `json:"sent_twice"` // of these; parts and cost count each time
	Accepted     int64  `json:"accepted"`
	Unknown      int64  `json:"unknown"`
	Refused      int64  `json:"refused"`
	Delivered    int64  `json:"delivered"`
	Failed       int64  `json:"failed"`
	Parts        int64  `json:"parts"`
	Cost         int64  `json:"cost_micros"`
	Currency     string `json:"currency"`
	Redeemed     int64  `json:"coupons_redeemed"`
	PerRedeemed  int64  `json:"cost_per_redeemed_micros"` // 0: none was redeemed
	Paid         int64  `json:"paid_micros"`
	PaidCurrency string `json:"paid_currency"`
	PaidTexts    int64  `json:"paid_texts"` // of which paid is known
	DueToday     int64  `json:"due_today"`
	Held         int64  `json:"held"`
	Limit        int64  `json:"month_limit_micros"` // 0: none
	Price        int64  `json:"part_price_micros"`  // 0: not set
}

func (a *app) textFiguresDTO(f engine.TextFigures) textFiguresDTO {
	s := a.store.Settings
	return textFiguresDTO{
		From: f.From.String(), To: f.To.String(), Texts: f.Texts, Repeated: f.Repeated, Accepted: f.Accepted, Unknown: f.Unknown, Refused: f.Refused,
		Delivered: f.Delivered, Failed: f.Failed, Parts: f.Parts, Cost: int64(f.Cost), Currency: a.store.Currency, Redeemed: f.Redeemed,
		PerRedeemed: int64(f.PerRedeemed()), Paid: int64(f.Paid), PaidCurrency: carrierCurrency, PaidTexts: f.PaidTexts,
		DueToday: f.DueToday, Held: f.Held, Limit: int64(s.Price(engine.SetTextLimit)), Price: int64(s.Price(engine.SetTextPrice)),
	}
}

// syncDTO answers delivery sync.
type syncDTO struct {
	Read         int    `json:"read"` // reports in the file
	Delivered    int    `json:"delivered"`
	Failed       int    `json:"failed"`
	Known        int    `json:"known"`     // reported before
	Unmatched    int    `json:"unmatched"` // of texts this store did not send
	Paid         int64  `json:"paid_micros"`
	PaidCurrency string `json:"paid_currency"`
}

// consentDTO is one answer of a customer about texts, or its withdrawal.
type consentDTO struct {
	At       *string `json:"at"`
	Answer   string  `json:"answer"`
	Channel  string  `json:"channel"`
	Staff    *string `json:"staff"`
	Register *string `json:"register"`
	Wording  *string `json:"wording"`
	Version  *string `json:"wording_version"`
}

func (a *app) consentDTO(r engine.ConsentRecord) consentDTO {
	return consentDTO{
		At: a.timeText(r.At), Answer: string(r.Answer), Channel: string(r.Channel), Staff: text(r.Staff), Register: text(r.Register),
		Wording: text(r.Wording), Version: text(r.Version),
	}
}

// stopDTO answers customer stop. Customer is null where the number is nobody's.
type stopDTO struct {
	Phone    string       `json:"phone"`
	Stopped  bool         `json:"stopped"`
	Customer *customerDTO `json:"customer"`
}

// textsDTO is which texts the coupons of a campaign get, by the names of its
// file. Own tells whether that is the campaign's and not the store's plan; of
// the wording only the campaign's own stands here.
type textsDTO struct {
	Own      bool       `json:"own"`
	AtIssue  bool       `json:"at_issue"`
	Days     []int      `json:"days"`
	Before   int        `json:"before_expiry"`
	LongLife int        `json:"long_life"`
	Wording  wordingDTO `json:"wording"`

	Warnings []warningDTO `json:"warnings"` // of the wording
}

// wordingDTO is a campaign's own wording of its texts; null is the store's.
type wordingDTO struct {
	Issue *string `json:"issue"`
	Day   *string `json:"day"`
	Last  *string `json:"last"`
}

func (a *app) textsDTO(c engine.Campaign, odd []delivery.Warning) *textsDTO {
	p := c.TextPlan(a.store.Settings)
	return &textsDTO{
		Own: c.Texts != nil, AtIssue: p.AtIssue, Days: append([]int{}, p.Days...), Before: p.Before, LongLife: p.LongLife,
		Wording:  wordingDTO{Issue: text(c.Wording.Issue), Day: text(c.Wording.Day), Last: text(c.Wording.Last)},
		Warnings: a.warningDTOs(odd),
	}
}

// reviewDTO is what comes of a wording: an example of the text, how long it
// gets with long values, and what is odd about it. Forcing are the characters
// that double its price.
type reviewDTO struct {
	Text         string       `json:"text"`
	Encoding     string       `json:"encoding"`
	Parts        int          `json:"parts"`
	LongestParts int          `json:"longest_parts"`
	NameParts    int          `json:"name_parts"` // with a name in letters outside GSM-7; 0: it names nobody
	Cost         int64        `json:"cost_micros"`
	Currency     string       `json:"currency"`
	Forcing      []string     `json:"forcing"`
	Warnings     []warningDTO `json:"warnings"`
}

// warningDTO is one thing that is odd about a wording.
type warningDTO struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

// deskDTO is what doctor tells programs of texts. What is known of the carrier's
// account is as of asked_at.
type deskDTO struct {
	Due             int     `json:"due"`
	Held            int     `json:"held"`
	Unknown         int     `json:"unknown"`
	Stuck           int     `json:"stuck"`
	Sending         int     `json:"sending"`      // on their way, or left there by a process that died
	Spent           int64   `json:"spent_micros"` // this month
	Limit           int64   `json:"month_limit_micros"`
	Currency        string  `json:"currency"`
	Sender          *string `json:"sender"`
	Region          *string `json:"region"`
	Sandbox         *string `json:"sandbox"` // yes, no; null: not known
	CarrierLimit    int64   `json:"carrier_limit_micros"`
	CarrierCurrency string  `json:"carrier_currency"`
	Problem         *string `json:"problem"`
	AskedAt         *string `json:"asked_at"`
	OptedOut        int     `json:"opted_out"`
	SyncedAt        *string `json:"synced_at"`
}

func (d *doctor) deskDTO(t engine.TextDesk) *deskDTO {
	h := d.asked
	if h.At == 0 {
		h = t.Health
	}
	return &deskDTO{
		Due: t.Due, Held: t.Held, Unknown: t.Unknown, Stuck: t.Stuck, Sending: t.Sending, Spent: int64(t.Spent), Limit: int64(t.Limit), Currency: d.store.Currency,
		Sender: text(h.Sender), Region: text(h.Region), Sandbox: text(h.Sandbox), CarrierLimit: int64(h.Limit), CarrierCurrency: carrierCurrency,
		Problem: text(h.Problem), AskedAt: d.timeText(h.At), OptedOut: t.Health.OptedOut, SyncedAt: d.timeText(t.Health.Synced),
	}
}
