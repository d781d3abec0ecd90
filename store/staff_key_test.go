package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

// wireKey is what stands for a public key; the store does not read it.
func wireKey(seed byte) []byte { return bytes.Repeat([]byte{seed}, 51) }

func (s *shop) giveKey(a engine.Actor, staff engine.ID, seed byte, till string) engine.StaffKey {
	s.t.Helper()
	k, err := s.AddStaffKey(bgc, a, engine.NewStaffKey{
		StaffID: staff, Kind: "ssh-ed25519", Public: wireKey(seed), Comment: " ana@notebook ", Register: till,
	})
	s.ok(err)
	return k
}

func TestStaffKeys(t *testing.T) {
	s := newShop(t, "2468")
	bia := s.hire("Bia", engine.Cashier, "1357")
	k := s.giveKey(s.owner, bia.ID, 1, "Till 2")
	if k.Staff != "Bia" || k.Role != engine.Cashier || k.Register != "Till 2" || k.Comment != "ana@notebook" || k.Fingerprint != engine.KeyFingerprint(wireKey(1)) {
		t.Errorf("key %+v", k)
	}
	h, err := s.KeyHolder(bgc, k.Fingerprint)
	s.ok(err)
	if h.Store.ID != s.owner.StoreID || h.Staff.ID != bia.ID || h.Key.ID != k.ID {
		t.Errorf("holder %+v", h)
	}
	_, err = s.AddStaffKey(bgc, s.owner, engine.NewStaffKey{StaffID: s.owner.StaffID, Kind: "ssh-ed25519", Public: wireKey(1)})
	s.refused(err, engine.CodeKeyTaken)
	if !strings.Contains(err.Error(), "Bia") {
		t.Errorf("%v does not say whose", err)
	}
	_, err = s.KeyHolder(bgc, engine.KeyFingerprint(wireKey(2)))
	s.refused(err, engine.CodeKeyUnknown)
	_, err = s.RemoveStaffKey(bgc, s.owner, k.ID)
	s.ok(err)
	_, err = s.KeyHolder(bgc, k.Fingerprint)
	s.refused(err, engine.CodeKeyUnknown)
	_, err = s.RemoveStaffKey(bgc, s.owner, k.ID)
	s.refused(err, engine.CodeKeyUnknown)
	for action, want := range map[string]int64{"staff.key_add": 1, "staff.key_remove": 1} {
		if n := s.count("SELECT count(*) FROM audit WHERE action = '" + action + "'"); n != want {
			t.Errorf("%d entries of %s", n, action)
		}
	}
}

func TestSignInByKey(t *testing.T) {
	s := newShop(t, "2468")
	bia := s.hire("Bia", engine.Manager, "1357")
	_, err := s.Register(bgc, s.owner.StoreID, "Caixa São 3", "")
	s.ok(err)
	k := s.giveKey(s.owner, bia.ID, 1, "Till 2")
	boss := s.giveKey(s.owner, s.owner.StaffID, 2, "")
	for _, c := range []struct{ print, user, till string }{
		{k.Fingerprint, "till1", "Till 1"},
		{k.Fingerprint, "TILL-2", "Till 2"},
		{k.Fingerprint, "caixasao3", "Caixa São 3"},
		{k.Fingerprint, "bia", "Till 2"},
		{k.Fingerprint, "", "Till 2"},
		{boss.Fingerprint, "ana", "Till 1"},
	} {
		a, err := s.SignInByKey(bgc, c.print, c.user, engine.FromCounter)
		s.ok(err)
		if a.Register != c.till || a.StoreID != s.owner.StoreID || a.RegisterID.IsZero() {
			t.Errorf("%q: %+v, want %s", c.user, a, c.till)
		}
	}
	for _, user := range []string{"till5", "Till 12", "caixa são 4", "front desk"} {
		_, err := s.SignInByKey(bgc, k.Fingerprint, user, engine.FromCounter)
		s.refused(err, CodeTillInAddress)
		var e *engine.Error
		if names := []string{"Till 1", "Caixa São 3", "Till 2"}; !errors.As(err, &e) || !slices.Equal(e.Args["names"].([]string), names) {
			t.Errorf("%v does not name %v", err, names)
		}
	}
	if n := s.count("SELECT count(*) FROM register"); n != 3 {
		t.Errorf("%d registers: a name nobody knows made one", n)
	}
	if n := s.count("SELECT count(*) FROM audit WHERE action = 'staff.key_sign_in'"); n != 6 {
		t.Errorf("%d sign-ins in the log", n)
	}
	all, err := s.StaffKeys(bgc, s.owner)
	s.ok(err)
	if len(all) != 2 || all[1].Staff != "Bia" || all[1].LastUsed != testStart {
		t.Errorf("keys %+v", all)
	}
	_, err = s.SaveStaff(bgc, s.owner, engine.StaffEdit{ID: bia.ID, Name: "Bia", Role: engine.Manager})
	s.ok(err)
	_, err = s.SignInByKey(bgc, k.Fingerprint, "", engine.FromCounter)
	s.refused(err, engine.CodeKeyInactive)
	_, err = s.KeyHolder(bgc, k.Fingerprint)
	s.refused(err, engine.CodeKeyInactive)
	_, err = s.AddStaffKey(bgc, s.owner, engine.NewStaffKey{StaffID: bia.ID, Kind: "ssh-ed25519", Public: wireKey(9)})
	s.refused(err, engine.CodeStaffUnknown)
}

