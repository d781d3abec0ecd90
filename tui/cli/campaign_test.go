package cli_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/form"
	"bounceback/tui/cli"
)

const second = `{
  "title": "Second coffee", "state": "active", "starts": "2026-11-01", "on_return": "recompute",
  "offer": {"kind": "nth_piece", "value_percent": 50, "target": {"category": "Drinks/Coffee"}, "sets": {"nth": 2}, "max_times": 3,
    "threshold": {"weekdays": ["mon", "fri"], "times": ["14:00-17:00"]}, "limits": {"per_customer": 2}}
}`

func TestCampaignsOfFiles(t *testing.T) {
	s := brazil(t)
	path := s.file("second.json", second)
	s.run("campaign", "add", path, "--ends", "2026-12-24", "--json").done().
		are("title", "Second coffee", "state", "active", "kind", "nth_piece", "starts_on", "2026-11-01", "ends_on", "2026-12-24", "on_return", "recompute").
		says("half price")
	s.run("campaign", "show", "Second coffee").done().says("half price", "the kept goods are priced anew")
	s.run("campaign", "list").done().says("Second coffee", "Volte sempre")

	// What is exported is what was added, in this shop and in another.
	out := s.run("campaign", "export", "Second coffee").done().out
	s.run("init", "--title", "Other", "--country", "BR", "--another").done()
	s.stdin = out
	s.run("campaign", "add", "-", "--store", "Other").done()
	if again := s.run("campaign", "export", "Second coffee", "--store", "Other").done().out; again != out {
		t.Errorf("exported\n%s\nthen\n%s", out, again)
	}
	all := s.run("campaign", "export", "--all", "--store", "Casa Azul").done().out
	s.run("init", "--title", "Third", "--country", "BR", "--another").done()
	s.run("campaign", "end", "Volte sempre", "--store", "Third").done()
	s.stdin = all
	if n := strings.Count(s.run("campaign", "add", "-", "--store", "Third", "--json").done().out, "\n"); n != 2 {
		t.Errorf("%d campaigns of two were added", n)
	}

	edited := s.file("edited.json", strings.Replace(second, "Second coffee", "Coffee week", 1))
	s.run("campaign", "pause", "Second coffee", "--store", "Casa Azul").done()
	s.run("campaign", "edit", "Second coffee", "--file", edited, "--source", "web", "--store", "Casa Azul", "--json").done().
		are("title", "Coffee week", "state", "paused", "source", "web", "ends_on", "")
	to := filepath.Join(s.dir, "out.json")
	s.run("campaign", "export", "Coffee week", "--out", to, "--store", "Casa Azul").done()
	s.run("campaign", "export", "Coffee week", "--out", to, "--store", "Casa Azul", "--json").refused(cli.ExitUsage, cli.CodeFileThere)
}

func TestCampaignFilesAreRefused(t *testing.T) {
	s := brazil(t)
	two := second + second
	for doc, c := range map[string]struct {
		code  engine.Code
		field string
	}{
		`{"title": "X", "offer": {"kind": "order_percent"}}`:                                             {"", "offer.value_percent"},
		`{"title": "X", "offer": {"kind": "order_percent", "value_percent": 10, "limits": {"totl": 1}}}`: {form.CodeNear, "offer.limits.totl"},
		`{"offer": {"kind": "order_percent", "value_percent": 10}}`:                                      {form.CodeMissing, "title"},
		second + `{"title": 1}`: {form.CodeText, "title"},
		``:                      {form.CodeSyntax, ""},
	} {
		s.stdin = doc
		a := s.run("campaign", "add", "-", "--json")
		var got struct {
			Code  engine.Code `json:"code"`
			Field string      `json:"field"`
		}
		if err := json.Unmarshal([]byte(lastLine(a.err)), &got); err != nil {
			t.Fatalf("%s: %q", doc, a.err)
		}
		if a.status != cli.ExitUsage || c.code != "" && got.Code != c.code || got.Field != c.field {
			t.Errorf("%s ended with %d %+v, want %+v", doc, a.status, got, c)
		}
	}
	s.run("campaign", "add", filepath.Join(s.dir, "none.json"), "--json").refused(cli.ExitFault, cli.CodeCannotOpen)
	s.run("campaign", "edit", "Volte sempre", "--file", s.file("two.json", two), "--json").refused(cli.ExitUsage, cli.CodeOneCampaign)
	s.run("campaign", "export", "--json").refused(cli.ExitUsage, cli.CodeUsageArgs)
	s.run("campaign", "export", "Winter", "--json").refused(cli.ExitRefused, engine.CodeCampaignUnknown)
	if n := len(s.run("campaign", "list", "--json").done().items()); n != 1 {
		t.Errorf("%d campaigns are in the file", n)
	}
}

func TestCampaignSchema(t *testing.T) {
	a := empty(t).run("campaign", "schema").done()
	if a.json()["$schema"] == nil {
		t.Errorf("no schema: %.100s", a.out)
	}
}

func TestCampaignLint(t *testing.T) {
	s := cafe(t)
	s.run("settings", "set", "sale.payments", "pix,card").done()
	s.run("product", "edit", "C-250", "--floor", "0").done()
	s.run("campaign", "lint").done().says("Nothing is odd")
	s.run("product", "edit", "MUG", "--cost", "35").done()
	s.stdin = `{"title": "Half a mug", "state": "active", "offer": {"kind": "item_percent", "value_percent": 50, "target": {"sku": "MUG"}}}`
	s.run("campaign", "add", "-", "--json").done().says(`"code":"loss"`, `"grave":true`, `"cost_minor":3500`)
	s.run("campaign", "lint", "--json").refused(cli.ExitRefused, cli.CodeLint).says(`"code":"loss"`, `"sku":"MUG"`)
	s.run("campaign", "lint", "Bring it", "--json").done()
	s.run("campaign", "end", "Half a mug").done()
	s.run("product", "edit", "MUG", "--cost", "0").done()

	// A draft is looked at by its title alone.
	s.stdin = `{"title": "Tea", "offer": {"kind": "item_percent", "value_percent": 10, "target": {"sku": "TEA"}}}`
	s.run("campaign", "add", "-").done().says("no product of the catalogue")
	s.run("campaign", "lint").done()
	s.run("campaign", "lint", "Tea", "--json").refused(cli.ExitRefused, cli.CodeLint).says(`"code":"no_product"`, `"field":"target"`)
	s.run("campaign", "activate", "Tea", "--json").done().says(`"code":"no_product"`)
	s.run("campaign", "lint").says("no product of the catalogue", "1 thing needs a look")
}
