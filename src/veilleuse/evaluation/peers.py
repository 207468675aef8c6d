"""Other filters, asked the same on the same texts: which of them hold a term. None is needed, none is downloaded."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module, metadata
from typing import IO, Any, cast

from veilleuse import DATA
from veilleuse.language import Problem

Count = Callable[[], int]  # how many texts hold a term
Filter = Callable[[Sequence[str]], Count]  # takes texts in hand, untimed


@dataclass(frozen=True)
class Peer:
    """A filter that is installed. `load` makes one that seeks these terms."""

    version: str
    load: Callable[[Sequence[str]], Filter]


@contextmanager
def found_peers() -> Iterator[Mapping[str, Peer | None]]:
    """Every peer by name, None where it is not installed. They work until the end of the context."""
    with _node() as node:
        yield {
            "profanex": _installed("profanex", partial(_profanex, options={})),
            "profanex_all": _installed("profanex", partial(_profanex, options=_EVERY_OPTION)),
            "better_profanity_rs": _installed("better-profanity-rs", _better_profanity),
            "obscenity": Peer(node.version, node.load) if node else None,
        }


def _installed(package: str, load: Callable[[Sequence[str]], Filter]) -> Peer | None:
    try:
        return Peer(metadata.version(package), load)
    except metadata.PackageNotFoundError:
        return None


_EVERY_OPTION = dict.fromkeys(("normalize_repeated_chars", "normalize_separated_runs", "enable_fuzzy"), True)


def _profanex(terms: Sequence[str], options: Mapping[str, bool]) -> Filter:
    profanex: Any = import_module("profanex")
    # Its own list of allowed words would overrule terms.
    own = profanex.Filter(profanex.FilterConfig(banned=list(terms), allowlist=[], **options))
    return lambda texts: lambda: sum(own.contains_many(texts))


def _better_profanity(terms: Sequence[str]) -> Filter:
    module: Any = import_module("better_profanity_rs.better_profanity")
    contains: Callable[[str], bool] = module.Profanity(list(terms)).contains_profanity
    return lambda texts: lambda: sum(map(contains, texts))


class _Node:
    """The npm package in a node of its own, which is given the texts before it is timed on them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._asked, self._said = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        self.version: str = self._read()

    def load(self, terms: Sequence[str]) -> Filter:
        matcher: int = self._ask({"terms": list(terms)})

        def take(texts: Sequence[str]) -> Count:
            batch: int = self._ask({"texts": list(texts)})
            return partial(self._ask, {"matcher": matcher, "batch": batch})

        return take

    def _ask(self, question: Mapping[str, object]) -> Any:
        try:
            self._asked.write(json.dumps(question) + "\n")
            self._asked.flush()
        except OSError as error:
            raise Problem("bench.peer_failed", peer="obscenity", said=error) from None
        return self._read()

    def _read(self) -> Any:
        line = self._said.readline()
        said = json.loads(line) if line else {"error": f"status {self._process.wait()}"}
        if isinstance(said, dict):
            raise Problem("bench.peer_failed", peer="obscenity", said=said["error"])
        return said


@contextmanager
def _node() -> Iterator[_Node | None]:
    path = shutil.which("node")
    if path is None:
        yield None
        return
    script = (DATA / "evaluation" / "obscenity.js").read_text(encoding="utf-8")
    with subprocess.Popen(  # noqa: S603 - node, on a script of our own
        [path, "-e", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        node = _Node(process)
        yield node if node.version else None
