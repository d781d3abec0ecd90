package store

import "bounceback/engine"

var (
	holdbackBegin = declare(`
INSERT INTO holdback (store_id, campaign_id, since, share) VALUES ($1, $2, $3, $4)
ON CONFLICT (store_id, campaign_id, since) DO UPDATE SET share = excluded.share, until = 0`)
	holdbackEnd = declare(`
UPDATE holdback SET until = CASE WHEN since > $3 THEN since ELSE $3 END WHERE store_id = $1 AND campaign_id = $2 AND until = 0`)
)

// holdbackSince is when a campaign about to be saved first held customers back.
func (t *tx) holdbackSince(before, c engine.Campaign) engine.Instant {
	if before.HoldbackSince == 0 && c.Holdback > 0 {
		return t.now
	}
	return before.HoldbackSince
}

// changeHoldback notes from when on another share is held back. The comparison
// goes on: a customer stays in the group of the first sale, and those who first
// bought while nobody was held back are left out.
func (t *tx) changeHoldback(storeID engine.ID, before, c engine.Campaign) error {
	if before.Holdback == c.Holdback {
		return nil
	}
	if before.Holdback > 0 {
		if _, err := t.exec(holdbackEnd, storeID, c.ID, t.now); err != nil {
			return err
		}
	}
	if c.Holdback == 0 {
		return nil
	}
	_, err := t.exec(holdbackBegin, storeID, c.ID, t.now, c.Holdback)
	return err
}
