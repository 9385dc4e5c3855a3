"""What was found: documents, mentions, entities and roles as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nasij import tables
from nasij.analysis.parts import Parts
from nasij.lexicon import as_lexicon

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Found"]


class Found(Parts):
    """The tables of what was found."""

    @property
    def documents(self) -> pd.DataFrame:
        """One row a document: doc, date, source, title, sentences, tokens, mentions, ..."""
        return tables.lend(self._documents)

    @property
    def mentions(self) -> pd.DataFrame:
        """One row a mention, in order of documents and places.

        Columns doc, sentence (from 0 within the document), start, end (code points), text, prefix
        (proclitics, not in text), entity, name, type, role, found_by and score (from 0 to 1, how
        probable it is that the mention is right).
        """
        return tables.lend(self._mentions)

    @property
    def entities(self) -> pd.DataFrame:
        """One row an entity, the most mentioned first.

        Columns entity (id), name, name_en, type, subtype, mentions, docs, first and last (dates
        of its documents), variants (its spellings, the most frequent first; للصين spells الصين)
        and wikidata (its item there, such as Q148, where the lexicon tells it).
        """
        return tables.lend(self._entities)

    def nested(self) -> pd.DataFrame:
        """The names inside the names of `mentions`: سنغافورة in جامعة سنغافورة الوطنية.

        They are spellings of the lexicon that need no support from their context. Names inside
        those of persons are not looked for, nor what begins a name of the same type: روسيا in
        روسيا البيضاء. They are found when asked for, and counted nowhere.

        Returns:
            One row a name with the columns of `mentions`, and outer, the row of the mention
            around it in `mentions`.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "درس في جامعة سنغافورة الوطنية."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> analysis.nested()[["text", "entity", "outer"]].values.tolist()
            [['سنغافورة', 'loc:singapore', 0]]
        """
        known = as_lexicon(self._lexicon)._lexicon
        return tables.nested_table(self._documents, self._extraction, known)

    def roles(self, entity: str | None = None) -> pd.DataFrame:
        """Who is called what: the offices and titles that stand beside people.

        A role is told in its own words, without what only shows respect: «لوزير الخارجية الصيني»,
        «معالي وزير الخارجية الصيني» and «وزير خارجية الصين» are one role, وزير الخارجية, held of
        China.

        Args:
            entity: an id or a name, as for `evidence`: of a person, for the roles it has; of a
                country or body, for those that people have of it. None for all.

        Returns:
            One row a person, role and holder, the most frequent first. Columns entity, name;
            role; holder and holder_name (the country or body that the role's words name; missing
            if they name none); count (sentences), docs, sources (how many), first and last (dates
            of the documents).

        Raises:
            ArgumentError: no entity, or several, are called so.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "قال وزير الخارجية الصيني وانغ يي. رد وانغ يي، وزير خارجية الصين، أمس."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> analysis.roles()[["name", "role", "holder", "count"]].values.tolist()
            [['وانغ يي', 'وزير الخارجية', 'loc:china', 2]]
            >>> len(analysis.evidence("وانغ يي", role="وزير الخارجية", holder="loc:china"))
            2
        """
        if isinstance(entity, str) and not self._roles.held_of(entity):
            entity = self._names.find(entity)
        return self._roles.table(self._documents, entity)
