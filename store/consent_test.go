package store

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"bounceback/engine"
)

// settings changes some settings of the store and keeps the others.
func (s *shop) settings(pairs ...string) {
	s.t.Helper()
	st, err := s.TheStore(bgc, s.store.Title)
	s.ok(err)
	st.Settings = maps.Clone(st.Settings)
	for i := 0; i < len(pairs); i += 2 {
		st.Settings[engine.Setting(pairs[i])] = pairs[i+1]
	}
	s.store, err = s.SaveStore(bgc, s.owner, st)
	s.ok(err)
}

// anyHour lets texts go at any hour.
func (s *shop) anyHour() {
	s.settings(string(engine.SetTextFrom), "0", string(engine.SetTextUntil), "24")
}

func (s *shop) view(id engine.ID) engine.CustomerView {
	s.t.Helper()
	v, err := s.Customer(bgc, s.owner, id)
	s.ok(err)
	return v
}

// says records an answer of a customer by a face.
func (s *shop) says(id engine.ID, c engine.Consent, from engine.Origin) {
	s.t.Helper()
	a := s.owner
	a.Origin = from
	_, err := s.EditCustomer(bgc, a, engine.CustomerEdit{ID: id, Consent: &c, Wording: "May we text you?"})
	s.ok(err)
}

// stand is a customer's answer and who keeps the number from texts.
func (s *shop) stand(id engine.ID) string {
	v := s.view(id)
	return string(v.Customer.Consent) + " " + string(v.Suppressed)
}

func (s *shop) stands(id engine.ID, want string) {
	s.t.Helper()
	if got := s.stand(id); got != want {
		s.t.Fatalf("the customer stands at %q, want %q", got, want)
	}
}

// imports reads one customer from a file and gives who it is.
func (s *shop) imports(row engine.ImportCustomer) engine.ID {
	s.t.Helper()
	out, err := s.ImportCustomers(bgc, s.owner, []engine.ImportCustomer{row})
	s.ok(err)
	s.ok(out[0].Err)
	found, err := s.FindCustomers(bgc, s.owner, engine.CustomerQuery{Phone: row.Phone})
	s.ok(err)
	return found[0].ID
}

func (s *shop) audited(action string) int64 {
	return s.count("SELECT count(*) FROM audit WHERE action = $1", action)
}

func TestConsentIsARecord(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "Maria").Sale.CustomerID
	s.wait(1000)
	s.says(id, engine.ConsentNo, engine.FromCommand)
	s.wait(1000)
	s.ok(s.SaveOptedOut(bgc, []string{maria}, s.clock()))
	s.says(id, engine.ConsentYes, engine.FromCounter)
	want := []engine.ConsentRecord{
		{At: testStart + 2000, Answer: engine.ConsentYes, Channel: engine.FromCounter, Staff: "Ana", Register: "Till 1", Wording: "May we text you?", Version: "9b1fd19a"},
		{At: testStart + 1000, Answer: engine.ConsentNo, Channel: engine.FromCommand, Staff: "Ana", Register: "Till 1", Wording: "May we text you?", Version: "9b1fd19a"},
		{At: testStart, Answer: engine.ConsentYes, Channel: engine.FromCounter, Staff: "Ana", Register: "Till 1", Wording: "May we text you?", Version: "9b1fd19a"},
	}
	if got := s.view(id).Consents; !slices.Equal(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

func TestConsentsAreAPage(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "").Sale.CustomerID
	for i := range engine.MaxConsents {
		s.wait(1000)
		s.says(id, []engine.Consent{engine.ConsentNo, engine.ConsentYes}[i%2], engine.FromCounter)
	}
	got := s.view(id).Consents
	if len(got) != engine.MaxConsents || got[0].At != s.clock() || got[engine.MaxConsents-1].At != testStart+1000 {
		t.Errorf("%d records from %d to %d", len(got), got[0].At, got[len(got)-1].At)
	}
	if s.count("SELECT count(*) FROM consent") != engine.MaxConsents+1 {
		t.Error("the records are not all there")
	}
}

