// Package engine is the domain: the values of a shop and the decisions about
// them. It does no I/O and has no clock and no randomness of its own; time, ids
// and random bytes are passed in.
//
//	value.go, id.go           amounts, rates, instants, days, ids
//	money.go, amount.go       exact arithmetic; reading and writing amounts
//	code.go                   coupon codes and their check symbol
//	country.go, phone.go      what follows from a country; telephone numbers
//	entry.go, entry_look.go   what a text on the counter's entry line can be
//	store.go, setting.go      a store and its settings
//	staff.go                  roles, permissions, actors
//	customer.go, sale.go, coupon.go, campaign.go, message.go, audit.go
//	offer.go                  Evaluate: what a sale takes off and what it earns
//	rule.go                   the boolean expressions of offers
//	offer_check.go, threshold_check.go   what is impossible in an offer
//	list.go, report.go, import.go   what lists, reports and imports carry
//	error.go                  errors with a code, a class and facts
//
// engine/words writes sentences, amounts and dates; engine/delivery sends
// texts; engine/sheet reads the files of other programs; engine/form is the
// JSON form of offers, campaigns, baskets and results.
package engine
