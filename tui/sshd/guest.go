package sshd

import (
	"sync"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"bounceback/engine"
)

// reason is why a session is ended. Its sentence is in the catalogue under
// "serve.<reason>".
type reason string

const (
	leftItself reason = ""         // the person quit
	cutOff     reason = "cut_off"  // the connection broke; nobody is told
	isClosing  reason = "closing"  // the server ends
	isIdle     reason = "idle"     // nobody touched it
	isStuck    reason = "stuck"    // a command that waits for its client
	shutOut    reason = "shut_out" // the key opens nothing any more
	isBroken   reason = "broken"   // a fault
)

// guest is a session that was let in.
type guest struct {
	sess   ssh.Session
	conn   *gossh.ServerConn
	key    string // fingerprint
	actor  engine.Actor
	holder engine.KeyHolder
	screen bool // it shows the screens; otherwise it runs a command

	mu   sync.Mutex
	why  reason
	look func() // asks the screens to look for changes; nil while there are none

	ending chan struct{} // closed when it is to end
	gone   chan struct{} // closed when it has ended, and what was rung up is kept
}

// place is where the guest works.
func (g *guest) place() place {
	return place{store: g.actor.StoreID, staff: g.holder.Staff.ID, register: g.actor.RegisterID}
}

// end asks the session to end; the first reason stands.
func (g *guest) end(why reason) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.why == leftItself {
		g.why = why
		close(g.ending)
	}
}

// drop ends a session whose client answers no more, and then closes the
// connection: nobody is there to close it from the other end.
func (g *guest) drop() {
	g.end(cutOff)
	select {
	case <-g.gone:
	case <-time.After(goneWithin):
	}
	_ = g.conn.Close()
}

func (g *guest) reason() reason {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.why
}

// answers asks the client whether it is there. Any answer will do, and a
// refusal is the usual one.
func (g *guest) answers(limit time.Duration) bool {
	told := make(chan bool, 1)
	go func() {
		_, _, err := g.conn.SendRequest("keepalive@openssh.com", true, nil)
		told <- err == nil
	}()
	select {
	case ok := <-told:
		return ok
	case <-time.After(limit):
		return false
	}
}

// guests are the sessions that are in.
type guests struct {
	most, perKey int

	mu sync.Mutex
	in map[*guest]bool
}

func newGuests(most, perKey int) *guests {
	return &guests{most: most, perKey: perKey, in: map[*guest]bool{}}
}

// enter lets a session in; otherwise it gives the key of the sentence that says
// why not. Screens and commands take no places from each other.
//
// words: serve.full serve.key_full serve.key_busy
func (all *guests) enter(g *guest) (refusal string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	same, of := 0, 0
	for other := range all.in {
		if other.screen != g.screen {
			continue
		}
		of++
		if other.key == g.key {
			same++
		}
	}
	switch {
	case same >= all.perKey && !g.screen:
		return "key_busy"
	case same >= all.perKey:
		return "key_full"
	case of >= all.most:
		return "full"
	}
	all.in[g] = true
	return ""
}

func (all *guests) leave(g *guest) {
	all.mu.Lock()
	defer all.mu.Unlock()
	delete(all.in, g)
}

// those gives the sessions that are in and of which is holds.
func (all *guests) those(is func(*guest) bool) []*guest {
	all.mu.Lock()
	defer all.mu.Unlock()
	var out []*guest
	for g := range all.in {
		if is(g) {
			out = append(out, g)
		}
	}
	return out
}

// Waits for clients and sessions that may be dead.
const (
	answerWithin = 2 * time.Second
	goneWithin   = 12 * time.Second
)

// bury ends the sessions of a key whose clients answer no more: a till that
// lost its connection comes back before the server has found out, and wants
// what was rung up there.
func (all *guests) bury(newcomer *guest) {
	var wait sync.WaitGroup
	for _, g := range all.those(func(g *guest) bool { return g != newcomer && g.key == newcomer.key }) {
		wait.Go(func() {
			if !g.answers(answerWithin) {
				g.drop()
			}
		})
	}
	wait.Wait()
}

// tell asks the other screens of a store to look for changes.
func (all *guests) tell(store engine.ID, but *guest) {
	for _, g := range all.those(func(g *guest) bool { return g != but && g.actor.StoreID == store }) {
		g.mu.Lock()
		look := g.look
		g.mu.Unlock()
		if look != nil {
			look()
		}
	}
}
