package store

import (
	"slices"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

var messagesLookAgain = declare(`
UPDATE message SET due = $2, reason = '' WHERE store_id = $1 AND state = 'queued' AND reason <> '' AND reason = $3`)

// easeHolds lets texts that are held back be looked at again when what holds
// them is set otherwise.
func (t *tx) easeHolds(was, now engine.Store) error {
	for reason, changed := range map[delivery.Reason]bool{
		delivery.ReasonLimit: limitEased(was.Settings, now.Settings),
		delivery.ReasonQuiet: hoursChanged(was, now),
		// Held for the customer's pace, a text waits for the next hour in which it
		// may go, too.
		delivery.ReasonPace: hoursChanged(was, now) ||
			anyChanged(was.Settings, now.Settings, engine.SetTextGap, engine.SetTextPerWeek, engine.SetTextExempt),
	} {
		if !changed {
			continue
		}
		if _, err := t.exec(messagesLookAgain, now.ID, t.now, string(reason)); err != nil {
			return err
		}
	}
	return nil
}

// limitEased tells whether the month's limit is raised or gone, or a text has
// another price.
func limitEased(was, now engine.Settings) bool {
	before, after := was.Price(engine.SetTextLimit), now.Price(engine.SetTextLimit)
	return before != 0 && (after == 0 || after > before) || was.Price(engine.SetTextPrice) != now.Price(engine.SetTextPrice)
}

// hoursChanged tells whether the hours in which texts go are others, or are
// counted in another zone.
func hoursChanged(was, now engine.Store) bool {
	return was.Timezone != now.Timezone || anyChanged(was.Settings, now.Settings, engine.SetTextFrom, engine.SetTextUntil)
}

func anyChanged(was, now engine.Settings, names ...engine.Setting) bool {
	return slices.ContainsFunc(names, func(name engine.Setting) bool { return was.Text(name) != now.Text(name) })
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
