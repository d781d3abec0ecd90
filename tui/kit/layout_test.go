package kit

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// mixed are texts with what makes widths hard: wide runes, combining accents,
// joined emoji, styles.
var mixed = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"a", "Maria ", "ç", "e\u0301", "漢字", "日", "한", "👩\u200d🍳", "ｗ", "─", "█", "R$ 1.234,56", "\x1b[1mbold\x1b[0m", " ",
	}), 0, 12).Draw(t, "parts")
	return strings.Join(parts, "")
})

func TestWidths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := mixed.Draw(t, "a"), mixed.Draw(t, "b")
		w := rapid.IntRange(0, 60).Draw(t, "width")
		if got := Clip(a, w); Width(got) > w {
			t.Errorf("Clip(%q, %d) takes %d", a, w, Width(got))
		}
		for name, got := range map[string]string{"Fit": Fit(a, w), "FitRight": FitRight(a, w), "Spread": Spread(a, b, w)} {
			if Width(got) != w {
				t.Errorf("%s takes %d of %d: %q", name, Width(got), w, got)
			}
		}
		if Width(a) <= w && Clip(a, w) != a {
			t.Errorf("Clip changed %q, which fits %d", a, w)
		}
		for _, l := range Wrap(a, w) {
			if Width(l) > w {
				t.Errorf("Wrap(%q, %d) has %q", a, w, l)
			}
		}
	})
}

func TestWrapKeepsCodesWhole(t *testing.T) {
	for _, row := range []struct {
		text  string
		width int
		want  string
	}{
		{"for you! Code G8W8-FFRH, good through", 20, "for you! Code|G8W8-FFRH, good|through"},
		{"on 2026-11-20 at noon", 10, "on|2026-11-20|at noon"},
		{"a bounce-back coupon", 10, "a bounce-|back|coupon"},
		{"G8W8-FFRH", 6, "G8W8-F|FRH"},
	} {
		if got := strings.Join(Wrap(row.text, row.width), "|"); got != row.want {
			t.Errorf("%q in %d: %q, want %q", row.text, row.width, got, row.want)
		}
	}
}

func TestFrameNeverOverflows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(0, 50).Draw(t, "w"), rapid.IntRange(0, 20).Draw(t, "h")
		lines := rapid.SliceOfN(mixed, 0, 15)
		top, body, bottom := lines.Draw(t, "top"), lines.Draw(t, "body"), lines.Draw(t, "bottom")
		got := strings.Split(Frame(w, h, top, body, bottom), "\n")
		if len(got) > max(h, 1) {
			t.Fatalf("%d lines in %d", len(got), h)
		}
		for _, l := range got {
			if Width(l) > w {
				t.Fatalf("%q in %d", l, w)
			}
		}
		if n := len(bottom); n > 0 && h > 0 && w > 0 && got[len(got)-1] != Clip(bottom[n-1], w) {
			t.Fatalf("the last line is %q, not that of the bottom", got[len(got)-1])
		}
	})
}

func TestFrame(t *testing.T) {
	top, body := []string{"t1", "t2"}, []string{"b1", "b2", "b3"}
	bottom := []string{"total", "entry"}
	tests := []struct {
		height int
		want   string
	}{
		{9, "t1 t2 b1 b2 b3   total entry"},
		{7, "t1 t2 b1 b2 b3 total entry"},
		{5, "t1 b1 b2 total entry"},
		{3, "b1 total entry"},
		{2, "total entry"},
		{1, "entry"},
	}
	for _, tt := range tests {
		got := strings.ReplaceAll(Frame(20, tt.height, top, body, bottom), "\n", " ")
		if got != tt.want {
			t.Errorf("height %d: %q, want %q", tt.height, got, tt.want)
		}
	}
	if Frame(0, 5, top, body, bottom) != "" || Frame(5, 0, top, body, bottom) != "" {
		t.Error("no room gives no frame")
	}
}

