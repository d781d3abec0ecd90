package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/store"
	"bounceback/tui/cli"
)

func TestInit(t *testing.T) {
	s := empty(t)
	s.run("sale", "list", "--json").refused(cli.ExitRefused, engine.CodeNoStore)
	if _, err := os.Stat(s.path()); err == nil {
		t.Error("asking for sales made a file")
	}
	s.run("init", "--title", "A", "--json").refused(cli.ExitUsage, cli.CodeUsageNeeds)
	s.run("init", "--title", "A", "--country", "XX", "--json").refused(cli.ExitUsage, engine.CodeUnknownCountry)
	s.run("init", "--title", strings.Repeat("A", 26), "--country", "US", "--json").refused(cli.ExitUsage, engine.CodeTitleLong)
	s.run("init", "--title", "A", "--country", "US", "--timezone", "Mars/Base", "--json").refused(cli.ExitUsage, engine.CodeBadZone)
	s.run("init", "--title", "A", "--country", "US", "--step", "0", "--json").refused(cli.ExitUsage, engine.CodeBadStep)
	s.run("init", "--title", "Blue", "--country", "BR", "--currency", "USD", "--timezone", "America/Recife", "--language", "en", "--step", "0.50", "--json").done().
		are("title", "Blue", "country", "BR", "currency", "USD", "timezone", "America/Recife", "language", "en", "step_minor", "50", "db", s.path())
	s.run("init", "--title", "Red", "--country", "US", "--json").refused(cli.ExitRefused, cli.CodeStoreThere)
	s.run("init", "--title", "Red", "--country", "US", "--another", "--json").done()
	s.run("sale", "list", "--json").refused(cli.ExitUsage, engine.CodeWhichStore)
	s.run("sale", "list", "--store", "Red", "--json").done()
}

// TestStoresDoNotMeet has one store's commands ask for what another owns.
func TestStoresDoNotMeet(t *testing.T) {
	s := empty(t)
	s.run("init", "--title", "Blue", "--country", "BR").done()
	s.run("init", "--title", "Red", "--country", "BR", "--another").done()
	sale := s.run("sale", "record", "--store", "Blue", "--phone", maria, "--amount", "100", "--ref", "P-1", "--consent", "yes", "--json").done()
	ids := map[string][]string{
		"sale":     {sale.text("sale.id"), "P-1"},
		"coupon":   {sale.text("issued.id"), sale.text("issued.code")},
		"customer": {sale.text("sale.customer_id"), maria},
		"message":  {sale.text("message.id")},
		"campaign": {sale.text("issued.campaign_id")},
	}
	for noun, names := range ids {
		for _, name := range names {
			s.run(noun, "show", name, "--store", "Blue", "--json").done()
			s.run(noun, "show", name, "--store", "Red", "--json").refused(cli.ExitRefused, engine.Code(noun+"_unknown"))
		}
	}
	s.run("coupon", "check", sale.text("issued.code"), "--store", "Red", "--json").refused(cli.ExitRefused, engine.CodeCouponUnknown).are("reason", "coupon_unknown")
	s.run("sale", "void", "P-1", "--reason", "x", "--store", "Red", "--json").refused(cli.ExitRefused, engine.CodeSaleUnknown)
	s.run("customer", "forget", ids["customer"][0], "--reason", "x", "--store", "Red", "--json").refused(cli.ExitRefused, engine.CodeCustomerUnknown)
	if n := len(s.run("sale", "list", "--store", "Red", "--json").done().items()); n != 0 {
		t.Errorf("Red sees %d sales", n)
	}
}

