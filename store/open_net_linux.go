package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// networkMagic are the file systems of which another host may hold a part, by
// the number statfs(2) gives.
var networkMagic = map[uint32]string{
	0x6969: "nfs", 0x517b: "smb", 0xfe534d42: "smb", 0xff534d42: "cifs", 0x01021997: "9p", 0x5346414f: "afs",
	0x6b414653: "afs", 0x73757245: "coda", 0x564c: "ncp", 0x00c36400: "ceph", 0x0bd00bd0: "lustre",
	0x47504653: "gpfs", 0x7461636f: "ocfs2", 0x01161970: "gfs2", 0x786f4256: "vboxsf", 0x013111a8: "ibrix",
	0xaad7aaea: "panfs", 0x20030528: "orangefs", 0x19830326: "beegfs",
}

const fuseMagic = 0x65735546

// networkFuse are file systems in user space that reach over a network.
var networkFuse = []string{
	"sshfs", "rclone", "s3fs", "glusterfs", "gcsfuse", "davfs", "curlftpfs", "smbnetfs", "goofys", "juicefs", "mfs", "ceph",
}

// onNetwork tells whether a directory lies on a network file system.
func onNetwork(dir string) (kind string, remote bool, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return "", false, err
	}
	magic := uint32(s.Type) //nolint:gosec,unconvert // the numbers have 32 bits; Type's own type differs between machines
	if magic == fuseMagic {
		kind = mountedAs(dir)
		return kind, isNetworkFuse(kind), nil
	}
	kind, remote = networkMagic[magic]
	return kind, remote, nil
}

func isNetworkFuse(kind string) bool {
	for _, name := range networkFuse {
		if strings.Contains(kind, name) {
			return true
		}
	}
	return false
}

// mountedAs gives the type of the file system a directory lies on, as the
// kernel's list of mounts names it.
func mountedAs(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	list, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return ""
	}
	return mountType(string(list), dir)
}

// mountType finds the mount with the longest path that leads to dir; of two at
// one place, the later one covers the earlier.
func mountType(mounts, dir string) (kind string) {
	unescape := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
	longest := 0
	for line := range strings.Lines(mounts) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		point := unescape.Replace(fields[1])
		if leads := point == "/" || dir == point || strings.HasPrefix(dir, point+"/"); leads && len(point) >= longest {
			longest, kind = len(point), fields[2]
		}
	}
	return kind
}

func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }

func isNoSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
