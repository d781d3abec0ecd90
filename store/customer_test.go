package store

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"bounceback/engine"
)

const maria = "+5511987654321"

func (s *shop) find(q engine.CustomerQuery) string {
	s.t.Helper()
	found, err := s.FindCustomers(bgc, s.owner, q)
	s.ok(err)
	var labels []string
	for _, c := range found {
		labels = append(labels, c.Label())
	}
	return strings.Join(labels, ", ")
}

func TestFindCustomers(t *testing.T) {
	s := newShop(t, "")
	for i, name := range []string{"João da Silva", "Joana Prado", "Maria João Souza", "Ana Silva Braga"} {
		_, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100, Business: engine.DayAt(testStart, s.store.Zone()) - engine.Day(i), Customer: engine.CustomerRef{
			Phone: fmt.Sprintf("+551198765%04d", 4321+i%2), Number: fmt.Sprintf("N-%d", i), Name: name,
		}})
		if i < 2 {
			s.ok(err)
			continue
		}
		// Two customers of one number is refused; the same phone with another.
		s.refused(err, engine.CodePhoneTaken)
		_, err = s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100, Business: engine.DayAt(testStart, s.store.Zone()) - engine.Day(i), Customer: engine.CustomerRef{
			Phone: fmt.Sprintf("+551191234%04d", 4321+i%2), Number: fmt.Sprintf("N-%d", i), Name: name,
		}})
		s.ok(err)
	}
	for _, c := range []struct {
		q    engine.CustomerQuery
		want string
	}{
		{engine.CustomerQuery{Phone: "+5511987654321"}, "João da Silva"},
		{engine.CustomerQuery{Phone: "+5511987654329"}, ""},
		{engine.CustomerQuery{Last4: "4321"}, "João da Silva, Maria João Souza"},
		{engine.CustomerQuery{Last4: "4321", Limit: 1}, "João da Silva"},
		{engine.CustomerQuery{Number: "N-3"}, "Ana Silva Braga"},
		{engine.CustomerQuery{Name: "joa"}, "João da Silva, Joana Prado, Maria João Souza"},
		{engine.CustomerQuery{Name: "JOÃO"}, "João da Silva, Maria João Souza"},
		{engine.CustomerQuery{Name: "joao s"}, "João da Silva, Maria João Souza"},
		{engine.CustomerQuery{Name: "silva an"}, "Ana Silva Braga"},
		{engine.CustomerQuery{Name: "x"}, ""},
		{engine.CustomerQuery{Name: "%"}, ""},
		{engine.CustomerQuery{}, ""},
	} {
		if got := s.find(c.q); got != c.want {
			t.Errorf("%+v: %s, want %s", c.q, got, c.want)
		}
	}
	found, _ := s.FindCustomers(bgc, s.owner, engine.CustomerQuery{Number: "N-0"})
	if found[0].Phone.Region != "BR" || found[0].Phone.Kind != engine.PhoneMobile {
		t.Errorf("phone %+v", found[0].Phone)
	}
}

