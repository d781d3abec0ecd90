package sshd

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	"bounceback/engine"
)

// CodeInputLong says that more came in than a command reads; with most.
const CodeInputLong engine.Code = "input_too_long"

// CodeInputEnded says that what a command was sent is not taken, since the
// session was ended.
const CodeInputEnded engine.Code = "input_ended"

const (
	mostInput = 16 << 20 // bytes that a command may be sent

	// inputWithin is how long a command waits for the next of them.
	inputWithin = time.Minute
)

// command runs a command line as the holder of the key. It ends when the client
// goes, when the server closes, when the key opens nothing any more, or when it
// is done.
func (s *server) command(g *guest) {
	ctx, stop := context.WithCancel(s.hard)
	defer stop()
	in := &limited{from: g.sess, left: mostInput, clock: time.Now, end: func() bool { return s.mayGoOn(g) }}
	go s.attendCommand(ctx, stop, g, in)
	args := g.sess.Command()
	if len(args) == 0 { // quotes without their end
		args = []string{g.sess.RawCommand()}
	}
	status := s.opt.Command(ctx, g.actor, Streams{In: in, Out: g.sess, Err: g.sess.Stderr(), Getenv: environ(g.sess)}, args)
	s.wrote(g)
	_ = g.sess.Exit(status) // the client may have gone
}

// mayGoOn tells whether a command that has read its input may act on it: a
// person may have been shut out while it came.
func (s *server) mayGoOn(g *guest) bool {
	if !s.mayStay(g, g.actor) {
		g.end(shutOut)
	}
	return g.reason() == leftItself
}

// attendCommand ends a command whose client goes, that waits for its client for
// too long, whose key is taken away, or that still runs when the server closes.
//
// words: serve.stuck
func (s *server) attendCommand(ctx context.Context, stop context.CancelFunc, g *guest, in *limited) {
	limit := make(<-chan time.Time)
	if s.opt.Idle > 0 {
		limit = time.After(s.opt.Idle)
	}
	beat := time.NewTicker(s.opt.Beat)
	defer beat.Stop()
	for g.reason() == leftItself {
		select {
		case <-ctx.Done():
			return
		case <-g.sess.Context().Done():
			g.end(cutOff)
		case <-s.closing:
			g.end(isClosing)
		case <-limit:
			g.end(isStuck)
		case <-beat.C:
			s.watchCommand(g, in)
		case <-g.ending:
		}
	}
	stop()
	why, status := g.reason(), statusFault
	switch why {
	case cutOff:
		why = leftItself // nobody is there to be told
	case shutOut:
		status = statusRefused
	}
	s.leave(g.sess, g, string(why), status) // it may be waiting for what the client sends
}

func (s *server) watchCommand(g *guest, in *limited) {
	switch {
	case in.waited() >= inputWithin:
		g.end(isStuck)
	case !s.mayStay(g, g.actor):
		g.end(shutOut)
	}
}

// limited reads so many bytes and no more: the rest is an error, not an end
// that would pass for the whole. Nor is the end of a session that was ended.
type limited struct {
	from  io.Reader
	left  int
	clock func() time.Time
	end   func() bool // whether the end of what came in is one

	since atomic.Int64 // when the wait for the next byte began, in ms; 0: there is none
}

// Read gives what came in.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, engine.BadInput(CodeInputLong, "most", mostInput)
	}
	l.since.Store(l.clock().UnixMilli())
	n, err := l.from.Read(p[:min(len(p), l.left)])
	l.since.Store(0)
	l.left -= n
	if err != nil && !l.end() {
		return 0, engine.Refuse(CodeInputEnded)
	}
	return n, err
}

// waited is how long the next byte has been waited for.
func (l *limited) waited() time.Duration {
	since := l.since.Load()
	if since == 0 {
		return 0
	}
	return l.clock().Sub(time.UnixMilli(since))
}
