package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/sheet"
)

// batchRows is how many rows one transaction imports.
const batchRows = 4000

// importFlags are the flags of the imports.
type importFlags struct {
	columns, dates, decimal string
	issue, dry              bool
}

func (a *app) importCommands() *cobra.Command {
	cmd := group("import", a.importOf("sales", sheet.Sales), a.importOf("customers", sheet.Customers), a.importOf("products", sheet.Products))
	cmd.Example = "  bounceback import sales sales.csv --map customer=Client,date=Day,amount=Total"
	return cmd
}

func (a *app) importOf(name string, kind sheet.Kind) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use: name + " FILE.csv", Args: takes(1, 1), Example: "  bounceback import " + name + " " + name + ".csv --map phone=Mobile",
		RunE: a.work(func(ctx context.Context, args []string) error { return a.importFile(ctx, kind, args[0], f) }),
	}
	cmd.Flags().StringVar(&f.columns, "map", "", "")
	cmd.Flags().BoolVar(&f.dry, "dry-run", false, "")
	if kind != sheet.Products {
		cmd.Flags().StringVar(&f.dates, "dates", "", "")
	}
	if kind != sheet.Customers {
		cmd.Flags().StringVar(&f.decimal, "decimal", "", "")
	}
	switch kind {
	case sheet.Customers:
	case sheet.Products:
		cmd.Example = "  bounceback import products products.csv --map sku=Code,price=Retail,barcode=EAN --dry-run"
	case sheet.Sales:
		cmd.Flags().BoolVar(&f.issue, "issue", false, "")
		cmd.Example = "  bounceback import sales sales.csv\n" +
			"  bounceback import sales sales.csv --map customer=Client,date=Day,amount=Total,ref=Receipt --dates dmy --decimal , --issue"
	}
	return cmd
}

// importing is one import on its way.
type importing struct {
	*app
	kind     sheet.Kind
	flags    importFlags
	rejects  *rejects
	progress *progress
	sum      importDTO
	who      map[string]struct{} // customers of the rows taken, by number or phone
	sales    []engine.ImportSale
	people   []engine.ImportCustomer
	products []engine.ImportProduct
	keep     []engine.ProductPart // what a file of products does not tell
	pending  []sheet.Row          // the rows of the batch
}

// importFile looks at a file, then imports it batch after batch.
func (a *app) importFile(ctx context.Context, kind sheet.Kind, path string, f importFlags) error {
	right := engine.MayImport
	if kind == sheet.Products {
		right = engine.MayEditProducts
	}
	if err := a.actor.Need(right); err != nil {
		return err
	}
	o, err := a.sheetOptions(kind, f)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return engine.Broken(sheet.CodeFileRead, err)
	}
	defer file.Close() //nolint:errcheck // only read
	l, err := sheet.Survey(file, o)
	if err != nil {
		return err
	}
	a.tellLayout(l)
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return engine.Broken(sheet.CodeFileRead, err)
	}
	rows, err := sheet.NewReader(file, l)
	if err != nil {
		return err
	}
	in := &importing{
		app: a, kind: kind, flags: f, rejects: newRejects(path, l), progress: a.newProgress(l.Rows), who: map[string]struct{}{},
		keep: absent(l),
	}
	return in.finish(in.run(ctx, rows))
}

func (a *app) sheetOptions(kind sheet.Kind, f importFlags) (sheet.Options, error) {
	o := sheet.Options{Kind: kind, Country: a.store.Country, Zone: a.zone(), Marks: a.marks(), HomeDate: a.homeDate()}
	var err error
	if o.Map, err = sheet.ParseMap(kind, f.columns); err != nil {
		return o, err
	}
	if f.dates != "" {
		if o.Dates, err = choice("--dates", f.dates, sheet.DayFirst, sheet.MonthFirst, sheet.YearFirst); err != nil {
			return o, err
		}
	}
	switch f.decimal {
	case "":
	case ".", ",":
		o.Decimal = rune(f.decimal[0])
	default:
		return o, engine.BadInput(CodeBadChoice, "flag", "--decimal", "text", f.decimal, "choices", []string{".", ","})
	}
	return o, nil
}

// homeDate is how the store's country writes dates.
func (a *app) homeDate() sheet.Order {
	if strings.HasPrefix(a.format.Date(engine.DayOf(2026, 11, 20)), "11") {
		return sheet.MonthFirst
	}
	return sheet.DayFirst
}

// tellLayout says how the file is read, above all where that was a guess.
func (a *app) tellLayout(l sheet.Layout) {
	if a.JSON {
		return
	}
	var parts []string
	for _, f := range l.Kind().Fields() {
		if at, ok := l.Columns[f]; ok {
			parts = append(parts, string(f)+"="+l.Header[at])
		}
	}
	a.note("%s", a.words.T("cli.import.columns", "columns", strings.Join(parts, ", ")))
	if l.GuessedDates {
		a.note("%s", a.words.T("cli.import.guessed", "order", string(l.Dates)))
	}
}

// run reads rows and imports them until the end, or until the person stops it.
func (in *importing) run(ctx context.Context, rows *sheet.Reader) error {
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		in.take(row)
		if len(in.pending) == batchRows {
			if err := in.flush(ctx); err != nil {
				return err
			}
			if ctx.Err() != nil {
				return engine.Refuse(CodeImportStopped, "rows", in.format.Count(in.sum.Rows))
			}
		}
	}
	if err := in.flush(ctx); err != nil {
		return err
	}
	in.sum.Complete = true
	return in.rejects.err
}

