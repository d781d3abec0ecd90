package engine

import (
	"fmt"
	"testing"
)

func TestLineOfAProduct(t *testing.T) {
	bag := Product{SKU: "A", Name: "Bag", Price: 2490, Floor: 2000, Cost: 1000, NoDiscount: true}
	cheese := Product{SKU: "Q", Name: "Cheese", Price: 8990, Floor: 7000, Cost: 5000, Weighed: true}
	for _, c := range []struct {
		found Found
		times int64
		want  string
	}{
		{Found{Product: bag}, 0, "1×2490 0 floor 2000 cost 1000"},
		{Found{Product: bag}, 3000, "3×2490 0 floor 2000 cost 1000"},
		{Found{Product: bag}, 1500, "quantity_range"},
		{Found{Product: bag}, -1000, "quantity_range"},
		{Found{Product: bag}, MaxUnits * 1000, "100000×2490 0 floor 2000 cost 1000"},
		{Found{Product: bag}, MaxUnits*1000 + 1000, "quantity_range"},
		{Found{Product: bag, Weight: 1250}, 0, "label_weight"},
		{Found{Product: cheese}, 0, "weight_needed"},
		{Found{Product: cheese}, 350, "1×8990 350 floor 7000 cost 5000"},
		{Found{Product: cheese, Weight: 1250}, 0, "1×8990 1250 floor 7000 cost 5000"},
		{Found{Product: cheese, Price: 899}, 0, "1×899 0 floor 700 cost 500"},
		{Found{Product: Product{SKU: "F", Weighed: true}, Price: 5}, 0, "1×5 0 floor 0 cost 0"},
	} {
		l, err := c.found.Line(c.times)
		got := fmt.Sprintf("%d×%d %d floor %d cost %d", l.Units, l.Price, l.Weight, l.Floor, l.Cost)
		if err != nil {
			got = string(CodeOf(err))
		}
		if got != c.want || l.SKU != c.found.Product.SKU || l.NoDiscount != c.found.Product.NoDiscount {
			t.Errorf("%d of %s: %s, want %s", c.times, c.found.Product.SKU, got, c.want)
		}
	}
}
