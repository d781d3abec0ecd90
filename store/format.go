package store

import (
	"sync"

	"bounceback/engine"
	"bounceback/engine/words"
)

// formats keeps how each store writes amounts and dates, since every sale's
// text needs it.
type formats struct {
	mu   sync.Mutex
	made map[formatKey]*words.Format
}

type formatKey struct{ language, country, currency, timezone string }

// format gives how a store writes amounts and dates.
func (d *DB) format(st engine.Store) (*words.Format, error) {
	key := formatKey{st.Language, st.Country, st.Currency, st.Timezone}
	d.formats.mu.Lock()
	defer d.formats.mu.Unlock()
	if f, ok := d.formats.made[key]; ok {
		return f, nil
	}
	w, err := words.For(st.Language)
	if err != nil {
		return nil, err
	}
	f, err := words.NewFormat(w, st.Country, st.Currency, st.Zone())
	if err != nil {
		return nil, err
	}
	if d.formats.made == nil {
		d.formats.made = map[formatKey]*words.Format{}
	}
	d.formats.made[key] = f
	return f, nil
}