// CodeImportStopped says that the person stopped an import; with rows.
const CodeImportStopped engine.Code = "import_stopped"

// take adds a row to the batch, or to the rejects.
func (in *importing) take(row sheet.Row) {
	in.sum.Rows++
	if row.Err != nil {
		in.refuse(row, row.Err)
		return
	}
	in.pending = append(in.pending, row)
	switch in.kind {
	case sheet.Sales:
		in.sales = append(in.sales, engine.ImportSale{
			Line: row.Line, Key: row.Key, Number: row.Number, Phone: row.Phone, Name: row.Name, Business: row.Business,
			Amount: row.Amount, Reference: row.Reference,
		})
	case sheet.Customers:
		in.people = append(in.people, engine.ImportCustomer{
			Line: row.Line, Number: row.Number, Phone: row.Phone, Name: row.Name, Consent: row.Consent,
			Groups: row.Groups, Tier: row.Tier, Birth: row.Birth,
		})
	case sheet.Products:
		in.products = append(in.products, engine.ImportProduct{Line: row.Line, Product: row.Product, Keep: in.keep})
	}
}

// absent are the parts of a product that a file has no column for.
func absent(l sheet.Layout) []engine.ProductPart {
	var out []engine.ProductPart
	for _, part := range []engine.ProductPart{
		engine.PartBarcodes, engine.PartName, engine.PartCategory, engine.PartBrand, engine.PartTags, engine.PartPrice, engine.PartFloor,
		engine.PartCost, engine.PartWeighed, engine.PartNoDiscount, engine.PartStock,
	} {
		if _, ok := l.Columns[sheet.Field(part)]; !ok {
			out = append(out, part)
		}
	}
	return out
}

func (in *importing) refuse(row sheet.Row, err error) {
	in.sum.Refused++
	in.rejects.add(row, err, in.format.Err(err))
}

// flush hands a batch to the store. A stop in the middle does not tear it.
func (in *importing) flush(ctx context.Context) error {
	if len(in.pending) == 0 {
		return nil
	}
	done, err := in.storeBatch(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	for i, o := range done {
		in.count(in.pending[i], o)
	}
	in.pending, in.sales, in.people, in.products = in.pending[:0], in.sales[:0], in.people[:0], in.products[:0]
	in.progress.show(in.sum.Rows)
	return nil
}

// storeBatch imports the batch; a dry run adds nothing.
func (in *importing) storeBatch(ctx context.Context) ([]engine.ImportOutcome, error) {
	switch {
	case in.flags.dry:
		return in.tryBatch(), nil
	case in.kind == sheet.Customers:
		return in.file.ImportCustomers(ctx, in.actor, in.people)
	case in.kind == sheet.Products:
		return in.file.ImportProducts(ctx, in.actor, in.products)
	}
	return in.file.ImportSales(ctx, in.actor, in.sales, in.flags.issue)
}

// tryBatch tells of each row of a dry run whether it would be refused for what
// it says itself.
func (in *importing) tryBatch() []engine.ImportOutcome {
	out := make([]engine.ImportOutcome, len(in.pending))
	for i, p := range in.products {
		if !slices.Contains(p.Keep, engine.PartName) && !slices.Contains(p.Keep, engine.PartPrice) {
			out[i].Err = p.Product.Tidy().Check()
		}
	}
	return out
}

func (in *importing) count(row sheet.Row, o engine.ImportOutcome) {
	switch {
	case o.Err != nil:
		in.refuse(row, o.Err)
		return
	case o.Added:
		in.sum.Added++
	case o.Changed:
		in.sum.Changed++
	case !in.flags.dry:
		in.sum.Before++
	}
	if o.Issued {
		in.sum.Issued++
	}
	in.sum.Total += int64(row.Amount)
	if who := row.Number + "\x00" + row.Phone; who != "\x00" {
		in.who[who] = struct{}{}
	}
}

// finish closes the rejects and sums up, whatever ended the import.
func (in *importing) finish(err error) error {
	in.progress.end()
	if closed := in.rejects.close(); closed != nil && err == nil {
		err = closed
	}
	in.sum.Customers, in.sum.Rejects = len(in.who), text(in.rejects.path)
	if answered := in.answer(in.sum, in.showSum); answered != nil && err == nil {
		err = answered
	}
	return err
}

func (in *importing) showSum() {
	w, f := in.words, facts{}
	count := in.format.Count
	f.add(w, "rows", count(in.sum.Rows))
	f.add(w, "added", count(in.sum.Added))
	if in.kind == sheet.Products {
		f.add(w, "changed", count(in.sum.Changed))
	}
	f.add(w, "before", count(in.sum.Before))
	f.add(w, "refused", count(in.sum.Refused))
	if in.kind != sheet.Products {
		f.add(w, "customers", count(in.sum.Customers))
	}
	if in.kind == sheet.Sales {
		f.add(w, "total", in.format.Money(engine.Minor(in.sum.Total)))
	}
	if in.flags.issue {
		f.add(w, "issued", count(in.sum.Issued))
	}
	in.printFacts(f)
	if in.rejects.path != "" {
		in.note("%s", in.words.T("cli.import.rejects", "path", in.rejects.path))
	}
	if in.flags.dry {
		in.note("%s", in.words.T("cli.import.dry"))
	}
}
