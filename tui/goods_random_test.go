package tui_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/store"
)

// watched is a store that keeps the drafts whose total was not the one that
// the screen showed.
type watched struct {
	*store.DB
	wrong []engine.Draft
}

func (w *watched) RecordSale(ctx context.Context, a engine.Actor, d engine.Draft) (engine.Recorded, error) {
	rec, err := w.DB.RecordSale(ctx, a, d)
	if engine.CodeOf(err) == engine.CodePriceChanged {
		w.wrong = append(w.wrong, d)
	}
	return rec, err
}

// TestAnyKeysWithGoods presses any keys and scans anything in any order: no
// frame overflows, nothing panics, and the total on the screen is always the
// one that the store works out.
func TestAnyKeysWithGoods(t *testing.T) {
	keys := []string{
		"enter", "enter", "enter", "esc", "tab", "up", "down", "left", "right", "-", "delete", "backspace", "y", "n", "=", "*",
		"f1", "f2", "f3", "f4", "f5", "f8", "f8", "f9", "f10", "f12", "ctrl+s", "ctrl+y", "3", ",", "c",
	}
	texts := []string{maria, "250", "3*", "0,35*", "=2", "=0,4", "2*C1", "0,5*cheese", "caf", "1001", "5", "SUMMER10", "x", "00017"}
	sold, lines := 0, 0
	for seed := range uint64(4) {
		k := openTill(t)
		w := &watched{DB: k.db}
		k.opt.Shop = w
		a := k.brazil("", with(engine.SetPayments, "cash, card"), with(engine.SetDelivery, "courier"), with(engine.SetWeightCodes, "20"), with(engine.SetPriceCodes, "21"))
		k.catalogue(a)
		k.offer(a, "Second at half", secondHalf)
		k.offer(a, "Mug", freeMug)
		k.offer(a, "Summer", engine.Offer{Kind: engine.KindOrderPercent, Code: "SUMMER10", Cut: engine.Cut{Percent: 1000}})
		k.offer(a, "By card", engine.Offer{Kind: engine.KindItemPercent, Cut: engine.Cut{Percent: 333}, When: engine.Threshold{Payments: []string{"card"}}})
		k.offer(a, "Courier", engine.Offer{Kind: engine.KindDeliveryFree, When: engine.Threshold{MinAmount: 60_00}})
		k.start(80, 24)
		scans := []string{coffee, coffee, sugar, mug, nobodys, ean("200001700350"), ean("210001700899"), "POS-1", "C1"}
		rng := rand.New(rand.NewPCG(seed, 11)) //nolint:gosec // the keys of a test
		for range 150 {
			switch n := rng.IntN(40); {
			case n < 14:
				k.press(keys[rng.IntN(len(keys))])
			case n < 20:
				k.enter(texts[rng.IntN(len(texts))])
			case n < 31:
				k.scan(scans[rng.IntN(len(scans))])
			case n < 35:
				k.press("f8", "esc", "enter", "enter")
			case n < 38:
				k.pass(time.Duration(rng.IntN(3000)) * time.Millisecond)
			default:
				k.send(tea.WindowSizeMsg{Width: 1 + rng.IntN(130), Height: 1 + rng.IntN(45)})
			}
		}
		for _, size := range [][2]int{{20, 5}, {40, 12}, {80, 24}} {
			k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			fits(t, k.app.View(), size[0], size[1])
		}
		for _, d := range w.wrong {
			t.Errorf("seed %d: another total was shown for %+v", seed, d)
		}
		for _, s := range k.sales(a) {
			full, err := k.db.Sale(bg, a, s.ID)
			if err != nil {
				t.Fatal(err)
			}
			sold++
			lines += len(full.Lines)
		}
		if findings, err := k.db.Check(bg, a); err != nil || len(findings) > 0 {
			t.Errorf("seed %d: %v, %v", seed, findings, err)
		}
	}
	if sold < 12 || lines < 24 {
		t.Errorf("only %d sales of %d lines came about", sold, lines)
	}
}
