package cli_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/cli"
)

func TestCampaignPromo(t *testing.T) {
	s := brazil(t)
	s.run("campaign", "edit", "Volte sempre", "--source", "instagram", "--ad", "spring", "--text", "A gift for your next visit").done()
	s.run("campaign", "promo", "Volte sempre").done().says("Casa Azul", "A gift for your next visit", "20 % back as a coupon", "█", "bb:instagram/spring")
	if a := s.run("campaign", "promo", "Volte sempre", "--text").done(); strings.Contains(a.out, "█") || !strings.Contains(a.out, "Show this at the counter of Casa Azul.") {
		t.Errorf("the text alone is %q", a.out)
	}
	s.run("campaign", "promo", "Volte sempre", "--text", "--lang", "pt-BR").done().says("20 % de volta", "Mostre isto no balcão")

	s.run("campaign", "edit", "Volte sempre", "--link", "https://casa.azul/volte").done()
	s.run("campaign", "promo", "Volte sempre", "--source", "flyer", "--ad", "", "--json").done().
		are("source", "flyer", "ad", "", "code", "", "link", "https://casa.azul/volte?source=flyer", "token", "bb:flyer", "state", "active")
	s.run("campaign", "promo", "Volte sempre", "--code", "x-1", "--json").done().are("code", "X-1").says("does not ask for the code")
	s.run("campaign", "promo", "Volte sempre", "--code", "no/code", "--json").refused(cli.ExitUsage, engine.CodePromoCode)
	s.run("campaign", "promo", "Volte sempre", "--source", strings.Repeat("x", 41), "--json").refused(cli.ExitUsage, engine.CodeCampaignText)
	s.run("campaign", "promo", "Winter", "--json").refused(cli.ExitRefused, engine.CodeCampaignUnknown)
	s.run("campaign", "promo", "Volte sempre", "--source", "", "--text").done().says("No source")

	s.run("campaign", "add", "Bare").done()
	s.run("campaign", "promo", "Bare", "--json").refused(cli.ExitUsage, engine.CodePromoNoLabel)
	s.run("campaign", "promo", "Bare", "--source", "flyer", "--text").done().says("“Bare” is a draft")
	s.run("campaign", "end", "Bare").done()
	s.run("campaign", "promo", "Bare", "--source", "flyer", "--text").done().says("“Bare” has ended")
}

func TestCampaignPromoFiles(t *testing.T) {
	s := brazil(t)
	dir := filepath.Join(s.dir, "ads")
	s.run("campaign", "promo", "Volte sempre", "--source", "flyer", "--out", dir).done().says("offer.txt", "banner.html", "qr.png", "poster.html")
	for name, want := range map[string]string{"offer.txt": "20 % back", "banner.html": `data-source="flyer"`, "poster.html": "bb:flyer", "qr.png": "PNG"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Contains(raw, []byte(want)) {
			t.Errorf("%s (%v) has no %q", name, err, want)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "qr.png"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(raw)); err != nil {
		t.Error(err)
	}

	// Of several files none is written if one is there.
	other := filepath.Join(s.dir, "banner.html")
	s.run("campaign", "promo", "Volte sempre", "--source", "flyer", "--html-snippet", other, "--qr", filepath.Join(dir, "qr.png"), "--json").refused(cli.ExitUsage, cli.CodeFileThere)
	if _, err := os.Stat(other); err == nil {
		t.Error("the banner was written although the picture could not be")
	}
	s.run("campaign", "promo", "Volte sempre", "--source", "flyer", "--html-snippet", other, "--text").done().says("20 % back", "banner.html")
}
