//! The bias-corrected and accelerated interval (Efron 1987) of what resampling gave.

use super::contingency::Contingency;
use super::measures::Measure;
use super::normal::{normal_cdf, normal_quantile};

/// The interval of values in ascending order.
#[expect(clippy::cast_sign_loss, reason = "a rank is at least 1")]
pub(super) fn bca(values: &[f64], estimate: f64, acceleration: f64, level: f64) -> [f64; 2] {
    let number = values.len() as f64;
    let below = values.partition_point(|&v| v < estimate) as f64;
    let equal = values.partition_point(|&v| v <= estimate) as f64 - below;
    let least = 0.5 / number;
    let bias = normal_quantile(((below + 0.5 * equal) / number).clamp(least, 1.0 - least));
    let at = |z: f64| {
        let moved = bias + z;
        let squeezed = 1.0 - acceleration * moved;
        // Past the pole of the correction lies all of the distribution.
        if squeezed > 0.0 {
            normal_cdf(bias + moved / squeezed) * (number + 1.0)
        } else if moved < 0.0 {
            0.0
        } else {
            number + 1.0
        }
    };
    let tail = (1.0 - level) / 2.0;
    let z = normal_quantile(tail);
    let value = |rank: f64| values[rank.clamp(1.0, number) as usize - 1];
    let [low, high] = [value(at(z).floor()), value(at(-z).ceil())];
    if low <= estimate && estimate <= high {
        return [low, high];
    }
    // Where a measure has its least, as poisson_stirling of a pair by chance, nearly all
    // resamples lie on one side, and that is a bound and no bias to correct.
    let rank = tail * (number + 1.0);
    let [low, high] = [value(rank.floor()), value((number + 1.0 - rank).ceil())];
    [low.min(estimate), high.max(estimate)]
}

/// Whether a measure is a square, whose least is chance, and not signed as others are.
pub(super) fn is_square(measure: Measure) -> bool {
    matches!(measure, Measure::Chi2 | Measure::Chi2Yates)
}

/// A measure; of a square with the sign of the association, so that it has no turn at chance.
pub(super) fn signed(measure: Measure, table: &Contingency) -> f64 {
    let value = measure.of(table);
    if is_square(measure) && table.determinant().1 {
        -value
    } else {
        value
    }
}

/// Between which sizes signed values lie.
pub(super) fn sizes([low, high]: [f64; 2]) -> [f64; 2] {
    let least = if low < 0.0 && high > 0.0 {
        0.0
    } else {
        low.abs().min(high.abs())
    };
    [least, low.abs().max(high.abs())]
}
