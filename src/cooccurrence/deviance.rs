//! The two halves of an exact probability: the likelihood ratio and what Stirling's formula adds.
//!
//! ln n! = n ln n - n + `stirling_excess(n)`. In a hypergeometric probability the n ln n parts of
//! the nine factorials sum to minus half of Dunning's G², so one cancellation-free form serves both
//! the measure and the exact test. Differences of ln n! itself lose every digit at 10^12 units.

/// Half of G²: the sum of O ln(O/E) over four cells that differ from `expected` by `excess` with
/// signs +, -, -, +.
pub(super) fn half_deviance(observed: [f64; 4], expected: [f64; 4], excess: f64) -> f64 {
    let [both, a, b, neither] = observed;
    let [e_both, e_a, e_b, e_neither] = expected;
    deviance_term(both, e_both, excess)
        + deviance_term(a, e_a, -excess)
        + deviance_term(b, e_b, -excess)
        + deviance_term(neither, e_neither, excess)
}

/// O ln(O/E) - (O - E): never negative. The subtracted parts cancel over a table, and with them
/// gone no two terms of the sum do. The form is that of Loader's `bd0`.
fn deviance_term(observed: f64, expected: f64, difference: f64) -> f64 {
    if difference == 0.0 {
        return 0.0;
    }
    if observed == 0.0 {
        return expected;
    }
    let v = difference / (observed + expected);
    if v.abs() >= 0.1 {
        return observed * (observed / expected).ln() - difference;
    }
    // O ln(O/E) = 2 O artanh(v), and 2 O v - (O - E) = (O - E) v.
    let s = v * v;
    let series = 1.0 / 11.0 + s * (1.0 / 13.0 + s / 15.0);
    let series = 1.0 / 3.0 + s * (0.2 + s * (1.0 / 7.0 + s * (1.0 / 9.0 + s * series)));
    v * (difference + 2.0 * observed * s * series)
}

/// `stirling_excess` of 0 to 15.
const SMALL: [f64; 16] = [
    0.0,
    1.0,
    1.306_852_819_440_054_6,
    1.495_922_603_223_725_9,
    1.632_876_385_868_383_2,
    1.740_302_180_611_544_2,
    1.828_694_396_641_771,
    1.903_790_317_678_221_2,
    1.969_070_569_306_562_9,
    2.026_806_284_055_495_2,
    2.078_561_643_135_058_6,
    2.125_459_845_091_81,
    2.168_334_698_205_882,
    2.207_822_206_123_445,
    2.244_418_568_125_061,
    2.278_518_367_307_740_7,
];

/// ln n! - (n ln n - n), which is 0 at 0 and about ln(2πn)/2. `n` is an integer or over 15.
#[expect(clippy::cast_sign_loss, reason = "n is a count")]
pub(super) fn stirling_excess(n: f64) -> f64 {
    if n < SMALL.len() as f64 {
        return SMALL[n as usize];
    }
    let r = n.recip();
    let s = r * r;
    // The first term left out is 691/360360 n^-11: under 2e-16 from 16 on.
    let series =
        r * (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0))));
    0.5 * (std::f64::consts::TAU * n).ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stirling_excess_makes_factorials() {
        let mut ln_factorial = 0.0;
        for n in 1..=170_u32 {
            let x = f64::from(n);
            ln_factorial += x.ln();
            let stirling = x * x.ln() - x + stirling_excess(x);
            assert!(
                (stirling - ln_factorial).abs() <= 1e-13 * ln_factorial.max(1.0),
                "{n}"
            );
        }
    }

    #[test]
    fn deviance_term_is_continuous_where_its_forms_meet() {
        // (O - E) / (O + E) = 0.1 at 11 and 9: the series just below, the logarithm just above.
        let below = deviance_term(10.999_999_999, 9.0, 1.999_999_999);
        let above = deviance_term(11.000_000_001, 9.0, 2.000_000_001);
        let exact = 11.0 * (11.0_f64 / 9.0).ln() - 2.0;
        assert!((below - exact).abs() < 1e-9 && (above - exact).abs() < 1e-9);
    }
}
