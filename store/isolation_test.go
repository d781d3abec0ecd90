package store

import (
	"reflect"
	"strings"
	"testing"

	"bounceback/engine"
)

// TestOneStoreSeesNothingOfAnother asks for everything of one store as the
// owner of another one in the same file.
func TestOneStoreSeesNothingOfAnother(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, "+5511987654321", "Maria Souza")
	bia := s.hire("Bia", engine.Cashier, "")
	other, _ := s.found("Loja Dois", "")
	page, err := s.Campaigns(bgc, s.owner, engine.Filter{})
	s.ok(err)
	campaign := page.Items[0]
	saleID, couponID, customerID, messageID := sold.Sale.ID, sold.Issued.ID, sold.Sale.CustomerID, sold.Message.ID
	name := "Eva"
	last := func(_ any, err error) error { return err }
	for what, c := range map[string]struct {
		err  error
		code engine.Code
	}{
		"sale":         {last(s.Sale(bgc, other, saleID)), engine.CodeSaleUnknown},
		"void":         {last(s.ReverseSale(bgc, other, engine.Reversal{SaleID: saleID, Reason: "x"})), engine.CodeSaleUnknown},
		"code":         {last(s.CheckCoupon(bgc, other, sold.Issued.Code, 0, engine.ID{})), engine.CodeCouponUnknown},
		"void coupon":  {last(s.VoidCoupon(bgc, other, couponID, "x")), engine.CodeCouponUnknown},
		"reserve":      {s.Reserve(bgc, other, couponID), engine.CodeCouponUnknown},
		"customer":     {last(s.Customer(bgc, other, customerID)), engine.CodeCustomerUnknown},
		"edit":         {last(s.EditCustomer(bgc, other, engine.CustomerEdit{ID: customerID, Name: &name})), engine.CodeCustomerUnknown},
		"forget":       {s.ForgetCustomer(bgc, other, customerID, "x"), engine.CodeCustomerUnknown},
		"message":      {last(s.Message(bgc, other, messageID)), engine.CodeMessageUnknown},
		"resend":       {last(s.ResendMessage(bgc, other, messageID)), engine.CodeMessageUnknown},
		"campaign":     {last(s.Campaign(bgc, other, campaign.ID)), engine.CodeCampaignUnknown},
		"set campaign": {last(s.SetCampaignState(bgc, other, campaign.ID, engine.CampaignPaused)), engine.CodeCampaignUnknown},
		"staff":        {last(s.SaveStaff(bgc, other, engine.StaffEdit{ID: bia.ID, Name: "X", Role: engine.Owner, Active: true})), engine.CodeStaffUnknown},
		"sale to its customer": {
			last(s.RecordSale(bgc, other, engine.Draft{Amount: 100, Customer: engine.CustomerRef{ID: customerID}})), engine.CodeCustomerUnknown,
		},
		"redeem": {
			last(s.RecordSale(bgc, other, engine.Draft{Amount: 100, Use: engine.UseCode, Code: sold.Issued.Code})), engine.CodeCouponUnknown,
		},
	} {
		if got := engine.CodeOf(c.err); got != c.code {
			t.Errorf("%s: %v, want %s", what, c.err, c.code)
		}
	}
	if c, _, err := s.Coupon(bgc, other, couponID); engine.CodeOf(err) != engine.CodeCouponUnknown || c.Face != 0 {
		t.Errorf("coupon: %v, %v", c, err)
	}
	s.sameEmptyLists(other, sold)
}

// sameEmptyLists looks that another store's lists, searched for what is there,
// hold nothing.
func (s *shop) sameEmptyLists(other engine.Actor, sold engine.Recorded) {
	s.t.Helper()
	size := func(page any, err error) int {
		s.ok(err)
		return reflect.ValueOf(page).FieldByName("Items").Len()
	}
	c := sold.Sale.CustomerID
	for what, n := range map[string]int{
		"sales":      size(s.Sales(bgc, other, engine.Filter{})),
		"sales of":   size(s.Sales(bgc, other, engine.Filter{CustomerID: c})),
		"coupons":    size(s.Coupons(bgc, other, engine.Filter{SaleID: sold.Sale.ID})),
		"customers":  size(s.Customers(bgc, other, engine.Filter{})),
		"by name":    size(s.Customers(bgc, other, engine.Filter{Search: "maria"})),
		"by phone":   size(s.Customers(bgc, other, engine.Filter{Search: "+5511987654321"})),
		"messages":   size(s.Messages(bgc, other, engine.Filter{})),
		"message of": size(s.Messages(bgc, other, engine.Filter{CouponID: sold.Issued.ID})),
	} {
		if n != 0 {
			s.t.Errorf("%s: %d rows", what, n)
		}
	}
	for _, q := range []engine.CustomerQuery{{Phone: "+5511987654321"}, {Last4: "4321"}, {Name: "maria"}} {
		if found, err := s.FindCustomers(bgc, other, q); err != nil || len(found) != 0 {
			s.t.Errorf("%+v: %v, %v", q, found, err)
		}
	}
	log, err := s.Audit(bgc, other, engine.Filter{})
	s.ok(err)
	for _, e := range log.Items {
		if strings.HasPrefix(e.Action, "sale.") {
			s.t.Errorf("log: %+v", e)
		}
	}
}

