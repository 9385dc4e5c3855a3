//! Intervals of measures by resampling clusters.

use rayon::prelude::*;

use super::bca::{bca, is_square, signed, sizes};
use super::clusters::{Clusters, powers};
use super::contingency::Contingency;
use super::measures::Measure;
use super::random::{Purpose, Random};
use crate::corpus::Job;
use crate::error::{ErrorKind, Result};
use crate::threads::pool;

/// Resamples that are drawn together: one vector operation adds a cluster to all of them.
const LANES: usize = 32;

/// Sums of one id or pair held at a time; more pairs are worked on in parts.
const SUMS: usize = 8 << 20;

/// How intervals are made.
#[derive(Debug, Clone, Copy)]
pub struct Bootstrap {
    /// How many resamples are drawn.
    pub resamples: usize,
    /// How probably an interval holds what it estimates, such as 0.95.
    pub level: f64,
    /// What the draws depend on.
    pub seed: u64,
}

/// The intervals of one measure, a pair a place. NaN for pairs that are never together.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Intervals {
    pub low: Vec<f64>,
    pub high: Vec<f64>,
}

impl Bootstrap {
    /// The bias-corrected and accelerated bootstrap intervals (`BCa`: Efron 1987, *Better bootstrap
    /// confidence intervals*) of measures of the pairs of `clusters`.
    ///
    /// What is estimated is the measure of the table that the process behind the corpus would give
    /// on average, of as many clusters as the corpus has. Clusters are taken to be independent and of
    /// one distribution; units within a cluster may depend on each other in any way. A resample
    /// draws as many clusters as there are, with replacement, and the measure is taken of the
    /// summed table: so the number of units varies from one resample to the next, too. The bias
    /// correction counts resamples equal to the estimate by half, as counts are whole numbers; the
    /// acceleration is that of the infinitesimal jackknife. Where they would leave the estimate out,
    /// the interval is that of the percentiles, as far as the estimate; of chi2 it is that of the
    /// signed one, folded. Of a pair in few clusters no resampling says much: see
    /// `docs/uncertainty.md` for how often intervals cover.
    ///
    /// Results depend on the seed and on nothing else. `progress` is told the pairs done and all.
    ///
    /// # Errors
    /// No resample; a level outside of (0, 1); [`ErrorKind::Cancelled`]; a pool that cannot be made.
    pub fn intervals(
        self,
        clusters: &Clusters,
        measures: &[Measure],
        job: &mut Job<'_>,
    ) -> Result<Vec<Intervals>> {
        if self.resamples == 0 || !(self.level > 0.0 && self.level < 1.0) {
            let message = "resamples are at least 1, and level lies between 0 and 1";
            return Err(ErrorKind::Argument(message.to_owned()).into());
        }
        let pool = pool(job.threads)?;
        let number = clusters.chosen.ends.len();
        let mut made: Vec<Vec<[f64; 2]>> = Vec::with_capacity(number);
        let part = (SUMS / self.resamples).max(1);
        while made.len() < number {
            let pairs = made.len()..(made.len() + part).min(number);
            let labels = labels_of(clusters, pairs.clone());
            let mut blocks = Vec::new();
            while blocks.len() * LANES < self.resamples {
                let first = blocks.len();
                let last =
                    (first + 4 * pool.current_num_threads()).min(self.resamples.div_ceil(LANES));
                blocks.extend(pool.install(|| {
                    (first..last)
                        .into_par_iter()
                        .map(|block| self.block(clusters, block, &labels, pairs.clone()))
                        .collect::<Vec<_>>()
                }));
                go_on(job, made.len(), number)?;
            }
            while made.len() < pairs.end {
                let some = made.len()..(made.len() + 512).min(pairs.end);
                let found = pool.install(|| {
                    some.into_par_iter()
                        .map(|pair| {
                            let ends = clusters.chosen.ends[pair]
                                .map(|label| labels.binary_search(&label).unwrap_or_default());
                            let tables = self.tables(&blocks, ends, pair - pairs.start);
                            self.intervals_of(clusters, pair as u32, measures, &tables)
                        })
                        .collect::<Vec<_>>()
                });
                made.extend(found);
                go_on(job, made.len(), number)?;
            }
        }
        let column =
            |measure: usize, side: usize| made.iter().map(|pair| pair[measure][side]).collect();
        Ok((0..measures.len())
            .map(|measure| Intervals {
                low: column(measure, 0),
                high: column(measure, 1),
            })
            .collect())
    }

