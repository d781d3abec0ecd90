package report

import (
	"bounceback/engine"
)

// mostReasons is how many reasons and rivals are told of each draft.
const mostReasons = 6

// Simulation lays out what drafts would have done with past sales: two beside
// each other, and then each by itself.
func (p Pen) Simulation(s engine.Simulation) Doc {
	from, to := s.From, s.To
	if from == 0 {
		from = s.First
	}
	if to == 0 {
		to = s.Last
	}
	d, w := p.New("report.simulate.title", from, to), p.Words
	if s.Sales == 0 {
		d.Add(Text{Text: w.T("report.simulate.none")})
		return d
	}
	d.Add(Text{Faint, w.N("report.simulate.replayed", int(s.Sales), "days", p.Span(max(from, s.First), min(to, s.Last)), "sales", p.Count(s.Sales), "goods", p.Format.Money(s.Goods), "known", p.Count(s.Known))})
	if s.Unpriced > 0 {
		d.Add(Text{Warn, w.N("report.simulate.unpriced", int(s.Unpriced), "sales", p.Count(s.Unpriced))})
	}
	if len(s.Drafts) > 1 {
		d.Add(Text{Text: w.T("report.simulate.note.apart")}, p.draftsBeside(s))
	}
	for _, draft := range s.Drafts {
		p.addDraft(&d, s, draft)
	}
	d.Add(p.simulateNotes(s)...)
	return d
}

// draftAnswer is the one sentence of a draft.
func (p Pen) draftAnswer(s engine.Simulation, d engine.SimulatedDraft) string {
	w, of := p.Words, p.Tenths(engine.Proportion{Hits: d.Sales, Of: s.Sales}.BP())
	switch {
	case d.Sales == 0:
		return w.T("report.simulate.nothing", "title", d.Campaign.Title)
	case d.Coupons():
		return w.N("report.simulate.earns", int(d.Sales), "title", d.Campaign.Title, "sales", p.Count(d.Sales), "share", of, "face", p.Format.Money(d.Face))
	case d.Campaign.Promo.Kind == engine.KindPoints:
		return w.N("report.simulate.points", int(d.Sales), "title", d.Campaign.Title, "sales", p.Count(d.Sales), "share", of, "points", p.Count(d.Points))
	}
	return w.N("report.simulate.applies", int(d.Sales), "title", d.Campaign.Title, "sales", p.Count(d.Sales), "share", of, "off", p.Format.Money(d.Off))
}

func (p Pen) addDraft(to *Doc, s engine.Simulation, d engine.SimulatedDraft) {
	to.Add(Text{Strong, p.draftAnswer(s, d)})
	if len(s.Drafts) == 1 && d.Sales > 0 {
		to.Add(Facts{Facts: p.draftFacts(d)})
	}
	if d.Coupons() && d.Sales > 0 {
		to.Add(p.outlooks(s, d))
	}
	for _, r := range d.Lost[:min(len(d.Lost), mostReasons)] {
		to.Add(Text{Warn, p.Words.N("report.simulate.lost", int(r.Sales), "sales", p.Count(r.Sales), "draft", d.Campaign.Title, "title", r.Title)})
	}
	for _, r := range d.Taken[:min(len(d.Taken), mostReasons)] {
		to.Add(Text{Text: p.Words.N("report.simulate.taken", int(r.Sales), "sales", p.Count(r.Sales), "draft", d.Campaign.Title, "title", r.Title)})
	}
	to.Add(p.whyNot(d), p.draftMonths(d))
}

// draftFacts are the figures of one draft.
func (p Pen) draftFacts(d engine.SimulatedDraft) []Fact {
	f := p.Format
	facts := []Fact{p.fact("sales", p.Count(d.Sales)), p.fact("customers", p.Count(d.Customers))}
	if d.Unknown > 0 {
		facts = append(facts, p.fact("unknown", p.Count(d.Unknown)))
	}
	if !d.Coupons() {
		facts = append(facts, p.fact("goods", f.Money(d.Goods)), p.fact("paid", f.Money(d.Paid)))
		if d.Campaign.Promo.Kind == engine.KindPoints {
			facts = append(facts, p.fact("points", p.Count(d.Points)))
		} else {
			facts = append(facts, p.fact("off", f.Money(d.Off)), p.fact("units", p.Count(d.Units)))
		}
		return append(facts, p.fact("near", p.Count(d.Near)))
	}
	facts = append(facts, p.fact("paid", f.Money(d.Paid)), p.fact("face", f.Money(d.Face)), p.fact("face_mean", f.Money(d.FaceMean())),
		p.fact("face_most", f.Money(d.FaceMost)), p.fact("rounding", f.Money(d.Rounding)), p.fact("worst", f.Money(d.Worst)))
	if d.Held > 0 {
		facts = append(facts, p.fact("held", p.Count(d.Held)))
	}
	if d.Texts.Each > 0 {
		facts = append(facts, p.fact("texts", p.simulatedTexts(d.Texts)))
	}
	return append(facts, p.fact("near", p.Count(d.Near)))
}

