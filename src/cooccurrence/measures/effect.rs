//! How much one id changes the chance of the other: probabilities, their differences and ratios.

use super::Contingency;
use crate::cooccurrence::quotient::{product, quotient};

/// The half width of a 95 % interval of a normal distribution, in standard deviations.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// The table with its ids exchanged.
pub(super) fn turned(table: &Contingency) -> Contingency {
    Contingency::counted(table.both(), table.b(), table.a(), table.total())
}

pub(super) fn p_b_given_a(table: &Contingency) -> f64 {
    if table.a() == 0 {
        return table.b() as f64 / table.total().max(1) as f64;
    }
    table.both() as f64 / table.a() as f64
}

pub(super) fn delta_p_b_given_a(table: &Contingency) -> f64 {
    let (size, negative) = table.determinant();
    if size == 0 {
        return 0.0;
    }
    let size = size as f64 / product(table.a(), table.total() - table.a()) as f64;
    if negative { -size } else { size }
}

pub(super) fn relative_risk_b_given_a(table: &Contingency) -> f64 {
    let [both, _, only_b, _] = table.cells();
    quotient(
        product(both, table.total() - table.a()),
        product(only_b, table.a()),
    )
}

pub(super) fn odds_ratio(table: &Contingency) -> f64 {
    let [both, only_a, only_b, neither] = table.cells();
    quotient(product(both, neither), product(only_a, only_b))
}

pub(super) fn odds_ratio_low(table: &Contingency) -> f64 {
    let [both, .., neither] = table.cells();
    if both == 0 || neither == 0 {
        return 0.0;
    }
    let (ratio, width) = finite_odds(table);
    ratio / width.exp()
}

pub(super) fn odds_ratio_high(table: &Contingency) -> f64 {
    let [_, only_a, only_b, _] = table.cells();
    if only_a == 0 || only_b == 0 {
        return f64::INFINITY;
    }
    let (ratio, width) = finite_odds(table);
    ratio * width.exp()
}

/// The odds ratio and half the width of the 95 % interval of its logarithm; with half a unit more in
/// each cell where one of them is empty.
fn finite_odds(table: &Contingency) -> (f64, f64) {
    let cells = table.cells();
    let more = if cells.contains(&0) { 0.5 } else { 0.0 };
    let cells = cells.map(|cell| cell as f64 + more);
    let [both, only_a, only_b, neither] = cells;
    let variance: f64 = cells.map(f64::recip).iter().sum();
    (
        (both / only_a) * (neither / only_b),
        NORMAL_95 * variance.sqrt(),
    )
}
