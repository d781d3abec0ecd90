package engine

// SpanTo fills bounds of days that were not given, as 0: through today, from the
// first of the month of the last day.
func SpanTo(from, to, today Day) (Day, Day) {
	if to == 0 {
		to = max(from, today)
	}
	if from == 0 {
		from = MonthOf(to).First()
	}
	return from, to
}

// SpanBefore gives the days to compare some days with: of a month, or of its
// first days, the same of the month before; of others as many just before them.
func SpanBefore(from, to Day) (Day, Day) {
	month := MonthOf(from)
	if from != month.First() || MonthOf(to) != month {
		return from - (to - from + 1), from - 1
	}
	start := (month - 1).First()
	if to+1 == (month + 1).First() { // the whole month
		return start, from - 1
	}
	return start, min(start+(to-from), from-1)
}