func TestWordingVersion(t *testing.T) {
	for wording, want := range map[string]string{"": "", "abc": "ba7816bf"} { // FIPS 180-2, appendix B.1
		if got := wordingVersion(wording); got != want {
			t.Errorf("%q: %s, want %s", wording, got, want)
		}
	}
}

// TestWhoLiftsANo walks a number through everybody's no and everybody's yes.
func TestWhoLiftsANo(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "Maria").Sale.CustomerID
	s.stands(id, "yes ")
	s.says(id, engine.ConsentNo, engine.FromCommand)
	s.stands(id, "no command")
	s.imports(engine.ImportCustomer{Phone: maria, Consent: engine.ConsentYes})
	s.stands(id, "no command")
	s.says(id, engine.ConsentYes, engine.FromCounter)
	s.stands(id, "yes ")
	s.imports(engine.ImportCustomer{Phone: maria, Consent: engine.ConsentNo})
	s.stands(id, "no import")
	s.sell(s.owner, maria, "") // asked again, and says yes
	s.stands(id, "yes ")
	s.ok(s.SaveOptedOut(bgc, []string{maria}, s.clock()))
	s.stands(id, "no carrier")
	s.says(id, engine.ConsentYes, engine.FromCounter)
	s.stands(id, "yes carrier")
	s.ok(s.SaveOptedOut(bgc, []string{maria}, s.clock()))
	s.stands(id, "yes carrier") // nothing new
	s.ok(s.SaveOptedOut(bgc, nil, s.clock()))
	s.stands(id, "yes ")
}

// TestNoByTwoChannels sees that the carrier's list letting a number go leaves
// what the customer said.
func TestNoByTwoChannels(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "").Sale.CustomerID
	s.ok(s.SaveOptedOut(bgc, []string{maria}, s.clock()))
	_, err := s.StopTexts(bgc, s.owner, maria)
	s.ok(err)
	s.stands(id, "no carrier")
	s.ok(s.SaveOptedOut(bgc, nil, s.clock()))
	s.stands(id, "no counter")
}

func TestForgottenNumberStaysOnTheList(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	id := s.sell(s.owner, maria, "Maria").Sale.CustomerID
	s.ok(s.ForgetCustomer(bgc, s.owner, id, "asked"))
	again := s.imports(engine.ImportCustomer{Phone: maria, Name: "Maria", Consent: engine.ConsentYes})
	if again == id {
		t.Fatal("the file found the one who is forgotten")
	}
	s.stands(again, "no counter")
	sold, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 10_000, Customer: engine.CustomerRef{ID: again}})
	s.ok(err)
	if sold.Message != nil || s.count("SELECT count(*) FROM message WHERE customer_id = $1", again[:]) != 0 {
		t.Error("a forgotten customer gets texts")
	}
	s.nothingDue()
	s.says(again, engine.ConsentYes, engine.FromCounter)
	if sold = s.sell(s.owner, maria, ""); sold.Message == nil {
		t.Error("a customer who says yes again gets none")
	}
	s.sound()
}

func TestANewNumberHasItsOwnNo(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	sold := s.sell(s.owner, maria, "Maria")
	_, err := s.StopTexts(bgc, s.owner, "+5511912345678")
	s.ok(err)
	phone := "+5511912345678"
	_, err = s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Phone: &phone})
	s.ok(err)
	s.stands(sold.Sale.CustomerID, "yes counter")
	s.nothingDue()
	if got := s.textState(sold.Message.ID); got != "cancelled suppressed" {
		t.Errorf("the text is %s", got)
	}
	_, err = s.ResendMessage(bgc, s.owner, sold.Message.ID)
	s.refused(err, engine.CodeSuppressed)
	s.says(sold.Sale.CustomerID, engine.ConsentYes, engine.FromCounter)
	s.stands(sold.Sale.CustomerID, "yes ")
	answers := ""
	for _, r := range s.view(sold.Sale.CustomerID).Consents {
		answers += string(r.Answer) + " "
	}
	if answers != "yes no yes " { // newest first: for the new number, its no, for the old one
		t.Errorf("the history of the new number is %s", answers)
	}
}

