// Package store keeps everything durable in one SQLite file.
//
// db.go opens and closes it (open.go: path, connections; open_net_*.go: network
// file systems; migrate.go: schema; keyfile.go: the key file). tx.go and
// statement.go say how transactions and statements run, fault.go how the
// driver's errors become the engine's. key.go and seal.go keep phones, codes and texts
// from standing in the file in the clear. audit.go is the log of what changed.
// Each noun has its file: sale.go, coupon.go, customer.go, campaign.go,
// message.go, staff.go, register.go, store.go. A coupon's texts are planned in
// message_plan.go, worded in message_words.go and handed to workers by outbox.go
// and those beside it.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"bounceback/engine"
)

// DB is one open file. It implements what the faces need of a store; its
// methods may be called from several goroutines.
type DB struct {
	path    string
	writer  *pool // one connection
	reader  *pool // read only
	watch   *sql.DB
	clock   func() engine.Instant
	random  func([]byte)
	ids     *engine.IDs
	keys    *keyring
	stores  storeCache
	offers  offerCache
	promos  promoCache
	formats formats
	steps   int64 // of the schema that this program knows
}

// Options set an Open up; each zero field stands for its default.
type Options struct {
	KeyFile string                // default: the file's path with ".key" after it
	Clock   func() engine.Instant // default: the machine's clock
	Random  func([]byte)          // fills its argument; default: the machine's source of randomness

	// Network tells whether a directory lies on a network file system, and of
	// which kind. Default: asks the operating system.
	Network func(dir string) (kind string, remote bool, err error)
}

func (o Options) withDefaults(path string) Options {
	if o.KeyFile == "" {
		o.KeyFile = path + ".key"
	}
	if o.Clock == nil {
		o.Clock = func() engine.Instant { return engine.InstantOf(time.Now()) }
	}
	if o.Random == nil {
		o.Random = func(b []byte) { _, _ = rand.Read(b) } // it never fails: the program ends instead
	}
	if o.Network == nil {
		o.Network = onNetwork
	}
	return o
}

// readers is how many connections read beside the one that writes.
const readers = 3

// Open opens the SQLite file at a path, or makes it with its directory and key
// file if there is none yet, and brings its schema up to date. What stands in
// the way (not our file, a newer version, the wrong key, a network file system
// …) is an *engine.Error of class Fault; an address that is no path is of class Input.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	path, err := pathOf(url)
	if err != nil {
		return nil, err
	}
	o = o.withDefaults(path)
	d := &DB{path: path, clock: o.Clock, random: o.Random, ids: &engine.IDs{Random: o.Random}}
	if err := d.open(ctx, o); err != nil {
		_ = d.Close() // the first error is the one that matters
		return nil, d.explain(err)
	}
	return d, nil
}

func (d *DB) open(ctx context.Context, o Options) error {
	if err := prepareFile(d.path, o.Network); err != nil {
		return err
	}
	if err := probe(ctx, d.path); err != nil {
		return err
	}
	writer, err := openWriter(ctx, d.path, &d.stores)
	if err != nil {
		return err
	}
	d.writer = newPool(writer)
	if err := d.migrate(ctx, o.KeyFile); err != nil {
		return err
	}
	reader, err := openReader(ctx, d.path, readers)
	if err != nil {
		return err
	}
	d.reader = newPool(reader)
	d.watch, err = openReader(ctx, d.path, 1)
	return err
}

// Close closes the file.
func (d *DB) Close() error {
	var errs []error
	if d.watch != nil {
		errs = append(errs, d.watch.Close())
	}
	if d.reader != nil {
		errs = append(errs, d.reader.close())
	}
	if d.writer != nil {
		errs = append(errs, d.writer.close())
	}
	return d.explain(errors.Join(errs...))
}

// Path is where the file is.
func (d *DB) Path() string { return d.path }

// dataVersion changes on a connection when another one has committed.
var dataVersion = declare(`PRAGMA data_version`)

// Changed gives a number that differs from the last one when a transaction of
// this or another process has changed the file since.
func (d *DB) Changed(ctx context.Context) (int64, error) {
	var version int64
	err := d.watch.QueryRowContext(ctx, string(dataVersion)).Scan(&version)
	return version, d.explain(err)
}
