package engine

import (
	"slices"
	"strconv"
)

// Setting is the name of one setting of a store.
type Setting string

// The settings. Their sentences are in the catalogue under "setting.<name>".
const (
	SetCashback       Setting = "campaign.cashback"      // prefilled in a new campaign
	SetMaxDiscount    Setting = "campaign.max_discount"  // prefilled in a new campaign
	SetLifetime       Setting = "campaign.lifetime"      // days, prefilled in a new campaign
	SetValidAfter     Setting = "campaign.valid_after"   // days, prefilled in a new campaign
	SetVerifyPhone    Setting = "customer.verify_phone"  // text a code to a new customer's phone
	SetAskConsent     Setting = "customer.ask_consent"   // ask a new customer about texts
	SetReturnSpent    Setting = "return.spent_coupon"    // deduct, absorb or ask
	SetPerCustomer    Setting = "guard.customer_per_day" // most redemptions of a customer a day
	SetPerRegister    Setting = "guard.register_hourly"  // most redemptions at a register an hour
	SetReserve        Setting = "guard.reserve_minutes"  // how long a till holds a coupon
	SetMissesTill     Setting = "guard.misses_till"      // wrong codes at a till in 10 minutes; 0: any
	SetMissesStaff    Setting = "guard.misses_staff"     // wrong codes of one person in an hour; 0: any
	SetMissesStore    Setting = "guard.misses_store"     // wrong codes in the store in an hour; 0: any
	SetTexts          Setting = "texts.send"             // queue texts at all
	SetWording        Setting = "texts.wording"          // template of the coupon's first text; empty: the language's
	SetTextLanguage   Setting = "texts.language"         // of the standard wordings; store: the store's
	SetTextAtIssue    Setting = "texts.at_issue"         // text a coupon when it is issued
	SetTextDays       Setting = "texts.days"             // reminders, in days after the sale
	SetTextBefore     Setting = "texts.before_expiry"    // reminder, in days before the last day; 0: none
	SetTextLongLife   Setting = "texts.long_life"        // the reminder before the last day is for coupons that live longer than so many days
	SetTextHour       Setting = "texts.hour"             // of the store's day at which reminders are due
	SetTextFrom       Setting = "texts.from_hour"        // texts go from this hour of the recipient's day
	SetTextUntil      Setting = "texts.until_hour"       // until this one
	SetTextGap        Setting = "texts.gap_hours"        // least hours between two texts of a customer; 0: any
	SetTextPerWeek    Setting = "texts.per_week"         // most texts of a customer in 7 days; 0: any
	SetTextExempt     Setting = "texts.issue_exempt"     // the first text of a coupon is not held back by these two
	SetWordingDay     Setting = "texts.wording_day"
	SetWordingLast    Setting = "texts.wording_last"
	SetWordingSeveral Setting = "texts.wording_several"
	SetTextRate       Setting = "texts.per_second"  // most texts handed over in a second
	SetTextPrice      Setting = "texts.price"       // of one part, in the store's currency
	SetTextLimit      Setting = "texts.month_limit" // most to spend on texts in a month; 0: no limit
	SetOrigination    Setting = "texts.origination" // number the carrier sends from
	SetEntityID       Setting = "texts.entity_id"   // of the sender's registration in India
	SetTemplateID     Setting = "texts.template_id"
	SetSMSType        Setting = "texts.type" // Transactional or Promotional
	SetSenderID       Setting = "texts.sender_id"
	SetMaxPrice       Setting = "texts.max_price" // US dollars a text
	SetPrinter        Setting = "printer.target"  // device, tcp://host:port or a file; empty: none
	SetPrinterWidth   Setting = "printer.columns"
	SetPrinterFormat  Setting = "printer.format" // escpos or text
	SetPrintAlways    Setting = "printer.always" // print after every sale
	SetTheme          Setting = "screen.theme"
	SetLockMinutes    Setting = "screen.lock_minutes"   // lock an idle till; 0: never
	SetKeySignsIn     Setting = "access.key_signs_in"   // an SSH key signs its holder in without a PIN
	SetWeightCodes    Setting = "goods.weight_prefixes" // of in-store barcodes with a weight, comma-separated
	SetPriceCodes     Setting = "goods.price_prefixes"  // of in-store barcodes with a price
	SetChannels       Setting = "sale.channels"         // besides the counter, comma-separated; empty: not asked
	SetPayments       Setting = "sale.payments"         // payment methods; empty: not asked
	SetDelivery       Setting = "sale.delivery"         // delivery methods; empty: not offered
	SetSources        Setting = "sale.sources"          // where customers come from; empty: not asked
	SetLeastUplift    Setting = "report.least_uplift"   // least difference a control group is to show
	SetMargin         Setting = "report.margin"         // share of a full price left when the goods are paid for; 0: not said
	SetWatch          Setting = "watch.on"              // look for what stands out at the tills
	SetWatchDays      Setting = "watch.days"            // looked at
	SetWatchSurprise  Setting = "watch.surprise"        // 1 in so many spans may stand out by chance
	SetWatchLeast     Setting = "watch.least"           // hits
	SetWatchExcess    Setting = "watch.excess"          // above the rate of the others
	SetWatchSplit     Setting = "watch.split_minutes"   // between two sales that may be one; 0: not looked at
	SetWatchCoupons   Setting = "watch.phone_coupons"   // most coupons a customer usually earns in the days; 0: not looked at
	SetWatchCashiers  Setting = "watch.phone_cashiers"  // most people who usually sell to a customer on a day; 0: not looked at
	SetWatchPhoneDay  Setting = "watch.phone_day"       // most coupons a customer usually earns within 24 hours; 0: not looked at
)

