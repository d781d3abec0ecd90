package screen

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// Codes of a report's file.
const (
	codeFileExists engine.Code = "file_exists" // with path: it is never overwritten
	codeOutput     engine.Code = "output"      // with cause
)

// askExport asks for a file: a page for browsers and printers, or plain lines.
func (p *reportPage) askExport() tea.Cmd {
	if p.env.NoFiles {
		p.say(kit.Caution, p.t("report.export.no_files", "command", "report "+p.kind.name+" --html"))
		return nil
	}
	ask := newPrompt(p.env, p.t("report.export.where"))
	ask.line.Limit = 240
	ask.line.Set(p.kind.name + "-" + p.today().String() + ".html")
	p.ask(ask, p.export)
	return nil
}

// export writes the report to a file, which must not be there yet.
func (p *reportPage) export(path string) tea.Cmd {
	if path == "" {
		return nil
	}
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	doc, lang, made := p.doc, p.env.Words.Lang(), p.env.Format.DateTime(p.now())
	return read(&p.base, func(context.Context, engine.Actor) (string, error) {
		return path, writeNew(path, func(w io.Writer) error {
			if strings.HasSuffix(strings.ToLower(path), ".txt") {
				return report.WriteText(w, doc)
			}
			return report.WriteHTML(w, doc, lang, made)
		})
	}, func(path string) tea.Cmd {
		p.say(kit.Fine, p.t("report.export.done", "path", path))
		return nil
	})
}

// writeNew writes a file that only its owner may read: the figures are nobody
// else's.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return engine.BadInput(codeFileExists, "path", path)
	}
	if err != nil {
		return engine.Broken(codeOutput, err)
	}
	b := bufio.NewWriter(f)
	if err := errors.Join(write(b), b.Flush(), f.Close()); err != nil {
		_ = os.Remove(path) // half a report is none
		return engine.Broken(codeOutput, err)
	}
	return nil
}
