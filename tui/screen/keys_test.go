package screen_test

import (
	"strings"
	"testing"

	"bounceback/engine/words"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// TestKeysHaveWords: the help page and the README have a word and a sentence
// for every key, and no key means two things on one page.
func TestKeysHaveWords(t *testing.T) {
	o := newOffice(t)
	groups := screen.OfficeKeys(o.env)
	if len(groups) < 11 {
		t.Errorf("%d groups", len(groups))
	}
	for _, lang := range words.Languages() {
		w, err := words.For(lang)
		o.must(err)
		if table := kit.Markdown(w, groups...); strings.Contains(table, "⟦") {
			t.Errorf("%s lacks words:\n%s", lang, table)
		}
	}
	for _, g := range groups {
		seen := map[string]string{}
		for _, b := range g.Bindings {
			for _, k := range b.Keys() {
				if other, twice := seen[k]; twice {
					t.Errorf("%s: %s is %s and %s", g.Title, k, other, b.ID())
				}
				seen[k] = b.ID()
			}
		}
	}
}

// TestEveryKeyDoesSomething: on a page full of history, each key that is
// offered changes what is seen, opens a page or asks for something.
func TestEveryKeyDoesSomething(t *testing.T) {
	for _, path := range [][]string{
		{},
		{"1"},
		{"2"},
		{"3"},
		{"4"},
		{"5"},
		{"6"},
		{"7"},
		{"1", "down", "enter"},
		{"2", "end", "enter"},
		{"3", "enter"},
		{"4", "enter"},
		{"5", "end", "enter"},
		{"6", "enter"},
	} {
		o := newOffice(t)
		o.year()
		o.press(path...)
		for _, g := range o.top().Keys() {
			for _, b := range g.Bindings {
				if !b.Enabled() || skipped[b.ID()] {
					continue
				}
				t.Run(strings.Join(path, " ")+" "+b.ID(), func(t *testing.T) {
					for _, k := range b.Keys() {
						o := newOffice(t)
						o.year()
						o.press(path...)
						before, depth := o.view(80, 24), len(o.stack)
						o.press(k)
						if o.view(80, 24) == before && len(o.stack) == depth && o.need == nil && o.slips == nil {
							t.Errorf("%s does nothing", k)
						}
					}
				})
			}
		}
	}
}

// skipped are keys that may have nothing to do where they stand: at an end
// already, nothing newer to read, no filter set.
var skipped = map[string]bool{
	"kit.list.move": true, "lists.hub.move": true, "lists.detail.move": true, "lists.detail.scroll": true,
	"lists.again": true, "lists.clear": true, "lists.hub.back": true,
}
