package engine

// DefaultBound is how many combinations of offers that exclude each other are
// tried at most, if Facts do not say otherwise.
const DefaultBound = 512

// outcome is what a combination comes to.
type outcome struct {
	due, gifts     Minor
	balance, worth Minor
	points         int64
	applied        bits64
}

// search finds the best legal combination and leaves the pricing as that
// combination leaves it.
func (p *pricing) search() error {
	p.chosen = resize(p.chosen, words64(len(p.list)))
	for i := range p.list {
		p.chosen.add(int32(i)) //nolint:gosec // as many as offers
	}
	p.tried, p.bounded = 1, false
	return p.run()
}
