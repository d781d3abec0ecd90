package kit

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func testBindings() []Binding {
	return []Binding{
		Bind("test.help", "f1", "?"),
		Bind("test.find", "f2", "ctrl+f"),
		Bind("test.void", "f5", "ctrl+e").When(false),
		Bind("test.move", "up", "down"),
		Bind("test.lock", "f9", "ctrl+l"),
	}
}

func TestBindingMatches(t *testing.T) {
	b := Bind("test.void", "f5", "ctrl+e")
	for _, k := range press("f5", "ctrl+e") {
		if !b.Matches(k) {
			t.Errorf("%v is its key", k)
		}
		if b.When(false).Matches(k) {
			t.Errorf("%v does nothing while disabled", k)
		}
	}
	if b.Matches(Key{Name: "e", Text: "e"}) || b.Matches(Scan{"f5"}) || b.Matches(Paste{"f5"}) {
		t.Error("matches what is none of its keys")
	}
	if !b.Enabled() || b.ID() != "test.void" {
		t.Error("When must not change the binding itself")
	}
}

func TestFooterKeepsPlaces(t *testing.T) {
	tx := catalogue(t, "en")
	all := testBindings()
	all[2] = all[2].When(true)
	for _, theme := range []Theme{Dark, Light, Mono, Plain} {
		st := styles(theme)
		on, off := Footer(st, tx, 80, 1, all...)[0], Footer(st, tx, 80, 1, testBindings()...)[0]
		if Width(on) != Width(off) || !strings.Contains(Clip(on, 200), "lock") {
			t.Errorf("%s: the footer jumped: %q, %q", themeName(theme), on, off)
		}
	}
	if got := Footer(styles(Mono), tx, 80, 1, testBindings()...)[0]; strings.Contains(got, "void") {
		t.Errorf("names a key that does nothing now: %q", got)
	}
}

func TestFooterWraps(t *testing.T) {
	got := Footer(styles(Mono), catalogue(t, "en"), 20, 2, testBindings()...)
	want := []string{"F1 help  F2 find", strings.Repeat(" ", 7) + "  ↑↓ move"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	for w := range 30 {
		for _, l := range Footer(styles(Dark), catalogue(t, "en"), w, 2, testBindings()...) {
			if Width(l) > w {
				t.Fatalf("%q in %d", l, w)
			}
		}
	}
	if got := Footer(styles(Mono), catalogue(t, "en"), 20, 0, testBindings()...); len(got) != 0 {
		t.Errorf("no lines: %q", got)
	}
}

func TestHelpAndMarkdown(t *testing.T) {
	groups := []Group{{Title: "test.Counter", Bindings: testBindings()}, ListKeys(), FormKeys()}
	for _, lang := range []string{"en", "pt-BR"} {
		tx := catalogue(t, lang)
		for _, theme := range []Theme{Dark, Mono} {
			for _, w := range []int{40, 80, 120} {
				golden(t, fmt.Sprintf("help-%s-%s-%d", lang, themeName(theme), w), w, HelpLines(styles(theme), tx, w, groups...))
			}
		}
		golden(t, "keys-"+lang, 200, strings.Split(Markdown(tx, groups...), "\n"))
		for _, g := range groups {
			for _, b := range g.Bindings {
				if strings.Contains(tx.T(b.ID()+".help"), "⟦") {
					t.Errorf("%s lacks %s.help", lang, b.ID())
				}
			}
		}
	}
}

func TestKeyName(t *testing.T) {
	tx := catalogue(t, "pt-BR")
	for in, want := range map[string]string{
		" ": "Espaço", "f12": "F12", "ctrl+e": "Ctrl+E", "shift+tab": "Shift+Tab", "pgdown": "PgDn",
		"esc": "Esc", "?": "?", "+": "+", "a": "a", "alt+f": "Alt+F", "up": "↑",
	} {
		if got := KeyName(tx, in); got != want {
			t.Errorf("%q is written %q", in, got)
		}
	}
}
