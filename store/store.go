package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
)

// Codes of stores in a file.
const (
	CodeStoreUnknown  engine.Code = "store_unknown"  // the actor's store is not in the file
	CodeStoreNotFound engine.Code = "store_missing"  // with name: no store of this title or id
	CodeStoreExists   engine.Code = "store_exists"   // with title
	CodeCurrencyFixed engine.Code = "currency_fixed" // with currency: there are sales in it
	CodeBadLanguage   engine.Code = "bad_language"   // with language, languages
)

const storeColumns = `id, title, country, currency, exponent, timezone, language, step, created`

var (
	storeByID   = declare(`SELECT ` + storeColumns + ` FROM store WHERE id = $1`)
	storesAll   = declare(`SELECT ` + storeColumns + ` FROM store ORDER BY id`)
	storeInsert = declare(`
INSERT INTO store (title, country, currency, exponent, timezone, language, step, id, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	storeUpdate = declare(`
UPDATE store SET title = $1, country = $2, currency = $3, exponent = $4, timezone = $5, language = $6, step = $7 WHERE id = $8`)
	settingsOf    = declare(`SELECT name, value FROM setting WHERE store_id = $1 ORDER BY name`)
	settingInsert = declare(`
INSERT INTO setting (store_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (store_id, name) DO UPDATE SET value = excluded.value`)
	settingDelete = declare(`DELETE FROM setting WHERE store_id = $1 AND name = $2`)
	saleAny       = declare(`SELECT id FROM sale WHERE store_id = $1 ORDER BY id LIMIT 1`)
)

func scanStore(s *engine.Store) []any {
	return []any{&s.ID, &s.Title, &s.Country, &s.Currency, &s.Exponent, &s.Timezone, &s.Language, &s.Step, &s.Created}
}

// storeValues are $1 to $8 of storeInsert and storeUpdate.
func storeValues(s engine.Store) []any {
	return []any{s.Title, s.Country, s.Currency, s.Exponent, s.Timezone, s.Language, s.Step, s.ID}
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
// changes the store, which must not ask for it after that.
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

// allStores lists the stores of the file, the oldest first, without settings.
func (t *tx) allStores() ([]engine.Store, error) {
	var out []engine.Store
	err := t.rows(storesAll, nil, func(scan func(...any) error) error {
		var s engine.Store
		err := scan(scanStore(&s)...)
		out = append(out, s)
		return err
	})
	return out, err
}

// TheStore is the store of a title or id; an empty name is the only store of
// the file.
func (d *DB) TheStore(ctx context.Context, name string) (engine.Store, error) {
	var s engine.Store
	err := d.read(ctx, func(t *tx) error {
		all, err := t.allStores()
		if err != nil {
			return err
		}
		if s, err = pickStore(all, name); err != nil {
			return err
		}
		s.Settings, err = t.settings(s.ID)
		return err
	})
	return s, err
}

func pickStore(all []engine.Store, name string) (engine.Store, error) {
	switch {
	case len(all) == 0:
		return engine.Store{}, engine.Refuse(engine.CodeNoStore)
	case name == "" && len(all) == 1:
		return all[0], nil
	case name == "":
		titles := make([]string, len(all))
		for i, s := range all {
			titles[i] = s.Title
		}
		return engine.Store{}, engine.BadInput(engine.CodeWhichStore, "titles", titles)
	}
	for _, s := range all {
		if s.ID.String() == strings.ToLower(name) || sameTitle(s.Title, name) {
			return s, nil
		}
	}
	return engine.Store{}, engine.BadInput(CodeStoreNotFound, "name", name)
}

// sameTitle compares titles the way people do.
func sameTitle(a, b string) bool {
	return slices.Equal(engine.FoldWords(a), engine.FoldWords(b)) && strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// titleFree refuses the title of another store of the file.
func (t *tx) titleFree(title string, own engine.ID) error {
	all, err := t.allStores()
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID != own && sameTitle(s.Title, title) {
			return engine.Refuse(CodeStoreExists, "title", s.Title)
		}
	}
	return nil
}

// checkStore is the engine's check and what needs the words and the rules of
// texts.
func checkStore(s engine.Store) error {
	if err := s.Check(); err != nil {
		return err
	}
	if known := words.Languages(); !slices.Contains(known, s.Language) {
		return engine.BadInput(CodeBadLanguage, "language", s.Language, "languages", known)
	}
	for name, value := range s.Settings {
		if err := delivery.CheckSetting(name, value); err != nil {
			return err
		}
	}
	return delivery.CheckWordings(s)
}

// FirstRun makes a store with its first register, its owner, whose PIN may be
// empty, and an active campaign on the store's standard terms, and gives the
// owner. A file may hold several stores of different titles.
func (d *DB) FirstRun(ctx context.Context, s engine.Store, owner, pin, register, campaign string, from engine.Origin) (engine.Actor, error) {
	s.Title = strings.TrimSpace(s.Title)
	boss := engine.StaffEdit{Name: owner, Role: engine.Owner, PIN: &pin, Active: true}
	ready := tidyPromo(engine.Campaign{Title: strings.TrimSpace(campaign), Terms: s.Settings.StandardTerms(), State: engine.CampaignActive})
	if err := firstError(checkStore(s), boss.Check(), ready.Check(), checkRegister(register, "")); err != nil {
		return engine.Actor{}, err
	}
	secret, err := d.newPIN(pin)
	if err != nil {
		return engine.Actor{}, err
	}
	a := engine.Actor{Origin: from, Role: engine.Owner}
	err = d.write(ctx, func(t *tx) error {
		if err := t.addStore(&a, s); err != nil {
			return err
		}
		who, err := t.addStaff(a, boss, secret)
		if err != nil {
			return err
		}
		till, err := t.addRegister(a.StoreID, register, "")
		if err != nil {
			return err
		}
		a.StaffID, a.Staff, a.RegisterID, a.Register = who.ID, who.Name, till.ID, till.Name
		if err := t.audit(a, auditFirst, "store", a.StoreID, storeFacts(engine.Store{}, s), ""); err != nil {
			return err
		}
		_, err = t.addCampaign(a, ready)
		return err
	})
	if err != nil {
		return engine.Actor{}, err
	}
	return a, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) addStore(a *engine.Actor, s engine.Store) error {
	if err := t.titleFree(s.Title, engine.ID{}); err != nil {
		return err
	}
	s.ID = t.newID()
	a.StoreID = s.ID
	if _, err := t.exec(storeInsert, append(storeValues(s), t.now)...); err != nil {
		return err
	}
	return t.saveSettings(s.ID, nil, s.Settings)
}

// SaveStore changes a store and its settings. The currency stays once there
// are sales in it.
func (d *DB) SaveStore(ctx context.Context, a engine.Actor, s engine.Store) (engine.Store, error) {
	s.Title, s.ID = strings.TrimSpace(s.Title), a.StoreID
	if err := firstError(a.Need(engine.MayEditSettings), checkStore(s)); err != nil {
		return engine.Store{}, err
	}
	err := d.write(ctx, func(t *tx) error {
		was, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		s.Created = was.Created
		return t.saveStore(a, was, s)
	})
	if err != nil {
		return engine.Store{}, err
	}
	s.Settings = maps.Clone(s.Settings)
	return s, nil
}

func (t *tx) saveStore(a engine.Actor, was, s engine.Store) error {
	if err := firstError(t.titleFree(s.Title, s.ID), t.currencyFree(was, s)); err != nil {
		return err
	}
	detail := storeFacts(was, s)
	if detail == "" {
		return nil
	}
	t.changeStore()
	if _, err := t.exec(storeUpdate, storeValues(s)...); err != nil {
		return err
	}
	if err := t.saveSettings(s.ID, was.Settings, s.Settings); err != nil {
		return err
	}
	if err := t.easeHolds(was, s); err != nil {
		return err
	}
	return t.audit(a, "store.edit", "store", s.ID, detail, "")
}

func (t *tx) currencyFree(was, s engine.Store) error {
	if was.Currency == s.Currency {
		return nil
	}
	sold, err := t.row(saleAny, []any{s.ID}, &engine.ID{})
	if err == nil && sold {
		err = engine.Refuse(CodeCurrencyFixed, "currency", was.Currency)
	}
	return err
}

func (t *tx) saveSettings(id engine.ID, was, now engine.Settings) error {
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if _, kept := now[name]; kept {
			continue
		}
		if _, err := t.exec(settingDelete, id, string(name)); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if v, had := was[name]; had && v == now[name] {
			continue
		}
		if _, err := t.exec(settingInsert, id, string(name), now[name]); err != nil {
			return err
		}
	}
	return nil
}

// storeFacts tells what of a store differs, for the audit log.
func storeFacts(was, now engine.Store) string {
	var pairs []any
	note := func(name string, before, after any) {
		if before != after {
			pairs = append(pairs, name, after)
		}
	}
	note("title", was.Title, now.Title)
	note("country", was.Country, now.Country)
	note("currency", was.Currency, now.Currency)
	note("timezone", was.Timezone, now.Timezone)
	note("language", was.Language, now.Language)
	note("step", was.Step, now.Step)
	for _, d := range engine.SettingDefs {
		note(string(d.Name), was.Settings.Text(d.Name), now.Settings.Text(d.Name))
	}
	return facts(pairs...)
}
