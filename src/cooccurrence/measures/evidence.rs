//! Statistics of tests of independence: how sure it is that the two are bound, not how strongly.

use super::Contingency;
use crate::cooccurrence::deviance::half_deviance;
use crate::cooccurrence::quotient::{log2_quotient, product};

pub(super) fn llr(table: &Contingency) -> f64 {
    let excess = table.excess();
    let observed = table.cells().map(|cell| cell as f64);
    let size = 2.0 * half_deviance(observed, table.expected_cells(), excess);
    if excess < 0.0 { -size } else { size }
}

pub(super) fn chi2(table: &Contingency) -> f64 {
    let (determinant, _) = table.determinant();
    table.total() as f64 * share(table, determinant as f64)
}

pub(super) fn chi2_yates(table: &Contingency) -> f64 {
    let (determinant, _) = table.determinant();
    let twice = (2 * determinant).saturating_sub(table.total().into());
    table.total() as f64 * share(table, twice as f64 / 2.0)
}

pub(super) fn phi(table: &Contingency) -> f64 {
    let (determinant, negative) = table.determinant();
    let size = share(table, determinant as f64).sqrt();
    if negative { -size } else { size }
}

/// The square of a determinant over the product of the four marginals; 0 where one of them is 0.
/// Two quotients under 1 neither overflow nor lose digits.
fn share(table: &Contingency, determinant: f64) -> f64 {
    let (a, b, total) = (table.a(), table.b(), table.total());
    let [rows, columns] = [product(a, total - a), product(b, total - b)];
    if rows == 0 || columns == 0 {
        return 0.0;
    }
    (determinant / rows as f64) * (determinant / columns as f64)
}

pub(super) fn t(table: &Contingency) -> f64 {
    over_root(table.excess(), table.both() as f64)
}

pub(super) fn z(table: &Contingency) -> f64 {
    over_root(table.excess(), table.expected())
}

fn over_root(excess: f64, variance: f64) -> f64 {
    if excess == 0.0 {
        return 0.0;
    }
    excess / variance.sqrt()
}

/// O (log2(O / 2E)), the 1 within the logarithm so that it does not cancel.
pub(super) fn poisson_stirling(table: &Contingency) -> f64 {
    if table.both() == 0 {
        return 0.0;
    }
    let observed = product(table.both(), table.total());
    let independent = product(table.a(), table.b());
    let log = match independent.checked_mul(2) {
        Some(twice) => log2_quotient(observed, twice),
        None => log2_quotient(observed, independent) - 1.0,
    };
    table.both() as f64 * log
}