// TestCustomerByRef goes through what a sale may know of its customer.
func TestCustomerByRef(t *testing.T) {
	s := newShop(t, "")
	record := func(ref engine.CustomerRef) (engine.Sale, error) {
		got, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100, Customer: ref})
		return got.Sale, err
	}
	first, err := record(engine.CustomerRef{Phone: maria, Name: "  Maria   Souza "})
	s.ok(err)
	id := first.CustomerID
	both, err := record(engine.CustomerRef{Phone: maria, Number: "17"}) // learns the number
	s.ok(err)
	byNumber, err := record(engine.CustomerRef{Number: "17", Name: "Other Name"}) // keeps the name
	s.ok(err)
	byID, err := record(engine.CustomerRef{ID: id, Consent: engine.ConsentYes, Wording: "Texts?"})
	s.ok(err)
	v, err := s.Customer(bgc, s.owner, id)
	s.ok(err)
	if both.CustomerID != id || byNumber.CustomerID != id || byID.CustomerID != id {
		t.Error("another customer was made")
	}
	if c := v.Customer; c.Name != "Maria Souza" || c.Number != "17" || c.Visits != 4 || c.Consent != engine.ConsentYes || c.ConsentAt != testStart || c.Spent != 400 {
		t.Errorf("%+v", c)
	}
	if len(v.Coupons) != 4 {
		t.Errorf("%d coupons", len(v.Coupons))
	}
	rui, err := record(engine.CustomerRef{Number: "18"})
	s.ok(err)
	withPhone, err := record(engine.CustomerRef{Number: "18", Phone: "+5511912345678"}) // learns the phone
	s.ok(err)
	if withPhone.CustomerID != rui.CustomerID {
		t.Error("the phone made another customer")
	}
	for _, c := range []struct {
		ref  engine.CustomerRef
		code engine.Code
	}{
		{engine.CustomerRef{Phone: maria, Number: "18"}, engine.CodePhoneTaken},
		{engine.CustomerRef{Phone: maria, Number: "19"}, engine.CodePhoneTaken},
		{engine.CustomerRef{Phone: "+5511900000000", Number: "17"}, engine.CodeNumberTaken},
		{engine.CustomerRef{Phone: "11987654321"}, engine.CodePhoneImpossible},
		{engine.CustomerRef{Phone: "+55"}, engine.CodePhoneImpossible},
		{engine.CustomerRef{Phone: "+5511987654321x"}, engine.CodePhoneImpossible},
		{engine.CustomerRef{Number: strings.Repeat("9", 41)}, engine.CodeCustomerNumber},
		{engine.CustomerRef{Number: "20", Name: "a\nb"}, engine.CodeCustomerName},
		{engine.CustomerRef{ID: engine.FirstID(3)}, engine.CodeCustomerUnknown},
	} {
		_, err := record(c.ref)
		if engine.CodeOf(err) != c.code {
			t.Errorf("%+v: %v, want %s", c.ref, err, c.code)
		}
	}
	if n := s.count("SELECT count(*) FROM customer"); n != 2 {
		t.Errorf("%d customers", n)
	}
	if n := s.count("SELECT count(*) FROM consent WHERE answer = 'yes' AND wording = 'Texts?'"); n != 1 {
		t.Errorf("%d answers kept", n)
	}
}

func TestEditCustomer(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria Souza")
	s.sell(s.owner, "+5511912345678", "Rui")
	id := sold.Sale.CustomerID
	edit := func(e engine.CustomerEdit) (engine.Customer, error) {
		e.ID = id
		return s.EditCustomer(bgc, s.owner, e)
	}
	c, err := edit(engine.CustomerEdit{Name: ptr(" Mara  Prado "), Number: ptr("17"), Phone: ptr("+5511955554444")})
	s.ok(err)
	if c.Name != "Mara Prado" || c.Number != "17" || c.Phone.E164 != "+5511955554444" || c.Consent != engine.ConsentYes {
		t.Errorf("%+v", c)
	}
	for q, want := range map[engine.CustomerQuery]string{
		{Name: "mara"}: "Mara Prado", {Name: "souza"}: "", {Phone: maria}: "", {Last4: "4321"}: "", {Last4: "4444"}: "Mara Prado",
	} {
		if got := s.find(q); got != want {
			t.Errorf("%+v: %q, want %q", q, got, want)
		}
	}
	// What is queued goes to the new phone.
	if out := s.claim(); out.ID != sold.Message.ID || out.To != "+5511955554444" {
		t.Errorf("%+v", out)
	}
	_, err = edit(engine.CustomerEdit{Phone: ptr("+5511912345678")})
	s.refused(err, engine.CodePhoneTaken)
	_, err = edit(engine.CustomerEdit{Phone: ptr("12")})
	s.refused(err, engine.CodePhoneImpossible)
	_, err = edit(engine.CustomerEdit{Consent: ptr(engine.Consent("maybe"))})
	s.refused(err, CodeBadConsent)
	if n := s.count("SELECT count(*) FROM audit WHERE action = 'customer.edit'"); n != 1 {
		t.Errorf("%d entries: a refused edit was logged", n)
	}
}

