package screen

import (
	"context"

	"bounceback/engine"
	"bounceback/tui/report"
	"bounceback/tui/shop"
)

// reportKind is one of the reports: its name, as commands and links know it, and
// how it is read and laid out.
type reportKind struct {
	name  string
	days  bool   // it is of days
	first string // the value of the filter of dates it begins with
	write func(ctx context.Context, s shop.Shop, p report.Pen, a engine.Actor, from, to engine.Day) (report.Doc, error)
}

// reportKinds are all reports, in the order in which the desk names them.
//
// words: report.liability
var reportKinds = []reportKind{
	{"liability", false, "", func(ctx context.Context, s shop.Shop, p report.Pen, a engine.Actor, _, _ engine.Day) (report.Doc, error) {
		l, err := s.Liability(ctx, a)
		return p.Liability(l), err
	}},
}

// reportNamed is the report of a name; nil if there is none.
func reportNamed(name string) *reportKind {
	for i := range reportKinds {
		if reportKinds[i].name == name {
			return &reportKinds[i]
		}
	}
	return nil
}
