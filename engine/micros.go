package engine

import (
	"strconv"
	"strings"
)

// microDigits are the decimals of an amount in millionths.
const microDigits = 6

// MaxMicros is the largest amount in millionths that can be typed: 1,000,000,000
// units.
const MaxMicros Micros = 1_000_000_000_000_000

// ParseMicros reads a price as people type it, "0.14", "0,14", "0.00645", by the
// rules of ParseAmount but with up to six decimals whatever the currency has.
func ParseMicros(text string, m Marks) (Micros, error) {
	whole, decimals, err := amountDigits(text, m)
	if err != nil {
		return 0, err
	}
	if len(decimals) > microDigits {
		return 0, BadInput(CodeAmountDecimals, "text", text, "decimals", microDigits)
	}
	n, err := strconv.ParseInt(whole+decimals+strings.Repeat("0", microDigits-len(decimals)), 10, 64)
	if err != nil || n > int64(MaxMicros) {
		return 0, BadInput(CodeAmountTooLarge, "text", text, "most", MaxMicros.Minor(m.Exponent))
	}
	return Micros(n), nil
}

// Price is a setting's amount, of kind SettingPrice.
func (s Settings) Price(name Setting) Micros { return Micros(s.Count(name)) }
