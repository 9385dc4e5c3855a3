"""Arabic words as matplotlib must be given them.

matplotlib joins and orders Arabic letters itself from 3.11; for older ones arabic-reshaper and
python-bidi do it before.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any, Final

__all__ = ["caption", "families", "label", "within"]

_SHAPES_ITSELF: Final = (3, 11)
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
_ALONE, _ALONE_ENDS = "\u2067", "\u2069"
_NAMED: Final = re.compile(f"{_ALONE}(.*?){_ALONE_ENDS}")
_STRONG: Final = frozenset({"R", "AL"})
#: Marks of direction, which not every font has a glyph for; they are set anew here.
_MARKS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Has Arabic letters, their joined forms and Latin ones, and comes with matplotlib.
_FALLBACK: Final = "DejaVu Sans"


def label(text: str) -> str:
    """The text as this matplotlib must be given it to draw Arabic rightly.

    A text with Arabic letters runs from right to left even if it begins with others (G20 قمة). A
    dollar sign stays one, and begins no formula.

    Raises:
        ImportError: this matplotlib is old and the libraries that prepare Arabic are not there.

    Example:
        >>> from nasij.plotting import label
        >>> ax = analysis.plot.network()  # doctest: +SKIP
        >>> ax.set_title(label("من مع من"))  # doctest: +SKIP
    """
    lines = [_MARKS.sub("", line) for line in str(text).split("\n")]
    if _older():
        return _escaped("\n".join(_joined(line) if _arabic(line) else line for line in lines))
    return _escaped("\n".join(_RIGHT_TO_LEFT + line if _turns(line) else line for line in lines))


def caption(text: str) -> str:
    """As `label`, for an English line with Arabic names in it, each given by `within`."""
    if _older():
        return _escaped(re.sub(_NAMED, lambda found: _joined(found[1]), text))
    return _escaped(_LEFT_TO_RIGHT + text if _arabic(text) else _MARKS.sub("", text))


def within(name: str) -> str:
    """A name for a `caption`: it runs from right to left, and what follows stays to its right."""
    name = _MARKS.sub("", name)
    return _ALONE + name + _ALONE_ENDS if _arabic(name) else name


def families() -> list[str]:
    """The user's own fonts, and after them one that has Arabic letters."""
    import matplotlib as mpl  # noqa: PLC0415

    settings: Any = mpl.rcParams
    own = settings["font.family"]
    named = [own] if isinstance(own, str) else list(own)
    meant = [settings.get(f"font.{name}", [name])[0] for name in named]
    return named if _FALLBACK in meant else [*named, _FALLBACK]


def _older() -> bool:
    import matplotlib as mpl  # noqa: PLC0415

    return tuple(int(part) for part in mpl.__version__.split(".")[:2]) < _SHAPES_ITSELF


def _escaped(text: str) -> str:
    return text.replace("$", r"\$")


def _arabic(text: str) -> bool:
    return not _STRONG.isdisjoint(map(unicodedata.bidirectional, text))


def _turns(text: str) -> bool:
    """Whether the text has Arabic letters and begins with others."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind for kind in kinds if kind in {"L", *_STRONG}), "") == "L" and _arabic(text)


def _joined(text: str) -> str:
    """The letters in the forms and the order in which they are seen."""
    try:
        # That of bidi itself does not turn brackets.
        from bidi.algorithm import get_display  # noqa: PLC0415

        reshaped = _reshaper().reshape(text)
    except ImportError as error:
        msg = "Arabic labels in matplotlib before 3.11 need more: pip install nasij[plot]"
        raise ImportError(msg) from error
    return str(get_display(reshaped, base_dir="R"))


@functools.cache
def _reshaper() -> Any:
    import arabic_reshaper  # noqa: PLC0415

    # DejaVu Sans lacks the one sign for الله.
    return arabic_reshaper.ArabicReshaper({"ARABIC LIGATURE ALLAH": False})
