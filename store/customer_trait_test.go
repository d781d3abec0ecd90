package store

import (
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

func TestCustomerTraits(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "Maria Souza").Sale.CustomerID
	c, err := s.EditCustomer(bgc, s.as(engine.Manager), engine.CustomerEdit{
		ID: id, Groups: &[]string{" VIP ", "vip", "", "Club"}, Tier: ptr("  Gold  card "), Birth: ptr(11),
	})
	s.ok(err)
	same := func(name string, c engine.Customer) {
		t.Helper()
		if !slices.Equal(c.Groups, []string{"VIP", "Club"}) || c.Tier != "Gold card" || c.Birth != 11 || c.Name != "Maria Souza" {
			t.Errorf("%s: %+v", name, c)
		}
	}
	same("edited", c)
	v, err := s.Customer(bgc, s.owner, id)
	s.ok(err)
	same("read", v.Customer)
	found, err := s.FindCustomers(bgc, s.owner, engine.CustomerQuery{Phone: maria})
	s.ok(err)
	same("found", found[0])
	for _, search := range []string{"", "maria", "4321"} {
		page, err := s.Customers(bgc, s.owner, engine.Filter{Search: search})
		s.ok(err)
		same("listed by "+search, page.Items[0])
	}
	s.sell(s.owner, maria, "")
	v, err = s.Customer(bgc, s.owner, id)
	s.ok(err)
	same("after a sale", v.Customer)
	p := v.Customer.Person(v.Customer.LastDay)
	if p.Sales != 2 || p.Tier != "Gold card" || p.Birth != 11 || len(p.Groups) != 2 {
		t.Errorf("person %+v", p)
	}
	log, err := s.Audit(bgc, s.owner, engine.Filter{State: "customer"})
	s.ok(err)
	if len(log.Items) != 1 || log.Items[0].Detail != "groups=changed; tier=changed; birth=changed" {
		t.Errorf("log %+v", log.Items)
	}
	c, err = s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: id, Groups: &[]string{}, Birth: ptr(0)})
	s.ok(err)
	if c.Groups != nil || c.Birth != 0 || c.Tier != "Gold card" {
		t.Errorf("taken away: %+v", c)
	}
}

func TestCustomerTraitsRefused(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "Maria Souza").Sale.CustomerID
	many := strings.Split(strings.Repeat("a,", 20)+"b", ",")
	for i := range many {
		many[i] += strings.Repeat("x", i)
	}
	for _, c := range []struct {
		edit  engine.CustomerEdit
		actor engine.Actor
		code  engine.Code
	}{
		{engine.CustomerEdit{Groups: &[]string{"a"}}, s.as(engine.Cashier), engine.CodeForbidden},
		{engine.CustomerEdit{Tier: ptr("a")}, s.as(engine.Cashier), engine.CodeForbidden},
		{engine.CustomerEdit{Birth: ptr(1)}, s.as(engine.Cashier), engine.CodeForbidden},
		{engine.CustomerEdit{Groups: &many}, s.owner, engine.CodeCustomerGroup},
		{engine.CustomerEdit{Groups: &[]string{strings.Repeat("é", 61)}}, s.owner, engine.CodeCustomerGroup},
		{engine.CustomerEdit{Groups: &[]string{"a\x1bb"}}, s.owner, engine.CodeCustomerGroup},
		{engine.CustomerEdit{Tier: ptr(strings.Repeat("é", 61))}, s.owner, engine.CodeCustomerGroup},
		{engine.CustomerEdit{Birth: ptr(13)}, s.owner, engine.CodeCustomerBirth},
		{engine.CustomerEdit{Birth: ptr(-1)}, s.owner, engine.CodeCustomerBirth},
	} {
		c.edit.ID = id
		_, err := s.EditCustomer(bgc, c.actor, c.edit)
		s.refused(err, c.code)
	}
}

func TestForgetCustomerTraits(t *testing.T) {
	s := newShop(t, "")
	id := s.sell(s.owner, maria, "Maria Souza").Sale.CustomerID
	_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: id, Groups: &[]string{"Diabetics"}, Tier: ptr("Platinum"), Birth: ptr(5)})
	s.ok(err)
	s.ok(s.ForgetCustomer(bgc, s.owner, id, "asked"))
	v, err := s.Customer(bgc, s.owner, id)
	s.ok(err)
	if c := v.Customer; c.Groups != nil || c.Tier != "" || c.Birth != 0 || c.Visits != 1 {
		t.Errorf("%+v", c)
	}
	s.lacks("Diabetics", "Platinum")
}

func TestImportCustomerTraits(t *testing.T) {
	s := newShop(t, "")
	rows := []engine.ImportCustomer{
		{Line: 2, Number: "1", Name: "Ana", Groups: []string{"VIP", "vip "}, Tier: "Gold", Birth: 3},
		{Line: 3, Number: "2", Name: "Bia", Birth: 13},
		{Line: 4, Number: "1"}, // says nothing new
		{Line: 5, Number: "1", Tier: "Silver"},
	}
	out, err := s.ImportCustomers(bgc, s.owner, rows)
	s.ok(err)
	for i, want := range []bool{true, false, false, true} {
		if out[i].Added != want || (out[i].Err != nil) != (i == 1) {
			t.Errorf("row %d: %+v", i+2, out[i])
		}
	}
	s.refused(out[1].Err, engine.CodeCustomerBirth)
	found, err := s.FindCustomers(bgc, s.owner, engine.CustomerQuery{Number: "1"})
	s.ok(err)
	if c := found[0]; !slices.Equal(c.Groups, []string{"VIP"}) || c.Tier != "Silver" || c.Birth != 3 {
		t.Errorf("%+v", c)
	}
	again, err := s.ImportCustomers(bgc, s.owner, rows[3:])
	s.ok(err)
	if again[0].Added {
		t.Error("the same row again is new")
	}
	if found, _ := s.FindCustomers(bgc, s.owner, engine.CustomerQuery{Number: "2"}); len(found) != 0 {
		t.Error("a refused row made a customer")
	}
}
