package delivery

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Parts says what a text takes on the air, and so what it costs: carriers
// charge by the part.
type Parts struct {
	Encoding Encoding
	Units    int // septets of GSM-7, or 16-bit units of UCS-2
	Parts    int // 0 for an empty text
	PerPart  int // units a part holds: 160 or 70 alone, 153 or 67 as one of several
	Left     int // units still free in the last part
}

// MaxRunes is the longest text SNS takes in one call, in characters.
const MaxRunes = 1600

// Units a part holds: alone, and beside the header that ties several together.
const (
	gsm7Alone, gsm7Joined = 160, 153
	ucs2Alone, ucs2Joined = 70, 67
)

// Count tells how many parts a text takes, the way Twilio's segment calculator
// counts: a character of GSM-7's extension table takes two septets, which are
// never parted, and in UCS-2 a character that is made of several units (a
// surrogate pair, a flag, a letter with combining marks) stays in one part.
//
// SNS itself cuts long texts between words, so that a text of several parts may
// take one more there.
func Count(text string) Parts {
	if InGSM7(text) {
		return fill(GSM7, gsm7Units(text), gsm7Alone, gsm7Joined)
	}
	return fill(UCS2, ucs2Units(text), ucs2Alone, ucs2Joined)
}

// fill lays characters, given by their units, into parts.
func fill(enc Encoding, chars []int, alone, joined int) Parts {
	p := Parts{Encoding: enc, PerPart: alone, Left: alone}
	for _, n := range chars {
		p.Units += n
	}
	if p.Units > 0 {
		p.Parts = 1
	}
	if p.Units <= alone {
		p.Left -= p.Units
		return p
	}
	p.PerPart, p.Left = joined, joined
	for _, n := range chars {
		if n > p.Left {
			p.Parts++
			p.Left = joined
		}
		p.Left -= n
	}
	return p
}

func gsm7Units(text string) []int {
	units := make([]int, 0, len(text))
	for _, r := range text {
		units = append(units, septetsOf[r])
	}
	return units
}

// ucs2Units gives the 16-bit units of each character as a reader sees it. One
// that fills more than a part is given code point by code point: it has to be
// cut somewhere.
func ucs2Units(text string) []int {
	var units []int
	state := -1
	for text != "" {
		var seen string
		seen, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		points := pointUnits(seen)
		if n := sum(points); seen != "\r\n" && n <= ucs2Joined {
			points = []int{n}
		}
		units = append(units, points...)
	}
	return units
}

func pointUnits(text string) []int {
	units := make([]int, 0, utf8.RuneCountInString(text))
	for _, r := range text {
		units = append(units, utf16.RuneLen(r))
	}
	return units
}

func sum(values []int) int {
	total := 0
	for _, v := range values {
		total += v
	}
	return total
}
