package store

import (
	"context"
	"slices"
	"strings"

	"bounceback/engine"
)

const staffColumns = `
id, name, role, pin_hash, pin_salt, tries, lockouts, locked_until, phone_hash, active, created`

var (
	staffByID   = declare(`SELECT ` + staffColumns + ` FROM staff WHERE store_id = $1 AND id = $2`)
	staffAll    = declare(`SELECT ` + staffColumns + ` FROM staff WHERE store_id = $1 ORDER BY id`)
	staffInsert = declare(`
INSERT INTO staff (store_id, id, name, role, pin_hash, pin_salt, phone_hash, active, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`)
	staffUpdate = declare(`
UPDATE staff SET name = $3, role = $4, pin_hash = $5, pin_salt = $6, phone_hash = $7, active = $8, tries = $9, lockouts = $10,
       locked_until = $11
 WHERE store_id = $1 AND id = $2`)
	staffTried = declare(`
UPDATE staff SET tries = $3, lockouts = $4, locked_until = $5 WHERE store_id = $1 AND id = $2`)
)

// staffRow is a member of staff as stored.
type staffRow struct {
	engine.Staff
	pin      secret
	tries    int
	lockouts int
	locked   engine.Instant // until then
	phone    []byte         // blind index
}

func scanStaff(scan func(...any) error) (staffRow, error) {
	var s staffRow
	err := scan(&s.ID, &s.Name, &s.Role, &s.pin.hash, &s.pin.salt, &s.tries, &s.lockouts, &s.locked, &s.phone, &s.Active, &s.Created)
	s.HasPIN, s.HasPhone = s.pin.hash != nil, s.phone != nil
	return s, err
}

// staff gives one member of staff; CodeStaffUnknown.
func (t *tx) staff(storeID, id engine.ID) (staffRow, error) {
	var s staffRow
	found := false
	err := t.rows(staffByID, []any{storeID, id}, func(scan func(...any) error) (err error) {
		found = true
		s, err = scanStaff(scan)
		return err
	})
	if err == nil && !found {
		err = engine.Refuse(engine.CodeStaffUnknown)
	}
	return s, err
}

// allStaff lists everybody who works or worked in the store.
func (t *tx) allStaff(storeID engine.ID) ([]staffRow, error) {
	var out []staffRow
	err := t.rows(staffAll, []any{storeID}, func(scan func(...any) error) error {
		s, err := scanStaff(scan)
		out = append(out, s)
		return err
	})
	return out, err
}

