package screen_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/engine"
)

// TestDeskFiguresHaveAsManyRows: the sales that a figure of the month leads to
// are as many as it says, voided ones aside.
func TestDeskFiguresHaveAsManyRows(t *testing.T) {
	o := deskOpen(t)
	got := o.sell("+5511912345600", "", 90_00, nil, "")
	_, err := o.db.ReverseSale(context.Background(), o.owner, engine.Reversal{SaleID: got.Sale.ID, Reason: "typed twice"})
	o.must(err)
	v, err := o.db.Overview(context.Background(), o.owner)
	o.must(err)
	month := v.Month.Now
	if month.Sales == 0 || month.Used.Coupons == 0 {
		t.Fatalf("the test proves nothing: %+v", month)
	}
	for state, want := range map[string]int64{engine.SalesKept: month.Sales, engine.SalesRedeeming: month.Used.Coupons} {
		p, err := o.db.Sales(context.Background(), o.owner, engine.Filter{From: month.From, To: month.To, State: state, Limit: engine.MostPage})
		o.must(err)
		if int64(len(p.Items)) != want {
			t.Errorf("%s: %d rows, the desk says %d", state, len(p.Items), want)
		}
	}
	p, err := o.db.Coupons(context.Background(), o.owner, engine.Filter{From: month.From, To: month.To, Limit: engine.MostPage})
	o.must(err)
	if int64(len(p.Items)) != month.Issued {
		t.Errorf("%d coupons, the desk says %d", len(p.Items), month.Issued)
	}
}

// TestStoreReportLeadsToWhatEnded: from who came back to the coupons whose last
// day was one of the report's, and 0 takes that away again.
func TestStoreReportLeadsToWhatEnded(t *testing.T) {
	o := deskOpen(t)
	o.press("5")
	o.at("The shop")
	o.sees("17 %")
	for !strings.Contains(o.view(80, 40), "> They came back") {
		o.press("down")
	}
	o.press("enter")
	o.at("Coupons · last day 25/01 – 24/04")
	o.sees("s state: not voided")
	o.press("0")
	o.lacks("last day 25/01", "not voided")
	o.press("esc")
	o.sees("> They came back")
}

// TestSegmentIsNamed: the list of a segment says which it is and how many, until
// 0 shows everybody.
func TestSegmentIsNamed(t *testing.T) {
	o := deskOpen(t)
	o.press("c", "down", "enter")
	o.at("Customers · loyal · 6")
	o.press("0")
	o.at("Customers")
}

// TestReportInASmallWindow cuts headings, never numbers, and names no key that
// does nothing.
func TestReportInASmallWindow(t *testing.T) {
	o := reportOpen(t, "s")
	v := o.view(40, 12)
	if !strings.Contains(v, "R$ 4.680") || strings.Contains(v, "…\n  ") && strings.Contains(v, "R$ 4…") {
		t.Errorf("a number is cut:\n%s", v)
	}
	o = reportOpen(t, "w")
	for _, size := range [][2]int{{40, 12}, {80, 24}} {
		if v := o.view(size[0], size[1]); strings.Contains(v, "Enter") || strings.Contains(v, "columns") {
			t.Errorf("a key that does nothing:\n%s", v)
		}
	}
}

// TestReportSaysWhereItIsSaved with its folder.
func TestReportSaysWhereItIsSaved(t *testing.T) {
	t.Chdir(t.TempDir())
	o := reportOpen(t, "s")
	o.press("e", "ctrl+u")
	o.typed("x.txt")
	o.press("enter")
	whole, err := filepath.Abs("x.txt")
	o.must(err)
	if got := strings.Join(strings.Fields(o.view(200, 24)), " "); !strings.Contains(got, whole) {
		t.Errorf("%q is not said:\n%s", whole, got)
	}
}

// TestReportDatesOfAReport: a last day before the first says so of a report, not
// of a campaign.
func TestReportDatesOfAReport(t *testing.T) {
	o := reportOpen(t, "s")
	o.press("t")
	o.fill("07/03/2027")
	o.press("tab")
	o.fill("02/03/2027")
	o.press("enter")
	o.sees("lies before the first")
	o.lacks("campaign")
}
