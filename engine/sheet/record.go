package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"bounceback/engine"
)

// Bounds of what is kept in memory of a file.
const (
	sampleSize   = 64 << 10
	maxLine      = 64 << 10  // bytes of one line
	maxRecord    = 256 << 10 // bytes of one record, whose quoted fields may hold line ends
	maxHeldLines = 1000
)

// record is one logical line of a file: its raw fields, or what is wrong.
type record struct {
	line   int
	fields [][]byte
	err    error
}

// records cuts a file into records. A record that cannot be read costs its own
// first line only: reading goes on with the line after it.
type records struct {
	in        *bufio.Reader
	delimiter byte
	line      int          // number of the last line handed out
	pending   []heldLine   // read ahead and put back
	onLine    func([]byte) // sees every line once, when it is read; may be nil
}

type heldLine struct {
	text []byte
	long bool // it was longer than maxLine; text is its beginning
}

// next gives the next record, io.EOF at the end, or a fault of reading.
func (r *records) next() (record, error) {
	first, err := r.readLine()
	if err != nil {
		return record{}, err
	}
	rec := record{line: r.line}
	if first.long {
		return rec.refused(first.text, engine.BadInput(CodeRowLong, "most", maxLine)), nil
	}
	s := splitter{delimiter: r.delimiter}
	status := s.feed(first.text)
	held := []heldLine{first}
	for size := len(first.text); status == splitOpen; {
		more, err := r.readLine()
		if errors.Is(err, io.EOF) {
			status = splitBad
			break
		}
		if err != nil {
			return rec, err
		}
		held = append(held, more)
		if size += len(more.text); more.long || size > maxRecord || len(held) > maxHeldLines {
			status = splitBad
			break
		}
		status = s.feed(more.text)
	}
	if status == splitBad {
		r.putBack(held[1:])
		return rec.refused(first.text, engine.BadInput(CodeRowQuotes)), nil
	}
	rec.fields = s.fields
	return rec, nil
}

func (r record) refused(text []byte, err error) record {
	const shown = 1000 // bytes of a line that the list of rejects repeats
	r.fields, r.err = [][]byte{bytes.Clone(text[:min(len(text), shown)])}, err
	return r
}

func (r *records) putBack(lines []heldLine) {
	r.pending = append(append([]heldLine(nil), lines...), r.pending...)
	r.line -= len(lines)
}

// readLine gives the next line without its end, which may be LF, CR LF or CR.
func (r *records) readLine() (heldLine, error) {
	if len(r.pending) > 0 {
		l := r.pending[0]
		r.pending = r.pending[1:]
		r.line++
		return l, nil
	}
	var l heldLine
	for {
		part, err := r.in.Peek(max(1, r.in.Buffered()))
		if len(part) == 0 {
			if errors.Is(err, io.EOF) && len(l.text) == 0 && !l.long {
				return l, io.EOF
			}
			if err != nil && !errors.Is(err, io.EOF) {
				return l, engine.Broken(CodeFileRead, err)
			}
			break
		}
		end := bytes.IndexAny(part, "\r\n")
		keep := part
		if end >= 0 {
			keep = part[:end]
		}
		l.add(keep)
		if end < 0 {
			_, _ = r.in.Discard(len(part)) // just peeked at
			continue
		}
		isCR := part[end] == '\r'
		_, _ = r.in.Discard(end + 1)
		if isCR {
			r.dropLF()
		}
		break
	}
	r.line++
	if r.onLine != nil {
		r.onLine(l.text)
	}
	return l, nil
}

// dropLF drops the second half of a CR LF.
func (r *records) dropLF() {
	if next, err := r.in.Peek(1); err == nil && next[0] == '\n' {
		_, _ = r.in.Discard(1)
	}
}

func (l *heldLine) add(part []byte) {
	if room := maxLine - len(l.text); len(part) > room {
		part, l.long = part[:room], true
	}
	l.text = append(l.text, part...)
}

// splitStatus is how far a record has been read.
type splitStatus int

const (
	splitDone splitStatus = iota // the record ended with the line
	splitOpen                    // a quoted field goes on in the next line
	splitBad                     // its quotes do not fit
)

// splitter cuts the lines of one record into fields. A quote inside a quoted
// field that is not doubled is taken as it stands, but only within one line:
// otherwise one slip would swallow the rest of the file.
type splitter struct {
	delimiter byte
	fields    [][]byte
	field     []byte
	quoted    bool // inside quotes
	stray     bool // an undoubled quote was taken as it stands
	later     bool // the quoted field began in an earlier line
}

func (s *splitter) feed(line []byte) splitStatus {
	if s.quoted {
		if s.stray {
			return splitBad
		}
		s.field, s.later = append(s.field, '\n'), true
	}
	atStart := !s.quoted
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case s.quoted && c == '"':
			if step, ok := s.quote(line[i+1:]); ok {
				i += step
			} else {
				return splitBad
			}
		case s.quoted:
			s.field = append(s.field, c)
		case c == s.delimiter:
			s.end()
			atStart = true
			continue
		case c == '"' && atStart:
			s.quoted, s.field = true, s.field[:0]
		default:
			s.field = append(s.field, c)
		}
		atStart = atStart && c == ' ' // spaces before a quote are no text
	}
	if s.quoted {
		return splitOpen
	}
	s.end()
	return splitDone
}

// quote handles a quote inside a quoted field, with what follows it in its
// line, and tells how many further bytes it took.
func (s *splitter) quote(rest []byte) (int, bool) {
	if len(rest) > 0 && rest[0] == '"' {
		s.field = append(s.field, '"')
		return 1, true
	}
	spaces := 0
	for spaces < len(rest) && rest[spaces] == ' ' && s.delimiter != ' ' {
		spaces++
	}
	if spaces == len(rest) || rest[spaces] == s.delimiter {
		s.quoted, s.later, s.stray = false, false, false
		return spaces, true
	}
	if s.later {
		return 0, false
	}
	s.stray = true
	s.field = append(s.field, '"')
	return 0, true
}

func (s *splitter) end() {
	s.fields = append(s.fields, append([]byte{}, s.field...))
	s.field = s.field[:0]
}
