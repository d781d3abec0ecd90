package store

import (
	"context"
	"slices"

	"bounceback/engine"
)

var (
	controlCampaigns = declare(`
SELECT g.id, g.title, g.holdback, g.holdback_since, g.state, g.ends_on,
       (SELECT b.share FROM holdback b WHERE b.store_id = g.store_id AND b.campaign_id = g.id ORDER BY b.since DESC LIMIT 1)
  FROM campaign g WHERE g.store_id = $1 AND g.holdback_since > 0 ORDER BY g.id DESC`)
	// $3 is today: of coupons whose last day is before it the life is over.
	controlSums = declare(`
SELECT ` + trialSum("customers", "held = 0 AND last_day < $3") + `, ` + trialSum("returned", "held = 0 AND last_day < $3") + `,
       ` + trialSum("customers", "held = 1 AND last_day < $3") + `, ` + trialSum("returned", "held = 1 AND last_day < $3") + `,
       ` + trialSum("cost", "last_day < $3") + `,
       ` + trialSum("customers", "held = 0 AND last_day >= $3") + `, ` + trialSum("customers", "held = 1 AND last_day >= $3") + `,
       coalesce(min(CASE WHEN last_day < $3 AND customers > 0 THEN day END), 0),
       coalesce(max(CASE WHEN last_day < $3 AND customers > 0 THEN day END), 0),
       coalesce(max(CASE WHEN last_day >= $3 AND customers > 0 THEN last_day END), 0)
  FROM trial_summary WHERE store_id = $1 AND campaign_id = $2 AND day >= $4 AND day <= $5`)
	controlTexts = declare(`
SELECT CAST(coalesce(sum(text_cost), 0) AS BIGINT), CAST(coalesce(sum(issued), 0) AS BIGINT) FROM coupon_summary
 WHERE store_id = $1 AND campaign_id = $2 AND issued_on >= $4 AND issued_on <= $5 AND last_day < $3`)
)

// trialSum is the sum of a column of trial_summary where something holds.
func trialSum(column, where string) string {
	return "CAST(coalesce(sum(CASE WHEN " + where + " THEN " + column + " ELSE 0 END), 0) AS BIGINT)"
}

// Control tells what the control groups say: of one campaign, or with the zero
// ID of each that has or had one, newest first; of the customers whose first
// sale was on some days, both included, a zero day being no bound.
// CodeCampaignUnknown if the campaign has never had a control group.
func (d *DB) Control(ctx context.Context, a engine.Actor, campaign engine.ID, from, to engine.Day) ([]engine.Comparison, error) {
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return nil, err
	}
	var out []engine.Comparison
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		out, err = t.controls(st, from, to)
		return err
	})
	if err != nil || campaign.IsZero() {
		return out, err
	}
	i := slices.IndexFunc(out, func(c engine.Comparison) bool { return c.CampaignID == campaign })
	if i < 0 {
		return nil, engine.Refuse(engine.CodeCampaignUnknown)
	}
	return out[i : i+1], nil
}

// controls gives the comparisons of all campaigns that have or had one.
func (t *tx) controls(st engine.Store, from, to engine.Day) ([]engine.Comparison, error) {
	today := st.Today(t.now)
	out := []engine.Comparison{}
	var running []bool // whether more first sales are to come
	err := t.rows(controlCampaigns, []any{st.ID}, func(scan func(...any) error) error {
		var g engine.Campaign
		var latest engine.BP
		err := scan(&g.ID, &g.Title, &g.Holdback, &g.HoldbackSince, &g.State, &g.EndsOn, &latest)
		c := engine.Comparison{CampaignID: g.ID, Campaign: g.Title, Share: g.Holdback, Since: st.Today(g.HoldbackSince), From: from, To: to}
		c.Counts.Held = latest
		c.Counts.Least = engine.BP(st.Settings.Count(engine.SetLeastUplift))
		out = append(out, c)
		running = append(running, g.Holdback > 0 && g.StateOn(today) == engine.CampaignActive && (to == 0 || to >= today))
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		if err := t.controlOf(st, &out[i], today, running[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// controlOf fills in the counts of a comparison. more tells whether more first
// sales are to come.
func (t *tx) controlOf(st engine.Store, c *engine.Comparison, today engine.Day, more bool) error {
	from, to := c.From, c.To
	if to == 0 {
		to = lastDay
	}
	n, span := &c.Counts, []any{st.ID, c.CampaignID, today, from, to}
	var first, last engine.Day
	_, err := t.row(controlSums, span, &n.Treated.Of, &n.Treated.Hits, &n.Control.Of, &n.Control.Hits, &n.Cost,
		&c.Running.Treated, &c.Running.Held, &first, &last, &c.Running.Last)
	if err != nil {
		return err
	}
	if c.Running.Last != 0 {
		c.Running.Last++
	}
	if more && first != 0 {
		n.Days = int64(last-first) + 1
	}
	if err := t.addTextCost(st, n, span); err != nil {
		return err
	}
	c.Report = n.Report()
	return nil
}

// addTextCost adds what the texts about the coupons cost: of all coupons of the
// days the share that the first ones of the treated are of their number.
func (t *tx) addTextCost(st engine.Store, n *engine.ControlCounts, span []any) error {
	var cost engine.Micros
	var issued int64
	if _, err := t.row(controlTexts, span, &cost, &issued); err != nil || cost == 0 || issued == 0 {
		return err
	}
	share, err := engine.Share(engine.Minor(cost), engine.Minor(min(n.Treated.Of, issued)), engine.Minor(issued), engine.HalfUp)
	if err != nil {
		return err
	}
	n.Cost += engine.Micros(share).Minor(st.Exponent)
	return nil
}
