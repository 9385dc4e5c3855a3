"""The pictures of one analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from nasij.arguments import one_of
from nasij.errors import ArgumentError
from nasij.plotting import canvas
from nasij.plotting.gather import pair_of, series_of
from nasij.plotting.matrix import clustered, draw_matrix, other_way, square
from nasij.plotting.network import communities, draw_network
from nasij.plotting.pair import PairAxes, draw_pair
from nasij.plotting.timeline import draw_timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

    from nasij.analysis import Analysis

__all__ = ["Plot"]

_NAMES: Final = ("PER", "ORG", "LOC", "MISC")


class Plot:
    """Pictures of one analysis; ``analysis.plot``. Each method returns matplotlib axes."""

    __slots__ = ("_analysis",)

    def __init__(self, analysis: Analysis) -> None:
        """Used as ``analysis.plot``."""
        self._analysis = analysis

    def network(
        self,
        top: int = 25,
        ax: Axes | None = None,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = _NAMES,
        min_count: int = 2,
        weight: str = "count",
        colour: str = "type",
        count: str = "units",
        q: float | None = None,
        alpha: float | None = None,
    ) -> Axes:
        """Draws who appears with whom.

        Args:
            top: how many entities, those with the most weight on their edges.
            ax: where to draw; None makes a new figure, larger for more entities.
            unit: as for `Analysis.counts`.
            types: as for `Analysis.counts`; nationality adjectives are left out unless asked for.
            min_count: only pairs seen together in at least so many units.
            weight: the measure that the width of a line shows.
            colour: "type", or "community": those more with each other than with the rest
                as `Analysis.communities` finds them among the entities drawn.
            count: as for `Analysis.counts`.
            q: as for `Analysis.network`: only pairs that are hardly chance.
            alpha: as for `Analysis.network`: only the backbone.

        Returns:
            The axes; colour is the type or community, area the number of mentions, width the
            weight. No label covers another. In axes too small for all, labels are drawn
            smaller, and at last those of the least mentioned hidden.
        """
        one_of("colour", colour, ("type", "community"))
        whole = self._analysis.network(unit, types, min_count, weight, count, q, alpha)
        strength = dict(whole.degree(weight="weight"))
        chosen = sorted(whole, key=lambda node: (-strength[node], node))[:top]
        graph = whole.subgraph(chosen).copy()
        if not chosen:
            return canvas.say(canvas.axes(ax, (11, 8)), f"no such pair occurs {min_count} times")
        groups = communities(graph) if colour == "community" else {}
        what = canvas.words(unit, count) if weight == "count" else weight
        return draw_network(graph, groups, what, ax)

    def matrix(
        self,
        top: int = 25,
        ax: Axes | None = None,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = _NAMES,
        min_count: int = 2,
        measure: str = "npmi",
        cluster: bool = True,  # noqa: FBT001, FBT002
        count: str = "units",
    ) -> Axes:
        """Draws how strongly each of the entities is tied to each other one, as a heat map.

        Args:
            top: how many entities, those most often together with others.
            ax: where to draw; None makes a new figure, larger for more entities.
            unit: as for `Analysis.counts`.
            types: as for `network`.
            min_count: pairs seen together in fewer units are left white.
            measure: a measure of `Analysis.cooccurrence`. Of those that go one way, such as
                p_b_given_a, the row is a and the column b.
            cluster: put entities that are together next to each other: hierarchical clustering,
                average linkage over 1 - npmi, with the best order of leaves for its tree
                (Bar-Joseph, Gifford and Jaakkola 2001), which is drawn at the right; otherwise
                the entity most often together with others comes first.
            count: as for `Analysis.counts`.

        Returns:
            The axes. Blue is rarer and red more often than by chance, and light grey as by
            chance, for measures that tell it (npmi, pmi, llr, ...); others run from light to
            dark. White are pairs not seen `min_count` times. Labels shrink where the axes
            are small, and at last only some are written.
        """
        wanted = list(dict.fromkeys((measure, other_way(measure), "npmi")))
        pairs = self._analysis.cooccurrence(unit, types, min_count, count=count, measures=wanted)
        ties = pd.concat([pairs.set_index("a")["count"], pairs.set_index("b")["count"]])
        order = ties.groupby(level=0).sum().sort_index().sort_values(ascending=False, kind="stable")
        chosen = order.index[:top].tolist()
        if not chosen:
            return canvas.say(canvas.axes(ax, (6, 6)), f"no pair occurs {min_count} times")
        tree = clustered(square(pairs, chosen, "npmi")) if cluster else None
        if tree is not None:
            from scipy.cluster.hierarchy import leaves_list  # noqa: PLC0415

            chosen = [chosen[leaf] for leaf in leaves_list(tree)]
        known = self._analysis.entities.set_index("entity")["name"]
        absent = "never together" if min_count == 1 else f"together fewer than {min_count} times"
        what = canvas.words(unit, count)[1] if measure == "count" else measure
        words = {"measure": measure, "bar": what, "absent": absent}
        values = square(pairs, chosen, measure)
        return draw_matrix(values, known[chosen].tolist(), tree, words, ax)

    def timeline(
        self,
        entities: str | Iterable[str | tuple[str, str]] | pd.DataFrame | None = None,
        freq: str = "M",
        measure: str = "rate",
        ax: Axes | None = None,
        unit: str | int = "sentence",
        count: str = "documents",
        smooth: int | None = None,
        interval: bool = False,  # noqa: FBT001, FBT002
        bursts: bool = False,  # noqa: FBT001, FBT002
    ) -> Axes:
        """Draws how often entities or pairs are in the news over time.

        Args:
            entities: as for `Analysis.timeline`; None takes the five most mentioned that are no
                nationality adjectives.
            freq: as for `Analysis.timeline`.
            measure: "rate", the share of a period's documents (or whatever is counted), "count",
                how many, or "mentions" (not of pairs).
            ax: where to draw; None makes a new figure.
            unit: as for `Analysis.timeline`.
            count: as for `Analysis.timeline`.
            smooth: as for `Analysis.timeline`: a line through so many periods before and after;
                the rates themselves are faint points.
            interval: shade the interval of each rate.
            bursts: shade the periods of `Analysis.bursts`; in rows they are underlined.

        Returns:
            The axes: a line each, its name at its end; more than twelve are rows of a heat map.
            A period without a mention is zero, and one without any document a gap.

        Raises:
            ArgumentError: as for `Analysis.timeline`; `smooth` or `interval` of what is no rate.
        """
        one_of("measure", measure, ("rate", "count", "mentions"))
        if measure != "rate" and (smooth is not None or interval):
            msg = f"smooth and interval are of a rate, not of {measure}"
            raise ArgumentError(msg)
        if entities is None:
            known = self._analysis.entities
            entities = known.loc[known["type"] != "NORP", "entity"].head(5).tolist()
        elif not isinstance(entities, str | pd.DataFrame):
            entities = list(entities)
        if self._analysis.documents["date"].isna().all() or len(entities) == 0:
            return canvas.say(canvas.axes(ax, (10, 4.5)), "no dated mentions")
        table = self._analysis.timeline(entities, freq, unit, count, smooth)
        found = self._analysis.bursts(entities, freq, unit=unit, count=count) if bursts else None
        many = canvas.words(unit, count)[1]
        what = {"rate": f"% of {many}", "count": many, "mentions": "mentions"}[measure]
        return draw_timeline(*series_of(table, measure, found, interval=interval), what, ax)

    def pair(
        self,
        a: str,
        b: str,
        ax: Axes | None = None,
        unit: str | int = "sentence",
        freq: str | None = None,
        count: str = "units",
    ) -> PairAxes:
        """Draws one pair from all sides.

        Args:
            a: an entity, as for `Analysis.evidence`.
            b: another one.
            ax: where to draw: its place, some 8 by 5 inches or more, is divided among the parts;
                None makes a new figure.
            unit: as for `Analysis.counts`.
            freq: as for `Analysis.timeline`; None takes days, weeks, months, quarters or years
                by how long a time the documents span.
            count: as for `Analysis.counts`.

        Returns:
            Three axes. ``time``: how often they are together in each period, and how often they
            would be by chance (the product of their shares of that period); periods without
            documents are grey. ``cells``: how often both, one and neither, each with what chance
            would make it. ``sources``: where they are together. Above stands how often they are
            together, how many times as often as by chance (lift) with its interval by
            `Analysis.intervals` (not of pairs in fewer than five stories), and q of
            `Analysis.cooccurrence`.
        """
        return draw_pair(pair_of(self._analysis, a, b, unit, freq, count), ax)
