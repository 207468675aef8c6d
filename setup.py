"""The kernel: optional, for where there is no compiler the pure-Python twin reads."""

import sys
from pathlib import Path

from setuptools import Extension, setup

_FOLDER = Path("src/veilleuse/reading/_kernel")
_FLAGS = ["/O2"] if sys.platform == "win32" else ["-O3", "-std=c11", "-fvisibility=hidden"]

setup(
    ext_modules=[
        Extension(
            "veilleuse.reading._kernel",
            sources=sorted(path.as_posix() for path in _FOLDER.glob("*.c")),
            depends=[(_FOLDER / "kernel.h").as_posix()],
            extra_compile_args=_FLAGS,
            optional=True,
        )
    ]
)
