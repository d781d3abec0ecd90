// Package sshd serves the screens and commands over SSH: the same program, on
// the machine that has the file.
//
//	sshd.go        what it is run with; from the start to the end
//	door.go        which connections are let in; narrow.go what they may ask
//	guest.go       who is in, and how they are seen out
//	session.go     one session: who it is, and what it wants
//	window.go      the screens in a session; command.go a command in one
//	gate.go        the shop as one key sees it; tries.go the PINs it may try
//	kept.go        what was rung up when a connection broke
//	term.go        what a terminal can show
//	hostkey.go     the server's own key; authorized.go the keys of others
//	unit.go        the systemd unit
package sshd

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"
	gossh "golang.org/x/crypto/ssh"

	"bounceback/engine"
	"bounceback/tui/shop"
)

// Codes of the address to listen on; with address and, but for the last, cause.
const (
	CodeListen      engine.Code = "serve_listen"
	CodeListenTaken engine.Code = "serve_listen_taken" // another program has it
	CodeListenBad   engine.Code = "serve_listen_bad"   // it is none
)

// What holds unless told otherwise.
const (
	DefaultListen   = ":2222"
	DefaultIdle     = 12 * time.Hour
	DefaultSessions = 32
	DefaultPerKey   = 8
)

// Streams are what a command over SSH reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
}

// Options are what the server is run with. Shop, Clock, NewKey, Command and
// HostKey are needed.
type Options struct {
	Shop    shop.Shop
	HostKey string // path of the server's own key, made if it is not there

	// Listen is the address; empty is DefaultListen.
	Listen string
	// Idle ends a session nobody touched for so long; 0 is never.
	Idle time.Duration
	// Sessions is how many there may be at a time, PerKey how many of one key: of
	// screens, and as many again of commands.
	Sessions, PerKey int
	// Beat is how often a session is looked after; 0 is every two seconds.
	Beat time.Duration

	Clock  func() time.Time
	NewKey func() string
	// Print prints the slip of a sale on the printer of its store.
	Print func(ctx context.Context, a engine.Actor, sale engine.ID) error
	// Command runs a command line as somebody and gives its exit status.
	Command func(ctx context.Context, a engine.Actor, s Streams, args []string) int
	// Wrote is told when something may have been written.
	Wrote func()
	// Ready is told the address and the fingerprint of the server's key.
	Ready func(address net.Addr, key string)

	Log *slog.Logger // nil is none
}

// farewell is how long sessions get to end by themselves at the server's end.
const farewell = 15 * time.Second

// server is one run.
type server struct {
	opt  Options
	door *door
	in   *guests
	kept *shelf
	// tries are the PINs that were tried on the screens of each key.
	tries *tries
	ssh   *ssh.Server

	// hard ends what did not end by itself; sessions and their writes run under
	// it, and not under the connection that may break at any time.
	hard    context.Context //nolint:containedctx // it lives exactly as long as the server
	closing chan struct{}
	running sync.WaitGroup
}

// Run serves until ctx ends; then sessions are told, writes under way end, and
// it returns.
func Run(ctx context.Context, opt Options) error {
	key, err := hostKey(opt.HostKey)
	if err != nil {
		return err
	}
	opt = withDefaults(opt)
	hard, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	s := &server{
		opt: opt, hard: hard, closing: make(chan struct{}), door: newDoor(2 * opt.Sessions),
		in: newGuests(opt.Sessions, opt.PerKey), kept: newShelf(opt.Clock), tries: newTries(opt.Clock),
	}
	if s.ssh, err = wish.NewServer(s.options(key)); err != nil {
		return engine.Broken(CodeHostKeyBad, err, "path", opt.HostKey)
	}
	l, err := listen(ctx, opt.Listen)
	if err != nil {
		return err
	}
	if opt.Ready != nil {
		opt.Ready(l.Addr(), gossh.FingerprintSHA256(key.PublicKey()))
	}
	done := make(chan error, 1)
	go func() { done <- s.ssh.Serve(l) }()
	select {
	case err = <-done:
	case <-ctx.Done():
		_ = l.Close() // nobody else comes in
	}
	s.close(stop)
	if errors.Is(err, ssh.ErrServerClosed) {
		err = nil
	}
	return err
}

