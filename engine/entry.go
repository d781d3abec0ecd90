package engine

import "strings"

// EntryKind is what a text on the counter's entry line can be.
type EntryKind int

// The kinds of entries.
const (
	EntryAmount EntryKind = iota
	EntryPhone
	EntryLast4  // the last four digits of a customer's phone
	EntryCode   // a coupon code
	EntryNumber // the shop's own customer number, or the POS's reference of the sale
	EntryName   // the beginning of a customer's name

	EntryBarcode // goods by their barcode
	EntryGoods   // goods by their sku or words of their name
	EntryTimes   // a quantity for the goods that come next: 3*
	EntrySet     // a quantity for the line that is marked: =3
	EntryOffer   // the code of an offer
	EntryAd      // the link or token of an ad
)

// Reading is one way to understand an entry. Err says why it cannot be this
// after all: a slip in a code, too many decimals.
type Reading struct {
	Kind   EntryKind
	Amount Minor
	Phone  Phone
	Code   string // of a coupon, or of an offer as FoldOfferCode gives it
	Text   string // trimmed; of goods without the quantity before it
	Times  int64  // of goods, in thousandths of a piece or of the unit of weight; 0 is not said
	Ad     AdLabels
	Err    error
}

// EntryContext is what helps to understand an entry.
type EntryContext struct {
	Marks       Marks
	Region      string // the store's country, for phones
	HasCustomer bool   // the sale has a customer already: digits are an amount
	Scanned     bool   // by a barcode scanner: never an amount or a name

	Goods    bool            // the shop has a catalogue; without one nothing is read as goods
	HasLines bool            // goods were rung up: digits are a sku before an amount
	Naming   bool            // the new customer has no name yet: letters are it
	Codes    map[string]bool // what running offers ask for, as FoldOfferCode gives them

	AdLinks map[string]AdLabels // of running campaigns, as AdLinks gives them
}

// maxEntry is the longest entry that is looked at, in bytes: longer ones are
// pasted rubbish.
const maxEntry = 120

// CodeEntryLong says that an entry is too long to be anything.
const CodeEntryLong Code = "entry_long"

// ReadEntry gives the ways to understand what stands on the entry line, the
// preferred first. Readings that fail are left out, except that a text that can
// hardly be meant as anything else keeps its failed reading in front (a code
// with a slip, an amount with too many decimals, a phone without its area
// code), and a slip in what may be a code comes last: the screen shows the
// first and, if that one has an error, its sentence. An empty entry has no
// reading.
func ReadEntry(text string, c EntryContext) []Reading {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if labels, ok, err := ReadPromo(text, c.AdLinks); ok {
		return []Reading{{Kind: EntryAd, Ad: labels, Text: text, Err: err}}
	}
	if len(text) > maxEntry || strings.ContainsFunc(text, isControl) {
		return []Reading{{Kind: EntryNumber, Err: BadInput(CodeEntryLong, "most", maxEntry)}}
	}
	if c.Goods && !c.Scanned {
		if out, ok := readTimes(text, c); ok {
			return out
		}
	}
	out := readings(text, c)
	if c.Goods {
		out = withGoods(text, out, c)
	}
	if code := FoldOfferCode(text); c.Codes[code] {
		out = append([]Reading{{Kind: EntryOffer, Code: code, Text: text}}, out...)
	}
	return out
}

// readings gives the ways to understand a text in a shop without a catalogue.
func readings(text string, c EntryContext) []Reading {
	out, others := candidates(text, c)
	for _, r := range others {
		if r.Err == nil || r.Kind == EntryCode {
			out = append(out, r)
		}
	}
	for i := range out {
		out[i].Text = text
	}
	return out
}

// candidates gives what the text is surely meant as, failed or not, and what
// else it may be, both in the order of preference.
func candidates(text string, c EntryContext) (meant, others []Reading) {
	switch {
	case strings.ContainsFunc(text, isEntryLetter):
		return lettered(text, c)
	case c.Scanned:
		return nil, scannedDigits(text, c)
	}
	return typedDigits(text, c)
}

