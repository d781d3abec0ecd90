package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bounceback/engine"
)

const keyColumns = `
k.id, k.staff_id, s.name, s.role, s.active, k.kind, k.fingerprint, k.comment, coalesce(r.name, ''), k.created, k.last_used
  FROM staff_key k
  JOIN staff s ON s.store_id = k.store_id AND s.id = k.staff_id
  LEFT JOIN register r ON r.store_id = k.store_id AND r.id = k.register_id`

var (
	keysAll       = declare(`SELECT ` + keyColumns + ` WHERE k.store_id = $1 ORDER BY k.id`)
	keyByID       = declare(`SELECT ` + keyColumns + ` WHERE k.store_id = $1 AND k.id = $2`)
	keyOwner      = declare(`SELECT store_id, id, register_id FROM staff_key WHERE fingerprint = $1`)
	keyUsed       = declare(`UPDATE staff_key SET last_used = $3 WHERE store_id = $1 AND id = $2`)
	keyDelete     = declare(`DELETE FROM staff_key WHERE store_id = $1 AND id = $2`)
	registersByID = declare(`SELECT id, name, branch FROM register WHERE store_id = $1 ORDER BY id`)
	keyInsert     = declare(`
INSERT INTO staff_key (store_id, id, staff_id, register_id, kind, fingerprint, public_key, comment, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
)

func scanKey(k *engine.StaffKey) []any {
	return []any{
		&k.ID, &k.StaffID, &k.Staff, &k.Role, &k.Active, &k.Kind, &k.Fingerprint, &k.Comment, &k.Register, &k.Created, &k.LastUsed,
	}
}

// StaffKeys lists the keys of the store by the names of their holders.
func (d *DB) StaffKeys(ctx context.Context, a engine.Actor) ([]engine.StaffKey, error) {
	if err := a.Need(engine.MayEditStaff); err != nil {
		return nil, err
	}
	out := []engine.StaffKey{}
	err := d.read(ctx, func(t *tx) error {
		return t.rows(keysAll, []any{a.StoreID}, func(scan func(...any) error) error {
			var k engine.StaffKey
			err := scan(scanKey(&k)...)
			out = append(out, k)
			return err
		})
	})
	slices.SortStableFunc(out, func(a, b engine.StaffKey) int { return cmp.Compare(foldName(a.Staff), foldName(b.Staff)) })
	return out, err
}

// AddStaffKey gives a key to somebody who works in the actor's store.
// CodeKeyTaken if it is somebody's already: a key opens one store, as one
// person.
func (d *DB) AddStaffKey(ctx context.Context, a engine.Actor, n engine.NewStaffKey) (engine.StaffKey, error) {
	n.Comment, n.Register = strings.TrimSpace(n.Comment), strings.TrimSpace(n.Register)
	err := firstError(a.Need(engine.MayEditStaff), n.Check())
	if err == nil && n.Register != "" {
		err = checkRegister(n.Register, "")
	}
	if err != nil {
		return engine.StaffKey{}, err
	}
	var k engine.StaffKey
	err = d.write(ctx, func(t *tx) (err error) {
		k, err = t.addKey(a, n)
		return err
	})
	if err != nil {
		return engine.StaffKey{}, err
	}
	return k, nil
}

func (t *tx) addKey(a engine.Actor, n engine.NewStaffKey) (engine.StaffKey, error) {
	var k engine.StaffKey
	who, err := t.staff(a.StoreID, n.StaffID)
	if err == nil && !who.Active {
		err = engine.Refuse(engine.CodeStaffUnknown)
	}
	if err != nil {
		return k, err
	}
	print := engine.KeyFingerprint(n.Public)
	if err := t.keyFree(a.StoreID, print); err != nil {
		return k, err
	}
	var till engine.Register
	if n.Register != "" {
		if till, err = t.placeRegister(a.StoreID, n.Register, ""); err != nil {
			return k, err
		}
	}
	id := t.newID()
	if _, err := t.exec(keyInsert, a.StoreID, id, who.ID, till.ID, n.Kind, print, n.Public, n.Comment, t.now); err != nil {
		return k, err
	}
	if _, err := t.row(keyByID, []any{a.StoreID, id}, scanKey(&k)...); err != nil {
		return k, err
	}
	return k, t.audit(a, "staff.key_add", "staff", who.ID, facts("name", who.Name, "key", print, "comment", n.Comment, "register", k.Register), "")
}

// keyFree refuses a key that somebody has. Whose it is in another store is not
// told.
func (t *tx) keyFree(storeID engine.ID, print string) error {
	owner, id, _, found, err := t.keyOwner(print)
	if err != nil || !found {
		return err
	}
	if owner != storeID {
		return engine.Refuse(engine.CodeKeyOthers)
	}
	var k engine.StaffKey
	if _, err := t.row(keyByID, []any{owner, id}, scanKey(&k)...); err != nil {
		return err
	}
	return engine.Refuse(engine.CodeKeyTaken, "name", k.Staff)
}

// keyOwner finds the store of a key, the key in it and its till; a zero till is
// the store's first.
func (t *tx) keyOwner(print string) (storeID, id, till engine.ID, found bool, err error) {
	found, err = t.row(keyOwner, []any{print}, &storeID, &id, &till)
	return storeID, id, till, found, err
}

// RemoveStaffKey takes a key away and gives it as it was; CodeKeyUnknown.
func (d *DB) RemoveStaffKey(ctx context.Context, a engine.Actor, id engine.ID) (engine.StaffKey, error) {
	if err := a.Need(engine.MayEditStaff); err != nil {
		return engine.StaffKey{}, err
	}
	var k engine.StaffKey
	err := d.write(ctx, func(t *tx) error {
		found, err := t.row(keyByID, []any{a.StoreID, id}, scanKey(&k)...)
		if err == nil && !found {
			err = engine.Refuse(engine.CodeKeyUnknown)
		}
		if err != nil {
			return err
		}
		if _, err := t.exec(keyDelete, a.StoreID, id); err != nil {
			return err
		}
		return t.audit(a, "staff.key_remove", "staff", k.StaffID, facts("name", k.Staff, "key", k.Fingerprint, "comment", k.Comment), "")
	})
	if err != nil {
		return engine.StaffKey{}, err
	}
	return k, nil
}

// KeyHolder tells whose key it is, by its fingerprint: CodeKeyUnknown,
// CodeKeyInactive. It answers for every store of the file: a key has none until
// this has told.
func (d *DB) KeyHolder(ctx context.Context, fingerprint string) (engine.KeyHolder, error) {
	var h engine.KeyHolder
	err := d.read(ctx, func(t *tx) (err error) {
		h, _, err = t.keyHolder(fingerprint)
		return err
	})
	if err != nil {
		return engine.KeyHolder{}, err
	}
	return h, nil
}

func (t *tx) keyHolder(print string) (h engine.KeyHolder, till engine.ID, err error) {
	storeID, id, till, found, err := t.keyOwner(print)
	if err == nil && !found {
		err = engine.Refuse(engine.CodeKeyUnknown)
	}
	if err != nil {
		return h, till, err
	}
	if _, err = t.row(keyByID, []any{storeID, id}, scanKey(&h.Key)...); err != nil {
		return h, till, err
	}
	if h.Store, err = t.store(storeID); err != nil {
		return h, till, err
	}
	who, err := t.staff(storeID, h.Key.StaffID)
	if err == nil && !who.Active {
		err = engine.Refuse(engine.CodeKeyInactive, "name", who.Name)
	}
	h.Staff = who.Staff
	return h, till, err
}

// CodeKeyNote says that a key's holder came in without a note of it.
const CodeKeyNote engine.Code = "key_note"

// SignInByKey gives the actor of a key that was proven: its holder, at the
// register called till, or else the key's own, or else the store's first. A
// name that is like those of the store's registers, but none of theirs, is
// CodeTillInAddress. No register is made for a name nobody knows. Where the file
// can be read but not written, as on a full disk, the actor comes along with
// CodeKeyNote.
func (d *DB) SignInByKey(ctx context.Context, fingerprint, till string, from engine.Origin) (engine.Actor, error) {
	var a engine.Actor
	var key engine.ID
	err := d.read(ctx, func(t *tx) error {
		h, own, err := t.keyHolder(fingerprint)
		if err != nil {
			return err
		}
		r, err := t.tillOf(h.Store.ID, own, till)
		a = engine.Actor{
			StoreID: h.Store.ID, StaffID: h.Staff.ID, Staff: h.Staff.Name, Role: h.Staff.Role,
			RegisterID: r.ID, Register: r.Name, Origin: from,
		}
		key = h.Key.ID
		return err
	})
	if err != nil {
		return engine.Actor{}, err
	}
	err = d.write(ctx, func(t *tx) error {
		if _, err := t.exec(keyUsed, a.StoreID, key, t.now); err != nil {
			return err
		}
		return t.audit(a, "staff.key_sign_in", "staff", a.StaffID, facts("key", fingerprint), "")
	})
	if err != nil {
		return a, engine.Broken(CodeKeyNote, err)
	}
	return a, nil
}

// tillOf is the register of a name as it is typed in an address: till1 is
// Till 1.
func (t *tx) tillOf(storeID, own engine.ID, name string) (engine.Register, error) {
	var all []engine.Register
	err := t.rows(registersByID, []any{storeID}, func(scan func(...any) error) error {
		var r engine.Register
		err := scan(&r.ID, &r.Name, &r.Branch)
		all = append(all, r)
		return err
	})
	if err != nil {
		return engine.Register{}, err
	}
	if len(all) == 0 {
		return engine.Register{}, engine.Refuse(CodeRegisterUnknown)
	}
	wanted := addressName(name)
	for _, r := range all {
		if wanted != "" && addressName(r.Name) == wanted {
			return r, nil
		}
	}
	if meansTill(name, all) {
		return engine.Register{}, unknownTill(name, all)
	}
	for _, r := range all {
		if r.ID == own {
			return r, nil
		}
	}
	return all[0], nil
}

// meansTill tells whether a name that is no register's was meant for one: it
// differs from one only in its number, or holds a space, which no name of a
// person's account does. Of Till 1, till5 is such a name, and ana is not.
func meansTill(name string, all []engine.Register) bool {
	stem := func(s string) string { return strings.Trim(addressName(s), "0123456789") }
	wanted := stem(name)
	return strings.Contains(strings.TrimSpace(name), " ") ||
		wanted != "" && slices.ContainsFunc(all, func(r engine.Register) bool { return stem(r.Name) == wanted })
}

// CodeTillInAddress says that an address names a register the store does not
// have; with till, names.
const CodeTillInAddress engine.Code = "till_in_address"

// mostTillsNamed is how many registers a refusal names.
const mostTillsNamed = 20

func unknownTill(name string, all []engine.Register) error {
	var names []string
	for _, r := range all[:min(mostTillsNamed, len(all))] {
		names = append(names, r.Name)
	}
	return engine.Refuse(CodeTillInAddress, "till", name, "names", names)
}

// addressName is a name without what an address leaves out: capitals, accents,
// spaces and marks.
func addressName(name string) string { return strings.Join(engine.FoldWords(name), "") }
