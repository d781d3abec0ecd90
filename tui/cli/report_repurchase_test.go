package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

// imports brings in a sale of 10.00 for each customer and day of 2026.
func (s *shop) imports(rows ...string) {
	s.t.Helper()
	file := s.file("sales.csv", "customer,date,amount\n"+strings.Join(rows, ",10.00\n")+",10.00\n")
	s.run("import", "sales", file, "--json").done().are("refused", "0")
}

// threeCustomers come after 10 and 20 days, after 30 days, and once.
func threeCustomers(t *testing.T) *shop {
	t.Helper()
	s := brazil(t)
	s.imports("A,2026-03-01", "A,2026-03-11", "A,2026-03-31", "B,2026-03-06", "B,2026-04-05", "C,2026-03-03")
	return s
}

func TestRepurchaseForPrograms(t *testing.T) {
	s := threeCustomers(t)
	a := s.run("report", "repurchase", "--to", "2026-04-25", "--json").done().are("from", "", "to", "2026-04-25", "last_sale", "2026-04-05",
		"customers", "3", "came_second", "2", "gaps", "3", "mean_days", "20", "median_days", "20", "usual_days", "30", "usual_low_days", "10",
		"usual_high_days", "", "redeemed", "0", "redeemed_median_days", "", "redeemed_sooner", "", "redeemed_sooner_bp", "")
	back := a.get("back_within").([]any)
	if len(back) != 2 || fmt.Sprint(back[0]) != "map[back_bp:1667 days:14 high_bp:7269 low_bp:253]" {
		t.Errorf("back within %v", back)
	}
	csv := s.run("report", "repurchase", "--from", "2026-03-02", "--to", "2026-04-25", "--csv").done().out
	want := "from,to,last_sale,customers,came_second,gaps,mean_days,median_days,usual_days,usual_low_days,usual_high_days,redeemed," +
		"redeemed_median_days,redeemed_sooner,redeemed_sooner_bp,redeemed_sooner_low_bp,redeemed_sooner_high_bp\n" +
		"2026-03-02,2026-04-25,2026-04-05,3,2,2,25,25,30,20,,0,,,,,\n"
	if csv != want {
		t.Errorf("CSV is\n%swant\n%s", csv, want)
	}
	s.run("report", "repurchase", "--from", "2026-03-02", "--to", "2026-03-01", "--json").refused(cli.ExitUsage, engine.CodeBadSpan)
	s.run("report", "repurchase", "--csv", "--json").refused(cli.ExitUsage, cli.CodeUsageOneOf)
	s.run("report", "repurchase", "--to", "soon", "--json").refused(cli.ExitUsage, engine.CodeBadDate)
}

func TestRepurchaseOfCoupons(t *testing.T) {
	s := brazil(t)
	s.sell("181")
	s.now += 12 * 86_400_000
	s.sell("250", "--best")
	s.run("report", "repurchase", "--json").done().are("redeemed", "1", "redeemed_median_days", "12", "redeemed_sooner", "0", "redeemed_sooner_bp", "0",
		"usual_days", "12", "customers", "1", "gaps", "1", "redeemed_sooner_low_bp", "0", "redeemed_sooner_high_bp", "7935")
	s.run("report", "repurchase").done().says("1 coupon was used, 12 days after the sale that earned it.", "0 of them came sooner than usual")
}

// TestRepurchaseSaysHowSureItIs asks at days on which ever more is known.
func TestRepurchaseSaysHowSureItIs(t *testing.T) {
	few := threeCustomers(t)
	many := brazil(t)
	var rows []string
	for i := range 60 {
		rows = append(rows, fmt.Sprintf("%d,2026-01-01", i), fmt.Sprintf("%d,2026-02-%02d", i, 1+i%9))
	}
	many.imports(rows...)
	for _, c := range []struct {
		s    *shop
		to   string
		says []string
	}{
		{few, "2026-02-28", []string{"Nobody is known to have bought", "No coupon earned"}},
		{few, "2026-03-10", []string{"Nobody has come again yet"}},
		{few, "2026-03-30", []string{"not come again yet: not enough sales to tell the usual time", "Those who came again took 10 days", "3 customers"}},
		{few, "2026-04-25", []string{"back within 30 days. That is uncertain", "likely at least 10 days, and nobody can say"}},
		{many, "2026-02-09", []string{"back within 35 days; with 95 % certainty between 34 and 36 days", "60 customers"}},
	} {
		c.s.run("report", "repurchase", "--to", c.to).done().says(c.says...)
		c.s.run("report", "repurchase", "--to", c.to, "--lang", "pt-BR").done().says("Clientes")
	}
	few.run("report", "repurchase").done().says("ask for the days through 05/04/2026")
	if a := few.run("report", "repurchase", "--to", "2026-04-25").done(); strings.Contains(a.out, "ask for the days") {
		t.Errorf("20 quiet days are said to be odd: %s", a.out)
	}
}
