//! Could chance have done it: Fisher's exact test and the false discovery rate.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut;

use super::contingency::Contingency;
use super::deviance::{half_deviance, stirling_excess};

/// A tail this long or shorter is summed term by term; a longer one by quadrature.
const DIRECT_TERMS: f64 = 4096.0;

/// A tail ends where its terms have fallen by the factor e^-40, below the last bit of the sum.
const NEGLIGIBLE: f64 = 40.0;

/// The two-sided p of Fisher's exact test: given the marginals, the probability of a table at most
/// as probable as this one.
///
/// The relative error stays under 1e-9 down to the smallest positive `f64` (p is 0 only below it)
/// and up to at least 10^12 units. Work is bounded: a tail of up to a few thousand tables is summed
/// by the recurrence between neighbours; a longer one, whose probabilities are smooth over
/// hundreds of tables, is integrated at 80 points with the Euler–Maclaurin correction at its end.
/// Nothing is replaced by a normal or χ² approximation. Tables equally probable on paper count as
/// such if their computed probabilities agree to the precision they have (about 1e-13, more in
/// extreme tails), so the result is that of `scipy.stats.fisher_exact`, whose tolerance is 1e-14.
///
/// ```
/// use nasij::cooccurrence::{Contingency, fisher_exact};
/// // A lady tasting tea: 3 of 4 cups right. 34 of the 70 ways are no likelier.
/// let p = fisher_exact(&Contingency::new(3, 4, 4, 8)?);
/// assert!((p - 34.0 / 70.0).abs() < 1e-15);
/// # Ok::<(), nasij::error::Error>(())
/// ```
pub fn fisher_exact(table: &Contingency) -> f64 {
    let Some(observed) = Table::above_mode(table) else {
        return 1.0;
    };
    let deviance = observed.half_deviance(0.0);
    let far = observed
        .mirrored_equal(deviance)
        .map_or(0.0, |(far, ln_ratio)| far.tail() * ln_ratio.exp());
    let ln_p = observed.ln_probability(deviance) + (observed.tail() + far).ln();
    ln_p.exp().min(1.0)
}

/// The one-sided p of Fisher's exact test: given the marginals, the probability of so many units
/// with both ids or more. As exact as [`fisher_exact`], by the same sums; 1 where the two never
/// meet.
///
/// ```
/// use nasij::cooccurrence::{Contingency, fisher_greater};
/// let p = fisher_greater(&Contingency::new(3, 4, 4, 8)?);
/// assert!((p - 17.0 / 70.0).abs() < 1e-15);
/// # Ok::<(), nasij::error::Error>(())
/// ```
pub fn fisher_greater(table: &Contingency) -> f64 {
    let [both, .., neither] = table.cells();
    if both == 0 || neither == 0 {
        return 1.0;
    }
    let table = Table::of(table);
    if table.up_is() == Ordering::Greater {
        // Below the mode: all but the fewer.
        1.0 - table.mirrored().up(1).tail_probability()
    } else {
        table.tail_probability()
    }
}

/// Cells of a table, and its marginals. "Up" is towards a larger first and fourth cell.
#[derive(Clone, Copy)]
struct Table {
    cells: [u64; 4],
    marginals: Contingency,
}

impl Table {
    fn of(table: &Contingency) -> Self {
        Self {
            cells: table.cells(),
            marginals: *table,
        }
    }

    /// The table, turned if need be so that it lies above the mode; none if it is a mode.
    fn above_mode(table: &Contingency) -> Option<Self> {
        let table = Self::of(table);
        match table.up_is() {
            Ordering::Greater => Some(table.mirrored()),
            Ordering::Equal => None,
            Ordering::Less => (table.mirrored().up_is() == Ordering::Greater).then_some(table),
        }
    }

    /// Whether the table one up is more or less probable than this one.
    fn up_is(&self) -> Ordering {
        let [n11, n10, n01, n00] = self.cells.map(u128::from);
        (n10 * n01).cmp(&((n11 + 1) * (n00 + 1)))
    }

    /// The same table with its columns exchanged: up becomes down.
    fn mirrored(&self) -> Self {
        let [n11, n10, n01, n00] = self.cells;
        let (a, b, total) = (
            self.marginals.a(),
            self.marginals.b(),
            self.marginals.total(),
        );
        Self {
            cells: [n10, n11, n00, n01],
            marginals: Contingency::counted(n10, a, total - b, total),
        }
    }

