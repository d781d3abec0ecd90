package form

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"bounceback/engine"
)

// scalar is a value that reads itself; it gives the code of what it is not, or
// "". It also tells the schema what it is.
type scalar interface {
	read(n node) engine.Code
	schema() object
}

var scalarType = reflect.TypeFor[scalar]()

// field is a field of the vocabulary: what its struct's tags say.
type field struct {
	name  string
	doc   string
	enum  []string // the values a text may have; nil: any
	must  bool     // has to be there
	index []int
	typ   reflect.Type
}

var fieldsByType sync.Map // reflect.Type → []field

// fieldsOf lists the fields of a struct, those of embedded ones among them.
func fieldsOf(t reflect.Type) []field {
	if known, ok := fieldsByType.Load(t); ok {
		return known.([]field)
	}
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		one := field{name: name, doc: f.Tag.Get("doc"), must: f.Tag.Get("must") != "", index: f.Index, typ: f.Type}
		if enum := f.Tag.Get("enum"); enum != "" {
			one.enum = strings.Fields(enum)
		}
		out = append(out, one)
	}
	fieldsByType.Store(t, out)
	return out
}

// decoder fills structs from JSON and keeps the first problem.
type decoder struct{ err *engine.Error }

func (d *decoder) refuse(code engine.Code, path string, pairs ...any) {
	if d.err == nil {
		if path == "" {
			path = "{}" // the file as a whole
			if code == CodeObject {
				code = CodeWhole
			}
		}
		d.err = engine.BadInput(code, append([]any{"field", path}, pairs...)...)
	}
}

func (d *decoder) value(path string, n node, v reflect.Value) {
	if d.err != nil || n.kind == isNull && path != "" {
		return
	}
	if s, ok := v.Addr().Interface().(scalar); ok {
		if code := s.read(n); code != "" {
			d.refuse(code, path)
		}
		return
	}
	switch v.Kind() { //nolint:exhaustive // the vocabulary has no others
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(path, n, v.Elem())
	case reflect.Struct:
		d.object(path, n, v)
	case reflect.Slice:
		d.list(path, n, v)
	case reflect.Map:
		d.counts(path, n, v)
	case reflect.String:
		d.expect(n, isText, CodeText, path)
		v.SetString(n.text)
	case reflect.Bool:
		d.expect(n, isBool, CodeYesNo, path)
		v.SetBool(n.yes)
	default:
		whole, ok := n.whole()
		if !ok {
			d.refuse(CodeNumber, path)
		}
		v.SetInt(whole)
	}
}

func (d *decoder) expect(n node, is kind, code engine.Code, path string) {
	if n.kind != is {
		d.refuse(code, path)
	}
}

func (d *decoder) object(path string, n node, v reflect.Value) {
	d.expect(n, isObject, CodeObject, path)
	fields := fieldsOf(v.Type())
	given := map[string]bool{}
	for _, m := range n.fields {
		at := under(path, m.name)
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == m.name })
		if i < 0 {
			d.unknown(at, path, m.name, fields)
			return
		}
		given[m.name] = m.value.kind != isNull
		f := v.FieldByIndex(fields[i].index)
		d.value(at, m.value, f)
		if enum := fields[i].enum; d.err == nil && given[m.name] && enum != nil && !slices.Contains(enum, m.value.text) {
			d.refuse(engine.CodeOfferChoice, at, "value", under("", m.value.text))
		}
	}
	for _, f := range fields {
		if f.must && !given[f.name] {
			d.refuse(CodeMissing, under(path, f.name))
		}
	}
}

// unknown refuses a field that is none, and names the one that is nearest.
func (d *decoder) unknown(at, path, name string, fields []field) {
	best, near := min(3, len(name)/2+1), "" // of two letters one may be wrong, of more two
	for _, f := range fields {
		if n := Distance(name, f.name, best); n < best {
			best, near = n, f.name
		}
	}
	if near == "" {
		d.refuse(CodeUnknown, at)
		return
	}
	d.refuse(CodeNear, at, "near", under(path, near))
}

// Distance is how many letters must be changed, put in or taken out to make b
// of a; below which bound the caller cares.
func Distance(a, b string, below int) int {
	if len(a)-len(b) >= below || len(b)-len(a) >= below {
		return below
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}

func (d *decoder) list(path string, n node, v reflect.Value) {
	d.expect(n, isList, CodeList, path)
	all := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
	for i, item := range n.items {
		d.value(entry(path, i), item, all.Index(i))
	}
	v.Set(all)
}

// counts reads numbers by name: the stock by sku.
func (d *decoder) counts(path string, n node, v reflect.Value) {
	d.expect(n, isObject, CodeObject, path)
	all := reflect.MakeMap(v.Type())
	for _, m := range n.fields {
		whole, ok := m.value.whole()
		if !ok {
			d.refuse(CodeNumber, under(path, m.name))
		}
		all.SetMapIndex(reflect.ValueOf(m.name), reflect.ValueOf(whole))
	}
	v.Set(all)
}

// whole is the number of a node, if it is a whole one.
func (n node) whole() (int64, bool) {
	if n.kind != isNumber {
		return 0, false
	}
	v, err := strconv.ParseInt(n.text, 10, 64)
	// int is what some fields are, and what a rule counts with.
	return v, err == nil && v <= math.MaxInt64/2 && v >= -math.MaxInt64/2
}
