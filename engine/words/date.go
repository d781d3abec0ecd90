package words

import (
	"strconv"
	"strings"
	"time"

	"bounceback/engine"
)

// dateStyle is how a country writes a date in numbers.
type dateStyle struct {
	order string // of d, m and y
	mark  string // between them
}

// dateStyles lists the countries that do not write 20/11/2026.
var dateStyles = makeDateStyles()

func makeDateStyles() map[string]dateStyle {
	styles := map[string]dateStyle{}
	for _, group := range []struct{ order, mark, countries string }{
		{"mdy", "/", "AS FM GU MH MP PH PR PW US VI"},
		{"ymd", "-", "CA LT SE"},
		{"ymd", "/", "CN JP TW ZA"},
		{"ymd", ".", "HU KR MN"},
		{"dmy", "-", "AW BQ CL CW NL SR SX"},
		{"dmy", ".", "AL AM AT AX AZ BA BG BY CH CZ DE DK EE FI FO GE GL HR IL IS KG KZ " +
			"LI LV MD ME MK NO PL RO RS RU SI SJ SK TJ TM TR UA XK"},
	} {
		for _, c := range strings.Fields(group.countries) {
			styles[c] = dateStyle{group.order, group.mark}
		}
	}
	return styles
}

func dateStyleOf(country string) dateStyle {
	if s, ok := dateStyles[country]; ok {
		return s
	}
	return dateStyle{"dmy", "/"}
}

// twelveHours lists the countries whose clocks go to twelve.
var twelveHours = set("AE AG AS AU BB BD BH BM BN BS BT CA CO DM DO DZ EG ER FJ FM GD GH GM GU GY " +
	"HK IN IQ JM JO KI KN KR KW KY LB LC LR LS LY MH MO MP MW MY NZ OM PA PG PH PK PR PS PW QA " +
	"SA SB SD SG SL SO SY SZ TC TO TT US VC VE VG VI VU WS YE ZM")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Date writes a day in numbers, in the country's order: 20/11/2026,
// 11/20/2026, 2026-11-20, 20.11.2026.
func (f *Format) Date(d engine.Day) string { return f.date.write(d, f.date.order) }

// Days that can be typed: those of calendars people still use, and not so late
// that a slip of a digit is taken for a day.
const firstYear, lastYear = 1970, 9999

// ParseDay reads a date as 2026-11-20, or in the country's order with any of its
// marks between: 20/11/2026, or 11/20/2026. With a year it may leave that out,
// as 20/11, and write it shortly, as 20/11/26. CodeBadDate if it is none.
func (f *Format) ParseDay(text string, year int) (engine.Day, error) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/-. ", r) })
	order := f.date.order
	switch {
	case len(parts) == 3 && len(parts[0]) == 4:
		order = "ymd"
	case len(parts) == 2 && year != 0:
		order = strings.ReplaceAll(order, "y", "")
	}
	if len(parts) != len(order) {
		return 0, engine.BadDate(text)
	}
	of := map[byte]int{'y': year}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil || len(p) > 4 {
			return 0, engine.BadDate(text)
		}
		if of[order[i]] = int(n); order[i] == 'y' && n < 100 && year != 0 {
			of['y'] += year / 100 * 100
		}
	}
	day := engine.DayOf(of['y'], time.Month(of['m']), of['d'])
	if at := day.Date(); at.Day() != of['d'] || int(at.Month()) != of['m'] || at.Year() < firstYear || at.Year() > lastYear {
		return 0, engine.BadDate(text)
	}
	return day, nil
}

// DayMonth writes a day in numbers without its year: "04/01".
func (f *Format) DayMonth(d engine.Day) string {
	return f.date.write(d, strings.ReplaceAll(f.date.order, "y", ""))
}

func (s dateStyle) write(d engine.Day, order string) string {
	t := d.Date()
	b := make([]byte, 0, 12)
	for i := range len(order) {
		if i > 0 {
			b = append(b, s.mark...)
		}
		switch order[i] {
		case 'd':
			b = pad(b, t.Day(), 2)
		case 'm':
			b = pad(b, int(t.Month()), 2)
		default:
			b = pad(b, t.Year(), 4)
		}
	}
	return string(b)
}

func pad(b []byte, n, width int) []byte {
	s := strconv.Itoa(n)
	for range width - len(s) {
		b = append(b, '0')
	}
	return append(b, s...)
}

// DateShort writes a day with its month's short name and no year: "4 Jan".
func (f *Format) DateShort(d engine.Day) string {
	t := d.Date()
	key := "core.date.short"
	if f.date.order == "mdy" {
		key = "core.date.short_mdy"
	}
	return f.w.T(key, "day", t.Day(), "month", f.months[1][t.Month()-1])
}

// DateLong writes a day in full: "4 January 2027".
func (f *Format) DateLong(d engine.Day) string {
	t := d.Date()
	key := "core.date.long"
	if f.date.order == "mdy" {
		key = "core.date.long_mdy"
	}
	return f.w.T(key, "day", t.Day(), "month", f.months[0][t.Month()-1], "year", t.Year())
}

// Time writes the time of day in the store's zone: "15:04", or "3:04 pm" where
// the country's clock goes to twelve.
func (f *Format) Time(i engine.Instant) string {
	t := i.In(f.zone)
	return f.clock(t.Hour(), t.Minute())
}

// clock writes a time of day in the country's way.
func (f *Format) clock(hour, minute int) string {
	if !f.twelve {
		return string(pad(append(pad(make([]byte, 0, 5), hour, 2), ':'), minute, 2))
	}
	half := f.w.T("core.time.am")
	if hour%24 >= 12 {
		half = f.w.T("core.time.pm")
	}
	b := pad(make([]byte, 0, 12), (hour+11)%12+1, 1)
	b = pad(append(b, ':'), minute, 2)
	return string(append(append(b, ' '), half...))
}

// DateTime writes the date in numbers and the time, in the store's zone.
func (f *Format) DateTime(i engine.Instant) string {
	return f.Date(engine.DayAt(i, f.zone)) + " " + f.Time(i)
}

// Duration writes a length of time in its two largest units, "2 days 3 hours",
// rounded up to what it shows.
func (f *Format) Duration(d time.Duration) string {
	type unit struct {
		length time.Duration
		key    string
	}
	// words: core.duration.*
	units := []unit{
		{24 * time.Hour, "core.duration.days"},
		{time.Hour, "core.duration.hours"},
		{time.Minute, "core.duration.minutes"},
		{time.Second, "core.duration.seconds"},
	}
	d = roundUp(max(d, 0))
	var parts []string
	for _, u := range units {
		if n := d / u.length; n > 0 {
			parts = append(parts, f.w.N(u.key, int(n)))
			d -= n * u.length
		}
	}
	if len(parts) == 0 {
		return f.w.N("core.duration.seconds", 0)
	}
	return strings.Join(parts[:min(2, len(parts))], " ")
}

// roundUp drops what is too fine to matter beside the rest, in the direction
// that keeps a promise like "again in 5 minutes".
func roundUp(d time.Duration) time.Duration {
	step := time.Second
	switch {
	case d > 24*time.Hour:
		step = time.Hour
	case d > time.Minute:
		step = time.Minute
	}
	return (d + step - 1) / step * step
}
