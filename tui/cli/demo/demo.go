// Package demo makes a throw-away shop with a year of believable history, by
// selling in it as a shop does: every sale, void, return and answer goes
// through the methods the counter uses, with a clock that is moved.
//
// demo.go opens the shop and walks through the year, day.go serves one
// customer after the other, event.go does what comes later (voids, returns,
// opt-outs), person.go knows the customers, rhythm.go when they come and what
// they spend, goods.go what the shop sells, offer.go what it offers, text.go
// carries the texts, clock.go is the clock.
package demo

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/shop"
)

// Shop is what the demo needs of a store: an empty one, whose clock is Clock.
type Shop interface {
	shop.Shop
	delivery.Outbox
	delivery.Upkeep
}

// Options set a demo up.
type Options struct {
	Shop     Shop
	Clock    *Clock
	Until    engine.Instant // when the history ends: now
	Days     int            // how long it is; 0 is a year
	Language string         // of screen and texts; empty: the country's
	Till     string         // name of the first register, with a 1 in it; empty: Caixa 1
}

// seed makes every demo the same, but for the day it ends on.
const seed = 20260117

// Random fills bytes from a fixed sequence: handed to the store, coupon codes
// too are the same in every demo. It is for throw-away shops alone.
func Random() func([]byte) {
	source := rand.NewChaCha8([32]byte{'d', 'e', 'm', 'o'})
	return func(b []byte) { _, _ = source.Read(b) } // it never fails
}

// Build fills the shop and gives its owner. At the end the clock is the
// machine's again.
func Build(ctx context.Context, o Options) (engine.Actor, error) {
	if o.Days == 0 {
		o.Days = 365
	}
	if o.Till == "" {
		o.Till = "Caixa 1"
	}
	b := &builder{
		ctx: ctx, shop: o.Shop, clock: o.Clock, until: o.Until, random: rand.New(rand.NewPCG(seed, seed)),
		history: history{phones: map[string]bool{}},
	}
	defer o.Clock.Release()
	if err := b.open(o); err != nil {
		return engine.Actor{}, err
	}
	today := engine.DayAt(o.Until, b.store.Zone())
	first := today - engine.Day(o.Days) //nolint:gosec // a count of days
	for day := first; day <= today; day++ {
		if err := b.day(day, int(day-first), o.Days); err != nil {
			return engine.Actor{}, err
		}
	}
	return b.owner, b.close()
}

// builder walks through the history of a shop.
type builder struct {
	ctx    context.Context //nolint:containedctx // it lives as long as Build
	shop   Shop
	clock  *Clock
	until  engine.Instant
	random *rand.Rand
	store  engine.Store
	owner  engine.Actor
	staff  []engine.Actor
	worker *delivery.Worker
	sms    *pretended
	goods  []engine.Product // as often as they are bought
	history
}

// history is what has happened so far and what is still to come.
type history struct {
	people  []*person
	phones  map[string]bool
	later   []event // by time
	notes   int     // number of the last receipt of the till system
	sold    int
	running []engine.Campaign
}

// open makes the shop on the morning of its first day.
func (b *builder) open(o Options) error {
	st, err := engine.NewStore("Casa Aurora", "BR")
	if err != nil {
		return err
	}
	if o.Language != "" {
		st.Language = o.Language
	}
	first := engine.DayAt(o.Until, st.Zone()) - engine.Day(o.Days) //nolint:gosec // a count of days
	st.Settings = engine.Settings{
		engine.SetTextPrice: partPrice, engine.SetTextLimit: monthLimit, engine.SetTextRate: strconv.Itoa(perSecond),
		engine.SetTexts: "no", engine.SetTextDays: "", engine.SetTextBefore: "0", engine.SetLeastUplift: leastUplift,
	}
	b.clock.Set(first.Start(st.Zone()) + 8*hour)
	if b.owner, err = b.shop.FirstRun(b.ctx, st, "Helena", "", o.Till, "Volte sempre", engine.FromDemo); err != nil {
		return err
	}
	desk, err := b.shop.Desk(b.ctx, b.owner)
	if err != nil {
		return err
	}
	b.store, b.running = desk.Store, desk.Campaigns
	if err := b.compare(); err != nil {
		return err
	}
	b.worker = b.carrier()
	if err := b.furnish(); err != nil {
		return err
	}
	return b.hire(o.Till, strings.Replace(o.Till, "1", "2", 1))
}

// heldBack is the share of customers who get no coupon from the campaign that
// always runs.
const heldBack engine.BP = 1000

// leastUplift is what so small a shop can hope to see of it: 15 points.
const leastUplift = "1500"

// compare gives that campaign its control group.
func (b *builder) compare() (err error) {
	c := b.running[0]
	c.Holdback = heldBack
	b.running[0], err = b.shop.SaveCampaign(b.ctx, b.owner, c)
	return err
}

// hire takes on the people who sell, at two tills.
func (b *builder) hire(first, second string) error {
	b.staff = []engine.Actor{b.owner}
	for _, e := range []struct {
		name, till string
		role       engine.Role
	}{
		{"Rafael", first, engine.Manager},
		{"Bia", first, engine.Cashier},
		{"Tiago", second, engine.Cashier},
	} {
		s, err := b.shop.SaveStaff(b.ctx, b.owner, engine.StaffEdit{Name: e.name, Role: e.role, Active: true})
		if err != nil {
			return err
		}
		till, err := b.shop.Register(b.ctx, b.store.ID, e.till, "")
		if err != nil {
			return err
		}
		a, err := b.shop.SignIn(b.ctx, b.store.ID, s.ID, till.ID, "", engine.FromDemo)
		if err != nil {
			return err
		}
		b.staff = append(b.staff, a)
	}
	return nil
}

// chance is true in n of a thousand cases.
func (b *builder) chance(n int) bool { return b.random.IntN(1000) < n }

// key is the idempotency key of the demo's next sale.
func (b *builder) key() string {
	b.sold++
	return "demo-" + strconv.Itoa(b.sold)
}
