// Package form is the one JSON form of offers, campaigns, baskets and results:
// flat, plain and read strictly, so that a file written by hand either means
// what it says or is refused with the name of the field at fault.
//
// A campaign file says what runs, when, and what it offers:
//
//	{
//	  "title": "Afternoon coffee",
//	  "state": "active",
//	  "starts": "2026-12-01",
//	  "offer": {
//	    "kind": "nth_piece",
//	    "value_percent": 50,
//	    "target": {"category": "Drinks/Coffee"},
//	    "sets": {"nth": 2},
//	    "threshold": {"weekdays": ["mon", "tue", "wed", "thu", "fri"], "times": ["14:00-17:00"]},
//	    "max_times": 3
//	  }
//	}
//
// A quote asks what a sale would cost, without storing anything:
//
//	{
//	  "basket": [{"sku": "C-250", "category": "Drinks/Coffee", "qty": 2, "unit_price_minor": 2490}],
//	  "now": "2026-12-01T15:00",
//	  "offers": [{"id": "SECOND", "kind": "nth_piece", "value_percent": 50, "sets": {"nth": 2}}]
//	}
//
// and is answered with the amounts of each line and why each offer applies or
// not:
//
//	{
//	  "discount_total_minor": 1245,
//	  "payable_minor": 3735,
//	  "lines": [{"sku": "C-250", "discount_minor": 1245, "net_minor": 3735, …}],
//	  "applied": [{"id": "SECOND", "discount_minor": 1245, …}],
//	  …
//	}
//
// Amounts are whole numbers of minor units (cents). Percentages are numbers, or
// texts, with at most two decimals and are read exactly. Days are
// "2026-12-01", in the store's zone. A list of texts may be written as a single
// text. null is as if the field were not there. Unknown and repeated fields are
// refused. Schema gives the whole vocabulary as a JSON Schema.
//
//	form.go        reading and writing a file
//	tree.go        JSON, strictly
//	decode.go      JSON into the structs of the vocabulary
//	scalar.go      values that are neither a plain text nor a plain number
//	vocabulary.go  the fields of campaigns and offers
//	offer.go, threshold.go, campaign.go, text.go, quote.go   from and to the engine's types
//	result.go      the answer to a quote
//	schema.go      the JSON Schema, from the same structs
package form

import (
	"bytes"
	"encoding/json"
	"reflect"

	"bounceback/engine"
)

// MaxSize is the most bytes of a file.
const MaxSize = 1 << 20

// Codes of files. All but the first four name in "field" the place in the
// file, such as offer.threshold.min_amount_minor or basket[2].qty.
const (
	CodeSize    engine.Code = "form_size"    // with most, in bytes
	CodeSyntax  engine.Code = "form_syntax"  // no JSON; with line, column
	CodeDeep    engine.Code = "form_deep"    // with most
	CodeWhole   engine.Code = "form_whole"   // no object at all
	CodeTwice   engine.Code = "form_twice"   // the same field twice
	CodeUnknown engine.Code = "form_unknown" // no such field
	CodeNear    engine.Code = "form_near"    // no such field; with near, the one that may be meant
	CodeMissing engine.Code = "form_missing" // has to be there
	CodeBoth    engine.Code = "form_both"    // with other: only one of them may be there
	CodeSameID  engine.Code = "form_same_id" // with other: the same id

	CodeText     engine.Code = "form_text"     // is no text
	CodeNumber   engine.Code = "form_number"   // is no whole number
	CodeYesNo    engine.Code = "form_yes_no"   // is neither true nor false
	CodeObject   engine.Code = "form_object"   // is no {…}
	CodeList     engine.Code = "form_list"     // is no […]
	CodeTexts    engine.Code = "form_texts"    // is no list of texts
	CodeNumbers  engine.Code = "form_numbers"  // is no list of whole numbers
	CodePercent  engine.Code = "form_percent"  // is no percentage of at most two decimals
	CodeDate     engine.Code = "form_date"     // is no date
	CodeMoment   engine.Code = "form_moment"   // is no date and time
	CodeWeekdays engine.Code = "form_weekdays" // is no list of mon … sun
	CodeSpans    engine.Code = "form_spans"    // is no list of 14:00-17:00
)

// read decodes a file into one of the vocabulary's structs.
func read(data []byte, into any) error {
	root, err := parse(data)
	if err != nil {
		return err
	}
	d := decoder{}
	d.value("", root, reflect.ValueOf(into).Elem())
	if d.err != nil {
		return d.err
	}
	return nil
}

// write encodes one of the vocabulary's structs: the same value always gives
// the same bytes. indent is empty for a single line.
func write(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return nil, engine.Broken(engine.CodeUnexpected, err)
	}
	if indent == "" {
		return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
	}
	return b.Bytes(), nil
}