func TestOptOutTakesTextsBack(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.wait(5000)
	_, err := s.EditCustomer(bgc, s.as(engine.Cashier), engine.CustomerEdit{ID: sold.Sale.CustomerID, Consent: ptr(engine.ConsentNo), Wording: "No more"})
	s.ok(err)
	m, err := s.Message(bgc, s.owner, sold.Message.ID)
	s.ok(err)
	if m.State != "cancelled" || m.Reason != reasonOptedOut || m.Settled != testStart+5000 {
		t.Errorf("%+v", m)
	}
	_, err = s.ResendMessage(bgc, s.owner, m.ID)
	s.refused(err, engine.CodeNoConsent)
	if n := s.count("SELECT count(*) FROM consent"); n != 2 {
		t.Errorf("%d answers kept", n)
	}
	if again := s.sell(s.owner, maria, ""); again.Message == nil { // says yes again, at the next sale
		t.Error("no text after a new yes")
	}
}

// TestForgetCustomer looks through the raw file for what was to be erased.
func TestForgetCustomer(t *testing.T) {
	s := newShop(t, "")
	const name = "Xanthippe Quilombola"
	sold := s.sell(s.owner, maria, name)
	_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Number: ptr("VIP-998877")})
	s.ok(err)
	s.refused(s.ForgetCustomer(bgc, s.owner, sold.Sale.CustomerID, " "), engine.CodeReasonMissing)
	s.ok(s.ForgetCustomer(bgc, s.owner, sold.Sale.CustomerID, "asked at the counter"))
	v, err := s.Customer(bgc, s.owner, sold.Sale.CustomerID)
	s.ok(err)
	if c := v.Customer; c.Phone.E164 != "" || c.Name != "" || c.Number != "" || c.Forgotten != testStart || c.Consent != engine.ConsentNo || c.Visits != 1 || c.Spent != 10_000 {
		t.Errorf("%+v", c)
	}
	m, err := s.Message(bgc, s.owner, sold.Message.ID)
	s.ok(err)
	if m.To != "" || m.Body != "" || m.State != "cancelled" || m.Reason != reasonForgotten {
		t.Errorf("%+v", m)
	}
	if got := s.find(engine.CustomerQuery{Name: "xan"}) + s.find(engine.CustomerQuery{Phone: maria}) + s.find(engine.CustomerQuery{Number: "VIP-998877"}); got != "" {
		t.Errorf("found %s", got)
	}
	s.refused(s.ForgetCustomer(bgc, s.owner, sold.Sale.CustomerID, "again"), engine.CodeForgotten)
	_, err = s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Name: ptr("Back")})
	s.refused(err, engine.CodeForgotten)
	_, err = s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100, Customer: engine.CustomerRef{ID: sold.Sale.CustomerID}})
	s.refused(err, engine.CodeForgotten)
	_, err = s.ResendMessage(bgc, s.owner, m.ID)
	if err == nil {
		t.Error("an erased text was sent again")
	}
	s.lacks("Xanthippe", "xanthippe", "Quilombola", "quilombola", "VIP-998877")
	if again := s.sell(s.owner, maria, "New"); again.Sale.CustomerID == sold.Sale.CustomerID {
		t.Error("the phone still leads to the erased customer")
	}
}

// lacks looks for texts in the file and its log, byte by byte.
func (s *shop) lacks(texts ...string) {
	s.t.Helper()
	for _, name := range []string{s.path, s.path + "-wal"} {
		raw, err := os.ReadFile(name)
		s.ok(err)
		if name == s.path && len(raw) == 0 {
			s.t.Error("nothing to look through")
		}
		for _, text := range texts {
			if bytes.Contains(raw, []byte(text)) {
				s.t.Errorf("%s stands in %s", text, name)
			}
		}
	}
}

// TestForgetWhileSending erases a text that is on its way once it is settled.
func TestForgetWhileSending(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	out := s.claim()
	s.ok(s.ForgetCustomer(bgc, s.owner, sold.Sale.CustomerID, "asked"))
	s.ok(s.Settle(bgc, lost(out)))
	if n := s.count("SELECT count(*) FROM message WHERE to_sealed IS NOT NULL OR body_sealed IS NOT NULL"); n != 0 {
		t.Errorf("%d texts are not erased", n)
	}
	if got := s.textState(out.ID); got != "unknown "+reasonForgotten { // it may have gone
		t.Error(got)
	}
}

