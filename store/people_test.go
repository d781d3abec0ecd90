package store

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

func (s *shop) signIn(who engine.ID, pin string) error {
	a, err := s.SignIn(bgc, s.owner.StoreID, who, s.owner.RegisterID, pin, engine.FromCounter)
	if err == nil && (a.StaffID != who || a.StoreID != s.owner.StoreID || a.Register != "Till 1" || a.Role == "") {
		s.t.Fatalf("signed in as %+v", a)
	}
	return err
}

func TestFirstRun(t *testing.T) {
	s := newShop(t, "2468")
	if s.owner.Role != engine.Owner || s.owner.Staff != "Ana" || s.owner.Register != "Till 1" {
		t.Errorf("actor %+v", s.owner)
	}
	page, err := s.Campaigns(bgc, s.owner, engine.Filter{})
	s.ok(err)
	want := engine.Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45}
	if len(page.Items) != 1 || page.Items[0].Terms != want || page.Items[0].State != engine.CampaignActive || page.Items[0].Title != "Volte sempre" {
		t.Errorf("campaigns %+v", page.Items)
	}
	s.refused(s.signIn(s.owner.StaffID, ""), engine.CodePINNeeded)
	s.refused(s.signIn(s.owner.StaffID, "1111"), engine.CodePINWrong)
	s.ok(s.signIn(s.owner.StaffID, "2468"))
}

func TestFirstRunRefusals(t *testing.T) {
	s := newShop(t, "")
	st, _ := engine.NewStore(" CASA azul", "BR")
	_, err := s.FirstRun(bgc, st, "Bia", "", "Till 1", "C", engine.FromCounter)
	s.refused(err, CodeStoreExists)
	good, _ := engine.NewStore("Casa Verde", "BR")
	for _, c := range []struct {
		owner, pin, register, campaign string
		edit                           func(*engine.Store)
		code                           engine.Code
	}{
		{"", "", "T", "C", nil, engine.CodeStaffName},
		{"Bia", "12", "T", "C", nil, engine.CodePINFormat},
		{"Bia", "", "", "C", nil, engine.CodeRegisterName},
		{"Bia", "", "T", "", nil, engine.CodeCampaignTitle},
		{"Bia", "", "T", "C", func(s *engine.Store) { s.Title = "" }, engine.CodeTitleEmpty},
		{"Bia", "", "T", "C", func(s *engine.Store) { s.Language = "tlh" }, CodeBadLanguage},
		{"Bia", "", "T", "C", func(s *engine.Store) { s.Settings = engine.Settings{engine.SetSenderID: "1"} }, delivery.CodeSenderID},
	} {
		bad := good
		if c.edit != nil {
			c.edit(&bad)
		}
		_, err := s.FirstRun(bgc, bad, c.owner, c.pin, c.register, c.campaign, engine.FromCounter)
		if !errors.Is(err, &engine.Error{Code: c.code}) {
			t.Errorf("got %v, want %s", err, c.code)
		}
	}
	if n := s.count("SELECT count(*) FROM store"); n != 1 {
		t.Errorf("%d stores", n)
	}
}

func TestTheStore(t *testing.T) {
	s := newShop(t, "")
	if _, err := s.TheStore(bgc, ""); err != nil {
		t.Error(err)
	}
	_, other := s.found("Loja Dois", "")
	_, err := s.TheStore(bgc, "")
	s.refused(err, engine.CodeWhichStore)
	for _, name := range []string{"loja dois", other.ID.String(), strings.ToUpper(other.ID.String())} {
		if got, err := s.TheStore(bgc, name); err != nil || got.ID != other.ID {
			t.Errorf("%s: %v, %v", name, got.Title, err)
		}
	}
	_, err = s.TheStore(bgc, "Loja")
	s.refused(err, CodeStoreNotFound)
	empty, err := Open(bgc, t.TempDir()+"/e.db", Options{})
	s.ok(err)
	defer empty.Close()
	_, err = empty.TheStore(bgc, "x")
	s.refused(err, engine.CodeNoStore)
}