// lettered reads an entry with letters: a code when it has the form of one and
// its check symbol fits, or when it looks like nothing else; otherwise an
// amount that went wrong, a number or a name.
func lettered(text string, c EntryContext) (meant, others []Reading) {
	number, name, codes := Reading{Kind: EntryNumber}, Reading{Kind: EntryName}, codeReading(text)
	rest := []Reading{name, number}
	if countDigits(text) > 0 {
		rest = []Reading{number, name}
	}
	fits := len(codes) > 0 && codes[0].Err == nil
	switch {
	case c.Scanned && fits:
		return nil, append(codes, number)
	case c.Scanned:
		return nil, []Reading{number}
	case fits && !looksNamed(text), len(codes) > 0 && looksCoded(text):
		return codes, rest
	case looksPriced(text, c):
		return []Reading{amountReading(text, c)}, rest
	}
	return nil, append(rest, codes...)
}

// scannedDigits reads digits off a barcode. They are a code only with its dash,
// as the program prints codes: one card in 32 fits the check symbol by chance.
func scannedDigits(text string, c EntryContext) []Reading {
	codes, phone, number := codeReading(text), phoneReading(text, c), Reading{Kind: EntryNumber}
	if strings.Contains(text, "-") {
		return append(codes, phone, number)
	}
	return append([]Reading{phone, number}, codes...)
}

// typedDigits reads an entry of digits and marks.
func typedDigits(text string, c EntryContext) (meant, others []Reading) {
	amount, phone, number := amountReading(text, c), phoneReading(text, c), Reading{Kind: EntryNumber}
	codes := codeReading(text)
	switch {
	case meantAsPhone(text, phone, amount, c):
		return []Reading{phone}, append(codes, number, amount)
	case looksDialled(text):
		return nil, append(codes, number, phone, amount)
	case meantAsAmount(text) && amount.Err == nil:
		return []Reading{amount}, []Reading{phone}
	case meantAsAmount(text):
		return []Reading{amount}, []Reading{number, phone}
	case text[0] == '0': // no amount begins so
		return nil, append(lastFour(text, c), number, amount, phone)
	case c.HasCustomer && len(text) < referenceDigits:
		return []Reading{amount}, nil
	case c.HasCustomer:
		return []Reading{amount}, append(codes, phone, number)
	case countDigits(text) >= phoneDigits && !strings.HasSuffix(text, "00"): // more likely a card's or a receipt's
		return nil, append([]Reading{number, amount, phone}, codes...)
	}
	return nil, append(lastFour(text, c), amount, number, phone)
}

// lastFour reads four digits as the last of a phone, unless there is a customer
// already.
func lastFour(text string, c EntryContext) []Reading {
	if c.HasCustomer || len(text) != 4 || countDigits(text) != 4 {
		return nil
	}
	return []Reading{{Kind: EntryLast4}}
}

func amountReading(text string, c EntryContext) Reading {
	amount, err := ParseAmount(text, c.Marks)
	if err == nil && amount == 0 {
		err = BadInput(CodeSaleAmount)
	}
	return Reading{Kind: EntryAmount, Amount: amount, Err: err}
}

func phoneReading(text string, c EntryContext) Reading {
	phone, err := ParsePhone(text, c.Region)
	return Reading{Kind: EntryPhone, Phone: phone, Err: err}
}

// codeReading reads a code where the text has the form of one; text of digits
// alone is a code only if its check symbol fits.
func codeReading(text string) []Reading {
	if _, ok := FoldCode(text); !ok {
		return nil
	}
	code, err := ParseCode(text)
	if err != nil && countDigits(text) == CodeSymbols {
		return nil
	}
	return []Reading{{Kind: EntryCode, Code: code, Err: err}}
}
