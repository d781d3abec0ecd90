package delivery

import (
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bounceback/engine"
)

// Codes of delivery reports, of class Input.
const (
	CodeReportFile   engine.Code = "report_file"   // not JSON, or cut off; with read, the reports before the fault
	CodeReportRecord engine.Code = "report_record" // no delivery report; with number, its place from 1, and field, what is wrong or missing
)

// ReadReports reads Amazon SNS's delivery status logs of texts as people export
// them: the answer of `aws logs filter-log-events`, `get-log-events` or
// `get-query-results`, an export of CloudWatch Logs Insights with @message, or
// the records themselves, in an array or one after another. A file with anything
// else in it is refused whole: CodeReportFile or CodeReportRecord.
//
// The record: https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html
func ReadReports(r io.Reader) ([]engine.DeliveryReport, error) {
	var read reports
	in := json.NewDecoder(r)
	for seen := false; ; seen = true {
		var v json.RawMessage
		err := in.Decode(&v)
		switch {
		case errors.Is(err, io.EOF) && seen:
			return read.list, nil
		case err != nil:
			return nil, engine.BadInput(CodeReportFile, "read", len(read.list))
		}
		if err := read.value(v, maxWrapped); err != nil {
			return nil, err
		}
	}
}

// maxWrapped is how many arrays, objects and texts a record may lie in: an
// answer, its list, a row, a column and the text in it.
const maxWrapped = 6

// reports collects what is read.
type reports struct{ list []engine.DeliveryReport }

func (r *reports) bad(field string) error {
	return engine.BadInput(CodeReportRecord, "number", len(r.list)+1, "field", field)
}

// value takes one value of JSON, whatever it is wrapped in.
func (r *reports) value(v json.RawMessage, deep int) error {
	if deep == 0 {
		return r.bad("notification")
	}
	switch v[0] {
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(v, &list); err != nil {
			return r.bad("notification")
		}
		return r.values(list, deep-1)
	case '"':
		var text string
		if err := json.Unmarshal(v, &text); err != nil || !json.Valid([]byte(text)) {
			return r.bad("message")
		}
		return r.value(json.RawMessage(strings.TrimSpace(text)), deep-1)
	case '{':
		return r.object(v, deep)
	}
	return r.bad("notification")
}

func (r *reports) values(list []json.RawMessage, deep int) error {
	for _, v := range list {
		if err := r.value(v, deep); err != nil {
			return err
		}
	}
	return nil
}

// wrapper is an object that holds records: an answer, an event, a row of an
// export, a column of a row.
type wrapper struct {
	Events, Results []json.RawMessage
	Message         json.RawMessage
	Row             json.RawMessage `json:"@message"`
	Field           string
	Value           json.RawMessage
}

func (r *reports) object(v json.RawMessage, deep int) error {
	var w wrapper
	if err := json.Unmarshal(v, &w); err != nil {
		return r.bad("notification")
	}
	switch {
	case w.Events != nil || w.Results != nil:
		return r.values(append(w.Events, w.Results...), deep-1)
	case len(w.Message) > 0:
		return r.value(w.Message, deep-1)
	case len(w.Row) > 0:
		return r.value(w.Row, deep-1)
	case w.Field == "@message" && len(w.Value) > 0:
		return r.value(w.Value, deep-1)
	case w.Field != "":
		return nil // another column of the row
	}
	return r.record(v)
}

// record is a report as SNS writes it.
type record struct {
	Notification struct{ MessageID, Timestamp string }
	Delivery     struct {
		PriceInUSD           json.Number
		NumberOfMessageParts int
		ProviderResponse     string
	}
	Status string
}

func (r *reports) record(v json.RawMessage) error {
	var rec record
	if err := json.Unmarshal(v, &rec); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			return r.bad(kind.Field)
		}
		return r.bad("delivery.priceInUSD") // a text in place of a number
	}
	at, err := reportTime(rec.Notification.Timestamp)
	price, ok := reportPrice(rec.Delivery.PriceInUSD.String())
	switch id := rec.Notification.MessageID; {
	case id == "" || len(id) > 100 || shown(id) != id:
		return r.bad("notification.messageId")
	case err != nil:
		return r.bad("notification.timestamp")
	case rec.Status != "SUCCESS" && rec.Status != "FAILURE":
		return r.bad("status")
	case !ok:
		return r.bad("delivery.priceInUSD")
	case rec.Delivery.NumberOfMessageParts < 0 || rec.Delivery.NumberOfMessageParts > MaxRunes:
		return r.bad("delivery.numberOfMessageParts")
	}
	r.list = append(r.list, engine.DeliveryReport{
		MessageID: rec.Notification.MessageID, Delivered: rec.Status == "SUCCESS", Response: shown(rec.Delivery.ProviderResponse),
		Price: price, Parts: rec.Delivery.NumberOfMessageParts, At: at,
	})
	return nil
}

// reportTime reads an instant as SNS writes it, in UTC: "2016-06-28 00:40:34.558".
func reportTime(text string) (engine.Instant, error) {
	at, err := time.Parse(time.DateTime, text)
	if err != nil {
		at, err = time.Parse(time.RFC3339, text)
	}
	return engine.InstantOf(at), err
}

// reportPrice reads US dollars as JSON writes a number, 0.00645 or 6.45E-3, and
// rounds half up what is less than a millionth. No price is 0.
func reportPrice(text string) (engine.Micros, bool) {
	if text == "" {
		return 0, true
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	if n, err := strconv.Atoi(exponent); exponent != "" && (err != nil || n < -20 || n > 10) || len(mantissa) > 40 {
		return 0, false
	}
	dollars, ok := new(big.Rat).SetString(text)
	if !ok || dollars.Sign() < 0 {
		return 0, false
	}
	micros := dollars.Mul(dollars, big.NewRat(1_000_000, 1))
	micros.Add(micros, big.NewRat(1, 2))
	whole := new(big.Int).Quo(micros.Num(), micros.Denom())
	if !whole.IsInt64() || engine.Micros(whole.Int64()) > engine.MaxMicros {
		return 0, false
	}
	return engine.Micros(whole.Int64()), true
}

// shown gives a carrier's words without what would command a terminal, and not
// more than a line or two of them.
func shown(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)
	text = tidy(text)
	if runes := []rune(text); len(runes) > maxResponse {
		text = string(runes[:maxResponse-1]) + "…"
	}
	return text
}

// maxResponse is how much is kept of a carrier's words, in characters.
const maxResponse = 200
