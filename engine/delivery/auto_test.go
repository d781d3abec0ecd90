package delivery_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bounceback/engine/delivery"
)

func TestSNSConfigured(t *testing.T) {
	for _, c := range []struct {
		name string
		env  map[string]string
		file string
		want string // "yes", "no" or what is wrong
	}{
		{"nothing", nil, "", "no"},
		{"region alone", map[string]string{"AWS_REGION": "sa-east-1"}, "", "no_credentials"},
		{"keys alone", map[string]string{"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}, "", "no_region"},
		{"keys and a profile of them alone", nil, "[default]\naws_access_key_id = a\naws_secret_access_key = b\n", "no_region"},
		{"both", map[string]string{"AWS_REGION": "sa-east-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}, "", "yes"},
		{"shared file", nil, "[default]\nregion = sa-east-1\naws_access_key_id = a\naws_secret_access_key = b\n", "yes"},
		{"single sign-on that has run out", nil, "[default]\nregion = sa-east-1\nsso_start_url = https://x.invalid\nsso_region = us-east-1\n" +
			"sso_account_id = 1\nsso_role_name = r\n", "yes"},
		{"a profile that is not there", map[string]string{"AWS_PROFILE": "gone"}, "[default]\nregion = sa-east-1\n", "credentials"},
	} {
		t.Run(c.name, func(t *testing.T) {
			clearAWS(t)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			if c.file != "" {
				path := filepath.Join(t.TempDir(), "config")
				if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
					t.Fatal(err)
				}
				t.Setenv("AWS_CONFIG_FILE", path)
			}
			got := "yes"
			var half *delivery.NotSent
			if err := new(delivery.SNS).Configured(t.Context()); errors.Is(err, delivery.ErrNotConfigured) {
				got = "no"
			} else if errors.As(err, &half) {
				got = string(half.Reason)
			} else if err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestAuto follows a shop that sets AWS up while the program runs.
func TestAuto(t *testing.T) {
	server := serveSNS(t, nil)
	key := os.Getenv("AWS_ACCESS_KEY_ID")
	t.Setenv("AWS_REGION", "")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	auto := &delivery.Auto{SNS: new(delivery.SNS), Otherwise: delivery.Console{}}
	if auto.Name() != "console" {
		t.Errorf("%q before any text", auto.Name())
	}
	if h, err := auto.Health(t.Context()); err != nil || h.Ready || h.Sender != "console" || h.Problem != string(delivery.ReasonNoSender) {
		t.Errorf("%+v, %v", h, err)
	}
	if list, err := auto.OptedOut(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := auto.Send(t.Context(), text(maria)); !errors.Is(err, delivery.ErrNoSender) || auto.Name() != "console" {
		t.Errorf("%v by %s", err, auto.Name())
	}
	t.Setenv("AWS_REGION", "sa-east-1")
	t.Setenv("AWS_ACCESS_KEY_ID", key)
	server.OptOut("+5511900000009")
	if h, err := auto.Health(t.Context()); err != nil || !h.Ready || h.Sender != "sns" || h.Problem != "" {
		t.Errorf("%+v, %v", h, err)
	}
	if list, err := auto.OptedOut(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := auto.Send(t.Context(), text(maria)); err != nil || auto.Name() != "sns" || len(server.Accepted()) != 1 {
		t.Errorf("%v by %s, accepted %v", err, auto.Name(), server.Accepted())
	}
}

// TestAutoKeepsTextsOfABrokenSetup: a setup that is there and cannot be read
// makes texts wait, and does not cancel them.
func TestAutoKeepsTextsOfABrokenSetup(t *testing.T) {
	clearAWS(t)
	t.Setenv("AWS_REGION", "sa-east-1")
	t.Setenv("AWS_PROFILE", "gone")
	auto := &delivery.Auto{SNS: new(delivery.SNS), Otherwise: delivery.Console{}}
	_, err := auto.Send(t.Context(), text(maria))
	var notSent *delivery.NotSent
	if !errors.As(err, &notSent) || notSent.Reason != delivery.ReasonCredentials {
		t.Errorf("%v", err)
	}
}

// TestAutoNamesWhoWouldSend before the first text.
func TestAutoNamesWhoWouldSend(t *testing.T) {
	serveSNS(t, nil)
	if auto := (&delivery.Auto{SNS: new(delivery.SNS), Otherwise: delivery.Console{}}); auto.Name() != "sns" {
		t.Errorf("%q", auto.Name())
	}
}

func TestSettingsOfTexts(t *testing.T) {
	for s, want := range map[string]bool{
		"Casa": true, "A": true, "1A": true, "ABCDEFGHIJK": true,
		"": false, "123": false, "ABCDEFGHIJKL": false, "Casa Azul": false, "Açaí": false, "A-B": false,
	} {
		if delivery.ValidSenderID(s) != want {
			t.Errorf("sender name %q", s)
		}
	}
	for s, want := range map[string]bool{
		"0.10": true, "1": true, "0.06450": true,
		"": false, ".5": false, "1.": false, "-1": false, "1,5": false, "1e3": false, "0.0000001": false, "+1": false,
	} {
		if delivery.ValidMaxPrice(s) != want {
			t.Errorf("price %q", s)
		}
	}
}

// TestAutoKeepsTextsOfHalfASetup: texts wait for the other half, and the health
// says which that is.
func TestAutoKeepsTextsOfHalfASetup(t *testing.T) {
	for want, env := range map[delivery.Reason]map[string]string{
		delivery.ReasonNoCredentials: {"AWS_REGION": "sa-east-1"},
		delivery.ReasonNoRegion:      {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"},
	} {
		t.Run(string(want), func(t *testing.T) {
			clearAWS(t)
			for name, value := range env {
				t.Setenv(name, value)
			}
			auto := &delivery.Auto{SNS: new(delivery.SNS), Otherwise: delivery.Console{}}
			_, err := auto.Send(t.Context(), text(maria))
			var notSent *delivery.NotSent
			if !errors.As(err, &notSent) || notSent.Reason != want || auto.Name() != "sns" {
				t.Errorf("%v by %s", err, auto.Name())
			}
			h, _ := auto.Health(t.Context())
			if h.Ready || h.Sender != "sns" || h.Problem != string(want) {
				t.Errorf("%+v", h)
			}
		})
	}
}
