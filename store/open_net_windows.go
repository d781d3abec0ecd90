package store

import (
	"errors"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// onNetwork tells whether a directory lies on a network drive or share.
func onNetwork(dir string) (kind string, remote bool, err error) {
	volume := filepath.VolumeName(dir)
	if len(volume) > 2 && volume[:2] == `\\` {
		return "smb", true, nil
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return "", false, err
	}
	return "smb", windows.GetDriveType(root) == windows.DRIVE_REMOTE, nil
}

func isReadOnlyFS(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

func isNoSpace(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
