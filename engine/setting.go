package engine

import (
	"slices"
	"strconv"
	"strings"
)

// Setting is the name of one setting of a store.
type Setting string

// The settings. Their sentences are in the catalogue under "setting.<name>".
const (
	SetCashback      Setting = "campaign.cashback"      // prefilled in a new campaign
	SetMaxDiscount   Setting = "campaign.max_discount"  // prefilled in a new campaign
	SetLifetime      Setting = "campaign.lifetime"      // days, prefilled in a new campaign
	SetValidAfter    Setting = "campaign.valid_after"   // days, prefilled in a new campaign
	SetVerifyPhone   Setting = "customer.verify_phone"  // text a code to a new customer's phone
	SetAskConsent    Setting = "customer.ask_consent"   // ask a new customer about texts
	SetReturnSpent   Setting = "return.spent_coupon"    // deduct, absorb or ask
	SetPerCustomer   Setting = "guard.customer_per_day" // most redemptions of a customer a day
	SetPerRegister   Setting = "guard.register_hourly"  // most redemptions at a register an hour
	SetReserve       Setting = "guard.reserve_minutes"  // how long a till holds a coupon
	SetTexts         Setting = "texts.send"             // queue texts at all
	SetWording       Setting = "texts.wording"          // template of the coupon's text; empty: the catalogue's
	SetSMSType       Setting = "texts.type"             // Transactional or Promotional
	SetSenderID      Setting = "texts.sender_id"
	SetMaxPrice      Setting = "texts.max_price" // US dollars a text
	SetPrinter       Setting = "printer.target"  // device, tcp://host:port or a file; empty: none
	SetPrinterWidth  Setting = "printer.columns"
	SetPrinterFormat Setting = "printer.format" // escpos or text
	SetPrintAlways   Setting = "printer.always" // print after every sale
	SetTheme         Setting = "screen.theme"
	SetLockMinutes   Setting = "screen.lock_minutes"   // lock an idle till; 0: never
	SetWeightCodes   Setting = "goods.weight_prefixes" // of in-store barcodes with a weight, comma-separated
	SetPriceCodes    Setting = "goods.price_prefixes"  // of in-store barcodes with a price
	SetChannels      Setting = "sale.channels"         // besides the counter, comma-separated; empty: not asked
	SetPayments      Setting = "sale.payments"         // payment methods; empty: not asked
	SetDelivery      Setting = "sale.delivery"         // delivery methods; empty: not offered
	SetSources       Setting = "sale.sources"          // where customers come from; empty: not asked
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
	{Name: SetWeightCodes, Kind: SettingText, Limit: 80},
	{Name: SetPriceCodes, Kind: SettingText, Limit: 80},
	{Name: SetChannels, Kind: SettingText, Limit: 200},
	{Name: SetPayments, Kind: SettingText, Limit: 200},
	{Name: SetDelivery, Kind: SettingText, Limit: 200},
	{Name: SetSources, Kind: SettingText, Limit: 200},
	{Name: SetTexts, Kind: SettingFlag, Default: "yes"},
	{Name: SetWording, Kind: SettingText, Limit: 480},
	{Name: SetSMSType, Kind: SettingChoice, Default: "Transactional", Choices: []string{"Transactional", "Promotional"}},
	{Name: SetSenderID, Kind: SettingText, Limit: 11},
	{Name: SetMaxPrice, Kind: SettingText, Limit: 12},
	{Name: SetPrinter, Kind: SettingText, Limit: 200},
	{Name: SetPrinterFormat, Kind: SettingChoice, Default: "escpos", Choices: []string{"escpos", "text"}},
	{Name: SetPrinterWidth, Kind: SettingCount, Default: "32", Least: 24, Most: 64},
	{Name: SetPrintAlways, Kind: SettingFlag, Default: "no"},
	{Name: SetTheme, Kind: SettingChoice, Default: "dark", Choices: []string{"dark", "light", "mono"}},
	{Name: SetLockMinutes, Kind: SettingCount, Default: "0", Least: 0, Most: 720},
}

// Codes of settings.
const (
	CodeUnknownSetting Code = "unknown_setting"
	CodeBadSetting     Code = "bad_setting"
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
	return s.checkPrefixes()
}

// Check tells whether value is one that the setting may have.
func (d SettingDef) Check(value string) error {
	bad := BadInput(CodeBadSetting, "name", string(d.Name), "value", value)
	switch d.Kind {
	case SettingRate, SettingCount:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < d.Least || n > d.Most {
			return bad
		}
	case SettingFlag:
		if value != "yes" && value != "no" {
			return bad
		}
	case SettingChoice:
		if !slices.Contains(d.Choices, value) {
			return bad
		}
	case SettingText:
		if len([]rune(value)) > d.Limit || strings.ContainsFunc(value, isControl) {
			return bad
		}
		if (d.Name == SetWeightCodes || d.Name == SetPriceCodes) && !validLayouts(value) {
			return bad
		}
	}
	return nil
}
