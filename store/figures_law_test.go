package store

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// sliceLaw is a shop with several tills, cashiers, sources and ads, in which all
// that can happen to a coupon happens at random.
type sliceLaw struct {
	*shop
	random *rand.Rand
	actors []engine.Actor
	sold   []engine.Recorded
}

func newSliceLaw(t *testing.T, seed uint64) *sliceLaw {
	l := &sliceLaw{shop: newShop(t, ""), random: rand.New(rand.NewPCG(seed, 1))}
	l.settings(string(engine.SetTextPrice), "123457", string(engine.SetTextFrom), "0", string(engine.SetTextUntil), "24",
		string(engine.SetPerCustomer), "1000", string(engine.SetPerRegister), "100000")
	for _, c := range []engine.Campaign{
		{Title: "Rádio", Source: "radio", Ad: "spot 3", Terms: engine.Terms{Cashback: 3000, MaxDiscount: 4000, MinSale: 150_00, Lifetime: 20}},
		{Title: "Curta", Source: "web", Terms: engine.Terms{Cashback: 4000, MaxDiscount: 5000, MaxSale: 60_00, Lifetime: 5}},
	} {
		c.State = engine.CampaignActive
		_, err := l.SaveCampaign(bgc, l.owner, c)
		l.ok(err)
	}
	for _, name := range []string{"Bia", "Caio"} {
		who := l.hire(name, engine.Manager, "")
		for _, till := range []string{"Till 1", "Till 2"} {
			r, err := l.Register(bgc, l.owner.StoreID, till, "")
			l.ok(err)
			a := l.owner
			a.StaffID, a.Staff, a.RegisterID, a.Register = who.ID, who.Name, r.ID, r.Name
			l.actors = append(l.actors, a)
		}
	}
	return l
}

func pick[T any](random *rand.Rand, from ...T) T { return from[random.IntN(len(from))] }

// step does one thing and lets some hours pass.
func (l *sliceLaw) step() {
	a := pick(l.random, l.actors...)
	switch n := l.random.IntN(20); {
	case n < 10 || len(l.sold) == 0:
		l.sellSome(a)
	case n < 12:
		l.reverseSome(a)
	case n < 13:
		if c := pick(l.random, l.sold...).Issued; c != nil {
			_, err := l.VoidCoupon(bgc, l.owner, c.ID, "lost")
			l.may(err)
		}
	case n < 14:
		l.importDays()
	default:
		l.sendSome()
	}
	l.wait(l.random.Int64N(9 * time.Hour.Milliseconds()))
}

// may passes what the rules of the shop refuse.
func (l *sliceLaw) may(err error) {
	l.t.Helper()
	if engine.ClassOf(err) != engine.Rule {
		l.ok(err)
	}
}

func (l *sliceLaw) sellSome(a engine.Actor) {
	d := engine.Draft{
		Amount: engine.Minor(10_00 + l.random.IntN(300_00)), Source: pick(l.random, "", "", "web", "flyer"), Ad: pick(l.random, "", "", "A", "spot 3"),
		Use: pick(l.random, engine.UseNone, engine.UseBest, engine.UseBest),
	}
	if n := l.random.IntN(9); n > 0 {
		d.Customer = engine.CustomerRef{Phone: fmt.Sprintf("+551198765432%d", n), Consent: engine.ConsentYes, Wording: "?"}
	}
	if l.random.IntN(3) == 0 {
		d.Business = l.today() + engine.DaysAhead - engine.Day(l.random.IntN(engine.DaysAhead+engine.DaysBack+1))
	}
	r, err := l.RecordSale(bgc, a, d)
	l.may(err)
	if err == nil {
		l.sold = append(l.sold, r)
	}
}

func (l *sliceLaw) reverseSome(a engine.Actor) {
	s := pick(l.random, l.sold...).Sale
	_, err := l.ReverseSale(bgc, a, engine.Reversal{
		SaleID: s.ID, Amount: pick(l.random, 0, s.Gross/3, s.Gross), Reason: "back", Spent: pick(l.random, engine.SpentAbsorb, engine.SpentDeduct),
	})
	l.may(err)
}

