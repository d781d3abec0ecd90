package store

import (
	"context"
	"slices"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

var (
	simulateSum = declare(`
SELECT CAST(coalesce(sum(sales), 0) AS BIGINT) FROM day_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	simulateTills = declare(`SELECT id, name, branch FROM register WHERE store_id = $1`)
)

// Simulate tells what drafts would have done with the sales of some business
// dates, beside the campaigns that are active now. Nothing is written. The sales
// are read a page at a time, each in a statement of its own, so that tills are
// not held up; progress, which may be nil, is told after each page how many of
// how many are done. The context's end stops it at once.
func (d *DB) Simulate(ctx context.Context, a engine.Actor, req engine.SimulationRequest, progress func(done, all int64)) (engine.Simulation, error) {
	s := &simulating{db: d, actor: a, req: req, progress: progress}
	out, err := s.run(ctx)
	if err != nil {
		return engine.Simulation{}, d.explain(err)
	}
	return out, nil
}

// simulating is a simulation while it runs.
type simulating struct {
	db       *DB
	actor    engine.Actor
	req      engine.SimulationRequest
	progress func(done, all int64)

	now     engine.Instant
	store   engine.Store
	needs   engine.Needs
	tills   map[engine.ID]engine.Register
	past    map[engine.ID]engine.Slice // what became of each campaign's coupons
	replays []*engine.Replay
	out     engine.Simulation
	all     int64

	// seen, of tests, is told of each sale what a draft did in it.
	seen func(draft int, sale engine.ID, r engine.Result)
}

func (s *simulating) run(ctx context.Context) (engine.Simulation, error) {
	if err := s.actor.Need(engine.MaySeeDesk); err != nil {
		return s.out, err
	}
	if err := s.req.Check(); err != nil {
		return s.out, err
	}
	if err := s.db.read(ctx, s.begin); err != nil {
		return s.out, err
	}
	for _, draft := range s.req.Drafts {
		r, err := engine.NewReplay(s.store, draft, s.out.Others, s.now)
		if err != nil {
			return s.out, err
		}
		s.replays = append(s.replays, r)
	}
	if err := s.replay(ctx); err != nil {
		return s.out, err
	}
	return s.out, s.finish()
}

// begin reads what is not sales.
func (s *simulating) begin(t *tx) (err error) {
	store, to := s.actor.StoreID, s.to()
	s.now = t.now
	if s.store, err = t.store(store); err != nil {
		return err
	}
	active, err := t.activeCampaigns(store)
	if err != nil {
		return err
	}
	s.out = engine.Simulation{From: s.req.From, To: s.req.To, Margin: engine.BP(s.store.Settings.Count(engine.SetMargin))}
	for _, c := range active {
		if !slices.ContainsFunc(s.req.Drafts, func(draft engine.Campaign) bool { return draft.ID == c.ID }) {
			s.out.Others = append(s.out.Others, c)
		}
	}
	s.needs = engine.NeedsOf(append(slices.Clone(s.req.Drafts), s.out.Others...)...)
	if s.past, err = t.campaignSums(store, s.store.Today(t.now), 0, lastDay); err != nil {
		return err
	}
	for _, one := range s.past {
		s.out.Shop = s.out.Shop.Plus(one.CouponFigures)
	}
	from := s.req.From
	if s.needs.History {
		from = 0
	}
	if _, err = t.row(simulateSum, []any{store, from, to}, &s.all); err != nil {
		return err
	}
	s.tills = map[engine.ID]engine.Register{}
	return t.rows(simulateTills, []any{store}, func(scan func(...any) error) error {
		var r engine.Register
		err := scan(&r.ID, &r.Name, &r.Branch)
		s.tills[r.ID] = r
		return err
	})
}

// to is the last day asked for.
func (s *simulating) to() engine.Day {
	if s.req.To == 0 {
		return lastDay
	}
	return s.req.To
}

// finish adds what the texts would cost and what may come of the coupons.
func (s *simulating) finish() error {
	for i := range s.out.Drafts {
		if d := &s.out.Drafts[i]; d.Coupons() {
			d.Own = s.past[s.req.Drafts[i].ID].CouponFigures
			if err := s.texts(d); err != nil {
				return err
			}
		}
	}
	return s.out.Foresee(s.store.Exponent)
}

// texts counts the texts of a coupon of a draft that is not used, by its plan,
// and their parts with usual values.
func (s *simulating) texts(d *engine.SimulatedDraft) error {
	set, zone := s.store.Settings, s.store.Zone()
	if !set.Flag(engine.SetTexts) {
		d.Texts = engine.SimulatedTexts{}
		return nil
	}
	format, err := s.db.format(s.store)
	if err != nil {
		return err
	}
	// A coupon of a sale at midnight gets every text of the plan.
	day, terms := s.store.Today(s.now), d.Campaign.Terms
	c := engine.Coupon{
		FirstDay: day + engine.Day(terms.ValidAfter), LastDay: day + engine.Day(terms.Lifetime), //nolint:gosec // bounded by Terms.Check
	}
	c.ValidFrom, c.ValidUntil = c.FirstDay.Start(zone), (c.LastDay + 1).Start(zone)
	planned := delivery.Plan(d.Campaign.TextPlan(set), c, day, int(set.Count(engine.SetTextHour)), zone, day.Start(zone))
	for _, one := range planned {
		r, err := delivery.Trial{Format: format, Store: s.store, Campaign: d.Campaign, Step: one.Step, Template: d.Campaign.Wording.Of(one.Step), Now: s.now}.Review()
		if err != nil {
			return err
		}
		d.Texts.Each++
		d.Texts.Parts += r.Real.Parts.Parts
	}
	d.Texts.Cost = set.Price(engine.SetTextPrice) * engine.Micros(int64(d.Texts.Parts)*d.Texts.Coupons)
	return nil
}
