package report

import (
	"strings"
	"testing"
)

// TestTextOfEachBlock lays all kinds of blocks out as lines; what is only drawn
// leaves no gap.
func TestTextOfEachBlock(t *testing.T) {
	d := Doc{Title: "x", Blocks: []Block{
		Lines{Title: "not told"},
		Text{Strong, "The answer."},
		Facts{"Facts", []Fact{{Label: "Café", Value: "1"}, {Label: "Longer label", Value: "22"}}},
		Lines{Title: "not told"},
		Table{Title: "Table", Columns: []Column{{"Name", Left}, {"Amount", Right}}, Rows: []Row{{Cells: []string{"a", "1,00"}}, {Cells: []string{"bc", "1.000,00"}}}},
		Table{Title: "None", Columns: []Column{{"Name", Left}}, Empty: "Nothing yet."},
		Bars{Title: "Bars", Bars: []Bar{{Label: "a", Value: "3", Size: 3}, {Label: "b", Value: "30", Size: 30}, {Label: "c", Value: "0"}}},
		Grid{Title: "Grid", Corner: "of", Columns: []string{"0", "1"}, Rows: []GridRow{{"Jan", []GridCell{{Text: "100 %"}, {Text: "7 %"}}}, {"Feb", []GridCell{{Text: "100 %"}}}}},
	}}
	var out strings.Builder
	if err := WriteText(&out, d); err != nil {
		t.Fatal(err)
	}
	want := `The answer.

Facts
Café          1
Longer label  22

Table
Name    Amount
a         1,00
bc    1.000,00

None
Nothing yet.

Bars
a   3  ###
b  30  ` + strings.Repeat("#", barCells) + `
c   0

Grid
of       0    1
Jan  100 %  7 %
Feb  100 %
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
