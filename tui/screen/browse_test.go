package screen_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// marked is the line with the marker.
func (o *office) marked() string {
	o.t.Helper()
	for _, l := range strings.Split(o.view(120, 40), "\n") {
		if strings.HasPrefix(l, kit.Marker) {
			return l
		}
	}
	return ""
}

func TestFilters(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.press("1", "s", "s", "s")
	o.sees("state: voided", "Nothing matches these filters. 0 takes all filters away.")
	o.press("0")
	o.sees("state: all", "181,00", "213,00")
	o.press("d")
	o.sees("dates: today", "213,00")
	o.lacks("181,00")
	o.press("d", "d", "d")
	o.sees("dates: this month")
	o.lacks("181,00")
	o.press("0", "t")
	o.at("from–to")
	o.typed("20/11")
	o.press("tab")
	o.typed("19/11")
	o.press("ctrl+s")
	o.sees("before the first")
	o.fill("21/11")
	o.sees("20/11/2026 – 21/11/2026")
	o.press("enter")
	o.at("Sales")
	if v := o.view(120, 40); strings.Index(v, "dates:") > strings.Index(v, "state:") {
		t.Errorf("a filter in force does not stand first:\n%s", v)
	}
	o.sees("dates: 20/11 – 21/11", "181,00", "90,00")
	o.lacks("213,00")
}

func TestFilterByCustomer(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.press("1", "c")
	o.typed("nobody")
	o.press("enter")
	o.sees("Nobody was found for “nobody”")
	o.press("c")
	o.typed("maria")
	o.press("enter")
	o.sees("customer: Maria Silva", "181,00", "213,00")
	o.lacks("90,00")
	o.press("c", "enter")
	o.sees("customer: all", "90,00")
	o.press("c")
	o.typed("s") // Silva and Souza
	o.press("enter")
	o.sees("Which of these?", kit.Marker+"João Souza", "all")
	o.typed("jo")
	o.press("enter")
	o.sees("customer: João Souza", "90,00")
	o.lacks("181,00")
}

func TestFilterByCampaignAndPerson(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.as("Bruno", engine.Cashier)
	o.owner = o.actor
	o.sell("", "", 12_00, nil, "")
	o.press("1", "h")
	o.typed("bru")
	o.press("enter")
	o.sees("by: Bruno", "12,00")
	o.lacks("45,50")
	o.press("0", "g")
	o.sees("Which campaign?", "Welcome back")
	o.press("down", "enter")
	o.sees("campaign: Welcome back", "45,50")
}

func TestSearchAndScan(t *testing.T) {
	o := newOffice(t)
	first, _, _ := o.year()
	o.press("1", "/")
	o.typed("A-1001")
	o.press("enter")
	o.sees("181,00")
	o.lacks("213,00")
	o.press("esc")
	o.sees("213,00")
	o.press("esc", "2")
	o.run(o.top().Event(kit.Scan{Text: first.Issued.Code}))
	o.sees(engine.ShowCode(first.Issued.Code))
	o.lacks("1XG8-Z645")
}

// TestCodeIsSearchedWhenWhole: until then the rows stay and a hint says what
// is missing.
func TestCodeIsSearchedWhenWhole(t *testing.T) {
	o := newOffice(t)
	first, _, _ := o.year()
	code := first.Issued.Code
	wrong := code[:7] + "0"
	if code[7] == '0' {
		wrong = code[:7] + "1"
	}
	o.press("2", "/")
	o.typed(code[:4])
	o.sees("4 of 8 symbols", "1XG8-Z645")
	o.fill(wrong)
	o.sees("the check symbol does not fit", "1XG8-Z645")
	o.fill("maria silva")
	o.sees("not a code", "1XG8-Z645")
	o.lacks("could not be read", "is not a coupon code")
	o.fill(code)
	o.sees(engine.ShowCode(code))
	o.lacks("1XG8-Z645", "symbol")
}

func TestEscGoesBackToTheSameRow(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.press("1", "down", "down")
	row := o.marked()
	o.press("enter", "c", "esc", "esc")
	o.at("Sales")
	if got := o.marked(); got != row {
		t.Errorf("at %q, was at %q", got, row)
	}
}

// TestRefreshKeepsThePlace reads a list of several pages, goes deep into it,
// and has another till record a sale.
func TestRefreshKeepsThePlace(t *testing.T) {
	o := newOffice(t)
	for i := range 130 {
		o.sell("", "", engine.Minor(i+1)*100, nil, fmt.Sprintf("R-%03d", i))
	}
	o.press("1", "end", "end", "end")
	if row := o.marked(); !strings.Contains(row, "R-000") {
		t.Fatalf("the end is %q", row)
	}
	for range 40 {
		o.press("up")
	}
	row := o.marked()
	o.sell("", "", 999_00, nil, "R-NEW")
	o.take(screen.ChangedMsg{})
	if got := o.marked(); got != row {
		t.Errorf("after a change at %q, was at %q", got, row)
	}
	o.press("home")
	if got := o.marked(); !strings.Contains(got, "R-NEW") {
		t.Errorf("the newest is %q", got)
	}
}

func TestListWithoutASearchTakesNone(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.press("6", "/", "x")
	o.lacks("/ x", "search")
	o.run(o.top().Event(kit.Scan{Text: "K7PM4T9Q"}))
	o.sees("sale recorded")
	o.lacks("K7PM4T9Q")
	o.press("s")
	o.sees("what: sales")
	o.lacks("campaign made")
	o.press("down", "enter")
	o.at("Entry")
	o.press("s")
	o.at("Sale")
}

func TestLaterYearsAreWrittenOut(t *testing.T) {
	o := newOffice(t)
	o.sell("", "", 10_00, nil, "")
	o.press("1")
	o.sees("20/11 14:31")
	o.press("esc")
	o.later(60 * 24 * time.Hour)
	o.press("1")
	o.sees("20/11/2026")
}

func TestSalespersonSeesTheirOwn(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.as("Sara", engine.Salesperson)
	o.press("1")
	o.lacks("213,00")
	o.sees("No sales yet")
	o.press("esc", "6")
	if o.need == nil || o.need.Permission != engine.MaySeeAudit {
		t.Errorf("asked for %+v", o.need)
	}
}
