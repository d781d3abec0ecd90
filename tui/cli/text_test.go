package cli_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery/devsns"
	"bounceback/tui/cli"
)

// rehearsed is a shop whose texts go to a stand-in for SNS on this machine, at
// 14 centavos a part.
func rehearsed(t *testing.T, change func(*devsns.Config)) (*shop, *devsns.Server) {
	t.Helper()
	s := brazil(t)
	made := uint64(0)
	cfg := devsns.Config{
		AccessKey: devsns.RehearsalKey, Secret: devsns.RehearsalSecret, Limit: "20", Suffixes: devsns.RehearsalFaults(),
		Clock:  func() engine.Instant { return engine.InstantOf(time.Now()) },
		Random: func(b []byte) { made++; clear(b); binary.LittleEndian.PutUint64(b, made) },
	}
	if change != nil {
		change(&cfg)
	}
	server := devsns.New(cfg)
	web := httptest.NewServer(server.Handler())
	t.Cleanup(web.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_SNS": web.URL, "AWS_REGION": "us-east-1",
		"AWS_ACCESS_KEY_ID": devsns.RehearsalKey, "AWS_SECRET_ACCESS_KEY": devsns.RehearsalSecret,
	} {
		t.Setenv(name, value)
	}
	s.run("settings", "set", "texts.price", "0,14", "--json").done().are("value", "140000")
	s.run("settings", "set", "texts.per_second", "20").done()
	s.tick = 20
	return s, server
}

// messages lists the texts in a state.
func (s *shop) messages(state string) []tree {
	s.t.Helper()
	return s.run("message", "list", "--state", state, "--json").done().items()
}

func TestPreviewOfACycle(t *testing.T) {
	s, _ := rehearsed(t, nil)
	code := s.sell("181", "--consent", "yes", "--name", "Maria Silva").text("issued.code")
	a := s.run("message", "preview", code, "--json").done().are("coupon_code", code, "gets_texts", "true", "why_not", "", "currency", "BRL",
		"cost_micros", "0", "expected_micros", "700000")
	var plan []string
	for _, m := range a.items() {
		days, _ := m["days"].(json.Number)
		due, _ := m["due_at"].(string)
		plan = append(plan, m["step"].(string)+" "+days.String()+" "+due[:16])
		if body, _ := m["body"].(string); !strings.Contains(body, code) || m["state"] != "queued" || m["cost_currency"] != "BRL" {
			t.Errorf("text is %v", m)
		}
	}
	want := "issue  2026-11-20T15:00; day 2 2026-11-22T10:00; day 7 2026-11-27T10:00; day 27 2026-12-17T10:00; last 3 2027-01-01T10:00"
	if got := strings.Join(plan, "; "); got != want {
		t.Errorf("the cycle is\n%s, want\n%s", got, want)
	}
	s.run("message", "preview", code).done().says("when issued", "day 27 after the sale", "3 days before the last day", "R$ 0,14", "Still to go: R$ 0,70.")

	silent := s.run("sale", "record", "--anonymous", "--amount", "90", "--json").done().text("issued.code")
	s.run("message", "preview", silent, "--json").done().are("gets_texts", "false", "why_not", "no_customer")
	s.run("message", "preview", silent).done().says(silent+": The coupon is for whoever brings it.", "would go")
	s.run("message", "preview", "K7PM-4T9Q", "--json").refused(cli.ExitUsage, engine.CodeTypo)
}

