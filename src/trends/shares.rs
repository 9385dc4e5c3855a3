//! Shares of a population, how sure they are, and their course without its jitter.

/// Wilson's score interval (1927) of a share of `count` in `total`, for a normal quantile `z` (1.96
/// for 95%): the shares that a score test does not refuse. It lies within 0 and 1, has a width
/// where the count is 0 or all, and keeps its level for small counts better than the textbook's.
/// NaN of a total of 0.
///
/// ```
/// use nasij::trends::wilson;
/// // With z = 2: (1 + 2) / (4 + 4) ± 2 / 8 · √(1·3/4 + 1).
/// let (low, high) = wilson(1, 4, 2.0);
/// assert!((low - (0.375 - 0.25 * 1.75_f64.sqrt())).abs() < 1e-15);
/// assert!((high - (0.375 + 0.25 * 1.75_f64.sqrt())).abs() < 1e-15);
/// ```
pub fn wilson(count: u64, total: u64, z: f64) -> (f64, f64) {
    if total == 0 {
        return (f64::NAN, f64::NAN);
    }
    let (x, n) = (count as f64, total as f64);
    let square = z * z;
    let middle = (x + square / 2.0) / (n + square);
    let half = z / (n + square) * (x * ((n - x) / n) + square / 4.0).sqrt();
    let low = if count == 0 { 0.0 } else { middle - half };
    let high = if count >= total { 1.0 } else { middle + half };
    (low.max(0.0), high.min(1.0))
}

/// The share of each period as a weighted one of the periods within `reach` of it: kernel
/// regression (Nadaraya 1964, Watson 1964) over documents, with the tricube weights of Cleveland
/// (1979). At a distance of d periods the weight is (1 - (d / (reach + 1))³)³.
///
/// Counts and totals are summed apart, Σwx / Σwn, so a period weighs as much as it has documents.
/// A period without any is missing (NaN) in the result, and adds nothing to its neighbours. At both
/// ends the window is cut off: the estimate leans inwards there, and a rise or fall looks flatter.
///
/// # Panics
/// When the two are of different lengths.
///
/// ```
/// use nasij::trends::smoothed;
/// // Neighbours weigh (1 - 1/8)³ = 343/512.
/// let course = smoothed(&[0, 8, 0], &[10, 10, 10], 1);
/// assert!((course[1] - 0.8 / (1.0 + 2.0 * 343.0 / 512.0)).abs() < 1e-15);
/// ```
pub fn smoothed(counts: &[u64], totals: &[u64], reach: usize) -> Vec<f64> {
    assert_eq!(counts.len(), totals.len());
    let reach = reach.min(counts.len());
    let weights: Vec<f64> = (0..=reach)
        .map(|d| (1.0 - (d as f64 / (reach + 1) as f64).powi(3)).powi(3))
        .collect();
    (0..counts.len())
        .map(|at| {
            if totals[at] == 0 {
                return f64::NAN;
            }
            let (mut relevant, mut all) = (0.0, 0.0);
            for i in at.saturating_sub(reach)..=(at + reach).min(counts.len() - 1) {
                let weight = weights[at.abs_diff(i)];
                relevant += weight * counts[i] as f64;
                all += weight * totals[i] as f64;
            }
            relevant / all
        })
        .collect()
}
