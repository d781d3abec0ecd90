package store

import (
	"maps"

	"bounceback/engine"
)

// CodeStoreUnknown says that the actor's store is not in the file.
const CodeStoreUnknown engine.Code = "store_unknown"

const storeColumns = `id, title, country, currency, exponent, timezone, language, step, created`

var (
	storeByID  = declare(`SELECT ` + storeColumns + ` FROM store WHERE id = $1`)
	settingsOf = declare(`SELECT name, value FROM setting WHERE store_id = $1 ORDER BY name`)
)

func scanStore(s *engine.Store) []any {
	return []any{&s.ID, &s.Title, &s.Country, &s.Currency, &s.Exponent, &s.Timezone, &s.Language, &s.Step, &s.Created}
}

// store gives a store with its settings. In a write transaction it may come
// from the cache; nobody may change its settings in place.
func (t *tx) store(id engine.ID) (engine.Store, error) {
	if t.pool != t.d.writer {
		return t.loadStore(id)
	}
	var version int64
	if _, err := t.row(dataVersion, nil, &version); err != nil {
		return engine.Store{}, err
	}
	c := &t.d.stores
	if epoch := c.epoch.Load(); c.present && c.held.ID == id && c.seen == version && c.seenOn == epoch {
		return c.held, nil
	}
	s, err := t.loadStore(id)
	if err == nil {
		c.held, c.seen, c.seenOn, c.present = s, version, c.epoch.Load(), true
	}
	return s, err
}

// changeStore forgets the cached store. It is called in the transaction that
// changes the store, after which that transaction must not ask for it.
func (t *tx) changeStore() { t.d.stores.present = false }

func (t *tx) loadStore(id engine.ID) (engine.Store, error) {
	var s engine.Store
	found, err := t.row(storeByID, []any{id}, scanStore(&s)...)
	if err != nil {
		return s, err
	}
	if !found {
		return s, engine.Refuse(CodeStoreUnknown)
	}
	s.Settings, err = t.settings(id)
	return s, err
}

func (t *tx) settings(id engine.ID) (engine.Settings, error) {
	out := engine.Settings{}
	err := t.rows(settingsOf, []any{id}, func(scan func(...any) error) error {
		var name engine.Setting
		var value string
		if err := scan(&name, &value); err != nil {
			return err
		}
		out[name] = value
		return nil
	})
	return out, err
}

// ownSettings gives the store with settings that the caller may change.
func ownSettings(s engine.Store) engine.Store {
	s.Settings = maps.Clone(s.Settings)
	return s
}
