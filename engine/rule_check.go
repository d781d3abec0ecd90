package engine

import (
	"math"

	"github.com/expr-lang/expr/ast"
)

// ruleFunctions are the functions of rules, and the fields of RuleEnv they are.
var ruleFunctions = map[string]string{
	"units": "units_of", "amount": "amount_of", "has": "has", "in_group": "in_group",
}

// ruleReach is the largest number a name of RuleEnv can stand for.
const ruleReach = int64(MaxAmount)

// ruleCheck walks a rule that was read and refuses what rules may not use:
// whatever is not named here. It also bounds every number that can come up, so
// that none overflows.
type ruleCheck struct{ err error }

// most gives the largest number, either side of zero, that the node can be; 0
// for what is no number.
func (c *ruleCheck) most(node ast.Node) int64 {
	if c.err != nil {
		return 0
	}
	switch n := node.(type) {
	case *ast.BoolNode, *ast.StringNode:
	case *ast.IntegerNode:
		return c.limit(n, n.Value != math.MinInt64, max(int64(n.Value), -int64(n.Value)))
	case *ast.FloatNode:
		c.refuse(n, CodeRuleNumber, "")
	case *ast.IdentifierNode:
		return c.name(n)
	case *ast.UnaryNode:
		return c.most(n.Node)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.ConditionalNode:
		c.most(n.Cond)
		return max(c.most(n.Exp1), c.most(n.Exp2))
	case *ast.ArrayNode:
		for _, each := range n.Nodes {
			c.most(each)
		}
	case *ast.CallNode:
		return c.call(n)
	case *ast.BuiltinNode:
		c.refuse(n, CodeRuleName, n.Name)
	default:
		c.refuse(n, CodeRuleForbidden, node.String())
	}
	return 0
}

func (c *ruleCheck) name(n *ast.IdentifierNode) int64 {
	if _, ok := ruleVariables[n.Value]; !ok {
		c.refuse(n, CodeRuleName, n.Value)
	}
	return ruleReach
}

func (c *ruleCheck) call(n *ast.CallNode) int64 {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		c.refuse(n, CodeRuleForbidden, n.Callee.String())
		return 0
	}
	if _, ok := ruleFunctions[name.Value]; !ok {
		c.refuse(n, CodeRuleName, name.Value)
	}
	for _, each := range n.Arguments {
		c.most(each)
	}
	return ruleReach
}

func (c *ruleCheck) binary(n *ast.BinaryNode) int64 {
	left, right := c.most(n.Left), c.most(n.Right)
	switch n.Operator {
	case "and", "&&", "or", "||", "==", "!=", "<", "<=", ">", ">=", "in", "contains", "startsWith", "endsWith":
	case "+", "-":
		return c.limit(n, left <= math.MaxInt64-right, left+right)
	case "*":
		return c.limit(n, right == 0 || left <= math.MaxInt64/max(right, 1), left*right)
	case "%":
		// Only by a number that stands there, and so is not zero.
		if by, ok := n.Right.(*ast.IntegerNode); ok && by.Value > 0 {
			return right
		}
		c.refuse(n, CodeRuleForbidden, n.Operator)
	default:
		c.refuse(n, CodeRuleForbidden, n.Operator)
	}
	return 0
}

func (c *ruleCheck) limit(n ast.Node, fits bool, most int64) int64 {
	if !fits {
		c.refuse(n, CodeRuleNumber, "")
	}
	return most
}

func (c *ruleCheck) refuse(n ast.Node, code Code, name string) {
	if c.err == nil {
		c.err = BadInput(code, "at", n.Location().From+1, "name", name)
	}
}