    /// The summed tables of a block of resamples.
    fn block(
        self,
        clusters: &Clusters,
        block: usize,
        labels: &[u32],
        pairs: std::ops::Range<usize>,
    ) -> Block {
        let number = clusters.clusters();
        // How often each cluster comes: 256 times only by a chance of 1 in 10^500.
        let mut times = vec![[0_u8; LANES]; number];
        let mut resample = |lane: usize| {
            let stream = (block * LANES + lane) as u64;
            let mut random = Random::new(self.seed, Purpose::Bootstrap, stream);
            for _ in 0..number {
                times[random.below(number as u64) as usize][lane] += 1;
            }
        };
        (0..LANES).for_each(&mut resample);
        let most = times.iter().flatten().copied().max().unwrap_or_default();
        let sum = |entries: &[(u32, u32)]| {
            let all: u64 = entries.iter().map(|&(_, units)| u64::from(units)).sum();
            if all * u64::from(most) > u64::from(u16::MAX) {
                return sum_wide(&times, entries);
            }
            // Small enough for the widest vectors.
            let mut sums = [0_u16; LANES];
            for &(cluster, units) in entries {
                for (sum, &times) in sums.iter_mut().zip(&times[cluster as usize]) {
                    *sum += units as u16 * u16::from(times);
                }
            }
            sums.map(u64::from)
        };
        let mut totals = [0; LANES];
        for (times, &units) in times.iter().zip(&clusters.units) {
            for (total, &times) in totals.iter_mut().zip(times) {
                *total += u64::from(units) * u64::from(times);
            }
        }
        Block {
            totals,
            singles: labels
                .iter()
                .map(|&l| sum(clusters.singles.of(l)))
                .collect(),
            apart: pairs
                .clone()
                .map(|p| sum(clusters.apart.of(p as u32)))
                .collect(),
            pairs: pairs.map(|p| sum(clusters.pairs.of(p as u32))).collect(),
        }
    }

    fn tables(self, blocks: &[Block], ends: [usize; 2], pair: usize) -> Vec<Contingency> {
        let tables = blocks.iter().flat_map(|block| {
            (0..LANES).map(move |lane| {
                let [a, b] = ends.map(|end| block.singles[end][lane]);
                let total = block.totals[lane] + block.apart[pair][lane];
                Contingency::counted(block.pairs[pair][lane], a, b, total)
            })
        });
        tables.take(self.resamples).collect()
    }

    fn intervals_of(
        self,
        clusters: &Clusters,
        pair: u32,
        measures: &[Measure],
        tables: &[Contingency],
    ) -> Vec<[f64; 2]> {
        let cells = Cells::of(clusters, pair);
        if cells.sum[0] == 0 {
            return vec![[f64::NAN; 2]; measures.len()];
        }
        let estimated = table(cells.sum);
        measures
            .iter()
            .map(|&measure| {
                let mut values: Vec<f64> = tables.iter().map(|t| signed(measure, t)).collect();
                values.sort_unstable_by(f64::total_cmp);
                let acceleration = cells.acceleration(measure);
                let estimate = signed(measure, &estimated);
                let ends = bca(&values, estimate, acceleration, self.level);
                if is_square(measure) {
                    sizes(ends)
                } else {
                    ends
                }
            })
            .collect()
    }
}

/// The sums of some resamples: for each label, and for each pair of a part.
struct Block {
    totals: [u64; LANES],
    singles: Vec<[u64; LANES]>,
    pairs: Vec<[u64; LANES]>,
    apart: Vec<[u64; LANES]>,
}

fn sum_wide(times: &[[u8; LANES]], entries: &[(u32, u32)]) -> [u64; LANES] {
    let mut sums = [0; LANES];
    for &(cluster, units) in entries {
        for (sum, &times) in sums.iter_mut().zip(&times[cluster as usize]) {
            *sum += u64::from(units) * u64::from(times);
        }
    }
    sums
}

