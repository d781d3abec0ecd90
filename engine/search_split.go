package engine

// split finds what excludes what among the candidates that can apply at all,
// and what may be left out.
func (p *pricing) split() {
	s := &p.searching
	s.exclusive, s.choices, s.members = s.exclusive[:0], s.choices[:0], s.members[:0]
	s.free, s.inPlay = resize(s.free, words64(len(p.list))), resize(s.inPlay, words64(len(p.list)))
	for i := range p.list {
		c, n := &p.list[i], int32(i) //nolint:gosec // as many as offers
		o := &p.offers[c.at]
		c.could, c.failed = false, verdict{}
		switch {
		case o.phase == PhaseRebate || !c.static.ok():
		case o.Stack.Exclusive:
			s.exclusive = append(s.exclusive, n)
		default:
			s.free.add(n)
			if o.phase != PhaseSet || p.enough(o) {
				s.inPlay.add(n)
			}
		}
	}
	if s.free.count() == 0 && len(s.exclusive) == 1 && !s.stepped {
		s.free.add(s.exclusive[0])
		s.exclusive = s.exclusive[:0]
	}
	if s.bound = p.facts.Bound; s.bound <= 0 {
		s.bound = DefaultBound
	}
	s.bound = min(s.bound, max(1, mostWork/p.work()))
	p.splitGroups()
	s.grouped = len(s.choices)
	p.risks()
	p.splitRisks()
}

// splitGroups makes a choice of each stacking group with several candidates.
func (p *pricing) splitGroups() {
	s := &p.searching
	for i := range p.list {
		group := p.offers[p.list[i].at].group
		if group < 0 || !s.free.has(int32(i)) { //nolint:gosec // as many as offers
			continue
		}
		start := len(s.members)
		for j := i; j < len(p.list); j++ {
			if n := int32(j); p.offers[p.list[j].at].group == group && s.free.has(n) { //nolint:gosec // as many as offers
				s.members = append(s.members, n)
			}
		}
		members := s.members[start:len(s.members):len(s.members)]
		if len(members) < 2 {
			s.members = s.members[:start]
			continue
		}
		for _, n := range members {
			s.free.drop(n)
		}
		s.choices = append(s.choices, choiceOf{members: members})
	}
}

// splitRisks makes a choice of each offer that may cost the customer more than
// it saves. Of a stacking group none needs to be in if all may.
func (p *pricing) splitRisks() {
	s := &p.searching
	r := &s.risk
	if r.costly.count()+r.slight.count() == 0 {
		return
	}
	p.addRisks(r.costly)
	slight := len(s.choices)
	p.addRisks(r.slight)
	if slight < len(s.choices) && !p.worthAll() {
		for _, c := range s.choices[slight:] {
			s.free.add(c.members[0])
		}
		s.choices = s.choices[:slight]
	}
	r.costly.join(r.slight)
	for i := range s.choices[:s.grouped] {
		c := &s.choices[i]
		c.optional = true
		for _, n := range c.members {
			c.optional = c.optional && r.costly.has(n)
		}
	}
}

// addRisks adds a choice for each of some offers that no group decides.
func (p *pricing) addRisks(set bits64) {
	s := &p.searching
	for i := range p.list {
		if n := int32(i); set.has(n) && s.free.has(n) { //nolint:gosec // as many as offers
			s.free.drop(n)
			s.members = append(s.members, n)
			last := len(s.members)
			s.choices = append(s.choices, choiceOf{members: s.members[last-1 : last : last], optional: true})
		}
	}
}

// enough tells whether a set offer has as many units as one set takes, if no
// other set had any.
func (p *pricing) enough(o *ready) bool {
	switch o.Kind {
	case KindBundle:
		for i, g := range o.groups {
			if p.count(g, BasisGoods, false).units < o.Sets.Groups[i].Units {
				return false
			}
		}
		return true
	case KindNth:
		return p.count(o.target, BasisGoods, false).units >= o.Sets.Nth
	default:
		buy, of := p.count(o.target, BasisGoods, false).units, p.count(o.of, BasisGoods, false).units
		if o.of.filter == o.target.filter {
			return buy >= o.Sets.Buy+1
		}
		return buy >= o.Sets.Buy && of >= 1
	}
}
