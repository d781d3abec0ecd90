package store

import (
	"crypto/hmac"
	"encoding/binary"

	"bounceback/engine"
)

var (
	auditEnd = declare(`
SELECT h.seq, h.hash, h.seal, coalesce((SELECT a.seq FROM audit a WHERE a.store_id = h.store_id ORDER BY a.seq DESC LIMIT 1), 0)
  FROM audit_head h WHERE h.store_id = $1`)
	auditLast   = declare(`SELECT seq FROM audit WHERE store_id = $1 ORDER BY seq DESC LIMIT 1`)
	auditInsert = declare(`
INSERT INTO audit (store_id, seq, at, staff_id, register_id, origin, action, subject, subject_id, detail, reason, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`)
	auditSeal = declare(`
INSERT INTO audit_head (store_id, seq, hash, seal) VALUES ($1, $2, $3, $4)
ON CONFLICT (store_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, seal = excluded.seal`)
)

// auditRow is one entry of the log as it is stored.
type auditRow struct {
	seq     int64
	at      engine.Instant
	staff   engine.ID
	till    engine.ID
	origin  engine.Origin
	action  string
	subject string
	id      engine.ID
	detail  string
	reason  string
	hash    []byte
}

// chained is the entry's hash after the one of prev.
func (r auditRow) chained(k *keyring, store engine.ID, prev []byte) []byte {
	return k.audit(prev, store[:], number(r.seq), number(int64(r.at)), r.staff[:], r.till[:], []byte(r.origin),
		[]byte(r.action), []byte(r.subject), r.id[:], []byte(r.detail), []byte(r.reason))
}

func number(n int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(n)) //nolint:gosec // its bits are what counts
}

// audit appends an entry to the log of the actor's store: who, where, when,
// what, why. detail is facts as "name=value; …", never a phone, code or PIN.
func (t *tx) audit(a engine.Actor, action, subject string, id engine.ID, detail, reason string) error {
	if !a.StaffID.IsZero() { // a person typed it
		if err := engine.CheckClean("reason", reason); err != nil {
			return err
		}
	}
	seq, prev, err := t.auditEnd(a.StoreID)
	if err != nil {
		return err
	}
	r := auditRow{
		seq: seq, at: t.now, staff: a.StaffID, till: a.RegisterID, origin: a.Origin, action: action,
		subject: subject, id: id, detail: detail, reason: reason,
	}
	r.hash = r.chained(t.d.keys, a.StoreID, prev)
	if _, err := t.exec(auditInsert, a.StoreID, r.seq, r.at, r.staff[:], r.till[:], r.origin, r.action, r.subject, r.id[:],
		r.detail, r.reason, r.hash); err != nil {
		return err
	}
	_, err = t.exec(auditSeal, a.StoreID, r.seq, r.hash, t.d.keys.head(a.StoreID[:], number(r.seq), r.hash))
	return err
}

// auditEnd gives the number of the next entry and the hash before it. Where
// head and entries do not agree somebody has changed the file; the shop must
// go on, so the log does, but with a number left out: verifying finds the gap.
func (t *tx) auditEnd(storeID engine.ID) (next int64, prev []byte, err error) {
	var last int64
	var seal []byte
	found, err := t.row(auditEnd, []any{storeID}, &next, &prev, &seal, &last)
	if err != nil {
		return 0, nil, err
	}
	if found && next == last && hmac.Equal(seal, t.d.keys.head(storeID[:], number(next), prev)) {
		return next + 1, prev, nil
	}
	if !found {
		if had, err := t.row(auditLast, []any{storeID}, &last); err != nil || !had {
			return 1, nil, err
		}
	}
	return max(next, last) + 2, prev, nil
}