    /// The table `steps` up.
    fn up(&self, steps: u64) -> Self {
        let [n11, n10, n01, n00] = self.cells;
        let cells = [n11 + steps, n10 - steps, n01 - steps, n00 + steps];
        let (a, b, total) = (
            self.marginals.a(),
            self.marginals.b(),
            self.marginals.total(),
        );
        Self {
            cells,
            marginals: Contingency::counted(cells[0], a, b, total),
        }
    }

    /// The four cells `t` up; `t` need not be whole where all cells are large.
    fn cells_at(&self, t: f64) -> [f64; 4] {
        let [n11, n10, n01, n00] = self.cells.map(|cell| cell as f64);
        [n11 + t, n10 - t, n01 - t, n00 + t]
    }

    fn half_deviance(&self, t: f64) -> f64 {
        half_deviance(
            self.cells_at(t),
            self.marginals.expected_cells(),
            self.marginals.excess() + t,
        )
    }

    fn cells_excess(&self, t: f64) -> f64 {
        self.cells_at(t).into_iter().map(stirling_excess).sum()
    }

    /// ln of the hypergeometric probability, of the table's half deviance.
    fn ln_probability(&self, half_deviance: f64) -> f64 {
        let (a, b, total) = (
            self.marginals.a(),
            self.marginals.b(),
            self.marginals.total(),
        );
        let marginals: f64 = [a, b, total - a, total - b]
            .into_iter()
            .map(|n| stirling_excess(n as f64))
            .sum();
        marginals - stirling_excess(total as f64) - self.cells_excess(0.0) - half_deviance
    }

    /// The nearest table at the other side of the mode that is at most as probable as this one,
    /// mirrored so that its tail goes up, and ln of its probability over this one's.
    fn mirrored_equal(&self, deviance: f64) -> Option<(Self, f64)> {
        let excess = self.cells_excess(0.0);
        // Equal tables may differ in the last bits of what was summed.
        let tolerance = 1e-13 + 1e-14 * deviance;
        let mirror = self.mirrored();
        let ln_ratio = |steps| {
            let table = mirror.up(steps);
            (deviance - table.half_deviance(0.0)) + (excess - table.cells_excess(0.0))
        };

        // Up in the mirror probability rises to the mode, then falls.
        let mut last = mirror.cells[1].min(mirror.cells[2]);
        let mut ratio = ln_ratio(last);
        if ratio > tolerance {
            return None;
        }
        let mut more_probable = self.steps_to_mode();
        while last - more_probable > 1 {
            let middle = more_probable + (last - more_probable) / 2;
            let found = ln_ratio(middle);
            if found > tolerance {
                more_probable = middle;
            } else {
                (last, ratio) = (middle, found);
            }
        }
        Some((mirror.up(last), ratio))
    }

    /// How far above the mode this is; the mode is ⌊(a + 1)(b + 1) / (total + 2)⌋.
    fn steps_to_mode(&self) -> u64 {
        let [a, b, total] = [
            self.marginals.a(),
            self.marginals.b(),
            self.marginals.total(),
        ]
        .map(u128::from);
        let mode = (a + 1) * (b + 1) / (total + 2);
        self.cells[0] - (mode as u64)
    }

    /// The probability of this table and all above it; of which it needs what `tail` does.
    fn tail_probability(&self) -> f64 {
        let ln_probability = self.ln_probability(self.half_deviance(0.0));
        (ln_probability + self.tail().ln()).exp().min(1.0)
    }

    /// The probability of this table and all above it over that of this one. Needs a table above
    /// the mode, or one as far below in a mirror: probability falls, ever faster, going up.
    fn tail(&self) -> f64 {
        let [n11, n10, n01, n00] = self.cells_at(0.0);
        if n10 == 0.0 || n01 == 0.0 {
            return 1.0;
        }
        let ln_first = ((n10 / (n11 + 1.0)) * (n01 / (n00 + 1.0))).ln();
        // ln f falls by about -ln_first t + bend t²/2; `reach` is where it has fallen enough.
        let bend: f64 = self.cells_at(0.0).map(f64::recip).iter().sum();
        let slope = (-ln_first).max(0.0);
        let reach = 2.0 * NEGLIGIBLE / (slope + (slope * slope + 2.0 * NEGLIGIBLE * bend).sqrt());
        if reach <= DIRECT_TERMS {
            self.tail_by_terms()
        } else {
            // The slope at the table itself lies half a step before that of the first ratio.
            let slope = slope - bend / 2.0;
            self.tail_by_integral(reach.min(n10).min(n01)) + 0.5 + slope / 12.0
        }
    }

