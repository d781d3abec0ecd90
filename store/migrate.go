package store

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"bounceback/engine"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID stands in the header of our files: "BnBk".
const applicationID = 0x426e426b

// migration is one step of the schema: a file named 0001_begin.sql.
type migration struct {
	version int
	name    string
	sql     string
	hash    [sha256.Size]byte
}

// migrationsOf reads the steps of a folder, which must be numbered from 1
// without a gap.
func migrationsOf(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	out := make([]migration, 0, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		base := path.Base(name)
		number, _, _ := strings.Cut(base, "_")
		version, err := strconv.Atoi(number)
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("migration %s should be number %d", base, i+1)
		}
		out = append(out, migration{version: version, name: base, sql: string(text), hash: sha256.Sum256(text)})
	}
	return out, nil
}

// bookkeeping is what a file knows about itself, before any migration.
const bookkeeping = `
CREATE TABLE file_fact (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE migration (
  version INTEGER NOT NULL PRIMARY KEY,
  name    TEXT    NOT NULL,
  sha256  BLOB    NOT NULL,
  applied INTEGER NOT NULL
) STRICT;`

// schemaVersion is how many steps of the schema the file has.
var schemaVersion = declare(`PRAGMA user_version`)

// keyCheck names the fact that tells the file's key from another.
const keyCheck = "key_check"

// migrate brings the file up to date and loads its key. Each step is a
// transaction of its own; another program may do the same at the same time.
func (d *DB) migrate(ctx context.Context, keyFile string) error {
	steps, err := migrationsOf(migrationFiles)
	if err != nil {
		return err
	}
	d.steps = int64(len(steps))
	if err := d.onWriter(ctx, func(raw *sql.Tx) error { return d.stamp(ctx, raw, keyFile) }); err != nil {
		return err
	}
	for _, step := range steps {
		if err := d.take(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// take applies one migration, unless it is applied already.
func (d *DB) take(ctx context.Context, m migration) error {
	if !m.rebuilds() {
		return d.onWriter(ctx, func(raw *sql.Tx) error { return d.step(ctx, raw, m) })
	}
	done := false
	err := d.onWriter(ctx, func(raw *sql.Tx) (err error) {
		done, err = d.applied(ctx, raw, m)
		return err
	})
	if err != nil || done {
		return err
	}
	return d.rebuild(ctx, m)
}

func (d *DB) onWriter(ctx context.Context, f func(*sql.Tx) error) error {
	return retryBusy(ctx, func() error {
		raw, err := d.writer.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := f(raw); err != nil {
			return errors.Join(err, raw.Rollback())
		}
		return raw.Commit()
	})
}

// examine tells whether the file is new; it refuses another program's file and
// one of a newer version of this program.
func examine(ctx context.Context, raw *sql.Tx, path string) (fresh bool, err error) {
	var application, version, objects int64
	for _, q := range []struct {
		sql  string
		dest *int64
	}{
		{"PRAGMA application_id", &application},
		{string(schemaVersion), &version},
		{"SELECT count(*) FROM sqlite_master", &objects},
	} {
		if err := raw.QueryRowContext(ctx, q.sql).Scan(q.dest); err != nil {
			return false, err
		}
	}
	steps, err := migrationsOf(migrationFiles)
	switch {
	case err != nil:
		return false, err
	case application == 0 && version == 0 && objects == 0:
		return true, nil
	case application != applicationID:
		return false, engine.Broken(CodeNotOurs, nil, "path", path)
	case version > int64(len(steps)):
		return false, engine.Broken(CodeNewerVersion, nil, "path", path, "version", version, "known", len(steps))
	}
	return false, nil
}

// stamp makes a new file ours: the key file first, then what tells its key.
// With a file that is ours already, the key must fit.
func (d *DB) stamp(ctx context.Context, raw *sql.Tx, keyFile string) error {
	fresh, err := examine(ctx, raw, d.path)
	if err != nil {
		return err
	}
	read := readKey
	if fresh {
		read = func(path string) ([]byte, error) { return makeKey(path, d.random) }
	}
	master, err := read(keyFile)
	if err != nil {
		return err
	}
	if d.keys, err = newKeyring(master); err != nil {
		return err
	}
	if !fresh {
		return d.checkKey(ctx, raw, keyFile)
	}
	_, err = raw.ExecContext(ctx, bookkeeping+fmt.Sprintf("\nPRAGMA application_id = %d;", applicationID))
	if err != nil {
		return err
	}
	_, err = raw.ExecContext(ctx, `INSERT INTO file_fact (name, value) VALUES ($1, $2)`, keyCheck, d.keys.check())
	return err
}

func (d *DB) checkKey(ctx context.Context, raw *sql.Tx, keyFile string) error {
	var want []byte
	if err := raw.QueryRowContext(ctx, `SELECT value FROM file_fact WHERE name = $1`, keyCheck).Scan(&want); err != nil {
		return err
	}
	if !hmac.Equal(want, d.keys.check()) {
		return engine.Broken(CodeKeyWrong, nil, "path", keyFile)
	}
	return nil
}

// applied tells whether a migration is applied already: then it must be the
// one that was.
func (d *DB) applied(ctx context.Context, raw *sql.Tx, m migration) (bool, error) {
	var hash []byte
	err := raw.QueryRowContext(ctx, `SELECT sha256 FROM migration WHERE version = $1`, m.version).Scan(&hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case !bytes.Equal(hash, m.hash[:]):
		return false, engine.Broken(CodeHistoryChanged, nil, "path", d.path, "version", m.version)
	}
	return true, nil
}

// step applies one migration in a transaction, unless it is applied already.
func (d *DB) step(ctx context.Context, raw *sql.Tx, m migration) error {
	done, err := d.applied(ctx, raw, m)
	if err != nil || done {
		return err
	}
	if _, err := raw.ExecContext(ctx, m.sql+fmt.Sprintf("\n;PRAGMA user_version = %d;", m.version)); err != nil {
		return fmt.Errorf("migration %s: %w", m.name, err)
	}
	_, err = raw.ExecContext(ctx, `INSERT INTO migration (version, name, sha256, applied) VALUES ($1, $2, $3, $4)`,
		m.version, m.name, m.hash[:], int64(d.clock()))
	return err
}
