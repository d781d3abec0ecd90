package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"

	"bounceback/engine"
)

// Pragmas and parameters of the connections. WAL with synchronous FULL is what
// keeps every acknowledged sale through a power cut. A sale changes a few rows
// in each of some twenty trees, so that the log of a sale is as long as those
// pages: with pages of 2 KiB it is half of what the usual 4 KiB make it. The
// page size counts only for a file that is new and not yet in WAL mode; the
// driver runs _pragma in the order of the alphabet and _journal_mode after them.
const (
	writerParams = "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=page_size(2048)&_journal_mode=WAL&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(1000)&_pragma=journal_size_limit(67108864)"
	readerParams = "?mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)"
	probeParams  = "?mode=rw&_pragma=busy_timeout(5000)&_pragma=query_only(1)"
)

// pathOf gives the absolute path a store's address names.
func pathOf(url string) (string, error) {
	lower := strings.ToLower(url)
	switch {
	case url == "":
		return "", engine.BadInput(CodeBadAddress, "text", url)
	case strings.HasPrefix(lower, "postgres://"), strings.HasPrefix(lower, "postgresql://"):
		return "", engine.BadInput(CodePostgresNotYet)
	case strings.Contains(url, "://"), strings.HasPrefix(lower, "file:"), url == ":memory:", strings.ContainsRune(url, 0):
		return "", engine.BadInput(CodeBadAddress, "text", url)
	}
	path, err := filepath.Abs(url)
	if err != nil {
		return "", engine.Broken(CodeCannotOpen, err, "path", url)
	}
	return path, nil
}

// fileURI writes a path the way SQLite reads it: with a plain path it would
// drop the parameters, and ? # % in a path would be read as parts of the URI.
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if drive := len(path) > 1 && path[1] == ':'; drive {
		path = "/" + path // file:///C:/shop.db
	}
	var b strings.Builder
	b.WriteString("file://")
	for i := range len(path) {
		c := path[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("/-_.~", c) >= 0,
			c == ':' && i == 2:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// prepareFile makes sure of the directory and of a file that only its owner
// may read. SQLite gives its log the file's own mode.
func prepareFile(path string, network func(string) (string, bool, error)) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return cannotMake(err, dir)
	}
	kind, remote, err := network(dir)
	if err != nil {
		return engine.Broken(CodeCannotOpen, err, "path", dir)
	}
	if remote {
		return engine.Broken(CodeNetworkFile, nil, "path", dir, "kind", kind)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return engine.Broken(CodeNotDatabase, nil, "path", path)
	}
	// The file must be new to be opened here: closing a file drops the locks
	// that SQLite holds on it in the same process.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case err == nil:
		return f.Close()
	case errors.Is(err, fs.ErrExist):
		return nil
	}
	return cannotMake(err, path)
}

func cannotMake(err error, path string) error {
	if errors.Is(err, fs.ErrPermission) || isReadOnlyFS(err) {
		return engine.Broken(CodeReadOnly, err, "path", path)
	}
	if isNoSpace(err) {
		return engine.Broken(CodeDiskFull, err, "path", path)
	}
	return engine.Broken(CodeCannotOpen, err, "path", path)
}

// probe looks whether the file is ours, or empty, before a writer's connection
// changes its journal mode.
func probe(ctx context.Context, path string) error {
	db, err := connect(ctx, fileURI(path)+probeParams, 1, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	return retryBusy(ctx, func() error {
		raw, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = raw.Rollback() }()
		_, err = examine(ctx, raw, path)
		return err
	})
}

// openWriter opens the one connection that writes. Two programs that open a new
// file together are in each other's way while one changes the journal mode.
func openWriter(ctx context.Context, path string, epoch *storeCache) (db *sql.DB, err error) {
	err = retryBusy(ctx, func() (err error) {
		db, err = connect(ctx, fileURI(path)+writerParams, 1, epoch.connected)
		return err
	})
	return db, err
}

func openReader(ctx context.Context, path string, most int) (*sql.DB, error) {
	return connect(ctx, fileURI(path)+readerParams, most, nil)
}

// connect opens a pool of at most most connections, and its first one at once.
func connect(ctx context.Context, dsn string, most int, opened func()) (*sql.DB, error) {
	base, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector{Connector: base, writes: strings.HasSuffix(dsn, writerParams), opened: opened})
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// connector reads back, on every connection that writes, what the pragmas of
// its address should have set.
type connector struct {
	driver.Connector
	writes bool
	opened func()
}

// Connect opens one connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if c.writes {
		if err := durable(ctx, conn); err != nil {
			_ = conn.Close()
			return nil, err
		}
	}
	if c.opened != nil {
		c.opened()
	}
	return conn, nil
}

// durable refuses a connection whose commits could be lost with the power.
func durable(ctx context.Context, conn driver.Conn) error {
	for _, p := range []struct{ name, want string }{{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}} {
		got, err := pragma(ctx, conn, p.name)
		if err != nil {
			return err
		}
		if got != p.want {
			return engine.Broken(CodeNotDurable, nil, "name", p.name, "value", got, "want", p.want)
		}
	}
	return nil
}

func pragma(ctx context.Context, conn driver.Conn, name string) (string, error) {
	q, ok := conn.(driver.QueryerContext)
	if !ok {
		return "", fmt.Errorf("%T cannot query", conn)
	}
	rows, err := q.QueryContext(ctx, "PRAGMA "+name, nil)
	if err != nil {
		return "", err
	}
	defer func() { _ = rows.Close() }()
	value := make([]driver.Value, 1)
	if err := rows.Next(value); err != nil {
		return "", fmt.Errorf("pragma %s: %w", name, err)
	}
	return fmt.Sprint(value[0]), nil
}

// How often and how long opening waits for another program that is opening the
// same file.
const (
	busyTries = 40
	busyPause = 50 * time.Millisecond
)

// retryBusy runs f again while another program holds the file, or is about to
// change its journal mode.
func retryBusy(ctx context.Context, f func() error) error {
	for try := 1; ; try++ {
		err := f()
		if err == nil || try == busyTries || !isBusy(err) && engine.CodeOf(err) != CodeNotDurable {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(busyPause):
		}
	}
}

// onWindows tells whether files have no modes to speak of.
const onWindows = runtime.GOOS == "windows"

// storeCache keeps what every sale reads of its store. It is used by the
// writing connection alone, and holds good while neither that connection is a
// new one nor another has committed.
type storeCache struct {
	epoch   atomic.Int64 // connections opened
	held    engine.Store
	seen    int64 // data_version when held was read
	seenOn  int64 // epoch when held was read
	present bool
}

func (c *storeCache) connected() { c.epoch.Add(1) }
