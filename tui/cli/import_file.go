package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"bounceback/engine"
	"bounceback/engine/sheet"
)

// CodeRejects says that the file of refused rows could not be written; with
// path, cause.
const CodeRejects engine.Code = "rejects_write"

// rejects is the file of the rows that were refused. It is made at the first
// one. An earlier one of the same name stays; this one gets a number.
type rejects struct {
	source    string
	delimiter byte
	header    []string
	path      string // once there is one
	file      *os.File
	out       *csv.Writer
	err       error
}

func newRejects(source string, l sheet.Layout) *rejects {
	return &rejects{source: source, delimiter: l.Delimiter, header: l.Header}
}

func (r *rejects) add(row sheet.Row, err error, sentence string) {
	if r.err != nil {
		return
	}
	if r.file == nil && !r.begin() {
		return
	}
	// Errors of the writer stay with it until close asks for them.
	_ = r.out.Write(append([]string{strconv.Itoa(row.Line), string(engine.CodeOf(err)), sentence}, row.Fields...))
}

func (r *rejects) begin() bool {
	const most = 1000
	for n := 1; n <= most; n++ {
		path := r.source + ".rejects.csv"
		if n > 1 {
			path = fmt.Sprintf("%s.rejects-%d.csv", r.source, n)
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			r.err = engine.Broken(CodeRejects, err, "path", path)
			return false
		}
		r.path, r.file, r.out = path, file, csv.NewWriter(file)
		r.out.Comma = rune(r.delimiter)
		_ = r.out.Write(append([]string{"line", "code", "reason"}, r.header...)) // see add
		return true
	}
	r.err = engine.Broken(CodeRejects, fs.ErrExist, "path", r.source+".rejects.csv")
	return false
}

func (r *rejects) close() error {
	if r.file == nil {
		return r.err
	}
	r.out.Flush()
	if err := errors.Join(r.out.Error(), r.file.Close()); err != nil && r.err == nil {
		r.err = engine.Broken(CodeRejects, err, "path", r.path)
	}
	return r.err
}

// progress is the line on a terminal that tells how far long work has come.
type progress struct {
	*app
	rows  int // of the whole file
	begun engine.Instant
	shown engine.Instant
	width int // of the line that stands there
}

// progressEvery is the least time between two drawings, in milliseconds.
const progressEvery = 200

func (a *app) newProgress(rows int) *progress {
	now := a.env.Clock()
	return &progress{app: a, rows: rows, begun: now, shown: now}
}

func (p *progress) show(done int) {
	p.line(func() string {
		rate, left := pace(done, p.rows, p.shown-p.begun)
		return p.words.T("cli.import.progress", "done", p.format.Count(done), "rows", p.format.Count(p.rows),
			"rate", p.format.Count(rate), "left", p.format.Duration(left))
	})
}

// line draws a line, unless nobody sees it or the one before is fresh yet.
func (p *progress) line(text func() string) {
	now := p.env.Clock()
	if !p.env.Terminal || p.JSON || now-p.shown < progressEvery {
		return
	}
	p.shown = now
	p.draw(text())
}

// pace gives the rows a second so far and how long the rest will take, from
// the milliseconds spent.
func pace(done, rows int, spent engine.Instant) (perSecond int, left time.Duration) {
	if done <= 0 || spent <= 0 {
		return 0, 0
	}
	perSecond = int(int64(done) * 1000 / int64(spent))
	rest := time.Duration(max(rows-done, 0)) * time.Duration(spent) * time.Millisecond / time.Duration(done)
	return perSecond, rest
}

func (p *progress) draw(line string) {
	width := len([]rune(line))
	fmt.Fprintf(p.env.Stderr, "\r%s%s", line, strings.Repeat(" ", max(p.width-width, 0)))
	p.width = width
}

// end takes the line away.
func (p *progress) end() {
	if p.width > 0 {
		fmt.Fprintf(p.env.Stderr, "\r%s\r", strings.Repeat(" ", p.width))
		p.width = 0
	}
}
