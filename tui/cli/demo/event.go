package demo

import (
	"cmp"
	"slices"

	"bounceback/engine"
)

// event is something that happens some time after a sale.
type event struct {
	at engine.Instant
	do func() error
}

// plan puts an event in its place among those to come.
func (b *builder) plan(at engine.Instant, do func() error) {
	i, _ := slices.BinarySearchFunc(b.later, at, func(e event, at engine.Instant) int { return cmp.Compare(e.at, at) })
	b.later = slices.Insert(b.later, i, event{at, do})
}

// due lets happen what was planned until an instant.
func (b *builder) due(until engine.Instant) error {
	for len(b.later) > 0 && b.later[0].at <= until {
		e := b.later[0]
		b.later = b.later[1:]
		b.clock.Set(e.at)
		if err := e.do(); err != nil {
			return err
		}
	}
	return nil
}

// close lets happen what is due when the history ends.
func (b *builder) close() error { return b.due(b.until) }

var (
	voidReasons   = []string{"Valor digitado errado", "Cliente desistiu da compra", "Forma de pagamento errada"}
	returnReasons = []string{"Tamanho errado", "Produto com defeito", "Presente repetido"}
)

const aDay = 24 * hour

// remember keeps who the customer is and plans what may come of the sale.
func (b *builder) remember(at engine.Instant, p *person, r engine.Recorded) {
	if p != nil && p.id.IsZero() {
		p.id = r.Sale.CustomerID
		if p.optOut && p.ref.Consent == engine.ConsentYes {
			b.plan(at+engine.Instant(5+b.random.IntN(60))*aDay, func() error { return b.stopTexts(p) })
		}
	}
	if p != nil && r.Sale.Held != nil {
		p.held = true
	}
	switch n := b.random.IntN(1000); {
	case n < 6:
		b.plan(at+minute+engine.Instant(b.random.Int64N(int64(9*minute))), func() error { return b.void(r.Sale) })
	case n < 15:
		b.plan(at+engine.Instant(1+b.random.IntN(8))*aDay, func() error { return b.takeBack(r.Sale) })
	case n < 17 && r.Issued != nil:
		b.plan(at+2*aDay, func() error { return b.voidCoupon(r.Issued.ID) })
	}
}

func (b *builder) void(s engine.Sale) error {
	_, err := b.shop.ReverseSale(b.ctx, b.owner, engine.Reversal{
		SaleID: s.ID, Reason: voidReasons[b.random.IntN(len(voidReasons))],
	})
	return err
}

func (b *builder) takeBack(s engine.Sale) error {
	r := engine.Reversal{SaleID: s.ID, Reason: returnReasons[b.random.IntN(len(returnReasons))], Key: b.key()}
	if at := slices.IndexFunc(s.Lines, func(l engine.SaleLine) bool { return !l.Gift }); at >= 0 {
		r.Lines = []engine.ReturnLine{{No: s.Lines[at].No, Units: 1}}
	} else {
		r.Amount = max(s.Gross/3/10*10, 10)
	}
	_, err := b.shop.ReverseSale(b.ctx, b.owner, r)
	return err
}

// voidCoupon voids a coupon unless its customer was quicker.
func (b *builder) voidCoupon(id engine.ID) error {
	c, _, err := b.shop.Coupon(b.ctx, b.owner, id)
	if err != nil || c.State != engine.CouponActive {
		return err
	}
	_, err = b.shop.VoidCoupon(b.ctx, b.owner, id, "Emitido para a pessoa errada")
	return err
}

func (b *builder) stopTexts(p *person) error {
	no := engine.ConsentNo
	_, err := b.shop.EditCustomer(b.ctx, b.owner, engine.CustomerEdit{ID: p.id, Consent: &no, Wording: p.ref.Wording})
	return err
}
