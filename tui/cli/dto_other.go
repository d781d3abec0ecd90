package cli

import (
	"bounceback/engine"
	"bounceback/engine/words"
)

// customerDTO is a customer.
type customerDTO struct {
	ID          string   `json:"id"`
	Number      *string  `json:"number"`
	Name        *string  `json:"name"`
	Phone       *string  `json:"phone"`
	Consent     string   `json:"consent"`
	ConsentAt   *string  `json:"consent_at"`
	Visits      int      `json:"visits"`
	FirstDay    *string  `json:"first_day"`
	LastDay     *string  `json:"last_day"`
	Spent       int64    `json:"spent_minor"`
	CreatedAt   *string  `json:"created_at"`
	ForgottenAt *string  `json:"forgotten_at"`
	Groups      []string `json:"groups"`
	Tier        *string  `json:"tier"`
	Birth       *int     `json:"birth_month"`
}

func (a *app) customerDTO(c engine.Customer) customerDTO {
	return customerDTO{
		ID: c.ID.String(), Number: text(c.Number), Name: text(c.Name), Phone: text(c.Phone.E164), Consent: string(c.Consent),
		ConsentAt: a.timeText(c.ConsentAt), Visits: c.Visits, FirstDay: dayText(c.FirstDay), LastDay: dayText(c.LastDay),
		Spent: int64(c.Spent), CreatedAt: a.timeText(c.Created), ForgottenAt: a.timeText(c.Forgotten),
		Groups: orEmpty(c.Groups), Tier: text(c.Tier), Birth: countOrNull(c.Birth),
	}
}

// customerShowDTO answers customer show: with the coupons that are still open
// and the answers about texts, newest first. Suppressed is who said that the
// number is to get no texts.
type customerShowDTO struct {
	customerDTO
	Coupons    []couponDTO  `json:"coupons"`
	Suppressed *string      `json:"suppressed_by"`
	Consents   []consentDTO `json:"consents"`
}

func (a *app) customerShowDTO(v engine.CustomerView) customerShowDTO {
	d := customerShowDTO{
		customerDTO: a.customerDTO(v.Customer), Coupons: make([]couponDTO, 0, len(v.Coupons)),
		Suppressed: text(string(v.Suppressed)), Consents: make([]consentDTO, 0, len(v.Consents)),
	}
	for _, c := range v.Coupons {
		d.Coupons = append(d.Coupons, a.couponDTO(c))
	}
	for _, r := range v.Consents {
		d.Consents = append(d.Consents, a.consentDTO(r))
	}
	return d
}

// campaignDTO is a campaign, with its state as of today.
type campaignDTO struct {
	ID          string  `json:"id"`
	Title       string  `json:"title"`
	State       string  `json:"state"`
	Cashback    int64   `json:"cashback_bp"`
	MaxDiscount int64   `json:"max_discount_bp"`
	MinSale     int64   `json:"min_sale_minor"`
	MaxSale     int64   `json:"max_sale_minor"` // 0: any
	Lifetime    int     `json:"lifetime_days"`
	ValidAfter  int     `json:"valid_after_days"`
	StartsOn    *string `json:"starts_on"`
	EndsOn      *string `json:"ends_on"`
	OfferText   *string `json:"offer_text"`
	Link        *string `json:"link"`
	Source      *string `json:"source"`
	Ad          *string `json:"ad"`
	Issued      int     `json:"issued"`
	CreatedAt   *string `json:"created_at"`
	UpdatedAt   *string `json:"updated_at"`
	Kind        string  `json:"kind"`
	Code        *string `json:"code"`  // that the customer must give
	Offer       string  `json:"offer"` // as a sentence
	OnReturn    string  `json:"on_return"`
	Holdback    int64   `json:"holdback_bp"`
	HeldSince   *string `json:"holdback_since"`
}

// campaignDTO turns campaigns into DTOs, with sentences of a format.
func (a *app) campaignDTO(named *words.Format) func(engine.Campaign) campaignDTO {
	return func(c engine.Campaign) campaignDTO {
		d := a.campaignTerms(c)
		o := c.Offer()
		d.Kind, d.Code, d.Offer, d.OnReturn = string(o.Kind), text(o.Code), named.Offer(o), string(engine.ReturnKeep)
		if c.OnReturn != "" {
			d.OnReturn = string(c.OnReturn)
		}
		return d
	}
}

func (a *app) campaignTerms(c engine.Campaign) campaignDTO {
	return campaignDTO{
		ID: c.ID.String(), Title: c.Title, State: string(c.StateOn(a.today())), Cashback: int64(c.Terms.Cashback),
		MaxDiscount: int64(c.Terms.MaxDiscount), MinSale: int64(c.Terms.MinSale), MaxSale: int64(c.Terms.MaxSale),
		Lifetime: c.Terms.Lifetime, ValidAfter: c.Terms.ValidAfter, StartsOn: dayText(c.StartsOn), EndsOn: dayText(c.EndsOn),
		OfferText: text(c.OfferText), Link: text(c.Link), Source: text(c.Source), Ad: text(c.Ad), Issued: c.Issued,
		CreatedAt: a.timeText(c.Created), UpdatedAt: a.timeText(c.Updated), Holdback: int64(c.Holdback), HeldSince: a.timeText(c.HoldbackSince),
	}
}

// hiddenDTO says that another campaign takes sales away from one.
type hiddenDTO struct {
	By     string `json:"campaign"`
	ByID   string `json:"campaign_id"`
	From   int64  `json:"from_minor"`
	To     int64  `json:"to_minor"` // 0: without end
	Always bool   `json:"always"`   // the campaign never earns at all
}