// TestLockOut counts wrong PINs across restarts of the program.
func TestLockOut(t *testing.T) {
	s := newShop(t, "7412")
	bia := s.hire("Bia", engine.Cashier, "1234")
	lock := func(minutes int64) {
		t.Helper()
		for left := engine.PINTries - 1; left > 0; left-- {
			err := s.signIn(bia.ID, "9999")
			s.refused(err, engine.CodePINWrong)
			var e *engine.Error
			if errors.As(err, &e); e.Args["left"] != left {
				t.Fatalf("left %v, want %d", e.Args["left"], left)
			}
			s.reopen()
		}
		s.refused(s.signIn(bia.ID, "9999"), engine.CodePINLocked)
		s.reopen()
		s.wait(minutes*60_000 - 1)
		s.refused(s.signIn(bia.ID, "1234"), engine.CodePINLocked)
		s.wait(1)
	}
	for _, minutes := range []int64{5, 10, 20, 40, 60, 60} {
		lock(minutes)
	}
	s.ok(s.signIn(bia.ID, "1234"))
	lock(5) // a right PIN makes all good again
	for range engine.PINTries {
		_ = s.signIn(bia.ID, "9999")
	}
	s.refused(s.signIn(bia.ID, "1234"), engine.CodePINLocked)
	_, err := s.SaveStaff(bgc, s.owner, engine.StaffEdit{ID: bia.ID, Name: "Bia", Role: engine.Cashier, PIN: ptr("5678"), Active: true})
	s.ok(err)
	s.ok(s.signIn(bia.ID, "5678"))
	var wrong, locked int64 = s.count("SELECT count(*) FROM audit WHERE action = 'staff.pin_wrong'"), s.count("SELECT count(*) FROM audit WHERE action = 'staff.locked'")
	if wrong != 8*4 || locked != 8 {
		t.Errorf("%d wrong tries and %d lock-outs in the log", wrong, locked)
	}
}

// TestLockOutOfAWrongClock: a lock-out set by a clock years ahead ends when
// the clock is right again.
func TestLockOutOfAWrongClock(t *testing.T) {
	s := newShop(t, "1234")
	s.wait(10 * 365 * 24 * 3600_000)
	for range engine.PINTries {
		_ = s.signIn(s.owner.StaffID, "9999")
	}
	s.now.Store(testStart)
	s.ok(s.signIn(s.owner.StaffID, "1234"))
}

// TestTriesTogether sends many wrong PINs at once: no more than the allowed
// ones may be judged.
func TestTriesTogether(t *testing.T) {
	s := newShop(t, "1234")
	var wg sync.WaitGroup
	var mu sync.Mutex
	got := map[engine.Code]int{}
	for i := range 12 {
		wg.Go(func() {
			err := s.signIn(s.owner.StaffID, fmt.Sprintf("9%03d", i))
			mu.Lock()
			defer mu.Unlock()
			got[engine.CodeOf(err)]++
		})
	}
	wg.Wait()
	if got[engine.CodePINWrong] != engine.PINTries-1 || got[engine.CodePINLocked] != 12-engine.PINTries+1 {
		t.Errorf("%v", got)
	}
}

func TestPINIsPeppered(t *testing.T) {
	a, b, salt := testKeys(t, 1), testKeys(t, 2), make([]byte, pinSalt)
	if string(a.pin("1234", salt)) == string(b.pin("1234", salt)) {
		t.Error("the key file has no part in it")
	}
	if string(a.pin("1234", salt)) == string(a.pin("1234", append([]byte{1}, salt[1:]...))) {
		t.Error("the salt has no part in it")
	}
}

func TestSignInRefusals(t *testing.T) {
	s := newShop(t, "")
	bia := s.hire("Bia", engine.Cashier, "")
	s.ok(s.signIn(bia.ID, ""))
	s.refused(s.signIn(bia.ID, "1234"), engine.CodePINWrong)
	_, err := s.SignIn(bgc, s.owner.StoreID, bia.ID, engine.FirstID(7), "", engine.FromCounter)
	s.refused(err, CodeRegisterUnknown)
	_, err = s.SaveStaff(bgc, s.owner, engine.StaffEdit{ID: bia.ID, Name: "Bia", Role: engine.Cashier, Active: false})
	s.ok(err)
	s.refused(s.signIn(bia.ID, ""), engine.CodeStaffUnknown)
	other, _ := s.found("Loja Dois", "")
	s.refused(s.signIn(other.StaffID, ""), engine.CodeStaffUnknown)
}