func TestATextGoesAndIsDelivered(t *testing.T) {
	s, sns := rehearsed(t, nil)
	id := s.sell("181", "--consent", "yes").text("message.id")
	s.run("send", "--once", "--json").done().are("accepted", "1", "held", "false", "next_at", "2026-11-22T10:00:00-03:00", "next_reason", "")
	s.run("send").done().says("accepted 0", "0 due, 0 held back.", "The next text goes on")
	shown := s.run("message", "show", id, "--json").done().are("state", "accepted", "step", "issue", "days", "", "cost_micros", "140000",
		"cost_currency", "BRL", "delivered", "", "paid_micros", "", "lead_id", "", "sender", "sns")
	if shown.text("sent_at") == "" || len(sns.Accepted()) != 1 || sns.Accepted()[0].ID != shown.text("provider_id") {
		t.Errorf("sent %v, shown %s", sns.Accepted(), shown.out)
	}
	report := s.file("reports.json", `{"notification":{"messageId":"`+shown.text("provider_id")+`","timestamp":"2026-11-20 18:00:03.1"},`+
		`"delivery":{"destination":"+5511987654321","priceInUSD":0.0259,"smsType":"Transactional","providerResponse":"Message has been accepted by phone","numberOfMessageParts":1},"status":"SUCCESS"}`)
	s.run("delivery", "sync", report, "--json").done().are("read", "1", "delivered", "1", "failed", "0", "known", "0", "unmatched", "0",
		"paid_micros", "25900", "paid_currency", "USD")
	s.run("delivery", "sync", report, "--json").done().are("delivered", "0", "known", "1", "paid_micros", "0")
	s.run("delivery", "sync", "no-such.json", "--json").refused(cli.ExitFault, cli.CodeCannotOpen)
	s.run("message", "show", id, "--json").done().are("state", "accepted", "delivered", "delivered", "paid_micros", "25900")
	s.run("message", "show", id).done().says("delivered", "R$ 0,14", "Message has been accepted by phone")
	if rows := s.messages("delivered"); len(rows) != 1 || rows[0]["id"] != id {
		t.Errorf("delivered are %v", rows)
	}
	s.sell("250", "--best")
	s.run("message", "figures", "--json").done().are("from", "2026-11-01", "to", "2026-11-20", "texts", "1", "accepted", "1", "parts", "1",
		"cost_micros", "140000", "currency", "BRL", "coupons_redeemed", "1", "cost_per_redeemed_micros", "140000", "delivered", "1", "failed", "0",
		"paid_micros", "25900", "paid_texts", "1", "part_price_micros", "140000", "month_limit_micros", "0")
	s.run("message", "figures", "--from", "2026-10-01", "--to", "2026-10-31", "--json").done().are("from", "2026-10-01", "texts", "0", "cost_per_redeemed_micros", "0")
	s.run("message", "figures").done().says("R$ 0,14", "US$ 0,0259 for 1 text")
	s.run("message", "figures", "--from", "2026-11-20", "--to", "2026-11-19", "--json").refused(cli.ExitUsage, engine.CodeTextSpan)
}

// TestHeldReleasedAndCancelled sells twice within the hours between two texts of
// one customer.
func TestHeldReleasedAndCancelled(t *testing.T) {
	s, _ := rehearsed(t, nil)
	s.sell("181", "--consent", "yes")
	s.run("send", "--json").done().are("accepted", "1")
	second := s.sell("90").text("message.id")
	s.run("send", "--json").done().are("accepted", "0", "held_back", "1", "due", "0")
	held := s.messages("held")
	if len(held) != 1 || held[0]["id"] != second || held[0]["reason"] != "pace" || held[0]["held"] != true || held[0]["state"] != "queued" {
		t.Fatalf("held are %v", held)
	}
	s.run("message", "list", "--state", "held").done().says("held")
	s.run("message", "release", second, "--json").done().are("state", "queued", "held", "false")
	s.run("send", "--json").done().are("accepted", "1")
	s.run("message", "release", second, "--json").refused(cli.ExitRefused, engine.CodeReleaseGone)
	s.run("message", "cancel", second, "--json").refused(cli.ExitRefused, engine.CodeCancelGone)
	again := s.run("message", "resend", second, "--json").done().are("state", "queued").text("id")
	s.run("message", "show", second, "--json").done().are("again_id", again)
	s.run("message", "show", second).done().says("Sent again", "as "+again)
	s.run("message", "resend", second, "--json").refused(cli.ExitRefused, engine.CodeMessageAgain)
	s.run("message", "cancel", again, "--json").done()

	next := s.messages("queued")[0]["id"].(string)
	s.run("message", "cancel", next, "--json").done().are("state", "cancelled", "reason", "by_hand")
	s.run("message", "cancel", next, "--json").refused(cli.ExitRefused, engine.CodeCancelTwice)
	s.run("message", "resend", next, "--json").done().are("state", "queued", "reason", "")
	s.now = at("2026-11-20 23:00:00")
	s.run("message", "release", next, "--json").refused(cli.ExitRefused, engine.CodeMessageQuiet)
	s.run("sale", "record", "--phone", "(11) 97654-3210", "--consent", "yes", "--amount", "20").done().
		says("It goes on 21/11/2026 09:00.", "it is night where the customer is")
	s.run("sale", "record", "--phone", maria, "--amount", "20").done().says("the customer had enough texts lately")
}

