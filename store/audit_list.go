package store

import (
	"context"
	"crypto/hmac"
	"encoding/binary"

	"bounceback/engine"
)

// auditSelect reads entries with the names of who and where; the order is that
// of scanEntry.
const auditSelect = `
SELECT a.seq, a.at, a.staff_id, s.name, r.name, a.origin, a.action, a.subject, a.subject_id, a.detail, a.reason
  FROM audit a
  LEFT JOIN staff s ON s.store_id = a.store_id AND s.id = a.staff_id
  LEFT JOIN register r ON r.store_id = a.store_id AND r.id = a.register_id`

var (
	auditChain = declare(`
SELECT seq, at, staff_id, register_id, origin, action, subject, subject_id, detail, reason, hash FROM audit
 WHERE store_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`)
	auditHead = declare(`SELECT seq, hash, seal FROM audit_head WHERE store_id = $1`)
)

func scanEntry(scan func(...any) error) (engine.AuditEntry, error) {
	var e engine.AuditEntry
	var staff, register *string
	err := scan(&e.Seq, &e.At, &e.StaffID, &staff, &register, &e.Origin, &e.Action, &e.Subject, &e.ID, &e.Detail, &e.Reason)
	e.Staff, e.Register = text(staff), text(register)
	return e, err
}

// Audit lists the log, newest first: by day (From, To), StaffID, and State: an
// action, or its first part.
func (d *DB) Audit(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.AuditEntry], error) {
	if err := a.Need(engine.MaySeeAudit); err != nil {
		return engine.Page[engine.AuditEntry]{}, err
	}
	var page engine.Page[engine.AuditEntry]
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		q, err := auditQuery(st, f)
		if err != nil {
			return err
		}
		page, err = readPage(t, auditList, q, f.Rows(), scanEntry, func(e engine.AuditEntry) []byte { return number(e.Seq) })
		return err
	})
	return page, err
}

func auditQuery(st engine.Store, f engine.Filter) (*listQuery, error) {
	q := newList(auditSelect, "a.store_id", "a.seq", st.ID)
	key, found, err := auditList.unmark(f.After, 8)
	if err != nil {
		return nil, err
	}
	if found {
		q.and("a.seq < ?", int64(binary.BigEndian.Uint64(key))) //nolint:gosec // as number wrote it
	}
	from, to := f.Span(st.Zone())
	if from != 0 {
		q.and("a.at >= ?", from)
	}
	if to != 0 {
		q.and("a.at < ?", to)
	}
	if !f.StaffID.IsZero() {
		q.and("a.staff_id = ?", f.StaffID)
	}
	if f.State != "" {
		q.and("(a.action = ? OR a.action >= ? AND a.action < ?)", f.State, f.State+".", f.State+"/") // "/" comes after "."
	}
	return q, nil
}

// auditPage is how many entries one step of VerifyAudit reads. Each is a
// transaction of its own: a long one would keep SQLite's log growing.
const auditPage = 2000

// auditWalk is a walk along the chain from its first entry to its head.
type auditWalk struct {
	store  engine.ID
	seq    int64
	hash   []byte
	end    int64 // of the head, or of the entries where there is no head
	head   []byte
	report engine.AuditReport
}

// VerifyAudit walks the log's chain of keyed hashes up to where it ended when
// the walk began. It finds entries that were changed ("changed") or taken out
// ("missing"), and, by the seal on the last one, entries cut off or added at
// the end ("head").
func (d *DB) VerifyAudit(ctx context.Context, a engine.Actor) (engine.AuditReport, error) {
	if err := a.Need(engine.MaySeeAudit); err != nil {
		return engine.AuditReport{}, err
	}
	w := &auditWalk{store: a.StoreID}
	if err := d.read(ctx, func(t *tx) error { return t.auditEnds(w) }); err != nil {
		return engine.AuditReport{}, err
	}
	for more := true; more && w.report.Broken == 0; {
		if err := d.read(ctx, func(t *tx) (err error) {
			more, err = t.auditStep(w)
			return err
		}); err != nil {
			return engine.AuditReport{}, err
		}
	}
	w.judgeEnd()
	return w.report, nil
}

// auditEnds reads where the log ends, and breaks the walk off at once if the
// head's seal is not ours or entries go beyond it.
func (t *tx) auditEnds(w *auditWalk) error {
	var last int64
	if _, err := t.row(auditLast, []any{w.store}, &last); err != nil {
		return err
	}
	var seal []byte
	found, err := t.row(auditHead, []any{w.store}, &w.end, &w.head, &seal)
	if err != nil {
		return err
	}
	sealed := found && hmac.Equal(seal, t.d.keys.head(w.store[:], number(w.end), w.head))
	if !sealed && last > 0 || w.end < last {
		w.head = nil // judged after the walk: what stands before it may be broken too
	}
	w.end = max(w.end, last)
	return nil
}

// auditStep checks the next page; more is false at the end.
func (t *tx) auditStep(w *auditWalk) (more bool, err error) {
	n := 0
	err = t.walk(auditChain, []any{w.store, w.seq, w.end, auditPage}, func(scan func(...any) error) error {
		var r auditRow
		if err := scan(&r.seq, &r.at, &r.staff, &r.till, &r.origin, &r.action, &r.subject, &r.id, &r.detail, &r.reason, &r.hash); err != nil {
			return err
		}
		n++
		w.report.Entries++
		switch {
		case r.seq != w.seq+1, r.seq == 1 && r.action != auditFirst:
			w.broken(w.seq+1, "missing")
			return errEnough
		case !hmac.Equal(r.hash, r.chained(t.d.keys, w.store, w.hash)):
			w.broken(r.seq, "changed")
			return errEnough
		}
		w.seq, w.hash = r.seq, r.hash
		return nil
	})
	return n == auditPage, err
}

// auditFirst is what every store's log begins with, so that a log that was
// emptied and begun anew shows.
const auditFirst = "store.add"

func (w *auditWalk) broken(seq int64, why string) {
	w.report.Broken, w.report.Why = seq, why
}

// judgeEnd compares where the walk came to with the sealed head.
func (w *auditWalk) judgeEnd() {
	if w.report.Broken == 0 && (w.end == 0 || w.seq != w.end || !hmac.Equal(w.hash, w.head)) {
		w.broken(w.seq+1, "head")
	}
}
