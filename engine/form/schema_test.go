package form

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// judge checks a value against the part of JSON Schema that Schema uses.
type judge struct{ defs map[string]any }

func (j judge) fits(at string, schema map[string]any, v any) error {
	if ref, ok := schema["$ref"].(string); ok {
		return j.fits(at, j.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any), v)
	}
	if options, ok := schema["anyOf"].([]any); ok {
		var err error
		for _, one := range options {
			if err = j.fits(at, one.(map[string]any), v); err == nil {
				return nil
			}
		}
		return err
	}
	if enum, ok := schema["enum"].([]any); ok {
		if !slices.Contains(enum, v) {
			return fmt.Errorf("%s: %v is none of %v", at, v, enum)
		}
		return nil
	}
	return j.typed(at, schema, v)
}

func (j judge) typed(at string, schema map[string]any, v any) error {
	want := schema["type"].(string)
	switch v := v.(type) {
	case map[string]any:
		if want == "object" {
			return j.object(at, schema, v)
		}
	case []any:
		if want == "array" {
			for i, item := range v {
				if err := j.fits(entry(at, i), schema["items"].(map[string]any), item); err != nil {
					return err
				}
			}
			return nil
		}
	case string:
		if pattern, ok := schema["pattern"].(string); want == "string" && (!ok || regexp.MustCompile(pattern).MatchString(v)) {
			return nil
		}
	case json.Number:
		if want == "number" || want == "integer" && !strings.Contains(v.String(), ".") {
			return nil
		}
	case bool:
		if want == "boolean" {
			return nil
		}
	}
	return fmt.Errorf("%s: %v is no %s", at, v, want)
}

func (j judge) object(at string, schema, v map[string]any) error {
	properties, _ := schema["properties"].(map[string]any)
	for name, each := range v {
		property, ok := properties[name].(map[string]any)
		if more, open := schema["additionalProperties"].(map[string]any); open {
			property, ok = more, true
		}
		if !ok {
			return fmt.Errorf("%s is not in the schema", under(at, name))
		}
		if err := j.fits(under(at, name), property, each); err != nil {
			return err
		}
	}
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			return fmt.Errorf("%s has no %s", at, name)
		}
	}
	return nil
}

func loadSchema(t *testing.T) (judge, map[string]any) {
	t.Helper()
	text, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	schema := loadJSON(t, text).(map[string]any)
	return judge{schema["$defs"].(map[string]any)}, schema
}

func loadJSON(t interface{ Fatal(args ...any) }, text []byte) any {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemaFitsWhatIsWritten(t *testing.T) {
	j, _ := loadSchema(t)
	campaign := j.defs["campaign"].(map[string]any)
	rapid.Check(t, func(t *rapid.T) {
		c := drawer{t}.campaign()
		text, err := WriteCampaign(c)
		if err != nil {
			t.Fatal(err)
		}
		if err := j.fits("", campaign, loadJSON(t, text)); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// Every field that the full quote has is in the schema, and the other way
// round; what is wrong with a file is wrong to both.
func TestSchemaFitsQuotes(t *testing.T) {
	j, schema := loadSchema(t)
	full := loadJSON(t, []byte(fullQuote)).(map[string]any)
	if err := j.fits("", schema, full); err != nil {
		t.Error(err)
	}
	for name := range j.defs["quote"].(map[string]any)["properties"].(map[string]any) {
		if _, ok := full[name]; !ok && name != "amount_minor" {
			t.Errorf("the full quote has no %s", name)
		}
	}
	for _, text := range []string{
		`{"basket":[{"sku":1}]}`, `{"basket":{}}`, `{"basket":[],"nowt":1}`, `{"basket":[],"offers":[{"kind":"free"}]}`,
		`{"basket":[],"offers":[{"kind":"gift","limits":{"used":1}}]}`, `{"basket":[{"qty":1.5}]}`, `{"basket":[],"customer":{"since":1}}`,
		`{"basket":[],"offers":[{"threshold":{"all_of":[{"times":"14-15"}]}}]}`,
	} {
		if err := j.fits("", schema, loadJSON(t, []byte(text))); err == nil {
			t.Errorf("the schema lets pass %s", text)
		}
		if _, err := ReadQuote([]byte(text), testShop(t), noon); err == nil {
			t.Errorf("read %s", text)
		}
	}
}

// The fields that Offer.Check names are fields of the form.
func TestCheckedFieldsAreInTheSchema(t *testing.T) {
	j, _ := loadSchema(t)
	index := regexp.MustCompile(`\[\d+\]`)
	for _, kind := range kinds() {
		for _, by := range all {
			if field := index.ReplaceAllString(kind.CutField(by), ""); !j.knows("offer", field) {
				t.Errorf("no field %s of %s", field, kind)
			}
		}
	}
	wrong := engine.Threshold{MinAmount: -1, MinUnits: -1, LineUnits: -1, Products: -1, DaysMin: -1, EveryNth: -1, From: -1, NewSince: -1}
	for i := range reflect.TypeOf(wrong).NumField() {
		var one engine.Threshold
		reflect.ValueOf(&one).Elem().Field(i).Set(reflect.ValueOf(wrong).Field(i))
		e, ok := one.Check().(*engine.Error) //nolint:errorlint // a type assertion lets nil pass
		if ok && !j.knows("offer", e.Args["field"].(string)) {
			t.Errorf("no field %s", e.Args["field"])
		}
	}
}

// knows tells whether a definition has a field, by its path.
func (j judge) knows(def, path string) bool {
	name, rest, more := strings.Cut(path, ".")
	property, ok := j.defs[def].(map[string]any)["properties"].(map[string]any)[name].(map[string]any)
	if !ok || !more {
		return ok
	}
	ref, _ := property["$ref"].(string)
	return ref != "" && j.knows(strings.TrimPrefix(ref, "#/$defs/"), rest)
}

func TestSchemaIsStableAndDescribed(t *testing.T) {
	a, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := Schema(); string(a) != string(b) {
		t.Error("two schemas differ")
	}
	j, _ := loadSchema(t)
	for _, name := range []string{"campaign", "offer", "threshold", "quote", "quoteOffer"} {
		if _, ok := j.defs[name]; !ok {
			t.Errorf("no definition of %s", name)
		}
	}
	for _, f := range append(fieldsOf(offerType), fieldsOf(reflect.TypeFor[thresholdForm]())...) {
		if f.doc == "" {
			t.Errorf("%s says nothing of itself", f.name)
		}
	}
}