func TestTextsOfOneDayGoAsOne(t *testing.T) {
	s, sns := rehearsed(t, nil)
	first := s.sell("181", "--consent", "yes").text("message.id")
	second := s.sell("90").text("message.id")
	rows := s.run("send", "--once", "--json").done().are("accepted", "1").items()
	with, _ := rows[0]["with"].([]any)
	if len(rows) != 1 || len(with) != 1 || len(sns.Accepted()) != 1 {
		t.Fatalf("sent %v: %v", rows, sns.Accepted())
	}
	lead := rows[0]["id"].(string)
	member := map[string]string{first: second, second: first}[lead]
	s.run("message", "show", member, "--json").done().are("state", "accepted", "lead_id", lead, "cost_micros", "0", "body", sns.Accepted()[0].Body)
	s.run("message", "show", member).done().says(lead)
}

func TestStop(t *testing.T) {
	s, _ := rehearsed(t, nil)
	s.sell("181", "--consent", "yes", "--name", "Maria")
	s.run("customer", "stop", maria, "--json").done().are("phone", "+5511987654321", "stopped", "true", "customer.consent", "no")
	if rows := s.messages("queued"); len(rows) > 0 {
		t.Errorf("still to go: %v", rows)
	}
	a := s.run("customer", "show", maria, "--json").done().are("suppressed_by", "command", "consent", "no")
	answers, _ := a.get("consents").([]any)
	if len(answers) != 2 || answers[0].(map[string]any)["answer"] != "no" || answers[1].(map[string]any)["answer"] != "yes" {
		t.Errorf("answers are %v", answers)
	}
	s.run("customer", "show", maria).done().says("gets no texts: said by a command", "pode enviar seus cupons")
	s.sell("90").are("message", "")
	s.run("customer", "edit", maria, "--consent", "yes", "--json").done().are("consent", "yes")
	s.run("customer", "show", maria, "--json").done().are("suppressed_by", "")

	s.run("customer", "stop", "(11) 94002-8922", "--json").done().are("phone", "+5511940028922", "customer", "")
	s.run("customer", "stop", "(11) 94002-8922").done().says("No more texts to")
	s.run("customer", "stop", "12", "--json").refused(cli.ExitUsage, engine.CodePhoneImpossible)
}

// TestYesOfANumberOnTheCarriersList: texts stay off, and only the customer can
// change that.
func TestYesOfANumberOnTheCarriersList(t *testing.T) {
	s, sns := rehearsed(t, nil)
	sns.OptOut("+5511987654321")
	s.run("send", "--json").done()
	s.sell("181", "--consent", "yes").are("message", "", "no_text", "carrier_stop", "landline", "false")
	s.run("sale", "record", "--phone", maria, "--amount", "90", "--consent", "yes").done().says("told the carrier to stop", "START")
	s.run("customer", "edit", maria, "--consent", "no", "--json").done()
	s.run("customer", "edit", maria, "--consent", "yes", "--json").done().are("consent", "yes", "suppressed_by", "carrier")
	s.run("customer", "edit", maria, "--consent", "yes").done().says("told the carrier to stop", "START")
	silent := s.run("sale", "record", "--anonymous", "--amount", "90", "--json").done().are("no_text", "no_customer")
	if silent.text("issued.code") == "" {
		t.Error("no coupon was issued")
	}
}

