package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// CodeFileThere says that a file that was to be made is there already; with
// path. It is the store's code for the same thing.
const CodeFileThere engine.Code = "file_exists"

// exportKinds are what can be exported.
var exportKinds = []string{"sales", "lines", "discounts", "coupons", "customers", "products", "campaigns", "messages", "audit"}

func (a *app) exportCommand() *cobra.Command {
	var f filterFlags
	var format, out string
	cmd := &cobra.Command{
		Use: "export " + strings.Join(exportKinds, "|"), Args: takes(1, 1), ValidArgs: exportKinds,
		Example: "  bounceback export sales --format csv --from 2026-01-01 --out sales.csv\n  bounceback export audit --format json",
		RunE: a.work(func(ctx context.Context, args []string) error {
			kind, err := choice("export", args[0], exportKinds...)
			if err != nil {
				return err
			}
			if format, err = choice("--format", format, "csv", "json"); err != nil {
				return err
			}
			if err := a.actor.Need(engine.MayExport); err != nil {
				return err
			}
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			filter.Limit = engine.MostPage
			return a.toFile(out, func(w io.Writer) error { return a.export(ctx, kind, filter, newExporter(format, w)) })
		}),
	}
	cmd.Flags().StringVar(&format, "format", "csv", "")
	cmd.Flags().StringVar(&out, "out", "", "")
	f.bind(cmd, "state", "from", "to", "customer", "campaign", "cashier", "search")
	f.bindOrigin(a, cmd)
	return cmd
}

// toFile runs write on stdout, or on a new file of a path.
func (a *app) toFile(path string, write func(io.Writer) error) error {
	if path == "" {
		w := bufio.NewWriter(a.env.Stdout)
		if err := write(w); err != nil {
			return err
		}
		return outputFault(w.Flush())
	}
	if err := a.noFiles(path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return engine.BadInput(CodeFileThere, "path", path)
	}
	if err != nil {
		return outputFault(err)
	}
	w := bufio.NewWriter(file)
	err = write(w)
	if done := errors.Join(w.Flush(), file.Sync(), file.Close()); err == nil {
		err = outputFault(done)
	}
	return err
}

func outputFault(err error) error {
	if err == nil {
		return nil
	}
	return engine.Broken(CodeOutput, err)
}

// export writes every row of a list, page after page.
func (a *app) export(ctx context.Context, kind string, f engine.Filter, x *exporter) error {
	switch kind {
	case "sales":
		return exportPages(ctx, a, f, x, a.file.Sales, a.saleDTO)
	case "coupons":
		return exportPages(ctx, a, f, x, a.file.Coupons, a.couponDTO)
	case "customers":
		return exportPages(ctx, a, f, x, a.file.Customers, a.customerDTO)
	case "lines":
		return a.exportLines(ctx, f, x)
	case "discounts":
		return a.exportDiscounts(ctx, f, x)
	case "products":
		return exportPages(ctx, a, f, x, a.file.Products, a.productDTO)
	case "campaigns":
		return exportPages(ctx, a, f, x, a.file.Campaigns, a.campaignDTO(a.naming(ctx)))
	case "messages":
		return exportPages(ctx, a, f, x, a.file.Messages, a.messageDTO)
	}
	return exportPages(ctx, a, f, x, a.file.Audit, a.auditDTO)
}

func exportPages[T, D any](ctx context.Context, a *app, f engine.Filter, x *exporter,
	read func(context.Context, engine.Actor, engine.Filter) (engine.Page[T], error), dto func(T) D,
) error {
	var none D
	if err := x.begin(none); err != nil {
		return err
	}
	for {
		page, err := read(ctx, a.actor, f)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := x.row(dto(item)); err != nil {
				return err
			}
		}
		if f.After = page.Next; f.After == "" {
			return x.end()
		}
	}
}

// exportLines writes one row for each line of the sales that have lines.
func (a *app) exportLines(ctx context.Context, f engine.Filter, x *exporter) error {
	if err := x.begin(soldLineDTO{}); err != nil {
		return err
	}
	for {
		page, err := a.file.Sales(ctx, a.actor, f)
		if err != nil {
			return err
		}
		for _, listed := range page.Items {
			s, err := a.file.Sale(ctx, a.actor, listed.ID)
			if err != nil {
				return err
			}
			for _, l := range s.Lines {
				if err := x.row(a.soldLineDTO(s, l)); err != nil {
					return err
				}
			}
		}
		if f.After = page.Next; f.After == "" {
			return x.end()
		}
	}
}

// exportDiscounts writes one row for each business day.
func (a *app) exportDiscounts(ctx context.Context, f engine.Filter, x *exporter) error {
	if err := x.begin(discountsDTO{}); err != nil {
		return err
	}
	days, err := a.file.Discounts(ctx, a.actor, f.From, f.To)
	if err != nil {
		return err
	}
	for _, d := range days {
		if err := x.row(newDiscountsDTO(d)); err != nil {
			return err
		}
	}
	return x.end()
}

// exporter writes DTOs as CSV or as one JSON list.
type exporter struct {
	csv   *csv.Writer
	json  io.Writer
	comma string
}

func newExporter(format string, w io.Writer) *exporter {
	if format == "json" {
		return &exporter{json: w}
	}
	return &exporter{csv: csv.NewWriter(w)}
}

func (x *exporter) begin(dto any) error {
	if x.json != nil {
		_, err := io.WriteString(x.json, `{"items":[`)
		return outputFault(err)
	}
	var names []string
	for _, f := range fieldsOf(dto) {
		names = append(names, f.Tag.Get("json"))
	}
	return outputFault(x.csv.Write(names))
}

func (x *exporter) row(dto any) error {
	if x.json == nil {
		return outputFault(x.csv.Write(cells(dto)))
	}
	raw, err := json.Marshal(dto)
	if err != nil {
		return outputFault(err)
	}
	_, err = fmt.Fprintf(x.json, "%s\n%s", x.comma, engine.ShownJSON(raw))
	x.comma = ","
	return outputFault(err)
}

func (x *exporter) end() error {
	if x.json != nil {
		_, err := io.WriteString(x.json, "\n],\"next\":null}\n")
		return outputFault(err)
	}
	x.csv.Flush()
	return outputFault(x.csv.Error())
}

// fieldsOf are the fields of a DTO, those of the structs it embeds among them.
func fieldsOf(dto any) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(reflect.TypeOf(dto)), func(f reflect.StructField) bool { return f.Anonymous })
}

// cells are the fields of a DTO as texts; null is empty.
func cells(dto any) []string {
	v, fields := reflect.ValueOf(dto), fieldsOf(dto)
	out := make([]string, len(fields))
	for i := range out {
		f := v.FieldByIndex(fields[i].Index)
		if f.Kind() == reflect.Pointer {
			if f.IsNil() {
				continue
			}
			f = f.Elem()
		}
		if texts, ok := f.Interface().([]string); ok { // as imports read them
			out[i] = safeCell(engine.ShownText(strings.Join(texts, "|")))
			continue
		}
		out[i] = safeCell(engine.ShownText(fmt.Sprint(f.Interface())))
	}
	return out
}

// safeCell puts an apostrophe before what a spreadsheet would run as a formula.
func safeCell(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) || isNumber(s) {
		return s
	}
	return "'" + s
}

// isNumber tells whether a text is digits with a sign and at most one point.
func isNumber(s string) bool {
	whole, decimals, point := strings.Cut(strings.TrimLeft(s[:1], "+-")+s[1:], ".")
	return whole != "" && strings.Trim(whole, "0123456789") == "" && strings.Trim(decimals, "0123456789") == "" && (!point || decimals != "")
}
