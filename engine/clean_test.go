package engine

import (
	"encoding/json"
	"testing"
)

func TestCleanTextKnowsWhatNobodySees(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "Till 1": true, "São José – 3ª ❤️ 店": true, "NFC-e 35\u00a0201": true,
		"\x1b[2J": false, "a\x7f": false, "a\u009b2J": false, "Till 1\u200b": false, "\u202eTill": false, "a\u2066b": false,
		"a\u00adb": false, "a\ufeff": false, "a\nb": false, "a\u2028b": false, "a\xff": false, "a\u2060b": false, "a\u200db": false,
		"a\U000e0041": false, "\u3164": false,
	} {
		if got := CleanText(text); got != want {
			t.Errorf("CleanText(%q) = %v", text, got)
		}
	}
	if err := (TextWording{Issue: "👩‍🍳 hello"}).Check(); err != nil {
		t.Errorf("a joined emoji in a template: %v", err)
	}
}

func TestShownTextAndJSONLeaveTerminalsAlone(t *testing.T) {
	if got := ShownText("a\x1b[2J\u009bb\u202ec\nd\te\x7f"); got != "a[2Jbc\nd\te" {
		t.Errorf("shown as %q", got)
	}
	said := "a\x1b\u009b\u202e\x7f\U000e0041 é"
	raw, err := json.Marshal(said)
	if err != nil {
		t.Fatal(err)
	}
	shown := ShownJSON(raw)
	var back string
	if err := json.Unmarshal(shown, &back); err != nil || back != said {
		t.Errorf("%s reads as %q, %v", shown, back, err)
	}
	if ShownText(string(shown)) != string(shown) {
		t.Errorf("%s still commands a terminal", shown)
	}
}