// TestLandline: texts are planned and paid for, so whoever sells is told that
// they may not arrive.
func TestLandline(t *testing.T) {
	s, _ := rehearsed(t, nil)
	code := s.run("sale", "record", "--phone", "(11) 3123-4567", "--amount", "181", "--consent", "yes", "--json").done().
		are("landline", "true", "message.state", "queued", "no_text", "").text("issued.code")
	s.run("sale", "record", "--phone", "(11) 3123-4567", "--amount", "20").done().says("+55 11 3123-4567 looks like a landline")
	s.run("message", "preview", code).done().says("looks like a landline")
	s.run("message", "preview", code, "--json").done().are("landline", "true")
}

func TestDoctorLooksAfterTexts(t *testing.T) {
	s, sns := rehearsed(t, nil)
	sns.OptOut("+5511940028922")
	id := s.sell("181", "--consent", "yes").text("message.id")
	s.run("send").done()
	s.run("doctor", "--json").done().are("texts.due", "0", "texts.spent_micros", "140000", "texts.month_limit_micros", "0", "texts.currency", "BRL",
		"texts.sender", "sns", "texts.region", "us-east-1", "texts.sandbox", "no", "texts.carrier_limit_micros", "20000000", "texts.problem", "",
		"texts.opted_out", "1")
	s.run("doctor").done().says("out of the sandbox", "US$ 20,00 a month", "R$ 0,14 this month", "1 number said stop", "9:00 to 20:00")
	found := s.looked(0)
	for _, name := range []string{"sender", "account", "texts", "spent", "opted_out", "hours"} {
		if row, there := found[name]; !there || row["ok"] != true || row["warning"] != false {
			t.Errorf("%s: %v", name, row)
		}
	}
	s.run("settings", "set", "texts.price", "0,03").done() // so that another part still fits
	s.run("settings", "set", "texts.month_limit", "0,17").done()
	if row := s.looked(0)["spent"]; row["warning"] != true || !strings.Contains(row["detail"].(string), "82 %") {
		t.Errorf("at four fifths: %v", row)
	}
	s.run("settings", "set", "texts.price", "0,14").done()
	s.run("settings", "set", "texts.month_limit", "0,27").done()
	if row := s.looked(cli.ExitFault)["spent"]; row["code"] != string(engine.CodeTextLimit) {
		t.Errorf("no room for another part: %v", row)
	}
	s.run("settings", "set", "texts.month_limit", "0,14").done()
	if row := s.looked(cli.ExitFault)["spent"]; row["ok"] != false || row["code"] != string(engine.CodeTextLimit) {
		t.Errorf("used up: %v", row)
	}
	s.sell("90", "--phone", "(21) 98765-0004", "--consent", "yes")
	s.run("settings", "set", "texts.month_limit", "0").done()
	s.run("send").done()
	s.now += 3600 * 1000
	s.run("send").done()
	if row := s.looked(0)["texts"]; row["warning"] != true || !strings.Contains(row["detail"].(string), "1 of unknown fate") {
		t.Errorf("with an unknown text: %v", row)
	}
	s.run("message", "show", id, "--json").done().are("state", "accepted")
}

// looked asks the doctor and gives what it found, by name.
func (s *shop) looked(status int, more ...string) map[string]tree {
	s.t.Helper()
	a := s.run(append([]string{"doctor", "--json"}, more...)...)
	if a.status != status {
		s.t.Errorf("the doctor ended with %d: %s", a.status, a.out)
	}
	found := map[string]tree{}
	for _, row := range a.items() {
		found[row["name"].(string)] = row
	}
	return found
}

func TestDoctorWithoutAConnection(t *testing.T) {
	s, _ := rehearsed(t, nil)
	t.Setenv("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:1")
	if row := s.looked(0)["account"]; row["ok"] != true || row["warning"] != true {
		t.Errorf("found %v", row)
	}
	s.run("doctor").done().says("Without a connection nothing is lost")
}

func TestDoctorInTheSandbox(t *testing.T) {
	s, _ := rehearsed(t, func(c *devsns.Config) { c.Sandbox = true })
	if row := s.looked(0)["account"]; row["warning"] != true {
		t.Errorf("found %v", row)
	}
	s.run("doctor").done().says("in the sandbox: only verified numbers")
}

