package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"bounceback/engine"
)

// dialect is one way in which a program writes a file.
type dialect struct {
	delimiter string
	lineEnd   string
	encoding  Encoding
	bom       bool
	decimal   rune
	order     Order
	mark      string // between day, month and year
	quoteAll  bool
}

func anyDialect(t *rapid.T) dialect {
	d := dialect{
		delimiter: rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter"),
		lineEnd:   rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end"),
		encoding:  rapid.SampledFrom([]Encoding{UTF8, Windows1252, UTF16}).Draw(t, "encoding"),
		bom:       rapid.Bool().Draw(t, "bom"),
		decimal:   rapid.SampledFrom([]rune{'.', ','}).Draw(t, "decimal"),
		order:     rapid.SampledFrom([]Order{DayFirst, MonthFirst, YearFirst}).Draw(t, "order"),
		mark:      rapid.SampledFrom([]string{"/", "-", "."}).Draw(t, "mark"),
		quoteAll:  rapid.Bool().Draw(t, "quote all"),
	}
	return d
}

func (d dialect) date(day engine.Day) string {
	layout := map[Order][]string{DayFirst: {"02", "01", "2006"}, MonthFirst: {"01", "02", "2006"}, YearFirst: {"2006", "01", "02"}}
	return day.Date().Format(strings.Join(layout[d.order], d.mark))
}

func (d dialect) amount(m engine.Minor, grouped bool) string {
	s := m.Plain(2)
	whole, decimals, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; grouped && i > 0; i -= 3 {
		whole = whole[:i] + string(otherMark(d.decimal)) + whole[i:]
	}
	return whole + string(d.decimal) + decimals
}

func (d dialect) line(cells ...string) string {
	for i, c := range cells {
		if d.quoteAll || strings.ContainsAny(c, d.delimiter+"\"\r\n") || strings.HasPrefix(c, " ") {
			cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
	}
	return strings.Join(cells, d.delimiter) + d.lineEnd
}

func (d dialect) bytes(t *rapid.T, text string) []byte {
	switch d.encoding {
	case Windows1252:
		out, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return out
	case UTF16:
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if d.bom {
		text = "\ufeff" + text
	}
	return []byte(text)
}

// TestEveryDialectReadsBack writes sales in any dialect and reads them back.
func TestEveryDialectReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDialect(t)
		n := rapid.IntRange(1, 30).Draw(t, "rows")
		// One row tells decimal mark and order, as any real file does.
		days := []engine.Day{engine.DayOf(2026, time.March, 25)}
		amounts := []engine.Minor{1050}
		names := []string{"Ana"}
		for range n {
			days = append(days, engine.Day(rapid.IntRange(0, 40000).Draw(t, "day")))
			amounts = append(amounts, engine.Minor(rapid.Int64Range(0, int64(engine.MaxAmount)).Draw(t, "amount")))
			names = append(names, rapid.StringMatching(`[A-Za-zçãéÜ"',;|.]{0,12}`).Draw(t, "name"))
		}
		text := d.line("date", "amount", "name", "customer")
		for i := range days {
			text += d.line(d.date(days[i]), d.amount(amounts[i], rapid.Bool().Draw(t, "grouped")), names[i], fmt.Sprint(i))
		}
		data := d.bytes(t, text)
		l, err := Survey(bytes.NewReader(data), Options{Marks: engine.Marks{Decimal: '.', Group: ',', Exponent: 2}})
		if err != nil {
			t.Fatal(err)
		}
		r, err := NewReader(bytes.NewReader(data), l)
		if err != nil {
			t.Fatal(err)
		}
		for i := range days {
			row, err := r.Next()
			if err != nil || row.Err != nil {
				t.Fatalf("row %d: %v %v of %q", i, err, row.Err, text)
			}
			if row.Business != days[i] || row.Amount != amounts[i] || row.Name != names[i] || row.Number != fmt.Sprint(i) {
				t.Fatalf("row %d of %q came back as %+v", i, text, row)
			}
		}
		if _, err := r.Next(); err != io.EOF { //nolint:errorlint // the contract is io.EOF itself
			t.Fatalf("after the last row: %v", err)
		}
	})
}

// FuzzFile gives any bytes as a file: nothing may crash, both passes must see
// the same rows, and no row may be lost or hold an amount out of range.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"customer,date,quantity,amount\n00001,1997-01-01,1,11.77\n",
		"data;valor\r\n20/11/2026;\"1.234,50\"\r\n\"\n",
		"sep=;\ndate;amount\n1;2;3\n",
		"\xff\xfed\x00a\x00t\x00e\x00,\x00a\x00m\x00o\x00u\x00n\x00t\x00\n\x001\x00",
		"date,amount,name\n2026-01-02,1,\"open\n2026-01-03,2,\"a\"b\n\"c\"d\n",
		"date,amount\n03/04/26,(1)\n13/04/26,-\n04/13/26,R$\n,,,,,\n\x00",
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, sales bool) {
		o := brazil
		if !sales {
			o.Kind = Customers
		}
		l, err := Survey(bytes.NewReader(data), o)
		if err != nil {
			if engine.ClassOf(err) != engine.Input {
				t.Fatalf("a bad file is a fault: %v", err)
			}
			return
		}
		_, rows := read(t, data, o)
		last := 0
		for _, r := range rows {
			if r.Line <= last {
				t.Fatalf("line %d after line %d", r.Line, last)
			}
			last = r.Line
			if r.Err == nil && (r.Amount < 0 || r.Amount > engine.MaxAmount || len(r.Fields) == 0) {
				t.Fatalf("row %+v of %+v", r, l)
			}
		}
	})
}
