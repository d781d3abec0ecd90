package delivery

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bounceback/engine"

	"pgregory.net/rapid"
)

// The two records of AWS's own page, with the parts that later ones have.
const (
	success = `{"notification":{"messageId":"34d9b400-c6dd-5444-820d-fbeb0f1f54cf","timestamp":"2016-06-28 00:40:34.558"},
"delivery":{"phoneCarrier":"My Phone Carrier","mnc":270,"numberOfMessageParts":2,"destination":"+1XXX5550100","priceInUSD":0.00645,
"smsType":"Transactional","mcc":310,"providerResponse":"Message has been accepted by phone carrier","dwellTimeMs":599,
"dwellTimeMsUntilDeviceAck":1344},"status":"SUCCESS"}`
	failure = `{"notification":{"messageId":"1077257a-92f3-5ca3-bc97-6a915b310625","timestamp":"2016-06-28 00:40:34.559"},
"delivery":{"mnc":0,"destination":"+1XXX5550100","priceInUSD":0.00645,"smsType":"Transactional","mcc":0,
"providerResponse":"Unknown error attempting to reach phone","dwellTimeMs":1420,"dwellTimeMsUntilDeviceAck":1692},"status":"FAILURE"}`
)

// wantReports are what the two say.
var wantReports = []engine.DeliveryReport{
	{
		MessageID: "34d9b400-c6dd-5444-820d-fbeb0f1f54cf", Delivered: true, Response: "Message has been accepted by phone carrier",
		Price: 6450, Parts: 2, At: engine.InstantOf(time.Date(2016, time.June, 28, 0, 40, 34, 558_000_000, time.UTC)),
	},
	{
		MessageID: "1077257a-92f3-5ca3-bc97-6a915b310625", Response: "Unknown error attempting to reach phone",
		Price: 6450, At: engine.InstantOf(time.Date(2016, time.June, 28, 0, 40, 34, 559_000_000, time.UTC)),
	},
}

func quoted(text string) string { return strconv.Quote(strings.ReplaceAll(text, "\n", "")) }

// exports are the two records in every form that people have them in.
var exports = map[string]string{
	"filter-log-events": `{"events":[{"logStreamName":"a","timestamp":1467074434558,"message":` + quoted(success) + `,"ingestionTime":1,"eventId":"1"},
{"logStreamName":"a","timestamp":1467074434559,"message":` + quoted(failure) + `,"eventId":"2"}],"searchedLogStreams":[]}`,
	"get-log-events": `{"events":[{"timestamp":1,"message":` + quoted(success+"\n") + `},{"timestamp":2,"message":` + quoted(failure) + `}],
"nextForwardToken":"f/1","nextBackwardToken":"b/1"}`,
	"events alone":      `[{"timestamp":1,"message":` + quoted(success) + `},{"timestamp":2,"message":` + quoted(failure) + `}]`,
	"messages alone":    `[` + quoted(success) + `,` + quoted(failure) + `]`,
	"an array":          `[` + success + `,` + failure + `]`,
	"one after another": success + "\n" + failure + "\n",
	"lines":             strings.ReplaceAll(success, "\n", "") + "\n" + strings.ReplaceAll(failure, "\n", "") + "\n\n",
	"with a tab":        success + "\t" + failure,
	"two answers":       `{"events":[{"message":` + quoted(success) + `}]} {"events":[{"message":` + quoted(failure) + `}]}`,
	"get-query-results": `{"results":[[{"field":"@timestamp","value":"2016"},{"field":"@message","value":` + quoted(success) + `},{"field":"@ptr","value":"C"}],
[{"field":"@message","value":` + quoted(failure) + `}]],"statistics":{"recordsMatched":2.0},"status":"Complete"}`,
	"Insights, texts":   `[{"@timestamp":"2016-06-28","@message":` + quoted(success) + `},{"@message":` + quoted(failure) + `}]`,
	"Insights, objects": `[{"@timestamp":"2016-06-28","@message":` + success + `},{"@message":` + failure + `}]`,
}

