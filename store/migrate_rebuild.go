package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"bounceback/engine"
)

// rebuildMark is the first line of a migration that makes tables anew under
// the names of others that refer to them. SQLite can do so only while foreign
// keys are not enforced, which no transaction can change for itself
// (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema
// Changes").
const rebuildMark = "-- foreign keys: off\n"

func (m migration) rebuilds() bool { return strings.HasPrefix(m.sql, rebuildMark) }

// rebuild applies one migration without enforcement of foreign keys, and looks
// at all of them before it is committed. Whatever happens, the connection
// enforces them again, or is thrown away.
func (d *DB) rebuild(ctx context.Context, m migration) (err error) {
	conn, err := d.writer.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, enforceAgain(context.WithoutCancel(ctx), conn)) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = OFF"); err != nil {
		return err
	}
	return retryBusy(ctx, func() error {
		raw, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		err = d.step(ctx, raw, m)
		if err == nil {
			err = d.referencesHold(ctx, raw)
		}
		if err != nil {
			return errors.Join(err, raw.Rollback())
		}
		return raw.Commit()
	})
}

// referencesHold refuses to commit rows that name what is not there.
func (d *DB) referencesHold(ctx context.Context, raw *sql.Tx) error {
	var table, parent string
	var row *int64
	err := raw.QueryRowContext(ctx, "PRAGMA foreign_key_check").Scan(&table, &row, &parent, new(int64))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("%s names a missing %s", table, parent)
	}
	return engine.Broken(CodeCorrupt, err, "path", d.path)
}

// enforceAgain gives a connection back with foreign keys enforced.
func enforceAgain(ctx context.Context, conn *sql.Conn) error {
	var enforced bool
	_, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = ON")
	if err == nil {
		err = conn.QueryRowContext(ctx, "PRAGMA foreign_keys").Scan(&enforced)
	}
	if !enforced {
		err = errors.Join(err, conn.Raw(func(any) error { return driver.ErrBadConn }))
	}
	return errors.Join(err, conn.Close())
}
