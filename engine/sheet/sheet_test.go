package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
)

var brazil = Options{
	Country: "BR", HomeDate: DayFirst, Marks: engine.Marks{Decimal: ',', Group: '.', Exponent: 2},
}

var states = Options{
	Country: "US", HomeDate: MonthFirst, Marks: engine.Marks{Decimal: '.', Group: ',', Exponent: 2},
}

// read reads a whole file: its layout and its rows.
func read(t testing.TB, data []byte, o Options) (Layout, []Row) {
	t.Helper()
	l, err := Survey(bytes.NewReader(data), o)
	if err != nil {
		t.Fatalf("survey: %v", err)
	}
	r, err := NewReader(bytes.NewReader(data), l)
	if err != nil {
		t.Fatalf("reader: %v", err)
	}
	var rows []Row
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("next: %v", err)
		}
		rows = append(rows, row)
	}
	if len(rows) != l.Rows {
		t.Fatalf("the survey counted %d rows, the reader gave %d", l.Rows, len(rows))
	}
	return l, rows
}

// told writes a row as its values or the code of its error.
func told(r Row) string {
	if r.Err != nil {
		return fmt.Sprintf("%d %s", r.Line, engine.CodeOf(r.Err))
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s %d %s%s%s%s", r.Line, r.Business, r.Amount, r.Number, r.Phone, r.Reference, r.Name))
}

func TestFilesOfShops(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		o    Options
		want []string
	}{
		{
			"cdnow", "customer,date,quantity,amount\n00001,1997-01-01,1,11.77\n00002,1997-01-12,1,12.00\n", states,
			[]string{"2 1997-01-01 1177 00001", "3 1997-01-12 1200 00002"},
		},
		{
			"brazil", "Nº Pedido;Data da Venda;Telefone;Valor Total\r\n77;20/11/2026;(11) 98765-4321;R$ 1.234,50\r\n", brazil,
			[]string{"2 2026-11-20 123450 +551198765432177"},
		},
		{
			"windows-1252", "N\xfamero do Cliente;Data;Pre\xe7o\nJo\xe3o;01/02/2026;1,5\n", brazil,
			[]string{"2 2026-02-01 150 João"},
		},
		{"bom, tabs", "\xef\xbb\xbffecha\timporte\tcliente\n3/4/26\t12 €\tA\n", brazil, []string{"2 2026-04-03 1200 A"}},
		{"sep line", "sep=|\ndate|amount\n2026-01-02|1\n", states, []string{"3 2026-01-02 100"}},
		{"old mac line ends", "date,amount\r2026-01-02,1\r2026-01-03,2\r", states, []string{"2 2026-01-02 100", "3 2026-01-03 200"}},
		{
			"quoted line end, doubled quotes", "date,amount,name\n2026-01-02,1,\"Ana \"\"A\"\"\"\n\"2026-01-03\n\",\"2,000.00\",B\n", states,
			[]string{`2 2026-01-02 100 Ana "A"`, "3 2026-01-03 200000 B"},
		},
		{"stray quote in one line", "date,amount,name\n2026-01-02,1,\"The \"Best\" Shop\"\n", states, []string{`2 2026-01-02 100 The "Best" Shop`}},
		{
			"a quote left open costs its line only", "date,amount,name\n2026-01-02,1,\"Ana\n2026-01-03,2,B\n2026-01-04,3,C\n", states,
			[]string{"2 row_quotes", "3 2026-01-03 200 B", "4 2026-01-04 300 C"},
		},
		{
			"a stray quote must close in its line", "date,amount,name\n2026-01-02,1,\"The \"Best\n2026-01-03,2,B\"\n2026-01-04,3,C\n", states,
			[]string{"2 row_quotes", `3 2026-01-03 200 B"`, "4 2026-01-04 300 C"},
		},
		{
			"ragged", "date,amount,name,note\n2026-01-02,1\n2026-01-03,2,B,,,\n2026-01-04,12,50,x,more\n2026-01-05\n", states,
			[]string{"2 2026-01-02 100", "3 2026-01-03 200 B", "4 row_columns", "5 amount_empty"},
		},
		{"blank lines", "\n\ndate,amount\n\n,,\n2026-01-02,1\n   \n", states, []string{"6 2026-01-02 100"}},
		{"nul", "date,amount\n2026-01-02,1\x00\n2026-01-03,1\n", states, []string{"2 row_nul", "3 2026-01-03 100"}},
		{
			"zero and negative", "date,amount\n2026-01-02,0.00\n2026-01-02,-5.00\n2026-01-02,(5.00)\n2026-01-02,$-1\n2026-01-02,-0.00\n", states,
			[]string{"2 2026-01-02 0", "3 amount_negative", "4 amount_negative", "5 amount_negative", "6 2026-01-02 0"},
		},
		{
			"impossible", "date,amount,phone\n30/02/2026,1,\nsoon,1,\n13/01/2026,1e9,\n13/01/2026,1,123\n", brazil,
			[]string{"2 row_date", "3 row_date", "4 amount_letters", "5 phone_impossible"},
		},
		{"a total at the end", "date,amount\n2026-01-02,1\nTotal,1\n", states, []string{"2 2026-01-02 100", "3 row_date"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, rows := read(t, []byte(c.file), c.o)
			var got []string
			for _, r := range rows {
				got = append(got, told(r))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestUTF16(t *testing.T) {
	text := "data;valor;nome\n20/11/2026;1,50;José\n"
	for name, order := range map[string][2]int{"little": {0, 1}, "big": {1, 0}} {
		data := make([]byte, 0, 2*len(text)+2)
		for _, r := range "\ufeff" + text {
			pair := [2]byte{}
			pair[order[0]], pair[order[1]] = byte(r), byte(r>>8)
			data = append(data, pair[:]...)
		}
		l, rows := read(t, data, brazil)
		if l.Encoding != UTF16 || len(rows) != 1 || told(rows[0]) != "2 2026-11-20 150 José" {
			t.Errorf("%s endian: %s, %v", name, l.Encoding, rows)
		}
	}
}

func TestDatesAreSettledByTheWholeFile(t *testing.T) {
	for _, c := range []struct {
		dates   string
		o       Options
		order   Order
		guessed bool
		want    string
	}{
		{"03/04/2026 13/04/2026", states, DayFirst, false, "2026-04-03 2026-04-13"},
		{"03/04/2026 04/13/2026", brazil, MonthFirst, false, "2026-03-04 2026-04-13"},
		{"03/04/2026 05/06/2026", brazil, DayFirst, true, "2026-04-03 2026-06-05"},
		{"03/04/2026 05/06/2026", states, MonthFirst, true, "2026-03-04 2026-05-06"},
		{"05/05/2026", states, MonthFirst, false, "2026-05-05"},
		{"13/04/2026 04/13/2026 03/04/2026 05/05/2026", brazil, OrderMixed, false, "2026-04-13 2026-04-13 row_date_ambiguous 2026-05-05"},
		{"2026-04-03 20260403 2026/4/3", states, MonthFirst, false, "2026-04-03 2026-04-03 2026-04-03"},
		{"3.4.26 13.4.99", states, DayFirst, false, "2026-04-03 1999-04-13"},
		{"20-Nov-2026 Nov/20/2026 20-novembro-2026 20-dic-26", states, MonthFirst, false, "2026-11-20 2026-11-20 2026-11-20 2026-12-20"},
		{"2026-11-20T23:30:00Z 2026-11-20T23:30:00-03:00 2026-11-20T23:30", brazil, DayFirst, false, "2026-11-20 2026-11-21 2026-11-20"},
	} {
		file := "date,amount\n"
		for _, d := range strings.Fields(c.dates) {
			file += d + ",1\n"
		}
		l, rows := read(t, []byte(file), c.o)
		var got []string
		for _, r := range rows {
			if r.Err != nil {
				got = append(got, string(engine.CodeOf(r.Err)))
			} else {
				got = append(got, r.Business.String())
			}
		}
		if l.Dates != c.order || l.GuessedDates != c.guessed || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s guessed %v: %v, want %s", c.dates, l.Dates, l.GuessedDates, got, c.want)
		}
	}
}

func TestTimeCountsInTheStoresZone(t *testing.T) {
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	o := brazil
	o.Zone = zone
	_, rows := read(t, []byte("date,amount\n2026-11-21T01:30:00Z,1\n20/11/2026 23:59,1\n11/20/2026 1:05 PM,1\n"), o)
	for _, r := range rows {
		if r.Err != nil || r.Business.String() != "2026-11-20" {
			t.Errorf("line %d: %s, %v", r.Line, r.Business, r.Err)
		}
	}
}

func TestAmountsAreSettledByTheWholeFile(t *testing.T) {
	for _, c := range []struct {
		amounts string
		o       Options
		decimal rune
		want    string
	}{
		{"1.234 5,50", states, ',', "123400 550"},
		{"1,234 5.50", brazil, '.', "123400 550"},
		{"1.234 2.000", brazil, ',', "123400 200000"},
		{"1.234", states, '.', "amount_decimals"},
		{"0.500 1.234", brazil, '.', "50 amount_decimals"},
		{"1.234,56 1,234.56 1.234 12,5", brazil, 0, "123456 123456 row_amount_ambiguous 1250"},
		{"11.7700 12.00000", states, '.', "1177 1200"},
		{"11.7701", states, '.', "amount_decimals"},
		{"R$10,00 BRL10,00 US$10,00 10,00€ 10,00R$ 10x", brazil, ',', "1000 1000 1000 1000 1000 amount_letters"},
		{"1'234.50 1.2.3 12,34,56.00", states, 0, "123450 amount_marks amount_marks"},
		{"100000001", states, '.', "amount_too_large"},
	} {
		file := "date|amount\n"
		for _, a := range strings.Fields(c.amounts) {
			file += "2026-01-02|" + a + "\n"
		}
		l, rows := read(t, []byte(file), c.o)
		var got []string
		for _, r := range rows {
			if r.Err != nil {
				got = append(got, string(engine.CodeOf(r.Err)))
			} else {
				got = append(got, fmt.Sprint(int64(r.Amount)))
			}
		}
		if l.Decimal != c.decimal || strings.Join(got, " ") != c.want {
			t.Errorf("%s: decimal %q: %v, want %q %s", c.amounts, l.Decimal, got, c.decimal, c.want)
		}
	}
}

func TestGivenBeatsDetected(t *testing.T) {
	o := brazil
	o.Dates, o.Decimal = MonthFirst, '.'
	_, rows := read(t, []byte("date;amount\n03/04/2026;1.500\n"), o)
	if got := told(rows[0]); got != "2 2026-03-04 150" {
		t.Errorf("amount: %s", got)
	}
	_, rows = read(t, []byte("date;amount\n03/04/2026;1.50\n13/04/2026;1.50\n"), o)
	if told(rows[0]) != "2 2026-03-04 150" || told(rows[1]) != "3 row_date" {
		t.Errorf("dates: %v", rows)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		header, given string
		kind          Kind
		want          string // field:column in the order of the kind's, or a code
	}{
		{"Customer_ID,SaleDate,total,Order No", "", Sales, "customer:0 date:1 amount:2 ref:3"},
		{"Cliente,Fecha,Importe,Teléfono,Factura,Nombre", "", Sales, "customer:0 date:1 amount:2 phone:3 ref:4 name:5"},
		{"Código do Cliente,Data,Valor (R$),Celular,Pedido,Nome", "amount=valor (r$)", Sales, "customer:0 date:1 amount:2 phone:3 ref:4 name:5"},
		{"a,b,c", "date=b,amount=C", Sales, "date:1 amount:2"},
		{"a,b,c", "date=b", Sales, "import_columns"},
		{"a,b,c", "date=z", Sales, "import_map"},
		{"name,mobile,opt-in", "", Customers, "phone:1 name:0 consent:2"},
		{"id,customer", "", Customers, "customer:0 name:1"},
		{"name,email", "", Customers, "import_columns"},
		{"Título,Código Interno,Preço,EAN", "", Products, "sku:1 barcode:3 name:0 price:2"},
		{"Title,Vendor,Variant SKU,Variant Price,Type", "", Products, "sku:2 name:0 category:4 brand:1 price:3"},
		{"a,b,c", "sku=a,price=c", Products, "sku:0 price:2"},
	} {
		given, err := ParseMap(c.kind, c.given)
		if err != nil {
			t.Fatal(err)
		}
		l, err := Survey(strings.NewReader(c.header+"\n"), Options{Kind: c.kind, Map: given})
		got := string(engine.CodeOf(err))
		if err == nil {
			var parts []string
			for _, f := range c.kind.Fields() {
				if at, ok := l.Columns[f]; ok {
					parts = append(parts, fmt.Sprintf("%s:%d", f, at))
				}
			}
			got = strings.Join(parts, " ")
		}
		if got != c.want {
			t.Errorf("%s with %q: %s, want %s", c.header, c.given, got, c.want)
		}
	}
}

func TestParseMapRefuses(t *testing.T) {
	for _, text := range []string{"customer", "colour=x", "date=", "=x", "date=a,,"} {
		if _, err := ParseMap(Sales, text); engine.CodeOf(err) != CodeFileMapForm {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestEmptyFiles(t *testing.T) {
	for _, data := range []string{"", "\n\n", "\xef\xbb\xbf", " , ,\n"} {
		if _, err := Survey(strings.NewReader(data), states); engine.CodeOf(err) != CodeFileEmpty {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 10<<20)
	_, rows := read(t, []byte("date,amount,name\n2026-01-02,1,"+long+"\n2026-01-03,2,B\n2026-01-04,3,\""+long+"\"\n2026-01-05,4,C\n"), states)
	want := []string{"2 row_long", "3 2026-01-03 200 B", "4 row_long", "5 2026-01-05 400 C"}
	for i, r := range rows {
		if told(r) != want[i] {
			t.Errorf("row %d: %s, want %s", i, told(r), want[i])
		}
	}
	if len(rows) != len(want) || len(rows[0].Fields[0]) > 2000 {
		t.Errorf("%d rows, %d bytes kept", len(rows), len(rows[0].Fields[0]))
	}
}

func TestCustomersFile(t *testing.T) {
	o := brazil
	o.Kind = Customers
	_, rows := read(t, []byte("id;nome;celular;aceita SMS\n7;Ana;11987654321;Sim\n;Bia;;\n9;;;não\n8;;;talvez\n"), o)
	var got []string
	for _, r := range rows {
		if r.Err != nil {
			got = append(got, told(r))
		} else {
			got = append(got, strings.Join([]string{r.Number, r.Phone, r.Name, string(r.Consent)}, "/"))
		}
	}
	want := "7/+5511987654321/Ana/yes, 3 row_no_customer, 9///no, 5 row_consent"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %v\nwant %s", got, want)
	}
}

func TestKeys(t *testing.T) {
	file := "date,amount,customer,ref\n2026-01-02,1,A,\n2026-01-02,1,A,\n2026-01-02,1,A,R1\n2026-01-02,2,A,R1\n2026-01-02,1,B,\n"
	_, rows := read(t, []byte(file), states)
	seen := map[string]int{}
	for _, r := range rows {
		if before, twice := seen[r.Key]; twice || r.Key == "" {
			t.Errorf("lines %d and %d have the key %q", before, r.Line, r.Key)
		}
		seen[r.Key] = r.Line
	}
	// The same sales written in another way keep their keys.
	_, again := read(t, []byte(strings.NewReplacer(",", ";", "2026-01-02", "02/01/2026").Replace(file)), brazil)
	for i := range rows {
		if rows[i].Key != again[i].Key {
			t.Errorf("line %d changed its key", rows[i].Line)
		}
	}
}

func TestFaultsOfReading(t *testing.T) {
	fault := errors.New("disk gone")
	r := io.MultiReader(strings.NewReader("date,amount\n2026-01-02,1\n"), failing{fault})
	if _, err := Survey(r, states); engine.CodeOf(err) != CodeFileRead || !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
