"""What was found in a corpus, and every table, graph and picture made of it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij import graph, tables
from nasij.arguments import check_min_count, check_types, check_unit, one_of
from nasij.counts import Counts
from nasij.errors import ArgumentError, NasijWarning
from nasij.evidence import Evidence, evidence_table
from nasij.lazy import lazy
from nasij.lexicon import as_lexicon
from nasij.names import Names
from nasij.roles import Holder, Roles
from nasij.spellings import fold
from nasij.variants import (
    Decision,
    decide,
    decisions_table,
    entries_by_id,
    read_decisions,
    variants_table,
)
from nasij.wording import counted

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import networkx as nx
    import numpy.typing as npt
    from scipy import sparse

    from nasij._nasij import Extraction
    from nasij.corpus import Corpus
    from nasij.lexicon import Lexicon
    from nasij.plotting import Plot

__all__ = ["Analysis", "Matrix"]

_PERIODS: Final = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_FREQUENCIES: Final = ("D", "W", "M", "Q", "Y")


class Matrix(NamedTuple):
    """Pair counts as a matrix.

    `matrix` is a symmetric CSR of int64 with a zero diagonal, n by n; row and column i belong to
    row i of `labels`, whose `count` is the number of units the entity occurs in.
    """

    matrix: sparse.csr_array[Any, tuple[int, int]]
    labels: pd.DataFrame


class Analysis:
    """The mentions found in a corpus; made by `Corpus.analyze`.

    Every table is a pandas frame in long form; offsets are Python code points into the text of
    the document. Every count leads to its sentences: see `evidence`.

    Example:
        >>> import nasij, pandas as pd
        >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين."
        >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
        >>> analysis.entities[["entity", "mentions"]].head(1).values.tolist()
        [['per:vladimir-putin', 2]]
        >>> analysis.evidence("بوتين", "شي جين بينغ")["text"].tolist()
        ['التقى فلاديمير بوتين وشي جين بينغ في موسكو.']
    """

    def __init__(
        self,
        corpus: Corpus,
        extraction: Extraction,
        lexicon: Lexicon | None = None,
        decisions: Sequence[Decision] = (),
    ) -> None:
        """Puts the parts together; use `Corpus.analyze`."""
        self._corpus = corpus
        self._extraction = extraction
        self._lexicon = lexicon
        self._decisions = tuple(decisions)

    @property
    def corpus(self) -> Corpus:
        """The corpus that was analyzed."""
        return self._corpus

    @lazy
    def _documents(self) -> pd.DataFrame:
        return tables.documents_table(self._corpus.documents, self._extraction)

    @lazy
    def _mentions(self) -> pd.DataFrame:
        return tables.mentions_table(self._corpus.documents, self._extraction)

    @lazy
    def _entities(self) -> pd.DataFrame:
        return tables.entities_table(self._corpus.documents, self._extraction)

    @lazy
    def _names(self) -> Names:
        return Names(self._entities, self._lexicon)

    @lazy
    def _roles(self) -> Roles:
        return Roles(self._extraction, as_lexicon(self._lexicon))

    @lazy
    def _codes(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self._extraction.entities()["id"])}

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

    def counts(
        self, unit: str | int = "sentence", types: str | Iterable[str] | None = None
    ) -> Counts:
        """Counts pairs of entities, to be kept or merged with the counts of other corpora.

        Args:
            unit: "sentence", "paragraph", "document", or a whole number k for every window of k
                tokens. An entity or pair counts once a unit, however often it occurs in it.
            types: the types of entities that take part (PER, ORG, LOC, MISC, NORP); None for all.

        Raises:
            ArgumentError: an unknown unit or type.
        """
        return self._counted(check_unit(unit), check_types(types), None)

    def cooccurrence(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        by: str | None = None,
    ) -> pd.DataFrame:
        """Which entities occur together, and how much more often than by chance.

        Args:
            unit: as for `counts`.
            types: as for `counts`.
            min_count: only pairs seen together in at least so many units.
            by: "day", "week", "month", "quarter", "year", or a column of `documents` such as
                "source": each group is counted and tested by itself. Documents without a value
                are in no group; a warning says how many.

        Returns:
            One row a pair, by `llr` from high to low; with `by`, that column comes first. Columns
            a, b, a_name, b_name, a_type, b_type; count, a_count, b_count and total (units);
            expected (count if the two were independent); pmi and npmi (base 2; Church and Hanks
            1990, Bouma 2009); llr (log-likelihood ratio G², negative if the pair is rarer than by
            chance; Dunning 1993); logdice (at most 14; Rychlý 2008); jaccard; p (Fisher's exact
            test, two-sided); q (Benjamini and Hochberg 1995, among all ``attrs["tests"]`` pairs
            seen, whatever `min_count`; with `by`, a number for each group).

        Raises:
            ArgumentError: an unknown unit, type or column.
        """
        unit, chosen, least = check_unit(unit), check_types(types), check_min_count(min_count)
        if by is None:
            return tables.pairs_table(self._counted(unit, chosen, None)._counts, least, None)
        parts, tests = [], {}
        for label, mask in self._groups(by):
            counted = self._counted(unit, chosen, mask)
            part = tables.pairs_table(counted._counts, least, None)
            tests[str(label)] = part.attrs.pop("tests")
            part.insert(0, by, [label] * len(part))
            parts.append(part)
        if not parts:
            empty = tables.pairs_table(self._counted(unit, chosen, None)._counts, least, None)
            parts = [empty.iloc[:0]]
            parts[0].insert(0, by, None)
        table = pd.concat(parts, ignore_index=True)
        table.attrs["tests"] = tests
        return table

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

    def evidence(
        self,
        a: str,
        b: str | None = None,
        unit: str | int = "sentence",
        role: str | None = None,
        holder: Holder = None,
    ) -> Evidence:
        """The units behind a count: exactly those in which `a`, or `a` and `b`, were counted.

        Args:
            a: an entity: its id, Arabic or English name, a spelling seen in the texts, or one
                that the lexicon lists for it (an alias or a short form).
            b: another one; None for the units of `a` alone.
            unit: as for `counts`.
            role: only where `a` is called so; a role of the table `roles`.
            holder: with `role`, only of this country or body, by its id or name in `roles`; a
                missing value, as it stands there, for roles that name none; None for any.

        Returns:
            One row a unit: doc, date, source, sentence (the first of the unit), text (without
            white space around it), spans (a list of ``(start, end, entity)`` into text), start
            and end (of text in the document). Notebooks show it right to left, names marked.

        Raises:
            ArgumentError: no entity, or several, are called so, or not by this role; the message
                lists candidates.
        """
        asked = [self._find(name) for name in (a, b) if name is not None]
        if b is not None and asked[0] == asked[1]:
            msg = f"{a!r} and {b!r} are the same entity"
            raise ArgumentError(msg)
        if role is None and holder is not None:
            msg = "holder says whose role is meant; name the role too"
            raise ArgumentError(msg)
        mentions = None if role is None else self._roles.find(asked[0], role, holder)
        return evidence_table(self._corpus, self._extraction, check_unit(unit), asked, mentions)

    def matrix(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 1,
    ) -> Matrix:
        """Pair counts as a scipy matrix with labels; see `Matrix`.

        Args:
            unit: as for `counts`.
            types: as for `counts`.
            min_count: smaller counts are left out (zero).

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame({"text": ["التقى فلاديمير بوتين وشي جين بينغ."]})
            >>> matrix, labels = nasij.Corpus.from_frame(frame).analyze().matrix()
            >>> matrix.toarray().tolist()
            [[0, 1], [1, 0]]
        """
        from scipy import sparse  # noqa: PLC0415

        counts = self.counts(unit, types)
        labels = counts.entities
        pairs = counts._counts.pairs(check_min_count(min_count))
        a, b, both = pairs["a"], pairs["b"], pairs["count"]
        rows, columns = np.concatenate([a, b]), np.concatenate([b, a])
        shape = (len(labels), len(labels))
        matrix = sparse.coo_array((np.concatenate([both, both]), (rows, columns)), shape=shape)
        return Matrix(matrix.tocsr(), labels)

    def network(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        weight: str = "count",
    ) -> nx.Graph[str]:
        """The pairs as a networkx graph.

        Args:
            unit: as for `counts`.
            types: as for `counts`.
            min_count: only pairs seen together in at least so many units.
            weight: the measure that is the edges' ``weight``: count, npmi, llr, logdice, ...

        Returns:
            Nodes are entity ids with name, name_en, type, subtype, mentions and docs; edges have
            weight, count, expected, pmi, npmi, llr, logdice, jaccard, p and q.
        """
        return graph.build(self._entities, self.cooccurrence(unit, types, min_count), weight)

    def write_gexf(
        self,
        path: str | os.PathLike[str],
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        weight: str = "count",
    ) -> Path:
        """Writes the `network` for Gephi, whole or not at all, with Arabic labels and colours."""
        pairs = self.cooccurrence(unit, types, min_count)
        return graph.write_gexf(self._entities, pairs, weight, path)

    def timeline(
        self, entities: str | Iterable[str] | None = None, freq: str = "M"
    ) -> pd.DataFrame:
        """How often entities are mentioned over time.

        Args:
            entities: ids or names, as for `evidence`; None for all.
            freq: "D", "W", "M", "Q" or "Y" for day, week, month, quarter or year.

        Returns:
            One row a period and entity with mentions: period (a pandas Period), entity, name,
            mentions and docs. Documents without a date are left out.

        Raises:
            ArgumentError: an unknown frequency or entity.
        """
        one_of("freq", freq, _FREQUENCIES)
        found = self._extraction.mentions()
        period = self._documents["date"].dt.to_period(freq).array
        table = pd.DataFrame(
            {"period": period.take(found["doc"]), "entity": found["entity"], "doc": found["doc"]}
        )
        if entities is not None:
            names = [entities] if isinstance(entities, str) else list(entities)
            table = table[table["entity"].isin([self._find(name) for name in names])]
        grouped = table.dropna(subset="period").groupby(["period", "entity"])["doc"]
        rows = grouped.agg(mentions="size", docs="nunique").reset_index()
        known = self._extraction.entities()
        codes = rows["entity"].to_numpy()
        rows["entity"] = tables.take(known["id"], codes)
        rows.insert(2, "name", tables.take(known["name"], codes))
        order = ["period", "mentions", "entity"]
        return rows.sort_values(order, ascending=[True, False, True], ignore_index=True)

    def write(
        self,
        folder: str | os.PathLike[str],
        format: str = "csv",  # noqa: A002
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        overwrite: bool = False,  # noqa: FBT001, FBT002
    ) -> list[Path]:
        """Writes documents, mentions, entities, roles, pairs, problems and network.gexf.

        All are written or none.

        Args:
            folder: made if there is none.
            format: "csv" (UTF-8 with a mark, so that Excel shows Arabic; lists joined by
                " | "; cells as they are, so that Excel takes a title with = at its start for a
                formula), "jsonl" or "parquet" (needs ``nasij[parquet]``).
            unit: as for `counts`.
            types: as for `counts`; for the pairs and the network.
            min_count: as for `cooccurrence`.
            overwrite: replace what an earlier run wrote; other files in the folder stay.

        Returns:
            The paths written.

        Raises:
            ArgumentError: an unknown format, or the folder holds something and `overwrite` is
                False.
        """
        from nasij.export import write_all  # noqa: PLC0415

        pairs = self.cooccurrence(unit, types, min_count)
        return write_all(self, pairs, folder, format, overwrite=overwrite)

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

    def apply(self, decisions: pd.DataFrame | str | os.PathLike[str]) -> Analysis:
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

    def merge(self, into: str, *others: str) -> Analysis:
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

    def split(self, entity: str, *spellings: str, into: str | None = None) -> Analysis:
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

    def rename(self, entity: str, name: str) -> Analysis:
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

    @property
    def plot(self) -> Plot:
        """Pictures: ``analysis.plot.network()`` and ``analysis.plot.timeline(names)``."""
        from nasij.plotting import Plot  # noqa: PLC0415

        return Plot(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles the parts; tables are made anew."""
        return Analysis, (self._corpus, self._extraction, self._lexicon, self._decisions)

    def __repr__(self) -> str:
        """The numbers of documents, mentions and entities."""
        documents, mentions = len(self._corpus), int(self._documents["mentions"].sum())
        return (
            f"<Analysis: {counted(documents, 'document')}, {counted(mentions, 'mention')}, "
            f"{counted(len(self._entities), 'entity', 'entities')}>"
        )

    def _decided(self, decisions: Sequence[Decision]) -> Analysis:
        extraction, resolved = decide(self, decisions)
        step = self._decisions[-1].step + 1 if self._decisions else 0
        made = [decision._replace(step=step, place="") for decision in resolved]
        return Analysis(self._corpus, extraction, self._lexicon, (*self._decisions, *made))

    @lazy
    def _listed(self) -> dict[str, list[str]]:
        return entries_by_id(as_lexicon(self._lexicon))

    def _find(self, name: str) -> int:
        return self._codes[self._names.find(name)]

    def _mask(self, types: list[str] | None) -> npt.NDArray[np.bool_] | None:
        if types is None:
            return None
        return np.isin(np.array(self._extraction.entities()["type"], dtype=object), types)

    def _counted(
        self, unit: str | int, types: list[str] | None, docs: npt.NDArray[np.bool_] | None
    ) -> Counts:
        return Counts(self._extraction.counts(unit, self._mask(types), docs))

    def _groups(self, by: str) -> Iterator[tuple[Any, npt.NDArray[np.bool_]]]:
        """Each value of the documents' column `by`, or period of their dates, and its mask."""
        documents = self._documents
        if by in documents.columns:
            values = documents[by]
        elif by in _PERIODS:
            values = documents["date"].dt.to_period(_PERIODS[by])
        else:
            allowed = [*_PERIODS, *(str(name) for name in documents.columns)]
            one_of("by", by, allowed)
            return
        missing = int(values.isna().sum())
        if missing:
            note = f"{missing:,} of {len(values):,} documents have no {by} and are in no group"
            warnings.warn(note, NasijWarning, stacklevel=3)
        try:
            labels = sorted(values.dropna().unique())
        except TypeError:
            labels = sorted(values.dropna().unique(), key=str)
        for label in labels:
            yield label, (values == label).to_numpy(dtype=bool, na_value=False)
