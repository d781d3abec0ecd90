package store

import (
	"testing"
	"time"

	"bounceback/engine"
)

// The tables below are worked out by hand. Reminders are due at 10:00 of the
// shop in New York; texts go from 9:00 to 20:00 of the customer, at most one in
// 16 hours and two in seven days of 24 hours.

// TestTextsOfASpring: the till is switched off each night. Clocks go forward in
// New York and Los Angeles on 14 March, in Portugal on 28 March, never in Tokyo
// and São Paulo. On 16 February the till's clock is set back from 14:00 to 11:00.
func TestTextsOfASpring(t *testing.T) {
	s := newSeason(t, "2027-02-01 00:00")
	s.script = []act{
		{"2027-02-01 10:00", s.buys("Leo", 100)},
		{"2027-02-01 11:00", s.buys("Nia", 100)},
		{"2027-02-01 12:00", s.buys("Joy", 100)},
		{"2027-02-02 16:00", s.buys("Rui", 100)},
		{"2027-02-05 10:00", s.buys("Yui", 100)},
		{"2027-02-05 12:00", s.stops("Joy")},
		{"2027-02-10 18:30", s.buys("Bia", 100)},
		{"2027-02-14 15:00", s.returns("Bia", 150)}, // 130 are paid, which earn $26
		{"2027-02-15 12:00", s.buys("Ian", 100, func(d *engine.Draft) { d.Business = engine.DayOf(2027, 2, 5) })},
		{"2027-02-16 13:00", s.buys("Max", 100)},
		{"2027-02-16 14:00", s.setBack(3 * time.Hour)},
		{"2027-02-16 11:30", s.buys("Max", 150)},
		{"2027-03-01 10:00", s.buys("Ema", 100)},
		{"2027-03-03 09:30", s.buys("Ema", 200)},
		{"2027-03-07 11:00", s.buys("Kim", 100)},
		{"2027-03-27 15:30", s.buys("Eva", 100)},
		{"2027-03-29 15:30", s.buys("Zoe", 100)},
	}
	s.live(func(local time.Time) bool { return local.Hour() >= 7 && local.Hour() < 22 })
	s.wants(`
Nia: Mon 01 Feb 11:00 issue $20
     Wed 03 Feb 10:00 day2 $20
     Mon 08 Feb 11:00 day7 $20   // at 10:00 it would have been the third in seven days
     Sun 28 Feb 10:00 day27 $20
     Mon 15 Mar 10:00 last $20
Leo: Mon 01 Feb 12:00 issue $20  // 9:00 in Los Angeles
     Wed 03 Feb 12:00 day2 $20
     Mon 08 Feb 12:00 day7 $20
     Sun 28 Feb 12:00 day27 $20
     Mon 15 Mar 12:00 last $20   // both have changed their clocks
Joy: Mon 01 Feb 12:00 issue $20
     Wed 03 Feb 10:00 day2 $20   // and then says stop
Rui: Wed 03 Feb 07:00 issue $20  // 21:00 in Lisbon at the sale; allowed from 5:00 on, when the till is off
     Thu 04 Feb 10:00 day2 $20
     Wed 10 Feb 07:00 day7 $20   // seven days after the first
     Mon 01 Mar 10:00 day27 $20
     Tue 16 Mar 10:00 last $20
Yui: Fri 05 Feb 19:00 issue $20  // 9:00 of the next day in Tokyo
     Sun 07 Feb 19:00 day2 $20
     Fri 12 Feb 19:00 day7 $20
     Thu 04 Mar 19:00 day27 $20
     Fri 19 Mar 20:00 last $20   // New York has changed its clocks, Tokyo has not
Bia: Thu 11 Feb 07:00 issue $20  // 20:30 in São Paulo at the sale, 9:00 now
     Fri 12 Feb 10:00 day2 $20
     Thu 18 Feb 07:00 day2 $26   // redeemed on the 14th; held since, and newer than the text at issue
     Sun 21 Feb 10:00 day7 $26
     Sat 13 Mar 10:00 day27 $26
     Sun 28 Mar 10:00 last $26
Ian: Mon 15 Feb 12:00 issue $20  // of a sale of the 5th: days 2 and 7 are over
     Thu 04 Mar 10:00 day27 $20
     Fri 19 Mar 10:00 last $20
Max: Tue 16 Feb 13:00 issue $20  // an hour and a half before the next sale, at 11:30
     Wed 17 Feb 09:00 issue $30  // 16 hours by the clock end at night
     Tue 23 Feb 13:00 day7 $20 + day7 $30 // seven days after the first; days 2 are superseded
     Mon 15 Mar 10:00 day27 $20 + day27 $30
     Tue 30 Mar 10:00 last $20 + last $30
Ema: Mon 01 Mar 10:00 issue $20
     Wed 03 Mar 09:30 day2 $20 + issue $40 // due at 10:00: it comes along
     Mon 08 Mar 10:00 day2 $40 + day7 $20
     Wed 10 Mar 10:00 day7 $40
     Sun 28 Mar 10:00 day27 $20
     Tue 30 Mar 10:00 day27 $40
     Mon 12 Apr 10:00 last $20
     Wed 14 Apr 10:00 last $40
Kim: Sun 07 Mar 11:00 issue $20
     Tue 09 Mar 10:00 day2 $20
     Sun 14 Mar 12:00 day7 $20   // seven times 24 hours, of which the clock left one out
     Sat 03 Apr 10:00 day27 $20
     Sun 18 Apr 10:00 last $20
Eva: Sat 27 Mar 15:30 issue $20  // 19:30 in Lisbon
     Mon 29 Mar 10:00 day2 $20
     Sun 04 Apr 07:00 day7 $20   // seven days end at 20:30 in Lisbon; allowed from 5:00 on
     Fri 23 Apr 10:00 day27 $20
Zoe: Tue 30 Mar 07:00 issue $20  // as Eva, but Lisbon has changed its clocks: 20:30
     Wed 31 Mar 10:00 day2 $20
     Tue 06 Apr 07:00 day7 $20
     Sun 25 Apr 10:00 day27 $20
`)
	// Bia's three and Joy's three; Bia's text at issue and the two of day 2 of Max.
	s.takenBack("coupon_redeemed 3, customer_opted_out 3, superseded 3")
}

