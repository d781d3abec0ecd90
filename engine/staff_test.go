package engine

import (
	"reflect"
	"strings"
	"testing"
)

func TestPermissions(t *testing.T) {
	for p, who := range map[Permission][]Role{ // the least powerful first
		MaySell:          {Salesperson, Cashier, Manager, Owner},
		MaySeeAll:        {Cashier, Manager, Owner},
		MayVoid:          {Manager, Owner},
		MayEditCustomers: {Manager, Owner},
		MayEditCoupons:   {Manager, Owner},
		MaySeeAudit:      {Manager, Owner},
		MayExport:        {Manager, Owner},
		MayEditCampaigns: {Owner},
		MayEditSettings:  {Owner},
		MayEditStaff:     {Owner},
		MayImport:        {Owner},
		"fly":            nil,
	} {
		if got := WhoMay(p); !reflect.DeepEqual(got, who) {
			t.Errorf("%s: %v, want %v", p, got, who)
		}
		for _, r := range append([]Role{"", "guest"}, Roles...) {
			may := false
			for _, w := range who {
				may = may || w == r
			}
			err := Actor{Role: r}.Need(p)
			if r.May(p) != may || (err == nil) != may {
				t.Errorf("%q to %s: %v, %v; want %v", r, p, r.May(p), err, may)
			}
		}
	}
}

func TestForbiddenSaysWhoMay(t *testing.T) {
	err := Actor{Role: Cashier}.Need(MayVoid)
	want := Args{"permission": MayVoid, "role": Cashier, "who": []Role{Manager, Owner}}
	if CodeOf(err) != CodeForbidden || ClassOf(err) != Rule || !reflect.DeepEqual(argsOf(err), want) {
		t.Errorf("%v, want %v", err, want)
	}
}

func TestCheckPIN(t *testing.T) {
	for pin, good := range map[string]bool{
		"": true, "1234": true, "0000": true, "123456789012": true, "123": false, "1234567890123": false,
		"12a4": false, "12 34": false, "１２３４": false, "-1234": false,
	} {
		if err := CheckPIN(pin); (err == nil) != good || err != nil && (CodeOf(err) != CodePINFormat || ClassOf(err) != Input) {
			t.Errorf("%q: %v", pin, err)
		}
	}
}

func TestStaffEditCheck(t *testing.T) {
	short, fine, none := "12", "1234", ""
	for name, c := range map[string]struct {
		edit StaffEdit
		want Code
	}{
		"good":          {StaffEdit{Name: "Ana", Role: Cashier}, ""},
		"with a PIN":    {StaffEdit{Name: "Ana", Role: Owner, PIN: &fine}, ""},
		"PIN away":      {StaffEdit{Name: "Ana", Role: Manager, PIN: &none}, ""},
		"short PIN":     {StaffEdit{Name: "Ana", Role: Salesperson, PIN: &short}, CodePINFormat},
		"no name":       {StaffEdit{Name: "  ", Role: Cashier}, CodeStaffName},
		"longest name":  {StaffEdit{Name: strings.Repeat("é", 25), Role: Cashier}, ""},
		"name too long": {StaffEdit{Name: strings.Repeat("é", 26), Role: Cashier}, CodeStaffName},
		"control":       {StaffEdit{Name: "A\x1bna", Role: Cashier}, CodeStaffName},
		"no role":       {StaffEdit{Name: "Ana"}, CodeBadRole},
		"another role":  {StaffEdit{Name: "Ana", Role: "boss"}, CodeBadRole},
	} {
		if err := c.edit.Check(); CodeOf(err) != c.want || err != nil && ClassOf(err) != Input {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
