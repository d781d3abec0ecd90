package words

import (
	"strings"
	"sync"

	"bounceback/engine"
)

// CodeBadPrice says that a text is not a price, or not one as small as texts
// cost; args text and example, a price as the country writes it.
const CodeBadPrice engine.Code = "bad_price"

// Price writes an amount in millionths of the store's currency with its mark:
// all decimals the currency has, and up to six where they are not zero,
// "R$ 0,0645".
func (f *Format) Price(m engine.Micros) string { return f.money.price(m, f.exponent) }

// PriceIn is Price in another currency (ISO 4217), written as the store's
// country writes it: "US$ 0,00645".
func (f *Format) PriceIn(m engine.Micros, currency string) string {
	if currency == f.currency {
		return f.Price(m)
	}
	exponent, _ := engine.CurrencyExponent(currency) // none of an unknown one
	return foreign(f.country, currency).price(m, exponent)
}

// ReadPrice reads a price in the store's currency as people type it in the
// country, with its mark or without: "0,14", "0.0645", "R$ 0,14". The error is
// CodeBadPrice, of class Input.
func (f *Format) ReadPrice(text string) (engine.Micros, error) {
	bare := strings.TrimPrefix(strings.TrimSpace(text), strings.TrimSpace(f.money.prefix))
	bare = strings.TrimSuffix(bare, strings.TrimSpace(f.money.suffix))
	m, err := engine.ParseMicros(bare, engine.Marks{Decimal: f.Decimal(), Group: f.Group(), Exponent: f.exponent})
	if err != nil {
		return 0, engine.BadInput(CodeBadPrice, "text", text, "example", f.Price(examplePrice))
	}
	return m, nil
}

// examplePrice shows that a price may have more decimals than the currency.
const examplePrice engine.Micros = 64_500

// price writes an amount with least to six decimals.
func (p *pattern) price(m engine.Micros, least int) string {
	v, digits := int64(m), 6
	for digits > least && v%10 == 0 {
		v, digits = v/10, digits-1
	}
	return p.marked(v, digits)
}

// foreigners are the patterns of other currencies, by country and code; they
// are slow to make.
var foreigners sync.Map

func foreign(country, code string) *pattern {
	key := [2]string{country, code}
	if known, ok := foreigners.Load(key); ok {
		return known.(*pattern) //nolint:forcetypeassert // nothing else is stored
	}
	p := patternFor(country, code)
	known, _ := foreigners.LoadOrStore(key, &p)
	return known.(*pattern) //nolint:forcetypeassert // nothing else is stored
}
