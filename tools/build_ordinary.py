"""Writes src/veilleuse/data/ordinary.bloom from dictionaries of French and English.

    python tools/build_ordinary.py WORDS… [--talk FILE.jsonl.gz…]

WORDS, as Debian 12 packages them:
- english: `american-english-large` and `british-english-large` (SCOWL 2020.12.07, packages wamerican-large
  and wbritish-large; permissive licences),
- french: the output of `unmunch fr.dic fr.aff` (Dicollecte 7.0, package hunspell-fr-comprehensive, MPL 2.0;
  unmunch from hunspell-tools).
--talk adds the words that at least FEWEST people use in ordinary talk (JSON lines with `author` and `text`), digits
among their letters too, and marks those that MANY people use: a count of words over many senders, never a line of
theirs.
"""

import argparse
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from veilleuse.reading.fold import fold_term
from veilleuse.reading.ordinary import FREQUENT, OrdinaryWords

FEWEST, MANY = 3, 20
TARGET = Path(__file__).parent.parent / "src" / "veilleuse" / "data" / "ordinary.bloom"
_WORD = re.compile(r"[a-z]{2,24}")
_TOKEN = re.compile(r"[a-z0-9]{1,24}")


def dictionary_words(path: Path) -> Iterator[str]:
    """The folded words of one list; affix rests that unmunch leaves behind a slash are dropped."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield from _WORD.findall(fold_term(line.split("/")[0]))


def talked_words(paths: list[Path]) -> Iterator[str]:
    """The folded words that several people write, those of many people twice: once marked."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                said = json.loads(line)
                for word in _TOKEN.findall(fold_term(said["text"])):
                    users[word].add(f"{path.name} {said['author']}")
    for word, people in users.items():
        if len(people) >= FEWEST:
            yield word
        if len(people) >= MANY:
            yield FREQUENT + word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="+", type=Path)
    parser.add_argument("--talk", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    words: set[str] = set()
    for path in arguments.words:
        words.update(dictionary_words(path))
    words.update(talked_words(arguments.talk))
    TARGET.write_bytes(OrdinaryWords.of(words).to_bytes())
    print(f"{len(words):,} words, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
