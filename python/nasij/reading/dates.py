"""Dates as Arabic newsrooms write them.

ISO 8601 first, then RFC 2822 (feeds), then day-first numbers, then words: Arabic month names of
the Levant, Egypt and the Gulf, and the Maghreb, English and French ones, in any digits. A date
with a zone is turned into UTC and loses the zone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import numpy as np
import pandas as pd

__all__ = ["parse_date"]

_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            "january jan janvier يناير جانفي ينايير كانون_الثاني",
            "february feb fevrier فبراير فيفري شباط",
            "march mar mars مارس اذار",
            "april apr avril ابريل افريل نيسان",
            "may mai مايو ماي ايار",
            "june jun juin يونيو يونيه جوان حزيران",
            "july jul juillet يوليو يوليه يوليوز جويليه تموز",
            "august aug aout اغسطس اوت غشت اغشت اب",
            "september sep sept septembre سبتمبر شتنبر شتمبر ايلول",
            "october oct octobre اكتوبر تشرين_الاول",
            "november nov novembre نوفمبر نونبر تشرين_الثاني",
            "december dec decembre ديسمبر دجنبر دجمبر كانون_الاول",
        ),
        start=1,
    )
    for name in names.split()
}
_FOLD: Final = str.maketrans("ٱىة", "ايه")
_ZONE: Final = re.compile(r"\s+(?:(UTC|GMT|Z)|([+-]\d\d:?\d\d))$")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_CLOCK: Final = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm|a\.m\.|p\.m\.|صباحا|مساء|ص|م)?(?!\w)"
)
_RFC_2822: Final = re.compile(
    r"(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d\d:\d\d", re.IGNORECASE
)
_AFTERNOON: Final = {"pm", "p.m.", "مساء", "م"}
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_NOON: Final = 12


def parse_date(value: object) -> datetime | None:
    """Reads one date.

    Args:
        value: a string, a datetime or date (also of numpy and pandas), a pandas Period (its first
            moment), a year, an integer such as 20150721, or seconds or milliseconds since 1970.

    Returns:
        The moment in UTC without a zone, or None for a missing value.

    Raises:
        ValueError: it is no date this function knows; the message says why.

    Example:
        >>> parse_date("الثلاثاء ٢١ تموز/يوليو ٢٠١٥ 10:30")
        datetime.datetime(2015, 7, 21, 10, 30)
        >>> parse_date("05/03/2015")
        datetime.datetime(2015, 3, 5, 0, 0)
    """
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Period):
        value = value.start_time
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime(warn=False)
    if isinstance(value, datetime):
        return _plausible(_to_utc(value))
    if isinstance(value, date):
        return _plausible(datetime(value.year, value.month, value.day))  # noqa: DTZ001
    if isinstance(value, bool | np.bool_):
        msg = "a truth value is no date"
        raise ValueError(msg)  # noqa: TRY004
    if isinstance(value, int | float | np.integer | np.floating):
        return None if math.isnan(value) else _plausible(_from_number(float(value)))
    if not isinstance(value, str):
        msg = f"{type(value).__name__} is no date"
        raise ValueError(msg)  # noqa: TRY004
    return _from_string(value)


def _to_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        msg = "a date out of range"
        raise ValueError(msg) from error


def _plausible(moment: datetime) -> datetime:
    if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return moment
    hijri = " (a Hijri date?)" if 1300 <= moment.year <= 1500 else ""  # noqa: PLR2004
    msg = f"the year {moment.year} is out of range{hijri}"
    raise ValueError(msg)


def _from_number(number: float) -> datetime:
    if number.is_integer() and _FIRST_YEAR <= number <= _LAST_YEAR:
        return datetime(int(number), 1, 1)  # noqa: DTZ001
    if number.is_integer() and 18_000_101 <= number <= 22_001_231:  # noqa: PLR2004
        return datetime.strptime(str(int(number)), "%Y%m%d")  # noqa: DTZ007
    seconds = number / 1000 if abs(number) >= 1e11 else number  # noqa: PLR2004
    if abs(seconds) < 1e7:  # noqa: PLR2004
        msg = f"{number:g} is no date"
        raise ValueError(msg)
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (OverflowError, OSError) as error:
        msg = f"{number:g} is no date"
        raise ValueError(msg) from error


def _from_string(value: str) -> datetime | None:
    text = "".join(_plain_characters(value)).strip()
    if not text or text.casefold() in {"nan", "nat", "null", "none", "-"}:
        return None
    try:
        iso = _ZONE.sub(lambda zone: zone[2] or "Z", text)
        return _plausible(_to_utc(datetime.fromisoformat(iso)))
    except ValueError as error:
        if "out of range" in str(error) and "year" in str(error):
            raise
    if text.isdecimal():
        return _plausible(_from_number(float(text)))
    if _RFC_2822.match(text):
        return _plausible(_to_utc(parsedate_to_datetime(text)))
    return _plausible(_from_parts(text.casefold()))


def _plain_characters(value: str) -> list[str]:
    """ASCII digits, plain spaces, no marks and no invisible characters."""
    kept = []
    for character in value:
        if character.isdecimal():
            kept.append(str(unicodedata.decimal(character)))
        elif character.isspace():
            kept.append(" ")
        elif unicodedata.category(character) not in {"Cf", "Mn"}:
            kept.append(character)
    return kept


def _from_parts(text: str) -> datetime:
    clock = _CLOCK.search(text)
    hour, minute, second = 0, 0, 0
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.group(1, 2, 3))
        if clock[4]:
            hour = hour % _NOON + (_NOON if clock[4] in _AFTERNOON else 0)
        text = text[: clock.start()] + " " + text[clock.end() :]
    if match := _YEAR_FIRST.search(text):
        year, month, day = (int(part or 1) for part in match.groups())
    elif match := _DAY_FIRST.search(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0  # noqa: PLR2004
        if month > _NOON >= day:
            day, month = month, day
    else:
        day, month, year = _from_words(text)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001


def _from_words(text: str) -> tuple[int, int, int]:
    folded = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    folded = folded.translate(_FOLD)
    folded = re.sub(r"(كانون|تشرين)\s+(ال\w+)", r"\1_\2", folded)
    months = {_MONTHS[word] for word in re.findall(r"[^\W\d]+", folded) if word in _MONTHS}
    numbers = re.findall(r"\d+", folded)
    years = [int(number) for number in numbers if len(number) == 4]  # noqa: PLR2004
    days = [int(number) for number in numbers if len(number) <= 2]  # noqa: PLR2004
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        msg = "not a date in a form nasij knows"
        raise ValueError(msg)
    return (days[0] if days else 1), months.pop(), years[0]
