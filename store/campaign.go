package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"bounceback/engine"
)

const campaignSelect = `
SELECT g.id, g.title, g.cashback, g.max_discount, g.min_sale, g.max_sale, g.lifetime, g.valid_after, g.starts_on,
       g.ends_on, g.offer_text, g.link, g.source, g.ad, g.state, g.created, g.updated,
       (SELECT CAST(coalesce(sum(y.issued), 0) AS BIGINT) FROM coupon_summary y
         WHERE y.store_id = g.store_id AND y.campaign_id = g.id)
  FROM campaign g`

var (
	campaignByID    = declare(campaignSelect + ` WHERE g.store_id = $1 AND g.id = $2`)
	campaignsBelow  = declare(campaignSelect + ` WHERE g.store_id = $1 AND g.id < $2 ORDER BY g.id DESC`)
	campaignsActive = declare(`
SELECT g.id, g.title, g.cashback, g.max_discount, g.min_sale, g.max_sale, g.lifetime, g.valid_after, g.starts_on,
       g.ends_on, g.offer_text, g.link, g.source, g.ad, g.state, g.created, g.updated, 0
  FROM campaign g WHERE g.store_id = $1 AND g.state = 'active' ORDER BY g.id`)
	campaignInsert = declare(`
INSERT INTO campaign (store_id, id, title, cashback, max_discount, min_sale, max_sale, lifetime, valid_after, starts_on,
                      ends_on, offer_text, link, source, ad, state, created, updated)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)`)
	campaignUpdate = declare(`
UPDATE campaign SET title = $3, cashback = $4, max_discount = $5, min_sale = $6, max_sale = $7, lifetime = $8,
       valid_after = $9, starts_on = $10, ends_on = $11, offer_text = $12, link = $13, source = $14, ad = $15, updated = $16
 WHERE store_id = $1 AND id = $2 AND state <> 'ended' RETURNING id`)
	campaignSetState = declare(`
UPDATE campaign SET state = $3, updated = $4 WHERE store_id = $1 AND id = $2 AND state = $5 RETURNING id`)
)

// scanCampaign reads a row of campaignSelect.
func scanCampaign(scan func(...any) error) (engine.Campaign, error) {
	var c engine.Campaign
	err := scan(&c.ID, &c.Title, &c.Terms.Cashback, &c.Terms.MaxDiscount, &c.Terms.MinSale, &c.Terms.MaxSale,
		&c.Terms.Lifetime, &c.Terms.ValidAfter, &c.StartsOn, &c.EndsOn, &c.OfferText, &c.Link, &c.Source, &c.Ad,
		&c.State, &c.Created, &c.Updated, &c.Issued)
	return c, err
}

// campaign reads one campaign; CodeCampaignUnknown if the store has none of
// that id.
func (t *tx) campaign(storeID, id engine.ID) (engine.Campaign, error) {
	var c engine.Campaign
	found := false
	err := t.rows(campaignByID, []any{storeID, id}, func(scan func(...any) error) (err error) {
		found = true
		c, err = scanCampaign(scan)
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
		c, err := scanCampaign(scan)
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
			c, err := scanCampaign(scan)
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

// Campaign gives one campaign with the number of its coupons.
func (d *DB) Campaign(ctx context.Context, a engine.Actor, id engine.ID) (engine.Campaign, error) {
	var c engine.Campaign
	err := d.read(ctx, func(t *tx) (err error) {
		c, err = t.campaign(a.StoreID, id)
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
	if err := c.Check(); err != nil {
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
	args := append(termArgs(a.StoreID, c), string(c.State), t.now)
	if _, err := t.exec(campaignInsert, args...); err != nil {
		return c, err
	}
	return c, t.audit(a, "campaign.add", "campaign", c.ID, changes(engine.Campaign{}, c), "")
}

func (t *tx) editCampaign(a engine.Actor, c engine.Campaign) (engine.Campaign, error) {
	t.changeOffers()
	before, err := t.campaign(a.StoreID, c.ID)
	if err != nil {
		return c, err
	}
	c.State, c.Created, c.Updated, c.Issued = before.State, before.Created, before.Updated, before.Issued
	detail := changes(before, c)
	if detail == "" {
		return before, nil
	}
	ok, err := t.changed(campaignUpdate, append(termArgs(a.StoreID, c), t.now)...)
	if err != nil {
		return c, err
	}
	if !ok {
		return c, engine.Refuse(engine.CodeCampaignState, "state", before.State)
	}
	c.Updated = t.now
	return c, t.audit(a, "campaign.edit", "campaign", c.ID, detail, "")
}

// termArgs are the first fifteen parameters of campaignInsert and
// campaignUpdate.
func termArgs(storeID engine.ID, c engine.Campaign) []any {
	return []any{
		storeID, c.ID, c.Title, c.Terms.Cashback, c.Terms.MaxDiscount, c.Terms.MinSale, c.Terms.MaxSale,
		c.Terms.Lifetime, c.Terms.ValidAfter, c.StartsOn, c.EndsOn, c.OfferText, c.Link, c.Source, c.Ad,
	}
}

// campaignFact is one thing of a campaign as the audit log writes it.
type campaignFact struct{ name, value string }

func campaignFacts(c engine.Campaign) []campaignFact {
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	day := func(d engine.Day) string {
		if d == 0 {
			return "none"
		}
		return d.String()
	}
	return []campaignFact{
		{"state", string(c.State)},
		{"title", strconv.Quote(c.Title)},
		{"cashback", number(int64(c.Terms.Cashback))},
		{"max_discount", number(int64(c.Terms.MaxDiscount))},
		{"min_sale", number(int64(c.Terms.MinSale))},
		{"max_sale", number(int64(c.Terms.MaxSale))},
		{"lifetime", number(int64(c.Terms.Lifetime))},
		{"valid_after", number(int64(c.Terms.ValidAfter))},
		{"starts_on", day(c.StartsOn)},
		{"ends_on", day(c.EndsOn)},
		{"offer_text", strconv.Quote(c.OfferText)},
		{"link", strconv.Quote(c.Link)},
		{"source", strconv.Quote(c.Source)},
		{"ad", strconv.Quote(c.Ad)},
	}
}

// changes writes what differs between two campaigns as name=old>new.
func changes(before, after engine.Campaign) string {
	var out []string
	was, is := campaignFacts(before), campaignFacts(after)
	for i := range is {
		if was[i] != is[i] {
			out = append(out, is[i].name+"="+was[i].value+">"+is[i].value)
		}
	}
	return strings.Join(out, "; ")
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
	ok, err := t.changed(campaignSetState, a.StoreID, id, string(s), t.now, string(c.State))
	if err != nil {
		return c, err
	}
	if !ok {
		return c, engine.Refuse(engine.CodeCampaignState, "state", today)
	}
	detail := "state=" + string(c.State) + ">" + string(s)
	c.State, c.Updated = s, t.now
	return c, t.audit(a, action, "campaign", id, detail, "")
}