func TestWhoAsks(t *testing.T) {
	s := empty(t)
	s.env[cli.EnvPIN] = "4711"
	s.run("init", "--title", "Casa Azul", "--country", "BR", "--owner", "Bia").done()
	s.env = map[string]string{cli.EnvLang: "en"}
	s.run("sale", "list", "--json").refused(cli.ExitRefused, engine.CodePINNeeded)
	s.run("sale", "list", "--staff", "Bia", "--json").refused(cli.ExitRefused, engine.CodePINNeeded)
	s.run("sale", "list", "--staff", "Nobody", "--json").refused(cli.ExitRefused, engine.CodeStaffUnknown)
	s.env[cli.EnvPIN] = "1111"
	s.run("sale", "list", "--staff", "bia", "--json").refused(cli.ExitRefused, engine.CodePINWrong)
	s.env[cli.EnvPIN], s.env[cli.EnvStaff] = "4711", "Bia"
	s.run("sale", "list", "--json").done()

	s.env[cli.EnvNewPIN] = "2580"
	s.run("staff", "add", "Ana", "--role", "cashier", "--json").done().are("role", "cashier", "has_pin", "true", "active", "true")
	s.env = map[string]string{cli.EnvLang: "en", cli.EnvStaff: "Ana"}
	s.stdin = "2580\nrest"
	s.run("sale", "record", "--anonymous", "--amount", "10", "--pin-stdin", "--json").done().are("sale.staff", "Ana")
	s.run("sale", "void", "--last", "--reason", "x", "--pin-stdin", "--json").refused(cli.ExitRefused, engine.CodeForbidden)
	s.run("sale", "void", "--last", "--reason", "x", "--pin-stdin").says("cashier", "manager, owner")
	for _, args := range [][]string{
		{"settings", "set", "screen.theme", "mono"},
		{"campaign", "add", "X"},
		{"export", "sales"},
		{"audit", "list"},
		{"staff", "add", "Eva"},
		{"import", "sales", "none.csv"},
	} {
		s.run(append(args, "--pin-stdin", "--json")...).refused(cli.ExitRefused, engine.CodeForbidden)
	}
	s.stdin = "4711\n13579\n"
	s.run("staff", "edit", "Ana", "--staff", "Bia", "--pin-stdin", "--new-pin-stdin", "--role", "manager", "--json").done().are("role", "manager")
	s.stdin = "13579\n"
	s.run("sale", "void", "--last", "--reason", "x", "--pin-stdin", "--json").done()
	s.stdin = "4711\n"
	s.run("staff", "edit", "Bia", "--role", "cashier", "--staff", "Bia", "--pin-stdin", "--json").refused(cli.ExitRefused, engine.CodeLastOwner)
	s.run("staff", "edit", "Ana", "--role", "king", "--staff", "Bia", "--pin-stdin", "--json").refused(cli.ExitUsage, engine.CodeBadRole)
	s.run("staff", "edit", "Ana", "--active", "no", "--staff", "Bia", "--pin-stdin", "--json").done().are("active", "false")
	if n := len(s.run("staff", "list", "--staff", "Bia", "--pin-stdin", "--json").done().items()); n != 1 {
		t.Errorf("%d people are listed", n)
	}
}

func TestCampaigns(t *testing.T) {
	s := brazil(t)
	s.run("campaign", "add", "Spring", "--cashback", "15", "--lifetime", "30", "--valid-after", "2", "--starts", "2026-12-01", "--ends", "2026-12-31",
		"--link", "https://example.com", "--source", "web", "--ad", "a1", "--text", "Come back", "--json").done().
		are("state", "draft", "cashback_bp", "1500", "max_discount_bp", "3000", "lifetime_days", "30", "valid_after_days", "2",
			"starts_on", "2026-12-01", "ends_on", "2026-12-31", "link", "https://example.com", "source", "web", "ad", "a1", "offer_text", "Come back")
	s.run("campaign", "activate", "spring", "--json").done().are("state", "scheduled").says(`"campaign":"Volte sempre"`, `"always":true`)
	s.run("campaign", "show", "Spring").done().says("Volte sempre always comes first")
	s.run("campaign", "edit", "Spring", "--cashback", "25", "--starts", "", "--json").done().are("cashback_bp", "2500", "starts_on", "", "state", "active", "lifetime_days", "30")
	s.run("campaign", "duplicate", "Spring", "Summer", "--json").done().are("state", "draft", "cashback_bp", "2500", "ends_on", "")
	s.run("campaign", "pause", "Spring", "--json").done().are("state", "paused")
	s.run("campaign", "end", "Spring", "--json").done().are("state", "ended")
	s.run("campaign", "activate", "Spring", "--json").refused(cli.ExitRefused, engine.CodeCampaignState)
	s.run("campaign", "show", "Winter", "--json").refused(cli.ExitRefused, engine.CodeCampaignUnknown)
	s.run("campaign", "add", "X", "--lifetime", "4", "--json").refused(cli.ExitUsage, engine.CodeCampaignLifetime)
	s.run("campaign", "add", "X", "--cashback", "lots", "--json").refused(cli.ExitUsage, cli.CodeBadRate)
	if n := len(s.run("campaign", "list", "--json").done().items()); n != 3 {
		t.Errorf("%d campaigns", n)
	}
}

