package store

import (
	"context"
	"slices"
	"strings"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

const campaignSelect = `
SELECT g.id, g.title, g.cashback, g.max_discount, g.min_sale, g.max_sale, g.lifetime, g.valid_after, g.starts_on,
       g.ends_on, g.offer_text, g.link, g.source, g.ad, g.state, g.created, g.updated, g.offer, g.on_return,
       g.text_plan, g.wording_issue, g.wording_day, g.wording_last, g.holdback, g.holdback_since,
       (SELECT CAST(coalesce(sum(y.issued), 0) AS BIGINT) FROM coupon_summary y
         WHERE y.store_id = g.store_id AND y.campaign_id = g.id)
  FROM campaign g`

var (
	campaignByID    = declare(campaignSelect + ` WHERE g.store_id = $1 AND g.id = $2`)
	campaignsBelow  = declare(campaignSelect + ` WHERE g.store_id = $1 AND g.id < $2 ORDER BY g.id DESC`)
	campaignsActive = declare(`
SELECT g.id, g.title, g.cashback, g.max_discount, g.min_sale, g.max_sale, g.lifetime, g.valid_after, g.starts_on,
       g.ends_on, g.offer_text, g.link, g.source, g.ad, g.state, g.created, g.updated, g.offer,
       g.on_return, g.text_plan, g.wording_issue, g.wording_day, g.wording_last, g.holdback, g.holdback_since, 0
  FROM campaign g WHERE g.store_id = $1 AND g.state = 'active' ORDER BY g.id`)
	campaignInsert = declare(`
INSERT INTO campaign (store_id, id, title, cashback, max_discount, min_sale, max_sale, lifetime, valid_after, starts_on,
                      ends_on, offer_text, link, source, ad, offer, on_return, text_plan, wording_issue, wording_day, wording_last,
                      holdback, holdback_since, state, created, updated)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $25)`)
	campaignUpdate = declare(`
UPDATE campaign SET title = $3, cashback = $4, max_discount = $5, min_sale = $6, max_sale = $7, lifetime = $8,
       valid_after = $9, starts_on = $10, ends_on = $11, offer_text = $12, link = $13, source = $14, ad = $15, offer = $16,
       on_return = $17, text_plan = $18, wording_issue = $19, wording_day = $20, wording_last = $21, holdback = $22,
       holdback_since = $23, updated = $24
 WHERE store_id = $1 AND id = $2 AND state <> 'ended' RETURNING id`)
	campaignSetState = declare(`
UPDATE campaign SET state = $3, updated = $4 WHERE store_id = $1 AND id = $2 AND state = $5 RETURNING id`)
)

// scanCampaign reads a row of campaignSelect, and its offer by readOffer.
func scanCampaign(scan func(...any) error, readOffer func(engine.ID, string) (engine.Offer, error)) (engine.Campaign, error) {
	var c engine.Campaign
	var offer, plan string
	err := scan(&c.ID, &c.Title, &c.Terms.Cashback, &c.Terms.MaxDiscount, &c.Terms.MinSale, &c.Terms.MaxSale,
		&c.Terms.Lifetime, &c.Terms.ValidAfter, &c.StartsOn, &c.EndsOn, &c.OfferText, &c.Link, &c.Source, &c.Ad,
		&c.State, &c.Created, &c.Updated, &offer, &c.OnReturn,
		&plan, &c.Wording.Issue, &c.Wording.Day, &c.Wording.Last, &c.Holdback, &c.HoldbackSince, &c.Issued)
	if err != nil {
		return c, err
	}
	if c.Texts, err = readTextPlan(plan); err != nil {
		return c, engine.Broken(CodeCampaignOffer, err, "title", c.Title)
	}
	if offer == "" {
		return c, nil
	}
	if c.Promo, err = readOffer(c.ID, offer); err != nil {
		return c, engine.Broken(CodeCampaignOffer, err, "title", c.Title)
	}
	return c, nil
}

// campaign reads one campaign; CodeCampaignUnknown if the store has none of
// that id.
func (t *tx) campaign(storeID, id engine.ID) (engine.Campaign, error) {
	var c engine.Campaign
	found := false
	err := t.rows(campaignByID, []any{storeID, id}, func(scan func(...any) error) (err error) {
		found = true
		c, err = scanCampaign(scan, readPromo)
		return err
	})
	if err == nil && !found {
		err = engine.Refuse(engine.CodeCampaignUnknown)
	}
	return c, err
}

// activeCampaigns lists the campaigns stored as active, oldest first, without
// counting their coupons: few rows, read in every sale.
func (t *tx) activeCampaigns(storeID engine.ID) ([]engine.Campaign, error) {
	var out []engine.Campaign
	err := t.rows(campaignsActive, []any{storeID}, func(scan func(...any) error) error {
		c, err := scanCampaign(scan, t.d.promos.read)
		out = append(out, c)
		return err
	})
	return out, err
}

// Campaigns lists the store's campaigns, newest first: by State as of today
// and by words of the title.
func (d *DB) Campaigns(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Campaign], error) {
	var page engine.Page[engine.Campaign]
	below, err := campaignList.span(0, 0, f.After)
	if err != nil {
		return page, err
	}
	err = d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		today, words := st.Today(t.now), engine.FoldWords(f.Search)
		var items []engine.Campaign
		err = t.walk(campaignsBelow, []any{a.StoreID, below.to}, func(scan func(...any) error) error {
			c, err := scanCampaign(scan, readPromo)
			if err != nil {
				return err
			}
			if f.State != "" && string(c.StateOn(today)) != f.State || !titleHas(c.Title, words) {
				return nil
			}
			if items = append(items, c); len(items) > f.Rows() {
				return errEnough
			}
			return nil
		})
		page = cut(campaignList, items, f.Rows(), func(c engine.Campaign) []byte { return c.ID[:] })
		return err
	})
	return page, err
}

