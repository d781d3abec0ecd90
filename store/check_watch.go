package store

import (
	"fmt"
	"strings"
)

// idHour is the SQL of hourOf: an id begins with 48 bits of UTC milliseconds,
// the first twelve hexadecimal digits.
func idHour(column string) string {
	var digits []string
	for i := range 12 {
		digits = append(digits, fmt.Sprintf("instr('123456789ABCDEF', substr(hex(%s), %d, 1)) * %d", column, i+1, int64(1)<<(4*(11-i))))
	}
	return "(" + strings.Join(digits, " + ") + fmt.Sprintf(") / %d", msHour)
}

// checkTills recomputes what was done at the tills from the sales and their
// reversals. It reads whole tables, as those of check.go do.
var checkTills = declare(`
SELECT staff_id, register_id, hour, sum(sales), sum(net), sum(issued), sum(redeemed), sum(typed_refs), sum(no_refs),
       sum(voids), sum(redeemed_voids), sum(returns) FROM (
  SELECT x.staff_id AS staff_id, x.register_id AS register_id, ` + idHour("x.id") + ` AS hour, 1 AS sales, x.net AS net,
         CASE WHEN x.issued_id IS NULL THEN 0 ELSE 1 END AS issued, CASE WHEN x.redeemed_id IS NULL THEN 0 ELSE 1 END AS redeemed,
         x.ref_typed AS typed_refs, CASE WHEN x.reference IS NULL THEN 1 ELSE 0 END AS no_refs,
         0 AS voids, 0 AS redeemed_voids, 0 AS returns
    FROM sale x WHERE x.store_id = $1 AND x.origin <> 'import'
  UNION ALL
  SELECT r.staff_id, r.register_id, ` + idHour("r.id") + `, 0, 0, 0, 0, 0, 0,
         CASE WHEN x.state = 'voided' THEN 1 ELSE 0 END,
         CASE WHEN x.state = 'voided' AND x.redeemed_id IS NOT NULL THEN 1 ELSE 0 END,
         CASE WHEN x.state = 'voided' THEN 0 ELSE 1 END
    FROM sale_return r JOIN sale x ON x.store_id = r.store_id AND x.id = r.sale_id WHERE r.store_id = $1
  UNION ALL
  SELECT staff_id, register_id, hour, -sales, -net, -issued, -redeemed, -typed_refs, -no_refs, -voids, -redeemed_voids, -returns
    FROM till_summary WHERE store_id = $1) AS both_sides
 GROUP BY staff_id, register_id, hour
HAVING sum(sales) <> 0 OR sum(net) <> 0 OR sum(issued) <> 0 OR sum(redeemed) <> 0 OR sum(typed_refs) <> 0 OR sum(no_refs) <> 0
    OR sum(voids) <> 0 OR sum(redeemed_voids) <> 0 OR sum(returns) <> 0
 ORDER BY hour, staff_id, register_id LIMIT $2`)
