package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bounceback/engine"
)

// Codes of backups.
const (
	CodeFileExists   engine.Code = "file_exists"   // with path: a backup never overwrites
	CodeBackupBroken engine.Code = "backup_broken" // with path, what: the copy does not pass
)

// copyParams open the file for copying: query_only would forbid to write the
// copy.
const copyParams = "?mode=ro&_pragma=busy_timeout(5000)"

var (
	backupMade = declare(`
INSERT INTO backup (store_id, at, bytes) VALUES ($1, $2, $3)
ON CONFLICT (store_id) DO UPDATE SET at = excluded.at, bytes = excluded.bytes`)
	backupLast = declare(`SELECT at, bytes FROM backup WHERE store_id = $1`)
)

// lastBackup tells when the last backup of a store was made, 0 if none was, and
// its bytes, 0 if that was not noted.
func (t *tx) lastBackup(storeID engine.ID) (at engine.Instant, bytes int64, err error) {
	_, err = t.row(backupLast, []any{storeID}, &at, &bytes)
	return at, bytes, err
}

// Backup writes a whole, consistent copy of the file while others go on
// selling, looks whether the copy is sound and only then gives it its name. It
// never overwrites. The copy is of use only with the key file, of which a copy
// must be kept apart from it.
func (d *DB) Backup(ctx context.Context, a engine.Actor, path string) error {
	if err := a.Need(engine.MayExport); err != nil {
		return err
	}
	path, err := pathOf(path)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return engine.BadInput(CodeFileExists, "path", path)
	}
	if err := d.copyTo(ctx, path); err != nil {
		return d.explainBackup(err, path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return d.explainBackup(err, path)
	}
	return d.write(ctx, func(t *tx) error {
		if _, err := t.exec(backupMade, a.StoreID, t.now, info.Size()); err != nil {
			return err
		}
		return t.audit(a, "store.backup", "store", a.StoreID, facts("file", filepath.Base(path)), "")
	})
}

// explainBackup is explain for faults of the copy's place.
func (d *DB) explainBackup(err error, path string) error {
	var perr *fs.PathError
	if errors.As(err, &perr) && engine.CodeOf(err) == engine.CodeUnexpected {
		return cannotMake(err, path)
	}
	return (&DB{path: path}).explain(err)
}

func (d *DB) copyTo(ctx context.Context, path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // mode 0600; an empty file may be copied to
	if err != nil {
		return err
	}
	part := f.Name()
	defer os.Remove(part)
	if err := f.Close(); err != nil {
		return err
	}
	if err := d.vacuumInto(ctx, part); err != nil {
		return err
	}
	if err := soundCopy(ctx, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	return placeCopy(part, path)
}

func (d *DB) vacuumInto(ctx context.Context, part string) error {
	db, err := connect(ctx, fileURI(d.path)+copyParams, 1, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `VACUUM INTO $1`, part)
	return err
}

// soundCopy opens the copy and lets SQLite look through it.
func soundCopy(ctx context.Context, part string) error {
	db, err := connect(ctx, fileURI(part)+probeParams, 1, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	raw, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = raw.Rollback() }()
	fresh, err := examine(ctx, raw, part)
	if err != nil {
		return err
	}
	if fresh {
		return engine.Broken(CodeBackupBroken, nil, "path", part, "what", "empty")
	}
	var said string
	if err := raw.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&said); err != nil || said == "ok" {
		return err
	}
	return engine.Broken(CodeBackupBroken, nil, "path", part, "what", said)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// placeCopy gives the finished copy its name, unless somebody else has taken
// the name meanwhile.
func placeCopy(part, path string) error {
	if err := os.Link(part, path); err != nil { // the name is taken, or the file system has no links
		if _, err := os.Lstat(path); err == nil {
			return engine.BadInput(CodeFileExists, "path", path)
		}
		if err := os.Rename(part, path); err != nil {
			return err
		}
	}
	return syncDir(filepath.Dir(path))
}
