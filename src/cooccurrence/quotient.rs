//! Quotients of counts and their logarithms, rounded once: what cancels does so in integers.

use std::f64::consts::LOG2_E;

/// The product of two counts, exact.
pub(super) fn product(x: u64, y: u64) -> u128 {
    u128::from(x) * u128::from(y)
}

/// The nearest `f64`; of counts of any corpus, which fit in 63 bits, in one step.
fn float(x: u128) -> f64 {
    i64::try_from(x).map_or_else(|_| wide(x), |x| x as f64)
}

/// Apart, lest it be computed of every number and then thrown away.
#[cold]
#[inline(never)]
fn wide(x: u128) -> f64 {
    x as f64
}

/// x / y; infinite where only `y` is 0, and 1 where both are: then nothing tells the two apart.
pub(super) fn quotient(x: u128, y: u128) -> f64 {
    if x == y { 1.0 } else { float(x) / float(y) }
}

/// log2(x / y) of a `y` over 0, to the last digits where x is near y, too; minus infinity where
/// `x` is 0.
pub(super) fn log2_quotient(x: u128, y: u128) -> f64 {
    let denominator = float(y);
    let excess = if x < y { -float(y - x) } else { float(x - y) } / denominator;
    if excess.abs() > 0.5 {
        (float(x) / denominator).log2()
    } else {
        excess.ln_1p() * LOG2_E
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log2_quotient_keeps_its_digits_near_zero() {
        let n = 1_u128 << 100;
        let tiny = (n >> 70) as f64 / n as f64 * LOG2_E;
        assert!((log2_quotient(n + (n >> 70), n) / tiny - 1.0).abs() < 1e-15);
        assert!((log2_quotient(n - (n >> 70), n) / -tiny - 1.0).abs() < 1e-15);
    }

    #[test]
    fn log2_quotient_is_continuous_where_its_forms_meet() {
        for (x, y) in [(3_000_000_001, 2_000_000_000), (999_999_999, 2_000_000_000)] {
            let found = log2_quotient(x, y);
            let inside = log2_quotient(if x > y { x - 2 } else { x + 2 }, y);
            assert!((found - inside).abs() < 5e-9, "{found} {inside}");
        }
    }
}
