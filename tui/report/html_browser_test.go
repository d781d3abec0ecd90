package report

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
)

// browser finds a Chromium, or skips the test.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium, chromium-browser or google-chrome is installed: pages are not looked at in a browser")
	return ""
}

// browse runs a headless browser on a file, without a network, and gives what
// it wrote and what its pages complained of.
func browse(t *testing.T, file string, args ...string) (out, complaints string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	args = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-extensions",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--allow-file-access-from-files", "--enable-logging=stderr", "--virtual-time-budget=3000",
		"--user-data-dir=" + t.TempDir(),
	}, args...)
	cmd := exec.CommandContext(ctx, browser(t), append(args, "file://"+file)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("the browser ended with %v: %s", err, stderr.String())
	}
	for _, line := range strings.Split(stderr.String(), "\n") {
		if strings.Contains(line, "CONSOLE") {
			complaints += line + "\n"
		}
	}
	return stdout.String(), complaints
}

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

// saved writes a page to a file of its own.
func saved(t *testing.T, page string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// frames shows a page in frames of some widths and writes down how wide it is
// in each, how many drawings and cells it shows, and which have no size.
const frames = `<!doctype html><title>-</title>%s<script>
addEventListener("load", () => {
  document.title = [...document.querySelectorAll("iframe")].map(f => {
    const d = f.contentDocument, all = [...d.querySelectorAll("h1,h2,svg.chart,rect.rail,tbody th,.legend li,dd,footer")];
    const empty = all.filter(e => { const r = e.getBoundingClientRect(); return !(r.width > 0 && r.height > 0) });
    const outside = [...d.querySelectorAll("text,path,rect,h1,h2,p,dd,li")].filter(e => {
      const r = e.getBoundingClientRect(); return r.width > 0 && !e.closest(".scroll") && (r.left < -0.5 || r.right > f.clientWidth + 0.5) });
    return [f.width, d.documentElement.scrollWidth, all.length, empty.length, outside.map(e => e.outerHTML.slice(0, 90))].join(" ");
  }).join("|");
});
</script>`

// TestPageInABrowser opens a page at the width of a phone and of a desk:
// nothing is complained of, nothing lies outside, all has a size.
func TestPageInABrowser(t *testing.T) {
	page := pageOf(t, full())
	file := saved(t, page)
	if out, complaints := browse(t, file, "--dump-dom"); complaints != "" || !strings.Contains(out, "Casa Azul") {
		t.Errorf("the browser complains: %s\n%.300s", complaints, out)
	}
	inside := ""
	for _, width := range []int{360, 1200} {
		inside += fmt.Sprintf(`<iframe width="%d" height="900" frameborder="0" src="%s"></iframe>`, width, filepath.Base(file))
	}
	outer := filepath.Join(filepath.Dir(file), "frames.html")
	if err := os.WriteFile(outer, []byte(fmt.Sprintf(frames, inside)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, complaints := browse(t, outer, "--dump-dom")
	title := regexp.MustCompile(`<title>([^<]*)</title>`).FindStringSubmatch(out)
	if complaints != "" || title == nil {
		t.Fatalf("nothing was measured: %s %.500s", complaints, out)
	}
	for i, seen := range strings.Split(title[1], "|") {
		var width, scroll, n, empty int
		if _, err := fmt.Sscan(seen, &width, &scroll, &n, &empty); err != nil || width != []int{360, 1200}[i] || n < 100 {
			t.Fatalf("measured %q (%v)", seen, err)
		}
		if rest := strings.SplitN(seen, " ", 5)[4]; scroll > width || empty > 0 || rest != "" {
			t.Errorf("at %d pixels the page is %d wide, %d of %d parts have no size, outside: %s", width, scroll, empty, n, rest)
		}
	}
}

// TestPageOnPaper prints a short report and a long one.
func TestPageOnPaper(t *testing.T) {
	short := Doc{Title: "Owed to customers", Store: "Casa Azul", Blocks: []Block{blocks()["facts"], blocks()["lines"]}}
	for _, c := range []struct {
		doc         Doc
		least, most int // by the fonts there are
	}{{short, 1, 1}, {full(), 4, 6}} {
		to := filepath.Join(t.TempDir(), "page.pdf")
		browse(t, saved(t, pageOf(t, c.doc)), "--print-to-pdf="+to, "--no-pdf-header-footer")
		pdf, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1)); n < c.least || n > c.most {
			t.Errorf("%s is printed on %d pages, want %d to %d", c.doc.Title, n, c.least, c.most)
		}
	}
}

// TestScreenshots makes pictures for a person to look at, where one asks for
// them: BOUNCEBACK_PICTURES names a folder.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("BOUNCEBACK_PICTURES")
	if dir == "" {
		t.Skip("BOUNCEBACK_PICTURES names no folder to put pictures in")
	}
	file := saved(t, pageOf(t, full()))
	browse(t, file, "--screenshot="+filepath.Join(dir, "light.png"), "--window-size=1000,3000")
	browse(t, file, "--screenshot="+filepath.Join(dir, "dark.png"), "--window-size=1000,3000", "--blink-settings=preferredColorScheme=0")
	browse(t, file, "--screenshot="+filepath.Join(dir, "phone.png"), "--window-size=500,3000")
	paper := strings.ReplaceAll(pageOf(t, full()), "@media print", "@media all")
	browse(t, saved(t, paper), "--screenshot="+filepath.Join(dir, "paper.png"), "--window-size=690,3400", "--hide-scrollbars")
	browse(t, file, "--print-to-pdf="+filepath.Join(dir, "print.pdf"), "--no-pdf-header-footer")
}
