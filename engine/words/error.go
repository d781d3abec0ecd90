package words

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"bounceback/engine"
)

// Err gives the sentence for an error. The facts of an *engine.Error are
// written by their types. An error without a code, or with a code the
// catalogue has no sentence for, is told as unexpected, with its cause.
func (f *Format) Err(err error) string {
	if err == nil {
		return ""
	}
	var e *engine.Error
	if !errors.As(err, &e) {
		return f.w.T("error.unexpected", "cause", err.Error())
	}
	sentence, ok := f.w.text["error."+string(e.Code)]
	if !ok || e.Code == engine.CodeUnexpected {
		return f.w.T("error.unexpected", "cause", f.cause(e))
	}
	args := make([]any, 0, 2*len(e.Args)+2)
	for name, v := range e.Args {
		args = append(args, name, v)
	}
	if e.Cause != nil {
		args = append(args, "cause", e.Cause)
	}
	return fill(f.w.form(sentence, count(e.Args)), args, f.Value)
}

// cause says what is behind an unexpected error.
func (f *Format) cause(e *engine.Error) string {
	if e.Code == engine.CodeUnexpected && e.Cause != nil {
		return e.Cause.Error()
	}
	return e.Error()
}

// count is the argument n of a sentence with plural forms.
func count(args engine.Args) int {
	if n, ok := args["n"].(int); ok {
		return n
	}
	return 2
}

// Value writes a value by its type: amounts, rates, days, instants and
// durations in the way of the country, an error as its sentence, and the rest
// as they are.
func (f *Format) Value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case engine.Minor:
		return f.Money(v)
	case engine.Micros:
		return f.Price(v)
	case engine.BP:
		return f.Percent(v)
	case engine.Day:
		return f.Date(v)
	case engine.Instant:
		return f.DateTime(v)
	case time.Duration:
		return f.Duration(v)
	case *engine.Error:
		return f.Err(v)
	case engine.Role:
		return f.w.T("core.role." + string(v))
	case []engine.Role:
		return f.roles(v)
	case engine.Permission:
		return f.w.T("permission." + string(v))
	case []string:
		return strings.Join(v, ", ")
	case error:
		return v.Error()
	default:
		return fmt.Sprint(v)
	}
}

// roles names roles in the language of the screen.
func (f *Format) roles(roles []engine.Role) string {
	names := make([]string, 0, len(roles))
	for _, r := range roles {
		names = append(names, f.Value(r))
	}
	return strings.Join(names, ", ")
}
