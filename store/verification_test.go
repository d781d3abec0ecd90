package store

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
)

func TestVerification(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetVerifyPhone, "yes")
	const phone = "+5511976543210"
	ref := engine.CustomerRef{Phone: phone, Name: "Eva"}
	record := func(verify string) error {
		ref.Verify = verify
		_, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100, Customer: ref})
		return err
	}
	s.refused(record(""), engine.CodeCannotVerify)
	s.ok(s.StartVerification(bgc, s.owner, phone))
	code := s.verificationText(phone)
	s.refused(s.CheckVerification(bgc, s.owner, phone, "0000"), engine.CodeVerifyWrong)
	s.refused(s.CheckVerification(bgc, s.owner, "+5511976543211", code), engine.CodeVerifyWrong)
	s.ok(s.CheckVerification(bgc, s.owner, phone, strings.ToLower(code)))
	s.ok(s.CheckVerification(bgc, s.owner, phone, code)) // is not used up by asking
	s.refused(s.StartVerification(bgc, s.owner, phone), CodeVerifySoon)
	s.ok(record(code))
	s.ok(record("")) // known now
	s.refused(s.CheckVerification(bgc, s.owner, phone, code), engine.CodeVerifyWrong)
	for _, bad := range []string{"", "12", "nonsense"} {
		s.refused(s.StartVerification(bgc, s.owner, bad), engine.CodePhoneImpossible)
	}
}

func TestVerificationRunsOut(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetVerifyPhone, "yes")
	s.ok(s.StartVerification(bgc, s.owner, maria))
	code := s.verificationText(maria)
	s.wait(verifyTime - 1)
	s.ok(s.CheckVerification(bgc, s.owner, maria, code))
	s.wait(1)
	s.refused(s.CheckVerification(bgc, s.owner, maria, code), engine.CodeVerifyWrong)
	if s.nothingDue(); s.count("SELECT count(*) FROM message WHERE reason = 'code_expired'") != 1 {
		t.Error("a code that is over is still to be sent")
	}
}

// TestVerificationTries counts wrong codes, also those of refused sales.
func TestVerificationTries(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetVerifyPhone, "yes")
	s.ok(s.StartVerification(bgc, s.owner, maria))
	code := s.verificationText(maria)
	wrong := map[bool]string{true: "1111", false: "0000"}[code == "0000"]
	for i := range verifyTries {
		if i%2 == 0 {
			s.refused(s.CheckVerification(bgc, s.owner, maria, wrong), engine.CodeVerifyWrong)
			continue
		}
		_, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100, Customer: engine.CustomerRef{Phone: maria, Verify: wrong}})
		s.refused(err, engine.CodeCannotVerify)
	}
	s.refused(s.CheckVerification(bgc, s.owner, maria, code), engine.CodeVerifyWrong)
	s.wait(verifyPause)
	s.ok(s.StartVerification(bgc, s.owner, maria))
	s.wait(1) // the newer of the two texts
	s.ok(s.CheckVerification(bgc, s.owner, maria, s.verificationText(maria)))
}

func TestVerificationPace(t *testing.T) {
	s := newShop(t, "")
	for i := range verifyHourly {
		s.wait(10)
		s.ok(s.StartVerification(bgc, s.owner, fmt.Sprintf("+55119876%05d", i)))
	}
	s.refused(s.StartVerification(bgc, s.owner, maria), CodeVerifySoon)
	s.wait(verifyHour)
	s.ok(s.StartVerification(bgc, s.owner, maria))
}
