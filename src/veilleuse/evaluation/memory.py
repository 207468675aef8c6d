"""The most memory a process ever held."""

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_PEAK = "VmHWM:"


def peak_bytes() -> int | None:
    """That of this process; None where the system does not say.

    Linux's getrusage is not asked when there is better: it counts what the parent held when it forked.
    """
    if _STATUS.exists():
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        kilobytes = next((line.split()[1] for line in lines if line.startswith(_PEAK)), None)
        if kilobytes is not None:
            return int(kilobytes) * 1024
    if sys.platform == "win32":
        return None
    import resource  # no such module on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
