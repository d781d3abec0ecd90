package form

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceback/engine"
)

// percent is a rate written as a percentage: 10.5 or "10.5".
type percent engine.BP

func (p *percent) read(n node) engine.Code {
	if n.kind != isNumber && n.kind != isText {
		return CodePercent
	}
	whole, part, dot := strings.Cut(n.text, ".")
	if len(whole) > 6 || len(part) > 2 || dot && part == "" || !digits(whole+part) || whole == "" {
		return CodePercent
	}
	rate, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		return CodePercent
	}
	*p = percent(rate)
	return ""
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// MarshalJSON writes the percentage as a number without needless zeros.
func (p percent) MarshalJSON() ([]byte, error) {
	sign, v := "", int64(p)
	if v < 0 {
		sign, v = "-", -v
	}
	s := fmt.Sprintf("%s%d.%02d", sign, v/100, v%100)
	return []byte(strings.TrimSuffix(strings.TrimRight(s, "0"), ".")), nil
}

func (percent) schema() object {
	return object{
		"anyOf": []object{
			{"type": "number", "minimum": 0, "maximum": 100, "multipleOf": json.Number("0.01")},
			{"type": "string", "pattern": `^[0-9]{1,3}(\.[0-9]{1,2})?$`},
		},
	}
}

// texts is a list of texts, of which a single one may stand alone.
type texts []string

func (t *texts) read(n node) engine.Code {
	items := n.items
	if n.kind != isList {
		items = []node{n}
	}
	*t = nil
	for _, item := range items {
		if item.kind != isText {
			return CodeTexts
		}
		*t = append(*t, item.text)
	}
	return ""
}

func (texts) schema() object {
	return listOrOne(object{"type": "string", "minLength": 1, "maxLength": engine.MaxOfferLabel})
}

func listOrOne(one object) object {
	return object{"anyOf": []object{one, {"type": "array", "items": one, "maxItems": engine.MaxOfferList}}}
}

// numbers is a list of whole numbers, of which a single one may stand alone.
type numbers []int

func (c *numbers) read(n node) engine.Code {
	items := n.items
	if n.kind != isList {
		items = []node{n}
	}
	*c = nil
	for _, item := range items {
		v, ok := item.whole()
		if !ok {
			return CodeNumbers
		}
		*c = append(*c, int(v))
	}
	return ""
}

// MarshalJSON writes a single number without the list around it.
func (c numbers) MarshalJSON() ([]byte, error) {
	if len(c) == 1 {
		return json.Marshal(c[0])
	}
	return json.Marshal([]int(c))
}

func (numbers) schema() object { return listOrOne(object{"type": "integer", "minimum": 1}) }

// days is a list of numbers of days, kept in ascending order and each once.
type days []int

func (d *days) read(n node) engine.Code {
	var each numbers
	if code := each.read(n); code != "" {
		return code
	}
	slices.Sort(each)
	*d = days(slices.Compact(each))
	return ""
}

func (days) schema() object {
	return object{"type": "array", "items": object{"type": "integer", "minimum": 1, "maximum": engine.MaxLifetime}, "maxItems": engine.MaxTextDays}
}

// date is a day of the store.
type date engine.Day

func (d *date) read(n node) engine.Code {
	day, err := engine.ParseDay(n.text)
	if n.kind != isText || err != nil {
		return CodeDate
	}
	*d = date(day)
	return ""
}

// MarshalJSON writes the date as 2026-12-01.
func (d date) MarshalJSON() ([]byte, error) { return json.Marshal(engine.Day(d).String()) }

func (date) schema() object { return object{"type": "string", "format": "date"} }

// weekdays is a list of mon … sun.
type weekdays []time.Weekday

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (w *weekdays) read(n node) engine.Code {
	var names texts
	if names.read(n) != "" {
		return CodeWeekdays
	}
	*w = nil
	for _, name := range names {
		i := slices.Index(weekdayNames, strings.ToLower(name))
		if i < 0 {
			return CodeWeekdays
		}
		*w = append(*w, time.Weekday(i))
	}
	return ""
}

// MarshalJSON writes the names of the days.
func (w weekdays) MarshalJSON() ([]byte, error) {
	names := make([]string, 0, len(w))
	for _, day := range w {
		names = append(names, weekdayNames[(int(day)%7+7)%7])
	}
	return json.Marshal(names)
}

func (weekdays) schema() object { return listOrOne(object{"enum": weekdayNames}) }

// spans is a list of spans of the day, 14:00-17:00.
type spans []engine.Hours

func (s *spans) read(n node) engine.Code {
	var each texts
	if each.read(n) != "" {
		return CodeSpans
	}
	*s = nil
	for _, one := range each {
		from, to, _ := strings.Cut(one, "-")
		first, ok := minutes(from)
		last, also := minutes(to)
		if !ok || !also {
			return CodeSpans
		}
		*s = append(*s, engine.Hours{From: first, To: last})
	}
	return ""
}

// minutes reads 14:00 as minutes since midnight; 24:00 is the day's end.
func minutes(clock string) (int, bool) {
	hour, minute, ok := strings.Cut(strings.TrimSpace(clock), ":")
	if !ok || len(hour) < 1 || len(hour) > 2 || len(minute) != 2 || !digits(hour+minute) {
		return 0, false
	}
	h, _ := strconv.Atoi(hour) // two digits
	m, _ := strconv.Atoi(minute)
	return h*60 + m, m < 60 && h*60+m <= 24*60
}

// MarshalJSON writes the spans.
func (s spans) MarshalJSON() ([]byte, error) {
	out := make([]string, 0, len(s))
	for _, h := range s {
		out = append(out, fmt.Sprintf("%02d:%02d-%02d:%02d", h.From/60, h.From%60, h.To/60, h.To%60))
	}
	return json.Marshal(out)
}

func (spans) schema() object {
	return listOrOne(object{"type": "string", "pattern": `^[0-9]{1,2}:[0-9]{2} *- *[0-9]{1,2}:[0-9]{2}$`})
}