// TestRolesAreAskedFor calls what not everybody may, as those who may not.
func TestRolesAreAskedFor(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, "+5511987654321", "Maria")
	name := "Eva"
	calls := map[string]struct {
		may  []engine.Role
		call func(engine.Actor) error
	}{
		"staff": {[]engine.Role{engine.Owner}, func(a engine.Actor) error {
			_, err := s.SaveStaff(bgc, a, engine.StaffEdit{Name: "X", Role: engine.Cashier})
			return err
		}},
		"store":  {[]engine.Role{engine.Owner}, func(a engine.Actor) error { _, err := s.SaveStore(bgc, a, s.store); return err }},
		"audit":  {[]engine.Role{engine.Owner, engine.Manager}, func(a engine.Actor) error { _, err := s.Audit(bgc, a, engine.Filter{}); return err }},
		"verify": {[]engine.Role{engine.Owner, engine.Manager}, func(a engine.Actor) error { _, err := s.VerifyAudit(bgc, a); return err }},
		"check":  {[]engine.Role{engine.Owner, engine.Manager}, func(a engine.Actor) error { _, err := s.Check(bgc, a); return err }},
		"backup": {[]engine.Role{engine.Owner, engine.Manager}, func(a engine.Actor) error { return s.Backup(bgc, a, t.TempDir()+"/b.db") }},
		"name": {[]engine.Role{engine.Owner, engine.Manager}, func(a engine.Actor) error {
			_, err := s.EditCustomer(bgc, a, engine.CustomerEdit{ID: sold.Sale.CustomerID, Name: &name})
			return err
		}},
		"consent": {engine.Roles, func(a engine.Actor) error {
			_, err := s.EditCustomer(bgc, a, engine.CustomerEdit{ID: sold.Sale.CustomerID, Consent: ptr(engine.ConsentYes)})
			return err
		}},
		"nobody": {nil, func(a engine.Actor) error {
			a.Role = ""
			_, err := s.Customer(bgc, a, sold.Sale.CustomerID)
			return err
		}},
	}
	for what, c := range calls {
		for _, role := range engine.Roles {
			err := c.call(s.as(role))
			may := false
			for _, r := range c.may {
				may = may || r == role
			}
			if may != (err == nil) || !may && engine.CodeOf(err) != engine.CodeForbidden {
				t.Errorf("%s as %s: %v", what, role, err)
			}
		}
	}
}

// TestSalespersonSeesOwnTexts: a salesperson sees the texts of their own sales.
func TestSalespersonSeesOwnTexts(t *testing.T) {
	s := newShop(t, "")
	eva := s.as(engine.Salesperson)
	who := s.hire("Eva", engine.Salesperson, "")
	eva.StaffID, eva.Staff = who.ID, who.Name
	theirs, own := s.sell(s.owner, "+5511987654321", "Maria"), s.sell(eva, "+5511912345678", "Rui")
	page, err := s.Messages(bgc, eva, engine.Filter{})
	s.ok(err)
	for _, m := range page.Items {
		if m.CouponID != own.Issued.ID {
			t.Errorf("%+v", m)
		}
	}
	if len(page.Items) == 0 {
		t.Error("none of their own")
	}
	_, err = s.Message(bgc, eva, theirs.Message.ID)
	s.refused(err, engine.CodeMessageUnknown)
	_, err = s.ResendMessage(bgc, eva, theirs.Message.ID)
	s.refused(err, engine.CodeMessageUnknown)
	_, err = s.Message(bgc, eva, own.Message.ID)
	s.ok(err)
}
