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
	w.T("a.plain"); w.N("a.rows", 3); w.T(name); w.X("a.not"); T("a.not")
	// words:a.late.*
}`
	a := asked{map[string]string{}, map[string]string{}}
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
}

// readSource reads every Go file of the module but the tests.
func readSource(root string) (asked, error) {
	a := asked{map[string]string{}, map[string]string{}}
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
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "T" || sel.Sel.Name == "N") {
				a.add(set, n.Args, "")
			}
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
		for _, value := range v.Values {
			if isCode(v.Type) {
				a.add(set, []ast.Expr{value}, "error.")
			} else if call, ok := value.(*ast.CallExpr); ok && isCode(call.Fun) {
				a.add(set, call.Args, "error.")
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

// add takes the key if the first of the expressions spells it out.
func (a *asked) add(set *token.FileSet, exprs []ast.Expr, prefix string) {
	if len(exprs) == 0 {
		return
	}
	lit, ok := exprs[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	if key, err := strconv.Unquote(lit.Value); err == nil {
		a.keys[prefix+key] = set.Position(lit.Pos()).String()
	}
}
