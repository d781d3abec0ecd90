package engine

// set applies a set offer.
func (p *pricing) set(_ *candidate, o *ready, _ *applied) verdict {
	return verdict{reason: ReasonUnits, of: o.target.goods}
}
