package engine

import (
	"cmp"
	"math/bits"
	"slices"
)

// share is what an amount is spread over: units of equal weight, each of which
// can bear at most its room. Each of them gets each, the first more of them one
// minor unit more; more is less than units.
type share struct {
	units  int64
	weight Minor
	room   Minor // at most weight
	line   int32 // ties go to the earlier line, and then to the earlier share
	each   Minor
	more   int64
	rest   uint64
	full   bool
}

// shareList spreads amounts, with memory that is used again.
type shareList struct {
	list  []share
	order []int32
}

// spread splits an amount by weight, by largest remainder and with ties to the
// earlier. What a share has no room for goes to the others in proportion; what
// none has room for is not given, and what was given is the result. Weights and
// amounts are bounded by MaxAmount in all.
func (s *shareList) spread(amount Minor) Minor {
	var room, weight Minor
	for i := range s.list {
		room += s.list[i].room * Minor(s.list[i].units)
		weight += s.list[i].weight * Minor(s.list[i].units)
	}
	amount = min(amount, room)
	if amount <= 0 {
		return 0
	}
	left, weight := amount, weight
	if room < weight {
		left, weight = s.fill(left, weight)
	}
	s.divide(left, weight)
	return amount
}

// fill gives those their whole room whose share would be more, until all other
// shares fit, and gives what is left and over which weight.
func (s *shareList) fill(left, weight Minor) (Minor, Minor) {
	for again := true; again; {
		again = false
		given, gone := Minor(0), Minor(0)
		for i := range s.list {
			w := &s.list[i]
			if w.full || !exceeds(left, w.weight, w.room, weight) {
				continue
			}
			w.full, w.each, again = true, w.room, true
			given += w.room * Minor(w.units)
			gone += w.weight * Minor(w.units)
		}
		left, weight = left-given, weight-gone
	}
	return left, weight
}

// exceeds tells whether amount × weight ÷ whole is above room.
func exceeds(amount, weight, room, whole Minor) bool {
	hi, lo := bits.Mul64(uint64(amount), uint64(weight)) //nolint:gosec // none is negative
	limitHi, limitLo := bits.Mul64(uint64(room), uint64(whole))
	return hi > limitHi || hi == limitHi && lo > limitLo
}

// divide splits what is left by largest remainder over the shares that are not
// full.
func (s *shareList) divide(left, weight Minor) {
	if left == 0 || weight == 0 {
		return
	}
	over := left
	s.order = s.order[:0]
	for i := range s.list {
		w := &s.list[i]
		if w.full || w.weight == 0 {
			continue
		}
		hi, lo := bits.Mul64(uint64(left), uint64(w.weight)) //nolint:gosec // none is negative
		var q uint64
		if hi == 0 {
			q, w.rest = lo/uint64(weight), lo%uint64(weight)
		} else {
			q, w.rest = bits.Div64(hi, lo, uint64(weight)) // weight of one ≤ of all, so hi < all
		}
		w.each = Minor(q) //nolint:gosec // at most left
		over -= w.each * Minor(w.units)
		if w.rest > 0 {
			s.order = append(s.order, int32(i)) //nolint:gosec // shares are few
		}
	}
	s.handOut(int64(over))
}

// handOut gives what division left over, one each by falling remainder.
func (s *shareList) handOut(over int64) {
	switch over {
	case 0:
		return
	case 1: // most often, and then there is nothing to sort
		s.handOne()
		return
	}
	slices.SortFunc(s.order, func(a, b int32) int {
		if c := cmp.Compare(s.list[b].rest, s.list[a].rest); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(s.list[a].line, s.list[b].line), cmp.Compare(a, b))
	})
	for _, i := range s.order {
		w := &s.list[i]
		if over < w.units {
			w.more = over
			return
		}
		w.each++
		over -= w.units
	}
}

// handOne gives one minor unit to the first of the largest remainders.
func (s *shareList) handOne() {
	best := s.order[0]
	for _, i := range s.order[1:] {
		a, b := &s.list[i], &s.list[best]
		if a.rest > b.rest || a.rest == b.rest && a.line < b.line {
			best = i
		}
	}
	if w := &s.list[best]; w.units == 1 {
		w.each++
	} else {
		w.more = 1
	}
}

// shareStack hands out lists of shares: spreading over lines spreads over the
// segments of each.
type shareStack struct {
	lists [3]shareList
	depth int
}

func (s *shareStack) next() *shareList {
	l := &s.lists[s.depth]
	l.list = l.list[:0]
	s.depth++
	return l
}

func (s *shareStack) done() { s.depth-- }
