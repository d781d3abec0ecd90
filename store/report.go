package store

import (
	"context"

	"bounceback/engine"
)

var (
	reportCampaigns = declare(`
SELECT g.id, g.title, g.state, g.starts_on, g.ends_on, g.offer, coalesce(u.total, 0), coalesce(u.spent, 0)
  FROM campaign g LEFT JOIN offer_use u ON u.store_id = g.store_id AND u.campaign_id = g.id
 WHERE g.store_id = $1 ORDER BY g.id DESC`)
	dayToday = declare(`
SELECT sales, gross, discount, net, issued, redeemed FROM day_summary WHERE store_id = $1 AND day = $2`)
	productAny = declare(`SELECT id FROM product WHERE store_id = $1 AND active = 1 ORDER BY id LIMIT 1`)
)

// CampaignReport gives the figures of every campaign, newest first, from the
// sums kept with each sale: of the coupons issued on some days, both included;
// a zero day is no bound. Of a campaign that gives no coupons it tells how often
// it was used, ever.
func (d *DB) CampaignReport(ctx context.Context, a engine.Actor, from, to engine.Day) ([]engine.CampaignFigures, error) {
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return nil, err
	}
	if to == 0 {
		to = lastDay
	}
	var out []engine.CampaignFigures
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		today := st.Today(t.now)
		sums, err := t.campaignSums(a.StoreID, today, from, to)
		if err != nil {
			return err
		}
		return t.rows(reportCampaigns, []any{a.StoreID}, func(scan func(...any) error) error {
			f, err := scanFared(scan, sums, today)
			out = append(out, f)
			return err
		})
	})
	return out, err
}

// scanFared reads a row of reportCampaigns and adds its sums.
func scanFared(scan func(...any) error, sums map[engine.ID]engine.Slice, today engine.Day) (engine.CampaignFigures, error) {
	var c engine.Campaign
	var use engine.OfferUse
	offer := ""
	err := scan(&c.ID, &c.Title, &c.State, &c.StartsOn, &c.EndsOn, &offer, &use.Uses, &use.Off)
	if err == nil && offer != "" {
		if c.Promo, err = readPromo(c.ID, offer); err != nil {
			err = engine.Broken(CodeCampaignOffer, err, "title", c.Title)
		}
	}
	s := sums[c.ID]
	f := engine.CampaignFigures{CampaignID: c.ID, Title: c.Title, State: c.StateOn(today), CouponFigures: s.CouponFigures, TextUse: s.TextUse}
	if !c.IssuesCoupons() {
		f.Offer = &use
	}
	return f, err
}

// Desk gives what the counter keeps in memory. Version is read before the
// rest, so that a change meanwhile is seen as one.
func (d *DB) Desk(ctx context.Context, a engine.Actor) (engine.Desk, error) {
	version, err := d.Changed(ctx)
	if err != nil {
		return engine.Desk{}, err
	}
	desk := engine.Desk{Version: version}
	err = d.read(ctx, func(t *tx) (err error) {
		if desk.Store, err = t.store(a.StoreID); err != nil {
			return err
		}
		if desk.Campaigns, err = t.activeCampaigns(a.StoreID); err != nil {
			return err
		}
		if desk.Texts, err = t.textDesk(desk.Store); err != nil {
			return err
		}
		if desk.Goods, err = t.row(productAny, []any{a.StoreID}, &engine.ID{}); err != nil {
			return err
		}
		today := desk.Store.Today(t.now)
		if desk.Today, err = t.dayFigures(a.StoreID, today); err != nil {
			return err
		}
		return t.deskOffers(&desk, a.StoreID, today)
	})
	return desk, err
}

// deskOffers adds what the offers of the campaigns need to know besides the
// sale: how far their limits are used up, the gifts, and what goods
// are called.
func (t *tx) deskOffers(desk *engine.Desk, storeID engine.ID, today engine.Day) error {
	offers := make([]engine.Offer, len(desk.Campaigns))
	for i, c := range desk.Campaigns {
		offers[i] = c.Offer()
	}
	var err error
	if desk.Usage, err = t.usage(storeID, offers, engine.ID{}, today); err != nil {
		return err
	}
	desk.Gifts, desk.Names = map[string]engine.Product{}, map[string]string{}
	for _, o := range offers {
		if err := t.deskGoods(desk, storeID, o); err != nil {
			return err
		}
	}
	return nil
}

// deskGoods adds the products that an offer names, and its gift.
func (t *tx) deskGoods(desk *engine.Desk, storeID engine.ID, o engine.Offer) error {
	gift := ""
	if o.Kind == engine.KindGift {
		gift = engine.FoldSKU(o.Gift.SKU)
	}
	for _, sku := range o.SKUs() {
		if _, known := desk.Names[sku]; known && sku != gift {
			continue
		}
		p, found, err := t.product(productBySKU, storeID, sku)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		desk.Names[sku] = p.Name
		if sku == gift {
			desk.Gifts[o.Gift.SKU] = p
		}
	}
	return nil
}

func (t *tx) dayFigures(storeID engine.ID, day engine.Day) (engine.DayFigures, error) {
	f := engine.DayFigures{Day: day}
	_, err := t.row(dayToday, []any{storeID, day}, &f.Sales, &f.Gross, &f.Discount, &f.Net, &f.Issued, &f.Redeemed)
	return f, err
}
