package sshd

import (
	"context"
	"io"
	"time"

	"bounceback/engine"
)

// CodeInputLong says that more came in than a command reads; with most.
const CodeInputLong engine.Code = "input_too_long"

// mostInput is how many bytes a command over SSH may be sent.
const mostInput = 16 << 20

// command runs a command line as the holder of the key. It ends when the client
// goes, when the server closes, or when it is done.
func (s *server) command(g *guest) {
	ctx, stop := context.WithCancel(s.hard)
	defer stop()
	go s.attendCommand(ctx, stop, g)
	args := g.sess.Command()
	if len(args) == 0 { // quotes without their end
		args = []string{g.sess.RawCommand()}
	}
	status := s.opt.Command(ctx, g.actor, Streams{
		In: &limited{from: g.sess, left: mostInput}, Out: g.sess, Err: g.sess.Stderr(), Getenv: environ(g.sess),
	}, args)
	s.wrote(g)
	_ = g.sess.Exit(status) // the client may have gone
}

// attendCommand ends a command whose client goes, that takes longer than a
// session may be idle, or that still runs when the server closes.
func (s *server) attendCommand(ctx context.Context, stop context.CancelFunc, g *guest) {
	limit := make(<-chan time.Time)
	if s.opt.Idle > 0 {
		limit = time.After(s.opt.Idle)
	}
	select {
	case <-ctx.Done():
		return
	case <-g.sess.Context().Done():
		g.end(cutOff)
	case <-s.closing:
		g.end(isClosing)
	case <-limit:
		g.end(isIdle)
	case <-g.ending:
	}
	stop()
	_ = g.sess.Exit(statusFault) // it may be waiting for what the client sends
}

// limited reads so many bytes and no more: the rest is an error, not an end
// that would pass for the whole.
type limited struct {
	from io.Reader
	left int
}

// Read gives what came in.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, engine.BadInput(CodeInputLong, "most", mostInput)
	}
	n, err := l.from.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}
