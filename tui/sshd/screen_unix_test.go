//go:build unix

package sshd_test

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"bounceback/tui/kit"
)

func TestSellingOverSSH(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till1")
	x.waitFor("Casa Azul · Till 1 · Bia")
	if raw := x.String(); strings.Contains(raw, "\x1b[6n") || strings.Contains(raw, "\x1b]11") || strings.Contains(raw, "\x1b[c") {
		t.Error("the terminal was asked something")
	}
	x.hands("180", enter) // the first key counts
	x.waitFor("180,00")
	x.hands(enter)
	x.waitFor("TOTAL")
	if got := h.sales(); len(got.Items) != 1 || got.Items[0].Net != 180_00 || got.Items[0].Staff != "Bia" || got.Items[0].Register != "Till 1" {
		t.Errorf("%+v", got)
	}
	x.hands(quits)
	if status := x.ended(); status != 0 {
		t.Errorf("quitting ends with %d", status)
	}
	if x.kill(); !strings.Contains(x.String(), "\x1b[?1049l") {
		t.Error("the terminal's own screen did not come back")
	}
}

// TestTheKeyTillIsTheUsual comes in under a name that is no register's.
func TestTheKeyTillIsTheUsual(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "pi")
	x.waitFor("Till 2 · Bia")
}

// TestTheDeskByItsName opens the owner's desk at once; a cashier's counter comes
// without it.
func TestTheDeskByItsName(t *testing.T) {
	h := newHouse(t)
	desk := []string{"-o", "RequestTTY=force", "-o", "RemoteCommand=desk"}
	owner, cashier := h.opens("ana", "till1", desk...), h.opens("bia", "till2", desk...)
	owner.waitFor("The owner's desk")
	cashier.waitFor("Till 2 · Bia")
	cashier.waitFor("F7 lists")
	if strings.Contains(cashier.shows(), "The owner's desk") {
		t.Error("a cashier sees the desk")
	}
	out, errs, status := h.asks("ana", "desk")
	if status != 2 || out != "" || !strings.Contains(errs, "terminal") {
		t.Errorf("without a terminal: %d %q %q", status, out, errs)
	}
}

func TestColoursFollowTheTerminal(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		env    string
		colour bool
	}{{"COLORTERM=truecolor", true}, {"NO_COLOR=1", false}} {
		name, _, _ := strings.Cut(c.env, "=")
		x := h.opens("bia", "till2", "-o", "SendEnv="+name, "-o", "SetEnv="+c.env)
		x.waitFor("Casa Azul")
		if got := strings.Contains(x.String(), "\x1b[38;") || strings.Contains(x.String(), "38;5;") || strings.Contains(x.String(), "38;2;"); got != c.colour {
			t.Errorf("%s: colours %v: %q", c.env, got, x.String())
		}
		x.kill()
	}
}

func TestResizing(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till2")
	x.waitFor("F9")
	for _, size := range []pty.Winsize{{Rows: 12, Cols: 40}, {Rows: 50, Cols: 150}, {Rows: 5, Cols: 20}} {
		x.forget()
		if err := pty.Setsize(x.tty, &size); err != nil {
			t.Fatal(err)
		}
		_ = x.cmd.Process.Signal(syscall.SIGWINCH)
		x.waitFor("▏")
		widest := 0
		lines := strings.Split(x.shows(), "\r\n")
		for _, l := range lines {
			widest = max(widest, kit.Width(strings.TrimRight(l, "\r\n")))
		}
		if widest > int(size.Cols) || len(lines) > int(size.Rows) || widest < int(size.Cols)/2 {
			t.Errorf("at %d×%d a frame of %d×%d came:\n%s", size.Cols, size.Rows, widest, len(lines), x.shows())
		}
	}
}

func TestTwoSessionsRefreshEachOther(t *testing.T) {
	h := newHouse(t)
	h.here("sale", "record", "--phone", "11987654321", "--name", "Maria", "--consent", "yes", "--amount", "200.00")
	one, two := h.opens("bia", "till1"), h.opens("ana", "till2")
	one.waitFor("Till 1 · Bia")
	two.waitFor("Till 2 · Ana")
	one.hands("11987654321", enter)
	one.waitFor("R$ 40") // her coupon: the customer is at the counter
	two.hands("11987654321", enter)
	two.waitFor("R$ 40")
	one.forget()
	two.hands("300", enter)
	two.waitFor("300,00")
	two.hands(down, enter) // without the coupon, so that there are two after
	two.waitFor("TOTAL")
	one.waitFor("R$ 60") // the coupon just issued at the other till
	two.forget()
	one.hands("100", enter, enter)
	one.waitFor("R$ ")
	eventually(t, "both sales are in the file", one.shows, func() bool { return len(h.sales().Items) == 3 })
}

