package store

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// person is a customer of these tests, with the zones their number may be in.
type person struct {
	phone string
	zones []string
}

const (
	newYork  = "America/New_York" // the shop's
	mainland = "Europe/Lisbon"
	azores   = "Atlantic/Azores" // one hour behind: texts go from 10 to 20 o'clock of the mainland
)

var people = map[string]person{
	"Ana": {"+12122345601", []string{newYork}},
	"Bob": {"+12122345602", []string{newYork}},
	"Dia": {"+12122345603", []string{newYork}},
	"Eli": {"+12122345604", []string{newYork}},
	"Ema": {"+12122345605", []string{newYork}},
	"Fay": {"+12122345606", []string{newYork}},
	"Gus": {"+12122345607", []string{newYork}},
	"Hal": {"+12122345608", []string{newYork}},
	"Ian": {"+12122345609", []string{newYork}},
	"Joy": {"+12122345610", []string{newYork}},
	"Kim": {"+12122345611", []string{newYork}},
	"Max": {"+12122345612", []string{newYork}},
	"Nia": {"+12122345613", []string{newYork}},
	"Leo": {"+12132345614", []string{"America/Los_Angeles"}},
	"Eva": {"+351912345601", []string{mainland, azores}},
	"Rui": {"+351912345602", []string{mainland, azores}},
	"Zoe": {"+351912345603", []string{mainland, azores}},
	"Bia": {"+5511987654321", []string{"America/Sao_Paulo"}},
	"Yui": {"+819012345678", []string{"Asia/Tokyo"}},
}

// season is a shop in New York over some months: what happens in it is a
// script, and what its customers got is written down as a table.
type season struct {
	*shop
	delivery.Console // but for Send
	worker           *delivery.Worker
	grid             engine.Instant // the clock, but for what the worker waits
	script           []act
	coupons          map[engine.ID]engine.Coupon
	latest           map[string]engine.Coupon // of each customer
	got              map[string][]string      // the texts of each customer
	sent             map[string][]engine.Instant
}

// act is one line of a script: at a time that the shop's clock shows.
type act struct {
	at string
	do func()
}

func newSeason(t *testing.T, start string) *season {
	s := &season{
		shop:    &shop{t: t, path: filepath.Join(t.TempDir(), "shop.db"), now: nowAt(testStart)},
		coupons: map[engine.ID]engine.Coupon{}, latest: map[string]engine.Coupon{}, got: map[string][]string{}, sent: map[string][]engine.Instant{},
	}
	st, err := engine.NewStore("Blue House", "US")
	s.ok(err)
	st.Timezone = newYork
	st.Settings = engine.Settings{
		engine.SetWording: "{face}", engine.SetWordingDay: "{face}", engine.SetWordingLast: "{face}", engine.SetWordingSeveral: "{coupons}",
	}
	s.store = st
	s.grid = s.time(start)
	s.now.Store(int64(s.grid))
	s.reopen()
	s.ok(s.flushing(bgc, "OFF")) // no power is cut here
	s.owner, err = s.FirstRun(bgc, st, "Ana", "", "Till 1", "Come back", engine.FromCounter)
	s.ok(err)
	s.worker = delivery.NewWorker(delivery.Options{
		Outbox: tagged{s.DB}, Sender: s, Clock: s.clock, Random: func(int64) int64 { return 0 },
		Wait: func(ctx context.Context, d time.Duration, _ <-chan struct{}) error {
			s.wait(d.Milliseconds())
			return ctx.Err()
		},
	})
	return s
}

// time reads a time of the shop.
func (s *season) time(local string) engine.Instant {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, s.store.Zone())
	s.ok(err)
	return engine.InstantOf(at)
}

// buys is a sale of whole dollars. Of 100 a coupon of $20 comes, good for 45
// days; of 500 and more, one of a quarter, good for 5 days.
func (s *season) buys(who string, dollars engine.Minor, edit ...func(*engine.Draft)) func() {
	return func() {
		s.t.Helper()
		d := engine.Draft{Amount: dollars * 100, ClockConfirmed: true, Customer: engine.CustomerRef{
			Phone: people[who].phone, Consent: engine.ConsentYes, Wording: "May we text you?",
		}}
		for _, e := range edit {
			e(&d)
		}
		sold, err := s.RecordSale(bgc, s.owner, d)
		s.ok(err)
		s.coupons[sold.Issued.ID], s.latest[who] = *sold.Issued, *sold.Issued
	}
}

// returns is a sale in which a customer redeems their latest coupon.
func (s *season) returns(who string, dollars engine.Minor) func() {
	return s.buys(who, dollars, func(d *engine.Draft) { d.Use, d.Code = engine.UseCode, s.latest[who].Code })
}

func (s *season) stops(who string) func() {
	return func() {
		_, err := s.StopTexts(bgc, s.owner, people[who].phone)
		s.ok(err)
	}
}

// setBack puts the shop's clock back.
func (s *season) setBack(d time.Duration) func() {
	return func() { s.grid = s.grid.Add(-d) }
}

