package cli_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

// soldAtTwoTills has three sales with coupons: two at Till 1, of which one came
// by the web, and one at Till 2.
func soldAtTwoTills(t *testing.T) *shop {
	t.Helper()
	s := brazil(t)
	s.sell("100")
	s.sell("110", "--source", "web", "--ad", "spring")
	s.sell("120", "--register", "Till 2")
	return s
}

func TestReportStoreBySomething(t *testing.T) {
	s := soldAtTwoTills(t)
	s.run("settings", "set", "report.margin", "50").done()
	for by, want := range map[string]string{
		"campaign": "Volte sempre 3;", "source": " 2;web 1;", "ad": " 2;spring 1;", "register": "Caixa 1 2;Till 2 1;", "staff": "Dono 3;", "month": "2026-11 3;",
	} {
		got := ""
		for _, row := range s.run("report", "store", "--by", by, "--json").done().items() {
			got += fmt.Sprintf("%v %v;", row["name"], row["issued"])
			if fmt.Sprintln(row["by"], row["gain_minor"], row["texts"], row["expected_minor"]) != by+" 0 0 <nil>\n" {
				t.Errorf("by %s: %v", by, row)
			}
		}
		if got != want {
			t.Errorf("by %s: %q, want %q", by, got, want)
		}
	}
	s.run("report", "store", "--by", "source").done().says("(none)", "What became of the coupons", "too few of", "Left over", "50 % of full prices")
	s.run("report", "store", "--by", "month", "--lang", "pt-BR").done().says("nov 2026", "Quanto custaram e trouxeram")
	s.run("report", "store", "--by", "month", "--to", "2026-10-31").done().says("No coupon was issued on these days.")
	csv := strings.Split(s.run("report", "store", "--by", "register", "--csv").done().out, "\n")
	if len(csv) != 4 || !strings.HasPrefix(csv[0], "by,key,name,issued,issued_face_minor") || !strings.Contains(csv[2], ",Till 2,1,2400,") {
		t.Errorf("%q", csv)
	}
	s.run("report", "store", "--by", "weather", "--json").refused(cli.ExitUsage, engine.CodeByUnknown)
}

func TestListsOfATillASourceAndAnAd(t *testing.T) {
	s := soldAtTwoTills(t)
	for _, list := range []string{"sale", "coupon"} {
		for _, c := range []struct {
			flags []string
			want  int
		}{
			{nil, 3},
			{[]string{"--till", "till 2"}, 1},
			{[]string{"--till", "Caixa 1"}, 2},
			{[]string{"--source", "web"}, 1},
			{[]string{"--ad", "spring", "--till", "Caixa 1"}, 1},
			{[]string{"--ad", "spring", "--till", "Till 2"}, 0},
			{[]string{"--source", "Web"}, 0},
		} {
			if got := len(s.run(append([]string{list, "list", "--json"}, c.flags...)...).done().items()); got != c.want {
				t.Errorf("%s list %v: %d, want %d", list, c.flags, got, c.want)
			}
		}
		s.run(list, "list", "--till", "Till 9", "--json").refused(cli.ExitRefused, cli.CodeTillUnknown)
	}
	if out := s.run("export", "sales", "--till", "Till 2").done().out; strings.Count(out, "\n") != 2 {
		t.Errorf("%q", out)
	}
	if a := s.run("sale", "list", "--till", "Till 9"); !strings.Contains(a.err, "Caixa 1") {
		t.Errorf("the tills are not named: %s", a.err)
	}
}

func TestReportPagesHaveTheirTimeLine(t *testing.T) {
	s := brazil(t)
	s.imports("A,2026-10-06", "B,2026-10-13", "A,2026-10-20", "B,2026-11-17")
	page := s.dir + "/store.html"
	s.run("report", "store", "--html", page).done()
	raw, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(raw), "Coupons issued and used in each week") {
		t.Errorf("%v: %s", err, raw)
	}
	l := s.run("report", "liability", "--json").done()
	if ages := l.get("ages").([]any); len(ages) != 0 {
		t.Errorf("ages %v", ages)
	}
	s.sell("100")
	s.now += 8 * 86_400_000
	s.sell("100")
	ages := s.run("report", "liability", "--json").done().get("ages").([]any)
	if got := fmt.Sprint(ages); got != "[map[coupons:1 face_minor:2000 from:2026-11-22 to:2026-11-28 weeks_ago:0] map[coupons:1 face_minor:2000 from:2026-11-15 to:2026-11-21 weeks_ago:1]]" {
		t.Errorf("ages %s", got)
	}
	s.run("report", "liability").done().says("By the week in which they were issued", "15/11/2026 to 21/11/2026")
}
