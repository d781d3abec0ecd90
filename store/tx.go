package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"bounceback/engine"
)

// pool is a database handle with its statements prepared once.
type pool struct {
	db    *sql.DB
	mu    sync.Mutex
	stmts map[statement]*sql.Stmt
}

func newPool(db *sql.DB) *pool { return &pool{db: db, stmts: map[statement]*sql.Stmt{}} }

func (p *pool) prepared(ctx context.Context, s statement) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if st, ok := p.stmts[s]; ok {
		return st, nil
	}
	st, err := p.db.PrepareContext(ctx, string(s))
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", s, err)
	}
	p.stmts[s] = st
	return st, nil
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, st := range p.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, p.db.Close())...)
}

// tx is one transaction with its one reading of the clock. Unexported helpers
// of this package take a *tx; exported methods begin and end it.
type tx struct {
	ctx  context.Context //nolint:containedctx // a tx lives exactly as long as the call it serves
	d    *DB
	pool *pool
	sql  *sql.Tx
	now  engine.Instant
}

// write runs f in a write transaction (BEGIN IMMEDIATE). The context's end
// does not tear a transaction that has begun: it is short. An error of the
// commit itself is CodeOutcomeUnknown, since the file may or may not hold it.
func (d *DB) write(ctx context.Context, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.transact(context.WithoutCancel(ctx), d.writer, f)
}

// read runs f on a read-only connection, in one snapshot. f must be short: a
// held snapshot keeps the log from being written back.
func (d *DB) read(ctx context.Context, f func(*tx) error) error {
	return d.transact(ctx, d.reader, f)
}

func (d *DB) transact(ctx context.Context, p *pool, f func(*tx) error) error {
	raw, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return d.explain(err)
	}
	t := &tx{ctx: ctx, d: d, pool: p, sql: raw, now: d.clock()}
	if err := f(t); err != nil {
		_ = raw.Rollback() // the first error is the one that matters
		return d.explain(err)
	}
	if err := raw.Commit(); err != nil {
		_ = raw.Rollback()
		if p == d.writer {
			return d.explainCommit(err)
		}
		return d.explain(err)
	}
	return nil
}

func (t *tx) stmt(s statement) (*sql.Stmt, error) {
	st, err := t.pool.prepared(t.ctx, s)
	if err != nil {
		return nil, err
	}
	return t.sql.StmtContext(t.ctx, st), nil
}

// exec runs a statement and gives the number of rows it changed.
func (t *tx) exec(s statement, args ...any) (int64, error) {
	st, err := t.stmt(s)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row runs a statement that gives at most one row and scans it; found tells
// whether there was one.
func (t *tx) row(s statement, args []any, dest ...any) (found bool, err error) {
	st, err := t.stmt(s)
	if err != nil {
		return false, err
	}
	switch err := st.QueryRowContext(t.ctx, args...).Scan(dest...); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, nil
}

// rows runs a statement and calls each for every row with its scan function.
func (t *tx) rows(s statement, args []any, each func(scan func(...any) error) error) error {
	st, err := t.stmt(s)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// newID makes an id for something that happens now.
func (t *tx) newID() engine.ID { return t.d.ids.New(t.now) }
