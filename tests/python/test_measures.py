"""Measures of counts of one's own, and what is told of each."""

import math
import re
import tomllib
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import nasij

ROOT = Path(__file__).parents[2]
GOLDEN = tomllib.loads((ROOT / "tests/golden/contingency.toml").read_text("utf-8"))["table"]
COUNTS = ["both", "a", "b", "total"]


def test_golden_tables():
    golden = pd.DataFrame(GOLDEN)
    found = nasij.association(**golden[COUNTS])
    measures = found.columns.drop(["q", "few"])
    assert set(measures) == set(golden.columns) - {"name", *COUNTS}
    for name in measures:
        np.testing.assert_allclose(found[name], golden[name], rtol=1e-12, err_msg=name)


def in_decimals(both, a, b, total):
    """The measures by their formulas, from exact fractions, with 60 digits."""
    log2 = Decimal(2).ln()

    def d(fraction):
        return Decimal(fraction.numerator) / Decimal(fraction.denominator)

    only_a, only_b = a - both, b - both
    neither = total - a - only_b
    expected = Fraction(a * b, total)
    pmi = (d(both / expected)).ln() / log2
    observed = [both, only_a, only_b, neither]
    margins = [(a, b), (a, total - b), (total - a, b), (total - a, total - b)]
    by_chance = [Fraction(row * column, total) for row, column in margins]
    g2 = 2 * sum(o * d(o / e).ln() for o, e in zip(observed, by_chance, strict=True))
    determinant = both * neither - only_a * only_b
    product = a * (total - a) * b * (total - b)
    ratio = Fraction(both * neither, only_a * only_b)
    width = (
        Decimal("1.959963984540054235524594430520551527955550")
        * d(sum((Fraction(1, o) for o in observed), Fraction(0))).sqrt()
    )
    yates = max(Fraction(0), abs(determinant) - Fraction(total, 2))
    return {
        "expected": d(expected),
        "p_b_given_a": d(Fraction(both, a)),
        "p_a_given_b": d(Fraction(both, b)),
        "delta_p_b_given_a": d(Fraction(both, a) - Fraction(only_b, total - a)),
        "delta_p_a_given_b": d(Fraction(both, b) - Fraction(only_a, total - b)),
        "lift": d(both / expected),
        "pmi": pmi,
        "ppmi": max(pmi, Decimal(0)),
        "pmi2": d(Fraction(both**2, a * b)).ln() / log2,
        "pmi3": d(Fraction(both**3, a * b * total)).ln() / log2,
        "npmi": pmi / -(d(Fraction(both, total)).ln() / log2),
        "llr": g2.copy_sign(d(both - expected)),
        "chi2": d(Fraction(total * determinant**2, product)),
        "chi2_yates": d(total * yates**2 / product),
        "phi": determinant / Decimal(product).sqrt(),
        "t": d(both - expected) / Decimal(both).sqrt(),
        "z": d(both - expected) / d(expected).sqrt(),
        "poisson_stirling": both * (pmi - 1),
        "dice": d(Fraction(2 * both, a + b)),
        "logdice": 14 + d(Fraction(2 * both, a + b)).ln() / log2,
        "jaccard": d(Fraction(both, a + b - both)),
        "cosine": both / Decimal(a * b).sqrt(),
        "min_sensitivity": d(Fraction(both, max(a, b))),
        "odds_ratio": d(ratio),
        "odds_ratio_low": d(ratio) * (-width).exp(),
        "odds_ratio_high": d(ratio) * width.exp(),
        "relative_risk_b_given_a": d(Fraction(both * (total - a), a * only_b)),
        "relative_risk_a_given_b": d(Fraction(both * (total - b), b * only_a)),
    }


