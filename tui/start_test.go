package tui_test

import (
	"context"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"bounceback/engine"
	"bounceback/store"
)

func TestFirstRun(t *testing.T) {
	k := openTill(t)
	k.opt.Getenv = func(name string) string {
		if name == "LANG" {
			return "pt_BR.UTF-8"
		}
		return ""
	}
	k.start(80, 24)
	k.shows("Bem-vindo ao Bounceback", "Brasil  +55", "BRL", "America/Sao_Paulo")
	k.enter("Casa Azul")
	k.press("enter", "enter", "enter", "enter") // country, PIN, language, currency
	k.shows("Cria Casa Azul", "válido por 45 dias")
	k.press("enter")
	k.shows("Casa Azul · Caixa 1 · Dono", "Sua loja está pronta")
	st, err := k.db.TheStore(bg, "")
	if err != nil || st.Currency != "BRL" || st.Language != "pt-BR" || st.Step != 1_00 {
		t.Errorf("store %+v, %v", st, err)
	}
	k.enter("181")
	k.press("enter")
	k.shows("TOTAL")
}

// TestFirstRunElsewhere: the country sets what stands below it, and the
// language of the page follows.
func TestFirstRunElsewhere(t *testing.T) {
	k := openTill(t)
	k.start(80, 24)
	k.shows("Welcome to Bounceback", "United States  +1", "USD")
	k.write("Lojinha")
	k.press("enter")
	k.write("bras")
	k.shows("Brazil +55")
	k.press("enter")
	k.shows("Seu PIN", "BRL", "America/Sao_Paulo", "Português (Brasil)")
	k.write("1234")
	k.press("enter")
	k.write("1235")
	k.shows("não foi digitado igual")
	k.press("backspace")
	k.write("4")
	k.hides("não foi digitado igual")
	k.press("ctrl+s")
	k.shows("Lojinha · Caixa 1 · Dono")
}

// TestFirstRunSavedFromTheCountry: a country typed last of all counts.
func TestFirstRunSavedFromTheCountry(t *testing.T) {
	k := openTill(t)
	k.start(80, 24)
	k.enter("Lojinha")
	k.write("bra")
	k.press("ctrl+s")
	st, err := k.db.TheStore(bg, "")
	if err != nil || st.Country != "BR" || st.Currency != "BRL" || st.Language != "pt-BR" {
		t.Errorf("store %+v, %v", st, err)
	}
}

// TestLeavingTheFirstRunQuits, with nothing made; ctrl+c does nothing.
func TestLeavingTheFirstRunQuits(t *testing.T) {
	for _, key := range []string{"esc", "ctrl+q"} {
		k := openTill(t)
		k.start(80, 24)
		k.press("ctrl+c", "ctrl+c")
		k.shows("Welcome to Bounceback")
		if k.press(key); !k.quit {
			t.Errorf("%s did not quit", key)
		}
		if _, err := k.db.TheStore(bg, ""); engine.CodeOf(err) != engine.CodeNoStore {
			t.Errorf("store: %v", err)
		}
	}
}

// staffed makes a shop with an owner (PIN 1234) and two cashiers.
func staffed(k *till, edit ...func(*engine.Store)) engine.Actor {
	k.t.Helper()
	a := k.brazil("1234", edit...)
	for name, pin := range map[string]string{"Bia": "5678"} {
		if _, err := k.db.SaveStaff(bg, a, engine.StaffEdit{Name: name, Role: engine.Cashier, PIN: &pin, Active: true}); err != nil {
			k.t.Fatal(err)
		}
	}
	return a
}

func TestSigningIn(t *testing.T) {
	k := openTill(t)
	staffed(k)
	k.start(80, 24)
	k.shows("Who is at the till?", "> Ana", "Bia", "cashier")
	k.press("down")
	k.enter("5678")
	k.shows("Casa Azul · Till 1 · Bia")
}

