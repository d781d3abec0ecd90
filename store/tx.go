package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"bounceback/engine"
)

// pool is a database handle with its statements prepared once.
type pool struct {
	db     *sql.DB
	mu     sync.Mutex
	stmts  map[statement]*sql.Stmt
	wanted []statement // used in a transaction before they were prepared
}

func newPool(db *sql.DB) *pool { return &pool{db: db, stmts: map[statement]*sql.Stmt{}} }

// prepared gives a prepared statement, or nil and remembers that it is wanted:
// inside a transaction it cannot be prepared for the pool, which would wait for
// a second connection.
func (p *pool) prepared(s statement) *sql.Stmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	st, ok := p.stmts[s]
	if !ok && !slices.Contains(p.wanted, s) {
		p.wanted = append(p.wanted, s)
	}
	return st
}

// prepareWanted prepares, between transactions, what transactions asked for.
func (p *pool) prepareWanted(ctx context.Context) {
	p.mu.Lock()
	wanted := p.wanted
	p.wanted = nil
	p.mu.Unlock()
	for _, s := range wanted {
		if st, err := p.db.PrepareContext(ctx, string(s)); err == nil { // otherwise the next use asks again
			p.keep(s, st)
		}
	}
}

func (p *pool) keep(s statement, st *sql.Stmt) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stmts == nil || p.stmts[s] != nil {
		_ = st.Close() // closed meanwhile, or another was quicker
		return
	}
	p.stmts[s] = st
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, st := range p.stmts {
		errs = append(errs, st.Close())
	}
	p.stmts = nil
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

	stmts map[statement]*sql.Stmt // those used so far

	// penalty is written even if the transaction is refused: a wrong code
	// counts although its sale is not recorded.
	penalty func(*tx) error
}

// write runs f in a write transaction (BEGIN IMMEDIATE). The context's end
// does not tear a transaction that has begun: it is short. An error of the
// commit itself is CodeOutcomeUnknown, since the file may or may not hold it.
func (d *DB) write(ctx context.Context, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.transact(context.WithoutCancel(ctx), d.writer, func(t *tx) error {
		if err := t.upToDate(); err != nil {
			return err
		}
		return f(t)
	})
}

// upToDate refuses to write where a newer version of the program has brought the
// schema further since this one began: the till beside that was left running
// does not know the newer sums, and they would no longer be those of the sales.
func (t *tx) upToDate() error {
	var version int64
	if _, err := t.row(schemaVersion, nil, &version); err != nil {
		return err
	}
	if version > t.d.steps {
		return engine.Broken(CodeNewerVersion, nil, "path", t.d.path, "version", version, "known", t.d.steps)
	}
	return nil
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
	defer p.prepareWanted(context.WithoutCancel(ctx))
	t := &tx{ctx: ctx, d: d, pool: p, sql: raw, now: d.clock(), stmts: map[statement]*sql.Stmt{}}
	if err := f(t); err != nil {
		_ = raw.Rollback() // the first error is the one that matters
		if t.penalty != nil {
			if failed := d.transact(ctx, p, t.penalty); failed != nil {
				err = errors.Join(err, failed)
			}
		}
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

// stmt gives the statement on the transaction's connection. The rows of one
// statement must be read to their end before it is run again.
func (t *tx) stmt(s statement) (*sql.Stmt, error) {
	if st, ok := t.stmts[s]; ok {
		return st, nil
	}
	st, err := t.onConnection(s)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", s, err)
	}
	t.stmts[s] = st
	return st, nil
}

func (t *tx) onConnection(s statement) (*sql.Stmt, error) {
	if st := t.pool.prepared(s); st != nil {
		return t.sql.StmtContext(t.ctx, st), nil
	}
	return t.sql.PrepareContext(t.ctx, string(s))
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
