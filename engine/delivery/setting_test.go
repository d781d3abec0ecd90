package delivery

import (
	"testing"

	"bounceback/engine"
)

func TestSettingsAreAsTheCarrierTakesThem(t *testing.T) {
	for _, c := range []struct {
		name  engine.Setting
		value string
		want  engine.Code
	}{
		{engine.SetSenderID, "", ""},
		{engine.SetSenderID, "CasaAzul", ""},
		{engine.SetSenderID, "Casa Azul", CodeSenderID},
		{engine.SetSenderID, "123", CodeSenderID},
		{engine.SetSenderID, "CasaAzulPraia", CodeSenderID},
		{engine.SetMaxPrice, "", ""},
		{engine.SetMaxPrice, "0.10", ""},
		{engine.SetMaxPrice, "0,10", CodeMaxPrice},
		{engine.SetMaxPrice, "US$ 1", CodeMaxPrice},
		{engine.SetOrigination, "Casa Azul", ""},
	} {
		if err := CheckSetting(c.name, c.value); engine.CodeOf(err) != c.want {
			t.Errorf("%s = %q: %v, want %q", c.name, c.value, err, c.want)
		}
	}
}
