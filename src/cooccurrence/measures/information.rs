//! Measures that compare observed with expected by a quotient: lift and the family of PMI.

use super::Contingency;
use crate::cooccurrence::quotient::{log2_quotient, product, quotient};

pub(super) fn lift(table: &Contingency) -> f64 {
    let observed = product(table.both(), table.total());
    quotient(observed, product(table.a(), table.b()))
}

pub(super) fn pmi(table: &Contingency) -> f64 {
    let independent = product(table.a(), table.b());
    if independent == 0 {
        return 0.0;
    }
    log2_quotient(product(table.both(), table.total()), independent)
}

pub(super) fn ppmi(table: &Contingency) -> f64 {
    pmi(table).max(0.0)
}

pub(super) fn pmi2(table: &Contingency) -> f64 {
    let both = table.both();
    if both == 0 {
        return f64::NEG_INFINITY;
    }
    log2_quotient(product(both, both), product(table.a(), table.b()))
}

/// Of two terms that are both negative, so that nothing cancels.
pub(super) fn pmi3(table: &Contingency) -> f64 {
    if table.both() == 0 {
        return f64::NEG_INFINITY;
    }
    pmi2(table) + log2_quotient(table.both().into(), table.total().into())
}

pub(super) fn npmi(table: &Contingency) -> f64 {
    let (both, total) = (table.both(), table.total());
    if table.a() == 0 || table.b() == 0 {
        return 0.0;
    }
    if both == 0 {
        return -1.0;
    }
    if both == table.a() && both == table.b() {
        return 1.0;
    }
    let information = -log2_quotient(both.into(), total.into());
    (pmi(table) / information).clamp(-1.0, 1.0)
}
