package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

// suspicious is a shop where Bia looks up codes that nobody has, and splits a
// sale.
func suspicious(t *testing.T) *shop {
	s := brazil(t)
	s.run("staff", "add", "Bia", "--role", "cashier").done()
	s.run("sale", "list", "--register", "Till 2").done() // the owner makes the till
	for i := range 14 {
		phone := fmt.Sprintf("(11) 98765-%04d", i)
		s.run("sale", "record", "--phone", phone, "--amount", "100", "--json").done()
		s.run("sale", "record", "--anonymous", "--amount", "100", "--json").done()
		s.run("sale", "record", "--phone", phone, "--amount", "100", "--staff", "Bia", "--register", "Till 2", "--json").done()
	}
	for i := range 9 {
		code := engine.NewCode([7]byte{31, 7, 3, 1, 0, 0, byte(i)})
		s.run("coupon", "check", code, "--staff", "Bia", "--register", "Till 2", "--json").refused(cli.ExitRefused, engine.CodeCouponUnknown)
	}
	return s
}

func TestReportStaff(t *testing.T) {
	s := suspicious(t)
	s.run("settings", "set", "watch.surprise", "10").done()
	a := s.run("report", "staff", "--json").done().are("by", "staff", "from", "2026-10-22", "to", "2026-11-20")
	found, rows := a.get("findings").([]any), a.get("rows").([]any)
	if len(found) != 1 || len(rows) != 3 {
		t.Fatalf("%d findings, %d rows", len(found), len(rows))
	}
	f := found[0].(map[string]any)
	if got := fmt.Sprintln(f["rule"], f["subject"], f["name"], f["seen"], f["chances"], f["expected_thousandths"]); got != "wrong_code staff Bia 9 23 0\n" {
		t.Errorf("%s", got)
	}
	if says := fmt.Sprint(f["says"]); !strings.Contains(says, "Bia looked up 9 codes that no coupon has.") || !strings.Contains(says, "Chance alone rarely does this.") {
		t.Errorf("%q", says)
	}
	if all := rows[2].(map[string]any); fmt.Sprintln(all["sales"], all["id"], all["redeemed_bp"]) != "42 <nil> 0\n" {
		t.Errorf("%v", all)
	}
	s.run("report", "staff").done().says("Who", "Last hour", "1. Bia  wrong codes: 9 of 23, usual 0", "39,1 %", "20/11/2026 15:00      9  Bia  Till 2", "1. Bia looked up 9 codes", "It may be coupons of another shop", "a reason to look, not a proof", "Behind 1")
	s.run("report", "staff", "--lang", "pt-BR").done().says("Bia consultou 9 códigos que nenhum cupom tem", "não é prova")
	s.run("report", "staff", "--by", "register").done().says("Till 2", "The shop")
	csv := strings.Split(s.run("report", "staff", "--by", "register", "--csv").done().out, "\n")
	if len(csv) != 5 || !strings.HasPrefix(csv[0], "id,name,sales,net_minor,issued,redeemed") || !strings.HasPrefix(csv[3], ",The shop,42,420000,42,0") {
		t.Errorf("%q", csv)
	}
	s.run("report", "staff", "--from", "2026-01-01", "--json").refused(cli.ExitUsage, engine.CodeWatchSpan)
	s.run("report", "staff", "--by", "branch", "--json").refused(cli.ExitUsage, cli.CodeBadChoice)
	s.run("report", "staff", "--staff", "Bia", "--json").refused(cli.ExitRefused, engine.CodeForbidden)
	s.run("settings", "set", "watch.on", "no").done()
	s.run("report", "staff").done().says("watching is off")
}

func TestReportStaffOfAQuietShop(t *testing.T) {
	s := brazil(t)
	s.run("report", "staff").done().says("Nothing was sold on these days.")
	s.sell("100")
	s.run("report", "staff").done().says("Nothing stands out on these days.", "nobody to compare with")
	s.run("alert", "list").done().says("No alert is open.")
}

func TestAlertsByCommands(t *testing.T) {
	s := suspicious(t)
	s.run("settings", "set", "watch.surprise", "10").done()
	s.run("send", "--once").done()
	all := s.run("alert", "list", "--json").done().items()
	if len(all) != 1 || fmt.Sprint(all[0]["rule"], all[0]["state"], all[0]["name"]) != "wrong_codeopenBia" {
		t.Fatalf("%v", all)
	}
	id := fmt.Sprint(all[0]["id"])
	s.run("alert", "list").done().says(id, "Bia looked up 9 codes", "It may be coupons of another shop")
	s.run("alert", "dismiss", id, "--json").refused(cli.ExitUsage, cli.CodeUsageNeeds)
	s.run("alert", "dismiss", id, "--reason", "market day", "--json").done().are("state", "dismissed", "reason", "market day", "dismissed_by", "Dono")
	s.run("alert", "dismiss", id, "--reason", "again", "--json").refused(cli.ExitRefused, engine.CodeAlertSettled)
	s.run("alert", "list").done().says("No alert is open.")
	s.run("alert", "list", "--state", "dismissed").done().says("market day")
	s.run("audit", "list", "--action", "alert").done().says("alert.raise", "alert.dismiss")
	s.run("audit", "verify").done()
	s.run("check").done()
}