func TestSettingsOfTexts(t *testing.T) {
	s := brazil(t)
	s.run("settings", "set", "texts.month_limit", "10").done()
	if row := s.looked(0)["spent"]; row["warning"] != true { // no price, nothing is counted
		t.Errorf("a limit without a price: %v", row)
	}
	s.run("settings", "set", "texts.price", "0.0645", "--json").done().are("value", "64500")
	s.run("settings", "set", "texts.month_limit", "150").done().says("R$ 150,00")
	s.run("settings", "list").done().says("R$ 0,0645", "R$ 150,00")
	s.run("settings", "set", "texts.price", "free", "--json").refused(cli.ExitUsage, "bad_price")
	s.run("settings", "set", "texts.days", "27 7;2", "--json").done().are("value", "2, 7, 27")
	s.run("settings", "set", "texts.days", "2, soon", "--json").refused(cli.ExitUsage, engine.CodeTextDays)
	s.run("settings", "set", "texts.until_hour", "9", "--json").refused(cli.ExitUsage, engine.CodeTextHours)
	s.run("settings", "set", "texts.days", "", "--json").done().are("value", "")
	code := s.sell("181", "--consent", "yes").text("issued.code")
	if n := len(s.run("message", "preview", code, "--json").done().items()); n != 2 {
		t.Errorf("%d texts without days", n)
	}
}

func TestAnOddWordingNeedsAnyway(t *testing.T) {
	s := brazil(t)
	s.run("settings", "set", "texts.price", "0,14").done()
	s.run("settings", "set", "texts.wording_day", "{shop}: {face}, {code}. {stop}", "--json").done().
		are("value", "{shop}: {face}, {code}. {stop}", "review.encoding", "GSM-7", "review.parts", "1", "review.cost_micros", "140000")
	odd := "{shop}: {face}, {code} ★"
	s.run("settings", "set", "texts.wording_day", odd, "--json").refused(cli.ExitRefused, cli.CodeOddWording)
	s.run("settings", "list", "--json").done().says("{shop}: {face}, {code}. {stop}")
	s.run("settings", "set", "texts.wording_day", "{shop}: {face}, {code}. "+strings.Repeat("word ", 70)).
		says("and each part costs. Amazon SNS cuts long texts between words, so it may take one part more. To save")
	a := s.run("settings", "set", "texts.wording_day", odd, "--anyway", "--json").done().are("value", odd, "review.encoding", "UCS-2")
	if forcing, _ := a.get("review.forcing").([]any); len(forcing) != 1 || forcing[0] != "★" {
		t.Errorf("forced by %v", forcing)
	}
	if odd, _ := a.get("review.warnings").([]any); len(odd) == 0 {
		t.Errorf("no warnings: %s", a.out)
	}
	people := s.run("settings", "set", "texts.wording_day", odd, "--anyway").done()
	if !strings.Contains(people.out, "1 part UCS-2  R$ 0,14") || !strings.Contains(people.err, "★") {
		t.Errorf("people read %s%s", people.out, people.err)
	}
	s.run("settings", "set", "texts.wording_several", "{shop}: {code}", "--anyway", "--json").refused(cli.ExitUsage, "template_field")
	s.run("settings", "set", "texts.wording_day", "", "--json").done().are("value", "")
	file := s.file("odd.json", `{"title": "Odd", "offer": {"kind": "next_coupon"}, "wording": {"issue": "{shop} {code} ★"}}`)
	s.run("campaign", "add", file, "--json").refused(cli.ExitRefused, cli.CodeOddWording)
	s.run("campaign", "show", "Odd", "--json").refused(cli.ExitRefused, engine.CodeCampaignUnknown)
	if odd, _ := s.run("campaign", "add", file, "--anyway", "--json").done().get("texts.warnings").([]any); len(odd) != 1 {
		t.Errorf("of a campaign: %v", odd)
	}
	s.run("campaign", "edit", "Odd", "--source", "web", "--json").done() // its texts are as they were
	s.run("campaign", "edit", "Odd", "--link", "https://casa.azul", "--json").refused(cli.ExitRefused, cli.CodeOddWording)
	s.run("campaign", "edit", "Odd", "--link", "https://casa.azul", "--anyway", "--json").done()
}