// live goes through the script in steps of half an hour, for 90 days. on tells
// whether the worker runs at a time of the shop.
func (s *season) live(on func(local time.Time) bool) {
	s.t.Helper()
	for range 90 * 48 {
		s.now.Store(int64(s.grid))
		for len(s.script) > 0 && s.time(s.script[0].at) <= s.clock() {
			s.script[0].do()
			s.script = s.script[1:]
			s.now.Store(int64(s.grid))
		}
		// Texts of one minute go a second apart, and a day later too.
		for _, second := range []time.Duration{0, 50 * time.Second} {
			s.now.Store(int64(s.grid.Add(second)))
			if on(s.clock().In(s.store.Zone())) {
				_, err := s.worker.RunOnce(bgc)
				s.ok(err)
			}
		}
		s.grid = s.grid.Add(30 * time.Minute)
	}
	if len(s.script) > 0 {
		s.t.Errorf("%d lines of the script never came", len(s.script))
	}
}

// Send writes a text down and holds it against the rules.
func (s *season) Send(_ context.Context, x delivery.Text) (delivery.Receipt, error) {
	who := s.whose(x.To)
	words, rows := untag(x.Body)
	fates := s.fates()
	var said []string
	for _, id := range rows {
		f := fates[id]
		c := s.coupons[f.coupon]
		step := f.step
		if step == string(engine.StepDay) {
			step += fmt.Sprint(f.days)
		}
		face := fmt.Sprintf("$%d", c.Face/100)
		said = append(said, step+" "+face)
		if !slices.Contains(strings.Fields(words), face) {
			s.t.Errorf("%s: %q does not name %s", who, words, face)
		}
		s.lawfulRow(who, f)
	}
	slices.Sort(said)
	s.lawful(who, fates[rows[0]])
	line := s.clock().In(s.store.Zone()).Format("Mon 02 Jan 15:04 ") + strings.Join(said, " + ")
	s.got[who] = append(s.got[who], line)
	s.sent[who] = append(s.sent[who], s.clock())
	return delivery.Receipt{MessageID: fmt.Sprint(len(s.got))}, nil
}

func (s *season) whose(phone string) string {
	for name, p := range people {
		if p.phone == phone {
			return name
		}
	}
	return phone
}

// lawful holds a text against hours and pace.
func (s *season) lawful(who string, lead *fate) {
	now := s.clock()
	for _, name := range people[who].zones {
		zone, err := engine.LoadZone(name)
		s.ok(err)
		if h := now.In(zone).Hour(); h < 9 || h >= 20 {
			s.t.Errorf("%s got a text at %s", who, now.In(zone))
		}
	}
	week := 1
	for _, at := range s.sent[who] {
		if now.Add(-16*time.Hour) < at {
			s.t.Errorf("%s got a second text at %s", who, now.In(time.UTC))
		}
		if now.Add(-7*24*time.Hour) < at {
			week++
		}
	}
	if week > 2 {
		s.t.Errorf("%s got %d texts in seven days at %s", who, week, now.In(time.UTC))
	}
	if n := s.count("SELECT count(*) FROM message WHERE hex(customer_id) = $1 AND state = 'queued' AND planned <= $2", lead.customer, now); n > 0 {
		s.t.Errorf("%s: %d texts are left that should have gone along at %s", who, n, now.In(time.UTC))
	}
}

// lawfulRow holds the text of one coupon against what it is about.
func (s *season) lawfulRow(who string, f *fate) {
	now := s.clock()
	if n := s.count("SELECT count(*) FROM coupon WHERE id = $1 AND state IN ('pending', 'active') AND valid_until > $2", f.coupon[:], now); n != 1 {
		s.t.Errorf("%s got a text at %s about a coupon that is good no more", who, now.In(time.UTC))
	}
	newer := "SELECT count(*) FROM message n, message m WHERE m.id = $1 AND n.coupon_id = m.coupon_id AND n.planned > m.planned AND n.planned <= $2"
	if n := s.count(newer, f.id[:], now); n > 0 {
		s.t.Errorf("%s got a text at %s of which there is a newer one", who, now.In(time.UTC))
	}
}

// wants holds what the customers got against a table: lines of a name and a
// text, a name for all that follow it.
func (s *season) wants(table string) {
	s.t.Helper()
	want := map[string][]string{}
	who := ""
	for line := range strings.Lines(table) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, text, _ := strings.Cut(line, ": ")
		if _, known := people[name]; known {
			who, line = name, text
		}
		if line = strings.Join(strings.Fields(strings.Split(line, "//")[0]), " "); line != "" {
			want[who] = append(want[who], line)
		}
	}
	for name := range people {
		if !slices.Equal(s.got[name], want[name]) {
			s.t.Errorf("%s got\n\t%s\nwant\n\t%s", name, strings.Join(s.got[name], "\n\t"), strings.Join(want[name], "\n\t"))
		}
	}
	s.sound()
}

// takenBack holds why texts did not go, and how many, against a list.
func (s *season) takenBack(want string) {
	s.t.Helper()
	rows, err := s.reader.db.Query("SELECT reason, count(*) FROM message WHERE state <> 'accepted' AND state <> 'queued' GROUP BY reason ORDER BY reason")
	s.ok(err)
	defer rows.Close()
	var got []string
	for rows.Next() {
		var reason string
		var n int
		s.ok(rows.Scan(&reason, &n))
		got = append(got, fmt.Sprintf("%s %d", reason, n))
	}
	if list := strings.Join(got, ", "); list != want {
		s.t.Errorf("taken back are %s, want %s", list, want)
	}
}
