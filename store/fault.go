package store

import (
	"context"
	"database/sql"
	"errors"
	"regexp"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bounceback/engine"
)

// Codes of faults of the file and the machine, and of what cannot be opened.
const (
	CodeBadAddress     engine.Code = "bad_address"      // with text: neither a path nor an address we know
	CodePostgresNotYet engine.Code = "postgres_not_yet" //
	CodeCannotOpen     engine.Code = "cannot_open"      // with path
	CodeReadOnly       engine.Code = "read_only"        // with path: the file or its directory cannot be written
	CodeDiskFull       engine.Code = "disk_full"        // with path
	CodeBusy           engine.Code = "file_busy"        // with path: another program holds it for too long
	CodeCorrupt        engine.Code = "file_corrupt"     // with path
	CodeNotDatabase    engine.Code = "not_a_database"   // with path
	CodeNotOurs        engine.Code = "not_our_file"     // with path: another program's SQLite file
	CodeNewerVersion   engine.Code = "newer_version"    // with path, version, known
	CodeHistoryChanged engine.Code = "history_changed"  // with path, version: a migration differs from the one applied
	CodeNetworkFile    engine.Code = "network_file"     // with path, kind
	CodeNotDurable     engine.Code = "not_durable"      // with name, value, want: a pragma did not hold
	CodeMachine        engine.Code = "machine_fault"    // reading or writing failed
	CodeSchemaRule     engine.Code = "schema_rule"      // with name: a rule of the schema stopped a write
)

// explain turns an error of the driver into an *engine.Error. What carries a
// code already, or is the end of a context, passes through.
func (d *DB) explain(err error) error {
	var ours *engine.Error
	var driver *sqlite.Error
	switch {
	case err == nil, errors.As(err, &ours), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &driver):
		return d.explainDriver(err, driver)
	case isNoSpace(err):
		return engine.Broken(CodeDiskFull, err, "path", d.path)
	case isReadOnlyFS(err):
		return engine.Broken(CodeReadOnly, err, "path", d.path)
	}
	return engine.Broken(engine.CodeUnexpected, err)
}

// ofPrimary are the codes of SQLite's primary result codes.
var ofPrimary = map[int]engine.Code{
	sqlite3.SQLITE_BUSY: CodeBusy, sqlite3.SQLITE_LOCKED: CodeBusy, sqlite3.SQLITE_PROTOCOL: CodeBusy,
	sqlite3.SQLITE_FULL: CodeDiskFull, sqlite3.SQLITE_READONLY: CodeReadOnly, sqlite3.SQLITE_PERM: CodeReadOnly,
	sqlite3.SQLITE_CORRUPT: CodeCorrupt, sqlite3.SQLITE_NOTADB: CodeNotDatabase, sqlite3.SQLITE_CANTOPEN: CodeCannotOpen,
	sqlite3.SQLITE_IOERR: CodeMachine, sqlite3.SQLITE_NOMEM: CodeMachine, sqlite3.SQLITE_TOOBIG: CodeMachine,
}

func (d *DB) explainDriver(err error, driver *sqlite.Error) error {
	primary := driver.Code() & 0xff
	if primary == sqlite3.SQLITE_CONSTRAINT {
		return explainConstraint(err, driver)
	}
	if primary == sqlite3.SQLITE_INTERRUPT {
		return errors.Join(context.Canceled, err)
	}
	if code, ok := ofPrimary[primary]; ok {
		return engine.Broken(code, err, "path", d.path)
	}
	return engine.Broken(engine.CodeUnexpected, err)
}

// uniqueRules are what a person can do something about when a unique index
// stops a write, by the columns SQLite names.
var uniqueRules = map[string]engine.Code{
	"customer.store_id, customer.phone_hash": engine.CodePhoneTaken,
	"customer.store_id, customer.number":     engine.CodeNumberTaken,
	"sale.store_id, sale.key":                engine.CodeKeyReused,
	"sale_return.store_id, sale_return.key":  engine.CodeKeyReused,
	"sale.store_id, sale.reference":          engine.CodeReferenceUsed,
}

// constraintName finds what SQLite says after "constraint failed:".
var constraintName = regexp.MustCompile(`(?:UNIQUE|CHECK|NOT NULL) constraint failed: ([^()]+?)(?: \(\d+\))?$`)

func explainConstraint(err error, driver *sqlite.Error) error {
	name := "constraint"
	if m := constraintName.FindStringSubmatch(driver.Error()); m != nil {
		name = m[1]
	}
	switch driver.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		if code, ok := uniqueRules[name]; ok {
			e := engine.Refuse(code)
			e.Cause = err
			return e
		}
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		name = "foreign key"
	}
	return engine.Broken(CodeSchemaRule, err, "name", name)
}

// explainCommit turns an error of a commit into an *engine.Error. With some of
// them SQLite has certainly taken the transaction back; with the others it may
// be in the file or not, and whoever asked reads back by the idempotency key.
func (d *DB) explainCommit(err error) error {
	var driver *sqlite.Error
	if errors.As(err, &driver) {
		switch driver.Code() & 0xff {
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_READONLY:
			return d.explainDriver(err, driver)
		}
	}
	if errors.Is(err, sql.ErrTxDone) {
		return d.explain(err) // the transaction ended before: it cannot have been committed
	}
	return engine.Broken(engine.CodeOutcomeUnknown, err)
}

func isBusy(err error) bool {
	var driver *sqlite.Error
	if !errors.As(err, &driver) {
		return false
	}
	switch driver.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return true
	}
	return false
}
