package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// asked are the keys that the program's source names, with the place of each.
type asked struct {
	keys   map[string]string // in .T("…"), .N("…") and codes of errors
	groups map[string]string // declared by "// words: area.group.*"
	codes  map[string]string // the code of each constant; "" if two packages differ
	uses   []use
}

// use is one place that gives a sentence its values.
type use struct {
	key   string // of the sentence, or the name of the code's constant
	names []string
	at    string
}

func newAsked() asked {
	return asked{keys: map[string]string{}, groups: map[string]string{}, codes: map[string]string{}}
}

// TestSourceAsksForKnownKeys reads the whole module's source: every key it
// names must have words in every language.
func TestSourceAsksForKnownKeys(t *testing.T) {
	a, err := readSource("../..")
	if err != nil {
		t.Fatal(err)
	}
	if len(a.keys) == 0 || len(a.groups) == 0 {
		t.Fatal("no keys were found in the source")
	}
	for lang, w := range catalogues(t) {
		for _, key := range slices.Sorted(maps.Keys(a.keys)) {
			if !w.Has(key) {
				t.Errorf("%s lacks %s, asked for at %s", lang, key, a.keys[key])
			}
		}
		for _, group := range slices.Sorted(maps.Keys(a.groups)) {
			if !hasGroup(w, group) {
				t.Errorf("%s has nothing for %s, declared at %s", lang, group, a.groups[group])
			}
		}
	}
}

// TestSourceGivesWhatSentencesName checks that every {name} of a sentence gets
// a value wherever the source spells the names out.
func TestSourceGivesWhatSentencesName(t *testing.T) {
	a, err := readSource("../..")
	if err != nil {
		t.Fatal(err)
	}
	for lang, w := range catalogues(t) {
		for _, problem := range a.unfilled(w) {
			t.Errorf("%s: %s", lang, problem)
		}
	}
}

func (a *asked) unfilled(w *Words) (problems []string) {
	for _, u := range a.uses {
		key := u.key
		if code, isCode := a.codes[key]; isCode {
			key = "error." + code
		}
		for _, p := range placeholders(w.text[key]) {
			if !slices.Contains(u.names, strings.Trim(p, "{}")) {
				problems = append(problems, key+" gets no "+p+" at "+u.at)
			}
		}
	}
	return problems
}

func hasGroup(w *Words, group string) bool {
	prefix, isGroup := strings.CutSuffix(group, "*")
	if !isGroup {
		return w.Has(group)
	}
	for key := range w.text {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

func TestSourceReader(t *testing.T) {
	src := `package x
// words: a.group.* a.other
const CodeOne Code = "one"
const CodeTwo engine.Code = "two"
const CodeThree = engine.Code("three")
const (
	CodeFour, CodeFive Code = "four", "five"
	NotACode string = "no"
)
func f() {
	w.T("a.plain", "x", 1); w.N("a.rows", 3); w.T(name); w.X("a.not"); T("a.not")
	w.T("a.plain", args...); w.T("a.plain", "y", 1, "x", 2); w.T("a.plain", name, 1)
	engine.Refuse(engine.CodeOne, "p", 1); BadInput(CodeTwo); Broken(CodeThree, err, "q", 1)
	// words:a.late.*
}`
	a := newAsked()
	if err := a.readFile(token.NewFileSet(), "x.go", src); err != nil {
		t.Fatal(err)
	}
	keys := []string{"a.plain", "a.rows", "error.five", "error.four", "error.one", "error.three", "error.two"}
	if got := slices.Sorted(maps.Keys(a.keys)); !slices.Equal(got, keys) {
		t.Errorf("keys are %v", got)
	}
	if got := slices.Sorted(maps.Keys(a.groups)); !slices.Equal(got, []string{"a.group.*", "a.late.*", "a.other"}) {
		t.Errorf("groups are %v", got)
	}
	w := newWords("en", map[string]entry{
		"a.plain": {text: "{x} {y}"}, "a.rows": {text: "{n}"},
		"error.one": {text: "{p} {cause}"}, "error.two": {text: "{p}"}, "error.three": {text: "{p} {cause}"},
	})
	want := []string{"a.plain gets no {y} at x.go:11:6", "error.two gets no {p} at x.go:13:50", "error.three gets no {p} at x.go:13:67"}
	if got := a.unfilled(w); !slices.Equal(got, want) {
		t.Errorf("unfilled are %q", got)
	}
}

// readSource reads every Go file of the module but the tests.
func readSource(root string) (asked, error) {
	a := newAsked()
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (name == "testdata" || name == "vendor" || name[0] == '.' || name[0] == '_') {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		return a.readFile(set, path, nil)
	})
	return a, err
}

func (a *asked) readFile(set *token.FileSet, path string, src any) error {
	file, err := parser.ParseFile(set, path, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if list, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(c.Text, "//")), "words:"); ok {
				for _, key := range strings.Fields(list) {
					a.groups[key] = set.Position(c.Pos()).String()
				}
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			a.addCall(set, n)
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				a.addCodes(set, n)
			}
		}
		return true
	})
	return nil
}