// TestAFullDiskLocksNobodyOut lets the file grow no further: who comes in by a
// key does, though it cannot be noted.
func TestAFullDiskLocksNobodyOut(t *testing.T) {
	s := newShop(t, "")
	k := s.giveKey(s.owner, s.owner.StaffID, 1, "")
	var pages int64
	s.ok(s.writer.db.QueryRow("PRAGMA page_count").Scan(&pages))
	_, err := s.writer.db.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	s.ok(err)
	for i := 0; err == nil && i < 5000; i++ {
		var a engine.Actor
		a, err = s.SignInByKey(bgc, k.Fingerprint, "", engine.FromCommand)
		if a.StaffID != s.owner.StaffID || a.Register != "Till 1" {
			t.Fatalf("try %d: %+v, %v", i, a, err)
		}
	}
	s.refused(err, CodeKeyNote)
	if engine.ClassOf(err) != engine.Fault || !errors.Is(err, &engine.Error{Code: CodeDiskFull}) {
		t.Errorf("%v does not say that the disk is full", err)
	}
}

// TestPINsTriedWithAKey tries the PIN of somebody else with a cashier's key.
func TestPINsTriedWithAKey(t *testing.T) {
	s := newShop(t, "2468")
	bia := s.hire("Bia", engine.Cashier, "1357")
	k := s.giveKey(s.owner, bia.ID, 1, "")
	by, err := s.KeyHolder(bgc, k.Fingerprint)
	s.ok(err)
	try := func(pin string) error {
		_, err := s.SignInBeside(bgc, by, s.owner.StaffID, s.owner.RegisterID, pin, engine.FromCounter)
		return err
	}
	for range 2 * engine.PINTries {
		s.refused(try("0000"), engine.CodePINWrong)
	}
	s.ok(try("2468"))
	if n := s.count("SELECT count(*) FROM audit WHERE action = 'staff.pin_wrong' AND detail LIKE 'by=Bia; key=SHA256:%'"); n != 2*engine.PINTries {
		t.Errorf("%d entries name whose key it was", n)
	}
}

func TestKeysAreTheOwnersOfTheirStore(t *testing.T) {
	s := newShop(t, "")
	bia := s.hire("Bia", engine.Cashier, "")
	k := s.giveKey(s.owner, bia.ID, 1, "")
	other, _ := s.found("Loja Dois", "")
	all, err := s.StaffKeys(bgc, other)
	if err != nil || len(all) != 0 {
		t.Errorf("another store sees %+v, %v", all, err)
	}
	_, err = s.RemoveStaffKey(bgc, other, k.ID)
	s.refused(err, engine.CodeKeyUnknown)
	_, err = s.AddStaffKey(bgc, other, engine.NewStaffKey{StaffID: bia.ID, Kind: "ssh-ed25519", Public: wireKey(3)})
	s.refused(err, engine.CodeStaffUnknown)
	_, err = s.AddStaffKey(bgc, other, engine.NewStaffKey{StaffID: other.StaffID, Kind: "ssh-ed25519", Public: wireKey(1)})
	s.refused(err, engine.CodeKeyOthers)
	for _, r := range []engine.Role{engine.Manager, engine.Cashier, engine.Salesperson} {
		_, err := s.StaffKeys(bgc, s.as(r))
		s.refused(err, engine.CodeForbidden)
		_, err = s.AddStaffKey(bgc, s.as(r), engine.NewStaffKey{StaffID: s.owner.StaffID, Kind: "ssh-ed25519", Public: wireKey(4)})
		s.refused(err, engine.CodeForbidden)
		_, err = s.RemoveStaffKey(bgc, s.as(r), k.ID)
		s.refused(err, engine.CodeForbidden)
	}
	for _, comment := range []string{"a\nb", strings.Repeat("x", 201), "\xff"} {
		_, err := s.AddStaffKey(bgc, s.owner, engine.NewStaffKey{StaffID: bia.ID, Kind: "ssh-ed25519", Public: wireKey(5), Comment: comment})
		s.refused(err, engine.CodeKeyComment)
	}
}
