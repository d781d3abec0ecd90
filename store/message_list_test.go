package store

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

// lists gives the ids of all texts of a filter, read two at a time.
func (s *shop) lists(a engine.Actor, f engine.Filter) []engine.ID {
	s.t.Helper()
	var out []engine.ID
	f.Limit = 2
	for {
		page, err := s.Messages(bgc, a, f)
		s.ok(err)
		for _, m := range page.Items {
			out = append(out, m.ID)
		}
		if f.After = page.Next; f.After == "" {
			return out
		}
	}
}

// TestMessagesByFate lists texts by what becomes of them: those that go next in
// the order in which they go, the others newest first.
func TestMessagesByFate(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	other, _ := s.found("Loja Dois", "")
	s.sell(other, "+5511900000000", "")
	var first []engine.ID // texts at issue
	for i := range 7 {
		s.wait(1000)
		first = append(first, s.sell(s.owner, fmt.Sprintf("+5511%09d", 987650000+i), "").Message.ID)
	}
	day := int64(24 * 60 * 60 * 1000)
	due := func(i int, ms int64, reason string) {
		s.raw(fmt.Sprintf("UPDATE message SET due = %d, reason = '%s' WHERE hex(id) = '%X'", int64(s.clock())+ms, reason, first[i][:]))
	}
	due(0, 9*60*60*1000, "quiet_hours")
	due(1, 3*day, "customer_pace")
	due(2, 5000, "")
	due(3, 2000, "")
	for i, fate := range []string{"delivered", "failed", "delivered"} {
		s.raw(fmt.Sprintf("UPDATE message SET state = 'accepted', settled = 1, delivered = '%s' WHERE hex(id) = '%X'", fate, first[4+i][:]))
	}
	at := func(places ...int) []engine.ID {
		var out []engine.ID
		for _, i := range places {
			out = append(out, first[i])
		}
		return out
	}
	for state, want := range map[string][]engine.ID{
		"due": at(3, 2, 0), "held": at(0, 1), "delivered": at(6, 4), "failed": at(5), "accepted": at(6, 5, 4), "unknown": nil,
	} {
		if got := s.lists(s.owner, engine.Filter{State: state}); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", state, got, want)
		}
	}
	if got := s.lists(s.owner, engine.Filter{State: "queued"}); len(got) != 4+4*7 {
		t.Errorf("%d queued", len(got)) // with the reminders of all seven
	}
	m, err := s.Message(bgc, s.owner, first[2])
	s.ok(err)
	for name, f := range map[string]engine.Filter{"customer": {CustomerID: m.CustomerID}, "coupon": {CouponID: m.CouponID}} {
		f.State = "due"
		if got := s.lists(s.owner, f); !slices.Equal(got, at(2)) {
			t.Errorf("of a %s: %v", name, got)
		}
	}
	bia := s.as(engine.Salesperson)
	bia.StaffID = s.hire("Bia", engine.Salesperson, "").ID
	if got := append(s.lists(bia, engine.Filter{State: "due"}), s.lists(bia, engine.Filter{State: "held"})...); got != nil {
		t.Errorf("another's sales: %v", got)
	}
	if got := s.lists(s.owner, engine.Filter{State: "due", To: s.store.Today(s.clock()) - 1}); got != nil {
		t.Errorf("made yesterday: %v", got)
	}
}

// TestMessagesOfLaterDays: what only waits for its day is on a list of its own,
// in the order in which it goes, and all else is what matters now.
func TestMessagesOfLaterDays(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	var made []engine.ID // two texts each: the one at issue and the first reminder
	for i := range 5 {
		s.wait(1000)
		r := s.sell(s.owner, fmt.Sprintf("+5511%09d", 987650000+i), "")
		all, err := s.CouponTexts(bgc, s.owner, r.Issued.ID)
		s.ok(err)
		made = append(made, all[0].ID, all[1].ID)
	}
	tomorrow := int64((s.store.Today(s.clock()) + 1).Start(s.store.Zone()))
	set := func(i int, what string) {
		s.raw(fmt.Sprintf("UPDATE message SET %s WHERE hex(id) = '%X'", what, made[i][:]))
	}
	s.raw("DELETE FROM message WHERE days > 2")
	set(0, "state = 'accepted', settled = 1, sent = 1")
	set(1, fmt.Sprintf("due = %d", tomorrow+2)) // waits
	set(2, "state = 'unknown', settled = 1")
	set(3, fmt.Sprintf("due = %d", tomorrow)) // waits
	set(4, fmt.Sprintf("due = %d", tomorrow-1))
	set(5, fmt.Sprintf("due = %d, reason = 'pace'", tomorrow+1))
	set(6, "state = 'cancelled', reason = 'by_hand'")
	set(7, fmt.Sprintf("due = %d, state = 'cancelled', reason = 'coupon_redeemed'", tomorrow)) // does not wait any more
	set(8, "state = 'refused', reason = 'invalid_number'")
	set(9, fmt.Sprintf("due = %d, state = 'unknown'", tomorrow))
	at := func(places ...int) (out []engine.ID) {
		for _, i := range places {
			out = append(out, made[i])
		}
		return out
	}
	for state, want := range map[string][]engine.ID{
		"current": at(9, 8, 6, 5, 4, 2, 0), "planned": at(3, 1), "": at(9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
	} {
		if got := s.lists(s.owner, engine.Filter{State: state}); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", state, got, want)
		}
	}
}

func TestMarksOfMessageLists(t *testing.T) {
	s := newShop(t, "")
	id := s.owner.StoreID
	for _, f := range []engine.Filter{
		{State: "due", After: messageList.mark(id[:])},
		{State: "planned", After: messageList.mark(id[:])},
		{State: "current", After: dueList.mark(dueKey(1, id))},
		{State: "held", After: dueList.mark(id[:])},
		{State: "queued", After: dueList.mark(dueKey(1, id))},
		{After: dueList.mark(dueKey(1, id))},
	} {
		_, err := s.Messages(bgc, s.owner, f)
		s.refused(err, engine.CodeBadCursor)
	}
}

// TestMessageListPlans sees that each list of texts walks the index that leaves
// the fewest rows to look at, whatever else it is narrowed by.
func TestMessageListPlans(t *testing.T) {
	s := newShop(t, "")
	id := s.owner.StoreID
	for state, want := range map[string]string{
		"due": "INDEX message_due", "held": "INDEX message_held", "unknown": "INDEX message_unknown", "failed": "INDEX message_failed",
		"planned": `INDEX message_due \(\(due,id\)>`, "current": "PRIMARY KEY", "delivered": "PRIMARY KEY", "queued": "PRIMARY KEY",
	} {
		for n := range 1 << 4 {
			f, a := engine.Filter{State: state}, s.owner
			if n&1 != 0 {
				f.From = 20_000
			}
			if n&2 != 0 {
				f.CampaignID = id
			}
			if n&4 != 0 {
				a = s.as(engine.Salesperson)
			}
			next := goesNext(state)
			if n&8 != 0 && next {
				f.CustomerID = id
			}
			s.ok(s.read(bgc, func(x *tx) error {
				query := x.newestMessages
				if next {
					query = x.nextMessages
				}
				q, err := query(s.store, f)
				if err == nil {
					err = x.narrowMessages(q, a, f)
				}
				text, _ := q.statement(engine.DefaultPage)
				plan := strings.Join(explainPlan(t, s.writer.db, text), "\n")
				if !regexp.MustCompile(`SEARCH m USING ` + want).MatchString(plan) {
					t.Errorf("%s does not walk %s:\n%s\n%s", state, want, text, plan)
				}
				return err
			}))
		}
	}
}
