//go:build darwin || freebsd

package store

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// onNetwork tells whether a directory lies on a network file system: one that
// the kernel does not call local.
func onNetwork(dir string) (kind string, remote bool, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return "", false, err
	}
	return unix.ByteSliceToString(s.Fstypename[:]), s.Flags&unix.MNT_LOCAL == 0, nil
}

func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }

func isNoSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