func (l *sliceLaw) importDays() {
	var rows []engine.ImportSale
	for i := range 3 {
		rows = append(rows, engine.ImportSale{
			Line: i + 2, Number: fmt.Sprint(l.random.IntN(4)), Business: l.today() - engine.Day(l.random.IntN(40)), Amount: engine.Minor(l.random.IntN(300_00)),
		})
	}
	_, err := l.ImportSales(bgc, l.owner, rows, true)
	l.ok(err)
}

// sendSome hands the texts over that are due, with any outcome.
func (l *sliceLaw) sendSome() {
	for range 5 {
		out, err := l.Claim(bgc, l.clock(), l.clock()+60_000)
		l.ok(err)
		if !out.OK {
			return
		}
		s := delivery.Settlement{ID: out.ID, Attempt: out.Attempt, At: l.clock(), Sender: "law", MessageID: "m", State: delivery.StateAccepted}
		switch l.random.IntN(4) {
		case 0:
			s.State, s.Reason = delivery.StateRefused, delivery.ReasonRefused
		case 1:
			s.State, s.Reason = delivery.StateUnknown, delivery.ReasonNoReply
		}
		l.ok(l.Settle(bgc, s))
		if s.State == delivery.StateUnknown && l.random.IntN(2) == 0 {
			_, err := l.ResendMessage(bgc, l.owner, out.ID)
			l.may(err)
		}
	}
}

func (l *sliceLaw) today() engine.Day { return l.store.Today(l.clock()) }

// Rows as they stand in the file, read without any join or sum.
type (
	lawRow struct {
		id, staff, till engine.ID
		day             engine.Day
		net, gross      engine.Minor
		state           string
		source, ad      string
	}
	lawCoupon struct {
		id, campaign, sale engine.ID
		redeemed           engine.ID
		last               engine.Day
		face, off          engine.Minor
		state              string
	}
	lawText struct {
		coupon engine.ID
		went   int64
		cost   engine.Micros
	}
)

// lawFile is all that the figures are made of.
type lawFile struct {
	sales     map[engine.ID]lawRow
	coupons   []lawCoupon
	texts     []lawText
	campaigns map[engine.ID]engine.Campaign
	names     map[engine.ID]string
}

func (l *sliceLaw) readFile() lawFile {
	f := lawFile{sales: map[engine.ID]lawRow{}, campaigns: map[engine.ID]engine.Campaign{}, names: map[engine.ID]string{}}
	each := func(query string, dest func() ([]any, func())) {
		rows, err := l.reader.db.Query(query)
		l.ok(err)
		defer rows.Close()
		for rows.Next() {
			to, done := dest()
			l.ok(rows.Scan(to...))
			done()
		}
		l.ok(rows.Err())
	}
	each("SELECT id, staff_id, register_id, business, net, gross, state, source, ad FROM sale", func() ([]any, func()) {
		var r lawRow
		return []any{&r.id, &r.staff, &r.till, &r.day, &r.net, &r.gross, &r.state, &r.source, &r.ad}, func() { f.sales[r.id] = r }
	})
	each("SELECT id, campaign_id, sale_id, redeemed_sale, last_day, face, redeemed_amount, state FROM coupon", func() ([]any, func()) {
		var c lawCoupon
		return []any{&c.id, &c.campaign, &c.sale, &c.redeemed, &c.last, &c.face, &c.off, &c.state}, func() { f.coupons = append(f.coupons, c) }
	})
	each("SELECT coupon_id, went, cost FROM message WHERE went > 0 AND lead_id IS NULL", func() ([]any, func()) {
		var m lawText
		return []any{&m.coupon, &m.went, &m.cost}, func() { f.texts = append(f.texts, m) }
	})
	each("SELECT id, title, source, ad FROM campaign", func() ([]any, func()) {
		var c engine.Campaign
		return []any{&c.ID, &c.Title, &c.Source, &c.Ad}, func() { f.campaigns[c.ID] = c }
	})
	each("SELECT id, name FROM staff UNION ALL SELECT id, name FROM register", func() ([]any, func()) {
		var id engine.ID
		var name string
		return []any{&id, &name}, func() { f.names[id] = name }
	})
	return f
}

