"""How many letters of a name's first word are proclitics, judged by the names of its corpus."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import nasij

if TYPE_CHECKING:
    from collections import Counter

_FOLDS = str.maketrans("أإآٱىؤئ", "ااااييي")
_MARKS = re.compile("[\u064b-\u0652\u0640]")
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بكل"


def fold(word: str) -> str:
    """The word without vowel marks, tatweel and the spellings of alif and ya."""
    return _MARKS.sub("", word).translate(_FOLDS)


@dataclasses.dataclass(frozen=True)
class Names:
    """What a corpus shows: how often a word begins names of a type, and all its words; folded."""

    initials: Counter[tuple[str, str]]
    words: frozenset[str]

    def proclitics(self, word: str, kind: str, *, joined: bool) -> int:
        """The number of code points before the name; of ل + ال the first ل, as nasij has it.

        A reading is believed if what remains begins names of the type at least half as often as
        the whole word. A word that begins a name but once or twice is also read as و and a name
        where the word before ends a name of the type (`joined`), and as nasij reads it where it
        knows the name or the corpus has the remaining word too.
        """
        length = self._letters(word, kind, _CONJUNCTIONS + _PREPOSITIONS, joined=joined)
        if length and word[0] in _CONJUNCTIONS:
            length += self._letters(word[1:], kind, _PREPOSITIONS, joined=False)
        return length

    def _letters(self, word: str, kind: str, letters: str, *, joined: bool) -> int:
        if word[:1] not in letters or len(word) < 3:
            return 0
        whole = self.initials[fold(word), kind]
        rests = [word[1:], "ال" + word[2:]] if word.startswith("لل") else [word[1:]]
        least = max(whole / 2, 1 if len(word) > 3 else 3)  # two letters are easily also a name
        if any(self.initials[fold(rest), kind] >= least for rest in rests):
            return 1
        if whole > 2 or len(word) < 4:
            return 0
        article = re.match("لل.{4}" if kind == "PER" else "(?:لل|[بك]ال).{4}", word)
        if article or (word[0] == "و" and joined):
            return 1
        seen = any(len(rest) > 3 and fold(rest) in self.words for rest in rests)
        return int(_is_read(word, seen=seen))


def _is_read(word: str, *, seen: bool) -> bool:
    """Whether nasij reads the first letter as a proclitic, be it of a name that it knows.

    Foreign names begin with و and one of the letters ا ل ي س و too often to believe it there.
    """
    mentions = nasij.extract(word, tagger=False)
    if len(mentions) == 1 and mentions["end"].iloc[0] == len(word):
        return bool(mentions["start"].iloc[0] > 0)
    read = nasij.clitics(word)
    clitic = len(read) == 1 and read["proclitics"].iloc[0].startswith(tuple("وفبكل"))
    return clitic and (seen or bool(re.match("و[^اليسو].{4}", word)))
