package demo

import (
	"sync/atomic"

	"bounceback/engine"
)

// Clock is a clock that can be moved: the store of a demo reads it. Until it
// is set, and again once it is released, it is the machine's. It may be used
// by several goroutines.
type Clock struct {
	machine func() engine.Instant
	set     atomic.Int64
}

// NewClock makes a clock that goes by the machine's.
func NewClock(machine func() engine.Instant) *Clock { return &Clock{machine: machine} }

// Now reads the clock.
func (c *Clock) Now() engine.Instant {
	if at := c.set.Load(); at != 0 {
		return engine.Instant(at)
	}
	return c.machine()
}

// Set stops the clock at an instant.
func (c *Clock) Set(at engine.Instant) { c.set.Store(int64(at)) }

// Release lets the clock go by the machine's again.
func (c *Clock) Release() { c.set.Store(0) }
