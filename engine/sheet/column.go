package sheet

import (
	"slices"
	"strings"

	"bounceback/engine"
)

// ParseMap reads a map of a kind's columns as typed: "customer=Client No,date=Day".
// A comma inside a column's name is not possible here.
func ParseMap(k Kind, text string) (map[Field]string, error) {
	out := map[Field]string{}
	if strings.TrimSpace(text) == "" {
		return out, nil
	}
	for _, pair := range strings.Split(text, ",") {
		name, column, ok := strings.Cut(pair, "=")
		field := Field(strings.ToLower(strings.TrimSpace(name)))
		if !ok || !slices.Contains(k.Fields(), field) || strings.TrimSpace(column) == "" {
			return nil, engine.BadInput(CodeFileMapForm, "text", strings.TrimSpace(pair), "fields", k.fieldNames())
		}
		out[field] = strings.TrimSpace(column)
	}
	return out, nil
}

func (k Kind) fieldNames() []string {
	names := make([]string, len(k.Fields()))
	for i, f := range k.Fields() {
		names[i] = string(f)
	}
	return names
}

// guesses are the names that columns have in files of shops, folded, the
// surest first: English, Portuguese, Spanish.
var guesses = map[Field][]string{
	Customer: {
		"customer", "customer id", "customer number", "customer no", "customer code", "cust id", "client", "client id", "client number",
		"cliente id", "id cliente", "id do cliente", "id del cliente", "codigo cliente", "codigo do cliente", "codigo del cliente",
		"cod cliente", "numero cliente", "numero do cliente", "numero de cliente", "cliente", "matricula", "buyer", "comprador", "socio",
	},
	Date: {
		"date", "sale date", "date of sale", "order date", "purchase date", "invoice date", "transaction date", "business date",
		"data", "data venda", "data da venda", "data compra", "data da compra", "data pedido", "data do pedido", "data emissao",
		"data de emissao", "fecha", "fecha venta", "fecha de venta", "fecha compra", "fecha de compra", "fecha pedido", "created at",
		"datetime", "date time", "data hora", "fecha hora", "timestamp", "day", "dia",
	},
	Amount: {
		"amount", "sale amount", "amount paid", "total amount", "order total", "grand total", "total", "total paid", "gross", "value",
		"valor", "valor total", "valor venda", "valor da venda", "total venda", "total da venda", "valor pago", "total pago",
		"importe", "importe total", "monto", "monto total", "total venta", "preco", "preco total", "price", "net",
	},
	Phone: {
		"phone", "phone number", "customer phone", "mobile", "mobile phone", "mobile number", "cell", "cell phone", "cellphone",
		"telephone", "tel", "whatsapp", "telefone", "telefone celular", "celular", "fone", "numero de telefone", "telefone do cliente",
		"telefono", "telefono movil", "movil", "numero de telefono",
	},
	Reference: {
		"ref", "reference", "sale reference", "order id", "order number", "order no", "order", "sale id", "sale number", "invoice",
		"invoice number", "invoice no", "receipt", "receipt number", "receipt no", "transaction id", "transaction", "ticket",
		"ticket number", "pedido", "numero pedido", "numero do pedido", "id pedido", "nota", "nota fiscal", "numero da nota",
		"cupom fiscal", "venda", "id venda", "numero da venda", "referencia", "factura", "numero de factura", "recibo", "venta", "id venta",
	},
	Name: {
		"name", "customer name", "full name", "client name", "nome", "nome do cliente", "nome cliente", "nome completo", "razao social",
		"nombre", "nombre cliente", "nombre del cliente", "nombre completo",
	},
	Consent: {
		"consent", "sms consent", "opt in", "sms opt in", "marketing opt in", "accepts texts", "accepts sms marketing", "accepts marketing",
		"consentimento", "aceita mensagens", "aceita sms", "aceita textos", "consentimiento", "acepta mensajes", "acepta sms",
	},
	Groups: {"groups", "group", "customer group", "customer groups", "segment", "segments", "grupos", "grupo", "grupo de clientes", "segmento", "segmentos"},
	Tier:   {"tier", "level", "loyalty tier", "loyalty level", "nivel", "categoria do cliente", "categoria del cliente", "faixa"},
	Birth: {
		"birth", "birth month", "birthday", "birth date", "date of birth", "birthdate", "dob", "nascimento", "data nascimento",
		"data de nascimento", "mes de nascimento", "aniversario", "mes de aniversario", "data de aniversario", "mes do aniversario",
		"nacimiento", "fecha nacimiento", "fecha de nacimiento", "cumpleanos",
	},
}