// key is the slice that a coupon belongs to.
func (f lawFile) key(by engine.By, c lawCoupon) engine.Slice {
	e, g := f.sales[c.sale], f.campaigns[c.campaign]
	named := func(id engine.ID, name string) engine.Slice {
		return engine.Slice{Key: id.String(), ID: id, Name: name}
	}
	label := func(own, other string) engine.Slice {
		if own == "" {
			own = other
		}
		return engine.Slice{Key: own, Name: own}
	}
	switch by {
	case engine.ByCampaign:
		return named(g.ID, g.Title)
	case engine.ByStaff:
		return named(e.staff, f.names[e.staff])
	case engine.ByRegister:
		return named(e.till, f.names[e.till])
	case engine.BySource:
		return label(e.source, g.Source)
	case engine.ByAd:
		return label(e.ad, g.Ad)
	}
	month := e.day.Date().Format("2006-01")
	first, _ := engine.ParseDay(month + "-01")
	return engine.Slice{Key: month, Month: first, Name: month}
}

// slices works the figures out coupon by coupon.
func (f lawFile) slices(by engine.By, from, to, today engine.Day) map[string]engine.Slice {
	out := map[string]engine.Slice{}
	for _, c := range f.coupons {
		if day := f.sales[c.sale].day; day < from || day > to {
			continue
		}
		key := f.key(by, c)
		s, ok := out[key.Key]
		if !ok {
			s = key
		}
		f.add(&s, c, today)
		out[key.Key] = s
	}
	return out
}

func (f lawFile) add(s *engine.Slice, c lawCoupon, today engine.Day) {
	s.Issued, s.IssuedFace = s.Issued+1, s.IssuedFace+c.face
	over := c.last < today
	if over {
		s.Ended.Issued, s.Ended.IssuedFace = s.Ended.Issued+1, s.Ended.IssuedFace+c.face
	}
	switch {
	case c.state == "redeemed":
		s.Redeemed, s.RedeemedFace = s.Redeemed+1, s.RedeemedFace+c.face
		s.DiscountGiven, s.RedeemingNet, s.EarningNet = s.DiscountGiven+c.off, s.RedeemingNet+f.sales[c.redeemed].net, s.EarningNet+f.sales[c.sale].net
		if over {
			s.Ended.Redeemed, s.Ended.RedeemedFace, s.Ended.Given = s.Ended.Redeemed+1, s.Ended.RedeemedFace+c.face, s.Ended.Given+c.off
		}
	case c.state == "voided":
		s.Voided, s.VoidedFace = s.Voided+1, s.VoidedFace+c.face
		if over {
			s.Ended.Voided, s.Ended.VoidedFace = s.Ended.Voided+1, s.Ended.VoidedFace+c.face
		}
	case over:
		s.Expired, s.ExpiredFace = s.Expired+1, s.ExpiredFace+c.face
	default:
		s.Outstanding, s.OutstandFace = s.Outstanding+1, s.OutstandFace+c.face
	}
	for _, m := range f.texts {
		if m.coupon == c.id {
			s.Texts, s.TextCost = s.Texts+1, s.TextCost+m.cost
		}
	}
}

// TestFiguresByAreThoseOfTheRows compares every split of the figures with one
// worked out row by row, after sales, voids, returns, imports and texts at
// random.
func TestFiguresByAreThoseOfTheRows(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			l := newSliceLaw(t, seed)
			for i := range 260 {
				l.step()
				if i%65 == 64 {
					l.compare()
				}
			}
			l.proves()
			l.sound()
		})
	}
}

func (l *sliceLaw) compare() {
	l.t.Helper()
	file, today := l.readFile(), l.today()
	for _, span := range [][2]engine.Day{{0, 0}, {today - 20, today - 5}, {today - 3, 0}, {0, today - 30}, {today - 8, today - 8}} {
		to := span[1]
		if to == 0 {
			to = lastDay
		}
		for _, by := range engine.AllBy {
			got, err := l.FiguresBy(bgc, l.owner, by, span[0], span[1])
			l.ok(err)
			want := file.slices(by, span[0], to, today)
			if len(got) != len(want) {
				l.t.Errorf("%s, %v: %d rows, want %d", by, span, len(got), len(want))
			}
			for _, g := range got {
				if g != want[g.Key] {
					l.t.Errorf("%s, %v:\ngot  %+v\nwant %+v", by, span, g, want[g.Key])
				}
			}
		}
		l.compareDays(file, span[0], span[1])
	}
	l.compareUsual()
}