func TestLastOwnerStays(t *testing.T) {
	s := newShop(t, "")
	me := engine.StaffEdit{ID: s.owner.StaffID, Name: "Ana", Role: engine.Owner, Active: true}
	leave, step := me, me
	leave.Active, step.Role = false, engine.Manager
	for _, e := range []engine.StaffEdit{leave, step} {
		_, err := s.SaveStaff(bgc, s.owner, e)
		s.refused(err, engine.CodeLastOwner)
	}
	gone := s.hire("Eva", engine.Owner, "")
	_, err := s.SaveStaff(bgc, s.owner, engine.StaffEdit{ID: gone.ID, Name: "Eva", Role: engine.Owner, Active: false})
	s.ok(err)
	_, err = s.SaveStaff(bgc, s.owner, leave) // Eva has left: she does not count
	s.refused(err, engine.CodeLastOwner)
	s.hire("Rui", engine.Owner, "")
	_, err = s.SaveStaff(bgc, s.owner, leave)
	s.ok(err)
}

// TestPINsLeaveNoDoorOpen: with a PIN in use, nobody signs in as an owner or a
// manager by a name alone.
func TestPINsLeaveNoDoorOpen(t *testing.T) {
	s := newShop(t, "")
	pin := "1234"
	cashier := engine.StaffEdit{Name: "Bia", Role: engine.Cashier, PIN: &pin, Active: true}
	_, err := s.SaveStaff(bgc, s.owner, cashier)
	s.refused(err, CodePINFirst)
	owner := engine.StaffEdit{ID: s.owner.StaffID, Name: "Ana", Role: engine.Owner, PIN: &pin, Active: true}
	_, err = s.SaveStaff(bgc, s.owner, owner)
	s.ok(err)
	_, err = s.SaveStaff(bgc, s.owner, cashier)
	s.ok(err)
	_, err = s.SaveStaff(bgc, s.owner, engine.StaffEdit{Name: "Davi", Role: engine.Manager, Active: true})
	s.refused(err, CodePINFirst)
	none := ""
	owner.PIN = &none
	_, err = s.SaveStaff(bgc, s.owner, owner)
	s.refused(err, CodePINFirst)
}

