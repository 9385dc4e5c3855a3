//! How many times one share is the other, and how sure that is.

/// The ratio of two shares lies within e^±80, far beyond what counts can tell.
const FARTHEST: f64 = 80.0;

/// A share as it was counted.
pub(super) type Share = (u64, u64);

/// The score interval of Koopman (1984) for the ratio of the share `(x, n)` to another, at a normal
/// quantile `z`: the ratios that a χ² test of both shares under that ratio does not refuse. It
/// exists where a count is 0: the ratio to a share of 0 is infinite above and bounded below. Of two
/// shares of 0 it is everything, from 0 to infinity, and so it is where a total is 0.
///
/// ```
/// use nasij::trends::ratio_interval;
/// // Koopman's example.
/// let (low, high) = ratio_interval((36, 40), (16, 80), 1.959964);
/// assert!((low - 2.94).abs() < 0.01 && (high - 7.15).abs() < 0.01);
/// ```
pub fn ratio_interval(one: Share, other: Share, z: f64) -> (f64, f64) {
    let everything = (0.0, f64::INFINITY);
    if one.1 == 0 || other.1 == 0 || (one.0 == 0 && other.0 == 0) {
        return everything;
    }
    // The score falls as the ratio rises.
    let crossing = |level: f64| {
        let (mut low, mut high) = (-FARTHEST, FARTHEST);
        while high - low > 1e-12 * FARTHEST {
            let middle = f64::midpoint(low, high);
            if score(one, other, middle.exp()) > level {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high).exp()
    };
    let low = if one.0 == 0 { 0.0 } else { crossing(z) };
    let high = if other.0 == 0 {
        f64::INFINITY
    } else {
        crossing(-z)
    };
    (low, high)
}

/// How many standard errors the shares are off the ratio, their errors estimated under it.
fn score(one: Share, other: Share, ratio: f64) -> f64 {
    let [x, of, y, of_other] = [one.0, one.1, other.0, other.1].map(|count| count as f64);
    // The likeliest share of the other under the ratio: the smaller root of a quadratic, in the
    // form that does not cancel.
    let square = (of + of_other) * ratio;
    let linear = of * ratio + x + of_other + y * ratio;
    let root = (linear * linear - 4.0 * square * (x + y)).max(0.0).sqrt();
    let lesser = 2.0 * (x + y) / (linear + root);
    let greater = (ratio * lesser).min(1.0);
    let variance = greater * (1.0 - greater) / of
        + ratio * ratio * lesser * (1.0 - lesser).max(0.0) / of_other;
    let off = x / of - ratio * (y / of_other);
    if off == 0.0 {
        0.0
    } else {
        off / variance.sqrt()
    }
}

/// The log odds ratio of two shares, drawn towards no difference, and its standard score: that of
/// Monroe, Colaresi and Quinn (2008), with their prior in its form for shares. Each side is given
/// the pooled share with the weight of a tenth of the smaller side; the variance is the sum of the
/// inverse counts. Finite where a count is 0 or all. 0 if there is nothing to tell.
///
/// ```
/// use nasij::trends::log_odds;
/// // Ten documents of 15% are added to each side: 21.5 of 110 and 11.5 of 110.
/// let (log_odds, _) = log_odds((20, 100), (10, 100));
/// assert!((log_odds - ((21.5 / 88.5) / (11.5 / 98.5_f64)).ln()).abs() < 1e-12);
/// ```
pub fn log_odds(one: Share, other: Share) -> (f64, f64) {
    let pooled = (one.0 + other.0) as f64 / (one.1 + other.1) as f64;
    let prior = one.1.min(other.1) as f64 / 10.0;
    if !(pooled > 0.0 && pooled < 1.0 && prior > 0.0) {
        return (0.0, 0.0);
    }
    let cells = |(x, n): Share| {
        (
            x as f64 + prior * pooled,
            (n - x) as f64 + prior * (1.0 - pooled),
        )
    };
    let ((a, b), (c, d)) = (cells(one), cells(other));
    let difference = (a / b).ln() - (c / d).ln();
    let variance = a.recip() + b.recip() + c.recip() + d.recip();
    (difference, difference / variance.sqrt())
}