func TestSigningInWithoutThePIN(t *testing.T) {
	k := openTill(t)
	a := staffed(k)
	if _, err := k.db.SaveStaff(bg, a, engine.StaffEdit{Name: "Caio", Role: engine.Cashier, Active: true}); err != nil {
		t.Fatal(err)
	}
	k.start(80, 24)
	k.press("enter")
	k.shows("Type the PIN of Ana")
	k.press("c")
	k.enter("12")
	k.shows("Caio has no PIN")
	k.hides("Tries left")
	k.press("enter")
	k.shows("Till 1 · Caio")
}

func TestWrongPIN(t *testing.T) {
	k := openTill(t)
	staffed(k)
	k.start(80, 24)
	k.press("b")
	k.enter("0000")
	k.shows("The PIN is wrong. Tries left: 4")
	k.hides("0000")
	for range 4 {
		k.press("1")
		k.enter("111")
	}
	k.shows("Too many wrong PINs")
	k.press("1")
	k.hides("Casa Azul · Till 1")
}

// TestCartSurvivesAChangeOfCashier: locking keeps what was rung up, and the
// next person sells it.
func TestCartSurvivesAChangeOfCashier(t *testing.T) {
	k := openTill(t)
	a := staffed(k)
	k.start(80, 24)
	k.press("esc")
	k.enter("1234")
	k.enter("181")
	k.press("f9")
	k.shows("Who is at the till?")
	k.hides("181,00")
	k.press("down")
	k.enter("5678")
	k.shows("· Bia", "181,00")
	k.press("enter")
	if s := k.sales(a)[0]; s.Staff != "Bia" {
		t.Errorf("recorded by %s", s.Staff)
	}
}

func TestNoPINNoLock(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.press("ctrl+l")
	k.shows("Nobody has a PIN")
}

func TestIdleTillLocks(t *testing.T) {
	k := openTill(t)
	staffed(k, with(engine.SetLockMinutes, "5"))
	k.start(80, 24)
	k.press("esc")
	k.enter("1234")
	k.shows("Till 1 · Ana")
	for range 100 {
		k.pass(2 * time.Second)
	}
	k.shows("Till 1 · Ana")
	for range 60 {
		k.pass(2 * time.Second)
	}
	k.shows("Who is at the till?")
}

// TestOneThingAsSomebodyElse: a cashier may not void; the owner's PIN lets it
// be done, and the till is the cashier's again.
func TestOneThingAsSomebodyElse(t *testing.T) {
	k := openTill(t)
	a := staffed(k)
	k.start(80, 24)
	k.press("b")
	k.enter("5678")
	k.enter("181")
	k.press("enter", "f5")
	k.shows("somebody who may void sales", "manager, owner", "> Ana")
	k.hides("Bia    cashier")
	k.press("esc")
	k.shows("TOTAL")
	k.press("f5")
	k.enter("1234")
	k.shows("Void the last sale")
	k.press("enter")
	k.shows("Voided", "Till 1 · Bia")
	s := k.sales(a)[0]
	if s.State != engine.SaleVoided || s.VoidedBy != "Ana" {
		t.Errorf("sale %+v", s)
	}
	k.enter("20")
	k.press("enter")
	if s := k.sales(a)[0]; s.Staff != "Bia" {
		t.Errorf("recorded by %s", s.Staff)
	}
}

// TestPagesAreNotForTheNextPerson: what the owner had open is closed when a
// cashier takes over.
func TestPagesAreNotForTheNextPerson(t *testing.T) {
	k := openTill(t)
	staffed(k)
	k.start(80, 24)
	k.press("a")
	k.enter("1234")
	k.press("f7", "8")
	k.hides("Type or scan")
	k.press("f9", "down")
	k.enter("5678")
	k.shows("Type or scan", "Till 1 · Bia")
}

