package cli_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/sheet"
	"bounceback/tui/cli"
)

// file writes a file beside the shop's.
func (s *shop) file(name, text string) string {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func TestImportSales(t *testing.T) {
	s := brazil(t)
	path := s.file("vendas.csv", "Cliente;Data;Valor;Telefone;Nota\n"+
		"1;20/11/2025;R$ 1.234,50;(11) 98765-4321;N-1\n"+
		"2;21/11/2025;0,00;;\n"+
		"2;21/11/2025;0,00;;\n"+
		"3;31/02/2025;5,00;;\n"+
		"4;22/11/2025;-5,00;;\n"+
		"5;23/11/2025;7,00;;N-1\n")
	s.run("import", "sales", path, "--dry-run", "--json").done().are("rows", "6", "added", "0", "refused", "2")
	if err := os.Remove(path + ".rejects.csv"); err != nil {
		t.Fatal(err)
	}
	s.run("import", "sales", path, "--json").done().are("rows", "6", "added", "3", "there_before", "0", "refused", "3", "customers", "2",
		"total_minor", "123450", "rejects_file", path+".rejects.csv", "complete", "true")
	rejects, err := os.ReadFile(path + ".rejects.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(rejects)))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		if row[2] == "" || hasHole(row[2]) {
			t.Errorf("no sentence in %v", row)
		}
		got = append(got, strings.Join(append(row[:2:2], row[3:]...), " "))
	}
	want := "line code Cliente Data Valor Telefone Nota|5 row_date 3 31/02/2025 5,00  |6 amount_negative 4 22/11/2025 -5,00  |7 reference_used 5 23/11/2025 7,00  N-1"
	if strings.Join(got, "|") != want {
		t.Errorf("rejects are\n%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	// Once more: nothing is added, and the first list of rejects stays.
	s.run("import", "sales", path, "--json").done().are("added", "0", "there_before", "3", "refused", "3", "rejects_file", path+".rejects-2.csv")
	s.run("sale", "list", "--from", "2025-11-20", "--to", "2025-11-20", "--json").done()
	s.run("customer", "show", "1", "--json").done().are("visits", "1", "spent_minor", "123450", "phone", "+5511987654321")
	s.run("check", "--json").done().are("ok", "true")
	s.run("import", "sales", path).done().says("vendas.csv.rejects-3.csv", "R$ 1.234,50")
}

func TestImportReplaysCoupons(t *testing.T) {
	s := brazil(t)
	path := s.file("s.csv", "customer,date,amount\n1,2025-11-20,181.00\n2,2026-11-19,100.00\n")
	s.run("import", "sales", path, "--issue", "--json").done().are("added", "2", "coupons_issued", "2")
	if rows := s.run("coupon", "list", "--state", "expired", "--json").done().items(); len(rows) != 1 || fmt.Sprint(rows[0]["face_minor"]) != "3700" {
		t.Errorf("expired are %v", rows)
	}
	if rows := s.run("message", "list", "--json").done().items(); len(rows) != 0 {
		t.Errorf("texts: %v", rows)
	}
}

func TestImportIsRefused(t *testing.T) {
	s := brazil(t)
	path := s.file("s.csv", "a,b\n1,2\n")
	s.run("import", "sales", path, "--json").refused(cli.ExitUsage, engine.CodeImportColumns)
	s.run("import", "sales", path, "--map", "date=c", "--json").refused(cli.ExitUsage, sheet.CodeFileMap)
	s.run("import", "sales", path, "--map", "colour=a", "--json").refused(cli.ExitUsage, sheet.CodeFileMapForm)
	s.run("import", "sales", path, "--dates", "ydm", "--json").refused(cli.ExitUsage, cli.CodeBadChoice)
	s.run("import", "sales", path, "--decimal", "x", "--json").refused(cli.ExitUsage, cli.CodeBadChoice)
	s.run("import", "sales", s.file("e.csv", ""), "--json").refused(cli.ExitUsage, sheet.CodeFileEmpty)
	s.run("import", "sales", filepath.Join(s.dir, "none.csv"), "--json").refused(cli.ExitFault, sheet.CodeFileRead)
}

// TestImportIsStoppedAndTakenUp stops an import while its first batch is
// written; the batch is kept and the next run adds the rest.
func TestImportIsStoppedAndTakenUp(t *testing.T) {
	s := brazil(t)
	var b strings.Builder
	b.WriteString("customer,date,amount\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "%d,2026-01-02,1.00\n", i%100)
	}
	path := s.file("s.csv", b.String())
	ctx, stop := context.WithCancel(context.Background())
	s.imported = stop
	s.runIn(ctx, "import", "sales", path, "--json").refused(cli.ExitRefused, cli.CodeImportStopped).are("complete", "false", "added", "4000", "rows", "4000")
	s.imported = nil
	s.run("import", "sales", path, "--json").done().are("complete", "true", "added", "6000", "there_before", "4000", "customers", "100", "total_minor", "1000000")
	if n := strings.Count(s.run("export", "sales").done().out, "\n"); n != 10_001 {
		t.Errorf("the export has %d lines", n)
	}
	s.run("check", "--json").done().are("ok", "true")
}

func TestImportCustomers(t *testing.T) {
	s := brazil(t)
	path := s.file("c.csv", "Código,Nome,Celular,Aceita SMS\n1,Maria,11987654321,sim\n2,João,,\n,Eva,,\n")
	s.run("import", "customers", path, "--json").done().are("rows", "3", "added", "2", "refused", "1")
	s.run("customer", "show", "1", "--json").done().are("name", "Maria", "consent", "yes", "phone", "+5511987654321")
}

func TestExport(t *testing.T) {
	s := brazil(t)
	s.sell("181", "--name", "=cmd()", "--consent", "yes", "--ref", "-1+1", "--payment", "-12.50")
	for range 3 {
		s.sell("10")
	}
	for _, kind := range []string{"sales", "coupons", "customers", "campaigns", "messages", "audit"} {
		raw := s.run("export", kind, "--format", "csv").done().out
		rows, err := csv.NewReader(strings.NewReader(raw)).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%s: %d rows, %v", kind, len(rows), err)
		}
		var list struct {
			Items []map[string]any `json:"items"`
		}
		if err := json.Unmarshal([]byte(s.run("export", kind, "--format", "json").done().out), &list); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if len(list.Items) != len(rows)-1 || len(list.Items[0]) != len(rows[0]) {
			t.Errorf("%s: %d rows of %d in CSV, %d of %d in JSON", kind, len(rows)-1, len(rows[0]), len(list.Items), len(list.Items[0]))
		}
	}
	raw := s.run("export", "customers").done().out
	if !strings.Contains(raw, ",'=cmd(),+5511987654321,") {
		t.Errorf("a formula stands in %q", raw)
	}
	raw = s.run("export", "sales").done().out
	if !strings.Contains(raw, ",'-1+1,") || !strings.Contains(raw, ",-12.50,") {
		t.Errorf("a formula stands in %q", raw)
	}
	out := filepath.Join(s.dir, "out.csv")
	s.run("export", "sales", "--state", "voided", "--out", out).done()
	if raw, err := os.ReadFile(out); err != nil || strings.Count(string(raw), "\n") != 1 {
		t.Errorf("%q, %v", raw, err)
	}
	s.run("export", "sales", "--out", out, "--json").refused(cli.ExitUsage, cli.CodeFileThere)
	s.run("export", "secrets", "--json").refused(cli.ExitUsage, cli.CodeBadChoice)
	s.run("export", "sales", "--format", "xml", "--json").refused(cli.ExitUsage, cli.CodeBadChoice)
}

// TestExportReadsBack imports what was exported into another shop.
func TestExportReadsBack(t *testing.T) {
	s := brazil(t)
	for i, amount := range []string{"181", "250", "1234.56"} {
		s.sell(amount, "--ref", fmt.Sprintf("P-%d", i))
	}
	out := filepath.Join(s.dir, "sales.csv")
	s.run("export", "sales", "--out", out).done()
	s.run("init", "--title", "Other", "--country", "BR", "--another").done()
	// Minor units are whole numbers: the amount comes out a hundred times.
	s.run("import", "sales", out, "--store", "Other", "--map", "date=business_date,amount=gross_minor,ref=reference,customer=customer_id", "--json").done().
		are("added", "3", "refused", "0", "total_minor", "16655600", "customers", "1")
}
