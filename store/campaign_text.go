package store

import (
	"fmt"
	"strconv"
	"strings"

	"bounceback/engine"
)

// A campaign's plan of texts stands in a short text, issue=1;days=2,7;before=3;long=35.
// A campaign without a plan of its own has an empty one.

func writeTextPlan(p *engine.TextPlan) string {
	if p == nil {
		return ""
	}
	issue := 0
	if p.AtIssue {
		issue = 1
	}
	days := strings.ReplaceAll(engine.WriteTextDays(p.Days), " ", "")
	return fmt.Sprintf("issue=%d;days=%s;before=%d;long=%d", issue, days, p.Before, p.LongLife)
}

func readTextPlan(text string) (*engine.TextPlan, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // no plan is a result
	}
	values := map[string]string{}
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(part, "=")
		values[name] = value
	}
	p := &engine.TextPlan{AtIssue: values["issue"] == "1"}
	var err error
	if p.Days, err = engine.ParseTextDays(values["days"]); err != nil {
		return nil, err
	}
	if p.Before, err = strconv.Atoi(values["before"]); err != nil {
		return nil, err
	}
	p.LongLife, err = strconv.Atoi(values["long"])
	return p, err
}

// tidyTexts gives a campaign's wording as it is kept.
func tidyTexts(c engine.Campaign) engine.Campaign {
	w := &c.Wording
	w.Several = ""
	for _, s := range []*string{&w.Issue, &w.Day, &w.Last} {
		*s = strings.TrimSpace(*s)
	}
	return c
}
