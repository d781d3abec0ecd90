package tui_test

import (
	"os"
	"strings"
	"testing"

	"bounceback/engine/words"
	"bounceback/tui"
)

const readme = "../README.md"

// TestReadmeTables holds the tables of the README against what they are made
// from. UPDATE_GOLDEN=1 writes them anew.
func TestReadmeTables(t *testing.T) {
	w, err := words.For("en")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	want := string(page)
	for name, table := range map[string]string{"keys": tui.Keys(w), "settings": tui.Settings(w)} {
		want = between(t, want, "<!-- "+name+" -->\n", "<!-- /"+name+" -->", "\n"+strings.TrimSpace(table)+"\n\n")
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(page) {
		t.Error("the tables of README.md are not those of the program: run this test with UPDATE_GOLDEN=1")
	}
}

// between replaces what stands between two marks.
func between(t *testing.T, text, from, to, with string) string {
	t.Helper()
	head, rest, ok := strings.Cut(text, from)
	if !ok {
		t.Fatalf("README.md lacks %q", from)
	}
	_, tail, ok := strings.Cut(rest, to)
	if !ok {
		t.Fatalf("README.md lacks %q", to)
	}
	return head + from + with + to + tail
}
