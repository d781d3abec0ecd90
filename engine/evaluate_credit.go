package engine

// redeem lets the coupon that the customer wants to use take its part of the
// goods that may be discounted. Floors hold; what cannot be taken is forfeited.
func (p *pricing) redeem() error {
	p.redeemable = 0
	p.sel = p.sel[:0]
	for i := range p.lines {
		if l := &p.lines[i]; !l.fixed {
			p.redeemable += l.running
			p.sel = append(p.sel, target{line: int32(i), running: l.running, room: p.roomOf(l)}) //nolint:gosec // at most MaxLines
		}
	}
	f := p.facts
	if f.Coupon == nil {
		return nil
	}
	if p.refused = f.Coupon.Usable(f.Now, f.Customer, f.Register); p.refused != nil {
		return nil
	}
	takes, err := f.Coupon.Takes(p.redeemable, f.Store.Step)
	if err != nil {
		return err
	}
	if takes < f.Coupon.Face && takes < p.redeemable && f.Store.Step > 1 {
		p.searching.stepped = true
	}
	p.cutAcross(takes)
	taken := p.take(-1, LevelCredit, &applied{cuts: len(p.cuts)})
	if taken == 0 {
		p.refused = Refuse(CodeCouponNothing, "code", ShowCode(f.Coupon.Code))
		return nil
	}
	p.coupon = &Applied{CouponID: f.Coupon.ID, Code: f.Coupon.Code, Amount: taken}
	return nil
}

// pay finds what is due, and how much of it the customer's balance and points
// pay: they are money, and take nothing off.
func (p *pricing) pay() {
	due := p.running
	for i := range p.charges {
		due += p.charges[i].running
	}
	o, f := &p.outcome, p.facts
	o.payable = due
	o.balance = min(max(0, f.Balance), due)
	due -= o.balance
	if f.Points.Points > 0 && f.Points.Worth > 0 {
		o.points = min(f.Points.Points, int64(due/f.Points.Worth))
		o.worth = Minor(o.points) * f.Points.Worth
		due -= o.worth
	}
	o.due = due
}
