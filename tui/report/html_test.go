package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// nasty is a title that would do harm if it were not escaped.
const nasty = `<script>alert("1")</script> & 'Sons' </style>`

// blocks are one of each kind, by name.
func blocks() map[string]Block {
	return map[string]Block{
		"text":  Text{Warn, nasty},
		"facts": Facts{"This month", []Fact{{Label: "Sales", Value: "R$ 84.210"}, {Label: "They came back", Value: "9,5 %", Tone: Good}, {Label: nasty, Value: nasty}}},
		"table": Table{Title: "By campaign", Columns: []Column{{"Campaign", Left}, {"Issued", Right}, {"They came back", Right}}, Rows: []Row{
			{Cells: []string{nasty, "1.412", "9,5 %"}, Tone: Bad}, {Cells: []string{"Spring", "88"}},
		}},
		"empty": Table{Title: "Lost", Columns: []Column{{"Customer", Left}}, Empty: "Nobody is lost."},
		"bars":  Bars{Title: "Redeemed by week", Bars: []Bar{{Label: "5 Oct", Value: "12", Size: 12}, {Label: "12 Oct", Value: "0"}, {Label: "19 Oct", Value: "24", Size: 24}}},
		"long": Bars{Title: "Given by campaign", Bars: []Bar{
			{Label: nasty, Value: "R$ 1.204.000,00", Size: 1 << 62}, {Label: "Second coffee at half price", Value: "R$ 1", Size: 1},
		}},
		"lines": Lines{
			Title: "Back within days", Step: true, Goal: 30, Series: []Series{
				{Name: "With a coupon", Points: []Point{{0, 0}, {10, 20}, {30, 45}}, Band: []Span{{0, 0}, {15, 25}, {38, 52}}},
				{Name: nasty, Points: []Point{{0, 0}, {15, 12}, {30, 33}}},
			},
			XTicks: []Tick{{0, "0"}, {10, "10 days"}, {20, "20 days"}, {30, "30 days"}}, YTicks: []Tick{{0, "0 %"}, {30, "30 %"}, {60, "60 %"}},
		},
		"grid": Grid{Title: "Cohorts", Corner: "First bought", Columns: []string{"1", "2", nasty}, Rows: []GridRow{
			{Name: nasty, Cells: []GridCell{{Text: "100 %", Shade: 10000}, {Text: "42 %", Shade: 4200}, {Text: "7 %", Shade: 700}}}, {Name: "February", Cells: []GridCell{{Text: "100 %", Shade: 20000}, {}}},
		}},
	}
}

func pageOf(t *testing.T, d Doc) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteHTML(&out, d, "en", "Made on 20/11/2026 15:00 with Bounceback."); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPageOfEachBlock(t *testing.T) {
	for name, b := range blocks() {
		page := pageOf(t, Doc{Title: nasty, Store: "Casa Azul", Span: "01/11/2026 to 20/11/2026", Blocks: []Block{b}})
		if strings.Contains(page, "<script") || strings.Count(page, "</style>") != 1 {
			t.Errorf("%s: a text of the shop got through as it is", name)
		}
		_, body, _ := strings.Cut(page, "</style>")
		golden := filepath.Join("testdata", name+".html")
		if *update {
			if err := os.WriteFile(golden, []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || string(want) != body {
			t.Errorf("%s is not as in %s (%v): run with -update and look at it\n%s", name, golden, err, body)
		}
	}
}

var drawn = regexp.MustCompile(`(?s)<svg[^>]*class="key".*?</svg>|<svg[^>]*class="chart".*?</svg>\n`)

// TestDrawingsAreWellFormed reads each drawing as XML, and what it says to
// whoever does not see it.
func TestDrawingsAreWellFormed(t *testing.T) {
	all := blocks()
	for _, name := range []string{"bars", "long", "lines"} {
		found := drawn.FindAllString(pageOf(t, Doc{Title: "x", Blocks: []Block{all[name]}}), -1)
		if len(found) == 0 {
			t.Fatalf("%s: no drawing", name)
		}
		for _, svg := range found {
			if strings.Contains(svg, "class=\"chart\"") && (!strings.Contains(svg, `role="img"`) || !strings.Contains(svg, "<title") || !strings.Contains(svg, "<desc")) {
				t.Errorf("%s is not named: %s", name, svg)
			}
			for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
				if _, err := dec.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v in %s", name, err, svg)
				}
			}
		}
	}
}

