package sshd

import (
	"sync"
	"time"

	"bounceback/engine"
	"bounceback/tui/screen"
)

// place is where somebody works: what is rung up belongs to the holder of a key
// at a register.
type place struct{ store, staff, register engine.ID }

// What is kept for sessions that broke off, and how long.
const (
	keepFor  = 24 * time.Hour
	keepMost = 1000 // places
)

// shelf keeps what was rung up when a session broke off, for the next one of
// the same person at the same register.
type shelf struct {
	clock func() time.Time

	mu   sync.Mutex
	kept map[place]shelved
}

type shelved struct {
	what *screen.Kept
	at   time.Time
}

func newShelf(clock func() time.Time) *shelf { return &shelf{clock: clock, kept: map[place]shelved{}} }

// put keeps something, before what is kept for the place already.
func (s *shelf) put(at place, what *screen.Kept) {
	if what == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	if _, there := s.kept[at]; there || len(s.kept) < keepMost {
		s.kept[at] = shelved{what: what.Join(s.kept[at].what), at: s.clock()}
	}
}

// take gives what is kept for a place, once.
func (s *shelf) take(at place) *screen.Kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	what := s.kept[at].what
	delete(s.kept, at)
	return what
}

func (s *shelf) forget() {
	for at, k := range s.kept {
		if s.clock().Sub(k.at) > keepFor {
			delete(s.kept, at)
		}
	}
}
