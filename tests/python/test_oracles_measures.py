"""nasij's measures against those of NLTK and scipy, on random tables and at edges."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import nasij

association = pytest.importorskip(
    "nltk.metrics.association", reason="make installs requirements-oracles.txt"
)
NLTK = association.BigramAssocMeasures


def random_tables(number=400, seed=6):
    """Possible counts of totals from 8 to a million, of rare and of frequent ids."""
    rng = np.random.default_rng(seed)
    total = np.exp(rng.uniform(np.log(8), np.log(1e6), number)).astype(np.int64)
    a, b = (np.ceil(total ** rng.uniform(0, 0.98, number)).astype(np.int64) for _ in "ab")
    least, most = np.maximum(0, a + b - total), np.minimum(a, b)
    both = least + np.rint((most - least) * rng.uniform(0, 1, number) ** 2).astype(np.int64)
    return pd.DataFrame({"both": both, "a": a, "b": b, "total": total})


TABLES = random_tables()
FOUND = nasij.association(**TABLES)
#: Tables without an empty cell, of which all formulas hold as they stand.
FULL = (
    (TABLES["both"] > 0)
    & (TABLES["a"] > TABLES["both"])
    & (TABLES["b"] > TABLES["both"])
    & (TABLES["total"] - TABLES["a"] - TABLES["b"] + TABLES["both"] > 0)
)


def close(found, expected, tolerance=1e-9):
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=tolerance, atol=0)


def rows(chosen):
    return [tuple(map(int, row)) for row in TABLES[chosen].itertuples(index=False)]


def cells(both, a, b, total):
    return [[both, a - both], [b - both, total - a - b + both]]


def test_there_are_tables_of_every_kind():
    assert FULL.sum() > 200
    assert (TABLES["both"] == 0).sum() > 5
    assert (FOUND["llr"] < 0).sum() > 20


SAME_IN_NLTK = {
    "pmi": NLTK.pmi,
    "chi2": NLTK.chi_sq,
    "t": NLTK.student_t,
    "poisson_stirling": NLTK.poisson_stirling,
    "dice": NLTK.dice,
    "jaccard": NLTK.jaccard,
}


@pytest.mark.parametrize("name", SAME_IN_NLTK)
def test_as_nltk_has_it(name):
    function = SAME_IN_NLTK[name]
    expected = [function(both, (a, b), total) for both, a, b, total in rows(FULL)]
    # NLTK subtracts 1 from a logarithm, and expected from observed, after rounding.
    near_zero = np.abs(expected) < 1e-6
    assert near_zero.sum() < 10
    close(FOUND.loc[FULL, name][~near_zero], np.array(expected)[~near_zero])


def test_related_to_nltk():
    full = FOUND[FULL]
    given = rows(FULL)
    phi_sq = [NLTK.phi_sq(both, (a, b), total) for both, a, b, total in given]
    close(full["phi"] ** 2, phi_sq)
    # G² has a sign here.
    g2 = np.array([NLTK.likelihood_ratio(both, (a, b), total) for both, a, b, total in given])
    enough = g2 > 1e-3
    close(full["llr"].abs()[enough], g2[enough], 1e-8)
    # The power of mi_like is that of PMI^k, its logarithm is not taken.
    square = [NLTK.mi_like(both, (a, b), total, power=2) for both, a, b, total in given]
    close(full["pmi2"], np.log2(square))
    cube = [NLTK.mi_like(both, (a, b), total) / total for both, a, b, total in given]
    close(full["pmi3"], np.log2(cube))
    # Its Fisher's test asks for so few; that is so many with the absence of b.
    few = [NLTK.fisher(both, (a, b), total) for both, a, b, total in given]
    turned = TABLES[FULL].assign(both=lambda t: t["a"] - t["both"], b=lambda t: t["total"] - t["b"])
    found = nasij.association(**turned, measures="p_greater")["p_greater"]
    normal = np.array(few) > 1e-300  # below, floats have fewer digits
    close(found[normal], np.array(few)[normal], 1e-8)


@pytest.mark.parametrize(("name", "correction"), [("chi2", False), ("chi2_yates", True)])
def test_chi_squared_as_scipy_has_it(name, correction):
    expected = [
        stats.chi2_contingency(cells(*row), correction=correction).statistic for row in rows(FULL)
    ]
    np.testing.assert_allclose(FOUND.loc[FULL, name], expected, rtol=1e-9, atol=1e-12)


def test_log_likelihood_as_scipy_has_it():
    for row, found in zip(rows(FULL), FOUND.loc[FULL, "llr"], strict=True):
        observed = np.array(cells(*row), dtype=float)
        expected = stats.contingency.expected_freq(observed)
        g2 = stats.power_divergence(
            observed.ravel(), expected.ravel(), lambda_="log-likelihood", ddof=2
        )
        assert abs(found) == pytest.approx(g2.statistic, rel=1e-9, abs=1e-9 * row[3] ** 0.5)
        e = stats.contingency.expected_freq(observed)[0, 0]
        assert math.copysign(1, found) == math.copysign(1, row[0] - e) or found == 0


def test_fisher_as_scipy_has_it():
    some = TABLES["total"] < 20_000
    for row, two, one in zip(
        rows(some), FOUND.loc[some, "p"], FOUND.loc[some, "p_greater"], strict=True
    ):
        assert two == pytest.approx(stats.fisher_exact(cells(*row)).pvalue, rel=1e-8)
        greater = stats.fisher_exact(cells(*row), alternative="greater").pvalue
        assert one == pytest.approx(greater, rel=1e-8)


def test_odds_ratio_as_scipy_has_it():
    for row, found in zip(rows(FULL), FOUND[FULL].itertuples(), strict=True):
        result = stats.contingency.odds_ratio(np.array(cells(*row)), kind="sample")
        interval = result.confidence_interval(0.95)
        assert found.odds_ratio == pytest.approx(result.statistic, rel=1e-9)
        assert found.odds_ratio_low == pytest.approx(interval.low, rel=1e-9)
        assert found.odds_ratio_high == pytest.approx(interval.high, rel=1e-9)


def test_relative_risk_as_scipy_has_it():
    for row, found in zip(rows(FULL), FOUND[FULL].itertuples(), strict=True):
        both, a, b, total = row
        of_b = stats.contingency.relative_risk(both, a, b - both, total - a)
        of_a = stats.contingency.relative_risk(both, b, a - both, total - b)
        assert found.relative_risk_b_given_a == pytest.approx(of_b.relative_risk, rel=1e-9)
        assert found.relative_risk_a_given_b == pytest.approx(of_a.relative_risk, rel=1e-9)


def test_q_as_scipy_adjusts():
    close(FOUND["q"], stats.false_discovery_control(FOUND["p"]))
    more = nasij.association(**TABLES, measures=["p", "q"], tests=1000)
    unseen = np.concatenate([more["p"], np.ones(1000 - len(more))])
    close(more["q"], stats.false_discovery_control(unseen)[: len(more)])


def test_correlation_and_overlap_as_of_vectors():
    """Of the ids as vectors of 0 and 1 over units."""
    rng = np.random.default_rng(3)
    for _ in range(50):
        a, b = rng.random((2, 300)) < rng.uniform(0.05, 0.95, (2, 1))
        found = nasij.association((a & b).sum(), a.sum(), b.sum(), 300).iloc[0]
        assert found["phi"] == pytest.approx(np.corrcoef(a, b)[0, 1], rel=1e-9)
        assert found["p_b_given_a"] == pytest.approx(b[a].mean(), rel=1e-12)
        assert found["p_a_given_b"] == pytest.approx(a[b].mean(), rel=1e-12)
        delta = b[a].mean() - b[~a].mean()
        assert found["delta_p_b_given_a"] == pytest.approx(delta, rel=1e-9)
        delta = a[b].mean() - a[~b].mean()
        assert found["delta_p_a_given_b"] == pytest.approx(delta, rel=1e-9)
        cosine = (a & b).sum() / np.linalg.norm(a.astype(float)) / np.linalg.norm(b.astype(float))
        assert found["cosine"] == pytest.approx(cosine, rel=1e-9)
        assert found["min_sensitivity"] == min(found["p_b_given_a"], found["p_a_given_b"])