// Staff lists the active staff, owner first, then by name; with all, the others
// too.
func (d *DB) Staff(ctx context.Context, storeID engine.ID, all bool) ([]engine.Staff, error) {
	out := []engine.Staff{}
	err := d.read(ctx, func(t *tx) error {
		rows, err := t.allStaff(storeID)
		for _, s := range rows {
			if all || s.Active {
				out = append(out, s.Staff)
			}
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b engine.Staff) int {
		if a.Role != b.Role && (a.Role == engine.Owner || b.Role == engine.Owner) {
			return slices.Index(engine.Roles, a.Role) - slices.Index(engine.Roles, b.Role)
		}
		return strings.Compare(foldName(a.Name), foldName(b.Name))
	})
	return out, err
}

func foldName(name string) string { return strings.Join(engine.FoldWords(name), " ") }

// SaveStaff makes or changes a member of staff. A new PIN ends a lock-out. The
// last active owner can neither leave nor become something else.
func (d *DB) SaveStaff(ctx context.Context, a engine.Actor, e engine.StaffEdit) (engine.Staff, error) {
	e.Name = tidyName(e.Name)
	if err := firstError(a.Need(engine.MayEditStaff), e.Check(), checkStaffPhone(e.Phone)); err != nil {
		return engine.Staff{}, err
	}
	var pin secret
	var err error
	if e.PIN != nil {
		if pin, err = d.newPIN(*e.PIN); err != nil {
			return engine.Staff{}, err
		}
	}
	var s engine.Staff
	err = d.write(ctx, func(t *tx) (err error) {
		if e.ID.IsZero() {
			if _, err = t.store(a.StoreID); err == nil {
				s, err = t.hireStaff(a, e, pin)
			}
		} else {
			s, err = t.editStaff(a, e, pin)
		}
		if err != nil {
			return err
		}
		return t.keepsLocked(a.StoreID, s)
	})
	if err != nil {
		return engine.Staff{}, err
	}
	return s, nil
}

func checkStaffPhone(phone *string) error {
	if phone == nil || *phone == "" || isE164(*phone) {
		return nil
	}
	return engine.BadInput(engine.CodePhoneImpossible, "text", *phone, "example", examplePhone)
}

// hireStaff is addStaff with its line in the log.
func (t *tx) hireStaff(a engine.Actor, e engine.StaffEdit, pin secret) (engine.Staff, error) {
	s, err := t.addStaff(a, e, pin)
	if err != nil {
		return s, err
	}
	return s, t.audit(a, "staff.add", "staff", s.ID, facts("name", s.Name, "role", s.Role, "pin", s.HasPIN, "active", s.Active), "")
}

func (t *tx) addStaff(a engine.Actor, e engine.StaffEdit, pin secret) (engine.Staff, error) {
	s := engine.Staff{
		ID: t.newID(), Name: tidyName(e.Name), Role: e.Role, HasPIN: pin.hash != nil,
		HasPhone: e.Phone != nil && *e.Phone != "", Active: e.Active, Created: t.now,
	}
	_, err := t.exec(staffInsert, a.StoreID, s.ID, s.Name, s.Role, pin.hash, pin.salt, t.staffPhone(a.StoreID, e.Phone), s.Active, s.Created)
	return s, err
}

// staffPhone is the blind index that ties a person to their own customer
// account; nil without a phone.
func (t *tx) staffPhone(storeID engine.ID, phone *string) []byte {
	if phone == nil || *phone == "" {
		return nil
	}
	return t.d.keys.phone(storeID, *phone)
}

func (t *tx) editStaff(a engine.Actor, e engine.StaffEdit, pin secret) (engine.Staff, error) {
	was, err := t.staff(a.StoreID, e.ID)
	if err != nil {
		return was.Staff, err
	}
	s := was
	s.Name, s.Role, s.Active = e.Name, e.Role, e.Active
	if e.PIN != nil {
		s.pin, s.HasPIN, s.tries, s.lockouts, s.locked = pin, pin.hash != nil, 0, 0, 0
	}
	if e.Phone != nil {
		s.phone = t.staffPhone(a.StoreID, e.Phone)
		s.HasPhone = s.phone != nil
	}
	if err := t.keepsOwner(a.StoreID, s.Staff); err != nil {
		return was.Staff, err
	}
	if _, err := t.exec(staffUpdate, a.StoreID, s.ID, s.Name, s.Role, s.pin.hash, s.pin.salt, s.phone, s.Active,
		s.tries, s.lockouts, s.locked); err != nil {
		return was.Staff, err
	}
	return s.Staff, t.audit(a, "staff.edit", "staff", s.ID, staffFacts(was, s, e), "")
}

// keepsLocked refuses a change that would leave a door open once PINs are in
// use: an owner without one, whose name is all it takes to sign in, or a
// manager. Giving an owner a PIN is never refused, so that there is a way.
func (t *tx) keepsLocked(storeID engine.ID, changed engine.Staff) error {
	all, err := t.allStaff(storeID)
	if err != nil || changed.Role == engine.Owner && changed.HasPIN {
		return err
	}
	inUse, open := false, ""
	for _, s := range all {
		inUse = inUse || s.Active && s.HasPIN
		if s.Active && !s.HasPIN && (s.Role == engine.Owner || s.ID == changed.ID && s.Role == engine.Manager) {
			open = s.Name
		}
	}
	if inUse && open != "" {
		return engine.Refuse(CodePINFirst, "name", open)
	}
	return nil
}

// CodePINFirst says that somebody with more rights needs a PIN first.
const CodePINFirst engine.Code = "pin_first"

// keepsOwner refuses a change after which the store has no active owner.
func (t *tx) keepsOwner(storeID engine.ID, after engine.Staff) error {
	if after.Role == engine.Owner && after.Active {
		return nil
	}
	all, err := t.allStaff(storeID)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID != after.ID && s.Role == engine.Owner && s.Active {
			return nil
		}
	}
	return engine.Refuse(engine.CodeLastOwner)
}

func staffFacts(was, now staffRow, e engine.StaffEdit) string {
	var pairs []any
	if was.Name != now.Name {
		pairs = append(pairs, "name", now.Name)
	}
	if was.Role != now.Role {
		pairs = append(pairs, "role", now.Role)
	}
	if was.Active != now.Active {
		pairs = append(pairs, "active", now.Active)
	}
	if e.PIN != nil {
		pairs = append(pairs, "pin", now.HasPIN)
	}
	if e.Phone != nil {
		pairs = append(pairs, "phone", now.HasPhone)
	}
	return facts(pairs...)
}