// inCustomers are names that mean the customer's own number, and what else, in
// a file of customers.
var inCustomers = map[Field][]string{
	Customer: {"number", "id", "code", "no", "numero", "codigo", "cod"},
	Name:     {"customer", "client", "cliente"},
}

// needed are the fields without which a file of the kind says nothing.
func (k Kind) needed() []Field {
	if k == Sales {
		return []Field{Date, Amount}
	}
	return nil // one of two: see missing
}

// columns finds each field's column: as the person says, else by its name.
func (o Options) columns(header []string) (map[Field]int, error) {
	found, taken := map[Field]int{}, map[int]bool{}
	folded := make([]string, len(header))
	for i, h := range header {
		folded[i] = foldName(h)
	}
	for _, f := range o.Kind.Fields() {
		name, given := o.Map[f]
		if !given {
			continue
		}
		at := slices.Index(folded, foldName(name))
		if exact := slices.Index(header, name); exact >= 0 {
			at = exact
		}
		if at < 0 {
			return nil, engine.BadInput(CodeFileMap, "column", name, "columns", header)
		}
		found[f], taken[at] = at, true
	}
	for _, f := range o.Kind.Fields() {
		if _, ok := found[f]; ok {
			continue
		}
		if at := guess(folded, o.Kind.names(f), taken); at >= 0 {
			found[f], taken[at] = at, true
		}
	}
	return found, o.missing(found)
}

func (k Kind) names(f Field) []string {
	switch k {
	case Customers:
		return slices.Concat(inCustomers[f], guesses[f])
	case Products:
		return inProducts[f]
	case Sales:
	}
	return guesses[f]
}

func guess(folded, names []string, taken map[int]bool) int {
	for _, name := range names {
		for at, have := range folded {
			if have == name && !taken[at] {
				return at
			}
		}
	}
	return -1
}

// missing refuses a file that lacks a column it cannot do without.
func (o Options) missing(found map[Field]int) error {
	var lack []string
	for _, f := range o.Kind.needed() {
		if _, ok := found[f]; !ok {
			lack = append(lack, string(f))
		}
	}
	if o.Kind == Customers && !has(found, Phone) && !has(found, Customer) {
		lack = append(lack, string(Phone))
	}
	if o.Kind == Products && !has(found, SKU) && !has(found, Barcode) {
		lack = append(lack, string(SKU))
	}
	if len(lack) == 0 {
		return nil
	}
	return engine.BadInput(engine.CodeImportColumns, "missing", lack, "example", lack[0]+"=…")
}

func has(found map[Field]int, f Field) bool {
	_, ok := found[f]
	return ok
}

// foldName brings a column's name to lower-case words without accents:
// "Customer_ID" and "CustomerId" give "customer id".
func foldName(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range numberSign.Replace(name) {
		if lower && r >= 'A' && r <= 'Z' {
			b.WriteByte(' ')
		}
		lower = r >= 'a' && r <= 'z'
		b.WriteRune(r)
	}
	return strings.Join(engine.FoldWords(b.String()), " ")
}

// numberSign spells the signs for "number" out.
var numberSign = strings.NewReplacer("nº", "numero ", "Nº", "numero ", "n°", "numero ", "N°", "numero ", "#", " number ")
