package engine

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Code names a refusal or fault for programs; the catalogue turns it into a
// sentence under the key "error.<code>".
type Code string

// Class says whose move it is after an error, and so which exit status a
// command ends with.
type Class int

// The classes, in the order of the exit statuses 1, 2 and 3.
const (
	Rule  Class = iota + 1 // refused by a rule of the shop; nothing is wrong with the program
	Input                  // what was typed or passed cannot be understood
	Fault                  // the machine, the file or the network failed
)

// Args are the named facts of an error's sentence. Values keep their engine
// types (Minor, Day, Instant, ID …), so that each face writes them in its own
// language and in the way of the store's country.
type Args map[string]any

// Error is every error that a person may come to see: a code for programs,
// facts for the sentence, and the cause for the log.
type Error struct {
	Code  Code
	Class Class
	Args  Args
	Cause error
}

// Error gives the code and its facts in a form for logs; people are shown the
// catalogue's sentence instead.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	keys := make([]string, 0, len(e.Args))
	for k := range e.Args {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%v", k, e.Args[k])
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is compare by code, so that a bare &Error{Code: …} is a
// pattern.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Refuse makes an error of class Rule. pairs are name, value, name, value …
func Refuse(code Code, pairs ...any) *Error { return newError(Rule, code, pairs) }

// BadInput makes an error of class Input.
func BadInput(code Code, pairs ...any) *Error { return newError(Input, code, pairs) }

// Broken makes an error of class Fault around its cause.
func Broken(code Code, cause error, pairs ...any) *Error {
	e := newError(Fault, code, pairs)
	e.Cause = cause
	return e
}

func newError(class Class, code Code, pairs []any) *Error {
	e := &Error{Code: code, Class: class}
	if len(pairs) > 0 {
		e.Args = make(Args, len(pairs)/2)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		e.Args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return e
}

// CodeOf gives the code of err, "" for nil and CodeUnexpected for an error
// that carries none.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeUnexpected
}

// ClassOf gives the class of err; an error without one is a Fault.
func ClassOf(err error) Class {
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return Fault
}

// CodeUnexpected stands for an error that carries no code of ours.
const CodeUnexpected Code = "unexpected"
