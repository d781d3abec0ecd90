package cli

import "bounceback/engine"

// productDTO is a product. Stock is pieces, or thousandths of what is weighed.
type productDTO struct {
	ID           string   `json:"id"`
	SKU          string   `json:"sku"`
	Barcodes     []string `json:"barcodes"`
	Name         string   `json:"name"`
	Category     *string  `json:"category"`
	Brand        *string  `json:"brand"`
	Tags         []string `json:"tags"`
	Price        int64    `json:"price_minor"`
	Floor        int64    `json:"floor_minor"` // 0: none
	Cost         int64    `json:"cost_minor"`  // 0: unknown
	Weighed      bool     `json:"weighed"`
	Discountable bool     `json:"discountable"`
	Stock        *int64   `json:"stock"` // null: not counted
	Active       bool     `json:"active"`
	CreatedAt    *string  `json:"created_at"`
	UpdatedAt    *string  `json:"updated_at"`
}

func (a *app) productDTO(p engine.Product) productDTO {
	d := productDTO{
		ID: p.ID.String(), SKU: p.SKU, Barcodes: orEmpty(p.Barcodes), Name: p.Name, Category: text(p.Category), Brand: text(p.Brand),
		Tags: orEmpty(p.Tags), Price: int64(p.Price), Floor: int64(p.Floor), Cost: int64(p.Cost), Weighed: p.Weighed,
		Discountable: !p.NoDiscount, Active: p.Active, CreatedAt: a.timeText(p.Created), UpdatedAt: a.timeText(p.Updated),
	}
	if p.Counted {
		d.Stock = &p.Stock
	}
	return d
}