// TestOnePageAsSomebodyElse: a page the cashier may not see opens for the
// owner, who stays until it is left.
func TestOnePageAsSomebodyElse(t *testing.T) {
	k := openTill(t)
	staffed(k)
	k.start(80, 24)
	k.press("b")
	k.enter("5678")
	k.press("f7", "8")
	k.shows("somebody who may change settings")
	k.enter("1234")
	k.shows("· Ana")
	k.press("down", "down")
	k.shows("· Ana")
	k.press("esc")
	k.shows("· Bia")
}

// TestOneQuestionAsSomebodyElse: who was let in to void a sale from the list
// stays until the reason is given.
func TestOneQuestionAsSomebodyElse(t *testing.T) {
	k := openTill(t)
	a := staffed(k)
	k.start(80, 24)
	k.press("b")
	k.enter("5678")
	k.enter("181")
	k.press("enter", "f7", "1", "enter", "v")
	k.shows("somebody who may void sales")
	k.enter("1234")
	k.pass(time.Second)
	k.enter("typed wrongly")
	if s := k.sales(a)[0]; s.State != engine.SaleVoided || s.VoidedBy != "Ana" {
		t.Errorf("sale %+v on\n%s", s, k.screenText())
	}
	k.shows("· Bia")
}

// TestLockEndsWhatSomebodyElseMay: a till locked over a page that the owner was
// let in for does not show it to the cashier who comes back.
func TestLockEndsWhatSomebodyElseMay(t *testing.T) {
	k := openTill(t)
	staffed(k)
	k.start(80, 24)
	k.press("b")
	k.enter("5678")
	k.press("f7", "8")
	k.enter("1234")
	k.shows("· Ana")
	k.press("f9")
	k.shows("Who is at the till?", "> Bia")
	k.enter("5678")
	k.shows("· Bia", "Lists and settings")
}

func TestIdleTillWithoutPINsStaysAsItIs(t *testing.T) {
	k := openTill(t)
	k.brazil("", with(engine.SetLockMinutes, "1"))
	k.start(80, 24)
	before := k.app.View()
	for range 100 {
		k.pass(2 * time.Second)
	}
	if k.app.View() != before {
		t.Errorf("the screen changed:\n%s", k.screenText())
	}
}

// idler counts how often the desk is read.
type idler struct {
	*store.DB
	desks int
}

func (i *idler) Desk(ctx context.Context, a engine.Actor) (engine.Desk, error) {
	i.desks++
	return i.DB.Desk(ctx, a)
}

// TestIdleReadsNothing: a till nobody touches asks only whether the file
// changed.
func TestIdleReadsNothing(t *testing.T) {
	k := openTill(t)
	i := &idler{DB: k.db}
	k.opt.Shop = i
	k.brazil("")
	k.start(80, 24)
	for range 20 {
		k.pass(2 * time.Second)
	}
	if i.desks != 1 {
		t.Errorf("the desk was read %d times", i.desks)
	}
}

// TestOtherProcessChangesTheFile: what another process did is on the screen
// after the next look, and a look that finds nothing changes no frame.
func TestOtherProcessChangesTheFile(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.pass(2 * time.Second)
	before := k.app.View()
	for range 5 {
		k.pass(2 * time.Second)
		if k.app.View() != before {
			t.Fatal("an idle screen changed")
		}
	}
	d := engine.Draft{Key: "other", Amount: 50_00, Customer: engine.CustomerRef{Phone: "+5511987654321", Consent: engine.ConsentYes, Wording: "?"}}
	if _, err := k.db.RecordSale(bg, a, d); err != nil {
		t.Fatal(err)
	}
	k.pass(2 * time.Second)
	k.shows("1 text due", "Today: 1 sale")
}

func TestNoColor(t *testing.T) {
	k := openTill(t)
	k.opt.Getenv = func(name string) string {
		if name == "NO_COLOR" {
			return "1"
		}
		return ""
	}
	k.opt.Renderer = colours(termenv.ANSI256)
	k.brazil("", with(engine.SetTheme, "light"))
	k.start(80, 24)
	k.enter("181")
	if frame := k.app.View(); frame != plainText(frame) {
		t.Error("colours in spite of NO_COLOR")
	}
}