// SettingKind is how a setting is typed and shown.
type SettingKind int

// The kinds of settings.
const (
	SettingText SettingKind = iota
	SettingRate             // basis points
	SettingCount
	SettingFlag // yes or no
	SettingChoice
	SettingPrice // millionths of one unit of the store's currency
)

// SettingDef describes a setting: its kind, its default, what it may be. The
// settings screen, the command and the README are made from these.
type SettingDef struct {
	Name        Setting
	Kind        SettingKind
	Default     string // as stored: a number, yes or no, a choice, a text
	Least, Most int64  // of rates and counts
	Choices     []string
	Limit       int // most characters of a text
}

// SettingDefs lists every setting, in the order people see them.
//
// words: setting.*
var SettingDefs = []SettingDef{
	{Name: SetCashback, Kind: SettingRate, Default: "2000", Least: 1, Most: 10000},
	{Name: SetMaxDiscount, Kind: SettingRate, Default: "3000", Least: 1, Most: 10000},
	{Name: SetLifetime, Kind: SettingCount, Default: "45", Least: MinLifetime, Most: MaxLifetime},
	{Name: SetValidAfter, Kind: SettingCount, Default: "0", Least: 0, Most: MaxLifetime},
	{Name: SetAskConsent, Kind: SettingFlag, Default: "yes"},
	{Name: SetVerifyPhone, Kind: SettingFlag, Default: "no"},
	{Name: SetReturnSpent, Kind: SettingChoice, Default: "deduct", Choices: []string{"deduct", "absorb", "ask"}},
	{Name: SetPerCustomer, Kind: SettingCount, Default: "5", Least: 1, Most: 1000},
	{Name: SetPerRegister, Kind: SettingCount, Default: "60", Least: 1, Most: 100000},
	{Name: SetReserve, Kind: SettingCount, Default: "10", Least: 1, Most: 120},
	{Name: SetMissesTill, Kind: SettingCount, Default: "10", Least: 0, Most: 1000},
	{Name: SetMissesStaff, Kind: SettingCount, Default: "20", Least: 0, Most: 1000},
	{Name: SetMissesStore, Kind: SettingCount, Default: "50", Least: 0, Most: 1000},
	{Name: SetWatch, Kind: SettingFlag, Default: "yes"},
	{Name: SetWatchDays, Kind: SettingCount, Default: "30", Least: 7, Most: MostWatchDays},
	{Name: SetWatchSurprise, Kind: SettingCount, Default: "1000", Least: 10, Most: 1_000_000},
	{Name: SetWatchLeast, Kind: SettingCount, Default: "5", Least: 2, Most: 1000},
	{Name: SetWatchExcess, Kind: SettingRate, Default: "5000", Least: 0, Most: 10000},
	{Name: SetWatchSplit, Kind: SettingCount, Default: "10", Least: 0, Most: 240},
	{Name: SetWatchCoupons, Kind: SettingCount, Default: "25", Least: 0, Most: 1000},
	{Name: SetWatchCashiers, Kind: SettingCount, Default: "2", Least: 0, Most: 100},
	{Name: SetWatchPhoneDay, Kind: SettingCount, Default: "5", Least: 0, Most: 1000},
	{Name: SetWeightCodes, Kind: SettingText, Limit: 80},
	{Name: SetPriceCodes, Kind: SettingText, Limit: 80},
	{Name: SetChannels, Kind: SettingText, Limit: 200},
	{Name: SetPayments, Kind: SettingText, Limit: 200},
	{Name: SetDelivery, Kind: SettingText, Limit: 200},
	{Name: SetSources, Kind: SettingText, Limit: 200},
	{Name: SetTexts, Kind: SettingFlag, Default: "yes"},
	{Name: SetTextAtIssue, Kind: SettingFlag, Default: "yes"},
	{Name: SetTextDays, Kind: SettingText, Default: "2, 7, 27", Limit: 60},
	{Name: SetTextBefore, Kind: SettingCount, Default: "3", Least: 0, Most: 365},
	{Name: SetTextLongLife, Kind: SettingCount, Default: "35", Least: 0, Most: MaxLifetime},
	{Name: SetTextHour, Kind: SettingCount, Default: "10", Least: 0, Most: 23},
	{Name: SetTextFrom, Kind: SettingCount, Default: "9", Least: 0, Most: 23},
	{Name: SetTextUntil, Kind: SettingCount, Default: "20", Least: 1, Most: 24},
	{Name: SetTextGap, Kind: SettingCount, Default: "16", Least: 0, Most: 168},
	{Name: SetTextPerWeek, Kind: SettingCount, Default: "2", Least: 0, Most: 100},
	{Name: SetTextExempt, Kind: SettingFlag, Default: "no"},
	{Name: SetTextLanguage, Kind: SettingChoice, Default: "store", Choices: []string{"store", "pt-BR", "en", "es", "zh"}},
	{Name: SetWording, Kind: SettingText, Limit: MaxTemplate},
	{Name: SetWordingDay, Kind: SettingText, Limit: MaxTemplate},
	{Name: SetWordingLast, Kind: SettingText, Limit: MaxTemplate},
	{Name: SetWordingSeveral, Kind: SettingText, Limit: MaxTemplate},
	{Name: SetTextRate, Kind: SettingCount, Default: "1", Least: 1, Most: 20},
	{Name: SetTextPrice, Kind: SettingPrice, Default: "0", Least: 0, Most: 100_000_000_000},
	{Name: SetTextLimit, Kind: SettingPrice, Default: "0", Least: 0, Most: 1_000_000_000_000_000},
	{Name: SetSMSType, Kind: SettingChoice, Default: "Transactional", Choices: []string{"Transactional", "Promotional"}},
	{Name: SetSenderID, Kind: SettingText, Limit: 11},
	{Name: SetMaxPrice, Kind: SettingText, Limit: 12},
	{Name: SetOrigination, Kind: SettingText, Limit: 20},
	{Name: SetEntityID, Kind: SettingText, Limit: 50},
	{Name: SetTemplateID, Kind: SettingText, Limit: 50},
	{Name: SetMargin, Kind: SettingRate, Default: "0", Least: 0, Most: 10000},
	{Name: SetLeastUplift, Kind: SettingRate, Default: "200", Least: 10, Most: 5000},
	{Name: SetPrinter, Kind: SettingText, Limit: 200},
	{Name: SetPrinterFormat, Kind: SettingChoice, Default: "escpos", Choices: []string{"escpos", "text"}},
	{Name: SetPrinterWidth, Kind: SettingCount, Default: "32", Least: 24, Most: 64},
	{Name: SetPrintAlways, Kind: SettingFlag, Default: "no"},
	{Name: SetTheme, Kind: SettingChoice, Default: "dark", Choices: []string{"dark", "light", "mono"}},
	{Name: SetLockMinutes, Kind: SettingCount, Default: "0", Least: 0, Most: 720},
	{Name: SetKeySignsIn, Kind: SettingFlag, Default: "yes"},
}

