package screen_test

import (
	"testing"

	"bounceback/engine"
)

func TestHubOpensEveryList(t *testing.T) {
	o := newOffice(t)
	o.year()
	for key, title := range map[string]string{
		"0": "The owner's desk", "1": "Sales", "2": "Coupons", "3": "Customers", "4": "Campaigns", "5": "Texts", "6": "Audit log", "7": "Staff", "8": "Settings", "9": "Products",
	} {
		o.press(key)
		o.at(title)
		o.press("esc")
		o.at("Lists and settings")
	}
	o.press("home", "down", "down", "down", "enter")
	o.at("Customers")
}

func TestHubAsksForTheOwner(t *testing.T) {
	o := newOffice(t)
	o.as("Bruno", engine.Cashier)
	o.press("8")
	o.at("Lists and settings")
	if o.need == nil || o.need.Permission != engine.MayEditSettings {
		t.Fatalf("asked for %+v", o.need)
	}
	o.actor = o.owner
	o.run(o.need.Retry)
	o.at("Settings")
}

func TestGoldens(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	for name, keys := range map[string][]string{
		"hub":            {"down"},
		"sales":          {"1"},
		"sale":           {"1", "down", "enter", "down"},
		"coupons":        {"2"},
		"coupon":         {"2", "end", "enter"},
		"customers":      {"3"},
		"customer":       {"3", "enter"},
		"customer-edit":  {"3", "enter", "e", "x"},
		"campaigns":      {"4"},
		"campaign":       {"4", "enter"},
		"campaign-new":   {"4", "n", "enter"},
		"messages":       {"5"},
		"audit":          {"6"},
		"entry":          {"6", "enter"},
		"staff":          {"7"},
		"staff-edit":     {"7", "enter"},
		"settings":       {"8"},
		"sale-void":      {"1", "enter", "v", "h"},
		"sale-return":    {"1", "down", "enter", "b", "5", "0"},
		"sales-filtered": {"1", "s", "d"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.year()
			o.press(keys...)
			o.golden(name)
		})
	}
}

func TestEveryScreenInPortuguese(t *testing.T) {
	for _, keys := range [][]string{
		{},
		{"1"},
		{"1", "enter"},
		{"2"},
		{"2", "enter"},
		{"3"},
		{"3", "enter"},
		{"3", "enter", "e"},
		{"4"},
		{"4", "n"},
		{"4", "n", "enter"},
		{"4", "enter"},
		{"5"},
		{"5", "enter"},
		{"6"},
		{"6", "enter"},
		{"7"},
		{"7", "n"},
		{"8"},
		{"9"},
		{"9", "enter"},
		{"9", "n"},
		{"1", "end", "enter"},
		{"1", "end", "enter", "b", "1"},
		{"4", "enter"},
	} {
		o := newOffice(t)
		o.fair(engine.ReturnRecompute)
		o.year()
		o.speak("pt-BR", 2)
		o.press(keys...)
		for _, size := range [][2]int{{1, 1}, {20, 5}, {40, 12}, {80, 24}, {200, 60}} {
			o.view(size[0], size[1])
		}
	}
}