func TestEditingACampaignKeepsIssuedCoupons(t *testing.T) {
	s := brazil(t)
	code := s.sell("181").text("issued.code")
	s.run("campaign", "edit", "Volte sempre", "--max-discount", "10", "--lifetime", "5").done()
	s.run("coupon", "show", code, "--json").done().are("max_discount_bp", "3000", "last_day", "2027-01-04")
	s.run("campaign", "show", "Volte sempre", "--json").done().are("issued", "1", "max_discount_bp", "1000")
}

func TestCustomers(t *testing.T) {
	s := brazil(t)
	s.sell("181", "--consent", "yes", "--name", "Maria Silva")
	for _, name := range []string{maria, "+55 11 98765-4321"} {
		s.run("customer", "show", name, "--json").done().are("name", "Maria Silva", "phone", "+5511987654321", "consent", "yes", "visits", "1", "spent_minor", "18100", "last_day", "2026-11-20")
	}
	s.run("customer", "edit", maria, "--number", "4711", "--consent", "no", "--json").done().are("number", "4711", "consent", "no", "name", "Maria Silva")
	s.run("sale", "record", "--customer", "4711", "--amount", "20", "--json").done().are("sale.customer", "Maria Silva", "message", "")
	if rows := s.run("customer", "list", "--search", "mari", "--json").done().items(); len(rows) != 1 || rows[0]["number"] != "4711" {
		t.Errorf("found %v", rows)
	}
	s.run("customer", "forget", "4711", "--reason", "asked", "--json").done().are("name", "", "phone", "", "number", "", "spent_minor", "20100")
	s.run("customer", "show", maria, "--json").refused(cli.ExitRefused, engine.CodeCustomerUnknown)
}

func TestCouponByHand(t *testing.T) {
	s := brazil(t)
	code := s.sell("181").text("issued.code")
	s.run("coupon", "void", code, "--json").refused(cli.ExitUsage, cli.CodeUsageNeeds)
	s.run("coupon", "void", code, "--reason", "by mistake", "--json").done().are("state", "voided", "void_reason", "by mistake")
	shown := s.run("coupon", "show", strings.ToLower(code), "--json").done()
	if history, _ := shown.get("history").([]any); len(history) < 2 {
		t.Errorf("history is %v", history)
	}
	s.run("coupon", "check", code, "--json").refused(cli.ExitRefused, engine.CodeCouponVoided)
	typo := code[:8] + "0"
	if typo == code {
		typo = code[:8] + "1"
	}
	s.run("coupon", "check", typo, "--json").refused(cli.ExitUsage, engine.CodeTypo).are("usable", "false", "reason", "code_typo", "state", "")
	if rows := s.run("coupon", "list", "--state", "voided", "--customer", maria, "--json").done().items(); len(rows) != 1 {
		t.Errorf("%d voided coupons", len(rows))
	}
}

func TestTexts(t *testing.T) {
	s := brazil(t)
	id := s.sell("181", "--consent", "yes").text("message.id")
	s.now = at("2026-11-20 16:00:00")
	sent := s.run("send", "--once", "--json").done().are("cancelled", "1", "accepted", "0", "held", "false")
	if rows := sent.items(); len(rows) != 1 || rows[0]["state"] != "cancelled" || rows[0]["reason"] != "no_sender" {
		t.Errorf("sent %v", rows)
	}
	s.run("message", "show", id, "--json").done().are("state", "cancelled", "reason", "no_sender", "to_masked", "**** 4321", "encoding", "GSM-7")
	s.run("message", "resend", id, "--json").done().are("state", "queued")
	if rows := s.messages("due"); len(rows) != 1 {
		t.Errorf("%d texts are due", len(rows))
	}
	s.run("send").done().says("no sender configured", "**** 4321")
	s.run("message", "show", "12", "--json").refused(cli.ExitUsage, engine.CodeBadID)
	s.run("send", "--once", "--watch", "--json").refused(cli.ExitUsage, cli.CodeUsageOneOf)
}

