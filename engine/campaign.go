package engine

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a campaign's terms.
const (
	MinLifetime   = 5    // days, the shortest life of a coupon
	MaxLifetime   = 3650 // days
	MaxOfferText  = 120  // characters
	MaxLabel      = 40   // characters of source and ad
	MaxLink       = 200  // characters
	MaxNameLength = 60   // characters of a campaign's title
	MaxHoldback   = 5000 // basis points held back: half the customers
)

// CampaignState is where a campaign stands.
type CampaignState string

// The states. Stored are draft, active, paused and ended; scheduled, and ended
// by its date, follow from the day.
const (
	CampaignDraft     CampaignState = "draft"
	CampaignScheduled CampaignState = "scheduled"
	CampaignActive    CampaignState = "active"
	CampaignPaused    CampaignState = "paused"
	CampaignEnded     CampaignState = "ended"
)

// Terms are what the coupons of a campaign are cut from: the template.
type Terms struct {
	Cashback    BP    // of the net amount paid
	MaxDiscount BP    // of the sale in which the coupon is redeemed
	MinSale     Minor // least net amount that earns, inclusive; 0 is any
	MaxSale     Minor // most net amount that earns, inclusive; 0 is any
	Lifetime    int   // days after the sale's business date, its last day included
	ValidAfter  int   // days after the sale's business date
}

// Campaign says who runs which offer when, and under which source and ad.
type Campaign struct {
	ID        ID
	Title     string
	Terms     Terms
	StartsOn  Day // first day; 0 is no bound
	EndsOn    Day // last day; 0 is no bound
	OfferText string
	Link      string // https address for the text
	Source    string
	Ad        string
	State     CampaignState // as stored
	Created   Instant
	Updated   Instant
	Issued    int // coupons issued so far

	Promo    Offer        // what it runs, unless that is a next-sale coupon of Terms alone; ID, Title, Created and Rebate are the campaign's
	OnReturn ReturnPolicy // of a partial return that breaks a threshold

	Texts   *TextPlan   // which texts its coupons get; nil: as the store's settings say
	Wording TextWording // of these texts, Several excepted; empty: the store's

	Holdback      BP      // share of the customers who get no coupon, to compare the others with; 0: none
	HoldbackSince Instant // when the store first began that; 0: never

	Used Usage // of the limits of Promo so far, by all; only where one campaign is asked for
}

// ReturnPolicy says what a partial return does to an offer whose threshold the
// goods that are kept no longer meet.
type ReturnPolicy string

// The policies; the zero one is ReturnKeep.
const (
	ReturnKeep      ReturnPolicy = "keep"      // exactly the stored amounts of the units that come back
	ReturnRecompute ReturnPolicy = "recompute" // the kept goods are priced anew, and the refund is lowered to what then is over
)

// Codes of campaigns.
const (
	CodeCampaignTitle    Code = "campaign_title"
	CodeCampaignRate     Code = "campaign_rate"
	CodeCampaignMax      Code = "campaign_max_discount"
	CodeCampaignRange    Code = "campaign_range"
	CodeCampaignLifetime Code = "campaign_lifetime"
	CodeCampaignAfter    Code = "campaign_valid_after"
	CodeCampaignDates    Code = "campaign_dates"
	CodeCampaignLink     Code = "campaign_link"
	CodeCampaignText     Code = "campaign_text"
	CodeCampaignState    Code = "campaign_state"
	CodeCampaignUnknown  Code = "campaign_unknown"
	CodeCampaignHoldback Code = "campaign_holdback"  // a share over MaxHoldback; with most
	CodeHoldbackNothing  Code = "holdback_no_coupon" // a share is held back from what gives no coupons
)

// StandardTerms are the store's standard parameters for a new campaign.
func (s Settings) StandardTerms() Terms {
	return Terms{
		Cashback: BP(s.Count(SetCashback)), MaxDiscount: BP(s.Count(SetMaxDiscount)),
		Lifetime: int(s.Count(SetLifetime)), ValidAfter: int(s.Count(SetValidAfter)),
	}
}

// StateOn gives the campaign's state on a day of the store.
func (c Campaign) StateOn(day Day) CampaignState {
	switch {
	case c.State == CampaignEnded, c.EndsOn != 0 && day > c.EndsOn:
		return CampaignEnded
	case c.State == CampaignActive && c.StartsOn != 0 && day < c.StartsOn:
		return CampaignScheduled
	}
	return c.State
}

// Check tells what is wrong with a campaign, or nil.
func (c Campaign) Check() error {
	if t := strings.TrimSpace(c.Title); t == "" || utf8.RuneCountInString(t) > MaxNameLength || !CleanText(t) {
		return BadInput(CodeCampaignTitle, "most", MaxNameLength)
	}
	if c.IssuesCoupons() || c.Terms != (Terms{}) {
		if err := c.Terms.Check(); err != nil {
			return err
		}
	}
	if c.StartsOn != 0 && c.EndsOn != 0 && c.EndsOn < c.StartsOn {
		return BadInput(CodeCampaignDates, "first", c.StartsOn, "last", c.EndsOn)
	}
	if utf8.RuneCountInString(c.OfferText) > MaxOfferText || strings.ContainsFunc(c.OfferText, isControl) {
		return BadInput(CodeCampaignText, "most", MaxOfferText)
	}
	for _, label := range []string{c.Source, c.Ad} {
		if utf8.RuneCountInString(label) > MaxLabel || !CleanText(label) {
			return BadInput(CodeCampaignText, "most", MaxLabel)
		}
	}
	if err := checkLink(c.Link); err != nil {
		return err
	}
	if c.Texts != nil {
		if err := c.Texts.Check(); err != nil {
			return err
		}
	}
	if err := c.Wording.Check(); err != nil {
		return err
	}
	if err := c.checkHoldback(); err != nil {
		return err
	}
	return c.checkPromo()
}

