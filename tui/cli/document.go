package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"bounceback/engine"
	"bounceback/engine/form"
)

// Codes of files that are read whole.
const (
	CodeCannotOpen engine.Code = "cannot_open" // with path; it is the store's code for the same thing
	CodeInputRead  engine.Code = "input_read"  // with cause
)

// input opens a file for reading; - is the input of the command.
func (a *app) input(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.env.Stdin), nil
	}
	if err := a.noFiles(path); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, engine.Broken(CodeCannotOpen, err, "path", path)
	}
	return file, nil
}

// document reads a file that holds one JSON document.
func (a *app) document(path string) ([]byte, error) {
	in, err := a.input(path)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // only read
	raw, err := io.ReadAll(io.LimitReader(in, form.MaxSize+1))
	if err != nil {
		return nil, unread(err)
	}
	return raw, nil
}

// unread says why input cannot be read: in its own words where whoever gives it
// refuses to.
func unread(err error) error {
	var own *engine.Error
	if errors.As(err, &own) {
		return own
	}
	return engine.Broken(CodeInputRead, err)
}

// documents cuts a stream into its JSON documents, each as soon as it is there.
type documents struct {
	in     *bufio.Reader
	room   *io.LimitedReader
	dec    *json.Decoder
	broken bool // what was given last is no document: nothing can be found behind it
}

func newDocuments(r io.Reader) *documents {
	d := &documents{in: bufio.NewReader(r)}
	d.room = &io.LimitedReader{R: d.in}
	d.dec = json.NewDecoder(d.room)
	return d
}

// next gives the next document, or what is there in place of one, which
// form says is wrong; nil at the end.
func (d *documents) next() ([]byte, error) {
	if d.dec.InputOffset() == 0 {
		d.dropMark()
	}
	d.room.N = form.MaxSize + 1
	var raw json.RawMessage
	err := d.dec.Decode(&raw)
	var bad *json.SyntaxError
	switch {
	case err == nil:
		return raw, nil
	case errors.Is(err, io.EOF) && d.room.N > 0:
		return nil, nil
	case errors.As(err, &bad), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		d.broken = true
		return io.ReadAll(d.dec.Buffered())
	}
	return nil, unread(err)
}

// dropMark drops the byte order mark that some programs write first.
func (d *documents) dropMark() {
	const mark = "\ufeff"
	if first, err := d.in.Peek(len(mark)); err == nil && string(first) == mark {
		_, _ = d.in.Discard(len(mark)) // just peeked at
	}
}