func TestAWordingWithANameSaysWhatItMayTake(t *testing.T) {
	s := brazil(t)
	long := "{shop}: {name}, {face}, {code}" + strings.Repeat(" café", 14)
	s.run("settings", "set", "texts.wording_day", long, "--json").done().are("review.parts", "1", "review.name_parts", "2")
	if a := s.run("settings", "set", "texts.wording_day", long).done(); !strings.Contains(a.out, "With a name such as 李 Wei, it takes 2 parts.") {
		t.Errorf("it says %s", a.out)
	}
	s.run("settings", "set", "texts.wording_day", "{shop}: {face}, {code}", "--json").done().are("review.name_parts", "0")
}

func TestTextsOfACampaign(t *testing.T) {
	s := brazil(t)
	s.run("campaign", "show", "Volte sempre").done().says("when issued; on days 2, 7, 27 after the sale", "as the settings say")
	s.run("campaign", "show", "Volte sempre", "--json").done().are("texts.own", "false", "texts.at_issue", "true", "texts.before_expiry", "3", "texts.wording.day", "")
	file := s.file("own.json", `{"title": "Own", "state": "active", "offer": {"kind": "next_coupon", "coupon": {"cashback_percent": 30}}, "texts": {"at_issue": false, "days": [5]},
		"wording": {"day": "{shop}: {face}, {code}. {stop}"}}`)
	s.run("campaign", "add", file, "--json").done().are("texts.own", "true", "texts.at_issue", "false", "texts.before_expiry", "0", "texts.wording.day", "{shop}: {face}, {code}. {stop}")
	a := s.run("campaign", "show", "Own").done()
	if !strings.Contains(a.out, "on day 5 after the sale") || !strings.Contains(a.out, "{shop}: {face}, {code}. {stop}") {
		t.Errorf("it says %s", a.out)
	}
	code := s.sell("181", "--consent", "yes").text("issued.code")
	rows := s.run("message", "preview", code, "--json").done().items()
	if len(rows) != 1 || !strings.HasPrefix(rows[0]["body"].(string), "Casa Azul: R$55, "+code) {
		t.Errorf("its texts are %v", rows)
	}
}

// TestWatchingTellsTheNextText ends the watch while it waits for the next text.
func TestWatchingTellsTheNextText(t *testing.T) {
	s, sns := rehearsed(t, nil)
	s.sell("181", "--consent", "yes")
	s.terminal = true
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	s.runIn(ctx, "send", "--watch").done().says("until you press Ctrl+C", "accepted", "The next text goes on 22/11/2026 10:00.")
	if n := len(sns.Accepted()); n != 1 {
		t.Errorf("%d texts went", n)
	}
}

func TestDevSNSFaults(t *testing.T) {
	s := empty(t)
	for _, faults := range []string{"lost_reply", "sunshine=10", "lost_reply=60,throttle=50", "lost_reply=x"} {
		s.run("dev-sns", "--faults", faults, "--listen", "127.0.0.1:0", "--json").refused(cli.ExitUsage, cli.CodeBadFault)
	}
	s.run("dev-sns", "--month-limit", "lots", "--json").refused(cli.ExitUsage, cli.CodeUsageBad)
}

// withoutAWS takes AWS away from this machine.
func withoutAWS(t *testing.T) {
	t.Helper()
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		t.Setenv(name, "")
	}
}

