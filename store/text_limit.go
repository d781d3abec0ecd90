package store

import "bounceback/engine"

var messagesUnlimit = declare(`
UPDATE message SET due = $2, reason = '' WHERE store_id = $1 AND state = 'queued' AND reason <> '' AND reason = 'month_limit'`)

// easeLimit lets texts that the month's limit holds back be looked at again
// when the limit is raised or gone, or a text has another price.
func (t *tx) easeLimit(was, now engine.Settings, storeID engine.ID) error {
	before, after := was.Count(engine.SetTextLimit), now.Count(engine.SetTextLimit)
	raised := before != 0 && (after == 0 || after > before)
	if !raised && was.Count(engine.SetTextPrice) == now.Count(engine.SetTextPrice) {
		return nil
	}
	_, err := t.exec(messagesUnlimit, storeID, t.now)
	return err
}
