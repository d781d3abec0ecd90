package engine

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func ruleFixture(t *testing.T) RuleEnv {
	t.Helper()
	shop, err := NewStore("Shop", "BR")
	if err != nil {
		t.Fatal(err)
	}
	env, err := NewRuleEnv(Basket{
		Lines: []Line{
			{SKU: "C1", Category: "Drinks/Coffee/Beans", Units: 2, Price: 1500},
			{SKU: "C1", Category: "Drinks/Coffee", Units: 1, Price: 100},
			{SKU: "T", Category: "Drinks/Teas", Units: 1, Weight: 1500, Price: 333},
		},
		Delivery: []Charge{{Method: "post", Amount: 700}, {Method: "bike", Amount: 1}},
		Channel:  "Web", Payment: "pix",
	}, Facts{
		Now: Instant(1795348740000), Store: shop, // 2026-11-22 08:59 in São Paulo
		Person: Person{Known: true, Groups: []string{"VIP"}, Sales: 4, Last: DayOf(2026, 11, 1)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return env
}

func TestRuleHolds(t *testing.T) {
	env := ruleFixture(t)
	for text, want := range map[string]bool{
		`amount == 3600 and units == 4 and products == 2 and delivery == 701`: true,
		`units("drinks/COFFEE") == 3`:                                         true,
		`units("Drinks/Coff") == 0`:                                           true,
		`amount("Drinks") == 3600`:                                            true,
		`amount("Drinks/Teas") == 500`:                                        true,
		`has("c1") and not has("x")`:                                          true,
		`in_group("vip") and !in_group("staff")`:                              true,
		`channel == "WEB" and payment in ["pix", "cash"]`:                     true,
		`payment not in ["pix"]`:                                              false,
		`date == "2026-11-22" and month == 11 and day == 22`:                  true,
		`weekday == "sun" and hour * 60 + minute == 8 * 60 + 59`:              true,
		`date >= "2026-12-01"`:                                                false,
		`(sales + 1) % 5 == 0 and days_since_last == 21`:                      true,
		`customer_days == -1 and birth_month == 0`:                            true,
		`customer ? tier == "" : false`:                                       true,
		`till contains "a" or branch startsWith "b" or source endsWith "c"`:   false,
	} {
		rule, err := CompileRule(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := rule.Holds(env); err != nil || got != want {
			t.Errorf("%s is %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestRuleRefused(t *testing.T) {
	for text, want := range map[string]Error{
		``:                                      {Code: CodeRuleSyntax, Args: Args{"at": 1}},
		`amount >`:                              {Code: CodeRuleSyntax, Args: Args{"at": 8}},
		`amount > 5 && "a`:                      {Code: CodeRuleSyntax, Args: Args{"at": 17}},
		"amount > 5 \xff":                       {Code: CodeRuleSyntax, Args: Args{"at": 1}},
		`amuont > 5`:                            {Code: CodeRuleName, Args: Args{"at": 1, "name": "amuont"}},
		`units > 1 and len(channel) > 1`:        {Code: CodeRuleName, Args: Args{"at": 15, "name": "len"}},
		`any([1], # > 0)`:                       {Code: CodeRuleName, Args: Args{"at": 1, "name": "any"}},
		`units_of("a") > 0`:                     {Code: CodeRuleName, Args: Args{"at": 1, "name": "units_of"}},
		`sum(1..9) > 5`:                         {Code: CodeRuleName, Args: Args{"at": 1, "name": "sum"}},
		`amount in 1..9`:                        {Code: CodeRuleForbidden, Args: Args{"at": 12, "name": ".."}},
		`amount / 2 > 5`:                        {Code: CodeRuleForbidden, Args: Args{"at": 8, "name": "/"}},
		`amount ** 2 > 5`:                       {Code: CodeRuleForbidden, Args: Args{"at": 8, "name": "**"}},
		`channel matches "(a+)+"`:               {Code: CodeRuleForbidden, Args: Args{"at": 9, "name": "matches"}},
		`amount % units == 0`:                   {Code: CodeRuleForbidden, Args: Args{"at": 8, "name": "%"}},
		`amount % 0 == 0`:                       {Code: CodeRuleForbidden, Args: Args{"at": 8, "name": "%"}},
		`let x = 5; x > 1`:                      {Code: CodeRuleForbidden},
		`channel.x == 1`:                        {Code: CodeRuleForbidden},
		`{"a": 1} == {}`:                        {Code: CodeRuleForbidden},
		`channel[0:1] == "w"`:                   {Code: CodeRuleForbidden},
		`true; false`:                           {Code: CodeRuleForbidden},
		`nil == nil`:                            {Code: CodeRuleForbidden},
		`amount > 1.5`:                          {Code: CodeRuleNumber, Args: Args{"at": 10, "name": ""}},
		`amount * amount > 1`:                   {Code: CodeRuleNumber, Args: Args{"at": 8, "name": ""}},
		`-9223372036854775807 - 2 < units`:      {Code: CodeRuleNumber, Args: Args{"at": 22, "name": ""}},
		`amount == "5"`:                         {Code: CodeRuleType, Args: Args{"at": 8}},
		`units(5) > 1`:                          {Code: CodeRuleType},
		`amount + 5`:                            {Code: CodeRuleResult, Args: Args{"at": 1}},
		strings.Repeat(" ", MaxRule) + "true":   {Code: CodeRuleLong},
		strings.Repeat("true or ", 60) + "true": {Code: CodeRuleSyntax}, // holds, but has 121 parts
	} {
		_, err := CompileRule(text)
		var got *Error
		if !errors.As(err, &got) || got.Code != want.Code {
			t.Errorf("%s: %v, want %s", text, err, want.Code)
			continue
		}
		for name, value := range want.Args {
			if got.Args[name] != value {
				t.Errorf("%s: %s is %v, want %v", text, name, got.Args[name], value)
			}
		}
	}
}

// No text makes the compiler or a rule panic, and what compiles is decided.
func TestRuleAnyText(t *testing.T) {
	env := ruleFixture(t)
	words := []string{
		"amount", "units", "has", "sales", "channel", `"a"`, "(", ")", "[", "]", ",", " and ", " or ", "not ", "==", "<", "+", "-", "*", "%",
		"9223372036854775807", "3", "0", "true", "?", ":", "in", "!", "{", "}", "|", "..", "#", "1e9", ".5", "let x=", ";",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 14).Draw(t, "words"), " ")
		rule, err := compileRule(text)
		if err != nil {
			if ClassOf(err) != Input {
				t.Fatalf("%s: %v", text, err)
			}
			return
		}
		if _, err := rule.Holds(env); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	})
}

func TestRuleCacheStaysBounded(t *testing.T) {
	var wait sync.WaitGroup
	for g := range 4 {
		wait.Go(func() {
			for i := range ruleCache {
				if _, err := CompileRule(strings.Repeat(" ", i%MaxRule/2) + strings.Repeat("!", g) + "true"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if n := len(rules.byText); n > ruleCache {
		t.Fatalf("%d rules are kept", n)
	}
	a, _ := CompileRule("units > 1")
	b, _ := CompileRule("units > 1")
	if a != b {
		t.Fatal("a rule was compiled twice")
	}
}

func TestRuleWithoutItsFunctionsFails(t *testing.T) {
	rule, err := CompileRule(`has("x")`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rule.Holds(RuleEnv{}); CodeOf(err) != CodeRuleFailed || ClassOf(err) != Fault {
		t.Fatal(err)
	}
}
