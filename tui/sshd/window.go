package sshd

import (
	"errors"
	"io"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/ssh"

	"bounceback/engine"
	"bounceback/tui"
)

// framesPerSecond is how many frames a session gets at most. A key is answered
// by the next one, 33 ms later at most; a line that did not change is not sent.
const framesPerSecond = 30

// Times of a running session.
const (
	aliveEvery  = 15 * time.Second // the client is asked whether it is there
	aliveWithin = 20 * time.Second
	endWithin   = 10 * time.Second // a session that is told to end gets
	lookEvery   = 200 * time.Millisecond
)

// window shows the screens in a session.
func (s *server) window(g *guest, sizes <-chan ssh.Window) {
	getenv := environ(g.sess)
	in := newTyped(g.sess, s.opt.Clock)
	app, err := tui.New(s.hard, tui.Options{
		Shop: gate{Shop: s.opt.Shop, of: g.holder, tries: s.tries}, Store: g.actor.StoreID.String(), Register: g.actor.Register, Actor: s.comesIn(g),
		NewKey: s.opt.NewKey, Clock: s.opt.Clock, Getenv: getenv, Print: s.opt.Print, Kept: s.kept.take(g.place()), NoFiles: true,
		Wrote: func() { s.wrote(g) }, Front: g.sess.RawCommand(), Input: in, Output: g.sess, Renderer: renderer(g.sess, getenv),
	})
	if err != nil {
		s.opt.Log.Error("no screen", s.about(g, "what", err.Error())...)
		s.leave(g.sess, g, string(isBroken), statusFault)
		return
	}
	p := tea.NewProgram(app, tea.WithInput(in), tea.WithOutput(g.sess), tea.WithAltScreen(), tea.WithFPS(framesPerSecond),
		tea.WithContext(s.hard), tea.WithoutSignalHandler())
	over := make(chan struct{})
	go resizes(p, sizes)
	go s.attend(g, app, in, over)
	go s.conclude(g, p, over)
	stopLooking := g.looks(p)
	_, err = p.Run()
	close(over)
	stopLooking()
	s.bidFarewell(g, app, err)
}

// comesIn is who is signed in from the start: the holder of the key, unless the
// store wants a PIN as well and there is one.
func (s *server) comesIn(g *guest) engine.Actor {
	if s.needsPIN(g) {
		return engine.Actor{}
	}
	return g.actor
}

// needsPIN tells whether the key alone does not sign its holder in.
func (s *server) needsPIN(g *guest) bool {
	return !g.holder.Store.Settings.Flag(engine.SetKeySignsIn) && g.holder.Staff.HasPIN
}

// resizes hands the window's sizes on, until the session has ended.
func resizes(p *tea.Program, sizes <-chan ssh.Window) {
	for w := range sizes {
		width, height := size(w)
		p.Send(tea.WindowSizeMsg{Width: width, Height: height})
	}
}

// looks lets others ask these screens to look for changes: soon, and once for
// many changes.
func (g *guest) looks(p *tea.Program) (stop func()) {
	wanted, over := make(chan struct{}, 1), make(chan struct{})
	g.mu.Lock()
	g.look = func() {
		select {
		case wanted <- struct{}{}:
		default:
		}
	}
	g.mu.Unlock()
	go func() {
		for {
			select {
			case <-over:
				return
			case <-wanted:
				p.Send(tui.LookMsg{})
				time.Sleep(lookEvery)
			}
		}
	}()
	return func() { close(over) }
}

// wrote tells the worker and the other screens of the store.
func (s *server) wrote(g *guest) {
	s.opt.Wrote()
	s.in.tell(g.actor.StoreID, g)
}

// attend looks after a session until it is over: whether somebody is there,
// and may be.
func (s *server) attend(g *guest, app *tui.App, in *typed, over <-chan struct{}) {
	beat, alive := time.NewTicker(s.opt.Beat), time.NewTicker(aliveEvery)
	defer beat.Stop()
	defer alive.Stop()
	for {
		select {
		case <-over:
			return
		case <-g.ending:
			return
		case <-s.closing:
			g.end(isClosing)
		case <-g.sess.Context().Done():
			g.end(cutOff)
		case <-in.ended:
			g.end(cutOff)
		case <-beat.C:
			switch {
			case s.opt.Idle > 0 && s.opt.Clock().Sub(in.last()) >= s.opt.Idle:
				g.end(isIdle)
			case !s.mayStay(g, app.Actor()):
				g.end(shutOut)
			}
		case <-alive.C:
			go func() {
				if !g.answers(aliveWithin) {
					g.drop()
				}
			}()
		}
	}
}

// mayStay tells whether the key still opens the store in the same role, and
// whether whoever is signed in still works there in theirs. When the file
// cannot be asked just now, nobody is sent away.
func (s *server) mayStay(g *guest, now engine.Actor) bool {
	h, err := s.opt.Shop.KeyHolder(s.hard, g.key)
	if err != nil {
		return engine.ClassOf(err) != engine.Rule
	}
	if h.Staff.ID != g.holder.Staff.ID || h.Staff.Role != g.holder.Staff.Role || h.Store.ID != g.actor.StoreID {
		return false
	}
	if now.StaffID.IsZero() || now.StaffID == h.Staff.ID {
		return true
	}
	all, err := s.opt.Shop.Staff(s.hard, g.actor.StoreID, false)
	if err != nil {
		return true
	}
	for _, p := range all {
		if p.ID == now.StaffID {
			return p.Role == now.Role
		}
	}
	return false
}

// conclude ends the program of a session that is to end: it is asked to, which
// lets a write end; a program that does not is killed, and the connection cut,
// since a client that takes nothing holds the program up.
func (s *server) conclude(g *guest, p *tea.Program, over <-chan struct{}) {
	select {
	case <-over:
		return
	case <-g.ending:
	}
	go p.Send(tui.HangUpMsg{})
	select {
	case <-over:
	case <-time.After(endWithin):
		_ = g.conn.Close()
		p.Kill()
	}
}

// bidFarewell keeps what is rung up, and tells the person why it ended.
func (s *server) bidFarewell(g *guest, app *tui.App, err error) {
	why := g.reason()
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		s.opt.Log.Error("fault in a session", s.about(g, "what", err.Error())...)
		why = isBroken // what led to it is not brought back
	case why == leftItself && err == nil:
		s.leave(g.sess, g, "", statusDone)
		return
	default:
		s.kept.put(g.place(), app.Kept())
	}
	if why == cutOff || why == leftItself {
		_ = g.sess.Exit(statusRefused) // nobody is there to be told
		return
	}
	s.leave(g.sess, g, string(why), statusRefused)
}

// typed is what a person types, with the time of the last of it. When the
// client has gone it is at its end, whatever the connection says.
type typed struct {
	from  io.Reader
	clock func() time.Time
	at    atomic.Int64
	ended chan struct{}
	over  atomic.Bool
}

func newTyped(from io.Reader, clock func() time.Time) *typed {
	t := &typed{from: from, clock: clock, ended: make(chan struct{})}
	t.at.Store(clock().UnixMilli())
	return t
}

// Read gives what was typed.
func (t *typed) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	if n > 0 {
		t.at.Store(t.clock().UnixMilli())
	}
	if err == nil {
		return n, nil
	}
	if t.over.CompareAndSwap(false, true) {
		close(t.ended)
	}
	return n, io.EOF
}

func (t *typed) last() time.Time { return time.UnixMilli(t.at.Load()) }
