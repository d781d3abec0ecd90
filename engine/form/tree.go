package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceback/engine"
)

// maxDepth is how deep objects and lists may stand in one another.
const maxDepth = 24

type kind byte

const (
	isNull kind = iota
	isObject
	isList
	isText
	isNumber
	isBool
)

// node is a JSON value: fields in the order of the file, numbers as they are
// written.
type node struct {
	kind   kind
	fields []member
	items  []node
	text   string // of a text or number
	yes    bool
}

type member struct {
	name  string
	value node
}

// parse reads JSON and refuses what encoding/json lets pass: repeated fields,
// text that is not UTF-8, and depth.
func parse(data []byte) (node, error) {
	if len(data) > MaxSize {
		return node{}, engine.BadInput(CodeSize, "most", MaxSize)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if err := valid(data); err != nil {
		return node{}, err
	}
	p := parser{dec: json.NewDecoder(bytes.NewReader(data))}
	p.dec.UseNumber()
	return p.value("", 0)
}

func valid(data []byte) error {
	if !utf8.Valid(data) {
		return syntaxAt(data, len(data)-len(bytes.TrimLeftFunc(data, func(r rune) bool { return r != utf8.RuneError })))
	}
	var all json.RawMessage
	err := json.Unmarshal(data, &all)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		return syntaxAt(data, int(syntax.Offset)-1)
	}
	return syntaxAt(data, len(data))
}

func syntaxAt(data []byte, offset int) error {
	before := data[:max(0, min(offset, len(data)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return engine.BadInput(CodeSyntax, "line", line, "column", column)
}

type parser struct{ dec *json.Decoder }

func (p parser) value(path string, depth int) (node, error) {
	token, err := p.dec.Token()
	if err != nil {
		return node{}, engine.BadInput(CodeSyntax, "line", 1, "column", int(p.dec.InputOffset())+1)
	}
	switch t := token.(type) {
	case json.Delim:
		if depth >= maxDepth {
			return node{}, engine.BadInput(CodeDeep, "most", maxDepth)
		}
		if t == '{' {
			return p.object(path, depth+1)
		}
		return p.list(path, depth+1)
	case string:
		return node{kind: isText, text: t}, nil
	case json.Number:
		return node{kind: isNumber, text: t.String()}, nil
	case bool:
		return node{kind: isBool, yes: t}, nil
	}
	return node{}, nil
}

func (p parser) object(path string, depth int) (node, error) {
	n := node{kind: isObject}
	seen := map[string]bool{}
	for p.dec.More() {
		token, err := p.dec.Token()
		if err != nil {
			return n, engine.BadInput(CodeSyntax, "line", 1, "column", int(p.dec.InputOffset())+1)
		}
		name, _ := token.(string) // a field's name always is
		at := under(path, name)
		if seen[name] {
			return n, engine.BadInput(CodeTwice, "field", at)
		}
		seen[name] = true
		value, err := p.value(at, depth)
		if err != nil {
			return n, err
		}
		n.fields = append(n.fields, member{name, value})
	}
	_, err := p.dec.Token()
	return n, err
}

func (p parser) list(path string, depth int) (node, error) {
	n := node{kind: isList}
	for p.dec.More() {
		item, err := p.value(entry(path, len(n.items)), depth)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
	_, err := p.dec.Token()
	return n, err
}

// under is the place of a field, its name made fit to be shown.
func under(path, name string) string {
	shown := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, name)
	if utf8.RuneCountInString(shown) > engine.MaxOfferLabel {
		shown = string([]rune(shown)[:engine.MaxOfferLabel]) + "…"
	}
	if path == "" {
		return shown
	}
	return path + "." + shown
}

func entry(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