// TestANoGoesWithThePhone sees that who said no is not asked by a file under
// the new number.
func TestANoGoesWithThePhone(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "").Sale.CustomerID
	s.says(id, engine.ConsentNo, engine.FromCounter)
	phone := "+5511912345678"
	_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: id, Phone: &phone})
	s.ok(err)
	s.stands(id, "no counter")
	s.stands(s.imports(engine.ImportCustomer{Phone: maria, Consent: engine.ConsentYes}), "no counter")
}

// TestStopBeforeTheCustomer: a number said stop before it was anybody's. Who
// has it then sees that in the history, once, before what they say themselves.
func TestStopBeforeTheCustomer(t *testing.T) {
	s := newShop(t, "")
	a := s.owner
	a.Origin = engine.FromCommand
	_, err := s.StopTexts(bgc, a, maria)
	s.ok(err)
	stopped := s.clock()
	s.wait(5000)
	id := s.sell(s.owner, maria, "Maria").Sale.CustomerID
	history := func() (out []string) {
		for _, r := range s.view(id).Consents {
			out = append(out, fmt.Sprint(r.Answer, " ", r.Channel, " ", int64(r.At-stopped), " ", r.Staff))
		}
		return out
	}
	if got, want := history(), []string{"yes counter 5000 Ana", "no command 0 Ana"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	s.says(id, engine.ConsentNo, engine.FromCounter)
	for _, phone := range []string{"", maria} { // it goes and comes back, with the customer's own no
		_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: id, Phone: &phone})
		s.ok(err)
	}
	if got := history(); len(got) != 3 {
		t.Errorf("the customer's own no is there twice: %q", got)
	}
	s.sound()
}

func TestStopTexts(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	sold := s.sell(s.owner, maria, "Maria")
	c, err := s.StopTexts(bgc, s.as(engine.Salesperson), maria)
	s.ok(err)
	if c.ID != sold.Sale.CustomerID || c.Consent != engine.ConsentNo || c.Phone.Region != "BR" {
		t.Errorf("%+v", c)
	}
	if n := s.count("SELECT count(*) FROM message WHERE state = 'queued'"); n != 0 {
		t.Errorf("%d texts are still queued", n)
	}
	if got := s.textState(sold.Message.ID); got != "cancelled customer_opted_out" {
		t.Errorf("the text is %s", got)
	}
	_, err = s.StopTexts(bgc, s.owner, maria)
	s.ok(err)
	if n := s.audited("customer.stop_texts"); n != 1 {
		t.Errorf("%d entries", n)
	}
	c, err = s.StopTexts(bgc, s.owner, "+5511912345678")
	s.ok(err)
	if !c.ID.IsZero() {
		t.Errorf("nobody's number gave %+v", c)
	}
	later := s.imports(engine.ImportCustomer{Phone: "+5511912345678", Consent: engine.ConsentYes})
	s.stands(later, "no counter")
	for _, phone := range []string{"", "12"} {
		_, err = s.StopTexts(bgc, s.owner, phone)
		s.refused(err, engine.CodePhoneImpossible)
	}
	s.sound()
	s.lacks("5511912345678")
}

// TestSuppressionsOfOldFiles sees that who said no before there was a list is
// on it.
func TestSuppressionsOfOldFiles(t *testing.T) {
	s := oldFile(t)
	s.raw(`UPDATE customer SET consent = 'no', consent_at = 7`,
		`UPDATE consent SET wording = 'import' WHERE customer_id = (SELECT min(customer_id) FROM consent)`)
	s.reopen()
	got := ""
	rows, err := s.reader.db.Query(`SELECT channel, at, count(*) FROM suppression GROUP BY 1, 2 ORDER BY 1`)
	s.ok(err)
	defer rows.Close()
	for rows.Next() {
		var channel string
		var at, n int64
		s.ok(rows.Scan(&channel, &at, &n))
		got += fmt.Sprintln(channel, at, n)
	}
	s.ok(rows.Err())
	phones := s.count("SELECT count(*) FROM customer WHERE phone_hash IS NOT NULL")
	if want := fmt.Sprintf("counter 7 %d\nimport 7 1\n", phones-1); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
