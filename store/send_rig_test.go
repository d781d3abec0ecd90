package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

// tagged is an outbox whose texts end with the ids of the rows they are made
// of, so that the carrier's log tells which rows it took.
type tagged struct{ delivery.Outbox }

func (o tagged) Claim(ctx context.Context, now, until engine.Instant) (delivery.Claimed, error) {
	c, err := o.Outbox.Claim(ctx, now, until)
	if c.OK {
		c.Body += "\n#" + c.ID.String()
		for _, m := range c.With {
			c.Body += " " + m.ID.String()
		}
	}
	return c, err
}

// untag parts a text from the ids of its rows.
func untag(body string) (words string, rows []string) {
	words, ids, _ := strings.Cut(body, "\n#")
	return words, strings.Fields(ids)
}

// serveCarrier starts a stand-in for SNS on loopback and points the SDK at it.
func serveCarrier(t *testing.T, cfg devsns.Config) *devsns.Server {
	t.Helper()
	source := rand.NewChaCha8([32]byte{4, 2})
	cfg.Clock = func() engine.Instant { return engine.InstantOf(time.Now()) } // the SDK signs by it
	cfg.AccessKey, cfg.Secret = devsns.RehearsalKey, devsns.RehearsalSecret
	cfg.Random = func(b []byte) { _, _ = source.Read(b) }
	carrier := devsns.New(cfg)
	http := httptest.NewServer(carrier.Handler())
	t.Cleanup(http.Close)
	for _, line := range os.Environ() {
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "") // puts it back at the end
			os.Unsetenv(name)
		}
	}
	nowhere := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": nowhere, "AWS_SHARED_CREDENTIALS_FILE": nowhere, "NO_PROXY": "*",
		"AWS_REGION": "sa-east-1", "AWS_ENDPOINT_URL_SNS": http.URL,
		"AWS_ACCESS_KEY_ID": cfg.AccessKey, "AWS_SECRET_ACCESS_KEY": cfg.Secret,
	} {
		t.Setenv(name, value)
	}
	return carrier
}

// verdicts is what a log of accepted texts says of the rows.
type verdicts struct {
	rows, texts, together     int // rows; texts that the carrier took; those about several coupons
	reminders, remindersTwice int // taken by the carrier; those taken more than once
	first, firstTwice, more   int // first texts taken; taken twice; taken more often
	states                    map[string]int
	lies                      []string // rows whose state does not tell the truth
}

func (v verdicts) String() string {
	return fmt.Sprintf("%d rows, %d texts taken by the carrier, %d of them about several coupons; "+
		"%d reminders, %d of them twice; %d first texts, %d of them twice, %d more often; %v; %d lies",
		v.rows, v.texts, v.together, v.reminders, v.remindersTwice, v.first, v.firstTwice, v.more, v.states, len(v.lies))
}

// fate is where a row of message stands, read past the program.
type fate struct {
	id, coupon      engine.ID
	kind, step      string
	days            int
	state, provider string
	attempt, lost   int
	due             engine.Instant
	customer        string
	took            int             // times that it is in the log
	ids             map[string]bool // under which the carrier took it
}

// fates reads every row, by its id.
func (s *shop) fates() map[string]*fate {
	s.t.Helper()
	rows, err := s.reader.db.Query(`
SELECT id, coupon_id, kind, step, days, state, provider_id, attempt, lost, due, hex(customer_id) FROM message`)
	s.ok(err)
	defer rows.Close()
	out := map[string]*fate{}
	for rows.Next() {
		f := fate{ids: map[string]bool{}}
		s.ok(rows.Scan(&f.id, &f.coupon, &f.kind, &f.step, &f.days, &f.state, &f.provider, &f.attempt, &f.lost, &f.due, &f.customer))
		out[f.id.String()] = &f
	}
	s.ok(rows.Err())
	return out
}

// buyers is whose coupons there are, by coupon: the codes and phones that the
// file keeps sealed.
type buyers map[engine.ID]buyer

type buyer struct{ phone, code string }

