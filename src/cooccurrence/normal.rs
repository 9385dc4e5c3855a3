//! The normal distribution, as intervals need it.

/// Φ(z), the probability of less than `z`.
pub(super) fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The z of a probability within (0, 1): a rational start, and Halley's method on Φ from there, which is
/// right to the last digits.
pub(super) fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    // Hastings' form (Abramowitz and Stegun 26.2.23) is within 4.5e-4.
    let t = (-2.0 * p.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = above / below - t;
    for _ in 0..3 {
        let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
        let step = (normal_cdf(z) - p) / density;
        z -= step / (1.0 + z * step / 2.0);
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_tables() {
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.025, -1.959_963_984_540_054),
            (0.9, 1.281_551_565_544_600_4),
            (1e-6, -4.753_424_308_822_899),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-12, "{p}");
            assert!((normal_cdf(z) - p).abs() < 1e-14, "{p}");
        }
    }
}
