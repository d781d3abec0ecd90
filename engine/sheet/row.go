package sheet

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"bounceback/engine"
)

// Reader gives the rows of a file one after the other. It keeps sixteen bytes
// and a count for each different row, so that identical ones can be told apart.
type Reader struct {
	l    Layout
	rs   *records
	seen map[[16]byte]uint32
}

// NewReader begins a file anew by the layout that Survey found for it.
func NewReader(r io.Reader, l Layout) (*Reader, error) {
	in, _ := open(r)
	rs := &records{in: in, delimiter: l.Delimiter}
	if _, err := rs.header(l.skip); err != nil {
		return nil, err
	}
	return &Reader{l: l, rs: rs, seen: map[[16]byte]uint32{}}, nil
}

// Next gives the next row that is not blank, io.EOF at the end, or a fault of
// reading the file. What is wrong with a row itself is in Row.Err.
func (r *Reader) Next() (Row, error) {
	for {
		rec, err := r.rs.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.EOF
			}
			return Row{}, err
		}
		if !blank(rec.fields) {
			return r.row(rec), nil
		}
	}
}

func (r *Reader) row(rec record) Row {
	row := Row{Line: rec.line, Fields: make([]string, len(rec.fields))}
	for i, b := range rec.fields {
		row.Fields[i] = r.l.Encoding.text(b)
	}
	if row.Err = rec.err; row.Err != nil {
		return row
	}
	if row.Err = r.l.fits(rec.fields); row.Err != nil {
		return row
	}
	if r.l.o.Kind == Products {
		row.Err = r.l.product(&row)
		return row
	}
	if row.Err = r.l.person(&row); row.Err != nil {
		return row
	}
	if r.l.o.Kind == Sales {
		if row.Err = r.l.sale(&row); row.Err == nil {
			r.name(&row)
		}
	}
	return row
}

// fits refuses rows that are no text or have more fields than there are
// columns, as an amount with an unquoted comma makes them.
func (l *Layout) fits(fields [][]byte) error {
	for _, f := range fields {
		if bytes.IndexByte(f, 0) >= 0 {
			return engine.BadInput(CodeRowNul)
		}
	}
	if len(fields) > len(l.Header) && !blank(fields[len(l.Header):]) {
		return engine.BadInput(CodeRowColumns, "fields", len(fields), "columns", len(l.Header))
	}
	return nil
}

func (l *Layout) cell(row *Row, f Field) string {
	at, ok := l.Columns[f]
	if !ok || at >= len(row.Fields) {
		return ""
	}
	return strings.TrimSpace(row.Fields[at])
}

// person reads who the row is about.
func (l *Layout) person(row *Row) error {
	row.Number, row.Name = l.cell(row, Customer), l.cell(row, Name)
	if err := engine.CheckNumber(row.Number); err != nil {
		return err
	}
	if err := engine.CheckName(row.Name); err != nil {
		return err
	}
	if text := l.cell(row, Phone); text != "" {
		phone, err := engine.ParsePhone(text, l.o.Country)
		if err != nil {
			return err
		}
		row.Phone = phone.E164
	}
	if l.o.Kind == Customers && row.Phone == "" && row.Number == "" {
		return engine.BadInput(CodeRowNoCustomer)
	}
	var err error
	if row.Consent, err = consent(l.cell(row, Consent)); err != nil {
		return err
	}
	row.Groups, row.Tier = pieces(l.cell(row, Groups)), l.cell(row, Tier)
	row.Birth, err = l.month(l.cell(row, Birth))
	return err
}

// pieces cuts a cell that holds several texts at the marks | ; and comma.
func pieces(text string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == ';' || r == ',' }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// consent reads an answer; an empty cell is none.
func consent(text string) (engine.Consent, error) {
	switch strings.Join(engine.FoldWords(text), " ") {
	case "":
		return engine.ConsentUnknown, nil
	case "yes", "y", "true", "1", "sim", "s", "si", "verdadeiro", "x":
		return engine.ConsentYes, nil
	case "no", "n", "false", "0", "nao", "falso":
		return engine.ConsentNo, nil
	case "unknown", "desconhecido":
		return engine.ConsentUnknown, nil
	}
	return "", engine.BadInput(CodeRowConsent, "text", text)
}

func (l *Layout) sale(row *Row) error {
	row.Reference = l.cell(row, Reference)
	if utf8.RuneCountInString(row.Reference) > engine.MaxReference {
		return engine.BadInput(engine.CodeReferenceLong, "most", engine.MaxReference)
	}
	var err error
	if row.Business, err = l.date(l.cell(row, Date)); err != nil {
		return err
	}
	row.Amount, err = l.amount(l.cell(row, Amount))
	return err
}

// name gives the row its key: what the sale is, and how many rows before it in
// the file are the same.
func (r *Reader) name(row *Row) {
	h := sha256.New()
	for _, part := range []string{row.Reference, row.Number, row.Phone} {
		h.Write(binary.AppendUvarint(nil, uint64(len(part))))
		io.WriteString(h, part) //nolint:errcheck // a hash never fails
	}
	h.Write(binary.AppendVarint(binary.AppendVarint(nil, int64(row.Business)), int64(row.Amount)))
	var what [16]byte
	copy(what[:], h.Sum(nil))
	h.Write(binary.AppendUvarint(nil, uint64(r.seen[what])))
	r.seen[what]++
	row.Key = "import:" + hex.EncodeToString(h.Sum(nil)[:16])
}
