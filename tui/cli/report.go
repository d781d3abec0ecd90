package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/tui/report"
)

// reportFlags are what every report takes: its days and one form of answer.
type reportFlags struct {
	filterFlags
	csv, text bool
	html      string // the file of a page; - is stdout
}

// bindReport makes the flags. days tells whether the report is of days.
func (f *reportFlags) bindReport(a *app, cmd *cobra.Command, days bool) {
	if days {
		f.bind(cmd, "from", "to")
	}
	cmd.Flags().BoolVar(&f.csv, "csv", false, "")
	cmd.Flags().BoolVar(&f.text, "text", false, a.words.T("cli.flag.text_lines"))
	cmd.Flags().StringVar(&f.html, "html", "", "")
}

// reportDays reads the flags: the days, and that one form of answer is asked for.
func (a *app) reportDays(ctx context.Context, cmd *cobra.Command, f reportFlags) (engine.Filter, error) {
	if err := atMostOne(cmd, "json", "csv", "text", "html"); err != nil {
		return engine.Filter{}, err
	}
	days, err := a.filter(ctx, f.filterFlags)
	if err == nil && days.To != 0 && days.To < days.From {
		err = engine.BadInput(engine.CodeBadSpan, "first", days.From, "last", days.To)
	}
	return days, err
}

// pen is what reports are written with.
func (a *app) pen() report.Pen {
	return report.Pen{Words: a.words, Format: a.format, Store: a.store, Today: a.today()}
}

// answerReport writes a report: as CSV by its rows, as JSON whole, as a page, or
// laid out for people.
func answerReport[D any](a *app, f reportFlags, rows []D, whole any, doc report.Doc) error {
	if f.csv {
		return csvRows(a, rows)
	}
	if a.JSON {
		return a.answer(whole, nil)
	}
	if f.html != "" {
		return a.reportPage(f.html, doc)
	}
	if err := report.WriteText(a.env.Stdout, doc); err != nil {
		return engine.Broken(CodeOutput, err)
	}
	return nil
}

// reportPage writes a report as a page for a browser to a new file, or to stdout
// for "-".
func (a *app) reportPage(path string, doc report.Doc) error {
	if path == "-" {
		path = ""
	}
	made := a.words.T("report.html.made", "at", a.format.DateTime(a.env.Clock()))
	return a.toFile(path, func(w io.Writer) error { return outputFault(report.WriteHTML(w, doc, a.words.Lang(), made)) })
}
