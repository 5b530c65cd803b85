"""The oldest Chromium that the application is for (``web/oldest``): fetched by its lock file when a long test asks for it."""

from pathlib import Path

import brotli

from spotcheck.wiring.machine import fieldapp, npm

HOME = fieldapp.HOME / "oldest"
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--no-zygote",
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
)
"""It takes the switch of its own day, and has no sandbox in its build."""


def chromium() -> Path:
    """The program. Raises :class:`~spotcheck.wiring.machine.problems.Problem` where npm cannot fetch it."""
    packed = HOME / "node_modules" / "@sparticuz" / "chromium" / "bin" / "chromium.br"
    program = packed.with_suffix("")
    with npm.alone(HOME):
        if not packed.exists():
            npm.install(HOME, HOME)
        if not program.exists():
            half = packed.with_suffix(".half")
            half.write_bytes(brotli.decompress(packed.read_bytes()))
            half.chmod(0o755)
            half.rename(program)
    return program
