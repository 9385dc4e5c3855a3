//! All pairs, scored.

use rayon::prelude::*;

use super::contingency::Contingency;
use super::counts::Counts;
use super::measures::Measure;
use super::significance::{false_discovery, fisher_exact, pairs_among};

/// Pairs of ids with their measures, a column a field and a pair a row; all columns are of one
/// length. Made by [`pairs_table`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairTable {
    /// The smaller id.
    pub a: Vec<u32>,
    /// The larger id.
    pub b: Vec<u32>,
    /// The units with both.
    pub count: Vec<u64>,
    /// The units with `a`.
    pub a_count: Vec<u64>,
    /// The units with `b`.
    pub b_count: Vec<u64>,
    /// [`Measure::Expected`].
    pub expected: Vec<f64>,
    /// [`Measure::Pmi`], in bits.
    pub pmi: Vec<f64>,
    /// [`Measure::Npmi`].
    pub npmi: Vec<f64>,
    /// [`Measure::Llr`].
    pub llr: Vec<f64>,
    /// [`Measure::LogDice`].
    pub logdice: Vec<f64>,
    /// [`Measure::Jaccard`].
    pub jaccard: Vec<f64>,
    /// The two-sided p of [`fisher_exact`].
    pub p: Vec<f64>,
    /// The Benjamini–Hochberg q of `p` among `tests`.
    pub q: Vec<f64>,
    /// The number of units, the same for every row.
    pub total: u64,
    /// How many pairs `q` is taken among: all that the ids make, in the table or not.
    pub tests: u64,
}

impl PairTable {
    /// The number of pairs.
    pub fn len(&self) -> usize {
        self.a.len()
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.a.is_empty()
    }
}

/// Scores the pairs seen in at least `min_count` units, the strongest log-likelihood ratio first,
/// equal ones by ids.
///
/// Every pair seen at all is tested, and q is taken among all pairs that the ids make (see
/// [`pairs_among`]) before rare pairs are left out: `min_count` changes which rows there are and
/// nothing in them. Runs on the caller's rayon pool; the
/// result does not depend on it. Time is that of one exact test a pair; memory 24 bytes a pair and
/// about 130 a row.
///
/// ```
/// use nasij::cooccurrence::{Counter, pairs_table};
/// let mut counter = Counter::default();
/// counter.add_times(&[1, 2], 5);
/// counter.add(&[2, 3]);
/// counter.add_times(&[], 14);
/// let table = pairs_table(&counter.finish(), 2);
/// assert_eq!((table.a[0], table.b[0], table.count[0]), (1, 2, 5));
/// assert_eq!((table.len(), table.tests), (1, 3));
/// ```
pub fn pairs_table(counts: &Counts, min_count: u64) -> PairTable {
    let pairs = counts.pairs();
    let contingency = |&(a, b, both): &(u32, u32, u64)| {
        Contingency::counted(both, counts.single(a), counts.single(b), counts.total())
    };
    let p: Vec<f64> = pairs
        .par_iter()
        .map(|pair| fisher_exact(&contingency(pair)))
        .collect();
    let mut q = p.clone();
    let tests = pairs_among(counts.singles().len());
    false_discovery(&mut q, tests);

    let mut rows: Vec<(usize, Contingency, f64)> = pairs
        .par_iter()
        .enumerate()
        .filter(|(_, pair)| pair.2 >= min_count)
        .map(|(i, pair)| {
            let table = contingency(pair);
            (i, table, Measure::Llr.of(&table))
        })
        .collect();
    rows.par_sort_unstable_by(|x, y| y.2.total_cmp(&x.2).then(x.0.cmp(&y.0)));

    let measure = |measure: Measure| rows.par_iter().map(|row| measure.of(&row.1)).collect();
    PairTable {
        a: rows.par_iter().map(|row| pairs[row.0].0).collect(),
        b: rows.par_iter().map(|row| pairs[row.0].1).collect(),
        count: rows.par_iter().map(|row| row.1.both()).collect(),
        a_count: rows.par_iter().map(|row| row.1.a()).collect(),
        b_count: rows.par_iter().map(|row| row.1.b()).collect(),
        expected: measure(Measure::Expected),
        pmi: measure(Measure::Pmi),
        npmi: measure(Measure::Npmi),
        llr: rows.par_iter().map(|row| row.2).collect(),
        logdice: measure(Measure::LogDice),
        jaccard: measure(Measure::Jaccard),
        p: rows.par_iter().map(|row| p[row.0]).collect(),
        q: rows.par_iter().map(|row| q[row.0]).collect(),
        total: counts.total(),
        tests,
    }
}
