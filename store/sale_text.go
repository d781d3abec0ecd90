package store

import (
	"strconv"
	"strings"

	"bounceback/engine"
)

// A sale's amounts per unit stand in short texts: 2*50,1*20 is two units with 50
// taken off each and one with 20. What an offer took off lines 1 and 3 (by
// their place, from 0) is 1@0:2*50;3@-1:1*20: line, first unit, runs.

func writeRuns(runs []engine.Run) string {
	var b []byte
	for i, r := range runs {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, r.Units, 10)
		b = strconv.AppendInt(append(b, '*'), int64(r.Off), 10)
	}
	return string(b)
}

func readRuns(text string) ([]engine.Run, error) {
	if text == "" {
		return nil, nil
	}
	parts := strings.Split(text, ",")
	out := make([]engine.Run, 0, len(parts))
	for _, part := range parts {
		units, off, _ := strings.Cut(part, "*")
		u, err := strconv.ParseInt(units, 10, 64)
		if err != nil {
			return nil, err
		}
		o, err := strconv.ParseInt(off, 10, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, engine.Run{Units: u, Off: engine.Minor(o)})
	}
	return out, nil
}

func writeCuts(cuts []engine.LineCut) string {
	var b strings.Builder
	for i, c := range cuts {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(strconv.Itoa(c.Line) + "@" + strconv.FormatInt(c.First, 10) + ":" + writeRuns(c.Runs))
	}
	return b.String()
}

func readCuts(text string) ([]engine.LineCut, error) {
	if text == "" {
		return nil, nil
	}
	var out []engine.LineCut
	for part := range strings.SplitSeq(text, ";") {
		c, err := readCut(part)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func readCut(text string) (c engine.LineCut, err error) {
	place, runs, _ := strings.Cut(text, ":")
	line, first, _ := strings.Cut(place, "@")
	if c.Line, err = strconv.Atoi(line); err != nil {
		return c, err
	}
	if c.First, err = strconv.ParseInt(first, 10, 64); err != nil {
		return c, err
	}
	if c.Runs, err = readRuns(runs); err != nil {
		return c, err
	}
	for _, r := range c.Runs {
		c.Amount += r.Off * engine.Minor(r.Units)
	}
	return c, nil
}

// writeUnits writes what comes back, 1*2,3*1: line number and units. The
// caller gives the lines in the order of their numbers.
func writeUnits(lines []engine.ReturnLine) string {
	var b []byte
	for i, l := range lines {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(l.No), 10)
		b = strconv.AppendInt(append(b, '*'), l.Units, 10)
	}
	return string(b)
}