func TestReadReports(t *testing.T) {
	for name, text := range exports {
		if got, err := ReadReports(strings.NewReader(text)); err != nil || !slices.Equal(got, wantReports) {
			t.Errorf("%s: %v\n%+v", name, err, got)
		}
	}
	for _, text := range []string{`{"events":[]}`, `[]`, `{"results":[],"status":"Complete"}`} {
		if got, err := ReadReports(strings.NewReader(text)); err != nil || len(got) != 0 {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

// with changes one value of the first record.
func with(old, now string) string { return strings.Replace(success, old, now, 1) }

func TestReadReportsRefuses(t *testing.T) {
	for _, c := range []struct {
		text, field string
		at          int // 0: the file is no JSON
	}{
		{"", "", 0},
		{" \n", "", 0},
		{"date,status\n2016,SUCCESS", "", 0},
		{success[:200], "", 0},
		{success + "\nEND", "", 0},
		{`{"events":[{"message":` + quoted(success), "", 0},
		{"null", "notification", 1},
		{"17", "notification", 1},
		{"true", "notification", 1},
		{`{}`, "notification.messageId", 1},
		{`{"events":[{"message":"START RequestId: 7"}]}`, "message", 1},
		{`{"events":[{"message":` + quoted(success) + `},{"message":"REPORT"}]}`, "message", 2},
		{success + failure + `{"status":"SUCCESS"}`, "notification.messageId", 3},
		{`{"events":17}`, "notification", 1},
		{strings.Repeat("[", 9) + success + strings.Repeat("]", 9), "notification", 1},
		{with(`"status":"SUCCESS"`, `"status":"PENDING"`), "status", 1},
		{with(`"status":"SUCCESS"`, `"status":""`), "status", 1},
		{with("2016-06-28 00:40:34.558", "yesterday"), "notification.timestamp", 1},
		{with("34d9b400-c6dd-5444-820d-fbeb0f1f54cf", "a\\u001b[2J"), "notification.messageId", 1},
		{with("34d9b400-c6dd-5444-820d-fbeb0f1f54cf", strings.Repeat("a", 101)), "notification.messageId", 1},
		{with("0.00645", "-1"), "delivery.priceInUSD", 1},
		{with("0.00645", "1e999999999"), "delivery.priceInUSD", 1},
		{with("0.00645", "1e10"), "delivery.priceInUSD", 1},
		{with("0.00645", `"free"`), "delivery.priceInUSD", 1},
		{with("0.00645", `{}`), "delivery.priceInUSD", 1},
		{with(`"numberOfMessageParts":2`, `"numberOfMessageParts":-2`), "delivery.numberOfMessageParts", 1},
		{with(`"numberOfMessageParts":2`, `"numberOfMessageParts":"two"`), "delivery.numberOfMessageParts", 1},
		{with(`{"phoneCarrier"`, `17,"other":{"phoneCarrier"`), "delivery", 1},
	} {
		got, err := ReadReports(strings.NewReader(c.text))
		var e *engine.Error
		if !errors.As(err, &e) || e.Class != engine.Input || got != nil {
			t.Errorf("%.60q: %v, %v", c.text, got, err)
			continue
		}
		if c.at == 0 && e.Code != CodeReportFile {
			t.Errorf("%.60q: %v", c.text, err)
		}
		if c.at > 0 && (e.Code != CodeReportRecord || e.Args["number"] != c.at || !strings.EqualFold(e.Args["field"].(string), c.field)) {
			t.Errorf("%.60q: %v, want %s of %d", c.text, err, c.field, c.at)
		}
	}
}

func TestReadReportsTidiesTheCarriersWords(t *testing.T) {
	text := with("Message has been accepted by phone carrier", `Blocked \u001b[31m as\nspam `+strings.Repeat("x", 300))
	got, err := ReadReports(strings.NewReader(text))
	if err != nil || !strings.HasPrefix(got[0].Response, "Blocked [31m as spam xxx") || len([]rune(got[0].Response)) != maxResponse {
		t.Errorf("%v, %+v", err, got)
	}
}

func TestReportPrice(t *testing.T) {
	for text, want := range map[string]engine.Micros{
		"": 0, "0": 0, "0.0": 0, "0.00645": 6450, "6.45E-3": 6450, "6.45e-4": 645, "0.09582": 95_820, "1": 1_000_000, "12.5e+1": 125_000_000,
		"0.0000004": 0, "0.0000005": 1, "0.1234565": 123_457, "1000000000": engine.MaxMicros,
		"-0.1": -1, "1000000000.1": -1, "1e-21": -1, "1e11": -1, "nan": -1,
	} {
		got, ok := reportPrice(text)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, ok, want)
		}
	}
}

// TestReportPriceIsExact reads what was written of a price in millionths.
func TestReportPriceIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := engine.Micros(rapid.Int64Range(0, int64(engine.MaxMicros)).Draw(t, "price"))
		if got, ok := reportPrice(engine.Minor(want).Plain(6)); !ok || got != want {
			t.Fatalf("%d, %v; want %d", got, ok, want)
		}
	})
}

func TestReportErrorsAreTold(t *testing.T) {
	st := shopOf(t, "BR", "en", "Casa Azul")
	f := formatOf(t, st)
	_, err := ReadReports(strings.NewReader(success + "{}"))
	if got := f.Err(err); !strings.Contains(got, "record 2") || !strings.Contains(got, "notification.messageId") {
		t.Error(got)
	}
	_, err = ReadReports(strings.NewReader(success + "x"))
	if got := f.Err(err); strings.ContainsAny(got, "{}⟦") || got == "" {
		t.Error(got)
	}
}

func FuzzReadReports(f *testing.F) {
	for _, text := range exports {
		f.Add(text)
	}
	f.Add(`{"events":[{"message":"\"\\\"[]\\\"\""}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadReports(strings.NewReader(text))
		if err != nil && (engine.ClassOf(err) != engine.Input || list != nil) {
			t.Fatalf("%+v, %v", list, err)
		}
		for _, r := range list {
			if r.MessageID == "" || r.Price < 0 || r.Parts < 0 || shown(r.Response) != r.Response {
				t.Fatalf("%+v", r)
			}
		}
		// What was read can be written as a plain record and read again.
		for i, r := range list {
			status := map[bool]string{true: "SUCCESS", false: "FAILURE"}[r.Delivered]
			again, err := json.Marshal(map[string]any{
				"notification": map[string]any{"messageId": r.MessageID, "timestamp": r.At.In(time.UTC).Format(time.RFC3339Nano)},
				"delivery": map[string]any{
					"priceInUSD": json.Number(engine.Minor(r.Price).Plain(6)), "numberOfMessageParts": r.Parts, "providerResponse": r.Response,
				},
				"status": status,
			})
			if err != nil {
				t.Fatal(err)
			}
			if same, err := ReadReports(strings.NewReader(string(again))); err != nil || len(same) != 1 || same[0] != r {
				t.Fatalf("report %d, %+v, came back as %+v, %v", i, r, same, err)
			}
		}
	})
}
