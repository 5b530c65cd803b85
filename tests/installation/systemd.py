#!/usr/bin/python3
"""A stand-in for ``systemctl`` and ``systemd-run`` on a machine that was not booted by systemd.

It reads the units where the manual puts them and does what they say of users, environment, folders, capabilities and
commands, in their order. What they say of closing a service in (``ProtectSystem`` and the like) it does not do. Other services
are those of the distribution (``service NAME ...``). It runs on the machine's own Python and knows nothing of the program.
"""

import os
import pwd
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
SECONDS = 120


class Unit:
    """What a unit, or the options of systemd-run, say of a service."""

    def __init__(self, name, said):
        self.name, self.said = name, said

    @classmethod
    def read(cls, name):
        """The one that lies in the folder of the units."""
        said = {}
        for line in (UNITS / f"{name}.service").read_text().splitlines():
            key, told, value = line.partition("=")
            if told and not line.startswith("#"):
                said.setdefault(key, []).append(value)
        return cls(name, said)

    def one(self, key, otherwise=""):
        """The last that was said of something."""
        return self.said.get(key, [otherwise])[-1]

    def environment(self):
        """What the service is told; files come after what stands in the unit."""
        who = pwd.getpwnam(self.one("User", "root"))
        told = {"PATH": os.environ["PATH"], "HOME": who.pw_dir, "USER": who.pw_name, "LOGNAME": who.pw_name}
        for pair in self.said.get("Environment", []):
            for one in shlex.split(pair):
                told.__setitem__(*one.split("=", 1))
        for file in self.said.get("EnvironmentFile", []):
            for line in Path(file).read_text().splitlines():
                if line.strip() and not line.startswith("#"):
                    key, value = line.split("=", 1)
                    told[key] = "".join(shlex.split(value))
        return told

    def folders(self):
        """Make what it keeps and what it has while it runs."""
        who = pwd.getpwnam(self.one("User", "root"))
        for key, below in (("StateDirectory", "/var/lib"), ("RuntimeDirectory", "/run")):
            if name := self.one(key):
                folder = Path(below, name)
                folder.mkdir(exist_ok=True)
                folder.chmod(int(self.one(f"{key}Mode", "0755"), 8))
                os.chown(folder, who.pw_uid, who.pw_gid)

    def command(self, line):
        """The words that carry out one line, as the user of the service unless the line begins with ``+``."""
        everything = line.startswith("+")
        words = shlex.split(line.lstrip("+").replace("$$", "$").replace("%%", "%"))
        if everything:
            return words
        user, group = self.one("User", "root"), self.one("Group", self.one("User", "root"))
        caps = ",".join(f"+{name.lower().removeprefix('cap_')}" for name in self.one("AmbientCapabilities").split())
        become = ["setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups"]
        become += [f"--inh-caps=-all{caps and ',' + caps}", f"--ambient-caps=-all{caps and ',' + caps}"]
        become += [f"--bounding-set=-all{caps and ',' + caps}", "--no-new-privs"]
        mask = ["/bin/sh", "-c", 'umask "$0" && exec "$@"', self.one("UMask", "0022")]
        return [*become, *mask, *words]

    def run(self, line, **more):
        """Carry a line out to its end; its code."""
        where, told = self.one("WorkingDirectory", "/"), self.environment()
        return subprocess.run(self.command(line), cwd=where, env=told, check=False, **more).returncode

    def start(self):
        """Start it: a task to its end, a server until it is ready; 1 when it fails."""
        self.folders()
        log = Path(f"/var/log/{self.name}.log")
        with log.open("ab") as kept:
            out = {"stdin": subprocess.DEVNULL, "stdout": kept, "stderr": kept}
            ready = self._started(out)
        if not ready:
            sys.stderr.write(f"{self.name} failed:\n{log.read_text()[-4000:]}\n")
        return 0 if ready else 1

    def _started(self, out):
        if any(self.run(line, **out) for line in self.said.get("ExecStartPre", [])):
            return False
        if self.one("Type") == "oneshot":
            lines = [*self.said["ExecStart"], *self.said.get("ExecStartPost", [])]
            return not any(self.run(line, **out) for line in lines)
        bell = Path(f"/run/{self.name}.bell")
        bell.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(str(bell))
            bell.chmod(0o777)
            told = self.environment() | {"NOTIFY_SOCKET": str(bell)}
            command, where = self.command(self.one("ExecStart")), self.one("WorkingDirectory", "/")
            server = subprocess.Popen(command, cwd=where, env=told, start_new_session=True, **out)
            Path(f"/run/{self.name}.pid").write_text(str(server.pid))
            if self.one("Type") != "notify":
                time.sleep(3)
                return server.poll() is None
            notices.settimeout(1)
            end = time.monotonic() + SECONDS
            while server.poll() is None and time.monotonic() < end:
                try:
                    if b"READY=1" in notices.recv(4096):
                        return True
                except TimeoutError:
                    continue
            return False

    def stop(self):
        """End it."""
        kept = Path(f"/run/{self.name}.pid")
        if kept.exists():
            pid = int(kept.read_text())
            kept.unlink()
            os.kill(pid, 15)
            while Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes():
                time.sleep(0.1)
        return 0


def systemctl(verb, *names):
    """start, stop, restart, enable --now, daemon-reload."""
    if verb == "daemon-reload":
        return 0
    for name in (name.removesuffix(".service") for name in names if not name.startswith("--")):
        if name.endswith(".timer"):
            Unit.read(name.removesuffix(".timer"))  # it names a service that there is
            continue
        if not (UNITS / f"{name}.service").exists():
            code = subprocess.run(["service", name, verb], check=False, stdin=subprocess.DEVNULL).returncode
        else:
            unit = Unit.read(name)
            code = unit.stop() if verb in {"stop", "restart"} else 0
            code = code or (unit.start() if verb != "stop" else 0)
        if code:
            return code
    return 0


def systemd_run(*words):
    """One command, waited for, with what its properties say."""
    said, rest = {}, list(words)
    while rest and rest[0].startswith("--"):
        option = rest.pop(0)
        if option.startswith("--property="):
            key, _, value = option.removeprefix("--property=").partition("=")
            said.setdefault(key, []).append(value)
    unit = Unit("command", said)
    unit.folders()
    return unit.run(shlex.join(rest))


if __name__ == "__main__":
    name, *words = sys.argv
    sys.exit(systemctl(*words) if name.endswith("systemctl") else systemd_run(*words))
