"""The kernel and the finder of phrases: optional, for where there is no compiler the pure-Python twins read."""

import sys
from pathlib import Path

from setuptools import Extension, setup

_FOLDER = Path("src/veilleuse/reading/_kernel")
_PHRASES = "src/veilleuse/cues/_phrases/phrases.c"
_FLAGS = ["/O2"] if sys.platform == "win32" else ["-O3", "-std=c11", "-fvisibility=hidden"]

setup(
    ext_modules=[
        Extension(
            "veilleuse.reading._kernel",
            sources=sorted(path.as_posix() for path in _FOLDER.glob("*.c")),
            depends=sorted(path.as_posix() for path in _FOLDER.glob("*.h")),
            extra_compile_args=_FLAGS,
            optional=True,
        ),
        Extension("veilleuse.cues._phrases", sources=[_PHRASES], extra_compile_args=_FLAGS, optional=True),
    ]
)
