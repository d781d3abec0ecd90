// Package browse lets tests look at pages in a real browser: whether it
// complains of them, whether all fits, and on how many sheets they are printed.
package browse

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// patience is how long a browser may take for one page.
const patience = time.Minute

// browser finds a Chromium, or skips the test.
func browser(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium, chromium-browser or google-chrome is installed: pages are not looked at in a browser")
	return ""
}

// Save writes a page to a file of its own.
func Save(t testing.TB, page string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Open runs a headless browser on a file, without a network, and gives what it
// wrote. Anything the page complains of fails the test, such as whatever it
// tries to fetch against its own policy.
func Open(t testing.TB, file string, args ...string) string {
	t.Helper()
	path := browser(t)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	args = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-extensions",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--allow-file-access-from-files", "--enable-logging=stderr", "--virtual-time-budget=3000",
		"--user-data-dir=" + t.TempDir(),
	}, args...)
	cmd := exec.CommandContext(ctx, path, append(args, "file://"+file)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("the browser ended with %v: %s", err, stderr.String())
	}
	for line := range strings.SplitSeq(stderr.String(), "\n") {
		if strings.Contains(line, "CONSOLE") {
			t.Errorf("the browser complains: %s", line)
		}
	}
	return stdout.String()
}

// frames shows a page in frames of some widths and writes down how wide it is
// in each, how many parts it shows, which have no size, and which lie outside.
const frames = `<!doctype html><title>-</title>%s<script>
addEventListener("load", () => {
  document.title = [...document.querySelectorAll("iframe")].map(f => {
    const d = f.contentDocument, all = [...d.querySelectorAll("h1,h2,svg,rect,tbody th,td,li,dd,p,footer")].filter(e => e.textContent || e.closest("svg"));
    const empty = all.filter(e => { const r = e.getBoundingClientRect(); return !(r.width > 0 && r.height > 0) && !e.closest(".hidden") });
    const outside = [...d.querySelectorAll("text,path,rect,svg,h1,h2,p,dd,li,td,th")].filter(e => {
      const r = e.getBoundingClientRect(); return r.width > 0 && !e.closest(".scroll") && (r.left < -0.5 || r.right > f.clientWidth + 0.5) });
    return [f.width, d.documentElement.scrollWidth, all.length, empty.length, [...empty, ...outside].map(e => e.outerHTML.slice(0, 90))].join(" ");
  }).join("|");
});
</script>`

// Fits shows pages at some widths and fails the test if one is wider than that,
// or if some part of it has no size or lies outside. It gives how many parts
// were looked at.
func Fits(t testing.TB, pages []string, widths ...int) int {
	t.Helper()
	inside, want, parts := "", []int(nil), 0
	dir := t.TempDir()
	for i, page := range pages {
		name := fmt.Sprintf("page%d.html", i)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, width := range widths {
			inside += fmt.Sprintf(`<iframe width="%d" height="900" frameborder="0" src="%s"></iframe>`, width, name)
			want = append(want, width)
		}
	}
	outer := filepath.Join(dir, "frames.html")
	if err := os.WriteFile(outer, fmt.Appendf(nil, frames, inside), 0o600); err != nil {
		t.Fatal(err)
	}
	title := regexp.MustCompile(`<title>([^<]*)</title>`).FindStringSubmatch(Open(t, outer, "--dump-dom"))
	if title == nil {
		t.Fatal("nothing was measured")
	}
	seen := strings.Split(title[1], "|")
	if len(seen) != len(want) {
		t.Fatalf("%d frames of %d were measured", len(seen), len(want))
	}
	for i, frame := range seen {
		parts += fits(t, frame, i/len(widths), want[i])
	}
	return parts
}

// fits judges what was measured in one frame.
func fits(t testing.TB, seen string, page, want int) int {
	t.Helper()
	var width, scroll, parts, empty int
	if _, err := fmt.Sscan(seen, &width, &scroll, &parts, &empty); err != nil || width != want {
		t.Fatalf("measured %q (%v)", seen, err)
	}
	if rest := strings.SplitN(seen, " ", 5)[4]; scroll > width || rest != "" {
		t.Errorf("page %d at %d pixels is %d wide, %d of %d parts have no size; outside or empty: %s", page, width, scroll, empty, parts, rest)
	}
	return parts
}

var sheet = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// Sheets prints a page and gives how many sheets that takes.
func Sheets(t testing.TB, page string) int {
	t.Helper()
	to := filepath.Join(t.TempDir(), "page.pdf")
	Open(t, Save(t, page), "--print-to-pdf="+to, "--no-pdf-header-footer")
	pdf, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return len(sheet.FindAll(pdf, -1))
}

// EnvPictures names a folder for pictures of pages, for a person to look at.
const EnvPictures = "BOUNCEBACK_PICTURES"

// Picture takes a picture of a page as a file of a name, if one is asked for.
func Picture(t testing.TB, page, name string, args ...string) {
	t.Helper()
	if dir := os.Getenv(EnvPictures); dir != "" {
		Open(t, Save(t, page), append([]string{"--hide-scrollbars", "--screenshot=" + filepath.Join(dir, name)}, args...)...)
	}
}

// OnPaper is a page that shows on a screen what would be printed.
func OnPaper(page string) string { return strings.ReplaceAll(page, "@media print", "@media all") }
