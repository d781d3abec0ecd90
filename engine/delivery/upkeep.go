package delivery

import (
	"context"
	"errors"
	"time"

	"bounceback/engine"
)

// Bounds of a look at the carrier's account. The list of opted-out numbers comes
// by the hundred, and SNS limits how often it may be asked for.
const (
	healthTimeout = 20 * time.Second
	listTimeout   = 30 * time.Second
	upkeepPause   = time.Minute // between two questions whether a look is due
)

// upkeep is a worker's look after the carrier's account. It goes on beside the
// texts, none of which waits for it.
type upkeep struct {
	chores hold         // the time in which the chores are not asked about again
	asked  hold         // the time in which the outbox is not asked again whether one is due
	sender string       // whose account was last looked at
	denied *Refused     // by which the credentials were turned away, until a text goes again
	news   bool         // that is not recorded yet
	found  chan account // what the look under way will find; nil: there is none
	stop   func()       // ends it
	fault  error        // of the outbox, not told yet
}

// account is what a look found.
type account struct {
	health  engine.SenderHealth
	numbers []string // that said stop
	listed  bool     // the list is there, and whole
}

// tend begins a look at the account when one is due, and records what the last
// one found. Its faults are kept: they do not stop texts.
func (w *Worker) tend(ctx context.Context) {
	if w.opt.Upkeep == nil {
		return
	}
	if w.upkeep.found != nil {
		select {
		case a := <-w.upkeep.found:
			w.saveAccount(ctx, a)
		default:
		}
		return
	}
	if w.lookDue(ctx) {
		w.look(ctx)
	}
}

// lookDue tells whether it is time for a look: by the outbox, or because texts
// go to another sender than the one looked at last.
func (w *Worker) lookDue(ctx context.Context) bool {
	now, u := w.opt.Clock(), &w.upkeep
	if u.news || u.sender != "" && u.sender != w.opt.Sender.Name() {
		return true
	}
	if u.asked.left(now) > 0 {
		return false
	}
	u.asked = hold{from: now, until: now.Add(upkeepPause)}
	due, err := w.opt.Upkeep.UpkeepDue(ctx, now, w.opt.Sender.Name())
	u.failed(err)
	return due && err == nil
}

// heard takes from the answer to a text whether the credentials may send. Once
// they were turned away nothing more is handed over for a while, and the account
// is looked at, at once; so it is when they are accepted again. It gives true
// when they were turned away.
func (w *Worker) heard(err error) bool {
	u := &w.upkeep
	if refused := deniedBy(err); refused != nil {
		w.denials++
		now := w.opt.Clock()
		w.hold = hold{from: now, until: now.Add(doubled(w.denials, deniedFirst, deniedMost))}
		w.why, u.denied, u.news = ReasonNotAuthorised, refused, true
		return true
	}
	if refused := new(Refused); w.denials > 0 && (err == nil || errors.As(err, &refused)) {
		w.denials, u.denied, u.news = 0, nil, true
	}
	return false
}

// look begins a look. An idle worker is woken when it is over.
func (w *Worker) look(ctx context.Context) {
	found := make(chan account, 1)
	ctx, cancel := context.WithCancel(ctx)
	w.upkeep.sender, w.upkeep.found, w.upkeep.stop = w.opt.Sender.Name(), found, cancel
	sender, now := w.opt.Sender, w.opt.Clock()
	go func() {
		found <- lookAt(ctx, sender, now)
		w.Wake()
	}()
}

// lookAt asks a sender about its account. The list is asked for only where texts
// can be handed over: a sender that is not set up would give an empty one.
func lookAt(ctx context.Context, s Sender, now engine.Instant) account {
	a := account{health: askHealth(ctx, s)}
	a.health.At = now
	if !a.health.Ready {
		return a
	}
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	numbers, err := s.OptedOut(ctx)
	if err != nil {
		addTrouble(&a.health, err)
		return a
	}
	a.numbers, a.listed = numbers, true
	a.health.OptedOut, a.health.Synced = len(numbers), now
	return a
}

func askHealth(ctx context.Context, s Sender) engine.SenderHealth {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	h, err := s.Health(ctx)
	if h.Sender == "" {
		h.Sender = s.Name()
	}
	if err != nil && h.Problem == "" {
		addTrouble(&h, err)
	}
	return h
}

// addTrouble adds what an error says about an account. The first is its problem;
// of each the words are kept.
func addTrouble(h *engine.SenderHealth, err error) {
	reason, detail := troubleOf(err)
	if h.Problem == "" {
		h.Problem = string(reason)
	}
	if h.Detail != "" {
		h.Detail += "; "
	}
	h.Detail += detail
}

// troubleOf tells what an error of a sender says about its account.
func troubleOf(err error) (Reason, string) {
	var refused *Refused
	var throttled *Throttled
	var notSent *NotSent
	switch {
	case errors.Is(err, ErrNoSender):
		return ReasonNoSender, ""
	case errors.As(err, &refused):
		return refused.Reason, refused.Detail
	case errors.As(err, &throttled):
		return ReasonThrottled, throttled.Detail
	case errors.As(err, &notSent):
		return notSent.Reason, notSent.Cause.Error()
	}
	return ReasonNoAnswer, err.Error()
}

// saveAccount records what a look found: the list first, so that a look is due
// again when it cannot be recorded.
func (w *Worker) saveAccount(ctx context.Context, a account) {
	w.endLook()
	ctx = context.WithoutCancel(ctx)
	w.upkeep.news = false
	if u := w.upkeep.denied; u != nil { // who may ask about the account may still not send
		a.health.Ready, a.health.Problem, a.health.Detail = false, string(u.Reason), u.Detail
	}
	if a.listed {
		if err := w.opt.Upkeep.SaveOptedOut(ctx, a.numbers, a.health.At); err != nil {
			w.upkeep.failed(err)
			return
		}
	}
	w.upkeep.failed(w.opt.Upkeep.SaveHealth(ctx, a.health))
}

// awaitLook waits for the look under way, if there is one. One that the end of
// ctx broke off has found nothing worth keeping.
func (w *Worker) awaitLook(ctx context.Context) {
	if w.upkeep.found == nil {
		return
	}
	a := <-w.upkeep.found
	if ctx.Err() != nil {
		w.endLook()
		return
	}
	w.saveAccount(ctx, a)
}

// endLook ends the look under way, if there is one.
func (w *Worker) endLook() {
	if w.upkeep.found != nil {
		w.upkeep.stop()
		w.upkeep.found = nil
	}
}

// failed keeps the first fault that was not told yet.
func (u *upkeep) failed(err error) {
	if u.fault == nil {
		u.fault = err
	}
}

// told gives the fault that was kept, once.
func (u *upkeep) told() error {
	err := u.fault
	u.fault = nil
	return err
}
