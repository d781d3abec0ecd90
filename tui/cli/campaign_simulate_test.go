package cli_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

// pastSales are three sales of 10.00, one each of 2026's first months.
func pastSales(t *testing.T) *shop {
	t.Helper()
	s := brazil(t)
	s.imports("A,2026-01-10", "A,2026-02-10", "B,2026-03-10")
	return s
}

const draftFile = `{"title": "Spring", "offer": {"kind": "next_coupon", "coupon": {"cashback_percent": 25, "max_discount_percent": 30}}}`

func TestSimulateForPrograms(t *testing.T) {
	s := pastSales(t)
	file := s.file("spring.json", draftFile)
	a := s.run("campaign", "simulate", file, "--from", "2026-01-01", "--to", "2026-12-31", "--json").done().are(
		"from", "2026-01-01", "first_sale", "2026-01-10", "last_sale", "2026-03-10", "sales", "3", "sales_with_customer", "3", "goods_minor", "3000",
		"margin_bp", "", "ended", "0")
	drafts := a.get("drafts").([]any)
	d := drafts[0].(map[string]any)
	if got := fmt.Sprint(d["matured"], d["own_rates"], d["return_bp"], d["off_face_bp"]); got != "false false <nil> <nil>" {
		t.Errorf("the outlook is by %s", got)
	}
	got := fmt.Sprintf("%v,%v,%v,%v,%v,%v,%v,%v", d["campaign"], d["id"], d["coupons"], d["face_minor"], d["rounding_minor"], d["worst_discount_minor"], d["customers"], d["discount_minor"])
	if len(drafts) != 1 || got != "Spring,<nil>,3,900,150,900,2,<nil>" {
		t.Errorf("drafts %v: %s", drafts, got)
	}
	if taken := fmt.Sprint(d["taken_from"]); !strings.Contains(taken, "sales:3") {
		t.Errorf("taken from %s", taken)
	}
	out := s.run("campaign", "simulate", file, "Volte sempre", "--from", "2026-02-01", "--csv").done().out
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "Spring,,next_coupon,2,2,0,2000,2000,") || !strings.HasPrefix(lines[2], "Volte sempre,") {
		t.Errorf("CSV is\n%s", out)
	}
}

func TestSimulateForPeople(t *testing.T) {
	s := pastSales(t)
	file := s.file("spring.json", draftFile)
	s.run("campaign", "simulate", file, "--from", "2026-01-01").done().says(
		"Spring: 3 sales (100 %) would have earned a coupon", "In 3 sales Spring comes before Volte sempre", "How many return is assumed", "What may come of it")
	s.run("campaign", "simulate", "Volte sempre", file, "--from", "2026-01-01").done().says("Value of the coupons", "Volte sempre: 3 sales", "Spring: 3 sales", "Each was tried by itself",
		"(10/01/2026 to 10/03/2026)", "Jan 2026")
	s.run("campaign", "simulate", file, "--from", "2020-01-01", "--to", "2020-12-31").done().says("There are no sales on these days")
	s.run("campaign", "simulate", s.file("summer.txt", draftFile), "--from", "2026-01-01").done().says("Spring: 3 sales")
	s.run("campaign", "simulate", "Nothing of the kind", "--json").refused(cli.ExitRefused, engine.CodeCampaignUnknown)
	s.run("campaign", "simulate", file, file, file, "--json").refused(cli.ExitUsage, cli.CodeUsageArgs)
	s.run("campaign", "simulate", file, "--from", "2026-02-01", "--to", "2026-01-01", "--json").refused(cli.ExitUsage, engine.CodeBadSpan)
	s.run("campaign", "simulate", s.file("two.json", draftFile+draftFile), "--json").refused(cli.ExitUsage, cli.CodeOneCampaign)
}

// TestSimulateOfOffers says of an offer what it takes off.
func TestSimulateOfOffers(t *testing.T) {
	s := pastSales(t)
	file := s.file("tenth.json", `{"title": "Tenth", "offer": {"kind": "order_percent", "value_percent": 10, "code": "TEN"}}`)
	s.run("campaign", "simulate", file, "--from", "2026-01-01").done().says(
		"Tenth: would have applied in 3 sales (100 %) and taken R$ 3,00 off.", "Every customer is taken to have given the code")
}

// TestSimulateIsCancelled ends as every command does that is interrupted.
func TestSimulateIsCancelled(t *testing.T) {
	s := pastSales(t)
	file := s.file("spring.json", draftFile)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if a := s.runIn(ctx, "campaign", "simulate", file); a.status == cli.ExitDone || a.out != "" {
		t.Errorf("%+v", a)
	}
}
