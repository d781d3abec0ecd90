package store

import (
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"bounceback/engine"
)

// growing are the tables that grow with the shop. None may be read from end to
// end, and no statement may sort what it reads.
var growing = map[string]bool{
	"sale": true, "coupon": true, "customer": true, "customer_word": true, "message": true, "audit": true, "consent": true,
	"coupon_event": true, "sale_return": true, "coupon_summary": true, "day_summary": true, "verification": true,
	"product": true, "product_barcode": true, "product_word": true,
	"sale_line": true, "sale_offer": true, "sale_charge": true, "offer_use_customer": true,
	"suppression": true, "text_summary": true, "till_summary": true, "lookup_miss": true, "alert": true, "gap_summary": true, "redeem_summary": true, "cohort_summary": true, "coupon_slice": true, "gap_total": true,
	"held_back": true, "trial": true, "trial_summary": true,
}

// wholeTables are the statements that may, and why.
var wholeTables = map[statement]string{
	checkDays:          "the check command recomputes every sum",
	checkCoupons:       "the check command recomputes every sum",
	checkUsed:          "the check command recomputes every sum",
	checkCustomers:     "the check command recomputes every sum",
	checkEarning:       "the check command looks at every pair",
	checkEarned:        "the check command looks at every pair",
	checkRedeeming:     "the check command looks at every pair",
	checkRedeemed:      "the check command looks at every pair",
	checkRefunds:       "the check command looks at every return",
	checkUses:          "the check command recomputes every sum",
	checkUsesOf:        "the check command recomputes every sum",
	checkLines:         "the check command looks at every line",
	checkOffers:        "the check command looks at every offer of a sale",
	checkCharges:       "the check command looks at every charge",
	checkTexts:         "the check command recomputes every sum",
	checkSlices:        "the check command recomputes every sum",
	checkCouponTexts:   "the check command recomputes every sum",
	checkGapTotals:     "the check command recomputes every sum",
	checkAgain:         "the check command recomputes every sum",
	slicesByCampaign:   "a row for each campaign and day, not for each coupon",
	slicesByDay:        "a row for each campaign and day, not for each coupon",
	slicesByRegister:   "a row for each campaign, day, cashier and till, not for each coupon",
	slicesByStaff:      "a row for each campaign, day, cashier and till, not for each coupon",
	slicesBySource:     "a row for each campaign, day, cashier and till, not for each coupon",
	slicesByAd:         "a row for each campaign, day, cashier and till, not for each coupon",
	checkGaps:          "the check command recomputes every sum",
	checkRedeemDays:    "the check command recomputes every sum",
	checkCohorts:       "the check command recomputes every sum",
	checkBefore:        "the check command recomputes every sum",
	customersWhoBought: "the report of segments looks at each customer",
	checkStarts:        "the check command recomputes every trial",
	checkTrialSums:     "the check command recomputes every sum",
	checkHeld:          "the check command looks at every sale that was held back",
	checkTills:         "the check command recomputes every sum",
	checkUseless:       "the check command looks at every text",
	checkOwners:        "the check command looks at every text",
	checkLeads:         "the check command looks at every text",
}