func TestSettings(t *testing.T) {
	s := brazil(t)
	if rows := s.run("settings", "list", "--json").done().items(); len(rows) != len(engine.SettingDefs)+6 {
		t.Errorf("%d settings", len(rows))
	}
	s.run("settings", "set", "campaign.cashback", "12.5%", "--json").done().are("name", "campaign.cashback", "value", "1250")
	s.run("settings", "list").done().says("12,5 %")
	s.run("settings", "set", "store.title", "Casa Verde", "--json").done().are("value", "Casa Verde")
	s.run("settings", "set", "store.step", "0,50", "--json").done().are("value", "0.50")
	s.sell("181").are("issued.face_minor", "3650")
	s.run("settings", "set", "screen.theme", "pink", "--json").refused(cli.ExitUsage, engine.CodeSettingChoice)
	s.run("settings", "set", "no.such", "1", "--json").refused(cli.ExitUsage, engine.CodeUnknownSetting)
	s.run("settings", "set", "texts.wording", "Hi {nobody}", "--json").refused(cli.ExitUsage, "template_field")
	s.run("settings", "set", "store.currency", "USD", "--json").refused(cli.ExitRefused, store.CodeCurrencyFixed)
}

func TestBooks(t *testing.T) {
	s := brazil(t)
	s.sell("181")
	s.sell("250", "--best")
	s.run("report", "campaigns", "--json").done()
	rows := s.run("report", "campaigns", "--json").done().items()
	want := map[string]string{
		"issued": "2", "issued_face_minor": "8000", "redeemed": "1", "redeemed_face_minor": "3700", "outstanding": "1", "outstanding_face_minor": "4300",
		"expired": "0", "voided": "0", "discount_given_minor": "3700", "redeeming_net_minor": "21300", "redeemed_of_issued_bp": "5000",
	}
	for name, value := range want {
		if got, _ := rows[0][name].(json.Number); got.String() != value {
			t.Errorf("%s is %v, want %s", name, rows[0][name], value)
		}
	}
	s.run("audit", "verify", "--json").done().are("ok", "true", "broken_at", "", "why", "")
	if rows := s.run("audit", "list", "--action", "sale", "--json").done().items(); len(rows) != 2 {
		t.Errorf("%d entries about sales", len(rows))
	}
	s.run("check", "--json").done().are("ok", "true")
	copied := filepath.Join(s.dir, "copy.db")
	s.run("backup", copied, "--json").done().are("path", copied, "key_file", s.path()+".key")
	s.run("backup", copied, "--json").refused(cli.ExitUsage, store.CodeFileExists)
	s.run("sale", "list", "--db", copied, "--key-file", s.path()+".key", "--json").done()
	s.run("sale", "list", "--db", copied, "--json").refused(cli.ExitFault, store.CodeKeyMissing)
}

func TestDoctor(t *testing.T) {
	s := empty(t)
	a := s.run("doctor", "--json").refused(cli.ExitFault, cli.CodeDoctor).are("ok", "false")
	if _, err := os.Stat(s.path()); err == nil {
		t.Error("the doctor made a file")
	}
	if a.items()[0]["code"] != "no_store" {
		t.Errorf("found %v", a.items())
	}
	s = brazil(t)
	var names []string
	for _, row := range s.run("doctor", "--json").done().are("ok", "true").items() {
		names = append(names, row["name"].(string))
	}
	if want := []string{"file", "key", "shop", "clock", "printer", "sender", "texts", "spent", "hours"}; !slices.Equal(names, want) {
		t.Errorf("it looked at %v", names)
	}
	s.run("settings", "set", "printer.target", "tcp://127.0.0.1:1").done()
	s.run("doctor", "--json").refused(cli.ExitFault, cli.CodeDoctor).says("doctor_printer")
}

