package form

import (
	"reflect"
	"strings"
)

type object map[string]any

// Schema is the JSON Schema (2020-12) of campaign files and quotes: anything
// that is read is one of the two. It follows the structs that are read into;
// the bounds that depend on the kind of offer are Offer.Check's.
func Schema() ([]byte, error) {
	s := schemas{defs: object{}}
	roots := []object{s.of(reflect.TypeFor[campaignForm]()), s.of(reflect.TypeFor[quoteForm]())}
	return write(object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "A campaign or a quote of Bounceback",
		"anyOf":   roots,
		"$defs":   s.defs,
	}, "  ")
}

// schemas collects the definition of each struct by its name.
type schemas struct{ defs object }

func (s schemas) of(t reflect.Type) object {
	if reflect.PointerTo(t).Implements(scalarType) {
		return reflect.New(t).Interface().(scalar).schema()
	}
	switch t.Kind() { //nolint:exhaustive // the vocabulary has no others
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Struct:
		return s.ref(t)
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	}
	return object{"type": "integer"}
}

func (s schemas) ref(t reflect.Type) object {
	name := defName(t)
	if _, known := s.defs[name]; !known {
		s.defs[name] = nil // a threshold is in itself
		s.defs[name] = s.definition(t)
	}
	return object{"$ref": "#/$defs/" + name}
}

// defName is the name of a definition: offer for offerForm.
func defName(t reflect.Type) string { return strings.TrimSuffix(t.Name(), "Form") }

func (s schemas) definition(t reflect.Type) object {
	properties, required := object{}, []string{}
	for _, f := range fieldsOf(t) {
		p := s.of(f.typ)
		if f.enum != nil {
			p = object{"enum": f.enum}
		}
		if f.doc != "" {
			p["description"] = f.doc
		}
		properties[f.name] = p
		if f.must {
			required = append(required, f.name)
		}
	}
	def := object{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		def["required"] = required
	}
	return def
}