// TestTextsOfAnAutumn: the till runs day and night, but for ten days in October,
// in which the shop sells at another. Clocks go back in Portugal on 25 October,
// in New York on 1 November.
func TestTextsOfAnAutumn(t *testing.T) {
	s := newSeason(t, "2026-09-21 00:00")
	_, err := s.SaveCampaign(bgc, s.owner, engine.Campaign{
		Title: "Soon", State: engine.CampaignActive,
		Terms: engine.Terms{Cashback: 2500, MaxDiscount: 3000, MinSale: 500_00, Lifetime: 5},
	})
	s.ok(err)
	s.script = []act{
		{"2026-10-05 11:00", s.buys("Ana", 100)},
		{"2026-10-05 12:00", s.buys("Hal", 100)},
		{"2026-10-06 12:00", s.buys("Dia", 500)},
		{"2026-10-08 19:00", s.buys("Bob", 100)},
		{"2026-10-09 12:00", s.buys("Eli", 500)},
		{"2026-10-10 12:00", s.buys("Yui", 100)},
		{"2026-10-17 12:00", s.returns("Hal", 150)}, // 130 are paid, which earn $26
		{"2026-10-24 15:30", s.buys("Rui", 100)},
		{"2026-10-26 11:00", s.buys("Fay", 100)},
		{"2026-10-28 12:00", s.buys("Fay", 500)},
		{"2026-11-09 18:00", s.buys("Gus", 100)},
		{"2026-11-10 10:00", s.buys("Gus", 150)},
		{"2026-11-10 12:00", s.buys("Gus", 500)},
	}
	out, back := s.time("2026-10-08 18:00"), s.time("2026-10-18 18:00")
	s.live(func(local time.Time) bool { return engine.InstantOf(local) < out || engine.InstantOf(local) >= back })
	s.wants(`
Ana: Mon 05 Oct 11:00 issue $20
     Wed 07 Oct 10:00 day2 $20
     Sun 18 Oct 18:00 day7 $20   // of the 12th
     Sun 01 Nov 10:00 day27 $20  // the clock went back at night
     Mon 16 Nov 10:00 last $20
Hal: Mon 05 Oct 12:00 issue $20
     Wed 07 Oct 10:00 day2 $20
     Sun 18 Oct 18:00 issue $26  // redeemed the day before, so day 7 of $20 does not go
     Mon 19 Oct 10:00 day2 $26   // 16 hours later
     Sun 25 Oct 18:00 day7 $26   // seven days later
     Fri 13 Nov 10:00 day27 $26
     Sat 28 Nov 10:00 last $26
Dia: Tue 06 Oct 12:00 issue $125
     Thu 08 Oct 10:00 day2 $125  // expires before day 7
Bob: Sun 18 Oct 18:00 day7 $20   // the newest of three that were due
     Wed 04 Nov 10:00 day27 $20
     Thu 19 Nov 10:00 last $20
Eli: // nothing: the coupon came and went meanwhile
Yui: Sun 18 Oct 20:00 day7 $20   // 9:00 of the 19th in Tokyo
     Fri 06 Nov 19:00 day27 $20  // New York has changed its clocks
     Sat 21 Nov 19:00 last $20
Rui: Sun 25 Oct 06:00 issue $20  // 9:00 on the Azores, whose clocks went back at night
     Mon 26 Oct 10:00 day2 $20
     Sun 01 Nov 05:00 day7 $20   // seven times 24 hours after the first
     Fri 20 Nov 10:00 day27 $20
     Sat 05 Dec 10:00 last $20
Fay: Mon 26 Oct 11:00 issue $20
     Wed 28 Oct 10:00 day2 $20
     Mon 02 Nov 10:00 day2 $125 + day7 $20 // seven times 24 hours after the first, the last day of $125
     Sun 22 Nov 10:00 day27 $20
     Mon 07 Dec 10:00 last $20
Gus: Mon 09 Nov 18:00 issue $20
     Tue 10 Nov 10:00 issue $30  // 16 hours later
     Mon 16 Nov 18:00 day2 $30 + day7 $20 // seven days later; $125 expired at midnight
     Tue 17 Nov 10:00 day7 $30   // 16 hours later
     Sun 06 Dec 10:00 day27 $20
     Mon 07 Dec 10:00 day27 $30
`)
	// Eli's two; Hal's three; two each of Bob and Yui, and one each of Fay and
	// Gus; the two of $125 of Gus, given up when they could go only too late.
	s.takenBack("coupon_expired 2, coupon_redeemed 3, superseded 6, too_late 2")
}
