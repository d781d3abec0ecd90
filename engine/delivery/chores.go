package delivery

import "context"

// chore does what else is done by the hour, when it was not asked about for a
// while. Its faults are kept, as those of upkeep are: they do not stop texts.
func (w *Worker) chore(ctx context.Context) {
	now := w.opt.Clock()
	if w.opt.Chores == nil || w.upkeep.chores.left(now) > 0 {
		return
	}
	w.upkeep.chores = hold{from: now, until: now.Add(upkeepPause)}
	w.upkeep.failed(w.opt.Chores(ctx))
}
