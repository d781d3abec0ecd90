package kit

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/skip2/go-qrcode"
)

func TestGlyphs(t *testing.T) {
	seen := map[string]rune{}
	for r, g := range glyphs {
		shape := strings.Join(g[:], "\n")
		if other, twice := seen[shape]; twice {
			t.Errorf("%c and %c look the same", r, other)
		}
		seen[shape] = r
		for _, row := range g {
			if len(row) != len(g[0]) || strings.Trim(row, "#.") != "" {
				t.Errorf("%c: bad row %q", r, row)
			}
		}
	}
	for _, r := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-., " {
		if _, ok := glyphs[r]; !ok {
			t.Errorf("%q has no shape", r)
		}
	}
}

func TestBigGolden(t *testing.T) {
	for _, theme := range []Theme{Dark, Mono} {
		for _, w := range []int{40, 80, 120} {
			st := styles(theme)
			lines := Big{"DUE", "R$", "213", ",00"}.Lines(st, w)
			lines = append(lines, Big{"TOTAL", "KWD", "1.234.567.890", ",000"}.Lines(st, w)...)
			lines = append(lines, BigCode(st, "K7PM-4T9R", w)...)
			golden(t, fmt.Sprintf("big-%s-%d", themeName(theme), w), w, lines)
		}
	}
}

func TestBigFallsBack(t *testing.T) {
	b := Big{"DUE", "R$", "213", ",00"}
	if got := b.Lines(styles(Plain), 80); !slices.Equal(got, []string{Spaces(66) + "DUE  R$ 213,00"}) {
		t.Errorf("plain: %q", got)
	}
	if got := b.Lines(styles(Mono), 20); len(got) != 1 || got[0] != "      DUE  R$ 213,00" {
		t.Errorf("narrow: %q", got)
	}
	if got := (Big{Digits: "١٢"}).Lines(styles(Mono), 80); len(got) != 1 {
		t.Errorf("no large form: %q", got)
	}
	if got := BigCode(styles(Mono), "k7pm-4t9r", 20); !slices.Equal(got, []string{"k7pm-4t9r"}) {
		t.Errorf("narrow code: %q", got)
	}
	for w := range 90 {
		for _, l := range b.Lines(styles(Dark), w) {
			if Width(l) > w {
				t.Fatalf("%q in %d", l, w)
			}
		}
	}
}

// readQR reads half blocks back into modules, dark true.
func readQR(st *Styles, lines []string) [][]bool {
	var out [][]bool
	for _, l := range lines {
		var upper, lower []bool
		for _, r := range ansi.Strip(l) {
			dark := st.qrBlock == 'd'
			upper = append(upper, (r == '█' || r == '▀') == dark)
			lower = append(lower, (r == '█' || r == '▄') == dark)
		}
		out = append(out, upper, lower)
	}
	return out
}

func TestQR(t *testing.T) {
	const text = "K7PM-4T9R"
	want := modules(text)
	if len(want) != 21 {
		t.Fatalf("%d modules: not the smallest version", len(want))
	}
	noColor := lipgloss.NewRenderer(io.Discard)
	noColor.SetColorProfile(termenv.Ascii)
	if light := NewStyles(noColor, Light); light.qrBlock != 'd' {
		t.Error("on a light background without colours the dark modules are drawn")
	}
	if mono := NewStyles(noColor, Mono); mono.qrBlock != 'l' {
		t.Error("on a dark one the light ones")
	}
	for _, theme := range []Theme{Dark, Light, Mono} {
		st := styles(theme)
		for quiet, height := range map[int]int{4: 24, 2: 13} {
			lines := QR(st, text, 40, height)
			if len(lines) != (21+2*quiet+1)/2 || Width(lines[0]) != 21+2*quiet {
				t.Fatalf("%s: %d lines of %d", themeName(theme), len(lines), Width(lines[0]))
			}
			checkQR(t, st, lines, want, quiet)
			if colored := strings.Contains(lines[0], "\x1b[38;5;16;48;5;231m"); colored != (theme != Mono) {
				t.Errorf("%s: black on white is %v: %q", themeName(theme), colored, lines[0])
			}
		}
	}
	if QR(styles(Dark), text, 24, 40) != nil || QR(styles(Dark), text, 80, 12) != nil || QR(styles(Plain), text, 80, 40) != nil {
		t.Error("a code that does not fit, or cannot be seen, is not drawn")
	}
	if QR(styles(Dark), strings.Repeat("x", 5000), 800, 800) != nil {
		t.Error("no version holds 5000 bytes")
	}
}

// checkQR compares every module, light all around.
func checkQR(t *testing.T, st *Styles, lines []string, want [][]bool, quiet int) {
	t.Helper()
	got := readQR(st, lines)
	for y := range len(want) + 2*quiet {
		for x := range len(want) + 2*quiet {
			wx, wy := x-quiet, y-quiet
			dark := wx >= 0 && wy >= 0 && wx < len(want) && wy < len(want) && want[wy][wx]
			if got[y][x] != dark {
				t.Fatalf("quiet %d: module %d,%d is dark %v", quiet, x, y, got[y][x])
			}
		}
	}
}

func TestQRLevel(t *testing.T) {
	text := "https://casaazul.example/c/K7PM-4T9R"
	low, err := qrcode.New(text, qrcode.Low)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(modules(text)); got != 17+4*low.VersionNumber {
		t.Errorf("%d modules at version %d", got, low.VersionNumber)
	}
}

func TestQRGolden(t *testing.T) {
	for _, theme := range []Theme{Dark, Mono} {
		golden(t, "qr-"+themeName(theme), 40, QR(styles(theme), "K7PM-4T9R", 40, 15))
	}
}