// Codes of settings.
const (
	CodeUnknownSetting Code = "unknown_setting" // with name
	CodeBadSetting     Code = "bad_setting"     // not of the form the setting has; with name, value
	CodeSettingBounds  Code = "setting_bounds"  // not a number from least to most
	CodeSettingChoice  Code = "setting_choice"  // none of its choices; with name, value, choices
	CodeSettingLong    Code = "setting_long"    // a text of length characters, with name, most
	CodeSettingLine    Code = "setting_line"    // a line break or the like in a text; with name, at, its position from 1
)

// Settings are a store's settings that differ from the defaults, as stored.
type Settings map[Setting]string

// SettingByName finds the description of a setting.
func SettingByName(name Setting) (SettingDef, error) {
	for _, d := range SettingDefs {
		if d.Name == name {
			return d, nil
		}
	}
	return SettingDef{}, BadInput(CodeUnknownSetting, "name", string(name))
}

// Text is a setting as stored, or its default.
func (s Settings) Text(name Setting) string {
	if v, ok := s[name]; ok {
		return v
	}
	d, err := SettingByName(name)
	if err != nil {
		return ""
	}
	return d.Default
}

// Count is a setting's number: a count, or basis points of a rate.
func (s Settings) Count(name Setting) int64 {
	n, err := strconv.ParseInt(s.Text(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Flag tells whether a setting is yes.
func (s Settings) Flag(name Setting) bool { return s.Text(name) == "yes" }

// Check tells which setting has a value it may not have, or nil.
func (s Settings) Check() error {
	for name, value := range s {
		d, err := SettingByName(name)
		if err != nil {
			return err
		}
		if err := d.Check(value); err != nil {
			return err
		}
	}
	if err := s.CheckHours(); err != nil {
		return err
	}
	return s.checkPrefixes()
}

// CheckHours tells whether texts have hours in which to go, and reminders are
// due in one of them: CodeTextHours, CodeTextHour.
func (s Settings) CheckHours() error {
	from, hour, until := s.Count(SetTextFrom), s.Count(SetTextHour), s.Count(SetTextUntil)
	switch {
	case from >= until:
		return BadInput(CodeTextHours, "from", from, "until", until)
	case hour < from || hour >= until:
		return BadInput(CodeTextHour, "hour", hour, "from", from, "until", until)
	}
	return nil
}

// Check tells whether value is one that the setting may have. The error, of
// class Input, says what it may be.
func (d SettingDef) Check(value string) error {
	switch d.Kind {
	case SettingRate, SettingCount, SettingPrice:
		return d.checkNumber(value)
	case SettingFlag:
		return d.checkChoice(value, []string{"yes", "no"})
	case SettingChoice:
		return d.checkChoice(value, d.Choices)
	case SettingText:
		return d.checkText(value)
	}
	return nil
}

func (d SettingDef) checkNumber(value string) error {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= d.Least && n <= d.Most {
		return nil
	}
	return d.Bounds()
}

// Bounds is the error of a number that the setting may not have:
// CodeSettingBounds.
func (d SettingDef) Bounds() error {
	switch d.Kind { //nolint:exhaustive // the others are plain numbers
	case SettingRate:
		return BadInput(CodeSettingBounds, "least", BP(d.Least), "most", BP(d.Most))
	case SettingPrice:
		return BadInput(CodeSettingBounds, "least", Micros(d.Least), "most", Micros(d.Most))
	}
	return BadInput(CodeSettingBounds, "least", d.Least, "most", d.Most)
}

func (d SettingDef) checkChoice(value string, choices []string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return BadInput(CodeSettingChoice, "name", string(d.Name), "value", value, "choices", choices)
}

func (d SettingDef) checkText(value string) error {
	runes := []rune(value)
	if at := slices.IndexFunc(runes, isControl); at >= 0 {
		return BadInput(CodeSettingLine, "name", string(d.Name), "at", at+1)
	}
	if len(runes) > d.Limit {
		return BadInput(CodeSettingLong, "name", string(d.Name), "length", len(runes), "most", d.Limit)
	}
	switch d.Name { //nolint:exhaustive // the others have no form of their own
	case SetTextDays:
		_, err := ParseTextDays(value)
		return err
	case SetWeightCodes, SetPriceCodes:
		if !validLayouts(value) {
			return BadInput(CodeBadSetting, "name", string(d.Name), "value", value)
		}
	}
	return nil
}
