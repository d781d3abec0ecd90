package screen

import (
	"strconv"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// offerField is a field of the form of an offer. Its name is its place in the
// offer's JSON form, by which errors name it too.
type offerField struct {
	name  string
	other []string // other places whose errors are shown at it
	in    string   // the section it stands in; empty: it always shows
	kind  kit.Kind
	limit int
	list  bool // texts between commas

	// fits tells whether the field has a meaning, by the kind of the offer and
	// what else the form says. Nil: always.
	fits func(k engine.Kind, v kit.Values) bool
	// options are the choices of a Choice field: values, whose names are in the
	// catalogue under the field's own.
	options func(k engine.Kind) []string
	// begins is what it begins with where the offer says nothing. Nil: with
	// nothing.
	begins func(k engine.Kind) string

	show func(e *Env, o *engine.Offer) string
	set  func(e *Env, o *engine.Offer, text string) error
	echo func(e *Env, text string) string
}

// when lets a field show only for some kinds.
func (f offerField) when(fits func(engine.Kind, kit.Values) bool) offerField {
	f.fits = fits
	return f
}

// of lets a field show only for the kinds given.
func (f offerField) of(kinds ...engine.Kind) offerField {
	return f.when(func(k engine.Kind, _ kit.Values) bool { return isOne(k, kinds...) })
}

func (f offerField) errorsOf(places ...string) offerField {
	f.other = places
	return f
}

func (f offerField) from(begins string) offerField {
	f.begins = func(engine.Kind) string { return begins }
	return f
}

func isOne(k engine.Kind, kinds ...engine.Kind) bool {
	for _, one := range kinds {
		if k == one {
			return true
		}
	}
	return false
}

// textField holds a text.
func textField(in, name string, limit int, at func(*engine.Offer) *string) offerField {
	return offerField{
		name: name, in: in, limit: limit,
		show: func(_ *Env, o *engine.Offer) string { return *at(o) },
		set: func(_ *Env, o *engine.Offer, text string) error {
			*at(o) = text
			return nil
		},
	}
}

// listField holds texts between commas.
func listField(in, name string, at func(*engine.Offer) *[]string) offerField {
	return offerField{
		name: name, in: in, list: true,
		show: func(_ *Env, o *engine.Offer) string { return commas(*at(o)) },
		set: func(_ *Env, o *engine.Offer, text string) error {
			*at(o) = splitCommas(text)
			return nil
		},
	}
}

// moneyField holds an amount; nothing is 0.
func moneyField(in, name string, at func(*engine.Offer) *engine.Minor) offerField {
	return offerField{
		name: name, in: in, kind: kit.Amount,
		show: func(e *Env, o *engine.Offer) string { return e.typedAmount(*at(o)) },
		set: func(e *Env, o *engine.Offer, text string) (err error) {
			*at(o), err = e.amount(text)
			return err
		},
		echo: (*Env).amountEcho,
	}
}

// amountEcho is how an amount was understood.
func (e *Env) amountEcho(text string) string {
	m, err := e.amount(text)
	if err != nil || text == "" {
		return ""
	}
	return e.Format.Money(m)
}

// countField holds a whole number; nothing is 0.
func countField[T int | int64](in, name string, at func(*engine.Offer) *T) offerField {
	return offerField{
		name: name, in: in, kind: kit.Number,
		show: func(_ *Env, o *engine.Offer) string {
			if *at(o) == 0 {
				return ""
			}
			return strconv.FormatInt(int64(*at(o)), 10)
		},
		set: func(_ *Env, o *engine.Offer, text string) error {
			if text == "" {
				return nil
			}
			n, err := strconv.ParseInt(text, 10, 32)
			if err != nil {
				return engine.BadInput(CodeOfferCount, "text", text)
			}
			*at(o) = T(n)
			return nil
		},
	}
}

// dayField holds a date; nothing is none.
func dayField(in, name string, at func(*engine.Offer) *engine.Day) offerField {
	return offerField{
		name: name, in: in, kind: kit.Date,
		show: func(e *Env, o *engine.Offer) string { return e.typedDay(*at(o)) },
		set: func(e *Env, o *engine.Offer, text string) (err error) {
			if text != "" {
				*at(o), err = e.parseDay(text)
			}
			return err
		},
		echo: func(e *Env, text string) string {
			echo, _ := e.readDay(text, nil)
			return echo
		},
	}
}

// flagField says yes or no.
func flagField(in, name string, at func(*engine.Offer) *bool) offerField {
	return offerField{
		name: name, in: in, kind: kit.YesNo,
		show: func(_ *Env, o *engine.Offer) string { return yesNo(*at(o)) },
		set: func(_ *Env, o *engine.Offer, text string) error {
			*at(o) = text == kit.Yes
			return nil
		},
	}
}

// choiceField holds one of some values, the first of which is the one that an
// offer has which says nothing.
func choiceField[T ~string](in, name string, at func(*engine.Offer) *T, usual T, others ...T) offerField {
	return offerField{
		name: name, in: in, kind: kit.Choice,
		options: func(engine.Kind) []string {
			out := []string{string(usual)}
			for _, o := range others {
				out = append(out, string(o))
			}
			return out
		},
		show: func(_ *Env, o *engine.Offer) string {
			if *at(o) == "" {
				return string(usual)
			}
			return string(*at(o))
		},
		set: func(_ *Env, o *engine.Offer, text string) error {
			if *at(o) = T(text); text == string(usual) {
				*at(o) = ""
			}
			return nil
		},
	}
}

// typedField holds something that one line of text says, and that is written
// and read by functions of its own.
func typedField[T any](in, name string, at func(*engine.Offer) *T, write func(*Env, T) string, read func(*Env, string) (T, error)) offerField {
	return offerField{
		name: name, in: in,
		show: func(e *Env, o *engine.Offer) string { return write(e, *at(o)) },
		set: func(e *Env, o *engine.Offer, text string) error {
			v, err := read(e, text)
			if err == nil {
				*at(o) = v
			}
			return err
		},
	}
}
