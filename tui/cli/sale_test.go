package cli_test

import (
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

// TestWorkedFigures are the figures that the product promises.
func TestWorkedFigures(t *testing.T) {
	s := brazil(t)
	first := s.sell("181.00", "--consent", "yes", "--name", "Maria Silva").
		are("sale.total_minor", "18100", "issued.face_minor", "3700", "issued.max_discount_bp", "3000", "redeemed", "",
			"issued.valid_from", "2026-11-20T00:00:00-03:00", "issued.valid_until", "2027-01-04T23:59:59.999-03:00",
			"message.state", "queued", "message.parts", "1", "sale.business_date", "2026-11-20", "repeated", "false")
	code := first.text("issued.code")
	for amount, takes := range map[string]string{"100.00": "3000", "250.00": "3700", "101.50": "3100"} {
		s.run("coupon", "check", code, "--amount", amount, "--phone", maria, "--json").done().are("usable", "true", "discount_minor", takes, "reason", "")
	}
	// 30 % of 0.50 is rounded up to 1.00, but never above the sale.
	s.run("coupon", "check", code, "--amount", "0,50", "--json").done().are("discount_minor", "50", "total_minor", "0")
	s.sell("250", "--redeem", strings.ToLower(strings.ReplaceAll(code, "-", " "))).
		are("redeemed.code", code, "redeemed.amount_minor", "3700", "sale.total_minor", "21300", "sale.discount_minor", "3700", "issued.face_minor", "4300")
	s.run("coupon", "check", code, "--json").refused(cli.ExitRefused, engine.CodeCouponRedeemed).are("usable", "false", "reason", "coupon_redeemed", "state", "redeemed")
}

func TestLastDayOfACoupon(t *testing.T) {
	s := brazil(t)
	code := s.sell("181").text("issued.code")
	s.now = at("2027-01-04 23:59:59")
	s.run("coupon", "check", code, "--json").done().are("usable", "true", "state", "active")
	s.now = at("2027-01-05 00:00:00")
	s.run("coupon", "check", code, "--json").refused(cli.ExitRefused, engine.CodeCouponExpired).are("state", "expired")
}

func TestCampaignsByAmount(t *testing.T) {
	s := brazil(t)
	s.run("campaign", "end", "Volte sempre").done()
	s.run("campaign", "add", "A", "--cashback", "10", "--activate").done()
	s.run("campaign", "add", "B", "--cashback", "20%", "--min-sale", "100,00", "--max-sale", "500,00", "--activate").done()
	for amount, by := range map[string]string{"99,99": "A", "100": "B", "500,00": "B", "500.01": "A"} {
		s.run("campaign", "earn", amount, "--json").done().are("earned.campaign", by)
	}
	s.run("campaign", "earn", "99,99", "--json").done().says(`"offer_below"`, `"missing_minor":1`)
	s.run("campaign", "earn", "99,99").done().says("R$ 10,00", "0,01")
	// 110.00 with a coupon of 31.00 leaves 79.00, which is A's.
	s.sell("155").are("issued.face_minor", "3100")
	s.sell("110", "--best").are("redeemed.amount_minor", "3100", "sale.total_minor", "7900", "issued.campaign", "A")
}

func TestCurrenciesWithoutTwoDecimals(t *testing.T) {
	for country, c := range map[string]struct{ amount, gross, face string }{
		"JP": {"181", "181", "37"}, "KW": {"181.000", "181000", "37000"},
	} {
		s := empty(t)
		s.run("init", "--title", "Shop", "--country", country).done()
		s.run("sale", "record", "--anonymous", "--amount", c.amount, "--json").done().are("sale.gross_minor", c.gross, "issued.face_minor", c.face, "message", "")
	}
}

func TestSameKeyIsOneSale(t *testing.T) {
	s := brazil(t)
	one := s.sell("50", "--key", "till-1/77")
	two := s.sell("50", "--key", "till-1/77").are("repeated", "true", "sale.id", one.text("sale.id"), "issued.code", one.text("issued.code"))
	if n := len(s.run("sale", "list", "--json").done().items()); n != 1 {
		t.Errorf("%d sales after %v", n, two.args)
	}
	s.run("sale", "record", "--phone", maria, "--amount", "51", "--key", "till-1/77", "--json").refused(cli.ExitRefused, engine.CodeKeyReused)
}

func TestSalesAreRefused(t *testing.T) {
	s := brazil(t)
	s.sell("10", "--ref", "P-1")
	record := func(more ...string) answer {
		return s.run(append([]string{"sale", "record", "--json"}, more...)...)
	}
	for _, c := range []struct {
		args   string
		status int
		code   engine.Code
	}{
		{"--anonymous", 2, cli.CodeUsageOneOf},
		{"--anonymous --amount 10 --line A", 2, cli.CodeUsageOneOf},
		{"--amount 10", 2, cli.CodeUsageOneOf},
		{"--amount 10 --anonymous --phone 11987654321", 2, cli.CodeUsageOneOf},
		{"--amount 10 --anonymous --best --redeem K7PM-4T9Q", 2, cli.CodeUsageOneOf},
		{"--amount -5 --anonymous", 2, engine.CodeAmountNegative},
		{"--amount 0 --anonymous", 2, engine.CodeSaleAmount},
		{"--amount 1e9 --anonymous", 2, engine.CodeAmountLetters},
		{"--amount 1.234,567 --anonymous", 2, engine.CodeAmountDecimals},
		{"--amount= --anonymous", 2, engine.CodeAmountEmpty},
		{"--amount 10 --phone 12", 2, engine.CodePhoneImpossible},
		{"--amount 10 --anonymous --redeem AAAA-AAA1", 2, engine.CodeTypo},
		{"--amount 10 --anonymous --redeem what", 2, engine.CodeNoCode},
		{"--amount 10 --anonymous --redeem 0000-0000", 1, engine.CodeCouponUnknown},
		{"--amount 10 --anonymous --date 2026-11-04", 1, engine.CodeDateTooOld},
		{"--amount 10 --anonymous --date 2026-11-22", 1, engine.CodeDateAhead},
		{"--amount 10 --anonymous --date 11/20/2026", 2, engine.CodeBadDate},
		{"--amount 10 --anonymous --ref P-1", 1, engine.CodeReferenceUsed},
		{"--amount 10 --phone 11987654321 --consent maybe", 2, cli.CodeBadChoice},
		{"--amount 10 --anonymous extra", 2, cli.CodeUsageArgs},
		{"--amount 10 --anonymous --colour red", 2, cli.CodeUsageFlag},
		{"--anonymous --amount", 2, cli.CodeUsageValue},
		{"--amount 10 --anonymous=perhaps", 2, cli.CodeUsageBad},
	} {
		t.Run(c.args, func(t *testing.T) {
			a := record(strings.Fields(c.args)...)
			a.t = t
			a.refused(c.status, c.code)
		})
	}
	if n := len(s.run("sale", "list", "--json").done().items()); n != 1 {
		t.Errorf("%d sales are in the file", n)
	}
}

func TestSaleByReferenceAndItsVoid(t *testing.T) {
	s := brazil(t)
	code := s.sell("181", "--ref", "P-1").text("issued.code")
	s.run("sale", "show", "P-1", "--json").done().are("gross_minor", "18100", "issued_code", code, "state", "completed")
	s.run("sale", "show", "P-2", "--json").refused(cli.ExitRefused, engine.CodeSaleUnknown)
	s.run("sale", "void", "--last", "--json").refused(cli.ExitUsage, cli.CodeUsageNeeds)
	s.run("sale", "void", "--reason", "x", "--json").refused(cli.ExitUsage, cli.CodeUsageArgs)
	s.run("sale", "void", "--last", "--reason", "wrong amount", "--json").done().
		are("refund_minor", "18100", "sale.state", "voided", "voided_coupon.code", code, "sale.void_reason", "wrong amount")
	s.run("sale", "void", "P-1", "--reason", "again", "--json").refused(cli.ExitRefused, engine.CodeSaleVoided)
	s.run("sale", "void", "--last", "--reason", "again", "--json").refused(cli.ExitRefused, engine.CodeNothingToVoid)
}

func TestReturnOfPart(t *testing.T) {
	s := brazil(t)
	s.sell("200", "--ref", "P-1")
	s.run("sale", "return", "P-1", "--amount", "50,00", "--reason", "too small", "--json").done().
		are("refund_minor", "5000", "sale.returned_minor", "5000", "lowered_coupon.face_minor", "3000")
	s.run("sale", "return", "P-1", "--amount", "151", "--reason", "more", "--json").refused(cli.ExitRefused, engine.CodeReturnTooMuch)
	s.run("sale", "return", "P-1", "--amount", "0", "--reason", "none", "--json").refused(cli.ExitUsage, engine.CodeSaleAmount)
}

func TestPagesOfAList(t *testing.T) {
	s := brazil(t)
	for range 5 {
		s.sell("10")
	}
	first := s.run("sale", "list", "--limit", "2", "--json").done()
	second := s.run("sale", "list", "--limit", "2", "--after", first.text("next"), "--json").done()
	last := s.run("sale", "list", "--limit", "2", "--after", second.text("next"), "--json").done().are("next", "")
	seen := map[any]bool{}
	for _, a := range []answer{first, second, last} {
		for _, row := range a.items() {
			seen[row["id"]] = true
		}
	}
	if len(seen) != 5 {
		t.Errorf("%d different sales on three pages", len(seen))
	}
	s.run("sale", "list", "--after", "rubbish", "--json").refused(cli.ExitUsage, engine.CodeBadCursor)
	s.run("sale", "list", "--from", "2026-11-21", "--json").done().are("next", "")
}

func TestFilters(t *testing.T) {
	s := brazil(t)
	s.run("staff", "add", "Ana", "--role", "cashier").done()
	s.sell("10", "--ref", "P-1")
	s.run("campaign", "add", "Better", "--cashback", "30", "--activate").done()
	s.run("sale", "record", "--anonymous", "--amount", "20", "--staff", "Ana", "--ref", "P-2").done()
	s.now = at("2026-11-22 10:00:00")
	s.sell("30", "--ref", "P-3")
	s.run("sale", "void", "P-3", "--reason", "x").done()
	for args, want := range map[string]string{
		"--cashier ana": "P-2", "--campaign better": "P-3 P-2", "--customer +5511987654321": "P-3 P-1", "--state voided": "P-3",
		"--to 2026-11-20": "P-2 P-1", "--from 2026-11-22": "P-3", "--search P-1": "P-1", "--cashier ana --state voided": "",
	} {
		var got []string
		for _, row := range s.run(append([]string{"sale", "list", "--json"}, strings.Fields(args)...)...).done().items() {
			got = append(got, row["reference"].(string))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", args, got, want)
		}
	}
	s.run("sale", "list", "--cashier", "nobody", "--json").refused(cli.ExitRefused, engine.CodeStaffUnknown)
	s.run("sale", "list", "--to", "tomorrow", "--json").refused(cli.ExitUsage, engine.CodeBadDate)
}
