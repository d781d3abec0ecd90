package engine

// CodeLabelWeight says that a barcode carries a weight while its product is sold
// by the piece; with name and weight (thousandths).
const CodeLabelWeight Code = "label_weight"

// CodeWeightNeeded says that something sold by weight was rung up without its
// weight; with name.
const CodeWeightNeeded Code = "weight_needed"

// Line is the line of a basket for what was found. times says how much of it,
// in thousandths of a piece or of WeightUnit; 0 is one piece, or the weight or
// price that its barcode carried. CodeQuantity for parts of a piece and for too
// many, CodeWeightNeeded where a weight is missing, CodeLabelWeight where the
// barcode carried one of something that is not weighed.
func (f Found) Line(times int64) (Line, error) {
	p := f.Product
	l := Line{
		SKU: p.SKU, Name: p.Name, Category: p.Category, Brand: p.Brand, Tags: p.Tags, Units: 1,
		Price: p.Price, Floor: p.Floor, Cost: p.Cost, NoDiscount: p.NoDiscount,
	}
	switch {
	case !p.Weighed && f.Weight > 0:
		return l, BadInput(CodeLabelWeight, "name", p.Name, "weight", f.Weight)
	case p.Weighed && times == 0 && f.Weight == 0 && f.Price > 0:
		return l.priced(f.Price)
	case p.Weighed && times == 0 && f.Weight == 0:
		return l, BadInput(CodeWeightNeeded, "name", p.Name)
	case p.Weighed && times == 0:
		times = f.Weight
	case times == 0:
		times = WeightUnit
	}
	if times < 0 || times > MaxUnits*WeightUnit || !p.Weighed && times%WeightUnit != 0 {
		return l, BadInput(CodeQuantity, "most", MaxUnits)
	}
	if p.Weighed {
		l.Weight = times
	} else {
		l.Units = times / WeightUnit
	}
	return l, nil
}

// priced makes the line one piece at the price that its barcode carried; its
// floor and cost are for as much of it as that price buys.
func (l Line) priced(price Minor) (Line, error) {
	if l.Price > 0 {
		var err error
		if l.Floor, err = Share(l.Floor, price, l.Price, HalfUp); err != nil {
			return l, err
		}
		if l.Cost, err = Share(l.Cost, price, l.Price, HalfUp); err != nil {
			return l, err
		}
	}
	l.Price = price
	return l, nil
}