func TestPrint(t *testing.T) {
	s := brazil(t)
	code := s.sell("181", "--ref", "P-1").text("issued.code")
	s.run("print", "--last", "--json").refused(cli.ExitRefused, "printer_none")
	target := filepath.Join(s.dir, "slips.txt")
	s.run("settings", "set", "printer.target", target).done()
	s.run("settings", "set", "printer.format", "text").done()
	s.run("print", "--last", "--json").done().are("target", target)
	s.run("print", "P-1", "--to", target+"2", "--json").done().are("target", target+"2")
	for _, path := range []string{target, target + "2"} {
		if slip, err := os.ReadFile(path); err != nil || !strings.Contains(string(slip), code) || !strings.Contains(string(slip), "R$ 37") {
			t.Errorf("%s: %q, %v", path, slip, err)
		}
	}
	s.run("print", "--json").refused(cli.ExitUsage, cli.CodeUsageArgs)
}

func TestCounterIsOpenedWithTheFlags(t *testing.T) {
	s := empty(t)
	s.run("--register", "Till 9", "--plain", "--store", "Blue").done()
	if s.shown == nil || s.shown.Register != "Till 9" || !s.shown.Plain || s.shown.Store != "Blue" {
		t.Errorf("opened with %+v", s.shown)
	}
	s.run("--lang", "pt-BR").done()
	if s.shown.Lang != "pt-BR" {
		t.Errorf("opened with the language %q", s.shown.Lang)
	}
	s.run("counter", "--json").refused(cli.ExitUsage, cli.CodeUsageCommand)
	s.run("sael", "--json").refused(cli.ExitUsage, cli.CodeUsageNear)
	s.run("sale", "--json").refused(cli.ExitUsage, cli.CodeUsagePart)
	s.run("sale", "recrod", "--json").refused(cli.ExitUsage, cli.CodeUsageNear)
}

func TestErrorsForPeople(t *testing.T) {
	s := brazil(t)
	a := s.run("sale", "record", "--anonymous", "--amount", "x")
	if a.status != cli.ExitUsage || a.out != "" || a.err != "x is not an amount. Type digits, such as 180 or 180.00.\n" {
		t.Errorf("%d %q %q", a.status, a.out, a.err)
	}
	if a := s.run("sale", "rekord", "--lang=pt-BR"); !strings.Contains(a.err, "Seria record?") {
		t.Errorf("%q", a.err)
	}
	bad := filepath.Join(s.dir, "bad.db")
	if err := os.WriteFile(bad, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.run("sale", "list", "--db", bad, "--json").refused(cli.ExitFault, store.CodeNotDatabase)
}

// TestEveryAnswerForPeople runs what has no JSON twin above, for holes in the
// words.
func TestEveryAnswerForPeople(t *testing.T) {
	for _, lang := range []string{"en", "pt-BR"} {
		s := brazil(t)
		s.env[cli.EnvLang] = lang
		id := s.sell("181", "--consent", "yes", "--name", "Maria", "--ref", "P-1").text("message.id")
		code := s.run("coupon", "list", "--json").done().items()[0]["code"].(string)
		s.run("sale", "record", "--phone", maria, "--amount", "100").done().says("R$ 100,00", "R$ 20,00")
		s.run("campaign", "show", "Volte sempre").done().says("20 %")
		for _, line := range []string{
			"sale list", "sale show P-1", "coupon list", "customer list", "customer show +5511987654321", "campaign list",
			"message list", "message show " + id, "message preview " + code, "message figures", "message release " + id, "message cancel " + id, "message resend " + id,
			"send", "message list --state cancelled", "customer stop 11940028922", "customer stop 11987654321", "report campaigns", "audit list", "audit verify", "check",
			"settings list", "staff list", "doctor", "campaign earn 10", "sale list --state voided", "coupon list --limit 1",
			"backup " + filepath.Join(s.dir, "b.db"), "sale return P-1 --amount 10 --reason x", "sale void P-1 --reason x", "sale void --last --reason x",
		} {
			a := s.run(strings.Fields(line)...).says()
			if a.status > cli.ExitRefused || a.out+a.err == "" {
				t.Errorf("%s: %d %s", line, a.status, a.err)
			}
		}
	}
}
