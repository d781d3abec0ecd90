package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/tui/report"
)

// reportFlags are what every report takes: its days and one form of answer.
type reportFlags struct {
	filterFlags
	csv, text bool
}

// bindReport makes the flags. days tells whether the report is of days.
func (f *reportFlags) bindReport(a *app, cmd *cobra.Command, days bool) {
	if days {
		f.bind(cmd, "from", "to")
	}
	cmd.Flags().BoolVar(&f.csv, "csv", false, "")
	cmd.Flags().BoolVar(&f.text, "text", false, a.words.T("cli.flag.text_lines"))
}

// reportDays reads the flags: the days, and that one form of answer is asked for.
func (a *app) reportDays(ctx context.Context, cmd *cobra.Command, f reportFlags) (engine.Filter, error) {
	if err := atMostOne(cmd, "json", "csv", "text"); err != nil {
		return engine.Filter{}, err
	}
	days, err := a.filter(ctx, f.filterFlags)
	if err == nil && days.To != 0 && days.To < days.From {
		err = engine.BadInput(CodeUsageBad, "flag", "--to", "value", f.to)
	}
	return days, err
}

// pen is what reports are written with.
func (a *app) pen() report.Pen {
	return report.Pen{Words: a.words, Format: a.format, Store: a.store, Today: a.today()}
}

// answerReport writes a report: as CSV by its rows, as JSON whole, or laid out
// for people.
func answerReport[D any](a *app, f reportFlags, rows []D, whole any, doc report.Doc) error {
	if f.csv {
		return csvRows(a, rows)
	}
	if a.JSON {
		return a.answer(whole, nil)
	}
	if err := report.WriteText(a.env.Stdout, doc); err != nil {
		return engine.Broken(CodeOutput, err)
	}
	return nil
}
