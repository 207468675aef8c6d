"""Python as a process of its own: what a command costs from nothing."""

import subprocess
import sys

from veilleuse.language import Problem

# `veilleuse` as a shell starts it.
COMMAND = "import sys\nfrom veilleuse.cli import main\nif main(sys.argv[1:]) == 2: sys.exit(2)\n"
_PEAK = "import sys\nfrom veilleuse.evaluation.memory import peak_bytes\nprint(peak_bytes(), file=sys.stderr)\n"


def run(code: str, *arguments: str) -> str:
    """Runs Python on the code; returns what it wrote on standard error.

    Raises `Problem` when it ends with another status than 0.
    """
    ran = subprocess.run(  # noqa: S603 - this very interpreter, on code of our own
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if ran.returncode:
        raise Problem("bench.not_started", status=ran.returncode, said=ran.stderr.strip())
    return ran.stderr


def peak(code: str, *arguments: str) -> int | None:
    """The most memory that Python held while it ran the code, in bytes; None where the system does not say."""
    said = run(code + _PEAK, *arguments).split()[-1]
    return int(said) if said.isdecimal() else None
