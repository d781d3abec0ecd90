package store

import (
	"context"

	"bounceback/engine"
)

// SignIn checks a PIN and gives the actor. Staff without a PIN sign in with an
// empty one; for the others an empty one is CodePINNeeded and no try. Wrong
// tries are counted in the file, so that neither a restart nor another till
// gives more of them.
func (d *DB) SignIn(ctx context.Context, storeID, staff, register engine.ID, pin string, from engine.Origin) (engine.Actor, error) {
	return d.signIn(ctx, storeID, staff, register, pin, from, engine.KeyHolder{})
}

// SignInBeside is SignIn on a screen that the key of by opened. A wrong PIN is
// noted with whose key it was, and not counted against whose PIN it should have
// been: nobody locks another one out from elsewhere. How many tries a key has
// is for the caller to keep.
func (d *DB) SignInBeside(ctx context.Context, by engine.KeyHolder, staff, register engine.ID, pin string, from engine.Origin) (engine.Actor, error) {
	return d.signIn(ctx, by.Store.ID, staff, register, pin, from, by)
}

func (d *DB) signIn(ctx context.Context, storeID, staff, register engine.ID, pin string, from engine.Origin, by engine.KeyHolder) (engine.Actor, error) {
	who, till, err := d.whoAsks(ctx, storeID, staff, register)
	if err != nil {
		return engine.Actor{}, err
	}
	a := engine.Actor{
		StoreID: storeID, StaffID: staff, Staff: who.Name, Role: who.Role, RegisterID: register, Register: till.Name, Origin: from,
	}
	switch {
	case !who.HasPIN && pin == "":
		return a, nil
	case !who.HasPIN:
		return engine.Actor{}, engine.Refuse(engine.CodePINWrong, "left", engine.PINTries)
	case pin == "":
		return engine.Actor{}, engine.Refuse(engine.CodePINNeeded)
	}
	if err := d.tryPIN(ctx, a, who, pin, by); err != nil {
		return engine.Actor{}, err
	}
	return a, nil
}

// whoAsks finds the active member of staff and the register.
func (d *DB) whoAsks(ctx context.Context, storeID, staff, register engine.ID) (who staffRow, till engine.Register, err error) {
	err = d.read(ctx, func(t *tx) error {
		if who, err = t.staff(storeID, staff); err != nil {
			return err
		}
		if !who.Active {
			return engine.Refuse(engine.CodeStaffUnknown)
		}
		var found bool
		if till, found, err = t.registerWhere(registerByID, storeID, register); err == nil && !found {
			err = engine.Refuse(CodeRegisterUnknown)
		}
		return err
	})
	return who, till, err
}

// CodeRegisterUnknown says that the store has no such register.
const CodeRegisterUnknown engine.Code = "register_unknown"

// tryPIN hashes the PIN, which takes a while, and then judges it in one
// transaction: of many tries at the same time, no more than the allowed ones
// get an answer. The count is committed although the answer is a refusal.
func (d *DB) tryPIN(ctx context.Context, a engine.Actor, who staffRow, pin string, by engine.KeyHolder) error {
	if until := lockedUntil(who, d.clock()); until != 0 {
		return engine.Refuse(engine.CodePINLocked, "until", until)
	}
	typed := secret{hash: d.keys.pin(pin, who.pin.salt), salt: who.pin.salt}
	var answer error
	err := d.write(ctx, func(t *tx) error {
		now, err := t.staff(a.StoreID, a.StaffID)
		if err != nil {
			return err
		}
		if until := lockedUntil(now, t.now); until != 0 {
			answer = engine.Refuse(engine.CodePINLocked, "until", until)
			return nil
		}
		if now.Active && now.pin.is(typed) {
			return t.rightPIN(a, now)
		}
		if by.Key.Fingerprint != "" {
			answer = engine.Refuse(engine.CodePINWrong, "left", 0, "n", 0) // the caller knows
			return t.audit(a, "staff.pin_wrong", "staff", now.ID, facts("by", by.Staff.Name, "key", by.Key.Fingerprint), "")
		}
		answer, err = t.wrongPIN(a, now)
		return err
	})
	if err != nil {
		return err
	}
	return answer
}

// lockedUntil gives when a lock-out ends, 0 if there is none. One that is
// further away than any lasts was set while the clock was wrong.
func lockedUntil(s staffRow, now engine.Instant) engine.Instant {
	if now >= s.locked || s.locked-now > engine.PINLockMost {
		return 0
	}
	return s.locked
}

func (t *tx) rightPIN(a engine.Actor, s staffRow) error {
	if s.tries != 0 || s.lockouts != 0 || s.locked != 0 {
		if _, err := t.exec(staffTried, a.StoreID, s.ID, 0, 0, 0); err != nil {
			return err
		}
	}
	return t.audit(a, "staff.sign_in", "staff", s.ID, "", "")
}

// wrongPIN counts a wrong try and gives the refusal: after the last one allowed
// a lock-out, each twice as long as the one before.
func (t *tx) wrongPIN(a engine.Actor, s staffRow) (answer, err error) {
	s.tries++
	if s.tries < engine.PINTries {
		if _, err := t.exec(staffTried, a.StoreID, s.ID, s.tries, s.lockouts, 0); err != nil {
			return nil, err
		}
		left := engine.PINTries - s.tries
		return engine.Refuse(engine.CodePINWrong, "left", left, "n", left), t.audit(a, "staff.pin_wrong", "staff", s.ID, facts("left", left), "")
	}
	until := t.now + lockTime(s.lockouts)
	if _, err := t.exec(staffTried, a.StoreID, s.ID, 0, s.lockouts+1, until); err != nil {
		return nil, err
	}
	return engine.Refuse(engine.CodePINLocked, "until", until),
		t.audit(a, "staff.locked", "staff", s.ID, facts("lockout", s.lockouts+1, "minutes", int64(lockTime(s.lockouts)/60_000)), "")
}

// lockTime is how long a lock-out lasts after so many before it, in ms.
func lockTime(before int) engine.Instant {
	d := engine.Instant(engine.PINLockTime)
	for ; before > 0 && d < engine.PINLockMost; before-- {
		d *= 2
	}
	return min(d, engine.PINLockMost)
}
