//! All pairs, scored.

use std::fmt;
use std::str::FromStr;

use rayon::prelude::*;

use super::contingency::Contingency;
use super::counts::Counts;
use super::family::Family;
use super::measures::Measure;
use super::product::Pair;
use super::pruned::Pruned;
use super::significance::pairs_among;
use crate::error::{Error, ErrorKind};

/// What a table of pairs tells of each pair beside its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// A measure.
    Measure(Measure),
    /// The Benjamini–Hochberg q of [`Measure::P`], among all pairs that the ids make.
    Q,
    /// 1 where the counts are too small to trust a measure ([`Contingency::few`]), else 0.
    Few,
}

impl Column {
    /// The columns of a table of which nobody asked for others.
    pub const DEFAULT: &[Self] = &[
        Self::Measure(Measure::Expected),
        Self::Measure(Measure::Pmi),
        Self::Measure(Measure::Npmi),
        Self::Measure(Measure::Llr),
        Self::Measure(Measure::LogDice),
        Self::Measure(Measure::Jaccard),
        Self::Measure(Measure::P),
        Self::Q,
        Self::Few,
    ];

    /// Every column, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let measures = Measure::ALL.iter().filter(|&&m| m != Measure::Count);
        let measures = measures.map(|&measure| Self::Measure(measure));
        measures.chain([Self::Q, Self::Few])
    }

    /// The column's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.name(),
            Self::Q => "q",
            Self::Few => "few",
        }
    }

    /// Whether the least comes first where pairs are put in order by it.
    fn is_chance(self) -> bool {
        let chances = [Measure::P, Measure::PGreater].map(Self::Measure);
        self == Self::Q || chances.contains(&self)
    }

    pub(super) fn of(self, table: &Contingency) -> f64 {
        match self {
            Self::Measure(measure) => measure.of(table),
            Self::Few => f64::from(u8::from(table.few())),
            Self::Q => f64::NAN,
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Column {
    type Err = Error;

    /// The column of this name.
    fn from_str(name: &str) -> Result<Self, Error> {
        Self::all().find(|c| c.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::all().map(Self::name).collect();
            let message = format!(
                "no measure is called {name:?}; there are {}",
                names.join(", ")
            );
            Error::from(ErrorKind::Argument(message))
        })
    }
}

/// What a table of pairs shall hold.
#[derive(Debug, Clone, Copy)]
pub struct Scoring<'s> {
    /// Pairs seen in fewer units are left out; they are tested all the same.
    pub min_count: u64,
    /// What is told of a pair beside its counts.
    pub columns: &'s [Column],
    /// Whether the strongest pairs come first, by [`Measure::Llr`] if it is among the columns and
    /// else by the first of them; or else pairs are in order of their ids.
    pub strongest_first: bool,
}

impl Default for Scoring<'_> {
    fn default() -> Self {
        Self {
            min_count: 1,
            columns: Column::DEFAULT,
            strongest_first: true,
        }
    }
}

/// Pairs of ids with their counts and what was asked of them, a pair a row; all columns are of one
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
    /// The groups that hold both, but in no unit together: one with `a` alone as well as one with
    /// `b` alone, so that the cells add up to `total` and these. 0 where units are counted.
    pub apart: Vec<u64>,
    /// The columns asked for, in that order.
    pub columns: Vec<(Column, Vec<f64>)>,
    /// The number of units, the same for every row.
    pub total: u64,
    /// How many pairs q is taken among: all that the ids make, in the table or not.
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

    /// A column that was asked for.
    pub fn column(&self, column: Column) -> Option<&[f64]> {
        let known = self.columns.iter().find(|(known, _)| *known == column);
        known.map(|(_, values)| &**values)
    }
}

