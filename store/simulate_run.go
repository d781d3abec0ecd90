package store

import (
	"context"
	"runtime"
	"sync"

	"bounceback/engine"
)

// crew prices the sales of one draft, in one goroutine if they must be priced in
// the order of time, in several otherwise.
type crew struct {
	pages   chan []engine.PastSale
	tallies []*engine.Tally
}

// replay reads the sales in this goroutine while others price them.
func (s *simulating) replay(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var work sync.WaitGroup
	crews := make([]*crew, len(s.replays))
	for i, r := range s.replays {
		crews[i] = s.hire(ctx, &work, i, r)
	}
	err := s.hand(ctx, crews)
	for _, c := range crews {
		close(c.pages)
	}
	if err != nil {
		stop()
	}
	work.Wait()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, c := range crews {
		for _, other := range c.tallies[1:] {
			c.tallies[0].Join(other)
		}
		draft, unpriced := c.tallies[0].Sum()
		s.out.Drafts, s.out.Unpriced = append(s.out.Drafts, draft), max(s.out.Unpriced, unpriced)
	}
	return nil
}

// hire begins to price the pages of a draft.
func (s *simulating) hire(ctx context.Context, work *sync.WaitGroup, draft int, r *engine.Replay) *crew {
	c := &crew{pages: make(chan []engine.PastSale, 2)}
	hands := runtime.GOMAXPROCS(0)
	if r.InOrder() || s.seen != nil {
		hands = 1
	}
	for range hands {
		t := r.Tally()
		c.tallies = append(c.tallies, t)
		work.Go(func() {
			for page := range c.pages {
				s.price(ctx, t, draft, page)
			}
		})
	}
	return c
}

// price prices a page; nothing once the simulation has been stopped.
func (s *simulating) price(ctx context.Context, t *engine.Tally, draft int, page []engine.PastSale) {
	for i := range page {
		if i%256 == 0 && ctx.Err() != nil {
			return
		}
		r := t.Add(&page[i])
		if s.seen != nil {
			s.seen(draft, page[i].ID, r)
		}
	}
}

// hand reads page after page and gives each to every crew.
func (s *simulating) hand(ctx context.Context, crews []*crew) error {
	r := newPastReader(s)
	if err := r.meet(ctx); err != nil {
		return err
	}
	for {
		page, err := r.page(ctx)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, c := range crews {
			select {
			case c.pages <- page:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if s.progress != nil {
			s.progress(min(r.read, s.all), s.all)
		}
	}
}
