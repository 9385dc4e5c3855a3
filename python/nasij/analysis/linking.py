"""Which spellings are whose, and what a person decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nasij.analysis.parts import Parts
from nasij.errors import ArgumentError
from nasij.lexicon import as_lexicon
from nasij.spellings import fold
from nasij.variants import (
    Decision,
    decide,
    decisions_table,
    read_decisions,
    variants_table,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from typing import Self

    import pandas as pd

__all__ = ["Linking"]


class Linking(Parts):
    """Spellings, and decisions about who is who."""

    def variants(self) -> pd.DataFrame:
        """Which spellings stand for which entity, and which entities may be one.

        To be looked through and edited, by hand or as CSV, and given back to `apply`: what is
        written into `into` and `rename` is done, the other columns are for reading.

        Returns:
            One row an entity and spelling (those that differ in marks, forms of alef and the like
            are one). Columns entity, name, type, text (the spelling), count (mentions), docs,
            found_by (how often by what), suggestion (a more frequent entity whose name is near, or
            that the lexicon has; empty for most) and distance (how many letters their names are
            apart, as in Editex by Zobel and Dart 1996, where letters of one sound are half a step
            apart; or how many words one leaves out); into and rename, empty. What most needs eyes
            comes first: the nearest suggestions, then the most mentioned entities.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "وصل فلاديمير بوتين إلى موسكو. قال بوتين إنه سعيد."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> analysis.variants()[["entity", "text", "count"]].values.tolist()
            [['per:vladimir-putin', 'بوتين', 1], ['per:vladimir-putin', 'فلاديمير بوتين', 1], \
['loc:moscow', 'موسكو', 1]]
        """
        return variants_table(self._extraction, as_lexicon(self._lexicon))

    def apply(self, decisions: pd.DataFrame | str | os.PathLike[str]) -> Self:
        """A new analysis in which mentions stand for the entities a person decided.

        Args:
            decisions: `variants` as edited, `decisions` of another analysis, or the path of either
                as CSV, by commas, semicolons or tabs. Rows count that have something in one of
                these columns: `into`, an id or a name of this corpus, to which the mentions of
                `entity` with the spelling `text` go, or all of them if `text` is empty (an id that
                nothing has yet makes a new entity); `rename`, a new name for that entity, or
                without `into` for `entity`. Rows of one `step` are taken together, steps one after
                another.

        Returns:
            The analysis with all tables and counts made anew. Decisions about entities or
            spellings that this corpus has not are passed over, with a warning.

        Raises:
            ArgumentError: a column is missing, a name is not found, or two rows disagree; the
                message names row and column.
            ReadError: the file cannot be read.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "وصل فلاديمير بوتين إلى موسكو. قال بوتين إنه سعيد."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> table = analysis.variants()
            >>> table.loc[table["text"] == "بوتين", "into"] = "per:another-putin"
            >>> analysis.apply(table).entities["entity"].tolist()
            ['loc:moscow', 'per:another-putin', 'per:vladimir-putin']
        """
        made = self
        rows = read_decisions(decisions)
        for step in sorted({row.step for row in rows}):
            made = made._decided([row for row in rows if row.step == step])
        return made

    def merge(self, into: str, *others: str) -> Self:
        """A new analysis in which the mentions of `others` stand for `into`.

        Args:
            into: the entity that is kept: its id or a name, as for `evidence`.
            others: the entities that become it.

        Raises:
            ArgumentError: no entity, or several, are called so; nothing to merge.
        """
        if not others:
            msg = "merge takes the entity to keep and at least one other"
            raise ArgumentError(msg)
        kept = self._names.find(into)
        found = dict.fromkeys(self._names.find(other) for other in others)
        return self._decided([Decision(0, o, "", kept, "") for o in found if o != kept])

    def split(self, entity: str, *spellings: str, into: str | None = None) -> Self:
        """A new analysis in which some spellings of an entity stand for another.

        Args:
            entity: the entity they are taken from: its id or a name, as for `evidence`.
            spellings: what of it goes, as in the column text of `variants`.
            into: where to: an id, known or new, or a name; None for an entity of its own, with
                the id an unknown name gets.

        Raises:
            ArgumentError: the entity has no such spelling, or one that is told by `entity` itself.
        """
        source = self._names.find(entity)
        if not spellings:
            msg = "split takes the entity and at least one of its spellings"
            raise ArgumentError(msg)
        table = variants_table(self._extraction, as_lexicon(self._lexicon))
        own = table.loc[table["entity"] == source, "text"].tolist()
        for wrong, key in zip(spellings, fold(spellings), strict=True):
            if key not in fold(own):
                msg = f"{source} has no spelling {wrong!r}; it has {', '.join(own)}"
                raise ArgumentError(msg)
        if into is None:
            kind = self._extraction.entities()["type"][self._codes[source]]
            into = as_lexicon(self._lexicon)._lexicon.id_of(kind, spellings[0])
            if into == source:
                msg = f"{spellings[0]!r} is what {source} is told by; give an id as into"
                raise ArgumentError(msg)
        return self._decided([Decision(0, source, text, into, "") for text in spellings])

    def rename(self, entity: str, name: str) -> Self:
        """A new analysis in which an entity has another name; its id stays.

        Args:
            entity: its id or a name, as for `evidence`.
            name: the new name.

        Raises:
            ArgumentError: no entity, or several, are called so; an empty name.
        """
        if not isinstance(name, str) or not name.strip():
            msg = f"a name is needed, not {name!r}"
            raise ArgumentError(msg)
        return self._decided([Decision(0, self._names.find(entity), "", "", name.strip())])

    @property
    def decisions(self) -> pd.DataFrame:
        """What was decided by `apply`, `merge`, `split` and `rename`, in order.

        Columns step, entity, text, into and rename; `apply` takes it, here or on another corpus,
        and it may be kept as CSV.
        """
        return decisions_table(self._decisions)

    def _decided(self, decisions: Sequence[Decision]) -> Self:
        extraction, resolved = decide(self, decisions)
        step = self._decisions[-1].step + 1 if self._decisions else 0
        made = [decision._replace(step=step, place="") for decision in resolved]
        return self._derived(self._corpus, extraction, (*self._decisions, *made))