fn labels_of(clusters: &Clusters, pairs: std::ops::Range<usize>) -> Vec<u32> {
    let mut labels = clusters.chosen.ends[pairs].concat();
    labels.sort_unstable();
    labels.dedup();
    labels
}

pub(super) fn go_on(job: &mut Job<'_>, done: usize, all: usize) -> Result<()> {
    if (job.progress)(done, all as u64) {
        Ok(())
    } else {
        Err(ErrorKind::Cancelled.into())
    }
}

fn table([both, only_a, only_b, neither]: [u64; 4]) -> Contingency {
    let (a, b) = (both + only_a, both + only_b);
    Contingency::counted(both, a, b, a + only_b + neither)
}

/// The cells of a pair's table, cluster by cluster.
struct Cells {
    sum: [u64; 4],
    /// Those of the clusters with either id.
    told: Vec<[f64; 4]>,
    /// How many clusters have neither, and the sums of their units, squared and cubed.
    rest: [f64; 4],
}

impl Cells {
    fn of(clusters: &Clusters, pair: u32) -> Self {
        let ends = clusters.chosen.ends[pair as usize];
        let [mut a, mut b] = ends.map(|label| clusters.singles.of(label).iter().peekable());
        let mut both = clusters.pairs.of(pair).iter().peekable();
        let mut apart = clusters.apart.of(pair).iter().peekable();
        let mut cells = Self {
            sum: [0; 4],
            told: Vec::new(),
            rest: clusters.powers,
        };
        let mut rest = clusters.total();
        while let Some(cluster) = a.peek().into_iter().chain(b.peek()).map(|e| e.0).min() {
            let [a, b, both, apart] = [&mut a, &mut b, &mut both, &mut apart].map(|of| {
                let found = of.next_if(|entry| entry.0 == cluster);
                found.map_or(0, |entry| entry.1)
            });
            let units = clusters.units[cluster as usize];
            let row = [both, a - both, b - both, units + apart - (a + b - both)];
            for (sum, n) in cells.sum.iter_mut().zip(row) {
                *sum += u64::from(n);
            }
            rest -= u64::from(units);
            for (rest, power) in cells.rest.iter_mut().zip(powers(units)) {
                *rest -= power;
            }
            cells.told.push(row.map(f64::from));
        }
        // The rest has neither.
        cells.sum[3] += rest;
        cells
    }

    /// A sixth of the skewness of the clusters' influence on a measure (Efron 1987, section 7).
    fn acceleration(&self, measure: Measure) -> f64 {
        let slopes = self.slopes(measure);
        if slopes.iter().any(|slope| !slope.is_finite()) {
            return 0.0;
        }
        let clusters = self.told.len() as f64 + self.rest[0];
        let all: f64 = slopes.iter().zip(self.sum).map(|(s, n)| s * n as f64).sum();
        let mean = all / clusters;
        // Of the rest, whose influence is slope · units - mean, by the binomial theorem.
        let (slope, [number, first, second, third]) = (slopes[3], self.rest);
        let mut squares =
            slope * slope * second - 2.0 * slope * mean * first + mean * mean * number;
        let mut cubes = slope.powi(3) * third - 3.0 * slope * slope * mean * second
            + 3.0 * slope * mean * mean * first
            - mean.powi(3) * number;
        for row in &self.told {
            let influence: f64 = slopes.iter().zip(row).map(|(s, n)| s * n).sum::<f64>() - mean;
            squares += influence * influence;
            cubes += influence.powi(3);
        }
        if squares > 0.0 {
            cubes / (6.0 * squares.powf(1.5))
        } else {
            0.0
        }
    }

    /// How a measure changes with each cell: by differences in a table many times as large, as
    /// tables are of whole numbers. The size of the table only scales most measures.
    fn slopes(&self, measure: Measure) -> [f64; 4] {
        let bits = 64 - self.sum.iter().sum::<u64>().leading_zeros();
        let shift = 52_u32.saturating_sub(bits).min(20);
        let large = self.sum.map(|cell| cell << shift);
        std::array::from_fn(|i| {
            let step = large[i] >> 10;
            if step == 0 {
                return 0.0;
            }
            let (mut more, mut less) = (large, large);
            more[i] += step;
            less[i] -= step;
            (signed(measure, &table(more)) - signed(measure, &table(less))) / (2 * step) as f64
        })
    }
}
