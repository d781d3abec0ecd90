package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"bounceback/engine"
)

var (
	registerByID     = declare(`SELECT id, name, branch FROM register WHERE store_id = $1 AND id = $2`)
	registerByName   = declare(`SELECT id, name, branch FROM register WHERE store_id = $1 AND name = $2`)
	registerFirst    = declare(`SELECT id, name, branch FROM register WHERE store_id = $1 ORDER BY id LIMIT 1`)
	registersOf      = declare(`SELECT id, name, branch FROM register WHERE store_id = $1`)
	registerInsert   = declare(`INSERT INTO register (store_id, id, name, branch) VALUES ($1, $2, $3, $4)`)
	registerRelocate = declare(`UPDATE register SET branch = $3 WHERE store_id = $1 AND id = $2`)
)

// checkRegister tells whether a register can have a name and branch.
func checkRegister(name, branch string) error {
	name, branch = strings.TrimSpace(name), strings.TrimSpace(branch)
	n, m := utf8.RuneCountInString(name), utf8.RuneCountInString(branch)
	if n == 0 || n > engine.MaxTitle || m > engine.MaxTitle || !engine.CleanText(name+branch) {
		return engine.BadInput(engine.CodeRegisterName, "most", engine.MaxTitle)
	}
	return nil
}

// Register finds or makes the store's register of a name; no name is the
// store's first one. A branch that is given and differs is taken over.
func (d *DB) Register(ctx context.Context, storeID engine.ID, name, branch string) (engine.Register, error) {
	name, branch = strings.TrimSpace(name), strings.TrimSpace(branch)
	var r engine.Register
	var found bool
	if name == "" {
		err := d.read(ctx, func(t *tx) (err error) {
			r, found, err = t.registerWhere(registerFirst, storeID)
			return err
		})
		if err != nil {
			return r, err
		}
		name = r.Name
	}
	if err := checkRegister(name, branch); err != nil {
		return engine.Register{}, err
	}
	err := d.read(ctx, func(t *tx) (err error) {
		r, found, err = t.registerWhere(registerByName, storeID, name)
		return err
	})
	if err != nil || found && (branch == "" || branch == r.Branch) {
		return r, err
	}
	err = d.write(ctx, func(t *tx) (err error) {
		r, err = t.placeRegister(storeID, name, branch)
		return err
	})
	return r, err
}

// Registers lists the store's registers by name.
func (d *DB) Registers(ctx context.Context, storeID engine.ID) (out []engine.Register, err error) {
	err = d.read(ctx, func(t *tx) error {
		return t.rows(registersOf, []any{storeID}, func(scan func(...any) error) error {
			var r engine.Register
			err := scan(&r.ID, &r.Name, &r.Branch)
			out = append(out, r)
			return err
		})
	})
	slices.SortFunc(out, func(a, b engine.Register) int { return strings.Compare(a.Name, b.Name) })
	return out, err
}

func (t *tx) registerWhere(s statement, args ...any) (r engine.Register, found bool, err error) {
	found, err = t.row(s, args, &r.ID, &r.Name, &r.Branch)
	return r, found, err
}

// placeRegister makes the register, unless another till was quicker, or moves
// it to another branch.
func (t *tx) placeRegister(storeID engine.ID, name, branch string) (engine.Register, error) {
	if _, err := t.store(storeID); err != nil {
		return engine.Register{}, err
	}
	r, found, err := t.registerWhere(registerByName, storeID, name)
	if err != nil {
		return r, err
	}
	a := engine.Actor{StoreID: storeID}
	if !found {
		if r, err = t.addRegister(storeID, name, branch); err != nil {
			return r, err
		}
		a.RegisterID = r.ID
		return r, t.audit(a, "store.register", "register", r.ID, facts("name", r.Name, "branch", r.Branch), "")
	}
	if branch == "" || branch == r.Branch {
		return r, nil
	}
	r.Branch, a.RegisterID = branch, r.ID
	if _, err = t.exec(registerRelocate, storeID, r.ID, branch); err != nil {
		return r, err
	}
	return r, t.audit(a, "store.register", "register", r.ID, facts("branch", branch), "")
}

func (t *tx) addRegister(storeID engine.ID, name, branch string) (engine.Register, error) {
	r := engine.Register{ID: t.newID(), Name: strings.TrimSpace(name), Branch: branch}
	_, err := t.exec(registerInsert, storeID, r.ID, r.Name, r.Branch)
	return r, err
}