// compareDays holds the days against the sales.
func (l *sliceLaw) compareDays(file lawFile, from, to engine.Day) {
	l.t.Helper()
	got, err := l.Days(bgc, l.owner, from, to)
	l.ok(err)
	sales := map[engine.Day]int64{}
	for _, s := range file.sales {
		if s.state != "voided" && s.day >= from && (to == 0 || s.day <= to) {
			sales[s.day]++
		}
	}
	if !slices.IsSortedFunc(got, func(a, b engine.DayFigures) int { return int(a.Day - b.Day) }) {
		l.t.Errorf("days out of order: %+v", got)
	}
	for _, d := range got {
		if d.Sales != sales[d.Day] {
			l.t.Errorf("%s: %d sales, want %d", d.Day, d.Sales, sales[d.Day])
		}
		delete(sales, d.Day)
	}
	if len(sales) > 0 {
		l.t.Errorf("days without a row: %v", sales)
	}
}

// compareUsual holds the sums of all time against those by the day.
func (l *sliceLaw) compareUsual() {
	l.t.Helper()
	want, err := l.Repurchase(bgc, l.owner, 0, l.today()+engine.DaysAhead)
	l.ok(err)
	var got engine.MedianDays
	l.ok(l.read(bgc, func(t *tx) (err error) {
		got, err = t.usualEver(l.owner.StoreID, l.today()+engine.DaysAhead)
		return err
	}))
	if !reflect.DeepEqual(got, want.Usual) {
		l.t.Errorf("usual ever %+v, want %+v", got, want.Usual)
	}
}

// proves looks that all happened that the figures tell apart.
func (l *sliceLaw) proves() {
	l.t.Helper()
	var all engine.Slice
	sources, err := l.FiguresBy(bgc, l.owner, engine.BySource, 0, 0)
	l.ok(err)
	for _, s := range sources {
		all = all.Plus(s)
	}
	f, err := l.Figures(bgc, l.owner, 0, 0)
	l.ok(err)
	if all.TextCost != f.TextCost || all.CouponFigures != f.Issued {
		l.t.Errorf("%+v does not sum to %+v", all, f)
	}
	if all.Redeemed == 0 || all.Voided == 0 || all.Expired == 0 || all.Outstanding == 0 || all.TextCost == 0 || len(sources) < 4 {
		l.t.Errorf("the test proves little: %d sources, %+v", len(sources), all)
	}
	if n := l.count("SELECT count(*) FROM coupon_event WHERE kind = 'given_back'"); n == 0 {
		l.t.Error("no coupon was given back")
	}
}

// TestBackfillGivesTheSameSums empties what 0010_slices.sql made and has its
// statements fill it again.
func TestBackfillGivesTheSameSums(t *testing.T) {
	l := newSliceLaw(t, 9)
	for range 120 {
		l.step()
	}
	l.raw("UPDATE coupon_summary SET texts = 0, text_cost = 0", "UPDATE day_summary SET again = 0", "DELETE FROM coupon_slice", "DELETE FROM gap_total")
	if len(l.check()) == 0 {
		t.Error("nothing was emptied")
	}
	for _, step := range known(t) {
		if step.name == "0010_slices.sql" {
			l.raw(backfills(step.sql)...)
		}
	}
	l.sound()
}

// backfills are the statements of a migration that fill sums.
func backfills(sql string) (out []string) {
	for q := range strings.SplitSeq(sql, ";\n") {
		if regexp.MustCompile(`(?m)^(INSERT INTO (coupon_slice|gap_total)|UPDATE (coupon_summary|day_summary)) `).MatchString(q) {
			out = append(out, q)
		}
	}
	return out
}
