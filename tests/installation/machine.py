"""A machine of its own for an installation: this one's programs below an empty layer, own mounts, processes and network.

Whatever is installed, configured and started on it (packages, users, /etc, /opt, ports 80 to 6379) is seen by nobody else and
gone with it. It takes root and a Linux that lets root mount an overlay.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from spotcheck.wiring.machine.places import ROOT

_BEGIN: Final = """
set -eu
mount -t tmpfs -o size=6g,mode=0755 tmpfs "$0"
mkdir "$0/upper" "$0/work" "$0/root"
mount -t overlay -o "lowerdir=/,upperdir=$0/upper,workdir=$0/work" overlay "$0/root"
mount --rbind /dev "$0/root/dev"
mount -t proc proc "$0/root/proc"
for place in tmp run; do mount -t tmpfs -o mode=1777 tmpfs "$0/root/$place"; done
chmod 0755 "$0/root/run"
ip link set lo up
echo ready
exec sleep infinity
"""
_PREPARE: Final = """
printf '%s\\n' '#!/bin/sh' 'exit 101' > /usr/sbin/policy-rc.d # packages start nothing by themselves
chmod 0755 /usr/sbin/policy-rc.d
rm -rf /etc/postgresql/*/main /var/lib/postgresql/*/main /opt/spotcheck* /etc/spotcheck /var/lib/spotcheck* /var/backups/spotcheck
for version in $(ls /usr/lib/postgresql 2>/dev/null | head -n 1); do
    if command -v pg_createcluster > /dev/null; then pg_createcluster "$version" main > /dev/null; fi
done
mkdir --parents /run/postgresql /run/redis
chown postgres: /run/postgresql 2>/dev/null || true
"""
PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def missing() -> str:
    """Why there can be no such machine here; nothing when there can."""
    if os.geteuid():
        return "an installation needs root"
    absent = [name for name in ("unshare", "nsenter", "ip", "setpriv", "runuser") if shutil.which(name) is None]
    if absent:
        return f"an installation needs {', '.join(absent)}"
    tried = subprocess.run(["unshare", "--mount", "--pid", "--net", "--fork", "true"], check=False, capture_output=True)
    return "" if tried.returncode == 0 else "no namespaces here: an installation would touch this machine"


class Machine:
    """Use as a context."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> "Machine":
        begin = ["unshare", "--mount", "--pid", "--net", "--fork", "--kill-child", "sh", "-c", _BEGIN, str(self.folder)]
        self.keeper = subprocess.Popen(begin, stdout=subprocess.PIPE, text=True)
        assert self.keeper.stdout is not None
        if self.keeper.stdout.readline() != "ready\n":
            self.keeper.wait()
            raise OSError("the machine did not begin")
        children = Path(f"/proc/{self.keeper.pid}/task/{self.keeper.pid}/children").read_text().split()
        self.first = int(children[0])
        shutil.copy(Path(__file__).with_name("systemd.py"), self.path("/usr/local/sbin/systemctl"))
        self.path("/usr/local/sbin/systemctl").chmod(0o755)
        self.path("/usr/local/sbin/systemd-run").symlink_to("systemctl")
        self.run(_PREPARE)
        return self

    def __exit__(self, *_: object) -> None:
        self.keeper.kill()  # the first process of its namespace goes with it, and with that every other
        self.keeper.wait()
        assert self.keeper.stdout is not None
        self.keeper.stdout.close()

    def path(self, inside: str) -> Path:
        """Where something of it is seen from here."""
        return Path(f"/proc/{self.first}/root{self.folder}/root{inside}")

    def inside(self, *, fetching: bool = False) -> list[str]:
        """The words before a command that runs there; what fetches has the network of this machine."""
        spaces = ["--mount", "--pid"] if fetching else ["--mount", "--pid", "--net"]
        return ["nsenter", f"--target={self.first}", *spaces, "--"]

    def run(self, script: str, *, fetching: bool = False) -> str:
        """Type a script into a shell there, as root; what it said. Raises ``AssertionError`` with that when it fails."""
        told = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.endswith("_proxy")}
        told |= {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        words = [*self.inside(fetching=fetching), "chroot", f"{self.folder}/root", "/bin/sh", "-eu", "-s"]
        done = subprocess.run(
            words, input=script, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        assert done.returncode == 0, f"{script[-600:]}\n{done.stdout[-6000:]}"
        return done.stdout

    def put_tree(self, where: str) -> None:
        """Put this tree there as a release is unpacked: what is kept of it, and nothing that was made since."""
        named = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        ).stdout.split("\0")  # fmt: skip
        target = self.path(where)
        for name in filter(None, named):
            if (ROOT / name).exists():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target / name)
        for folder in (target, *(path for path in target.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
