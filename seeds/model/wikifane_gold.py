"""WikiFANE Gold as ANERcorp would have it: four types, names without titles, clitics joined."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tokenized import Sentence, Span, Word, bio, blocks, detokenize

if TYPE_CHECKING:
    from pathlib import Path

# What ANERcorp would call each of the 51 classes; those not named here it leaves alone: peoples
# and faiths (Group), dishes, drugs, kinds of weapons.
_WIKIFANE = {
    "PER": "Politician Other_PER Artist Scientist Religious_PER Police Athlete Businessperson "
    "Engineer Lawyer",
    "ORG": "Commercial Non-Governmental Government Sports Media Educational Religious_ORG "
    "Entertainment Medical-Science",
    "LOC": "Population-Center Nation Water-Body State-or-Province Building-Grounds Celestial "
    "Continent Land-Region-Natural Path GPE-Cluster County-or-District Airport Subarea-Facility "
    "Plant",
    "MISC": "Air Software Book Hardware Movie Water Sound Land Shooting Projectile",
}
_CLASSES = {name: kind for kind, names in _WIKIFANE.items() for name in names.split()}
# ANERcorp has the earth, the sun and the moon as ordinary words.
_ORDINARY = frozenset({"الارض", "الشمس", "القمر", "ارض", "للارض", "للشمس", "للقمر"})


def sentences(path: str | Path) -> list[Sentence]:
    """The sentences of the file."""
    found = []
    for rows in blocks(path, "\t"):
        words = [Word(row[0]) for row in rows]
        spans = []
        for first, last, name in bio([row[-1] for row in rows]):
            kind = _CLASSES.get(name) if words[first].text not in _PRONOUNS else None
            if kind and not (last - first == 1 and words[first].text in _ORDINARY):
                spans.append((first, last, kind))
        found.append(Sentence(words, spans))
    _regain(found)
    for sentence in found:
        _join_clitics(sentence.words, sentence.spans)
        detokenize(sentence.words)
    _drop_heads(found)
    return found


_PROCLITICS = frozenset({"و", "ف", "ب", "ل", "ك", "س", "ول", "لل", "ا"})
_PRONOUNS = frozenset({"ه", "ها", "ي", "نا", "ني", "ته"})
# These are also words of their own, and then stand behind a noun with the article, a mark or و.
_FREE_PRONOUNS = frozenset({"هم", "هما", "هن"})
_FOREIGN_AL = re.compile("ال(?:مانيا?|بانيا?|اسكا$|باما|فريد|كس|ن$|يزابيث?|يس$|ينوي|ب$)")


def _join_clitics(words: list[Word], spans: list[Span]) -> None:
    """Writes clitics that stand alone the way they are written: ل + ال to لل, ة + ها to تها."""
    inside = {
        at: number for number, (first, last, _) in enumerate(spans) for at in range(first, last)
    }
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        behind = words[at + 1] if at + 1 < len(words) else None
        if (
            before
            and _is_suffix(word.text, before.text, behind)
            and inside.get(at) == inside.get(at - 1)
        ):
            word.glued = True
            before.text = _before_pronoun(before.text)
        elif (
            before
            and word.text in {"ه", "ها", "نا"}
            and before.text.isalpha()
            and len(before.text) > 1
        ):
            word.glued = True
        elif word.text in _PROCLITICS and behind and not behind.glued:
            letters = re.match("[\u0621-\u064a]", behind.text)
            digits = behind.text[0].isdigit() and word.text in {"و", "ب", "ل"}
            initials = word.text != "و" and len(behind.text) == 1
            if (letters or digits) and not initials:
                behind.glued = True
                if (
                    word.text == "ل"
                    and behind.text.startswith("ال")
                    and not _FOREIGN_AL.match(behind.text)
                ):
                    behind.text = "ل" + behind.text[2:].removeprefix("ل")


def _regain(sentences: list[Sentence]) -> None:
    """Gives names the first letter back that was taken for a clitic: «ف وزي», «و و زنياك».

    It was one unless the corpus has the name without it, and not more often with it.
    """
    alone: Counter[str] = Counter()
    for sentence in sentences:
        texts = [word.text for word in sentence.words]
        for first, last, _ in sentence.spans:
            heard = texts[max(first - 1, 0)] in _PROCLITICS
            alone.update(texts[first + heard : last])
    for sentence in sentences:
        texts = [word.text for word in sentence.words]
        taken = {at for first, last, _ in sentence.spans for at in range(first, last)}
        for number, (first, last, kind) in enumerate(sentence.spans):
            letter = texts[first - 1] if first else ""
            if letter not in _PROCLITICS or first - 1 in taken or not texts[first].isalpha():
                continue
            rest = alone[texts[first]]
            doubled = first > 1 and texts[first - 2] == letter == "و"
            never = letter in {"س", "ا"} or (
                letter in {"ف", "ك"} and rest == 0 and not texts[first].startswith("ال")
            )
            if len(letter) == 1 and (never or doubled or alone[letter + texts[first]] > rest):
                sentence.spans[number] = (first - 1, last, kind)


def _is_suffix(text: str, before: str, behind: Word | None) -> bool:
    if not re.fullmatch("[\u0621-\u064a]+", before):
        return False
    if text in _PRONOUNS:
        return True
    if text == "ك":
        return len(before) > 2 and behind is not None and not re.match("ال|ما$|ان|ون", behind.text)
    free = before.startswith("ال") or before in {"و", "ف", "حيث", "الذين", "او", "ثم", "لكن"}
    return text in _FREE_PRONOUNS and not free and len(before) > 1


def _before_pronoun(text: str) -> str:
    if text.endswith("ة"):
        return text[:-1] + "ت"
    if text.endswith("ى"):
        return text[:-1] + ("ي" if text in {"على", "الى", "لدى"} else "ا")
    return text


_HEADS = {
    "PER": "الملك الامير الشيخ الدكتور الرئيس السيد السيدة السلطان الامام القديس المهندس الجنرال "
    "العقيد الامبراطور الاستاذ الحاج القائد الخليفة اللورد السير الكولونيل الوزير الخديوي الملكة "
    "الاميرة الفنان الكابتن العميد اللواء الشاعر النبي الصحابي",
    "ORG": "شركة نادي صحيفة جريدة مجلة قناة فريق مجموعة وكالة اذاعة",
    "LOC": "مدينة قرية ولاية جزيرة نهر جبل مطار اقليم محافظة مقاطعة منطقة شارع دولة جمهورية بلدة "
    "حي كوكب",
    "MISC": "كتاب فيلم مسلسل رواية طائرة سفينة برنامج لعبة",
}
_HEAD_WORDS = {kind: frozenset(words.split()) for kind, words in _HEADS.items()}


def _drop_heads(sentences: list[Sentence]) -> None:
    """Takes titles and words for the kind off the names, as ANERcorp has them.

    A title and «كتاب» always; «شركة» where what is behind it is a name elsewhere, or a single word.
    """
    alone = {
        (" ".join(word.text for word in sentence.words[first:last]), kind)
        for sentence in sentences
        for first, last, kind in sentence.spans
    }
    for sentence in sentences:
        for number, (first, last, kind) in enumerate(sentence.spans):
            texts = [word.text for word in sentence.words[first:last]]
            head = (
                re.sub("^[وبلفك]", "", texts[0]) if texts[0] not in _HEAD_WORDS[kind] else texts[0]
            )
            if len(texts) > 1 and head in _HEAD_WORDS[kind]:
                rest = " ".join(texts[1:])
                if kind in {"PER", "MISC"} or len(texts) == 2 or (rest, kind) in alone:
                    sentence.spans[number] = (first + 1, last, kind)