func TestStaffList(t *testing.T) {
	s := newShop(t, "7412")
	s.hire("Zé", engine.Owner, "7412")
	s.hire("émile", engine.Cashier, "")
	s.hire("Davi", engine.Manager, "1234")
	gone := s.hire("Bia", engine.Cashier, "")
	_, err := s.SaveStaff(bgc, s.owner, engine.StaffEdit{ID: gone.ID, Name: "Bia", Role: engine.Cashier})
	s.ok(err)
	for all, want := range map[bool]string{false: "Ana Zé Davi émile", true: "Ana Zé Bia Davi émile"} {
		list, err := s.Staff(bgc, s.owner.StoreID, all)
		s.ok(err)
		var names []string
		for _, w := range list {
			names = append(names, w.Name)
			if w.HasPIN != (w.Role == engine.Owner || w.Role == engine.Manager) {
				t.Errorf("%s: HasPIN %v", w.Name, w.HasPIN)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("all %v: %s, want %s", all, got, want)
		}
	}
}

// TestStaffCannotRedeemTheirOwn ties a person to their customer account.
func TestStaffCannotRedeemTheirOwn(t *testing.T) {
	s := newShop(t, "")
	const phone = "+5511987654321"
	_, err := s.SaveStaff(bgc, s.owner, engine.StaffEdit{ID: s.owner.StaffID, Name: "Ana", Role: engine.Owner, Phone: ptr(phone), Active: true})
	s.ok(err)
	first := s.sell(s.owner, phone, "Ana")
	_, err = s.RecordSale(bgc, s.owner, engine.Draft{Amount: 5000, Customer: engine.CustomerRef{Phone: phone}, Use: engine.UseCode, Code: first.Issued.Code})
	s.refused(err, engine.CodeCouponStaff)
}

func TestRegister(t *testing.T) {
	s := newShop(t, "")
	first, err := s.Register(bgc, s.store.ID, " Till 2 ", "Centro")
	s.ok(err)
	again, err := s.Register(bgc, s.store.ID, "Till 2", "")
	s.ok(err)
	if again != first || first.Branch != "Centro" || first.Name != "Till 2" {
		t.Errorf("%+v, then %+v", first, again)
	}
	moved, err := s.Register(bgc, s.store.ID, "Till 2", "Praia")
	s.ok(err)
	if moved.ID != first.ID || moved.Branch != "Praia" {
		t.Errorf("%+v", moved)
	}
	unnamed, err := s.Register(bgc, s.store.ID, " ", "")
	s.ok(err)
	if unnamed.ID != s.owner.RegisterID {
		t.Errorf("no name gave %+v, want the first register", unnamed)
	}
	for _, name := range []string{strings.Repeat("x", 26), "a\nb"} {
		_, err := s.Register(bgc, s.store.ID, name, "")
		s.refused(err, engine.CodeRegisterName)
	}
	_, err = s.Register(bgc, engine.FirstID(1), "Till 1", "")
	s.refused(err, CodeStoreUnknown)
	var wg sync.WaitGroup
	ids := make([]engine.ID, 8)
	for i := range ids {
		wg.Go(func() {
			r, err := s.Register(bgc, s.store.ID, "Till 3", "")
			if err != nil {
				t.Error(err)
			}
			ids[i] = r.ID
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] || id.IsZero() {
			t.Errorf("made twice: %v", ids)
		}
	}
}

func TestSaveStore(t *testing.T) {
	s := newShop(t, "")
	st := s.store
	st.Title, st.Currency, st.Step = "Casa Nova", "EUR", 50
	st.Settings = engine.Settings{engine.SetLifetime: "30", engine.SetSenderID: "CasaNova"}
	saved, err := s.SaveStore(bgc, s.owner, st)
	s.ok(err)
	read, err := s.TheStore(bgc, "")
	s.ok(err)
	if fmt.Sprint(saved) != fmt.Sprint(read) || read.Settings.Count(engine.SetLifetime) != 30 || read.Step != 50 || read.Currency != "EUR" {
		t.Errorf("saved %+v, read %+v", saved, read)
	}
	s.sell(s.owner, "", "")
	st.Currency = "BRL"
	_, err = s.SaveStore(bgc, s.owner, st)
	s.refused(err, CodeCurrencyFixed)
	st.Currency, st.Settings = "EUR", nil
	_, err = s.SaveStore(bgc, s.owner, st)
	s.ok(err)
	if read, _ = s.TheStore(bgc, ""); len(read.Settings) != 0 {
		t.Errorf("settings left: %v", read.Settings)
	}
	s.found("Loja Dois", "")
	st.Title = "LOJA DOIS"
	_, err = s.SaveStore(bgc, s.owner, st)
	s.refused(err, CodeStoreExists)
	st.Title, st.Settings = "Casa Nova", engine.Settings{engine.SetWording: "{nothing}"}
	if _, err = s.SaveStore(bgc, s.owner, st); err == nil {
		t.Error("a wording with an unknown field was taken")
	}
}

// TestSettingsAreFresh changes a setting through this program and through
// another one: the next sale must know.
func TestSettingsAreFresh(t *testing.T) {
	s := newShop(t, "")
	issuedFace := func() engine.Minor { return s.sell(s.owner, "+5511987654321", "").Issued.Face }
	if got := issuedFace(); got != 2000 {
		t.Fatalf("face %d", got)
	}
	st := s.store
	st.Step = 700
	_, err := s.SaveStore(bgc, s.owner, st)
	s.ok(err)
	if got := issuedFace(); got != 2100 {
		t.Errorf("after our own change: face %d", got)
	}
	s.raw("UPDATE store SET step = 900")
	if got := issuedFace(); got != 2700 {
		t.Errorf("after another's change: face %d", got)
	}
}
