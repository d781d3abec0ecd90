package report

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/browse"
)

// full is a report of all kinds of blocks, as long as reports are.
func full() Doc {
	d := Doc{Title: "Campaigns", Store: "Casa Azul", Span: "01/10/2026 to 20/11/2026"}
	all := blocks()
	d.Add(Text{Strong, "9,5 % came back: 39 of 412 coupons whose time ended were used, with 95 % certainty between 7,0 % and 12,7 %."},
		Text{Text: "That is too close to the goal of 10 % to tell."}, Text{Faint, "Who came back is told of the coupons whose time is over."},
		all["facts"], Text{Bad, "2 texts are unknown since yesterday."}, Text{Good, "The backup is of today."}, all["text"], all["bars"], all["long"], all["lines"], weeks(), all["grid"], cohorts(), all["empty"])
	table := Table{Title: "Every campaign", Columns: []Column{
		{"Campaign", Left}, {"State", Left}, {"Issued", Right}, {"Redeemed", Right}, {"They came back", Right}, {"Discount given", Right}, {"Sales brought", Right}, {"Last day", Right},
	}}
	for i := range 60 {
		table.Rows = append(table.Rows, Row{Cells: []string{
			fmt.Sprintf("Campaign number %d of the shop", i+1), "active", "1.412", "139", "9,8 %", "R$ 4.170,00", "R$ 25.993,00", "20/11/2026",
		}})
	}
	table.Rows[3].Tone, table.Rows[5].Tone, table.Rows[7].Tone = Warn, Bad, Faint
	d.Add(table)
	return d
}

func weeks() Lines {
	l := Lines{Title: "Issued and redeemed by week", Series: []Series{{Name: "Issued"}, {Name: "Redeemed"}, {Name: "Expired"}, {Name: "Voided"}}}
	for i := range int64(52) {
		l.Series[0].Points = append(l.Series[0].Points, Point{i, 80 + i%9*5})
		l.Series[1].Points = append(l.Series[1].Points, Point{i, 10 + i%7*2 + i/3})
		l.Series[2].Points = append(l.Series[2].Points, Point{i, 40 + i%5*4})
		l.Series[3].Points = append(l.Series[3].Points, Point{i, i % 4})
		if i%4 == 0 {
			l.XTicks = append(l.XTicks, Tick{i, fmt.Sprintf("%d Oct", i+1)})
		}
	}
	for _, y := range []int64{0, 50, 100, 150} {
		l.YTicks = append(l.YTicks, Tick{y, strconv.FormatInt(y, 10)})
	}
	return l
}

func cohorts() Grid {
	g := Grid{Title: "Who came back, by month", Corner: "First bought"}
	for i := range 12 {
		g.Columns = append(g.Columns, strconv.Itoa(i))
		row := GridRow{Name: fmt.Sprintf("%02d/2026", i+1)}
		for k := range 12 - i {
			row.Cells = append(row.Cells, GridCell{Text: fmt.Sprintf("%d %%", 100-9*k), Shade: engine.BP(10000 - 900*k)})
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// TestPageInABrowser opens a page at the width of a phone and of a desk:
// nothing is complained of, nothing lies outside, all has a size.
func TestPageInABrowser(t *testing.T) {
	page := pageOf(t, full())
	if out := browse.Open(t, browse.Save(t, page), "--dump-dom"); !strings.Contains(out, "Every campaign") {
		t.Errorf("not shown: %.300s", out)
	}
	if n := browse.Fits(t, []string{page}, 360, 1200); n < 2*500 {
		t.Errorf("only %d parts were looked at", n)
	}
	browse.Picture(t, page, "light.png", "--window-size=1000,3000")
	browse.Picture(t, page, "dark.png", "--window-size=1000,3000", "--blink-settings=preferredColorScheme=0")
	browse.Picture(t, page, "phone.png", "--window-size=500,3000")
	browse.Picture(t, browse.OnPaper(page), "paper.png", "--window-size=690,3400")
}

// TestPageOnPaper prints a short report and a long one.
func TestPageOnPaper(t *testing.T) {
	short := Doc{Title: "Owed to customers", Store: "Casa Azul", Blocks: []Block{blocks()["facts"], blocks()["lines"]}}
	for _, c := range []struct {
		doc         Doc
		least, most int // by the fonts there are
	}{{short, 1, 1}, {full(), 4, 6}} {
		if n := browse.Sheets(t, pageOf(t, c.doc)); n < c.least || n > c.most {
			t.Errorf("%s is printed on %d pages, want %d to %d", c.doc.Title, n, c.least, c.most)
		}
	}
}
