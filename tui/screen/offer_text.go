package screen

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceback/engine"
)

// Codes of what is typed into the form of an offer.
const (
	CodeOfferDays  engine.Code = "offer_form_days"  // no days of the week; with text, example
	CodeOfferHours engine.Code = "offer_form_hours" // no times of the day; with text
	CodeOfferSteps engine.Code = "offer_form_steps" // no steps; with text
	CodeOfferGoods engine.Code = "offer_form_goods" // not what goods are known by; with text
	CodeOfferParts engine.Code = "offer_form_parts" // no parts of a bundle; with text
	CodeOfferCount engine.Code = "offer_form_count" // not a whole number; with text
	CodeOfferTyped engine.Code = "offer_form_code"  // no code that customers can give; with text, most
)

const week = 7

// dayName is the short name of a day of the week, as forms take it.
//
// words: offer.weekday.*
func (e *Env) dayName(d time.Weekday) string {
	name := e.Words.T("offer.weekday." + strconv.Itoa((int(d)+week-1)%week+1)) // Monday is 1 there
	return string([]rune(strings.ToLower(name))[:3])
}

// typedDays writes days of the week shortly: three and more that follow one
// another as "mon-fri".
func (e *Env) typedDays(days []time.Weekday) string {
	var out []string
	for i := 0; i < len(days); {
		last := i
		for last+1 < len(days) && days[last+1] == (days[last]+1)%week {
			last++
		}
		if last-i < 2 {
			last = i
			out = append(out, e.dayName(days[i]))
		} else {
			out = append(out, e.dayName(days[i])+"-"+e.dayName(days[last]))
		}
		i = last + 1
	}
	return commas(out)
}

// days reads days of the week: "mon-fri, sun", by the first three letters of
// their names in the language of the screen, or in English.
func (e *Env) days(text string) ([]time.Weekday, error) {
	var out []time.Weekday
	for _, part := range splitCommas(text) {
		from, to, span := strings.Cut(part, "-")
		first, ok := e.oneDay(from)
		last := first
		if span && ok {
			last, ok = e.oneDay(to)
		}
		if !ok {
			example := e.typedDays([]time.Weekday{1, 2, 3, 4, 5, 0})
			return nil, engine.BadInput(CodeOfferDays, "text", part, "example", example)
		}
		for d := first; ; d = (d + 1) % week {
			out = append(out, d)
			if d == last {
				break
			}
		}
	}
	return out, nil
}

func (e *Env) oneDay(text string) (time.Weekday, bool) {
	typed := strings.Join(engine.FoldWords(text), "")
	for d := range time.Weekday(week) {
		for _, name := range []string{e.dayName(d), strings.ToLower(d.String())[:3]} {
			if short := strings.Join(engine.FoldWords(name), ""); strings.HasPrefix(typed, short) {
				return d, true
			}
		}
	}
	return 0, false
}

// typedHours writes spans of the day: "14:00-17:00".
func typedHours(spans []engine.Hours) string {
	out := make([]string, len(spans))
	for i, h := range spans {
		out[i] = fmt.Sprintf("%02d:%02d-%02d:%02d", h.From/60, h.From%60, h.To/60, h.To%60)
	}
	return commas(out)
}

// hours reads spans of the day: "14:00-17:00, 22-2".
func hours(text string) ([]engine.Hours, error) {
	var out []engine.Hours
	for _, part := range splitCommas(text) {
		from, to, _ := strings.Cut(part, "-")
		first, ok := clock(from)
		last, good := clock(to)
		if !ok || !good {
			return nil, engine.BadInput(CodeOfferHours, "text", part)
		}
		out = append(out, engine.Hours{From: first, To: last})
	}
	return out, nil
}

// clock reads a time of the day in minutes since midnight: 14:30, 14h30 or 14.
func clock(text string) (int, bool) {
	hour, minute, given := strings.Cut(strings.NewReplacer("h", ":", "H", ":").Replace(strings.TrimSpace(text)), ":")
	h, ok := count(hour)
	m, good := 0, true
	if given && minute != "" {
		m, good = count(minute)
	}
	return h*60 + m, ok && good && hour != "" && len(hour) <= 2 && m < 60 && h*60+m <= 24*60
}

// typedNumbers writes numbers between commas.
func typedNumbers(numbers []int) string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = strconv.Itoa(n)
	}
	return commas(out)
}

// numbers reads whole numbers between commas.
func numbers(text string) ([]int, error) {
	var out []int
	for _, part := range splitCommas(text) {
		n, ok := count(part)
		if !ok {
			return nil, engine.BadInput(CodeOfferCount, "text", part)
		}
		out = append(out, n)
	}
	return out, nil
}

// stepPieces stands behind the number of pieces from which a step counts, where
// others begin at an amount.
const stepPieces = "x"

// typedSteps writes the steps of an offer in one line: "100,00: 5 %; 3x: 10 %".
func (e *Env) typedSteps(tiers []engine.Tier) string {
	out := make([]string, len(tiers))
	for i, t := range tiers {
		from := e.Format.Amount(t.Amount)
		if t.Units > 0 {
			from = strconv.FormatInt(t.Units, 10) + stepPieces
		}
		cut := e.Format.Amount(t.Cut.Amount)
		if t.Cut.By == engine.ByPercent {
			cut = e.Format.Percent(t.Cut.Percent)
		}
		out[i] = from + ": " + cut
	}
	return strings.Join(out, "; ")
}

// steps reads the steps of an offer of a kind. What stands behind the colon is
// a percentage, or an amount as the kind takes it.
func (e *Env) steps(text string, k engine.Kind) ([]engine.Tier, error) {
	var out []engine.Tier
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		t, ok := e.step(part, k)
		if !ok {
			return nil, engine.BadInput(CodeOfferSteps, "text", part, "example", e.stepsExample(k))
		}
		out = append(out, t)
	}
	return out, nil
}

