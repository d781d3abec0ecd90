package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"bounceback/engine"
)

// Survey looks at a whole file and settles how it is to be read. Errors are
// about the file: no header, no such column, or that it cannot be read.
func Survey(r io.Reader, o Options) (Layout, error) {
	l := Layout{o: o, Encoding: UTF8, Dates: o.Dates, Decimal: o.Decimal}
	in, wide := open(r)
	allUTF8 := true
	rs := &records{in: in, onLine: func(b []byte) { allUTF8 = allUTF8 && utf8.Valid(b) }}
	l.Delimiter, l.skip = findDelimiter(in)
	rs.delimiter = l.Delimiter
	raw, err := rs.header(l.skip)
	if err != nil {
		return l, err
	}
	// Names of columns are read as what the header alone looks like; the
	// encoding of the whole is known at the end.
	l.setHeader(raw, encodingOf(allUTF8))
	if l.Columns, err = o.columns(l.Header); err != nil {
		return l, err
	}
	if err := l.gather(rs); err != nil {
		return l, err
	}
	if l.Encoding = encodingOf(allUTF8); wide {
		l.Encoding = UTF16
	}
	return l, nil
}

func encodingOf(allUTF8 bool) Encoding {
	if allUTF8 {
		return UTF8
	}
	return Windows1252
}

func (l *Layout) setHeader(raw [][]byte, e Encoding) {
	l.Header = make([]string, len(raw))
	for i, b := range raw {
		l.Header[i] = strings.TrimSpace(e.text(b))
	}
}

// header gives the first record that is not blank.
func (r *records) header(skip int) ([][]byte, error) {
	for range skip {
		if _, err := r.readLine(); err != nil {
			return nil, noHeader(err)
		}
	}
	for {
		rec, err := r.next()
		if err != nil {
			return nil, noHeader(err)
		}
		if rec.err != nil {
			return nil, rec.err
		}
		if !blank(rec.fields) {
			return rec.fields, nil
		}
	}
}

func noHeader(err error) error {
	if errors.Is(err, io.EOF) {
		return engine.BadInput(CodeFileEmpty)
	}
	return err
}

// gather counts the rows and settles decimal mark and order of dates.
func (l *Layout) gather(rs *records) error {
	var decimal decimalEvidence
	var order orderEvidence
	for {
		rec, err := rs.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if blank(rec.fields) {
			continue
		}
		l.Rows++
		if rec.err != nil {
			continue
		}
		for _, f := range []Field{Amount, Price, Floor, Cost} {
			decimal.see(cell(rec.fields, l.Columns, f))
		}
		for _, f := range []Field{Date, Birth} {
			order.see(cell(rec.fields, l.Columns, f))
		}
	}
	if l.Decimal == 0 {
		l.Decimal = decimal.mark(l.o.Marks.Decimal)
	}
	if l.Dates == "" {
		l.Dates, l.GuessedDates = order.order(l.o.HomeDate)
	}
	return nil
}

func cell(fields [][]byte, columns map[Field]int, f Field) string {
	at, ok := columns[f]
	if !ok || at >= len(fields) {
		return ""
	}
	return string(bytes.TrimSpace(fields[at]))
}

func blank(fields [][]byte) bool {
	for _, f := range fields {
		if len(bytes.TrimSpace(f)) > 0 {
			return false
		}
	}
	return true
}

// delimiters are the marks that files put between fields.
var delimiters = []byte{',', ';', '\t', '|'}

// findDelimiter looks at the beginning of a file: the delimiter that cuts the
// most lines into as many fields as the header has. A first line "sep=;" names
// it, and is not the header.
func findDelimiter(in *bufio.Reader) (delimiter byte, skip int) {
	sample, _ := in.Peek(sampleSize) // a shorter file gives what it has
	first, _, _ := bytes.Cut(sample, []byte("\n"))
	if named, ok := bytes.CutPrefix(bytes.TrimRight(first, "\r"), []byte("sep=")); ok && len(named) == 1 {
		return named[0], 1
	}
	best, bestScore := delimiters[0], 0
	for _, d := range delimiters {
		if score := scoreDelimiter(sample, d); score > bestScore {
			best, bestScore = d, score
		}
	}
	return best, 0
}

// scoreDelimiter counts the lines that a delimiter cuts as it cuts the first,
// if it cuts that one at all, and then the fields.
func scoreDelimiter(sample []byte, d byte) int {
	rs := &records{in: bufio.NewReaderSize(bytes.NewReader(sample), sampleSize), delimiter: d}
	const lines, mostFields = 100, 1000
	want, alike := 0, 0
	for range lines {
		rec, err := rs.next()
		if err != nil {
			break
		}
		if rec.err != nil || blank(rec.fields) {
			continue
		}
		if want == 0 {
			want = len(rec.fields)
		}
		if len(rec.fields) == want {
			alike++
		}
	}
	if want < 2 {
		return 0
	}
	return alike*mostFields + min(want, mostFields-1)
}
