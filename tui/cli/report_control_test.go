package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/form"
	"bounceback/tui/cli"
)

const oneDay = 24 * 60 * 60 * 1000

// someHeld sells to new customers until one is held back and one is not, and
// gives the answers.
func (s *shop) someHeld() (held, treated answer) {
	s.t.Helper()
	for i := 1; held.t == nil || treated.t == nil; i++ {
		if a := s.run("sale", "record", "--customer", fmt.Sprintf("K%d", i), "--amount", "100", "--json").done(); a.get("issued") == nil {
			held = a
		} else {
			treated = a
		}
	}
	return held, treated
}

func TestControlGroupByCommands(t *testing.T) {
	s := brazil(t)
	s.run("report", "control").done().says("No campaign holds customers back", "--holdback 10")
	s.run("campaign", "edit", "Volte sempre", "--holdback", "60", "--json").refused(cli.ExitUsage, engine.CodeCampaignHoldback)
	s.run("campaign", "edit", "Volte sempre", "--holdback", "50").done().says("Without coupon", "50 % of customers, since 20/11/2026")
	held, treated := s.someHeld()
	held.are("sale.would_have_earned.campaign", "Volte sempre", "sale.would_have_earned.face_minor", "2000", "sale.would_have_earned.last_day", "2027-01-04")
	if treated.get("sale.would_have_earned") != nil {
		t.Errorf("%s", treated.out)
	}
	id, customer := held.text("sale.id"), held.text("sale.customer_id")
	s.run("sale", "show", id).done().says("Would have earned", "R$ 20,00 through 04/01/2027, but for the comparison group of “Volte sempre”")
	s.run("sale", "show", id, "--json").done().are("would_have_earned.face_minor", "2000")
	s.run("sale", "record", "--customer", customer, "--amount", "50").done().says("No coupon: this customer is in the comparison group of “Volte sempre”.")
	s.stdin = fmt.Sprintf(`{"customer": {"number": "%s"}, "basket": [{"sku": "A", "unit_price_minor": 10000}]}`, held.text("sale.customer"))
	s.run("quote", "-", "--db", s.path()).done().are("would_have_earned.face_minor", "2000", "would_have_earned.last_day", "2027-01-04")
	s.run("report", "control").done().says("Nothing can be said yet", "count later", "Volte sempre: 50 % of customers get no coupon, since 20/11/2026")

	s.now += 2 * oneDay
	s.run("sale", "record", "--customer", customer, "--amount", "50").done()
	s.now += 60 * oneDay
	s.run("report", "control").done().says("Too early to tell", "Whoever looks at such figures again and again", "with coupons", "held back", "Came again")
	row := s.run("report", "control", "--campaign", "Volte sempre", "--json").done().items()[0]
	if got := fmt.Sprintln(row["verdict"], row["control_came_back"], row["treated_came_back"], row["holdback_bp"], row["cost_each_minor"], row["missing_days"] != nil); got != "too_few 1 0 5000 <nil> true\n" {
		t.Errorf("%s %v", got, row)
	}
	csv := strings.Split(s.run("report", "control", "--csv").done().out, "\n")
	if len(csv) != 3 || !strings.HasPrefix(csv[0], "campaign_id,title,holdback_bp,since,verdict,uplift_bp") || !strings.Contains(csv[1], ",Volte sempre,5000,2026-11-20,too_few,") {
		t.Errorf("%q", csv)
	}
	s.run("report", "control", "--lang", "pt-BR").done().says("Cedo demais para dizer", "com cupons")
	s.run("report", "control", "--from", "2027-01-01").done().says("No customer has taken part on these days.")
	s.run("check").done()
}

// TestHoldbackInAFile keeps the share through a file, and refuses one where
// there are no coupons to hold back.
func TestHoldbackInAFile(t *testing.T) {
	s := brazil(t)
	s.run("campaign", "edit", "Volte sempre", "--holdback", "12.5").done()
	out := s.run("campaign", "export", "Volte sempre").done().says(`"holdback_percent": 12.5`)
	file := s.file("again.json", strings.Replace(out.out, "Volte sempre", "Once more", 1))
	s.run("campaign", "add", file, "--json").done().are("holdback_bp", "1250", "title", "Once more")
	s.run("campaign", "edit", "Once more", "--file", file, "--holdback", "0", "--json").done().are("holdback_bp", "0")
	gift := s.file("points.json", `{"title": "P", "holdback_percent": 10, "offer": {"kind": "order_percent", "value_percent": 10}}`)
	s.run("campaign", "add", gift, "--json").refused(cli.ExitUsage, engine.CodeHoldbackNothing)
	s.run("campaign", "add", s.file("bad.json", `{"title": "P", "holdback_percent": "x"}`), "--json").refused(cli.ExitUsage, form.CodePercent)
}