// fact is a figure of a draft.
//
// words: report.simulate.fact.*
func (p Pen) fact(name, value string) Fact {
	return Fact{Label: p.Words.T("report.simulate.fact." + name), Value: value}
}

func (p Pen) simulatedTexts(t engine.SimulatedTexts) string {
	n := t.Coupons * int64(t.Each)
	if t.Cost == 0 {
		return p.Count(n)
	}
	return p.Words.T("report.simulate.texts_cost", "texts", p.Count(n), "cost", p.Format.Money(t.Cost.Minor(p.Store.Exponent)))
}

// draftsBeside are the figures of two drafts in one table, as far as either has
// them.
func (p Pen) draftsBeside(s engine.Simulation) Block {
	t := Table{Columns: []Column{{Name: "", Align: Left}}}
	var labels []string
	values := map[string][]string{}
	for i, d := range s.Drafts {
		t.Columns = append(t.Columns, Column{Name: d.Campaign.Title, Align: Right})
		for _, f := range append(p.draftFacts(d), p.likelyFacts(d)...) {
			if values[f.Label] == nil {
				labels = append(labels, f.Label)
				values[f.Label] = make([]string, len(s.Drafts))
			}
			values[f.Label][i] = f.Value
		}
	}
	for _, label := range labels {
		t.Rows = append(t.Rows, Row{Cells: append([]string{label}, values[label]...)})
	}
	return t
}

// likelyFacts are the outlook under the middle rate.
func (p Pen) likelyFacts(d engine.SimulatedDraft) []Fact {
	if len(d.Likely) == 0 {
		return nil
	}
	o := d.Likely[len(d.Likely)/2]
	facts := []Fact{p.fact("rate", p.Tenths(o.Rate)), p.fact("returns", p.Count(o.Returns)), p.fact("given", p.Format.Money(o.Off)), p.fact("net", p.Format.Money(o.Net))}
	if o.GainSaid {
		facts = append(facts, p.fact("gain", p.Format.Money(o.Gain)))
	}
	return facts
}

