package store_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

func (s *till) importAll(rows []engine.ImportSale, issue bool) []engine.ImportOutcome {
	s.t.Helper()
	out, err := s.ImportSales(bg, s.actor, rows, issue)
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// count tells how many rows were added, how many earned and how many refused.
func count(out []engine.ImportOutcome) (added, issued, refused int) {
	for _, o := range out {
		if o.Added {
			added++
		}
		if o.Issued {
			issued++
		}
		if o.Err != nil {
			refused++
		}
	}
	return added, issued, refused
}

func pastSale(n int) engine.ImportSale {
	return engine.ImportSale{
		Line: n + 2, Key: fmt.Sprintf("file-%d", n), Number: fmt.Sprintf("%05d", n*7%23), Name: fmt.Sprintf("Cliente %d", n*7%23),
		Business: engine.DayOf(2026, 1, 1) + engine.Day(n*37%300), Amount: engine.Minor(n * 1111 % 50_000), Reference: fmt.Sprintf("A-%d", n),
	}
}

func pastSales(n int) []engine.ImportSale {
	rows := make([]engine.ImportSale, n)
	for i := range rows {
		rows[i] = pastSale(i)
	}
	return rows
}

func TestImportInterruptedAndTakenUpAgain(t *testing.T) {
	rows := pastSales(200)
	whole, broken := openTill(t), openTill(t)
	whole.importAll(rows, true)
	broken.importAll(rows[:80], true)
	broken.open() // as another program, later
	added, issued, _ := count(broken.importAll(rows, true))
	if added != 120 || issued == 0 {
		t.Errorf("the second run added %d of the 120 rows left, %d coupons", added, issued)
	}
	trace := broken.lastAudit().Seq
	for _, run := range []bool{true, false} {
		if added, issued, refused := count(broken.importAll(rows, run)); added+issued+refused != 0 {
			t.Errorf("importing again added %d, issued %d, refused %d", added, issued, refused)
		}
	}
	if e := broken.lastAudit(); e.Seq != trace || e.Action != "import.sales" || e.Origin != engine.FromImport {
		t.Errorf("audit: %+v", e)
	}
	want, err := whole.CampaignReport(bg, whole.actor, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := broken.CampaignReport(bg, broken.actor, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	want[0].CampaignID, got[0].CampaignID = engine.ID{}, engine.ID{}
	if !slices.Equal(got, want) {
		t.Errorf("in two runs %+v\nin one      %+v", got, want)
	}
	whole.sound()
	broken.sound()
}

func TestImportedSalesEarnAsIfTheyHappenedThen(t *testing.T) {
	s := openTill(t)
	old := standard("Antiga")
	old.Terms.Cashback, old.State, old.EndsOn = 9000, engine.CampaignActive, engine.DayOf(2026, 2, 28)
	s.campaign(old)
	rows := []engine.ImportSale{
		{Key: "a", Phone: maria, Business: engine.DayOf(2026, 2, 28), Amount: 100_00},
		{Key: "b", Phone: maria, Business: engine.DayOf(2026, 3, 1), Amount: 181_00},
		{Key: "c", Phone: maria, Business: engine.DayOf(2026, 3, 1), Amount: 0},
		{Key: "d", Business: engine.DayOf(2026, 11, 21), Amount: 50_00},
	}
	added, issued, refused := count(s.importAll(rows, true))
	if added != 4 || issued != 3 || refused != 0 {
		t.Fatalf("added %d, issued %d, refused %d", added, issued, refused)
	}
	page, err := s.Coupons(bg, s.actor, engine.Filter{})
	if err != nil || len(page.Items) != 3 {
		t.Fatalf("%d coupons, %v", len(page.Items), err)
	}
	slices.SortFunc(page.Items, func(a, b engine.Coupon) int { return int(a.Face - b.Face) })
	for i, want := range []struct {
		face engine.Minor
		last string
	}{{10_00, "2027-01-05"}, {37_00, "2026-04-15"}, {90_00, "2026-03-30"}} {
		if c := page.Items[i]; c.Face != want.face || c.LastDay.String() != want.last {
			t.Errorf("coupon %d: face %d until %s, want %d until %s", i, c.Face, c.LastDay, want.face, want.last)
		}
	}
	if m, err := s.Messages(bg, s.actor, engine.Filter{}); err != nil || len(m.Items) != 0 {
		t.Errorf("%d texts queued by an import, %v", len(m.Items), err)
	}
	sales, err := s.Sales(bg, s.actor, engine.Filter{From: engine.DayOf(2026, 2, 28), To: engine.DayOf(2026, 2, 28)})
	if err != nil || len(sales.Items) != 1 || sales.Items[0].At.In(s.store.Zone()).Hour() != 12 {
		t.Errorf("the sale of 28 February: %+v, %v", sales.Items, err)
	}
	s.sound()
}

func TestRefusedRowStopsNoOther(t *testing.T) {
	s := openTill(t)
	d := toMaria(100_00)
	d.Reference = "NF-1"
	s.sell(d)
	day := engine.DayOf(2026, 1, 2)
	bad := []struct {
		row  engine.ImportSale
		code engine.Code
	}{
		{engine.ImportSale{Reference: "NF-1", Business: day, Amount: 1}, engine.CodeReferenceUsed},
		{engine.ImportSale{Phone: "11 98765", Business: day, Amount: 1}, engine.CodePhoneImpossible},
		{engine.ImportSale{Business: day, Amount: -1}, engine.CodeAmountNegative},
		{engine.ImportSale{Business: day, Amount: engine.MaxAmount + 1}, engine.CodeAmountTooLarge},
		{engine.ImportSale{Business: 0, Amount: 1}, engine.CodeBadDate},
		{engine.ImportSale{Business: engine.DayOf(2026, 11, 22), Amount: 1}, engine.CodeDateAhead},
		{engine.ImportSale{Business: day, Amount: 1, Reference: string(make([]rune, engine.MaxReference+1))}, engine.CodeReferenceLong},
		{engine.ImportSale{Business: day, Amount: 1, Number: "a\x00b"}, engine.CodeCustomerNumber},
		{engine.ImportSale{Business: day, Amount: 1, Number: "1", Phone: maria}, ""}, // gives Maria a number
		{engine.ImportSale{Business: day, Amount: 1, Number: "2", Phone: maria}, engine.CodePhoneTaken},
	}
	var rows []engine.ImportSale
	for i, b := range bad {
		good := pastSale(i)
		b.row.Line, b.row.Key = 100+i, fmt.Sprintf("bad-%d", i)
		rows = append(rows, b.row, good)
	}
	out := s.importAll(rows, true)
	for i, b := range bad {
		if o := out[2*i]; engine.CodeOf(o.Err) != b.code || o.Line != 100+i || o.Added != (b.code == "") {
			t.Errorf("row %d: %+v, want %q", i, o, b.code)
		}
		if o := out[2*i+1]; !o.Added || o.Err != nil {
			t.Errorf("the row after it: %+v", o)
		}
	}
	s.sound()
}

func TestCustomersFactsDoNotDependOnTheOrderOfSales(outer *testing.T) {
	rows := pastSales(60)
	rapid.Check(outer, func(t *rapid.T) {
		s := openTill(outer)
		mixed := rapid.Permutation(rows).Draw(t, "order")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		s.importAll(mixed[:cut], false)
		s.sell(engine.Draft{Customer: engine.CustomerRef{Number: "00007"}, Amount: 10_00})
		s.importAll(mixed[cut:], false)
		for number := range 23 {
			checkFacts(t, s, rows, fmt.Sprintf("%05d", number))
		}
	})
}

func checkFacts(t *rapid.T, s *till, rows []engine.ImportSale, number string) {
	var want engine.Customer
	add := func(day engine.Day, amount engine.Minor) {
		if want.Visits == 0 || day < want.FirstDay {
			want.FirstDay = day
		}
		want.LastDay, want.Visits, want.Spent = max(want.LastDay, day), want.Visits+1, want.Spent+amount
	}
	if number == "00007" {
		add(engine.DayOf(2026, 11, 20), 10_00)
	}
	for _, r := range rows {
		if r.Number == number {
			add(r.Business, r.Amount)
		}
	}
	found, err := s.FindCustomers(bg, s.actor, engine.CustomerQuery{Number: number})
	if err != nil || len(found) != min(want.Visits, 1) {
		t.Fatalf("customer %s: %d found, %v", number, len(found), err)
	}
	if len(found) == 0 {
		return
	}
	if c := found[0]; c.Visits != want.Visits || c.FirstDay != want.FirstDay || c.LastDay != want.LastDay || c.Spent != want.Spent {
		t.Fatalf("customer %s: %+v\nwant %+v", number, c, want)
	}
}

func TestImportCustomers(t *testing.T) {
	s := openTill(t)
	said := func(c engine.Consent) engine.ImportCustomer {
		return engine.ImportCustomer{Number: "77", Phone: "+5511987650077", Name: "João  Lima", Consent: c}
	}
	load := func(rows ...engine.ImportCustomer) []engine.ImportOutcome {
		t.Helper()
		out, err := s.ImportCustomers(bg, s.actor, rows)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	find := func() engine.Customer {
		t.Helper()
		found, err := s.FindCustomers(bg, s.actor, engine.CustomerQuery{Name: "joao"})
		if err != nil || len(found) != 1 {
			t.Fatalf("%d found, %v", len(found), err)
		}
		return found[0]
	}
	out := load(said(engine.ConsentUnknown), said(engine.ConsentUnknown), engine.ImportCustomer{Name: "Nobody"}, engine.ImportCustomer{Phone: "x"})
	if !out[0].Added || out[1].Added || out[1].Err != nil ||
		engine.CodeOf(out[2].Err) != engine.CodeCustomerUnknown || engine.CodeOf(out[3].Err) != engine.CodePhoneImpossible {
		t.Fatalf("outcomes %+v", out)
	}
	for _, step := range []struct{ says, then engine.Consent }{
		{engine.ConsentYes, engine.ConsentYes},
		{engine.ConsentNo, engine.ConsentNo},
		{engine.ConsentYes, engine.ConsentNo}, // a file does not undo a no
	} {
		load(said(step.says))
		if c := find(); c.Consent != step.then || c.Name != "João Lima" || c.Phone.E164 != "+5511987650077" {
			t.Errorf("the file says %s: %+v", step.says, c)
		}
	}
	before := s.lastAudit().Seq
	load(said(engine.ConsentNo))
	if e := s.lastAudit(); e.Seq != before || e.Action != "import.customers" {
		t.Errorf("a file with nothing new left a trace: %+v", e)
	}
	s.sound()
}

func TestOnlyTheOwnerImports(t *testing.T) {
	s := openTill(t)
	a := s.hire("Caio", engine.Manager, "Till 1")
	_, err := s.ImportSales(bg, a, pastSales(1), false)
	s.refused(err, engine.CodeForbidden)
	_, err = s.ImportCustomers(bg, a, nil)
	s.refused(err, engine.CodeForbidden)
}

func TestStoresOfOneFileDoNotSeeEachOther(t *testing.T) {
	s := openTill(t)
	d := toMaria(100_00)
	d.Reference, d.Key = "NF-1", "key-1"
	mine := s.sell(d)
	rows := pastSales(20)
	s.importAll(rows, true)

	st, err := engine.NewStore("Casa Verde", "BR")
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.FirstRun(bg, st, "Bia", "", "Till 1", "Volte", engine.FromCounter)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Sale(bg, other, mine.Sale.ID)
	s.refused(err, engine.CodeSaleUnknown)
	_, err = s.SaleByReference(bg, other, "NF-1")
	s.refused(err, engine.CodeSaleUnknown)
	_, err = s.Campaign(bg, other, mine.Issued.CampaignID)
	s.refused(err, engine.CodeCampaignUnknown)
	_, err = s.SetCampaignState(bg, other, mine.Issued.CampaignID, engine.CampaignEnded)
	s.refused(err, engine.CodeCampaignUnknown)
	stolen := standard("Mine now")
	stolen.ID = mine.Issued.CampaignID
	_, err = s.SaveCampaign(bg, other, stolen)
	s.refused(err, engine.CodeCampaignUnknown)
	_, err = s.LastSale(bg, other)
	s.refused(err, engine.CodeNothingToVoid)

	filters := []engine.Filter{
		{}, {CustomerID: mine.Sale.CustomerID}, {CampaignID: mine.Issued.CampaignID}, {StaffID: s.actor.StaffID}, {SaleID: mine.Sale.ID},
	}
	for _, f := range append(filters, engine.Filter{Search: mine.Issued.Code}) {
		if page, err := s.Coupons(bg, other, f); err != nil || len(page.Items) != 0 {
			t.Errorf("%+v shows %d coupons of the other store, %v", f, len(page.Items), err)
		}
	}
	for _, f := range append(filters, engine.Filter{Search: "NF-1"}) {
		if page, err := s.Sales(bg, other, f); err != nil || len(page.Items) != 0 {
			t.Errorf("%+v shows %d sales of the other store, %v", f, len(page.Items), err)
		}
	}
	if desk, err := s.Desk(bg, other); err != nil || desk.Today.Sales != 0 || desk.Texts.Due != 0 || len(desk.Campaigns) != 1 {
		t.Errorf("desk of the other store: %+v, %v", desk, err)
	}
	if r, err := s.CampaignReport(bg, other, 0, 0); err != nil || len(r) != 1 || r[0].Issued != 0 {
		t.Errorf("report of the other store: %+v, %v", r, err)
	}
	// The same keys, numbers and references belong to each store by itself.
	out, err := s.ImportSales(bg, other, rows, true)
	if added, _, refused := count(out); err != nil || added != len(rows) || refused != 0 {
		t.Errorf("the other store added %d of %d rows, %d refused, %v", added, len(rows), refused, err)
	}
	s.sound()
}
