package delivery

import (
	"slices"
	"strconv"
	"time"

	"github.com/nyaruka/phonenumbers"

	"bounceback/engine"
)

// Hours are the hours of a day in which texts may go: from From o'clock until
// before Until o'clock, From < Until.
type Hours struct{ From, Until int }

// Zones are the time zones a number may be in, by its digits: those of its area
// where numbers have one, else all of its country. Where they tell nothing, it
// is fallback alone.
func Zones(e164 string, fallback *time.Location) []*time.Location {
	var zones []*time.Location
	for _, name := range zoneNames(e164) {
		if zone, err := engine.LoadZone(name); err == nil && !slices.Contains(placeless, name) {
			zones = append(zones, zone)
		}
	}
	if len(zones) == 0 {
		return []*time.Location{fallback}
	}
	return zones
}

// placeless are the zones given to numbers of no country, such as satellite
// telephones.
var placeless = []string{phonenumbers.UNKNOWN_TIMEZONE, "UTC", "Etc/UTC"}

// zoneNames follows libphonenumber's PhoneNumberToTimeZonesMapper: in most
// countries the digits of a mobile number tell no place, though the table of
// prefixes lists one (Sydney, for all of Australia).
func zoneNames(e164 string) []string {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return nil
	}
	prefix := e164
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.FIXED_LINE, phonenumbers.FIXED_LINE_OR_MOBILE:
	case phonenumbers.MOBILE:
		if !phonenumbers.GEO_MOBILE_COUNTRIES[n.GetCountryCode()] {
			prefix = strconv.Itoa(int(n.GetCountryCode()))
		}
	default:
		prefix = strconv.Itoa(int(n.GetCountryCode()))
	}
	names, err := phonenumbers.GetTimezonesForPrefix(prefix)
	if err != nil {
		return nil
	}
	return names
}

// farthest bounds the search for an hour that suits all zones. Two days on, the
// zones stand to each other as they do today.
const farthest = 48 * time.Hour

// Opening is the first instant from now on at which it is within hours in all
// zones. Where there is no such hour (the zones lie too far apart), fallback
// alone decides.
func (h Hours) Opening(now engine.Instant, zones []*time.Location, fallback *time.Location) engine.Instant {
	if at, ok := h.common(now, zones); ok {
		return at
	}
	at, _ := h.common(now, []*time.Location{fallback})
	return at
}

// common is the first instant from now on that is within hours in all zones: no
// such instant lies before the latest of their own openings.
func (h Hours) common(now engine.Instant, zones []*time.Location) (engine.Instant, bool) {
	at := now
	for at < now.Add(farthest) {
		next := at
		for _, zone := range zones {
			next = max(next, h.opening(at, zone))
		}
		if next == at {
			return at, true
		}
		at = next
	}
	return at, false
}

// opening is the first instant from at on that is within hours in one zone,
// unless a change of clocks leaves all of them out.
func (h Hours) opening(at engine.Instant, zone *time.Location) engine.Instant {
	hour := at.In(zone).Hour()
	switch day := engine.DayAt(at, zone); {
	case hour < h.From:
		return max(at, day.At(h.From, zone))
	case hour >= h.Until:
		return (day + 1).At(h.From, zone)
	}
	return at
}
