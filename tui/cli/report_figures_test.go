package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

func TestReportStoreBesideTheMonthBefore(t *testing.T) {
	s := brazil(t)
	s.sell("100")
	s.sell("110", "--best")
	s.run("settings", "set", "report.margin", "50").done()
	a := s.run("report", "store", "--json").done()
	for i, want := range []map[string]string{
		{
			"from": "2026-11-01", "to": "2026-11-20", "sales": "2", "net_minor": "19000", "coupons_used": "1", "discount_given_minor": "2000",
			"brought_minor": "9000", "earning_sales_minor": "10000", "given_of_price_before_bp": "1818", "brought_of_earning_bp": "9000",
			"margin_bp": "5000", "gain_minor": "3500", "issued": "2", "redeemed": "1", "outstanding": "1", "ended": "0", "goal": "too_few", "conversion_bp": "<nil>",
		},
		{"from": "2026-10-01", "to": "2026-10-20", "sales": "0", "coupons_used": "0", "given_of_price_before_bp": "<nil>", "issued": "0"},
	} {
		for name, v := range want {
			if got := fmt.Sprint(a.items()[i][name]); got != v {
				t.Errorf("row %d: %s is %s, want %s", i, name, got, v)
			}
		}
	}
	s.run("report", "store").done().says("01/11/2026 to 20/11/2026", "Too few coupons have ended to tell who comes back: 0 so far, 35 are needed.",
		"Of 2 coupons issued on these days 1 are used", "Left over by these sales")
	s.run("report", "store", "--lang", "pt-BR").done().says("Cupons usados", "são precisos 35")
	csv := strings.Split(s.run("report", "store", "--from", "2026-11-10", "--to", "2026-11-12", "--csv").done().out, "\n")
	if len(csv) != 4 || !strings.HasPrefix(csv[0], "from,to,sales") || !strings.HasPrefix(csv[2], "2026-11-07,2026-11-09,0,") {
		t.Errorf("%q", csv)
	}
	s.run("report", "store", "--csv", "--json").refused(cli.ExitUsage, cli.CodeUsageOneOf)
	s.run("report", "store", "--from", "2026-11-10", "--to", "2026-11-09", "--json").refused(cli.ExitUsage, engine.CodeBadSpan)
}

func TestReportOfEndedCoupons(t *testing.T) {
	s := brazil(t)
	var rows []string
	for i := range 40 {
		rows = append(rows, fmt.Sprintf("C%d,2026-09-%02d,100.00", i, i%28+1))
	}
	s.run("import", "sales", s.file("sales.csv", "customer,date,amount\n"+strings.Join(rows, "\n")+"\n"), "--issue").done()
	s.sell("100")
	s.run("report", "store").done().says("Too few", "Coupons whose time ended")
	s.run("report", "store", "--from", "2026-10-01", "--to", "2026-11-19").done().
		says("0 of 40 coupons whose time ended were used: 0 %, with 95 % certainty between 0 % and 8,8 %. That is below the goal of 10 %.")
	s.run("report", "campaigns").done().says("0 % to 8,8 %", "Who came back is told")
	row := s.run("report", "campaigns", "--json").done().items()[0]
	if got := fmt.Sprintln(row["ended"], row["conversion_high_bp"], row["breakage_bp"], row["goal"], row["expected_minor"]); got != "40 876 10000 below 0\n" {
		t.Errorf("campaign %s", got)
	}
	if row := s.run("report", "campaigns", "--from", "2026-11-01", "--json").done().items()[0]; fmt.Sprint(row["issued"]) != "1" {
		t.Errorf("since November: %v", row)
	}
	s.run("report", "campaigns", "--from", "2026-11-01").done().says("too few of these coupons have ended")
	l := s.run("report", "liability", "--json").done().are("coupons", "1", "face_minor", "2000", "ended", "40", "expected_minor", "0", "conversion_high_bp", "876")
	if weeks := l.get("weeks").([]any); len(weeks) != 7 {
		t.Errorf("weeks %v", weeks)
	}
	s.run("report", "liability").done().says("1 coupon is open, worth R$ 20,00.", "took off 0 % of their value")
	if csv := s.run("report", "liability", "--csv").done().out; !strings.HasPrefix(csv, "week,from,to,coupons,face_minor,expected_minor\n1,2026-11-20,2026-11-26,0,0,0\n") {
		t.Errorf("%q", csv)
	}
}

