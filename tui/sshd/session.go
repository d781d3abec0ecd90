package sshd

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui"
)

// The exit statuses of a session that runs no command of ours.
const (
	statusDone    = 0
	statusRefused = 1
	statusUsage   = 2
	statusFault   = 3
)

// session is one session of somebody whose key is known.
func (s *server) session(sess ssh.Session) {
	select {
	case <-s.closing:
		s.leave(sess, nil, string(isClosing), statusRefused)
		return
	default:
	}
	s.running.Add(1)
	defer s.running.Done()
	_, sizes, pty := sess.Pty()
	g, err := s.welcome(sess)
	if err != nil {
		s.opt.Log.Warn("not let in", "user", sess.User(), "from", sess.RemoteAddr().String(), "why", whyRefused(err))
		s.turnAway(sess, g, err)
		return
	}
	defer s.fault(g)
	if refusal := s.letIn(g); refusal != "" {
		s.opt.Log.Warn("not let in", s.about(g, "why", refusal)...)
		s.leave(sess, g, refusal, statusRefused)
		return
	}
	defer close(g.gone)
	defer s.in.leave(g)
	s.opt.Log.Info("came in", s.about(g)...)
	began := time.Now()
	defer func() {
		s.opt.Log.Info("left", s.about(g, "why", string(g.reason()), "after", time.Since(began).Round(time.Second).String())...)
	}()
	switch {
	case !g.screen:
		if pty {
			go drain(sizes)
		}
		s.command(g)
	case !pty:
		s.leave(sess, g, "no_terminal", statusUsage)
	case !draws(environ(sess)):
		go drain(sizes)
		s.leave(sess, g, "dumb_terminal", statusUsage)
	default:
		s.window(g, sizes)
	}
}

// mostCommand is how many bytes a command line may have: taking one apart gets
// slow with its square.
const mostCommand = 16 << 10

// wantsScreen tells whether a session is to show the screens: without a command
// the counter, and the desk by its name.
func wantsScreen(sess ssh.Session) bool {
	command := sess.RawCommand()
	return command == "" || command == tui.FrontDesk
}

// welcome finds out whose session it is, and signs them in.
func (s *server) welcome(sess ssh.Session) (*guest, error) {
	conn, _ := sess.Context().Value(ssh.ContextKeyConn).(*gossh.ServerConn)
	key := sess.PublicKey()
	if conn == nil || key == nil {
		return nil, engine.Refuse(engine.CodeKeyUnknown)
	}
	g := &guest{
		sess: sess, conn: conn, key: engine.KeyFingerprint(key.Marshal()), screen: wantsScreen(sess),
		ending: make(chan struct{}), gone: make(chan struct{}),
	}
	from := engine.FromCounter
	if !g.screen {
		from = engine.FromCommand
	}
	var err error
	if g.holder, err = s.opt.Shop.KeyHolder(s.hard, g.key); err != nil {
		return g, err
	}
	g.actor, err = s.opt.Shop.SignInByKey(s.hard, g.key, sess.User(), from)
	if err != nil && !g.actor.StaffID.IsZero() { // who may come in does, though it cannot be noted
		s.opt.Log.Error("not noted who came in", s.about(g, "why", err.Error())...)
		err = nil
	}
	return g, err
}

// turnAway says why a key that is known does not come in: because it is
// nobody's by now; because of what the address says; or because of a fault of
// the machine.
func (s *server) turnAway(sess ssh.Session, g *guest, err error) {
	status := statusFault
	switch {
	case slices.Contains([]engine.Code{engine.CodeKeyUnknown, engine.CodeKeyInactive, engine.CodeStaffUnknown}, engine.CodeOf(err)):
		s.leave(sess, g, string(shutOut), statusRefused)
		return
	case engine.ClassOf(err) == engine.Rule:
		status = statusRefused
	}
	if f, ok := formatOf(g); ok {
		fmt.Fprintf(sess.Stderr(), "%s\n", engine.ShownText(f.Err(err)))
	}
	_ = sess.Exit(status) // it may have gone already
}

// formatOf writes in the ways of a guest's store, or in English where that is
// not known.
func formatOf(g *guest) (*words.Format, bool) {
	st := engine.Store{Country: "US", Currency: "USD"}
	if g != nil && g.holder.Store.Country != "" {
		st = g.holder.Store
	}
	w, err := words.For(st.Language)
	if err != nil {
		return nil, false
	}
	f, err := words.NewFormat(w, st.Country, st.Currency, st.Zone())
	return f, err == nil
}

// letIn keeps the limits. Where they are reached, it first ends what is dead;
// and what the same person had at the same register. A command has nobody to
// ask for a PIN: where the store wants it beside the key, there are none for
// whoever has one.
//
// words: serve.command_long serve.pin_too
func (s *server) letIn(g *guest) (refusal string) {
	switch {
	case len(g.sess.RawCommand()) > mostCommand:
		return "command_long"
	case !g.screen && s.needsPIN(g):
		return "pin_too"
	}
	s.in.bury(g)
	return s.in.enter(g)
}

// about is what the log says of a session.
func (s *server) about(g *guest, more ...any) []any {
	return append([]any{
		"who", g.holder.Staff.Name, "store", g.holder.Store.Title, "till", g.actor.Register, "key", g.key,
		"from", g.sess.RemoteAddr().String(), "command", firstWords(g.sess.RawCommand()),
	}, more...)
}

// firstWords is what was asked for, without what may be private in it.
func firstWords(command string) string {
	fields := strings.Fields(command[:min(len(command), 200)])
	return strings.Join(fields[:min(2, len(fields))], " ")
}

// leave says a sentence of the catalogue and ends the session.
//
// words: serve.*
func (s *server) leave(sess ssh.Session, g *guest, sentence string, status int) {
	var lang string
	if g != nil {
		lang = g.holder.Store.Language
	}
	if w, err := words.For(lang); err == nil && sentence != "" {
		fmt.Fprintf(sess.Stderr(), "%s\n", w.T("serve."+sentence))
	}
	_ = sess.Exit(status) // it may have gone already
}

// fault keeps the server running when a session does something wrong.
func (s *server) fault(g *guest) {
	if r := recover(); r != nil {
		s.opt.Log.Error("fault in a session", s.about(g, "what", fmt.Sprint(r))...)
		s.leave(g.sess, g, string(isBroken), statusFault)
	}
}

// drain takes changes of a window that nothing is drawn in: the library waits
// for them to be taken.
func drain(sizes <-chan ssh.Window) {
	for range sizes {
		continue
	}
}