def huge_tables():
    """Tables of up to 2^53 units, many a hair's breadth from where a measure is 0 or at its end."""
    rng = np.random.default_rng(12)
    for total in [10**4, 10**8, 10**12, 2**53 - 1]:
        for _ in range(12):
            a, b = (int(total ** rng.uniform(0.5, 0.999)) for _ in "ab")
            middle = round(a * b / total)
            for both in [middle - 1, middle + 1, middle * 2, min(a, b) - 1]:
                yield both, a, b, total
        a = total // 2
        for both in [a // 2 + 1, a - 1]:
            yield both, a, a, total
        # All but everywhere; twice as expected; a Dice of 2^-14.
        yield total - 5, total - 3, total - 4, total
        root = math.isqrt(total)
        yield 2 * (root // 2) + 1, root * 2, (root // 2) * (total // root // 2), total
        yield root + 1, root * (1 << 13), root * (1 << 13) - 1, total


def test_exact_up_to_2_to_the_53():
    checked = 0
    for both, a, b, total in huge_tables():
        cells = [both, a - both, b - both, total - a - b + both]
        if min(cells) <= 0:
            continue
        checked += 1
        with localcontext() as context:
            context.prec = 60
            expected = in_decimals(both, a, b, total)
        found = nasij.association(both, a, b, total, [*expected]).iloc[0]
        for name, value in expected.items():
            assert found[name] == pytest.approx(float(value), rel=1e-12, abs=0), (
                name, both, a, b, total,
            )  # fmt: skip
    assert checked > 100


def every_small_table(largest=9):
    return pd.DataFrame(
        [
            (both, a, b, total)
            for total in range(largest)
            for a in range(total + 1)
            for b in range(total + 1)
            for both in range(max(0, a + b - total), min(a, b) + 1)
        ],
        columns=COUNTS,
    )


def bound(text, row):
    """An end of a range as `nasij.measures` tells it, for a table."""
    names = {name: int(row[name]) for name in COUNTS}
    log2 = lambda x: math.log2(x) if x else -math.inf  # noqa: E731
    known = {"log2": log2, "ln": math.log, "sqrt": math.sqrt, "min": min, "inf": math.inf}
    return eval(text, {"__builtins__": {}}, {**names, **known})  # noqa: S307


def test_every_value_is_in_its_range_and_none_is_nan():
    tables = every_small_table()
    huge = [(0, 10**12, 10**12, 10**13), (5, 5, 5, 2**63 - 1), (2**63 - 1,) * 4, (0, 0, 7, 2**53)]
    tables = pd.concat([tables, pd.DataFrame(huge, columns=COUNTS)], ignore_index=True)
    found = nasij.association(**tables)
    assert not found.isna().any().any()
    told = nasij.measures().set_index("name")
    for name in found.columns.drop(["few", "q"]):
        low, high = told.loc[name, "range"].split(" to ")
        for value, (_, row) in zip(found[name], tables.iterrows(), strict=True):
            if row["total"] == 0:
                continue
            least, most = bound(low, row), bound(high, row)
            assert value >= least - 1e-9 * abs(least), (name, value, dict(row))
            assert value <= most + 1e-9 * abs(most), (name, value, dict(row))


def test_what_occurs_nowhere_or_everywhere_tells_nothing():
    for counts in [(0, 0, 5, 10), (0, 0, 0, 10), (5, 10, 5, 10), (10, 10, 10, 10), (0, 0, 0, 0)]:
        found = nasij.association(*counts).iloc[0]
        for name in ["pmi", "llr", "chi2", "chi2_yates", "phi", "t", "z", "delta_p_b_given_a"]:
            assert found[name] == 0, (name, counts)
        for name in ["lift", "odds_ratio", "relative_risk_b_given_a", "p", "p_greater"]:
            assert found[name] == 1, (name, counts)
        assert (found["odds_ratio_low"], found["odds_ratio_high"]) == (0, math.inf)


@pytest.mark.parametrize(
    ("counts", "few"),
    [
        ((4, 10, 10, 1000), True),
        ((5, 10, 10, 1000), False),
        ((0, 100, 60, 1000), False),  # six expected, none came
        ((0, 40, 40, 1000), True),
        ((996, 998, 998, 1000), True),  # neither is what there is little of
        ((8, 8, 14, 17), True),
        ((0, 0, 0, 0), True),
        ((250, 500, 500, 1000), False),
    ],
)
def test_few(counts, few):
    assert nasij.association(*counts, measures="few")["few"].tolist() == [few]


def test_every_measure_is_told():
    told = nasij.measures()
    columns = nasij.association(1, 2, 2, 9).columns
    assert told["name"].tolist() == ["count", *columns]
    assert (told.map(len) > 0).all().all()
    # Formulas are over the counts, and readings are whole sentences.
    assert told["reading"].str.endswith(".").all()
    assert not told["name"].duplicated().any()


def test_the_page_on_measures_has_each_as_it_is_told():
    page = (ROOT / "docs/measures.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.MULTILINE)
    found = {name: [cell.strip() for cell in re.split(r"(?<!\\)\|", rest)] for name, rest in rows}
    for row in nasij.measures().to_dict("records"):
        formula = row["formula"].replace("|", r"\|")
        expected = [f"`{formula}`", row["range"], row["edge"], row["reading"], row["source"]]
        assert found.pop(row["name"]) == expected
    assert not found


def test_counts_come_in_many_shapes():
    both = pd.Series([1, 2], index=["x", "y"])
    found = nasij.association(both, [3, 4], np.array([5, 6], dtype=np.uint8), 100, "lift")
    assert found.index.tolist() == ["x", "y"]
    np.testing.assert_allclose(found["lift"], [100 / 15, 200 / 24])
    assert nasij.association([], [], [], 10).empty
    assert nasij.association([], [], [], []).columns.tolist()[-2:] == ["q", "few"]


def test_wrong_counts_are_refused():
    wrong = nasij.ArgumentError
    with pytest.raises(wrong, match="row 1: no units can have these counts: both 9, a 3"):
        nasij.association([1, 9], 3, 3, 10)
    for counts in ([1.5], [-1], [True], ["1"], [[1]], None, [np.nan], [2**63]):
        with pytest.raises(wrong, match="a is of whole numbers from 0"):
            nasij.association(1, counts, 3, 10)
    with pytest.raises(wrong, match="both has 2, a has 3"):
        nasij.association([1, 1], [2, 2, 2], 2, 10)
    with pytest.raises(wrong, match="did you mean 'pmi2'"):
        nasij.association(1, 1, 1, 1, "pmi22")
    with pytest.raises(wrong, match="tests is a whole number from 2"):
        nasij.association([1, 1], 1, 1, 3, "q", tests=1)