    fn tail_by_terms(&self) -> f64 {
        let [mut n11, mut n10, mut n01, mut n00] = self.cells;
        let (mut term, mut sum) = (1.0, 1.0);
        while n10 > 0 && n01 > 0 {
            n11 += 1;
            n00 += 1;
            term *= (n10 as f64 * n01 as f64) / (n11 as f64 * n00 as f64);
            n10 -= 1;
            n01 -= 1;
            let next = sum + term;
            if next <= sum {
                break;
            }
            sum = next;
        }
        sum
    }

    /// The integral of the relative probability from here to `reach` up: Gauss–Legendre with ten
    /// nodes on eight panels. Only for tails so flat that every cell is over 10^5.
    fn tail_by_integral(&self, reach: f64) -> f64 {
        const PANELS: u32 = 8;
        let deviance = self.half_deviance(0.0);
        let excess = self.cells_excess(0.0);
        let relative =
            |t: f64| ((deviance - self.half_deviance(t)) + (excess - self.cells_excess(t))).exp();
        let half = reach / f64::from(PANELS) / 2.0;
        let panel = |i: u32| {
            let centre = half * f64::from(2 * i + 1);
            NODES
                .iter()
                .map(|&(x, weight)| {
                    weight * (relative(centre - half * x) + relative(centre + half * x))
                })
                .sum::<f64>()
        };
        half * (0..PANELS).map(panel).sum::<f64>()
    }
}

/// The positive nodes of ten-point Gauss–Legendre quadrature on [-1, 1], with their weights.
const NODES: [(f64, f64); 5] = [
    (0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// Replaces each p of a whole family of tests by its Benjamini–Hochberg q: [`false_discovery`] of a
/// family of which every p is known. The same as `scipy.stats.false_discovery_control`.
///
/// ```
/// let mut p = [0.25, 0.0625, 0.75, 0.75];
/// nasij::cooccurrence::benjamini_hochberg(&mut p);
/// assert_eq!(p, [0.5, 0.25, 0.75, 0.75]);
/// ```
pub fn benjamini_hochberg(p: &mut [f64]) {
    false_discovery(p, p.len() as u64);
}

/// Replaces each p by its Benjamini–Hochberg q among `tests` tests: the least false discovery rate
/// at which that test is a discovery. Tests whose p is not given count as if theirs were 1, which
/// makes no q too small. Equal p get equal q. The order of the slice plays no part. O(n log n) on
/// the caller's rayon pool.
pub fn false_discovery(p: &mut [f64], tests: u64) {
    let mut descending: Vec<usize> = (0..p.len()).collect();
    descending.par_sort_unstable_by(|&i, &j| p[j].total_cmp(&p[i]));
    let tests = tests.max(p.len() as u64) as f64;
    let mut q = 1.0_f64;
    for (above, &i) in descending.iter().enumerate() {
        let rank = (p.len() - above) as f64;
        q = q.min(p[i] * (tests / rank));
        p[i] = q;
    }
}

/// How many pairs so many ids make: the family that the pairs of a table are tested among.
///
/// Those never seen together belong to it. Which pairs of rare ids meet is chance itself: of ids
/// that occur once each, those that meet have a p of 1 / total, all of them, and among the pairs
/// seen each would pass for a discovery.
pub fn pairs_among(ids: usize) -> u64 {
    let ids = ids as u64;
    ids * ids.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::cast_sign_loss, reason = "a root is positive")]
    fn integral_equals_sum() {
        // From a tail the sum would take to one of millions of tables, at and away from the mode.
        for (units, lopsided) in [(1 << 20, 1), (1 << 26, 1), (1 << 32, 1), (1 << 32, 100)] {
            let (a, b, total) = (units / 2, units / 2 / lopsided, units);
            let middle = a / 2 / lopsided;
            let spread = (middle as f64 / 2.0).sqrt() as u64;
            for away in [1, spread / 10, spread, 3 * spread] {
                let marginals = Contingency::counted(middle + away, a, b, total);
                let table = Table::above_mode(&marginals).expect("no mode");
                let [sum, tail] = [table.tail_by_terms(), table.tail()];
                assert!(
                    (sum - tail).abs() <= 1e-10 * sum,
                    "{marginals:?}: {sum} {tail}"
                );
            }
        }
    }
}
