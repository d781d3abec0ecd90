package sshd

import (
	"sync"
	"time"

	"bounceback/engine"
)

// tries counts the wrong PINs typed on the screens of each key, over all its
// sessions. After engine.PINTries of them the key may try none for
// engine.PINLockTime, then twice as long, and so on up to engine.PINLockMost;
// so long after the last one they are forgotten. A right PIN in between forgets
// none: everybody knows their own. Whose PIN it was meant to be is not locked
// out.
type tries struct {
	clock func() time.Time

	mu  sync.Mutex
	key map[string]*tried
}

type tried struct {
	wrong, lockouts int // wrong ones, and those not answered yet
	last, until     time.Time
}

func newTries(clock func() time.Time) *tries { return &tries{clock: clock, key: map[string]*tried{}} }

// take counts a try of a key before it is made, so that many at a time are no
// more than the allowed ones; or gives until when there are none.
func (t *tries) take(key string) (until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, k := t.clock(), t.key[key]
	if k == nil || now.Sub(k.last) > engine.PINLockMost*time.Millisecond {
		k = &tried{}
		t.key[key] = k
	}
	switch {
	case now.Before(k.until):
		return k.until
	case k.wrong >= engine.PINTries: // the others are being answered
		return now.Add(pinLock(k.lockouts))
	}
	k.wrong, k.last = k.wrong+1, now
	return time.Time{}
}

// giveBack takes a try back that told nothing about a PIN, or was right.
func (t *tries) giveBack(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if k := t.key[key]; k != nil {
		k.wrong = max(0, k.wrong-1)
	}
}

// wrong says how many tries are left after a wrong one, or until when there are
// none.
func (t *tries) wrong(key string) (left int, until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k := t.key[key]
	if k == nil {
		return engine.PINTries, time.Time{}
	}
	if left = engine.PINTries - k.wrong; left > 0 {
		return left, time.Time{}
	}
	if now := t.clock(); !now.Before(k.until) {
		k.until = now.Add(pinLock(k.lockouts))
		k.wrong, k.lockouts = 0, k.lockouts+1
	}
	return 0, k.until
}

// pinLock is how long a lock-out lasts after so many before it.
func pinLock(before int) time.Duration {
	ms := int64(engine.PINLockTime)
	for ; before > 0 && ms < engine.PINLockMost; before-- {
		ms *= 2
	}
	return time.Duration(min(ms, engine.PINLockMost)) * time.Millisecond
}