// campaignShowDTO answers campaign show, add and edit. Warnings are told when it
// is saved or set going.
type campaignShowDTO struct {
	campaignDTO
	Texts    *textsDTO     `json:"texts"` // null of what gives no coupons
	HiddenBy []hiddenDTO   `json:"hidden_by"`
	Warnings []lintNoteDTO `json:"warnings"`
}

// earnDTO answers campaign earn: what a sale of an amount would earn today.
type earnDTO struct {
	Net      int64         `json:"net_minor"`
	Earned   *earnedDTO    `json:"earned"`
	Rejected []rejectedDTO `json:"rejected"`
}

// earnedDTO is the coupon a sale would earn.
type earnedDTO struct {
	CampaignID  string  `json:"campaign_id"`
	Campaign    string  `json:"campaign"`
	Face        int64   `json:"face_minor"`
	Cashback    int64   `json:"cashback_bp"`
	MaxDiscount int64   `json:"max_discount_bp"`
	ValidFrom   *string `json:"valid_from"`
	ValidUntil  *string `json:"valid_until"`
}

// rejectedDTO says why a campaign does nothing for a sale.
type rejectedDTO struct {
	CampaignID string      `json:"campaign_id"`
	Campaign   string      `json:"campaign"`
	Reason     engine.Code `json:"reason"`
	Missing    int64       `json:"missing_minor"`
	Units      int64       `json:"missing_units"`
	By         *string     `json:"by"` // the campaign that applied instead
}

func rejectedDTOs(all []engine.Rejected) []rejectedDTO {
	out := make([]rejectedDTO, 0, len(all))
	for _, no := range all {
		out = append(out, rejectedDTO{
			CampaignID: no.OfferID.String(), Campaign: no.Title, Reason: no.Reason, Missing: int64(no.Missing), Units: no.Units, By: text(no.ByTitle),
		})
	}
	return out
}

// auditDTO is one line of the audit log.
type auditDTO struct {
	Seq      int64   `json:"seq"`
	At       *string `json:"at"`
	StaffID  *string `json:"staff_id"`
	Staff    *string `json:"staff"`
	Register *string `json:"register"`
	Origin   string  `json:"origin"`
	Action   string  `json:"action"`
	Subject  string  `json:"subject"`
	ID       *string `json:"subject_id"`
	Detail   *string `json:"detail"`
	Reason   *string `json:"reason"`
}

func (a *app) auditDTO(e engine.AuditEntry) auditDTO {
	return auditDTO{
		Seq: e.Seq, At: a.timeText(e.At), StaffID: idText(e.StaffID), Staff: text(e.Staff), Register: text(e.Register), Origin: string(e.Origin),
		Action: e.Action, Subject: e.Subject, ID: idText(e.ID), Detail: text(e.Detail), Reason: text(e.Reason),
	}
}

// staffDTO is a member of staff.
type staffDTO struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	Role      string  `json:"role"`
	HasPIN    bool    `json:"has_pin"`
	HasPhone  bool    `json:"has_phone"`
	Active    bool    `json:"active"`
	CreatedAt *string `json:"created_at"`
}

func (a *app) staffDTO(s engine.Staff) staffDTO {
	return staffDTO{
		ID: s.ID.String(), Name: s.Name, Role: string(s.Role), HasPIN: s.HasPIN, HasPhone: s.HasPhone, Active: s.Active, CreatedAt: a.timeText(s.Created),
	}
}

// storeDTO is a store, as init and settings answer it.
type storeDTO struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Country  string `json:"country"`
	Currency string `json:"currency"`
	Exponent int    `json:"exponent"`
	Timezone string `json:"timezone"`
	Language string `json:"language"`
	Step     int64  `json:"step_minor"`
	DB       string `json:"db"`
}

func (a *app) storeDTO(s engine.Store) storeDTO {
	return storeDTO{
		ID: s.ID.String(), Title: s.Title, Country: s.Country, Currency: s.Currency, Exponent: s.Exponent,
		Timezone: s.Timezone, Language: s.Language, Step: int64(s.Step), DB: a.DB,
	}
}

// settingDTO is one setting. Review is told of a wording that was just set.
type settingDTO struct {
	Name    string     `json:"name"`
	Value   string     `json:"value"`
	Default *string    `json:"default"`
	Choices []string   `json:"choices"`
	Review  *reviewDTO `json:"review,omitempty"`
}

// importDTO sums an import up.
type importDTO struct {
	Rows      int     `json:"rows"` // read so far
	Added     int     `json:"added"`
	Changed   int     `json:"changed"`
	Before    int     `json:"there_before"`
	Refused   int     `json:"refused"`
	Issued    int     `json:"coupons_issued"`
	Customers int     `json:"customers"` // different ones among the rows taken
	Total     int64   `json:"total_minor"`
	Rejects   *string `json:"rejects_file"`
	Complete  bool    `json:"complete"` // false: interrupted
}

// checkFileDTO answers check.
type checkFileDTO struct {
	OK       bool         `json:"ok"`
	Findings []findingDTO `json:"findings"`
}

// findingDTO is one thing that is wrong with a file.
type findingDTO struct {
	What   string `json:"what"`
	Detail string `json:"detail"`
}

// auditReportDTO answers audit verify.
type auditReportDTO struct {
	OK      bool    `json:"ok"`
	Entries int64   `json:"entries"`
	Broken  *int64  `json:"broken_at"` // sequence number of the first entry that does not fit
	Why     *string `json:"why"`
}
