package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/tui/cli"
)

// sixCustomers are the three, two who came lately, and one who has come back.
func sixCustomers(t *testing.T) *shop {
	t.Helper()
	s := threeCustomers(t)
	s.imports("D,2026-11-10", "E,2026-10-28", "E,2026-11-17", "F,2026-01-31", "F,2026-11-18")
	return s
}

// regulars are the six, G who comes every five days, and twenty who came once a
// year ago. So 30 gaps of 5 days, one of 10, two of 20, one of 30 and one of 291
// have ended, and the last wait of each of the 27 has not: by day 5 48 % have come
// back, by day 30 57 % and in the end 59 %, of which three in four are 44 % and 19
// in 20 are 56 %.
func regulars(t *testing.T) *shop {
	t.Helper()
	s := sixCustomers(t)
	day := time.Date(2026, 6, 18, 0, 0, 0, 0, time.UTC)
	var rows []string
	for i := range 31 {
		rows = append(rows, "G,"+day.AddDate(0, 0, 5*i).Format(time.DateOnly))
	}
	for i := range 20 {
		rows = append(rows, fmt.Sprintf("S%d,2025-12-01", i))
	}
	s.imports(rows...)
	return s
}

func TestCohortsForPrograms(t *testing.T) {
	s := sixCustomers(t)
	a := s.run("report", "cohorts", "--from", "2026-03-15", "--to", "2026-04-30", "--json").done()
	a.are("from", "2026-03", "through", "2026-04", "day", "2026-04-30", "soon_days", "30", "soon.new_customers", "3", "soon.back", "2",
		"soon.back_bp", "6667", "soon.back_low_bp", "2077", "soon.back_high_bp", "9385")
	csv := s.run("report", "cohorts", "--from", "2026-03-15", "--to", "2026-04-30", "--csv").done().out
	want := "cohort,new_customers,month,months_later,customers,share_bp,month_over\n" +
		"2026-03,3,2026-03,0,3,10000,true\n2026-03,3,2026-04,1,1,3333,true\n2026-04,0,2026-04,0,0,,true\n"
	if csv != want {
		t.Errorf("CSV is\n%swant\n%s", csv, want)
	}
	if n := len(s.run("report", "cohorts", "--json").done().get("cells").([]any)); n != 66 {
		t.Errorf("%d cells of the eleven months from January", n)
	}
	s.run("report", "cohorts", "--from", "2026-05-02", "--to", "2026-05-01", "--json").refused(cli.ExitUsage, engine.CodeBadSpan)
	s.run("report", "cohorts", "--csv", "--json").refused(cli.ExitUsage, cli.CodeUsageOneOf)
}

func TestCohortsForPeople(t *testing.T) {
	s := sixCustomers(t)
	a := s.run("report", "cohorts").done().says("Of 100 new customers 50 were back within 30 days; with 95 % certainty between 15 and 85. (2 of 4 who were new through Mar 2026;",
		"the month is not over")
	for _, line := range []string{
		"First bought in  New  30 days   +1  +2  +3  +4  +5  +6  +7  +8  +9   +10",
		"Jan 2026           1        0    0   0   0   0   0   0   0   0   0  100*",
		"Mar 2026           3       67   33   0   0   0   0   0   0  0*",
		"Oct 2026           1        – 100*",
		"Nov 2026           1        –",
		"All                6     (50)  (25)  (0)  (0)  (0)  (0)  (0)  (0)  (0)  (0)     –",
	} {
		if !strings.Contains(spaced(a.out), spaced(line)) {
			t.Errorf("no line %q in\n%s", line, a.out)
		}
	}
	s.run("report", "cohorts", "--from", "2026-11-01").done().says("Too early to tell how many come back")
	s.run("report", "cohorts", "--lang", "pt-BR").done().says("De 100 clientes novos, 50 voltaram")
	brazil(t).run("report", "cohorts").done().says("Nobody is known to have bought")
}

// spaced is a text with one space for many.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestSegmentsAndTheirCustomers(t *testing.T) {
	s := regulars(t)
	a := s.run("report", "customers", "--json").done().are("customers", "27", "day", "2026-11-20", "at_risk_after_days", "5", "lost_after_days", "30")
	segments := a.get("segments").([]any)
	for i, want := range []string{
		"best 2 741 33000", "loyal 0 0 0", "new 0 0 0", "won_back 1 370 2000", "at_risk 1 370 1000", "lost 23 8519 26000",
	} {
		m := segments[i].(map[string]any)
		if got := fmt.Sprint(m["segment"], " ", m["customers"], " ", m["share_bp"], " ", m["spent_minor"]); got != want {
			t.Errorf("segment is %s, want %s", got, want)
		}
	}
	if n := len(a.get("groups").([]any)); n != 25 {
		t.Errorf("%d groups", n)
	}
	for segment, numbers := range map[string]string{"lost": strings.Repeat("S", 20) + "CBA", "new": "", "won_back": "F", "loyal": "", "best": "GE", "at_risk": "D"} {
		got := ""
		for _, c := range s.run("customer", "list", "--segment", segment, "--json").done().items() {
			got += fmt.Sprint(c["number"])[:1]
		}
		if got != numbers {
			t.Errorf("%s are %q, want %q", segment, got, numbers)
		}
	}
	if csv := s.run("report", "customers", "--csv").done().out; !strings.HasPrefix(csv, "segment,customers,share_bp,sales,spent_minor\nbest,2,741,33,33000\n") {
		t.Errorf("CSV is %s", csv)
	}
	s.run("customer", "list", "--segment", "sleepy", "--json").refused(cli.ExitUsage, cli.CodeBadChoice)
}

func TestSegmentsForPeople(t *testing.T) {
	s := regulars(t)
	s.run("report", "customers").done().says("27 customers have bought so far. 1 are at risk and 23 are lost; 1 had been lost and were won back.",
		"After 5 days without a purchase", "won back  had been away so long", "days ago or more")
	s.run("report", "customers", "--lang", "pt-BR").done().says("27 clientes compraram até agora", "reconquistados")
	few := sixCustomers(t)
	few.run("report", "customers").done().says("anybody came back only 5 times")
	few.run("report", "customers", "--lang", "pt-BR").done().says("só 5 vezes alguém voltou")
	none := brazil(t)
	none.run("report", "customers").done().says("Nobody is known to have bought")
	none.imports("A,2026-03-01")
	none.run("report", "customers").done().says("Nobody has come back yet, so it cannot be told")
	none.run("report", "customers", "--json").done().are("at_risk_after_days", "", "lost_after_days", "")
}
