package screen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// reportOpen opens a report by its key on the desk.
func reportOpen(t *testing.T, key string) *office {
	t.Helper()
	o := deskOpen(t)
	o.press(key)
	return o
}

func TestReportGoldens(t *testing.T) {
	for key, name := range map[string]string{"s": "store", "w": "repurchase", "k": "cohorts", "7": "liability"} {
		o := reportOpen(t, key)
		for _, theme := range []kit.Theme{kit.Dark, kit.Mono} {
			for _, s := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
				o.goldenAt(name, theme, s[0], s[1])
			}
		}
		o.goldenAt(name, kit.Plain, 80, 24)
	}
}

// TestReportFollowsItsRows: Enter on a row opens what it is made of, and Esc
// comes back to the row.
func TestReportFollowsItsRows(t *testing.T) {
	o := reportOpen(t, "s")
	o.press("down", "down")
	o.sees("> Coupons used")
	o.press("enter")
	o.at("Sales")
	o.sees("d dates: 01/04")
	o.press("esc")
	o.sees("> Coupons used")
}

// TestReportTurnsItsDays by one key, or to those typed.
func TestReportTurnsItsDays(t *testing.T) {
	o := reportOpen(t, "s")
	o.sees("01/04/2027 to 25/04/2027")
	o.press("d")
	o.sees("· 25/04/2027")
	o.press("d")
	o.sees("· 19/04/2027 to 25/04/2027")
	o.press("t")
	o.fill("02/03/2027")
	o.press("tab")
	o.fill("07/03/2027")
	o.press("enter")
	o.at("The shop")
	o.sees("02/03/2027 to 07/03/2027")
}

// TestReportSplits turns through all by which coupons are split.
func TestReportSplits(t *testing.T) {
	o := reportOpen(t, "b")
	for _, title := range []string{"Coupons by source", "Coupons by ad", "Coupons by till", "Coupons by cashier", "Coupons by month of issue", "Coupons by source"} {
		o.at(title)
		o.press("b")
	}
	o.press("esc", "h", "b")
	o.sees("Till 1")
}

// TestReportSeesEveryColumn: the columns of a table that is too wide move behind
// the first, and all can be seen.
func TestReportSeesEveryColumn(t *testing.T) {
	o := reportOpen(t, "g")
	v := o.view(40, 12)
	if !strings.Contains(v, "Campaign") || !strings.Contains(v, "0 ← more columns") {
		t.Fatalf("all columns at once:\n%s", v)
	}
	for range 20 {
		o.run(o.top().Event(kit.Key{Name: "right"}))
		v = o.view(40, 12)
	}
	if !strings.Contains(v, "Campaign") || !strings.Contains(v, "more columns → 0") {
		t.Errorf("the last column is not seen:\n%s", v)
	}
	for range 20 {
		o.run(o.top().Event(kit.Key{Name: "left"}))
	}
	if v = o.view(40, 12); !strings.Contains(v, "0 ← more columns") {
		t.Errorf("the first columns do not come back:\n%s", v)
	}
}

// TestReportScrollsToItsEnd and back to its head.
func TestReportScrollsToItsEnd(t *testing.T) {
	o := reportOpen(t, "w")
	head := o.view(80, 24)
	o.press("end")
	end := o.view(80, 24)
	if head == end || strings.Contains(strings.ReplaceAll(end, "↑↓", ""), "↓") {
		t.Errorf("not the end:\n%s", end)
	}
	o.press("home")
	if o.view(80, 24) != head {
		t.Error("not the head again")
	}
	o.press("pgdown", "pgup")
	if o.view(80, 24) != head {
		t.Error("a page down and up is not where it was")
	}
}

// TestReportIsSaved as a page or as plain lines, never over another file.
func TestReportIsSaved(t *testing.T) {
	o := reportOpen(t, "s")
	dir := t.TempDir()
	save := func(name string) {
		o.press("e", "ctrl+u")
		o.typed(filepath.Join(dir, name))
		o.press("enter")
	}
	for name, sees := range map[string]string{"shop.html": "<!doctype html>", "shop.txt": "Paid for goods"} {
		save(name)
		o.sees("Saved as")
		got, err := os.ReadFile(filepath.Join(dir, name))
		o.must(err)
		if !strings.Contains(strings.ToLower(string(got)), strings.ToLower(sees)) {
			t.Errorf("%s holds %.200q", name, got)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		o.must(err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v", name, info.Mode())
		}
		save(name)
		o.sees("never overwritten")
		again, err := os.ReadFile(filepath.Join(dir, name))
		o.must(err)
		if string(again) != string(got) {
			t.Errorf("%s was overwritten", name)
		}
	}
	save(filepath.Join("nowhere", "x.txt"))
	o.sees("could not be written")
}

// TestReportIsNotSavedOverSSH: the files of this machine are not the person's.
func TestReportIsNotSavedOverSSH(t *testing.T) {
	o := reportOpen(t, "s")
	o.env.NoFiles = true
	o.press("e")
	o.sees("Nothing can be saved from here")
}

// TestReportOfAnotherRole: what the store refuses is said, with who may.
func TestReportOfAnotherRole(t *testing.T) {
	o := deskOpen(t)
	o.as("Sara", engine.Salesperson)
	o.press("s")
	o.sees("That needs the right to see the owner's desk")
}