var anyCode = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`)

// judge holds the carrier's log against the rows.
func (s *shop) judge(log []devsns.Message, of buyers) verdicts {
	s.t.Helper()
	v := verdicts{texts: len(log), states: map[string]int{}}
	fates := s.fates()
	for _, m := range log {
		v.read(m, fates, of)
	}
	for _, m := range log {
		v.shared(m, fates)
	}
	cycle := map[string]int{} // customer, coupon and step
	for _, f := range fates {
		v.rows++
		v.states[f.state]++
		v.count(f)
		if lie := f.lie(); lie != "" {
			v.lies = append(v.lies, fmt.Sprintf("%s %s%d of %s: %s, lost %d, attempt %d, taken %d times: %s",
				f.id, f.step, f.days, f.coupon, f.state, f.lost, f.attempt, f.took, lie))
		}
		if key := fmt.Sprint(f.customer, f.coupon, f.step, f.days); f.kind == string(delivery.KindReminder) && f.took > 0 {
			if cycle[key] += f.took; cycle[key] > 1 {
				v.remindersTwice++
			}
		}
	}
	slices.Sort(v.lies)
	return v
}

// read counts a text for its rows, and sees that it names their coupons and went
// to their customer.
func (v *verdicts) read(m devsns.Message, fates map[string]*fate, of buyers) {
	words, rows := untag(m.Body)
	var codes []string
	for _, id := range rows {
		f := fates[id]
		f.took++
		f.ids[m.ID] = true
		b := of[f.coupon]
		codes = append(codes, engine.ShowCode(b.code))
		if b.phone != m.To {
			v.lies = append(v.lies, fmt.Sprintf("%s went to %s, not %s", id, m.To, b.phone))
		}
	}
	named := anyCode.FindAllString(words, -1)
	slices.Sort(codes)
	slices.Sort(named)
	if !slices.Equal(codes, named) {
		v.lies = append(v.lies, fmt.Sprintf("a text names %v, its rows are of %v", named, codes))
	}
	if len(rows) > 1 {
		v.together++
	}
}

// shared sees that the reminders of a text share its fate: where one row knows
// that it was accepted, they do. A first text may have been claimed again.
func (v *verdicts) shared(m devsns.Message, fates map[string]*fate) {
	_, rows := untag(m.Body)
	knows := func(id string) bool {
		return fates[id].state == string(delivery.StateAccepted) && fates[id].provider == m.ID
	}
	if !slices.ContainsFunc(rows, knows) {
		return
	}
	for _, id := range rows {
		if fates[id].kind == string(delivery.KindReminder) && !knows(id) {
			v.lies = append(v.lies, fmt.Sprintf("%s is %s, and the text it was part of is accepted", id, fates[id].state))
		}
	}
}

func (v *verdicts) count(f *fate) {
	switch {
	case f.took == 0:
	case f.kind == string(delivery.KindReminder):
		v.reminders++
	default:
		v.first++
		if f.took == 2 {
			v.firstTwice++
		} else if f.took > 2 {
			v.more++
		}
	}
}

// lie tells in which way the state of a row is not true; empty if it is.
func (f *fate) lie() string {
	switch {
	case f.took > f.attempt:
		return "taken more often than tried"
	case f.state == string(delivery.StateAccepted) && !f.ids[f.provider]:
		return "accepted, and not in the log under its id"
	case f.state == string(delivery.StateAccepted) && f.took > 1+f.lost:
		return "accepted, and taken more often than replies were lost"
	case f.state == string(delivery.StateUnknown) && f.lost == 0:
		return "unknown without a lost reply"
	case f.state != string(delivery.StateAccepted) && f.took > f.lost:
		return "taken, and nobody doubts that it was not"
	case f.state == string(delivery.StateCancelled) && f.lost > 0:
		return "taken back, though it may have gone"
	case f.state == string(delivery.StateQueued), f.state == string(delivery.StateSending):
		return "has not ended"
	}
	return ""
}

// proven fails the test unless no text went twice that may not, and every row
// tells the truth.
func (s *shop) proven(v verdicts) {
	s.t.Helper()
	if v.remindersTwice > 0 || v.more > 0 {
		s.t.Errorf("%d reminders went twice, %d first texts more than twice", v.remindersTwice, v.more)
	}
	for i, lie := range v.lies {
		if i == 10 {
			s.t.Errorf("and %d more", len(v.lies)-i)
			break
		}
		s.t.Error(lie)
	}
	s.sound()
}