// outlooks are what would come of a draft's coupons, by the rate of redemption.
func (p Pen) outlooks(s engine.Simulation, d engine.SimulatedDraft) Block {
	col := func(name string) Column { return Column{Name: p.fact(name, "").Label, Align: Right} }
	t := Table{
		Title:   p.Words.T("report.simulate.outlook"),
		Columns: []Column{col("rate"), col("returns"), col("given"), col("net")},
	}
	if s.Margin > 0 {
		t.Columns = append(t.Columns, col("gain"))
	}
	for i, o := range d.Likely {
		row := Row{Cells: []string{p.Tenths(o.Rate), p.Count(o.Returns), p.Format.Amount(o.Off), p.Format.Amount(o.Net)}}
		if s.Margin > 0 {
			row.Cells = append(row.Cells, p.Format.Amount(o.Gain))
		}
		if i == len(d.Likely)/2 {
			row.Tone = Strong
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// whyNot tells why the other sales did not earn, the most frequent first. What
// was lost to other campaigns is told apart from these.
func (p Pen) whyNot(d engine.SimulatedDraft) Block {
	t := Table{
		Title:   p.Words.T("report.simulate.why_not", "title", d.Campaign.Title),
		Columns: []Column{{Name: p.fact("sales", "").Label, Align: Right}, {Name: p.Words.T("report.simulate.why"), Align: Left}},
	}
	for _, r := range d.Reasons[:min(len(d.Reasons), mostReasons)] {
		t.Rows = append(t.Rows, Row{Cells: []string{p.Count(r.Sales), p.Words.T("report.simulate.reason." + reasonKey(r.Reason))}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// plainReasons are those that happen in a replay often enough to have words of
// their own.
var plainReasons = map[engine.Code]bool{
	engine.ReasonBelow: true, engine.ReasonAbove: true, engine.ReasonOutranked: true, engine.ReasonExcluded: true, engine.ReasonNothing: true,
	engine.ReasonUnits: true, engine.ReasonTarget: true, engine.ReasonWeekday: true, engine.ReasonTime: true, engine.ReasonChannel: true,
	engine.ReasonPayment: true, engine.ReasonRegister: true, engine.ReasonSource: true, engine.ReasonCustomer: true, engine.ReasonPerson: true,
	engine.ReasonRule: true, engine.ReasonTotal: true, engine.ReasonUses: true, engine.ReasonToday: true, engine.ReasonBudget: true,
	engine.ReasonStock: true, engine.ReasonCoupons: true, engine.ReasonDelivery: true, engine.ReasonTaken: true,
}

// reasonKey is the catalogue's name of a reason.
//
// words: report.simulate.reason.*
func reasonKey(r engine.Code) string {
	if plainReasons[r] {
		return string(r)
	}
	return "other"
}

// draftMonths is what the draft would have given in each month.
func (p Pen) draftMonths(d engine.SimulatedDraft) Block {
	if len(d.Months) < 2 || d.Sales == 0 {
		return nil
	}
	b := Bars{Title: p.Words.T("report.simulate.months", "title", d.Campaign.Title)}
	for _, m := range d.Months {
		bar := Bar{Label: p.Month(engine.MonthOf(m.First)), Value: p.Count(m.Hits), Size: m.Hits}
		if m.Given > 0 {
			bar.Value, bar.Size = p.Format.Amount(m.Given), int64(m.Given)
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

// simulateNotes say what was assumed.
func (p Pen) simulateNotes(s engine.Simulation) []Block {
	w := p.Words
	say := func(key string, args ...any) Block { return Text{Faint, w.T("report.simulate.note."+key, args...)} }
	notes := []Block{say("replay")}
	if len(s.Others) > 0 {
		notes = append(notes, Text{Faint, w.N("report.simulate.note.others", len(s.Others), "campaigns", p.Count(int64(len(s.Others))))})
	}
	coupons, coded, limited := false, false, false
	for _, d := range s.Drafts {
		coupons = coupons || d.Coupons()
		coded = coded || d.Campaign.Promo.Code != ""
		limited = limited || d.Campaign.Promo.Limits != (engine.Limits{})
	}
	if coded {
		notes = append(notes, say("code"))
	}
	if limited {
		notes = append(notes, say("limits"))
	}
	if !coupons {
		return append(notes, say("same"))
	}
	notes = append(notes, p.basisNotes(s)...)
	notes = append(notes, say("worst"), say("anyway"))
	if s.Margin > 0 {
		notes = append(notes, say("gain", "margin", p.Format.Percent(s.Margin)))
	}
	return notes
}

// basisNotes say by what the outlooks are told, each once.
//
// words: report.simulate.note.matured.* report.simulate.note.bought.*
func (p Pen) basisNotes(s engine.Simulation) []Block {
	var notes []Block
	said := map[string]bool{}
	say := func(key string, args ...any) {
		if text := p.Words.T("report.simulate.note."+key, args...); !said[text] {
			said[text] = true
			notes = append(notes, Text{Faint, text})
		}
	}
	for _, d := range s.Drafts {
		if !d.Coupons() {
			continue
		}
		b := s.Basis(d)
		if b.Matured {
			say("matured."+whose(b.OwnRates), "title", d.Campaign.Title, "redeemed", p.Count(b.Ended.Hits), "ended", p.Count(b.Ended.Of),
				"rate", p.Tenths(b.Rates[1]), "low", p.Tenths(b.Rates[0]), "high", p.Tenths(b.Rates[2]))
		} else {
			say("assumed", "enough", p.Count(engine.EnoughEnded))
		}
		if !b.Measured {
			say("returns")
			continue
		}
		say("bought."+whose(b.OwnUse), "title", d.Campaign.Title, "used", p.Count(b.Used), "return", p.Whole(b.Return))
		say("taken", "taken", p.Whole(b.Taken))
	}
	return notes
}

func whose(own bool) string {
	if own {
		return "own"
	}
	return "shop"
}