// titleHas tells whether each word begins a word of the title. It is judged
// here since the database folds ASCII letters only.
func titleHas(title string, words []string) bool {
	have := engine.FoldWords(title)
	for _, w := range words {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

// Campaign gives one campaign with the number of its coupons and, whether it
// runs or not, what was used of its limits.
func (d *DB) Campaign(ctx context.Context, a engine.Actor, id engine.ID) (engine.Campaign, error) {
	var c engine.Campaign
	err := d.read(ctx, func(t *tx) (err error) {
		if c, err = t.campaign(a.StoreID, id); err != nil || c.Promo.Limits == (engine.Limits{}) {
			return err
		}
		c.Used, err = t.usageOf(a.StoreID, c.Offer(), engine.ID{}, 0)
		return err
	})
	return c, err
}

// SaveCampaign makes a campaign, as a draft unless its State says active, or
// changes one; the state of an existing one is changed by SetCampaignState.
func (d *DB) SaveCampaign(ctx context.Context, a engine.Actor, c engine.Campaign) (engine.Campaign, error) {
	if err := a.Need(engine.MayEditCampaigns); err != nil {
		return engine.Campaign{}, err
	}
	for _, s := range []*string{&c.Title, &c.OfferText, &c.Link, &c.Source, &c.Ad} {
		*s = strings.TrimSpace(*s)
	}
	c = tidyTexts(tidyPromo(c))
	c.Used = engine.Usage{}
	if err := firstError(c.Check(), checkPromo(c), delivery.CheckCampaignWording(c.Wording)); err != nil {
		return engine.Campaign{}, err
	}
	var saved engine.Campaign
	err := d.write(ctx, func(t *tx) (err error) {
		if c.ID.IsZero() {
			saved, err = t.addCampaign(a, c)
		} else {
			saved, err = t.editCampaign(a, c)
		}
		return err
	})
	return saved, err
}

func (t *tx) addCampaign(a engine.Actor, c engine.Campaign) (engine.Campaign, error) {
	t.changeOffers()
	if _, err := t.store(a.StoreID); err != nil {
		return c, err
	}
	if c.State != engine.CampaignActive {
		c.State = engine.CampaignDraft
	}
	c.ID, c.Created, c.Updated, c.Issued = t.newID(), t.now, t.now, 0
	c.HoldbackSince = t.holdbackSince(engine.Campaign{}, c)
	if err := t.codeFree(a.StoreID, c); err != nil {
		return c, err
	}
	detail, err := changes(engine.Campaign{}, c)
	if err != nil {
		return c, err
	}
	args, err := campaignValues(a.StoreID, c)
	if err != nil {
		return c, err
	}
	if _, err := t.exec(campaignInsert, append(args, string(c.State), t.now)...); err != nil {
		return c, err
	}
	if err := t.changeHoldback(a.StoreID, engine.Campaign{}, c); err != nil {
		return c, err
	}
	return c, t.audit(a, "campaign.add", "campaign", c.ID, detail, "")
}

func (t *tx) editCampaign(a engine.Actor, c engine.Campaign) (engine.Campaign, error) {
	t.changeOffers()
	before, err := t.campaign(a.StoreID, c.ID)
	if err != nil {
		return c, err
	}
	c.State, c.Created, c.Updated, c.Issued = before.State, before.Created, before.Updated, before.Issued
	c.HoldbackSince = t.holdbackSince(before, c)
	detail, err := changes(before, c)
	if err != nil {
		return c, err
	}
	if detail == "" {
		return before, nil
	}
	if err := t.codeFree(a.StoreID, c); err != nil {
		return c, err
	}
	args, err := campaignValues(a.StoreID, c)
	if err != nil {
		return c, err
	}
	ok, err := t.changed(campaignUpdate, append(args, t.now)...)
	if err != nil {
		return c, err
	}
	if !ok {
		return c, engine.Refuse(engine.CodeCampaignState, "state", before.State)
	}
	if err := t.changeHoldback(a.StoreID, before, c); err != nil {
		return c, err
	}
	c.Updated = t.now
	return c, t.audit(a, "campaign.edit", "campaign", c.ID, detail, "")
}

// campaignValues are the first twenty-three parameters of campaignInsert and
// campaignUpdate.
func campaignValues(storeID engine.ID, c engine.Campaign) ([]any, error) {
	offer, err := promoText(c)
	return []any{
		storeID, c.ID, c.Title, c.Terms.Cashback, c.Terms.MaxDiscount, c.Terms.MinSale, c.Terms.MaxSale,
		c.Terms.Lifetime, c.Terms.ValidAfter, c.StartsOn, c.EndsOn, c.OfferText, c.Link, c.Source, c.Ad, offer, string(c.OnReturn),
		writeTextPlan(c.Texts), c.Wording.Issue, c.Wording.Day, c.Wording.Last, c.Holdback, c.HoldbackSince,
	}, err
}

// stateActions names the action of the audit log that leads to a state, and so
// lists the states that a campaign can be put into.
var stateActions = map[engine.CampaignState]string{
	engine.CampaignActive: "campaign.activate",
	engine.CampaignPaused: "campaign.pause",
	engine.CampaignEnded:  "campaign.end",
}

// SetCampaignState activates, pauses or ends a campaign. One that has ended,
// by hand or by its date, stays so; a draft cannot be paused. The state it
// already has changes nothing.
func (d *DB) SetCampaignState(ctx context.Context, a engine.Actor, id engine.ID, s engine.CampaignState) (engine.Campaign, error) {
	var c engine.Campaign
	if err := a.Need(engine.MayEditCampaigns); err != nil {
		return c, err
	}
	action, ok := stateActions[s]
	if !ok {
		return c, engine.BadInput(engine.CodeCampaignState, "state", s)
	}
	err := d.write(ctx, func(t *tx) (err error) {
		c, err = t.setCampaignState(a, id, s, action)
		return err
	})
	return c, err
}

func (t *tx) setCampaignState(a engine.Actor, id engine.ID, s engine.CampaignState, action string) (engine.Campaign, error) {
	t.changeOffers()
	c, err := t.campaign(a.StoreID, id)
	if err != nil || c.State == s {
		return c, err
	}
	st, err := t.store(a.StoreID)
	if err != nil {
		return c, err
	}
	today := c.StateOn(st.Today(t.now))
	if today == engine.CampaignEnded && s != engine.CampaignEnded || c.State == engine.CampaignDraft && s == engine.CampaignPaused {
		return c, engine.Refuse(engine.CodeCampaignState, "state", today)
	}
	next := c
	next.State = s
	if err := t.codeFree(a.StoreID, next); err != nil {
		return c, err
	}
	ok, err := t.changed(campaignSetState, a.StoreID, id, string(s), t.now, string(c.State))
	if err != nil {
		return c, err
	}
	if !ok {
		return c, engine.Refuse(engine.CodeCampaignState, "state", today)
	}
	next.Updated = t.now
	return next, t.audit(a, action, "campaign", id, "state="+string(c.State)+">"+string(s), "")
}