func TestStack(t *testing.T) {
	part := func(name string, n int) []string {
		return strings.Split(strings.TrimSpace(strings.Repeat(name+" ", n)), " ")
	}
	parts := []Part{
		{Lines: part("big", 4), Small: part("small", 1)},
		{Lines: part("error", 1), Rank: 1},
		{Lines: part("rule", 1), Rank: 3},
		{Lines: part("entry", 1)},
		{Lines: part("foot", 2), Small: part("f", 1), Rank: 2},
	}
	want := map[int]string{
		9: "big big big big error rule entry foot foot",
		8: "big big big big error entry foot foot",
		7: "big big big big error entry f",
		6: "big big big big error entry",
		5: "big big big big entry",
		4: "small entry",
		1: "entry",
		0: "",
	}
	for h, w := range want {
		if got := strings.Join(Stack(h, parts...), " "); got != w {
			t.Errorf("height %d: %q, want %q", h, got, w)
		}
	}
	if got := strings.Join(Stack(1, Part{Lines: part("first", 1), Rank: 1}, Part{Lines: part("second", 1), Rank: 1}), " "); got != "first" {
		t.Errorf("of one rank the later goes first: %q", got)
	}
	if parts[0].Small == nil || len(parts[4].Lines) != 2 {
		t.Error("Stack changed its arguments")
	}
}

func TestAlignDecimal(t *testing.T) {
	got := AlignDecimal([]string{"37", "1.213,00", "− 37,5", "−"}, ',')
	want := []string{"   37   ", "1.213,00", " − 37,5 ", "    −   "}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Maria S.":                           "Maria S.",
		"a\nb\tc":                            "a b c",
		"\x1b[31mred\x1b[0m\x1b]0;title\x07": "red",
		"x\u202ey\u200bz":                    "xyz",
		"ção 漢":                              "ção 漢",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSpreadKeepsRight(t *testing.T) {
	if got := Spread("a long left side", "right", 12); got != "a lon… right" {
		t.Errorf("got %q", got)
	}
	if got := Spread("left", "", 6); got != "left  " {
		t.Errorf("got %q", got)
	}
}

func TestThemes(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(k string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == k {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	tests := []struct {
		env  func(string) string
		want Theme
	}{
		{env(), Dark},
		{env("COLORFGBG", "0;15"), Light},
		{env("COLORFGBG", "15;0"), Dark},
		{env("COLORFGBG", "0;15", "NO_COLOR", "1"), Mono},
		{env("TERM", "dumb"), Mono},
	}
	for _, tt := range tests {
		if got := ThemeFor(tt.env); got != tt.want {
			t.Errorf("got %v, want %v", got, tt.want)
		}
	}
	if th, ok := ThemeNamed("plain"); !ok || th != Plain {
		t.Error("plain is a theme")
	}
	if _, ok := ThemeNamed("pink"); ok {
		t.Error("pink is none")
	}
}

// TestMeaningWithoutColour: with all escapes away, what is selected, good, bad
// or an error still says so.
func TestMeaningWithoutColour(t *testing.T) {
	for _, theme := range []Theme{Mono, Plain} {
		st := styles(theme)
		got := []string{st.Pick(true, "x"), st.Pick(false, "x"), st.GoodText("x"), st.BadText("x"), st.WarnText("x"), st.ErrorText("x")}
		want := []string{"> x", "  x", "✓ x", "✗ x", "! x", "✗ x"}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q", themeName(theme), got)
		}
	}
	if st := styles(Dark); !strings.Contains(st.Pick(true, "x"), "\x1b[") || !strings.Contains(st.Pick(true, "x"), "> x") {
		t.Error("selection has a colour and a marker in the dark theme")
	}
}

// TestWrapKeepsAmountsWhole: no line ends between a number and its sign.
func TestWrapKeepsAmountsWhole(t *testing.T) {
	for text, want := range map[string]string{
		"entre 28 % e 39 % agora":   "entre 28 % e|39 % agora",
		"ao todo R$ 46.291,00 hoje": "ao todo|R$ 46.291,00|hoje",
		"of 100 and 20 more":        "of 100 and 20|more",
	} {
		if got := strings.Join(Wrap(text, 14), "|"); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
