package screen_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// half a year of sales: six customers, of whom one in five comes back with the
// coupon; the last coupons are still good.
func (o *office) halfYear() {
	o.t.Helper()
	for week := range 22 {
		for i := range 6 {
			phone := fmt.Sprintf("+55119123456%02d", i)
			got := o.sell(phone, fmt.Sprintf("Customer %d", i), engine.Minor(90_00+week*i*3_00), nil, "")
			if (week+i)%5 == 0 {
				o.later(2 * time.Hour)
				o.sell(phone, "", 120_00, got.Issued, "")
			}
		}
		o.later(7 * 24 * time.Hour)
	}
}

// deskOpen opens the desk of a shop with half a year of sales.
func deskOpen(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.halfYear()
	o.push(screen.NewDesk(o.env))
	return o
}

// goldenAt compares a screen of one size with a file.
func (o *office) goldenAt(name string, theme kit.Theme, width, height int) {
	o.t.Helper()
	o.speak(o.env.Words.Lang(), theme)
	got := strings.ReplaceAll(o.view(width, height), "\x1b", "␛") + "\n"
	path := filepath.Join("testdata", "desk", fmt.Sprintf("%s-%s-%dx%d.golden", name, []string{"dark", "light", "mono", "plain"}[theme], width, height))
	if os.Getenv("UPDATE_GOLDEN") != "" {
		o.must(os.MkdirAll(filepath.Dir(path), 0o755))
		o.must(os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	o.must(err)
	if got != string(want) {
		o.t.Errorf("%s differs; got:\n%s\nwant:\n%s", path, got, want)
	}
}

func TestDeskGoldens(t *testing.T) {
	o := deskOpen(t)
	for _, theme := range []kit.Theme{kit.Dark, kit.Mono} {
		for _, s := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
			o.goldenAt("desk", theme, s[0], s[1])
		}
	}
	o.goldenAt("desk", kit.Plain, 80, 24)
	for _, s := range [][2]int{{1, 1}, {20, 5}, {64, 14}, {109, 30}, {300, 100}} {
		o.view(s[0], s[1])
	}
	o.speak("pt-BR", kit.Mono)
	o.run(o.top().Msg(screen.ChangedMsg{}))
	for _, s := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		o.view(s[0], s[1])
	}
}

// TestDeskWithoutColour: without colour nothing but characters is written, and
// for screen readers no block art.
func TestDeskWithoutColour(t *testing.T) {
	o := deskOpen(t)
	o.speak("en", kit.Mono)
	for _, s := range [][2]int{{80, 24}, {200, 60}} {
		if v := o.view(s[0], s[1]); strings.Contains(v, "\x1b") {
			t.Errorf("escapes in %v:\n%q", s, v)
		}
	}
	o.speak("en", kit.Plain)
	v := o.view(120, 40)
	if strings.ContainsAny(v, "▁▂▃▄▅▆▇█▲▼─") {
		t.Errorf("block art for a screen reader:\n%s", v)
	}
	o.sees("Used per week, oldest first, this week last:")
}

// TestDeskKeysLeadToWhatFiguresAreMadeOf: each key of a figure opens it, and Esc
// comes back to its row.
func TestDeskKeysLeadToWhatFiguresAreMadeOf(t *testing.T) {
	for _, c := range []struct {
		key, title, row string
		sees            []string
	}{
		{"1", "The shop", "1 Sold", []string{"01/04/2027"}},
		{"2", "Sales", "2 Sales", []string{"s state: not voided", "d dates: 01/04"}},
		{"3", "Coupons", "3 Coupons issued", []string{"d dates: 01/04"}},
		{"4", "Sales", "4 Coupons used", []string{"s state: coupon used", "d dates: 01/04"}},
		{"5", "The shop", "5 They came back", []string{"25/01/2027 to 24/04/2027", "They came back"}},
		{"6", "The shop", "6 Cost / brought", nil},
		{"7", "Owed to customers", "7 Still owed", nil},
		{"8", "How long customers take to come back", "8 Back after", nil},
		{"9", "Because of the coupon", "9 Coupon effect", nil},
		{"0", "Campaigns", "0 Best / worst", nil},
	} {
		t.Run(c.key, func(t *testing.T) {
			o := deskOpen(t)
			o.press(c.key)
			o.at(c.title)
			o.sees(c.sees...)
			o.press("esc")
			o.at("The owner's desk")
			o.sees("> " + c.row)
		})
	}
}

