package demo

import (
	"fmt"

	"bounceback/engine"
)

// lastSale is how long before the end of the history the last sale may be.
const lastSale = 3 * minute

// carries are the hours at which a day's texts go: the reminders of the
// morning, and after closing what the day brought.
var carries = [2]engine.Instant{10*hour + 30*minute, closes + 30*minute}

// For how many days the shop has texted, and reminded.
const (
	texted   = 150
	reminded = 40
)

// readsReports is how often, in days, the carrier's log is read.
const readsReports = 7

// day lives one day of the shop: customers, and twice the texts.
func (b *builder) day(day engine.Day, nth, days int) error {
	if err := b.runCampaigns(day, nth, days); err != nil {
		return err
	}
	start := day.Start(b.store.Zone())
	for _, at := range carries {
		b.plan(start+at, b.carry) // what is after the end of the history never comes
	}
	if (days-nth)%readsReports == 1 {
		b.plan(start+opens, b.readReports)
	}
	switch nth {
	case max(0, days-texted):
		b.plan(start+opens, b.startTexts)
	case max(1, days-reminded):
		b.plan(start+opens, b.startReminders)
	}
	for _, at := range b.visitors(day, nth, days) {
		if at > b.until-lastSale {
			break
		}
		if err := b.due(at); err != nil {
			return err
		}
		b.clock.Set(at)
		if err := b.serve(at, nth, days); err != nil {
			return err
		}
	}
	return b.due(min(start+closes+hour, b.until))
}

// serve sells to one customer.
func (b *builder) serve(at engine.Instant, nth, days int) error {
	p := b.buyer(nth, days)
	actor := b.staff[b.random.IntN(len(b.staff))]
	d := engine.Draft{Key: b.key(), Payment: payments[b.random.IntN(len(payments))]}
	if err := b.fill(&d); err != nil {
		return err
	}
	if b.chance(600) {
		b.notes++
		d.Reference = fmt.Sprintf("NF-%06d", 4200+b.notes)
	}
	if p != nil {
		d.Customer = p.ref
		if !p.id.IsZero() {
			d.Customer = engine.CustomerRef{ID: p.id}
			if b.chance(comesWithCoupon) {
				d.Use = engine.UseBest
			}
		}
	}
	r, err := b.shop.RecordSale(b.ctx, actor, d)
	if err != nil {
		return err
	}
	b.remember(at, p, r)
	return nil
}

var payments = []string{"pix", "pix", "card", "card", "card", "cash"}

// comesWithCoupon is how many of a thousand returning customers use a coupon:
// so that about a tenth of all coupons come back.
const comesWithCoupon = 130

// runCampaigns starts and ends the campaigns beside the one that always runs.
func (b *builder) runCampaigns(day engine.Day, nth, days int) error {
	b.clock.Set(day.Start(b.store.Zone()) + opens - 30*minute)
	week := engine.Campaign{
		Title: "Semana do Cliente", State: engine.CampaignActive, OfferText: "Semana do Cliente: cupom em dobro",
		Terms:    engine.Terms{Cashback: 3000, MaxDiscount: 4000, MinSale: 10_000, Lifetime: 30},
		StartsOn: day, EndsOn: day + 13, Source: "instagram", Ad: "stories-cliente",
	}
	large := engine.Campaign{
		Title: "Compra especial", State: engine.CampaignActive, Source: "vitrine",
		Terms: engine.Terms{Cashback: 2500, MaxDiscount: 3000, MinSale: 30_000, Lifetime: 60, ValidAfter: 1},
	}
	draft := engine.Campaign{
		Title: "Aniversário da loja", State: engine.CampaignDraft, Source: "rádio",
		Terms: engine.Terms{Cashback: 2000, MaxDiscount: 5000, Lifetime: 45}, StartsOn: day + 30, EndsOn: day + 37,
	}
	switch nth {
	case days * 7 / 12:
		return b.start(week)
	case days*7/12 + 14:
		return b.end(week.Title)
	case days * 8 / 12:
		return b.offer()
	case days * 9 / 12:
		return b.start(large)
	case days - 3:
		if err := b.start(draft); err != nil {
			return err
		}
		return b.hearCarrier()
	case days - 2:
		_, err := b.shop.StopTexts(b.ctx, b.owner, "+5511940028922") // somebody who never bought here
		return err
	}
	return nil
}

func (b *builder) start(c engine.Campaign) error {
	c, err := b.shop.SaveCampaign(b.ctx, b.owner, c)
	b.running = append(b.running, c)
	return err
}

func (b *builder) end(title string) error {
	for _, c := range b.running {
		if c.Title == title {
			_, err := b.shop.SetCampaignState(b.ctx, b.owner, c.ID, engine.CampaignEnded)
			return err
		}
	}
	return nil
}
