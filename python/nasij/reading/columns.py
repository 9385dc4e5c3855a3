"""Which column plays which role: by the name given, or by the names people usually choose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nasij.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ROLES", "find_columns", "listed"]

#: Usual names by role, the most telling first; compared without case, spaces and punctuation.
USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (
        "text", "body", "content", "article", "article_text", "article_body", "full_text",
        "fulltext", "news_text", "story", "نص", "النص", "نص المقال", "نص الخبر", "متن", "المتن",
        "المحتوى", "محتوى", "المقال", "الخبر",
    ),
    "id": (
        "id", "doc", "doc_id", "article_id", "news_id", "uuid", "guid", "url", "link", "href",
        "المعرف", "معرف", "رقم", "الرقم", "رقم المقال", "الرابط", "رابط",
    ),
    "date": (
        "date", "published", "published_at", "published_date", "publish_date", "date_published",
        "publication_date", "pubdate", "datetime", "timestamp", "created_at", "تاريخ", "التاريخ",
        "تاريخ النشر",
    ),
    "source": (
        "source", "source_name", "outlet", "publisher", "site", "website", "newspaper", "media",
        "domain", "المصدر", "مصدر", "الصحيفة", "الجريدة", "الموقع", "الناشر",
    ),
    "title": ("title", "headline", "heading", "العنوان", "عنوان", "عنوان الخبر", "عنوان المقال"),
}  # fmt: skip
ROLES: Final = tuple(USUAL)
_SHOWN: Final = 12


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def find_columns(columns: Iterable[str], given: Mapping[str, str | None]) -> dict[str, str]:
    """Chooses the column of each role among `columns`.

    Args:
        columns: the names there are.
        given: the name the caller wants by role; None leaves the choice to the usual names.

    Returns:
        Role to column, only for the roles that have one. A given name is matched exactly first,
        then without case; a column given for one role is not guessed for another.
    """
    names = list(columns)
    lowered = {name.casefold(): name for name in reversed(names)}
    found: dict[str, str] = {}
    for role, name in given.items():
        if name is None:
            continue
        if name in names:
            found[role] = name
        elif name.casefold() in lowered:
            found[role] = lowered[name.casefold()]
    taken = set(found.values())
    plain = {_plain(name): name for name in reversed(names) if name not in taken}
    for role in ROLES:
        if given.get(role) is None:
            usual = (plain.get(_plain(name)) for name in USUAL[role])
            chosen = next((name for name in usual if name is not None), None)
            if chosen is not None:
                found[role] = chosen
    return found


def check_given(given: Mapping[str, str | None]) -> None:
    """Refuses a column name that is not a string."""
    for role, name in given.items():
        if name is not None and not isinstance(name, str):
            msg = f"{role}= takes the name of a column, not {type(name).__name__}"
            raise ArgumentError(msg)


def listed(columns: Iterable[str]) -> str:
    """The column names for a message: the first dozen and how many more."""
    names = [str(name) for name in columns]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more if names else "none"