/// Scores the pairs of counts, of which those in `pruned` were left out.
///
/// Every pair seen at all is tested, and q is taken among all pairs that the ids make (see
/// [`pairs_among`]): `min_count` changes which rows there are and nothing in them. Equal scores are
/// in the order of ids. Runs on the caller's rayon pool; the result does not depend on it. Where p
/// or q is asked for, what is told of a pair is computed once for every different table of counts,
/// of which there are far fewer than pairs.
///
/// ```
/// use nasij::cooccurrence::{Counter, Pruned, Scoring, pairs_table};
/// let mut counter = Counter::default();
/// counter.add_times(&[1, 2], 5);
/// counter.add(&[2, 3]);
/// counter.add_times(&[], 14);
/// let scoring = Scoring { min_count: 2, ..Scoring::default() };
/// let table = pairs_table(&counter.finish(), &Pruned::default(), scoring);
/// assert_eq!((table.a[0], table.b[0], table.count[0]), (1, 2, 5));
/// assert_eq!((table.len(), table.tests), (1, 3));
/// ```
pub fn pairs_table(counts: &Counts, pruned: &Pruned, scoring: Scoring<'_>) -> PairTable {
    let (pairs, single) = (counts.pairs(), counts.marginals());
    let tests = pairs_among(counts.singles().len());
    let table = |i: usize| {
        let (a, b, both) = pairs[i];
        Contingency::counted(both, single(a), single(b), counts.total() + counts.apart(i))
    };
    let mut rows = Rows::at_least(scoring.min_count, pairs);
    let mut columns: Vec<Vec<f64>> = if scoring.columns.iter().any(|c| c.is_chance()) {
        let family = Family::of((0..pairs.len()).map(table), pruned, tests, counts.total());
        let columns = scoring.columns.iter().map(|&column| {
            let of_pair = family.column(column);
            rows.map(of_pair)
        });
        columns.collect()
    } else {
        let columns = scoring.columns.iter();
        columns
            .map(|&column| rows.map(|i| column.of(&table(i))))
            .collect()
    };

    if let Some(order) = scoring.order(&columns) {
        for column in &mut columns {
            *column = order.par_iter().map(|&row| column[row]).collect();
        }
        rows = Rows::Some(match rows {
            Rows::All(_) => order,
            Rows::Some(rows) => order.par_iter().map(|&row| rows[row]).collect(),
        });
    }
    PairTable {
        a: rows.map(|i| pairs[i].0),
        b: rows.map(|i| pairs[i].1),
        count: rows.map(|i| pairs[i].2),
        a_count: rows.map(|i| single(pairs[i].0)),
        b_count: rows.map(|i| single(pairs[i].1)),
        apart: if counts.is_apart() {
            rows.map(|i| counts.apart(i))
        } else {
            vec![0; rows.len()]
        },
        columns: scoring.columns.iter().copied().zip(columns).collect(),
        total: counts.total(),
        tests,
    }
}

/// The pairs that are rows of a table, in its order.
enum Rows {
    /// So many, all there are.
    All(usize),
    Some(Vec<usize>),
}

impl Rows {
    fn at_least(min_count: u64, pairs: &[Pair]) -> Self {
        if pairs.iter().all(|pair| pair.2 >= min_count) {
            return Self::All(pairs.len());
        }
        let rows = (0..pairs.len()).filter(|&i| pairs[i].2 >= min_count);
        Self::Some(rows.collect())
    }

    fn len(&self) -> usize {
        match self {
            Self::All(number) => *number,
            Self::Some(rows) => rows.len(),
        }
    }

    /// A column of the table, of what is told of each pair.
    fn map<T: Send>(&self, of_pair: impl Fn(usize) -> T + Send + Sync) -> Vec<T> {
        match self {
            Self::All(number) => (0..*number).into_par_iter().map(of_pair).collect(),
            Self::Some(rows) => rows.par_iter().map(|&i| of_pair(i)).collect(),
        }
    }
}

impl Scoring<'_> {
    /// The rows from the strongest to the weakest; none where they stay as they are.
    fn order(&self, columns: &[Vec<f64>]) -> Option<Vec<usize>> {
        if !self.strongest_first {
            return None;
        }
        let llr = Column::Measure(Measure::Llr);
        let by = self.columns.iter().position(|&c| c == llr).unwrap_or(0);
        let (column, values) = (self.columns.get(by)?, columns.get(by)?);
        let up = column.is_chance();
        let mut keys: Vec<(u64, usize)> = values
            .par_iter()
            .enumerate()
            .map(|(row, &value)| (ascending(if up { value } else { -value }), row))
            .collect();
        keys.par_sort_unstable();
        Some(keys.into_par_iter().map(|(_, row)| row).collect())
    }
}

/// A number that ascends as the value does.
fn ascending(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 0 {
        bits | 1 << 63
    } else {
        !bits
    }
}