// TestNothingStandsInTheClear looks through file and log for what is secret.
func TestNothingStandsInTheClear(t *testing.T) {
	s := newShop(t, "86420975")
	sold := s.sell(s.owner, maria, "Maria")
	s.setting(engine.SetVerifyPhone, "yes")
	s.ok(s.StartVerification(bgc, s.owner, "+5511976543210"))
	body := s.verificationText("+5511976543210")
	_, err := s.VoidCoupon(bgc, s.owner, sold.Issued.ID, "mistake")
	s.ok(err)
	s.ok(s.signIn(s.owner.StaffID, "86420975"))
	code := sold.Issued.Code
	secrets := []string{
		"5511987654321", "11987654321", "987654321", "976543210", "86420975", code, code[:4] + "-" + code[4:], strings.ToLower(code),
		"your code is " + body, sold.Message.Body[:20],
	}
	s.lacks(secrets...)
	_, err = s.writer.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	s.ok(err)
	s.setting(engine.SetVerifyPhone, "no")
	s.sell(s.owner, "+5511912345678", "Rui")
	s.lacks(secrets...)
}

func TestCustomersList(t *testing.T) {
	s := newShop(t, "")
	var want []string
	for i := range 23 {
		name := fmt.Sprintf("Maria N%02d", i)
		if i%5 == 0 {
			name = fmt.Sprintf("Rui N%02d", i)
		} else {
			want = append([]string{name}, want...)
		}
		s.wait(1000)
		s.sell(s.owner, fmt.Sprintf("+55119876%05d", 10000+i), name)
	}
	walk := func(f engine.Filter) (names []string) {
		t.Helper()
		for f.Limit = 4; ; {
			page, err := s.Customers(bgc, s.owner, f)
			s.ok(err)
			if len(page.Items) > 4 || len(page.Items) == 0 && page.Next != "" {
				t.Fatalf("page of %d", len(page.Items))
			}
			for _, c := range page.Items {
				names = append(names, c.Name)
			}
			if f.After = page.Next; f.After == "" {
				return names
			}
		}
	}
	if got := walk(engine.Filter{Search: "mari"}); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	for _, c := range []struct {
		f    engine.Filter
		want int
	}{
		{engine.Filter{}, 23},
		{engine.Filter{State: "yes"}, 23},
		{engine.Filter{State: "no"}, 0},
		{engine.Filter{Search: "rui", State: "no"}, 0},
		{engine.Filter{Search: "0007"}, 1},
		{engine.Filter{Search: "(11) 98761-0007"}, 1},
		{engine.Filter{Search: "n07 mar"}, 1},
		{engine.Filter{From: engine.DayAt(testStart, s.store.Zone()) + 1}, 0},
		{engine.Filter{To: engine.DayAt(testStart, s.store.Zone())}, 23},
		{engine.Filter{To: engine.DayAt(testStart, s.store.Zone()) - 1}, 0},
	} {
		if got := walk(c.f); len(got) != c.want {
			t.Errorf("%+v: %v", c.f, got)
		}
	}
	_, err := s.Customers(bgc, s.owner, engine.Filter{After: messageList.mark(s.owner.StoreID[:])})
	s.refused(err, engine.CodeBadCursor)
}

// TestCustomersListOfAFrequentName takes the way that walks the list.
func TestCustomersListOfAFrequentName(t *testing.T) {
	s := newShop(t, "")
	s.ok(s.write(bgc, func(t *tx) error {
		for i := range mostCandidates + 200 {
			s.wait(1)
			t.now = s.clock()
			name := fmt.Sprintf("Maria %d", i)
			if i%2 == 1 {
				name = fmt.Sprintf("Mariana %d", i)
			}
			if _, err := t.makeCustomer(s.owner, engine.CustomerRef{Number: fmt.Sprint(i), Name: name}); err != nil {
				return err
			}
		}
		return nil
	}))
	f, last, n := engine.Filter{Search: "maria", Limit: engine.MostPage}, "", 0
	for {
		page, err := s.Customers(bgc, s.owner, f)
		s.ok(err)
		for _, c := range page.Items {
			if n++; last != "" && c.ID.String() >= last {
				t.Fatalf("%s after %s", c.ID, last)
			}
			last = c.ID.String()
		}
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	if n != mostCandidates+200 {
		t.Errorf("%d of %d", n, mostCandidates+200)
	}
}