func TestReportsOfAnEmptyShop(t *testing.T) {
	s := brazil(t)
	s.run("report", "liability").done().says("nothing is owed")
	s.run("report", "liability", "--json").done().are("coupons", "0", "expected_minor", "", "conversion_bp", "")
	s.run("report", "store").done().says("Coupons issued")
	s.sell("100")
	s.run("report", "liability").done().says("1 coupon is open", "Too few coupons have ended")
}

// TestVoidCouponsAreNotHeldAgainstTheShop: coupons void of typing errors are
// neither used nor passed over.
func TestVoidCouponsAreNotHeldAgainstTheShop(t *testing.T) {
	s := brazil(t)
	var rows []string
	for i := range 43 {
		rows = append(rows, fmt.Sprintf("C%d,2026-09-%02d,100.00", i, i%28+1))
	}
	s.run("import", "sales", s.file("sales.csv", "customer,date,amount\n"+strings.Join(rows, "\n")+"\n"), "--issue").done()
	for _, sale := range s.run("sale", "list", "--json").done().items()[:3] {
		s.run("sale", "void", fmt.Sprint(sale["id"]), "--reason", "typed wrong", "--json").done()
	}
	s.run("report", "store", "--from", "2026-09-01", "--to", "2026-11-19").done().says("0 of 40 coupons whose time ended were used")
	for _, kind := range []string{"store", "campaigns"} {
		row := s.run("report", kind, "--from", "2026-09-01", "--to", "2026-11-19", "--json").done().items()[0]
		if got := fmt.Sprintln(row["voided"], row["ended"], row["breakage_bp"], row["conversion_bp"], row["conversion_high_bp"]); got != "3 40 10000 0 876\n" {
			t.Errorf("%s: %s", kind, got)
		}
	}
	s.run("report", "liability", "--json").done().are("ended", "40", "breakage_bp", "10000", "given_of_face_bp", "0")
}

// TestReportsHaveOneMeaningForOneName: what is called conversion is of coupons
// whose time is over, in every report.
func TestReportsHaveOneMeaningForOneName(t *testing.T) {
	s := brazil(t)
	s.sell("100")
	s.sell("110", "--best")
	for _, args := range [][]string{{"campaigns"}, {"store", "--by", "staff"}} {
		row := s.run(append(append([]string{"report"}, args...), "--json")...).done().items()[0]
		if got := fmt.Sprintln(row["conversion_bp"], row["redeemed_of_issued_bp"], row["ended_conversion_bp"]); got != "<nil> 5000 <nil>\n" {
			t.Errorf("%v: %s", args, got)
		}
	}
}

// TestOffersHaveATableOfTheirOwn: campaigns that give no coupons do not stand
// among those that do.
func TestOffersHaveATableOfTheirOwn(t *testing.T) {
	s := brazil(t)
	if a := s.run("report", "campaigns").done(); strings.Contains(a.out, "give no coupons") {
		t.Errorf("there are none:\n%s", a.out)
	}
	s.run("campaign", "add", s.file("ten.json", `{"title": "Ten off", "offer": {"kind": "order_percent", "value_percent": 10}}`), "--activate", "--json").done()
	s.sell("100")
	s.sell("50")
	a := s.run("report", "campaigns").done().says("Campaigns that give no coupons, since they began", "Times used", "15,00")
	if n := strings.Count(a.out, "Ten off"); n != 1 {
		t.Errorf("it stands %d times:\n%s", n, a.out)
	}
	for _, row := range s.run("report", "campaigns", "--json").done().items() {
		want := "<nil> <nil>\n"
		if row["title"] == "Ten off" {
			want = "2 1500\n"
		}
		if got := fmt.Sprintln(row["offer_uses"], row["offer_taken_off_minor"]); got != want {
			t.Errorf("%v: %s", row["title"], got)
		}
	}
}