var (
	scanLine    = regexp.MustCompile(`^SCAN (\S+)`)
	searchLine  = regexp.MustCompile(`^SEARCH (\S+) USING (?:COVERING )?(?:INDEX \S+|PRIMARY KEY) \(([^)]*)\)`)
	placeholder = regexp.MustCompile(`\$(\d+)`)
	aliasOf     = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+([a-z_]+)(?:\s+(?:AS\s+)?([a-z]+))?`)
)

// askEverything calls the lists with every filter, so that the statements they
// build are declared.
func askEverything(s *shop) {
	id := s.owner.StoreID
	var filters []engine.Filter
	for _, state := range []string{"", "active", "pending", "reserved", "expired", "redeemed", "voided", "unknown", "queued", "current", "open", "dismissed", "due", "held", "planned", "delivered", "failed", "yes", "sale"} {
		for _, search := range []string{"", "Maria", "4321", "+5511987654321", "K7PM4T9Q", "7"} {
			filters = append(filters, engine.Filter{State: state, Search: search})
		}
		for _, f := range []engine.Filter{{CustomerID: id}, {CampaignID: id}, {StaffID: id}, {SaleID: id}, {CouponID: id}, {Segment: engine.SegmentLost, Grades: engine.Grades{Known: true}}, {From: 20000, To: 30000}} {
			f.State = state
			filters = append(filters, f)
		}
	}
	for _, a := range []engine.Actor{s.owner, s.as(engine.Salesperson)} {
		for _, f := range filters {
			for _, after := range []listKind{0, saleList, couponList, customerList, messageList, dueList, auditList, alertList} {
				if f.After = ""; after != 0 {
					f.After = after.mark(id[:])
				}
				switch after {
				case auditList:
					f.After = after.mark(number(7))
				case dueList:
					f.After = after.mark(dueKey(7, id))
				}
				_, _ = s.Sales(bgc, a, f)
				_, _ = s.Coupons(bgc, a, f)
				_, _ = s.Customers(bgc, a, f)
				_, _ = s.Messages(bgc, a, f)
				_, _ = s.Audit(bgc, a, f)
				_, _ = s.Campaigns(bgc, a, f)
				_, _ = s.Products(bgc, a, f)
				_, _ = s.Alerts(bgc, a, f)
			}
		}
	}
}

// TestQueryPlans reads the plan of every statement of the package.
func TestQueryPlans(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	s := newShop(t, "")
	askEverything(s)
	all := statements()
	if len(all) < 100 {
		t.Fatalf("only %d statements", len(all))
	}
	for _, q := range all {
		if trimmed := strings.TrimRight(string(q), " \n\t;"); trimmed != string(q) {
			t.Errorf("the driver takes %q for a script: it ends in a space", q)
		}
		for _, fault := range planFaults(t, s.writer.db, q) {
			if wholeTables[q] == "" {
				t.Errorf("%s\n%s\n", fault, q)
			}
		}
	}
}

// planFaults tells what of a statement's plan grows with the shop.
func planFaults(t *testing.T, db *sql.DB, q statement) (faults []string) {
	t.Helper()
	if strings.HasPrefix(string(q), "PRAGMA") {
		return nil
	}
	names := tablesOf(q)
	for _, line := range explainPlan(t, db, q) {
		if m := scanLine.FindStringSubmatch(line); m != nil && growing[names[m[1]]] {
			faults = append(faults, line)
		}
		if m := searchLine.FindStringSubmatch(line); m != nil && growing[names[m[1]]] && walks(m[2], q) {
			faults = append(faults, line+" reads all of a store's rows")
		}
		if strings.Contains(line, "TEMP B-TREE") || strings.Contains(line, "AUTOMATIC") {
			faults = append(faults, line)
		}
	}
	return faults
}

// walks tells whether a search by these columns reads all rows of a store. A
// list that is filtered does, until its page is full. ANY() is a search for
// every value of a column; stores are few, the values of others are not.
func walks(columns string, q statement) bool {
	page := strings.Contains(string(q), "ORDER BY") && strings.Contains(string(q), "LIMIT")
	every := strings.Contains(strings.ReplaceAll(columns, "ANY(store_id)", ""), "ANY(")
	return columns == "store_id=?" && !page && boundedByStore[q] == "" || every
}

// boundedByStore are the statements that read all of a store's rows of a table,
// or of an index, and why there are few.
var boundedByStore = map[statement]string{
	couponsEnded:      "a row for each campaign and day, not for each coupon",
	gapTotals:         "a row for each number of days between sales",
	stillWaiting:      "a row for each day",
	couponsOwed:       "a row for each campaign and day, not for each coupon",
	overviewCoupons:   "a row for each campaign and day, not for each coupon",
	overviewAlerts:    "the index holds the alerts alone that nobody has settled",
	textsUnknown:      "the index holds the texts alone that a person has to decide about",
	textsHeld:         "the index holds the texts alone that are held back",
	messagesLookAgain: "the index holds the texts alone that are held back",
	carrierListed:     "the index holds the numbers alone that the carrier lists, which are compared with its list",
	verificationOld:   "holds the phones texted within ten minutes, since it is what deletes the others",
}

func explainPlan(t *testing.T, db *sql.DB, q statement) (lines []string) {
	t.Helper()
	most := 0
	for _, m := range placeholder.FindAllStringSubmatch(string(q), -1) {
		var n int
		_, _ = fmt.Sscan(m[1], &n)
		most = max(most, n)
	}
	rows, err := db.Query("EXPLAIN QUERY PLAN "+string(q), make([]any, most)...)
	if err != nil {
		t.Fatalf("%v in\n%s", err, q)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(new(int), new(int), new(int), &line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

// tablesOf maps the names a plan uses, aliases among them, to tables.
func tablesOf(q statement) map[string]string {
	out := map[string]string{}
	text := strings.ReplaceAll(string(q), "DISTINCT FROM", "<>")
	for _, m := range aliasOf.FindAllStringSubmatch(text, -1) {
		out[m[1]] = m[1]
		if m[2] != "" {
			out[m[2]] = m[1]
		}
	}
	return out
}

// TestPlanFaultsAreSeen shows the reader of plans what it must not let through.
func TestPlanFaultsAreSeen(t *testing.T) {
	s := newShop(t, "")
	for _, q := range []statement{
		`SELECT count(*) FROM sale`,
		`SELECT x.id FROM sale x WHERE x.business = $1`,
		`SELECT id FROM customer WHERE store_id = $1 ORDER BY name`,
		`SELECT k.id FROM coupon k WHERE k.store_id = $1 AND k.face > $2`,
		`UPDATE message SET state = 'queued' WHERE parts = $1`,
		`DELETE FROM customer_word WHERE store_id = $1 AND customer_id = $2`,
	} {
		if len(planFaults(t, s.writer.db, q)) == 0 {
			t.Errorf("no fault is seen in %s", q)
		}
	}
	for q := range wholeTables {
		if len(planFaults(t, s.writer.db, q)) == 0 {
			t.Errorf("needs no exception: %s", q)
		}
	}
}
