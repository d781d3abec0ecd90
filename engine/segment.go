package engine

import "iter"

// Cuts divide customers into five groups by a value, 1 the lowest, as near to
// fifths as ties allow: each is the highest value of its group.
type Cuts [4]int64

// CutsOf puts the cuts where a fifth, two, three and four fifths of all
// customers are reached. Customers of the same value are always in the same
// group, the lower one, so that groups may be larger than a fifth, or empty.
//
// For example, of ten customers with 1, 1, 1, 1, 1, 2, 2, 3, 5 and 8 sales the
// cuts are 1, 1, 2 and 3: five are in group 1, none in 2, two in 3, one in 4 and
// two in 5.
//
// Sources: groups by fifths of recency, frequency and value from A. M. Hughes,
// Strategic Database Marketing, Probus (1994); the cut is quantile definition 1
// of R. J. Hyndman and Y. Fan, Am. Stat. 50 (1996) 361–365.
func CutsOf(values []Bin) (cuts Cuts) {
	values = sortedBins(values)
	n := countOf(values)
	if n == 0 {
		return Cuts{}
	}
	groups := int64(len(cuts)) + 1
	for i := range cuts {
		cuts[i] = nthValue(values, ((int64(i)+1)*n+groups-1)/groups)
	}
	return cuts
}

// Group is the group of a value, 1 to 5.
func (c Cuts) Group(value int64) int {
	group := 1
	for _, cut := range c {
		if value > cut {
			group++
		}
	}
	return group
}

// Segment is a kind of customer, by what they have bought and how long ago.
type Segment string

// The segments, in the order in which reports list them.
const (
	SegmentBest    Segment = "best"     // of those still coming: often, and spent much
	SegmentLoyal   Segment = "loyal"    // came again, and is still coming
	SegmentNew     Segment = "new"      // came once, not long ago
	SegmentWonBack Segment = "won_back" // had been lost, and came once more
	SegmentAtRisk  Segment = "at_risk"  // away longer than most who return
	SegmentLost    Segment = "lost"     // away so long that hardly any return
)

// Segments are all of them, in order.
func Segments() []Segment {
	return []Segment{SegmentBest, SegmentLoyal, SegmentNew, SegmentWonBack, SegmentAtRisk, SegmentLost}
}

// Buyer is what segments ask of a customer who has bought.
type Buyer struct {
	Last   Day // of the last sale
	Before Day // of the one before, on the same day perhaps; of no account after one sale
	Sales  int64
	Spent  Minor
}

// Grades are where a store's customers are divided on a day.
type Grades struct {
	Today Day

	Recency, Frequency, Value Cuts // of Buyer.Last, Sales and Spent

	// Risk and Lost are days since the last sale, after which a customer is at
	// risk, and lost. While nobody has returned yet they are not Known, and nobody
	// is either.
	Risk, Lost int64
	Known      bool
	Returns    int64 // how often anybody came back, from which they are found
}

// Of those who return, this share has returned when the others are called at
// risk, and lost.
const (
	riskShare BP = 7_500
	lostShare BP = 9_500
)

// GradesOf divides customers by counts of their last days, of their sales and
// of what they spent, and by how long they take to come back (Repurchase.Curve).
func GradesOf(today Day, last, sales, spent []Bin, returns Curve) Grades {
	risk, lost := returns.ReturnedBy(riskShare), returns.ReturnedBy(lostShare)
	times := int64(0)
	for _, step := range returns {
		times += step.Ended
	}
	return Grades{
		Today: today, Returns: times, Recency: CutsOf(last), Frequency: CutsOf(sales), Value: CutsOf(spent),
		Risk: int64(risk.Days), Lost: int64(lost.Days), Known: lost.Reached,
	}
}

// Groups are the customer's groups of recency, frequency and value, 1 to 5.
func (g Grades) Groups(b Buyer) (recency, frequency, value int) {
	return g.Recency.Group(int64(b.Last)), g.Frequency.Group(b.Sales), g.Value.Group(int64(b.Spent))
}

// Segment is the customer's segment: the first that fits of lost, won
// back, at risk, new, best and loyal. Won back lasts until the next sale.
func (g Grades) Segment(b Buyer) Segment {
	away, gap := int64(g.Today-b.Last), int64(b.Last-b.Before)
	_, frequency, value := g.Groups(b)
	switch {
	case g.Known && away > g.Lost:
		return SegmentLost
	case g.Known && b.Sales > 1 && gap > g.Lost:
		return SegmentWonBack
	case g.Known && away > g.Risk:
		return SegmentAtRisk
	case b.Sales <= 1:
		return SegmentNew
	case frequency >= 4 && value >= 4:
		return SegmentBest
	}
	return SegmentLoyal
}

// SegmentFigures are the sums of one segment.
type SegmentFigures struct {
	Segment   Segment
	Customers int64
	Sales     int64
	Spent     Minor
}

// SegmentReport is who a store's customers are on a day.
type SegmentReport struct {
	Grades
	Segments []SegmentFigures // all, in order
	Grid     [5][5]int64      // customers by their groups of recency and frequency, from 0
}

// Report counts customers, which may be as many as they like: one is looked at
// at a time. The error is of a sum that is too large.
func (g Grades) Report(buyers iter.Seq[Buyer]) (SegmentReport, error) {
	r := SegmentReport{Grades: g}
	at := map[Segment]int{}
	for i, s := range Segments() {
		at[s] = i
		r.Segments = append(r.Segments, SegmentFigures{Segment: s})
	}
	for b := range buyers {
		recency, frequency, _ := g.Groups(b)
		r.Grid[recency-1][frequency-1]++
		f := &r.Segments[at[g.Segment(b)]]
		f.Customers++
		f.Sales += b.Sales
		var err error
		if f.Spent, err = Add(f.Spent, b.Spent); err != nil {
			return SegmentReport{}, err
		}
	}
	return r, nil
}
