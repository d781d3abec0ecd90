package screen

import (
	"strconv"
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// marks are how the store's country writes amounts.
func (e *Env) marks() engine.Marks {
	return engine.Marks{Decimal: e.Format.Decimal(), Group: e.Format.Group(), Exponent: e.Format.Exponent()}
}

// amount reads an amount that was typed; nothing is 0.
func (e *Env) amount(text string) (engine.Minor, error) {
	if text == "" {
		return 0, nil
	}
	return engine.ParseAmount(text, e.marks())
}

// readAmount is a form field's reading of an amount that may be left out.
func (e *Env) readAmount(text string, _ kit.Values) (string, error) {
	m, err := e.amount(text)
	if err != nil || text == "" {
		return "", err
	}
	return e.Format.Money(m), nil
}

// typedAmount is an amount as a form begins with; 0 is left out.
func (e *Env) typedAmount(m engine.Minor) string {
	if m == 0 {
		return ""
	}
	return e.Format.Amount(m)
}

// price reads a price in millionths that was typed; nothing is 0.
func (e *Env) price(text string) (engine.Micros, error) {
	if text == "" {
		return 0, nil
	}
	return e.Format.ReadPrice(text)
}

// typedPrice is a price as a form begins with, without its currency; 0 is left
// out.
func (e *Env) typedPrice(m engine.Micros) string {
	if m == 0 {
		return ""
	}
	return strings.TrimFunc(e.Format.Price(m), func(r rune) bool { return r < '0' || r > '9' })
}

// rate reads a percentage: 20, 20%, 12,5 or 12.5 %. It has at most two
// decimals, as basis points have.
func rate(text string) (engine.BP, bool) {
	s := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	whole, decimals, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if whole == "" || len(whole) > 6 || len(decimals) > 2 || strings.Trim(whole+decimals, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+decimals+"00"[len(decimals):], 10, 64)
	return engine.BP(n), err == nil
}

// readRate is a form field's reading of a percentage between two bounds.
func (e *Env) readRate(least, most engine.BP, refusal error) func(string, kit.Values) (string, error) {
	return func(text string, _ kit.Values) (string, error) {
		bp, ok := rate(text)
		if !ok || bp < least || bp > most {
			return "", refusal
		}
		return e.Format.Percent(bp), nil
	}
}

// typedRate is a rate as a form begins with: 12,5 without its sign.
func (e *Env) typedRate(bp engine.BP) string {
	return strings.TrimSpace(strings.TrimSuffix(e.Format.Percent(bp), "%"))
}

// count reads a whole number that was typed; nothing is 0.
func count(text string) (int, bool) {
	if text == "" {
		return 0, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0
}

// readDays is a form field's reading of a number of days between two bounds.
func (e *Env) readDays(least, most int, refusal error) func(string, kit.Values) (string, error) {
	return func(text string, _ kit.Values) (string, error) {
		n, ok := count(text)
		if !ok || n < least || n > most {
			return "", refusal
		}
		return e.Words.N("core.duration.days", n), nil
	}
}

// readDay is a form field's reading of a date that may be left out.
func (e *Env) readDay(text string, _ kit.Values) (string, error) {
	if text == "" {
		return "", nil
	}
	d, err := e.parseDay(text)
	if err != nil {
		return "", err
	}
	return e.Format.DateLong(d), nil
}

// day is a date that was typed and found good; 0 if it was left out.
func (e *Env) day(text string) engine.Day {
	d, err := e.parseDay(text)
	if err != nil {
		return 0
	}
	return d
}

// typedDay is a day as a form begins with; 0 is left out.
func (e *Env) typedDay(d engine.Day) string {
	if d == 0 {
		return ""
	}
	return e.Format.Date(d)
}

// parseDay reads a date in the country's order with any marks between, or as
// 2026-11-20. Without a year it is this year's, and 26 is 2026.
func (e *Env) parseDay(text string) (engine.Day, error) {
	return e.Format.ParseDay(text, e.Store().Today(engine.InstantOf(e.Clock())).Date().Year())
}

// stamp writes an instant shortly: day and time, or the whole date if it is not
// of this year.
func (e *Env) stamp(at, now engine.Instant) string {
	if at == 0 {
		return ""
	}
	zone := e.Format.Zone()
	day := engine.DayAt(at, zone)
	if day.Date().Year() != engine.DayAt(now, zone).Date().Year() {
		return e.Format.Date(day)
	}
	return e.Format.DayMonth(day) + " " + e.Format.Time(at)
}

// stampWidth is the room a stamp takes.
func (e *Env) stampWidth() int {
	noon := engine.DayOf(2026, 12, 28).Start(e.Format.Zone()) + 43_200_000
	return max(kit.Width(e.Format.Date(0)), kit.Width(e.stamp(noon, noon)))
}

// dayOrDash writes a day, or a dash for none.
func (e *Env) dayOrDash(d engine.Day) string {
	if d == 0 {
		return "–"
	}
	return e.Format.Date(d)
}