func checkListen(address string) error {
	if _, port, err := net.SplitHostPort(address); err != nil || port == "" {
		return engine.BadInput(CodeListenBad, "address", address)
	}
	return nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	if err := checkListen(address); err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, engine.Broken(CodeListenTaken, err, "address", address)
	}
	return nil, engine.Broken(CodeListen, err, "address", address)
}

func withDefaults(opt Options) Options {
	if opt.Listen == "" {
		opt.Listen = DefaultListen
	}
	if opt.Sessions <= 0 {
		opt.Sessions = DefaultSessions
	}
	if opt.PerKey <= 0 {
		opt.PerKey = min(DefaultPerKey, opt.Sessions)
	}
	if opt.Beat <= 0 {
		opt.Beat = 2 * time.Second
	}
	if opt.Wrote == nil {
		opt.Wrote = func() {}
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	return opt
}

// options say that only keys open, and that nothing is there but sessions: no
// forwarding of any kind, and no subsystem.
func (s *server) options(key gossh.Signer) ssh.Option {
	return func(srv *ssh.Server) error {
		srv.AddHostKey(key)
		srv.Version = "Bounceback"
		srv.Handler = s.session
		srv.PublicKeyHandler = s.known
		srv.ConnCallback = s.connected
		srv.ConnectionFailedCallback = s.failed
		srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel}
		srv.RequestHandlers = map[string]ssh.RequestHandler{}
		srv.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
		srv.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig {
			return &gossh.ServerConfig{MaxAuthTries: 10, PublicKeyAuthAlgorithms: gossh.SupportedAlgorithms().PublicKeyAuths}
		}
		return nil
	}
}

// visitKey finds the visit of a connection in its context.
type visitKey struct{}

// connected lets a new connection in or not.
func (s *server) connected(ctx ssh.Context, conn net.Conn) net.Conn {
	v, why := s.door.enter(conn, time.Now())
	if v == nil {
		s.opt.Log.Warn("turned away", "from", conn.RemoteAddr().String(), "why", why)
		return nil
	}
	ctx.SetValue(visitKey{}, v)
	return v
}

// failed notes a connection that proved nothing.
func (s *server) failed(conn net.Conn, err error) {
	s.opt.Log.Info("nobody came in", "from", conn.RemoteAddr().String(), "why", err.Error())
}

// known tells whether a key is somebody's who works in a store of the file. The
// client learns no more than that it is not let in.
func (s *server) known(ctx ssh.Context, key ssh.PublicKey) bool {
	print := engine.KeyFingerprint(key.Marshal())
	_, err := s.opt.Shop.KeyHolder(ctx, print)
	if err == nil {
		err = usable(key)
	}
	if err != nil {
		s.opt.Log.Warn("key refused", "key", print, "kind", key.Type(), "user", ctx.User(), "from", ctx.RemoteAddr().String(), "why", whyRefused(err))
	}
	return err == nil
}

// whyRefused is the reason for the log.
func whyRefused(err error) string {
	switch engine.CodeOf(err) {
	case engine.CodeKeyUnknown:
		return "nobody's key"
	case engine.CodeKeyInactive:
		return "its holder does not work here any more"
	}
	return err.Error()
}

// channel opens a session in a connection.
func (s *server) channel(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	v, ok := ctx.Value(visitKey{}).(*visit)
	if !ok || !v.begin() {
		_ = asked.Reject(gossh.ResourceShortage, "too many sessions in one connection")
		return
	}
	defer func() { v.end(time.Now()) }()
	ssh.DefaultSessionHandler(srv, conn, narrow{asked}, ctx)
}

// close sees everybody out.
func (s *server) close(stop context.CancelFunc) {
	close(s.closing)
	left := make(chan struct{})
	go func() {
		s.running.Wait()
		close(left)
	}()
	select {
	case <-left:
	case <-time.After(farewell):
		s.opt.Log.Warn("some sessions did not end by themselves")
	}
	stop()
	_ = s.ssh.Close() // what is still open is cut off
}