func (c Campaign) checkHoldback() error {
	switch {
	case c.Holdback < 0 || c.Holdback > MaxHoldback:
		return BadInput(CodeCampaignHoldback, "most", BP(MaxHoldback))
	case c.Holdback > 0 && !c.IssuesCoupons():
		return BadInput(CodeHoldbackNothing)
	}
	return nil
}

// IssuesCoupons tells whether what the campaign runs is a next-sale coupon.
// Only then do its Terms mean anything.
func (c Campaign) IssuesCoupons() bool { return c.Promo.Kind == "" || c.Promo.Kind == KindNextCoupon }

// checkPromo checks what the campaign runs, if that is more than a coupon of
// its terms.
func (c Campaign) checkPromo() error {
	choices := []ReturnPolicy{"", ReturnKeep, ReturnRecompute}
	if !slices.Contains(choices, c.OnReturn) {
		return BadInput(CodeOfferChoice, "field", "on_return", "value", string(c.OnReturn))
	}
	if c.Promo.Kind == "" {
		return nil
	}
	promo := c.Promo
	promo.Rebate = c.Terms
	return promo.Check()
}

func isControlOrSpace(r rune) bool { return isControl(r) || unicode.IsSpace(r) }

func checkLink(link string) error {
	if link == "" {
		return nil
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(link) > MaxLink || strings.ContainsFunc(link, isControlOrSpace) {
		return BadInput(CodeCampaignLink, "text", link)
	}
	return nil
}

// Check tells what is wrong with the terms, or nil.
func (t Terms) Check() error {
	switch {
	case t.Cashback < 1 || t.Cashback > wholeBP:
		return BadInput(CodeCampaignRate)
	case t.MaxDiscount < 1 || t.MaxDiscount > wholeBP:
		return BadInput(CodeCampaignMax)
	case t.MinSale < 0 || t.MaxSale < 0 || t.MinSale > MaxAmount || t.MaxSale > MaxAmount || t.MaxSale != 0 && t.MaxSale < t.MinSale:
		return BadInput(CodeCampaignRange, "least", t.MinSale, "most", t.MaxSale)
	case t.Lifetime < MinLifetime || t.Lifetime > MaxLifetime:
		return BadInput(CodeCampaignLifetime, "least", MinLifetime, "most", MaxLifetime)
	case t.ValidAfter < 0 || t.ValidAfter > t.Lifetime:
		return BadInput(CodeCampaignAfter, "most", t.Lifetime)
	}
	return nil
}

// Offer is the campaign's offer in the engine's form, without the campaign.
func (c Campaign) Offer() Offer {
	o := c.Promo
	o.ID, o.Title, o.Created, o.Rebate, o.Holdback = c.ID, c.Title, c.Created, c.Terms, c.Holdback
	if o.Kind == "" {
		o.Kind = KindNextCoupon
	}
	return o
}

// Offers gives the offers of the campaigns that run on a day.
func Offers(campaigns []Campaign, day Day) []Offer {
	var out []Offer
	for _, c := range campaigns {
		if c.StateOn(day) == CampaignActive {
			out = append(out, c.Offer())
		}
	}
	return out
}

// Hidden tells in which part of its range a campaign never earns because
// others hide it.
type Hidden struct {
	By       Campaign
	From, To Minor // inclusive; To 0 is without end
	Whole    bool  // the campaign never earns at all
}

// HiddenBy lists the campaigns that take sales away from c, among others that
// run or will run while c does: those with a higher rate, or an equal rate and
// an earlier creation, whose range of amounts meets c's.
func HiddenBy(c Campaign, others []Campaign) []Hidden {
	var out []Hidden
	for _, o := range others {
		if c.Promo.Kind != "" || o.Promo.Kind != "" {
			continue // an offer of its own has other conditions than the terms
		}
		if o.ID == c.ID || o.State != CampaignActive || !datesMeet(c, o) || !outranks(o.Offer(), c.Offer()) {
			continue
		}
		from, to := max(c.Terms.MinSale, o.Terms.MinSale), minBound(c.Terms.MaxSale, o.Terms.MaxSale)
		if to != 0 && from > to {
			continue
		}
		// Nothing earns on a net amount of 0: from 0 and from 1 are the same.
		whole := o.Terms.MinSale <= max(c.Terms.MinSale, 1) && to == c.Terms.MaxSale && datesCover(o, c)
		out = append(out, Hidden{By: o, From: from, To: to, Whole: whole})
	}
	return out
}

// Hides lists the campaigns among others from which c takes sales, as By, and
// in which part of their ranges: HiddenBy seen from the other side.
func Hides(c Campaign, others []Campaign) []Hidden {
	var out []Hidden
	for _, o := range others {
		if o.State != CampaignActive {
			continue
		}
		for _, h := range HiddenBy(o, []Campaign{c}) {
			h.By = o
			out = append(out, h)
		}
	}
	return out
}

func datesMeet(a, b Campaign) bool {
	return (a.EndsOn == 0 || b.StartsOn <= a.EndsOn) && (b.EndsOn == 0 || a.StartsOn <= b.EndsOn)
}

func datesCover(outer, inner Campaign) bool {
	return outer.StartsOn <= inner.StartsOn && (outer.EndsOn == 0 || inner.EndsOn != 0 && inner.EndsOn <= outer.EndsOn)
}

func minBound(a, b Minor) Minor {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
