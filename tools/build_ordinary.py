"""Writes src/veilleuse/data/ordinary.bloom from dictionaries of French and English.

    python tools/build_ordinary.py WORDS… [--talk FILE.jsonl.gz…] [--frequencies FILE.msgpack.gz…] [--misspellings FILE]

WORDS, as Debian 12 packages them:
- english: `american-english-large` and `british-english-large` (SCOWL 2020.12.07, packages wamerican-large
  and wbritish-large; permissive licences),
- french: the output of `unmunch fr.dic fr.aff` (Dicollecte 7.0, package hunspell-fr-comprehensive, MPL 2.0;
  unmunch from hunspell-tools).
--talk adds the words that at least FEWEST people use in ordinary talk (JSON lines with `author` and `text`), digits
among their letters too, and marks those that MANY people use. Words of letters that fewer use, be it a single sender,
are marked as seen: never a line of theirs is kept. Marked so are too
- those that a list of --frequencies says to be met as often as RARE says: `large_en.msgpack.gz` and
  `large_fr.msgpack.gz` of wordfreq 3.1.1 (from PyPI; its data are CC BY-SA 4.0),
- the left side of --misspellings, lines such as "writen->written": `dictionary.txt` of codespell 2.4.3 (from PyPI; it
  is CC BY-SA 3.0).
"""

import argparse
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from veilleuse.reading.fold import fold_term
from veilleuse.reading.ordinary import FREQUENT, SEEN, OrdinaryWords

FEWEST, MANY = 3, 20
# How rare a word may be, by its letters, as a power of ten in a thousand million: of three, most that are
# listed are names of firms and the like, which would take most short variants of a term away.
RARE = {3: 3.0}
RAREST = 2.0
TARGET = Path(__file__).parent.parent / "src" / "veilleuse" / "data" / "ordinary.bloom"
_WORD = re.compile(r"[a-z]{2,24}")
_LETTERS = re.compile(r"[a-z]{3,24}")
_TOKEN = re.compile(r"[a-z0-9]{1,24}")


def dictionary_words(path: Path) -> Iterator[str]:
    """The folded words of one list; affix rests that unmunch leaves behind a slash are dropped."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield from _WORD.findall(fold_term(line.split("/")[0]))


def talked_words(paths: list[Path]) -> Iterator[str]:
    """The folded words that people write: those of few as seen, those of many twice, once marked."""
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
        elif _LETTERS.fullmatch(word):
            yield word + SEEN
        if len(people) >= MANY:
            yield FREQUENT + word


def frequent_words(path: Path) -> Iterator[str]:
    """The folded words of a list of frequencies, a row of words for each hundredth of a power of ten, as seen."""
    _, *rows = msgspec.msgpack.decode(gzip.decompress(path.read_bytes()))
    for place, row in enumerate(rows):
        for word in map(fold_term, row):
            if _LETTERS.fullmatch(word) and 9 - place / 100 >= RARE.get(len(word), RAREST):
                yield word + SEEN


def misspelt_words(path: Path) -> Iterator[str]:
    """The folded misspellings of one list, as seen."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word = fold_term(line.split("->")[0])
            if _LETTERS.fullmatch(word):
                yield word + SEEN


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="+", type=Path)
    parser.add_argument("--talk", nargs="*", type=Path, default=[])
    parser.add_argument("--frequencies", nargs="*", type=Path, default=[])
    parser.add_argument("--misspellings", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    words: set[str] = set()
    for path in arguments.words:
        words.update(dictionary_words(path))
    words.update(talked_words(arguments.talk))
    for path in arguments.frequencies:
        words.update(frequent_words(path))
    for path in arguments.misspellings:
        words.update(misspelt_words(path))
    words -= {word for word in words if word.endswith(SEEN) and word.removesuffix(SEEN) in words}
    TARGET.write_bytes(OrdinaryWords.of(words).to_bytes())
    print(f"{len(words):,} words, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
