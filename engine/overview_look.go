package engine

import (
	"cmp"
	"slices"
)

// Attention names one kind of thing that needs the owner's attention.
type Attention string

// The kinds, the most urgent first: words: desk.look.*
const (
	LookClock         Attention = "clock"          // the last sale lies in the future: At
	LookSender        Attention = "sender"         // the carrier's account is not in order: Reason, Detail
	LookSenderLeft    Attention = "sender_left"    // no machine has looked at the account for a week
	LookTextsStuck    Attention = "texts_stuck"    // due for more than an hour: Count
	LookTextsUnknown  Attention = "texts_unknown"  // nobody knows the fate of: Count
	LookTextsRefused  Attention = "texts_refused"  // in the last days: Count, From
	LookTextLimit     Attention = "text_limit"     // used up: Count texts wait
	LookAlert         Attention = "alert"          // a pattern that stands out: Finding
	LookAlerts        Attention = "alerts"         // more of them: Count
	LookBackup        Attention = "backup"         // overdue: Count days since the last
	LookNoBackup      Attention = "no_backup"      // none was ever made
	LookNoCampaign    Attention = "no_campaign"    // sales earn no coupons
	LookCampaignLimit Attention = "campaign_limit" // nearly used: Campaign, Title, Percent
	LookCampaignSpent Attention = "campaign_spent" // used up: Campaign, Title
	LookCampaignEnds  Attention = "campaign_ends"  // soon: Campaign, Title, From
	LookTextsNear     Attention = "texts_near"     // the month's limit is nearly used: Percent
)

// lookOrder is the order in which they are shown.
var lookOrder = []Attention{
	LookClock, LookSender, LookSenderLeft, LookTextsStuck, LookTextsUnknown, LookTextsRefused, LookTextLimit, LookAlert, LookAlerts,
	LookBackup, LookNoBackup, LookNoCampaign, LookCampaignSpent, LookCampaignLimit, LookCampaignEnds, LookTextsNear,
}

// Notice is one thing that needs attention. Which fields it has is said at its
// kind.
type Notice struct {
	What     Attention
	Count    int64
	Percent  int64
	From     Day
	At       Instant
	Campaign ID
	Title    string
	Reason   string
	Detail   string
	Finding  WatchFinding
}

// Days and shares from which something needs attention.
const (
	BackupDays    = 7  // since the last backup
	RefusedDays   = 7  // in which refused texts count
	EndsDays      = 7  // before the last day of a campaign
	LimitNear     = 80 // percent of a campaign's limit
	clockSlack    = 5 * 60 * 1000
	percentOfLess = 100
)

// SortNotices puts what needs attention in its order.
func SortNotices(all []Notice) {
	slices.SortStableFunc(all, func(a, b Notice) int {
		return cmp.Compare(slices.Index(lookOrder, a.What), slices.Index(lookOrder, b.What))
	})
}

// TextNotices are those of texts. refused is how many were since a day.
func TextNotices(d TextDesk, now Instant, refused int64, since Day) []Notice {
	var out []Notice
	add := func(when bool, n Notice) {
		if when {
			out = append(out, n)
		}
	}
	add(d.Health.Problem != "", Notice{What: LookSender, Reason: d.Health.Problem, Detail: d.Health.Detail})
	add(d.Health.Problem == "" && d.Health.Left(now), Notice{What: LookSenderLeft, At: d.Health.At})
	add(d.Stuck > 0, Notice{What: LookTextsStuck, Count: int64(d.Stuck)})
	add(d.Unknown > 0, Notice{What: LookTextsUnknown, Count: int64(d.Unknown)})
	add(refused > 0, Notice{What: LookTextsRefused, Count: refused, From: since})
	add(d.LimitReached(), Notice{What: LookTextLimit, Count: int64(d.Limited)})
	add(!d.LimitReached() && d.LimitNear(), Notice{What: LookTextsNear, Percent: d.LimitUsed()})
	return out
}

// AlertNotices are those of open alerts, of which there are so many: the first
// one by one, the others by their number.
func AlertNotices(first []Alert, all int64) []Notice {
	var out []Notice
	for _, a := range first {
		out = append(out, Notice{What: LookAlert, Finding: a.WatchFinding})
	}
	if more := all - int64(len(first)); more > 0 {
		out = append(out, Notice{What: LookAlerts, Count: more})
	}
	return out
}

// BackupNotices are those of backups: last is when the last one was made, 0 if
// none was, first the day of the first sale the overview knows, 0 without any. A
// shop that began less than BackupDays ago is left alone.
func BackupNotices(last Instant, lastDay, first, today Day) []Notice {
	switch {
	case first == 0 || today-first < BackupDays:
		return nil
	case last == 0:
		return []Notice{{What: LookNoBackup}}
	case today-lastDay >= BackupDays:
		return []Notice{{What: LookBackup, Count: int64(today - lastDay)}}
	}
	return nil
}

// ClockNotices tells that the last sale lies in the future: the clock was set
// back since, or was ahead then.
func ClockNotices(lastSale, now Instant) []Notice {
	if lastSale <= now+clockSlack {
		return nil
	}
	return []Notice{{What: LookClock, At: lastSale}}
}

// CampaignNotices are those of the campaigns that are stored as active: that
// none runs, that one's limit is used or nearly so, that one ends soon.
func CampaignNotices(active []Campaign, used map[ID]Usage, today Day) []Notice {
	var out []Notice
	runs := false
	for _, c := range active {
		if c.StateOn(today) != CampaignActive {
			continue
		}
		runs = true
		n := Notice{Campaign: c.ID, Title: c.Title}
		switch n.Percent = c.Offer().Limits.UsedPercent(used[c.ID]); {
		case n.Percent >= percentOfLess:
			n.What = LookCampaignSpent
			out = append(out, n)
		case n.Percent >= LimitNear:
			n.What = LookCampaignLimit
			out = append(out, n)
		}
		if c.EndsOn != 0 && c.EndsOn-today < EndsDays {
			out = append(out, Notice{What: LookCampaignEnds, Campaign: c.ID, Title: c.Title, From: c.EndsOn})
		}
	}
	if !runs {
		out = append(out, Notice{What: LookNoCampaign})
	}
	return out
}

// UsedPercent is how much of the limit that is used most is used, in percent
// rounded down; 0 without limits. Limits of each customer are not looked at.
func (l Limits) UsedPercent(u Usage) int64 {
	coupons := u.Issued
	if l.ByRedeemed {
		coupons = u.Redeemed
	}
	most := int64(0)
	for _, p := range [][2]int64{{u.Total, l.Total}, {int64(u.Spent), int64(l.Budget)}, {u.Units, l.Units}, {coupons, l.Coupons}} {
		if used, limit := p[0], p[1]; limit > 0 {
			most = max(most, percentOf(used, limit))
		}
	}
	return most
}

// percentOf is part ÷ whole in percent rounded down, at most one hundred.
func percentOf(part, whole int64) int64 {
	if part >= whole {
		return percentOfLess
	}
	p, err := Share(percentOfLess, Minor(max(0, part)), Minor(whole), Down)
	if err != nil {
		return 0
	}
	return int64(p)
}