// addCodes takes the constants of the type Code.
func (a *asked) addCodes(set *token.FileSet, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, value := range v.Values {
			call, isCall := value.(*ast.CallExpr)
			switch {
			case isCall && isCode(call.Fun) && len(call.Args) == 1:
				value = call.Args[0]
			case !isCode(v.Type):
				continue
			}
			if code, ok := spelled(value); ok {
				a.keys["error."+code] = set.Position(value.Pos()).String()
				a.nameCode(v.Names[i].Name, code)
			}
		}
	}
}

func isCode(e ast.Expr) bool {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		e = sel.Sel
	}
	name, ok := e.(*ast.Ident)
	return ok && name.Name == "Code"
}

// nameCode remembers a constant, unless another package means another code by
// the same name.
func (a *asked) nameCode(name, code string) {
	if known, twice := a.codes[name]; twice && known != code {
		code = ""
	}
	a.codes[name] = code
}

// addCall takes the keys and names out of .T, .N and the makers of errors.
func (a *asked) addCall(set *token.FileSet, call *ast.CallExpr) {
	name, isMethod := calledName(call.Fun)
	if len(call.Args) == 0 {
		return
	}
	at := set.Position(call.Args[0].Pos()).String()
	key, literal := spelled(call.Args[0])
	switch {
	case literal && isMethod && name == "T":
		a.keys[key] = at
		a.addUse(call, 1, use{key: key, at: at})
	case literal && isMethod && name == "N":
		a.keys[key] = at
		a.addUse(call, 2, use{key: key, at: at, names: []string{"n"}})
	case name == "Refuse" || name == "BadInput":
		code, _ := calledName(call.Args[0])
		a.addUse(call, 1, use{key: code, at: at, names: []string{"cause"}})
	case name == "Broken":
		code, _ := calledName(call.Args[0])
		a.addUse(call, 2, use{key: code, at: at, names: []string{"cause"}})
	}
}

// addUse takes the names of the values from an argument on, if they are all
// spelled out.
func (a *asked) addUse(call *ast.CallExpr, from int, u use) {
	if call.Ellipsis.IsValid() {
		return
	}
	for i := from; i < len(call.Args); i += 2 {
		name, ok := spelled(call.Args[i])
		if !ok {
			return
		}
		u.names = append(u.names, name)
	}
	a.uses = append(a.uses, u)
}

// calledName is the last name of "f", "x.f" or "x.y.f".
func calledName(e ast.Expr) (name string, qualified bool) {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name, false
	case *ast.SelectorExpr:
		return e.Sel.Name, true
	}
	return "", false
}

// spelled is the text of a string literal.
func spelled(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