func TestDeskLettersLeadToReports(t *testing.T) {
	o := deskOpen(t)
	for key, title := range map[string]string{
		"s": "The shop", "g": "Campaigns", "c": "Customers", "w": "How long customers take to come back", "k": "New customers and who came back",
		"h": "Staff and tills", "o": "Because of the coupon", "b": "Coupons by source",
	} {
		o.press(key)
		o.at(title)
		for _, s := range [][2]int{{1, 1}, {20, 5}, {40, 12}, {80, 24}, {120, 40}, {200, 60}} {
			o.view(s[0], s[1])
		}
		o.lacks("reading")
		o.press("esc")
		o.at("The owner's desk")
	}
}

// TestDeskLooksFirst: the marker begins at what needs attention, Enter goes
// there and Esc comes back to the same row.
func TestDeskLooksFirst(t *testing.T) {
	o := deskOpen(t)
	o.sees("> ! ")
	o.press("enter")
	o.at("Texts")
	o.sees("s state: due")
	o.press("esc")
	o.sees("> ! 612 texts")
	o.press("down")
	o.sees("> ! No backup was ever made")
	o.press("enter")
	o.sees("bounceback backup FILE", "> ! No backup was ever made")
	o.must(o.db.Backup(context.Background(), o.owner, filepath.Join(t.TempDir(), "copy.db")))
	o.run(o.top().Msg(screen.ChangedMsg{}))
	o.lacks("No backup")
}

// TestDeskKeepsItsRow: what comes or goes elsewhere does not move the marker to
// another figure, nor does another size of window.
func TestDeskKeepsItsRow(t *testing.T) {
	o := deskOpen(t)
	o.press("home", "down", "down", "down", "down", "down", "down")
	o.sees("> 7 Still owed")
	o.view(40, 12)
	o.must(o.db.Backup(context.Background(), o.owner, filepath.Join(t.TempDir(), "copy.db")))
	o.run(o.top().Msg(screen.ChangedMsg{}))
	o.sees("> 7 Still owed")
	if v := o.view(80, 24); !strings.Contains(v, "> 7 Still owed") {
		t.Errorf("another row is marked:\n%s", v)
	}
}

func TestDeskOfANewShop(t *testing.T) {
	o := newOffice(t)
	o.push(screen.NewDesk(o.env))
	o.sees("Nothing was sold yet", "what was sold today", "Nothing needs your attention")
	o.lacks("1 Sold", "0 %")
	o.press("enter", "down", "up", "1", "end", "home")
	o.at("The owner's desk")
	o.goldenAt("new", kit.Mono, 80, 24)
	o.goldenAt("new", kit.Mono, 40, 12)
}

func TestDeskAsksForTheOwner(t *testing.T) {
	o := newOffice(t)
	o.as("Bruno", engine.Cashier)
	o.press("0")
	if o.need == nil || o.need.Permission != engine.MaySeeDesk {
		t.Fatalf("asked for %+v", o.need)
	}
	o.actor = o.owner
	o.run(o.need.Retry)
	o.at("The owner's desk")
}

// TestDeskMovesLittle: a moved marker changes two lines and few bytes, and an
// idle desk none.
func TestDeskMovesLittle(t *testing.T) {
	o := deskOpen(t)
	o.speak("en", kit.Dark)
	for _, s := range [][2]int{{80, 24}, {200, 60}} {
		o.press("home")
		before := strings.Split(o.view(s[0], s[1]), "\n")
		if cmd := o.top().Msg(struct{}{}); cmd != nil || strings.Join(before, "\n") != o.view(s[0], s[1]) {
			t.Error("an idle desk is drawn anew")
		}
		o.run(o.top().Event(kit.Key{Name: "down"}))
		lines, bytes := 0, 0
		for i, l := range strings.Split(o.view(s[0], s[1]), "\n") {
			if l != before[i] {
				lines, bytes = lines+1, bytes+len(l)
			}
		}
		if lines != 2 || bytes > 700 {
			t.Errorf("%v: %d lines, %d bytes", s, lines, bytes)
		}
	}
}