// TestADroppedSaleIsThereAgain pulls the plug while a sale is rung up, and
// finishes it once.
func TestADroppedSaleIsThereAgain(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	x.hands("11987654321", enter)
	x.waitFor("Yes")
	time.Sleep(2 * kit.Grace)
	x.hands("y", enter, "181,00", enter)
	x.waitFor("181,00")
	x.kill()
	if n := len(h.sales().Items); n != 0 {
		t.Fatalf("%d sales though nobody confirmed one", n)
	}
	x = h.opens("bia", "till2")
	x.waitFor("is here again")
	x.waitFor("181,00")
	x.waitFor("98765-4321")
	x.forget()
	x.hands(enter)
	x.waitFor("back for you")
	x.kill()
	if got := h.sales(); len(got.Items) != 1 || got.Items[0].Net != 181_00 {
		t.Errorf("%+v", got)
	}
	x = h.opens("bia", "till1")
	x.waitFor("Till 1 · Bia")
	time.Sleep(time.Second)
	if strings.Contains(x.shows(), "181,00") {
		t.Error("another till got what was rung up at this one")
	}
}

// TestAClientThatAnswersNoMore comes back while the server still believes in the
// connection from before, as after the radio of a till was gone.
func TestAClientThatAnswersNoMore(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	x.hands("180", enter)
	x.waitFor("180,00")
	if err := x.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	y := h.opens("bia", "till2")
	y.waitFor("is here again")
	y.waitFor("180,00")
	y.hands(enter)
	y.waitFor("TOTAL")
	if got := h.sales(); len(got.Items) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestADropWhileItIsRecorded pulls the plug in the very moment of the last
// Enter. Whatever came of it, the sale is recorded once.
func TestADropWhileItIsRecorded(t *testing.T) {
	h := newHouse(t)
	for round, wait := range []time.Duration{0, 2 * time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond, 40 * time.Millisecond} {
		x := h.opens("bia", "till2")
		x.waitFor("Casa Azul")
		amount := string(rune('1' + round))
		x.forget()
		x.hands(amount+"00", enter)
		x.waitFor(amount + "00,00")
		_, _ = x.tty.WriteString(enter)
		time.Sleep(wait)
		x.kill()
		x = h.opens("bia", "till2")
		x.waitFor("The connection broke")
		if !strings.Contains(x.shows(), "the sale was recorded") {
			x.hands(enter)
		}
		eventually(t, "the sale is recorded", x.shows, func() bool { return len(h.sales().Items) == round+1 })
		x.hands(enter) // once more does nothing
		time.Sleep(100 * time.Millisecond)
		x.hands(quits)
		x.ended()
		if got := h.sales(); len(got.Items) != round+1 {
			t.Fatalf("after %v: %+v", wait, got)
		}
	}
}

// TestTheServerKilledAndStartedAgain kills the server with a sale just
// confirmed.
func TestTheServerKilledAndStartedAgain(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	x.hands("180", enter, enter)
	x.waitFor("TOTAL")
	key, err := os.ReadFile(h.db + ".hostkey")
	if err != nil {
		t.Fatal(err)
	}
	h.signal(syscall.SIGKILL)
	_ = h.cmd.Wait()
	if status := x.ended(); status != 255 {
		t.Errorf("the client ended with %d", status)
	}
	h.serve()
	if again, err := os.ReadFile(h.db + ".hostkey"); err != nil || string(again) != string(key) {
		t.Errorf("the server has another key: %v", err)
	}
	x = h.opens("bia", "till2", "-o", "StrictHostKeyChecking=yes")
	x.waitFor("Casa Azul")
	x.hands("90", enter, enter)
	x.waitFor("TOTAL")
	if got := h.sales(); len(got.Items) != 2 {
		t.Errorf("%+v", got)
	}
	h.here("check")
}

func TestTheServersEndIsTold(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	x.hands("180", enter)
	h.signal(syscall.SIGTERM)
	if status := x.ended(); status == 0 || !strings.Contains(x.shows(), "has to be rung up again. Connect again in a moment") {
		t.Errorf("ended with %d:\n%s", status, x.shows())
	}
	if err := h.cmd.Wait(); err != nil {
		t.Errorf("the server: %v\n%s", err, h.log)
	}
	if info, err := os.Stat(h.db + "-wal"); err == nil && info.Size() > 0 {
		t.Errorf("%d bytes of the log are left", info.Size())
	}
}

func TestIdleSessionsEnd(t *testing.T) {
	h := newHouse(t, "--idle", "3s")
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	x.hands("180", enter)
	x.waitFor("180,00")
	if status := x.ended(); status == 0 || !strings.Contains(x.shows(), "Nobody touched this screen") {
		t.Errorf("ended with %d:\n%s", status, x.shows())
	}
	x = h.opens("bia", "till2")
	x.waitFor("180,00")
}

func TestSessionsAreLimited(t *testing.T) {
	h := newHouse(t, "--sessions", "2", "--key-sessions", "1")
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	second := h.opens("bia", "till1")
	second.waitFor("too many screens")
	if status := second.ended(); status != 1 {
		t.Errorf("a second of the same key: %d", status)
	}
	y := h.opens("ana", "till1")
	y.waitFor("Casa Azul")
	h.here("staff", "key", "add", "Ana", h.key("eve")+".pub")
	third := h.opens("eve", "till1")
	third.waitFor("Too many people")
	third.ended()
	first, feed := h.waits("bia", "quote -")
	if _, errs, status := h.asks("bia", "sale list"); status != 1 || !strings.Contains(errs, "too many commands") {
		t.Errorf("a second command of the same key: %d %q", status, errs)
	}
	_ = feed.Close()
	_ = first.Wait()
	x.hands(quits)
	x.ended()
	x = h.opens("bia", "till2")
	x.waitFor("Casa Azul")
}

// TestWaitingCommandsTakeNoScreens fills the places of a key with commands that
// wait for input.
func TestWaitingCommandsTakeNoScreens(t *testing.T) {
	h := newHouse(t, "--key-sessions", "3")
	for range 3 {
		h.waits("bia", "quote -")
	}
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul · Till 2 · Bia")
}

// TestTheNameOfATill comes in at a register that is not there.
func TestTheNameOfATill(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till5")
	x.waitFor("no register called till5")
	x.waitFor("Till 1, Till 2")
	if status := x.ended(); status != 1 {
		t.Errorf("ended with %d", status)
	}
}

// TestTerminalsThatDrawNothing are told so, and get no codes.
func TestTerminalsThatDrawNothing(t *testing.T) {
	h := newHouse(t)
	for _, term := range []string{"TERM=dumb", "TERM="} {
		x := h.opensIn("bia", "till2", term)
		x.waitFor("cannot show the screens")
		if status := x.ended(); status != 2 || strings.Contains(x.String(), "\x1b[?") {
			t.Errorf("%s: ended with %d: %q", term, status, x.String())
		}
	}
}

// TestPINsTriedOverSSH tries the owner's PIN with a cashier's key, until the key
// may try no more; the owner still comes in.
func TestPINsTriedOverSSH(t *testing.T) {
	h := newHouse(t)
	h.cmdWithPIN("2468", "staff", "edit", "Ana", "--new-pin-stdin")
	for session := range 2 {
		x := h.opens("bia", "till2")
		x.waitFor("Till 2 · Bia")
		x.hands("\x0c", "a") // locks, and chooses Ana
		x.waitFor("PIN:")
		time.Sleep(2 * kit.Grace)
		if session == 1 {
			x.hands("2468", enter) // even the right one
			x.waitFor("Too many wrong PINs")
			continue
		}
		for i := range 5 {
			x.forget()
			x.hands("1111", enter)
			x.waitFor([]string{"left: 4", "left: 3", "left: 2", "left: 1", "Too many wrong PINs"}[i])
		}
		x.kill()
	}
	x := h.opens("ana", "till1")
	x.waitFor("Till 1 · Ana")
	x.hands("\x0c")
	x.waitFor("PIN:")
	time.Sleep(2 * kit.Grace)
	x.forget()
	x.hands("2468", enter)
	x.waitFor("Till 1 · Ana")
	if log := h.asOwner("audit", "list", "--json"); !strings.Contains(log, "by=Bia; key="+fingerprint(t, h.key("bia"))) {
		t.Errorf("the log does not say whose key it was:\n%s", log)
	}
}

// TestNobodyComesInWithoutAPIN chooses somebody without a PIN on a screen that
// another one's key opened.
func TestNobodyComesInWithoutAPIN(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till2")
	x.waitFor("Till 2 · Bia")
	x.hands("\x0c", "a")
	time.Sleep(2 * kit.Grace)
	x.hands(enter)
	x.waitFor("Ana has no PIN, and so cannot come in with another person's key")
}

func TestWhoLeavesTheShopIsSignedOut(t *testing.T) {
	h := newHouse(t)
	x := h.opens("bia", "till2")
	x.waitFor("Casa Azul")
	h.here("staff", "edit", "Bia", "--active", "no")
	if status := x.ended(); status == 0 || !strings.Contains(x.shows(), "You are signed out") {
		t.Errorf("ended with %d:\n%s", status, x.shows())
	}
}

// TestLockingAsksForThePIN comes in by the key alone, locks, and needs the PIN;
// where the shop wants it, at the start too.
func TestLockingAsksForThePIN(t *testing.T) {
	h := newHouse(t)
	h.cmdWithPIN("2468", "staff", "edit", "Ana", "--new-pin-stdin")
	x := h.opens("ana", "till1")
	x.waitFor("Till 1 · Ana")
	x.forget()
	x.hands("\x0c") // ctrl+l
	x.waitFor("PIN")
	time.Sleep(2 * kit.Grace)
	x.hands("1111", enter)
	x.waitFor("wrong")
	x.forget()
	x.hands("2468", enter)
	x.waitFor("Till 1 · Ana")
	x.kill()
	h.cmdWithPIN("2468", "settings", "set", "access.key_signs_in", "no", "--staff", "Ana", "--pin-stdin")
	x = h.opens("ana", "till1")
	x.waitFor("PIN")
	if strings.Contains(x.shows(), "Till 1 · Ana") {
		t.Error("the key alone signed in")
	}
	time.Sleep(2 * kit.Grace)
	x.hands("2468", enter)
	x.waitFor("Till 1 · Ana")
}
