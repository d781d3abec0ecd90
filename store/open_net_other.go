//go:build !linux && !darwin && !freebsd && !windows

package store

import (
	"errors"
	"syscall"
)

// onNetwork cannot tell here.
func onNetwork(string) (kind string, remote bool, err error) { return "", false, nil }

func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }

func isNoSpace(err error) bool { return errors.Is(err, syscall.ENOSPC) }