func TestPageNeedsNothingElse(t *testing.T) {
	d := Doc{Title: "x"}
	for _, b := range blocks() {
		d.Add(b)
	}
	page := pageOf(t, d)
	for _, bad := range []string{"url(", "@import", "src=", "onload", "javascript:"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	for _, ref := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ref[1] != "data:," {
			t.Errorf("the page leads to %s", ref[1])
		}
	}
}

func TestChartsOfAlmostNothing(t *testing.T) {
	for name, b := range map[string]Block{
		"no line": Lines{Title: "x"}, "no point": Lines{Series: []Series{{Name: "a"}}}, "no bar": Bars{},
		"one point": Lines{Series: []Series{{Name: "a", Points: []Point{{5, 5}}, Band: []Span{{1, 9}}}}},
		"flat":      Lines{Series: []Series{{Name: "a", Points: []Point{{5, 0}, {6, 0}}}}},
		"negative":  Lines{Series: []Series{{Name: "a", Points: []Point{{-5, -7}, {6, -3}}}}, YTicks: []Tick{{-10, "-10"}}},
		"zero bars": Bars{Bars: []Bar{{Label: "a", Value: "0"}}},
		"long row":  Table{Columns: []Column{{"a", Left}}, Rows: []Row{{Cells: []string{"1", "2", "3"}}}},
	} {
		d := Doc{Title: "x", Blocks: []Block{b}}
		page := pageOf(t, d)
		for _, bad := range []string{"NaN", "%!", `width="-`, `height="-`, ` x="-`, ` y="-`, "ZgotmplZ"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page has %s: %s", name, bad, page)
			}
		}
		if err := WriteText(io.Discard, d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPart(t *testing.T) {
	for _, c := range []struct{ size, most, whole, want int64 }{
		{0, 10, 30, 0}, {10, 10, 30, 30}, {5, 10, 30, 15}, {1, 0, 30, 0}, {-1, 10, 30, 0}, {11, 10, 30, 30}, {1 << 61, 1 << 62, 10000, 5000},
	} {
		if got := part(c.size, c.most, c.whole); got != c.want {
			t.Errorf("part(%d, %d, %d) is %d, want %d", c.size, c.most, c.whole, got, c.want)
		}
	}
}

// TestContrast reads the page's colours and checks that what is written in them
// has the contrast of WCAG 2.2 AA, 4.5, on paper and screen, in light and dark.
func TestContrast(t *testing.T) {
	sets := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(pageCSS, -1)
	if len(sets) != 2 {
		t.Fatalf("%d sets of colours", len(sets))
	}
	n := 0
	for _, set := range sets {
		colours := map[string]string{}
		for _, c := range regexp.MustCompile(`--(\w+): (#\w{6})`).FindAllStringSubmatch(set[1], -1) {
			colours[c[1]] = c[2]
		}
		for _, name := range []string{"ink", "faint", "good", "warn", "bad", "k0", "k1", "k2", "k3"} {
			n++
			if got := contrast(t, colours[name], colours["paper"]); got < 4.5 {
				t.Errorf("%s %s has a contrast of %.2f", name, colours[name], got)
			}
		}
	}
	for _, s := range regexp.MustCompile(`\.(s\d+) \{ background: (#\w{6}); color: (#\w{6}); \}`).FindAllStringSubmatch(pageCSS, -1) {
		n++
		if got := contrast(t, s[2], s[3]); got < 4.5 {
			t.Errorf("shade %s has a contrast of %.2f", s[1], got)
		}
	}
	if n != 2*9+2*11 {
		t.Errorf("only %d pairs of colours were found", n)
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is WCAG's relative luminance of #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatalf("%s: %v", colour, err)
		}
		c := float64(v) / 255
		if c <= 0.03928 {
			sum += weight * c / 12.92
			continue
		}
		sum += weight * math.Pow((c+0.055)/1.055, 2.4)
	}
	return sum
}

// TestNoMarkOnALabel: where a series begins at nothing, the label of nothing
// stands at the other end; and a number and its sign stay on one line.
func TestNoMarkOnALabel(t *testing.T) {
	l := Lines{Series: []Series{{Points: []Point{{0, 0}, {10, 90}}}}, YTicks: []Tick{{0, "none"}, {50, "half"}}}
	got := svgLines(penOf(t, "en").Words, "b1", l)
	for _, want := range []string{`text-anchor="end">none<`, `x="0" y="106">half<`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if got := holdSigns("28 % e 39 %, R$ 46.291,00 de 100"); got != "28\u00a0% e 39\u00a0%, R$\u00a046.291,00 de 100" {
		t.Errorf("%q", got)
	}
}
