package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/tui/cli"
)

func TestReportAsAPage(t *testing.T) {
	s := brazil(t)
	s.sell("100")
	to := filepath.Join(s.dir, "owed.html")
	if a := s.run("report", "liability", "--html", to).done(); a.out != "" {
		t.Errorf("said %q", a.out)
	}
	page, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<html lang="en">`, "Casa Azul", "Owed to customers", "1 coupon is open, worth R$\u00a020,00.", "<rect", "Made on 20/11/2026 15:00 with Bounceback."} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if a := s.run("report", "liability", "--html", to); a.status != cli.ExitUsage || !strings.Contains(a.err, "owed.html") {
		t.Errorf("written over: %d %q", a.status, a.err)
	}
	if a := s.run("report", "liability", "--html", "-", "--lang", "pt-BR").done(); !strings.Contains(a.out, `<html lang="pt-BR">`) {
		t.Errorf("no page on stdout: %.200s", a.out)
	}
	s.run("report", "liability", "--html", "-", "--json").refused(cli.ExitUsage, cli.CodeUsageOneOf)
}
