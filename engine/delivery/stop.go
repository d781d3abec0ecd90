package delivery

import (
	"slices"
	"strings"
	"unicode"
)

// stopCountries are the countries in which a text that advertises has to say how
// to opt out, even to those who agreed to it, each group with what asks for it.
// It is what a careful shop goes by and no legal advice.
//
// Left out are countries whose law asks for an easy way out but not in each
// text: Brazil (LGPD, art. 8 § 5), or only in texts nobody agreed to: Singapore
// (Spam Control Act 2007, Second Schedule), and India, where the carriers hold
// every wording against its registration.
var stopCountries = strings.Fields(
	// Carriers, by the CTIA's Messaging Principles and Best Practices, and their territories.
	"US PR VI GU AS MP " +
		// Canada's Anti-Spam Legislation, s. 6(2)(c) and 11.
		"CA " +
		// Spam Act 2003, s. 18; Unsolicited Electronic Messages Act 2007, s. 11.
		"AU NZ " +
		// Directive 2002/58/EC, art. 13(2) and (4), in the EU and the EEA; in France CPCE,
		// art. L.34-5, in Spain LSSI, art. 21.2.
		"AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO GP MQ GF RE YT MF " +
		// PECR 2003, reg. 22(3)(c) and 23; Unfair Competition Act, art. 3(1)(o).
		"GB CH " +
		// Communications Law, s. 30A; Law 6563 and its regulation on commercial messages.
		"IL TR " +
		// POPIA, s. 69(4).
		"ZA " +
		// Regulation on short message services (MIIT order 31 of 2015); UEMO, Cap. 593, s. 9.
		"CN HK " +
		// Act on Regulation of Transmission of Specified Electronic Mail, art. 4; Network
		// Act, art. 50(4).
		"JP KR " +
		// Decree 1558/2001, art. 27; Law 19.496, art. 28 B.
		"AR CL")

// NeedsStop tells whether law or carriers of a country (ISO 3166-1 alpha-2) ask
// that every text which advertises says how to opt out.
func NeedsStop(country string) bool { return slices.Contains(stopCountries, country) }

// stopWords are what people know as the word to opt out with. Those of Amazon
// SNS are among them:
// https://docs.aws.amazon.com/sns/latest/dg/sms_manage.html
var stopWords = strings.Fields(
	"stop stopsms arret cancel end opt-out optout quit remove unsubscribe unsub sair pare parar cancelar baja alto td abmelden")

// stopSigns are what Chinese texts opt out with; no spaces set them off.
var stopSigns = []string{"退订", "退訂", "拒收"}

// stopVerbs stand before such a word where it is written small: "reply stop".
var stopVerbs = strings.Fields("reply text send answer responda responde responder envie envia enviar envoyez repondez antworten")

// HasStop tells whether a text or a template says how to opt out: it names
// {stop} or has one of the words that are known for it. Words that mean other
// things too count only in capitals, as such notices write them, or after a
// verb that asks for an answer.
func HasStop(text string) bool {
	if names(text, "stop") || slices.ContainsFunc(stopSigns, func(sign string) bool { return strings.Contains(text, sign) }) {
		return true
	}
	before := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		plain := strings.ToLower(Fold(word))
		switch {
		case plain == "unsubscribe", plain == "opt-out", plain == "optout":
			return true
		case slices.Contains(stopWords, plain) && (word == strings.ToUpper(word) || slices.Contains(stopVerbs, before)):
			return true
		}
		before = plain
	}
	return false
}