// step reads one step: from where on, and how much.
func (e *Env) step(text string, k engine.Kind) (engine.Tier, bool) {
	from, cut, ok := strings.Cut(text, ":")
	t, good := e.stepFrom(strings.TrimSpace(from))
	if cut = strings.TrimSpace(cut); !ok || !good || cut == "" {
		return t, false
	}
	by := cutBy(k)
	if k == engine.KindNextCoupon && !strings.HasSuffix(cut, "%") {
		by = engine.ByAmount
	}
	t.Cut.By = by
	if by == engine.ByPercent {
		t.Cut.Percent, ok = rate(cut)
		return t, ok
	}
	amount, err := e.amount(cut)
	t.Cut.Amount = amount
	return t, err == nil
}

// stepFrom reads from where on a step counts.
func (e *Env) stepFrom(text string) (t engine.Tier, ok bool) {
	units, counted := strings.CutSuffix(strings.ToLower(text), stepPieces)
	if counted {
		n, ok := count(strings.TrimSpace(units))
		t.Units = int64(n)
		return t, ok && n > 0
	}
	amount, err := e.amount(text)
	t.Amount = amount
	return t, err == nil && text != ""
}

// stepsExample is how steps of a kind can be written.
func (e *Env) stepsExample(k engine.Kind) string {
	hundred := 100 * engine.WholeUnit(e.Format.Exponent())
	cut := engine.Cut{By: cutBy(k), Percent: 500, Amount: hundred / 20}
	return e.typedSteps([]engine.Tier{{Amount: hundred, Cut: cut}, {Amount: 2 * hundred, Cut: engine.Cut{By: cut.By, Percent: 1000, Amount: hundred / 10}}})
}

// cutBy is how the offers of a kind that can be in steps take off.
func cutBy(k engine.Kind) engine.CutBy {
	switch k {
	case engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross, engine.KindOrderFixed, engine.KindDeliveryFixed, engine.KindCreditFixed:
		return engine.ByAmount
	case engine.KindItemPrice, engine.KindOrderPrice:
		return engine.ByPrice
	}
	return engine.ByPercent
}

// goodsNames are the things that goods are known by in one line; a category is
// meant where none is named.
var goodsNames = []string{"category", "sku", "brand", "tag"}

// goodsLists are the lists of goods in the order of goodsNames, those meant before
// those excluded.
func goodsLists(g *engine.Goods) []*[]string {
	return []*[]string{&g.Category, &g.SKU, &g.Brand, &g.Tag, &g.NotCategory, &g.NotSKU, &g.NotBrand, &g.NotTag}
}

// typedGoods writes goods in one line: "Drinks/Coffee, brand:Serra, -sku:4711".
//
// words: lists.offer.goods.category lists.offer.goods.sku lists.offer.goods.brand lists.offer.goods.tag
func (e *Env) typedGoods(g engine.Goods) string {
	var out []string
	for i, list := range goodsLists(&g) {
		prefix := ""
		if i >= len(goodsNames) {
			prefix = "-"
		}
		if i%len(goodsNames) > 0 {
			prefix += e.Words.T("lists.offer.goods."+goodsNames[i%len(goodsNames)]) + ":"
		}
		for _, v := range *list {
			out = append(out, prefix+v)
		}
	}
	return commas(out)
}

// goods reads goods in one line.
func (e *Env) goods(text string) (engine.Goods, error) {
	var g engine.Goods
	lists := goodsLists(&g)
	for _, part := range splitCommas(text) {
		rest, not := strings.CutPrefix(part, "-")
		at, value, ok := e.goodsPart(strings.TrimSpace(rest))
		if !ok {
			return engine.Goods{}, engine.BadInput(CodeOfferGoods, "text", part)
		}
		if not {
			at += len(goodsNames)
		}
		*lists[at] = append(*lists[at], value)
	}
	return g, nil
}

// goodsPart tells by which of goodsNames one part of the line knows goods.
func (e *Env) goodsPart(text string) (at int, value string, ok bool) {
	name, value, named := strings.Cut(text, ":")
	if !named {
		return 0, text, text != ""
	}
	name = strings.TrimSpace(name)
	at = slices.IndexFunc(goodsNames, func(known string) bool {
		return strings.EqualFold(name, known) || strings.EqualFold(name, e.Words.T("lists.offer.goods."+known))
	})
	value = strings.TrimSpace(value)
	return at, value, at >= 0 && value != ""
}

// typedParts writes the parts of a bundle in one line: "2 Drinks/Coffee + 1 sku:MUG".
func (e *Env) typedParts(groups []engine.Group) string {
	out := make([]string, len(groups))
	for i, g := range groups {
		out[i] = strings.TrimSpace(strconv.FormatInt(g.Units, 10) + " " + e.typedGoods(g.Of))
	}
	return strings.Join(out, " + ")
}

// parts reads the parts of a bundle. A part without a number is one piece.
func (e *Env) parts(text string) ([]engine.Group, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var out []engine.Group
	for part := range strings.SplitSeq(text, " + ") {
		first, rest, _ := strings.Cut(strings.TrimSpace(part), " ")
		n, counted := count(first)
		if !counted || first == "" {
			n, rest = 1, part
		}
		of, err := e.goods(rest)
		if err != nil || strings.TrimSpace(part) == "" {
			return nil, engine.BadInput(CodeOfferParts, "text", part)
		}
		out = append(out, engine.Group{Of: of, Units: int64(n)})
	}
	return out, nil
}
