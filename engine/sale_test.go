package engine

import (
	"testing"

	"pgregory.net/rapid"
)

func TestCheckBusiness(t *testing.T) {
	const today = Day(20000)
	for business, want := range map[Day]Code{
		today: "", today + 1: "", today + 2: CodeDateAhead, today + 400: CodeDateAhead,
		today - 15: "", today - 16: CodeDateTooOld, 0: CodeDateTooOld,
	} {
		err := CheckBusiness(business, today)
		if CodeOf(err) != want || err != nil && (ClassOf(err) != Rule || argsOf(err)["day"] != business) {
			t.Errorf("%s on %s: %v, want %q", business, today, err, want)
		}
	}
	if err := CheckBusiness(today-16, today); argsOf(err)["first"] != today-15 {
		t.Errorf("the first day is %v", argsOf(err))
	}
	if err := CheckBusiness(today+2, today); argsOf(err)["last"] != today+1 {
		t.Errorf("the last day is %v", argsOf(err))
	}
}

func TestRefund(t *testing.T) {
	for _, c := range []struct{ gross, net, before, part, want Minor }{
		{10000, 7000, 0, 10000, 7000}, // all of it
		{10000, 7000, 0, 5000, 3500},
		{10000, 7000, 5000, 5000, 3500},
		{10000, 10000, 0, 1, 1}, // no discount
		{50, 0, 0, 50, 0},       // nothing was paid
		{3, 2, 0, 1, 1},         // 0.67
		{3, 2, 1, 1, 0},         // 1.33 in all
		{3, 2, 2, 1, 1},
		{2, 1, 0, 1, 1}, // a half upwards
		{2, 1, 1, 1, 0},
	} {
		if got, err := Refund(c.gross, c.net, c.before, c.part); err != nil || got != c.want {
			t.Errorf("%d of %d after %d, paid %d: %d, %v; want %d", c.part, c.gross, c.before, c.net, got, err, c.want)
		}
	}
	for _, c := range []struct{ gross, before, part, left Minor }{
		{10000, 0, 10001, 10000}, {10000, 9000, 1001, 1000}, {10000, 10000, 1, 0}, {10000, 0, 0, 10000}, {10000, 0, -1, 10000}, {0, 0, 1, 0},
	} {
		got, err := Refund(c.gross, c.gross, c.before, c.part)
		if CodeOf(err) != CodeReturnTooMuch || ClassOf(err) != Rule || argsOf(err)["left"] != c.left || got != 0 {
			t.Errorf("%d of %d after %d: %d, %v", c.part, c.gross, c.before, got, err)
		}
	}
	if _, err := Refund(100, 100, -1, 5); CodeOf(err) != CodeReturnTooMuch {
		t.Errorf("less than nothing came back before: %v", err)
	}
}

// However a sale comes back in parts, the refunds sum to what was paid, and no
// part gives back more than it cost.
func TestRefundsSumToWhatWasPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gross := max(1, anyGross().Draw(t, "gross"))
		net := Minor(rapid.Int64Range(0, int64(gross)).Draw(t, "net"))
		before, sum := Minor(0), Minor(0)
		for n := 0; before < gross; n++ {
			part := Minor(rapid.Int64Range(1, int64(gross-before)).Draw(t, "part"))
			if n > 20 {
				part = gross - before
			}
			got, err := Refund(gross, net, before, part)
			if err != nil || got < 0 || got > part {
				t.Fatalf("%d of %d after %d, paid %d, gives back %d, %v", part, gross, before, net, got, err)
			}
			before, sum = before+part, sum+got
		}
		if sum != net {
			t.Fatalf("%d was paid, %d came back", net, sum)
		}
	})
}

func TestReearned(t *testing.T) {
	c := Coupon{Face: 3700, Rate: 2000, MinSale: 5000}
	for remaining, want := range map[Minor]Minor{
		18100: 3700, 18000: 3600, 15001: 3100, 5000: 1000, 4999: 0, 1: 0, 0: 0, -5: 0,
		50000: 3700, // never more than it had
	} {
		if got, err := Reearned(c, remaining, 100); err != nil || got != want {
			t.Errorf("%d remain: %d, %v; want %d", remaining, got, err, want)
		}
	}
	if got, err := Reearned(Coupon{Face: 100, Rate: 2000}, 1, 100); err != nil || got != 100 {
		t.Errorf("0.01 of any sale remains: %d, %v", got, err)
	}
	if _, err := Reearned(c, 18100, 0); CodeOf(err) != CodeAmountOutside {
		t.Errorf("without a step: %v", err)
	}
}

// A coupon after a return is what the smaller sale would have earned.
func TestReearnedAgreesWithEvaluate(t *testing.T) {
	s := shop(t, "BR")
	rapid.Check(t, func(t *rapid.T) {
		net := Minor(rapid.Int64Range(1, 120000).Draw(t, "net"))
		o := Offer{ID: ID{1}, Rebate: anyTerms().Draw(t, "terms")}
		whole := evaluate(t, s, net, nil, o).Earned
		if whole == nil {
			return
		}
		remaining := Minor(rapid.Int64Range(0, int64(net)).Draw(t, "remaining"))
		got, err := Reearned(Coupon{Face: whole.Face, Rate: o.Rebate.Cashback, MinSale: o.Rebate.MinSale}, remaining, s.Step)
		if want := faceOf(evaluate(t, s, remaining, nil, o)); err != nil || got != want {
			t.Fatalf("%d of %d remain: %d, %v; want %d", remaining, net, got, err, want)
		}
	})
}
