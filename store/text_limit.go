package store

import "bounceback/engine"

var messagesUnlimit = declare(`
UPDATE message SET due = $2, reason = '' WHERE store_id = $1 AND state = 'queued' AND reason <> '' AND reason = 'month_limit'`)

// easeLimit lets texts that the month's limit holds back be looked at again
// when the limit is raised or gone, or a text has another price.
func (t *tx) easeLimit(was, now engine.Settings, storeID engine.ID) error {
	before, after := was.Price(engine.SetTextLimit), now.Price(engine.SetTextLimit)
	raised := before != 0 && (after == 0 || after > before)
	if !raised && was.Price(engine.SetTextPrice) == now.Price(engine.SetTextPrice) {
		return nil
	}
	_, err := t.exec(messagesUnlimit, storeID, t.now)
	return err
}

// withinLimit refuses a text of so many parts that the month's money is not
// enough for.
func (t *tx) withinLimit(st engine.Store, parts int) error {
	limit, charge := st.Settings.Price(engine.SetTextLimit), st.Settings.Price(engine.SetTextPrice)*engine.Micros(parts)
	if limit == 0 || charge == 0 {
		return nil
	}
	spent, err := t.spent(st.ID, st.Today(t.now))
	if err == nil && spent+charge > limit {
		err = engine.Refuse(engine.CodeTextLimit, "limit", limit, "spent", spent)
	}
	return err
}
