package delivery

import (
	"time"

	"github.com/nyaruka/phonenumbers"

	"bounceback/engine"
)

// Hours are the hours of a day in which texts may go: from From o'clock until
// before Until o'clock, From < Until.
type Hours struct{ From, Until int }

// Zones are the time zones a number may be in, by its digits: all zones of its
// country or area. Where they tell nothing, it is fallback alone.
func Zones(e164 string, fallback *time.Location) []*time.Location {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return []*time.Location{fallback}
	}
	names, err := phonenumbers.GetTimezonesForNumber(n)
	if err != nil {
		return []*time.Location{fallback}
	}
	var zones []*time.Location
	for _, name := range names {
		zone, err := time.LoadLocation(name)
		if err != nil || name == phonenumbers.UNKNOWN_TIMEZONE {
			return []*time.Location{fallback}
		}
		zones = append(zones, zone)
	}
	if len(zones) == 0 {
		zones = []*time.Location{fallback}
	}
	return zones
}

// farthest bounds the search for an hour that suits all zones. Two changes of
// clocks apart, the zones stand as they do today.
const farthest = 48 * time.Hour

// Opening is the first instant from now on at which it is within hours in all
// zones. Where there is no such hour (the zones lie too far apart), fallback
// alone decides.
func (h Hours) Opening(now engine.Instant, zones []*time.Location, fallback *time.Location) engine.Instant {
	at := now
	for at < now.Add(farthest) {
		next := at
		for _, zone := range zones {
			next = max(next, h.opening(at, zone))
		}
		if next == at {
			return at
		}
		at = next
	}
	return h.opening(now, fallback)
}

// opening is the first instant from at on that is within hours in one zone.
func (h Hours) opening(at engine.Instant, zone *time.Location) engine.Instant {
	hour := at.In(zone).Hour()
	switch day := engine.DayAt(at, zone); {
	case hour < h.From:
		return max(at, atHour(day, h.From, zone))
	case hour >= h.Until:
		return atHour(day+1, h.From, zone)
	}
	return at
}
