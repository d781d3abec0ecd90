package delivery

import (
	"testing"

	"bounceback/engine"
)

func TestHasStop(t *testing.T) {
	for text, want := range map[string]bool{
		"{shop} {stop}": true, "Reply STOP to end": true, "Responda SAIR p/ parar": true, "Envie PARE": true, "Responde BAJA": true,
		"ALTO para salir": true, "回TD退订": true, "回复退订": true, "拒收请回复R": true, "Reply TD": true, "ARRÊT au 36000": true,
		"STOP: 36180": true, "unsubscribe at https://x.y": true, "Opt-out: reply": true, "Text OPT-OUT": true,
		"Reply stop to end": true, "text 'stop' to 123": true, "Responda sair p/ parar": true, "responde baja": true,
		"": false, "stop": false, "reply to us, we never stop": false, "{shop}: {code}": false, "don't stop now": false, "the END-USER": false, "um valor alto": false, "Sair de casa": false,
		"NONSTOP": false, "weekend": false, "TDK": false, "end": false,
	} {
		if HasStop(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestNeedsStop(t *testing.T) {
	for country, want := range map[string]bool{
		"US": true, "CA": true, "AU": true, "NZ": true, "GB": true, "FR": true, "ES": true, "DE": true, "NO": true, "CN": true, "BR": false, "MX": false, "": false,
	} {
		if NeedsStop(country) != want {
			t.Errorf("%q: %v", country, !want)
		}
	}
	seen := map[string]bool{}
	for _, country := range stopCountries {
		if _, ok := engine.CountryByCode(country); !ok || seen[country] {
			t.Errorf("%s is no country, or there twice", country)
		}
		seen[country] = true
	}
}
