package store

import (
	"context"
	"os"
)

// A sale touches some twenty pages, one of nearly every tree, and each goes into
// the log whole. Pages of two KiB halve that to about 50 KiB a sale; smaller
// ones would make the trees of wide rows too deep. The size can only be set
// before the first page is written, and the driver sets the journal mode of an
// address, which writes one, before any other pragma.
const shapeParams = "?mode=rw&_pragma=busy_timeout(5000)&_pragma=page_size(2048)"

// shape writes the first page of a file that is still empty. A table made and
// dropped is what writes it; to everybody who looks, the file stays empty.
func shape(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err != nil || info.Size() > 0 {
		return err
	}
	db, err := connect(ctx, fileURI(path)+shapeParams, 1, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	return retryBusy(ctx, func() error {
		_, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS file_shape (x); DROP TABLE file_shape; COMMIT")
		return err
	})
}
