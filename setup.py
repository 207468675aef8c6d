"""The kernel and the finder of phrases: optional, for where there is no compiler the pure-Python twins read."""

import sys
from pathlib import Path

from setuptools import Extension, setup

_FOLDERS = {
    "veilleuse.reading._kernel": Path("src/veilleuse/reading/_kernel"),
    "veilleuse.cues._phrases": Path("src/veilleuse/cues/_phrases"),
}
_FLAGS = ["/O2"] if sys.platform == "win32" else ["-O3", "-std=c11", "-fvisibility=hidden"]

setup(
    ext_modules=[
        Extension(
            name,
            sources=sorted(path.as_posix() for path in folder.glob("*.c")),
            depends=sorted(path.as_posix() for path in folder.glob("*.h")),
            extra_compile_args=_FLAGS,
            optional=True,
        )
        for name, folder in _FOLDERS.items()
    ]
)
