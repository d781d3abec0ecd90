package engine

import (
	"errors"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// Bounds of a rule.
const (
	MaxRule   = 500 // characters
	ruleNodes = 100 // names, values and operators
	ruleCache = 512 // compiled rules that are kept
)

// Codes of rules. All name in "at" the character, from 1, they are about.
const (
	CodeRuleLong      Code = "rule_long"      // with most, length
	CodeRuleSyntax    Code = "rule_syntax"    // cannot be read
	CodeRuleName      Code = "rule_name"      // with name: a name or function that rules do not know
	CodeRuleForbidden Code = "rule_forbidden" // with name: an operator or form that rules may not use
	CodeRuleNumber    Code = "rule_number"    // a number with decimals, or one that can grow too large
	CodeRuleType      Code = "rule_type"      // a number where a text is due, or the like
	CodeRuleResult    Code = "rule_result"    // the whole is not a yes or no
	CodeRuleFailed    Code = "rule_failed"    // could not be decided
)

// SaleRule is the compiled boolean expression of a Threshold, for what no field
// covers:
//
//	amount >= 5000 and (weekday in ["sat", "sun"] or units("Drinks/Coffee") >= 2)
//
// It is in the language of expr-lang, cut down to what always ends, at once,
// and is exact: whole numbers, texts, comparisons, and/or/not, + - * and the
// rest of a division by a number; the names of RuleEnv; and the functions
// units, amount, has and in_group. Texts are compared without regard to case.
// A SaleRule may be used by several goroutines.
type SaleRule struct {
	text    string
	program *vm.Program
}

// String is the text the rule was compiled from.
func (r *SaleRule) String() string { return r.text }

// Holds tells whether the rule is true of a sale. An error is a Fault: a rule
// that compiled can be decided.
func (r *SaleRule) Holds(env RuleEnv) (bool, error) {
	got, err := expr.Run(r.program, &env)
	if err != nil {
		return false, Broken(CodeRuleFailed, err, "text", r.text)
	}
	holds, _ := got.(bool) // expr.AsBool
	return holds, nil
}

var rules = struct {
	sync.Mutex
	byText map[string]*SaleRule
}{byText: map[string]*SaleRule{}}

// CompileRule reads a rule; see Rule. The last rules read are kept, so that
// asking again costs a look-up.
func CompileRule(text string) (*SaleRule, error) {
	rules.Lock()
	known := rules.byText[text]
	rules.Unlock()
	if known != nil {
		return known, nil
	}
	r, err := compileRule(text)
	if err != nil {
		return nil, err
	}
	rules.Lock()
	defer rules.Unlock()
	if len(rules.byText) >= ruleCache {
		clear(rules.byText)
	}
	rules.byText[text] = r
	return r, nil
}

func compileRule(text string) (*SaleRule, error) {
	if n := utf8.RuneCountInString(text); n > MaxRule {
		return nil, BadInput(CodeRuleLong, "at", MaxRule+1, "most", MaxRule, "length", n)
	}
	if !utf8.ValidString(text) {
		return nil, BadInput(CodeRuleSyntax, "at", 1)
	}
	config := conf.CreateNew()
	config.MaxNodes = ruleNodes
	tree, err := parser.ParseWithConfig(text, config)
	if err != nil {
		return nil, ruleError(CodeRuleSyntax, err)
	}
	check := ruleCheck{}
	check.most(tree.Node)
	if check.err != nil {
		return nil, check.err
	}
	program, err := expr.Compile(text, expr.Env(RuleEnv{}), expr.DisableAllBuiltins(), expr.MaxNodes(ruleNodes), expr.Patch(ruleNames{}))
	if err != nil {
		return nil, ruleError(CodeRuleType, err)
	}
	if kind := program.Node().Type(); kind == nil || kind.Kind().String() != "bool" {
		return nil, BadInput(CodeRuleResult, "at", 1)
	}
	return &SaleRule{text: text, program: program}, nil
}

func ruleError(code Code, err error) *Error {
	e := BadInput(code, "at", 1)
	if at := (*file.Error)(nil); errors.As(err, &at) {
		e.Args["at"] = at.From + 1
	}
	e.Cause = err
	return e
}

// ruleNames replaces the functions' names by those of RuleEnv's fields, so that
// units is a number and units("Drinks") a call, and folds the texts.
type ruleNames struct{}

// Visit is called for each node of a rule.
func (ruleNames) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.CallNode:
		if name, ok := n.Callee.(*ast.IdentifierNode); ok {
			name.Value = ruleFunctions[name.Value]
		}
	case *ast.StringNode:
		n.Value = foldRule(n.Value)
	}
}

func foldRule(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