// TestAMachineWithoutAWSCancelsNoText of a file whose texts go elsewhere.
func TestAMachineWithoutAWSCancelsNoText(t *testing.T) {
	s, sns := rehearsed(t, nil)
	s.run("send").done()
	first := s.sell("181", "--consent", "yes").text("message.id")
	t.Run("without", func(t *testing.T) {
		withoutAWS(t)
		s.run("send", "--json").are("held", "true", "held_reason", "no_sender", "cancelled", "0").refused(cli.ExitRefused, cli.CodeNoSenderHere)
		s.run("send").says("AWS is not set up on this machine")
		s.run("message", "show", first, "--json").done().are("state", "queued", "sent_at", "")
	})
	if s.run("send", "--json").done().are("accepted", "1", "held", "false", "held_reason", ""); len(sns.Accepted()) != 1 {
		t.Errorf("accepted %v", sns.Accepted())
	}
	withoutAWS(t)
	s.run("send").done().says("They wait for a till where it is")
	s.run("doctor", "--json").are("texts.sender", "sns", "texts.problem", "")
}

// TestUnsentTextsAreNotPrinted: what send prints ends in cron's mail.
func TestUnsentTextsAreNotPrinted(t *testing.T) {
	s := brazil(t)
	sold := s.sell("181", "--consent", "yes")
	a := s.run("send").done().says(sold.text("message.id"), "**** 4321", "no sender configured")
	for _, secret := range []string{"87654321", sold.text("issued.code")} {
		if strings.Contains(a.out+a.err, secret) {
			t.Errorf("%s stands in %s", secret, a.out)
		}
	}
}

// TestDoctorNamesWhatIsMissing of a setup that is there by half.
func TestDoctorNamesWhatIsMissing(t *testing.T) {
	for name, want := range map[string]string{"AWS_REGION": "No AWS region", "AWS_ACCESS_KEY_ID": "No AWS credentials"} {
		t.Run(name, func(t *testing.T) {
			s, _ := rehearsed(t, nil)
			t.Setenv(name, "")
			id := s.sell("181", "--consent", "yes").text("message.id")
			s.run("send").done().says(want)
			s.run("message", "show", id, "--json").done().are("state", "queued")
			if row := s.looked(cli.ExitFault)["sender"]; row["code"] != string(cli.CodeDoctorHalf) || !strings.Contains(row["detail"].(string), want) {
				t.Errorf("found %v", row)
			}
		})
	}
}

// TestDoctorMindsTheLimitOfAWS, above which texts are accepted and never arrive.
func TestDoctorMindsTheLimitOfAWS(t *testing.T) {
	s, _ := rehearsed(t, func(c *devsns.Config) { c.Limit = "1" })
	if row := s.looked(0)["aws_limit"]; row["warning"] != true || !strings.Contains(row["detail"].(string), "US$ 1,00") {
		t.Errorf("of a new account: %v", row)
	}
	s, _ = rehearsed(t, func(c *devsns.Config) { c.Limit = "2" })
	s.run("settings", "set", "texts.month_limit", "50").done()
	if row, there := s.looked(0)["aws_limit"]; there {
		t.Errorf("dollars held against reais: %v", row)
	}
	s.run("init", "--title", "Blue House", "--country", "US", "--another").done()
	for _, set := range [][2]string{{"texts.price", "0.85"}, {"texts.month_limit", "1.90"}} {
		s.run("settings", "set", set[0], set[1], "--store", "Blue House").done()
	}
	if row, there := s.looked(0, "--store", "Blue House")["aws_limit"]; there {
		t.Errorf("below AWS's limit: %v", row)
	}
	for _, phone := range []string{"(202) 456-1111", "(202) 456-1414"} {
		s.sell("90", "--store", "Blue House", "--phone", phone, "--consent", "yes")
	}
	s.run("send", "--store", "Blue House", "--json").done().are("accepted", "2")
	if row := s.looked(cli.ExitFault, "--store", "Blue House")["aws_limit"]; row["warning"] != true || !strings.Contains(row["detail"].(string), "$1.70") {
		t.Errorf("at four fifths of AWS's limit: %v", row)
	}
	s.run("settings", "set", "texts.month_limit", "5", "--store", "Blue House").done()
	if row := s.looked(0, "--store", "Blue House")["aws_limit"]; row["warning"] != true || !strings.Contains(row["detail"].(string), "$5.00") {
		t.Errorf("above AWS's limit: %v", row)
	}
}
