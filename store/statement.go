package store

import (
	"sort"
	"sync"
)

// statement is one SQL text of the program. Every statement is declared by
// declare or built by a list's query builder through declare, so that a test
// can read the query plan of each.
type statement string

var declared = struct {
	sync.Mutex
	texts map[statement]bool
}{texts: map[statement]bool{}}

// declare registers a statement and gives it back.
func declare(sql string) statement {
	declared.Lock()
	defer declared.Unlock()
	declared.texts[statement(sql)] = true
	return statement(sql)
}

// statements lists every statement declared so far, in a stable order.
func statements() []statement {
	declared.Lock()
	defer declared.Unlock()
	out := make([]statement, 0, len(declared.texts))
	for s := range declared.texts {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}
