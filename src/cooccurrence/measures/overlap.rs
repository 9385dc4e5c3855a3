//! Measures of overlap: of the units with either id, how many have both. The total plays no part.

use super::Contingency;
use crate::cooccurrence::quotient::{log2_quotient, product};

pub(super) fn dice(table: &Contingency) -> f64 {
    of_both(table, || 2.0 * table.both() as f64 / sum(table) as f64)
}

pub(super) fn log_dice(table: &Contingency) -> f64 {
    if table.both() == 0 {
        return f64::NEG_INFINITY;
    }
    // 14 within the logarithm, so that it does not cancel.
    log2_quotient(u128::from(table.both()) << 15, sum(table))
}

pub(super) fn jaccard(table: &Contingency) -> f64 {
    let either = sum(table) - u128::from(table.both());
    of_both(table, || table.both() as f64 / either as f64)
}

pub(super) fn cosine(table: &Contingency) -> f64 {
    let mean = || (product(table.a(), table.b()) as f64).sqrt();
    of_both(table, || (table.both() as f64 / mean()).min(1.0))
}

pub(super) fn min_sensitivity(table: &Contingency) -> f64 {
    let more = table.a().max(table.b());
    of_both(table, || table.both() as f64 / more as f64)
}

fn sum(table: &Contingency) -> u128 {
    u128::from(table.a()) + u128::from(table.b())
}

/// 0 for two that never meet, be it because one of them never occurs.
fn of_both(table: &Contingency, measure: impl Fn() -> f64) -> f64 {
    if table.both() == 0 { 0.0 } else { measure() }
}
