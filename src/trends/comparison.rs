//! Two populations compared: whose rates really differ.

use rayon::prelude::*;

use super::ratio::{log_odds, ratio_interval};
use crate::cooccurrence::{Contingency, Counts, NamedCounts, benjamini_hochberg, fisher_exact};
use crate::corpus::Entity;
use crate::error::Result;
use crate::threads::on_pool;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// The rates of entities.
    Entities,
    /// The rates of pairs.
    Pairs,
}

/// A tested entity or pair.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Difference {
    /// Which couple of populations.
    pub couple: u32,
    /// Places in [`Comparison::entities`]; `b` is `a` where entities are compared.
    pub a: u32,
    pub b: u32,
    pub one: (u64, u64),
    pub other: (u64, u64),
    /// The score interval of the ratio of one's rate to the other's.
    pub low: f64,
    pub high: f64,
    pub log_odds: f64,
    pub z: f64,
    pub p: f64,
    pub q: f64,
}

impl Difference {
    /// How many times the larger rate is the smaller one at least; 1 if that is not certain.
    fn at_least(&self) -> f32 {
        // In less than the precision of both ends, so that a rise and as large a fall are equal.
        self.low.max(self.high.recip()).max(1.0) as f32
    }
}

/// The rates of entities or pairs in couples of populations.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The entities of all populations, by id.
    pub entities: Vec<Entity>,
    /// As [`compare`] gives them; ids are places in `entities`.
    pub rows: Vec<Difference>,
}

/// Compares the populations of each couple, at a normal quantile `z` for the intervals.
///
/// Of each couple those entities or pairs are tested that stand in at least `min_count` units (or
/// groups) of both populations together, so which they are does not depend on where they stand. p
/// is of [`fisher_exact`], two-sided, and q is over the rows of all couples together. Rows come
/// by the end of the ratio's interval nearest to 1, so that what has few counts does not lead.
/// Runs on the caller's rayon pool; the result does not depend on it.
///
/// ```
/// use nasij::cooccurrence::Counter;
/// use nasij::trends::{Compared, compare};
/// let (mut before, mut after) = (Counter::default(), Counter::default());
/// before.add_times(&[], 20);
/// after.add_times(&[7], 5);
/// after.add_times(&[], 5);
/// let rows = compare(&[(before.finish(), after.finish())], Compared::Entities, 1, 1.96);
/// assert_eq!((rows[0].a, rows[0].one, rows[0].other), (7, (0, 20), (5, 10)));
/// // Of the 142506 ways to draw the five, 252 lie wholly in the ten.
/// assert!((rows[0].p - 252.0 / 142506.0).abs() < 1e-15);
/// ```
pub fn compare(
    couples: &[(Counts, Counts)],
    compared: Compared,
    min_count: u64,
    z: f64,
) -> Vec<Difference> {
    let mut tested = Vec::new();
    for (couple, (one, other)) in couples.iter().enumerate() {
        let (n, m) = (one.total(), other.total());
        for ((a, b), x, y) in joined(&rates(one, compared), &rates(other, compared)) {
            if x + y >= min_count {
                tested.push((couple as u32, a, b, (x, n), (y, m)));
            }
        }
    }
    let mut rows: Vec<Difference> = tested
        .into_par_iter()
        .map(|(couple, a, b, one, other)| {
            // One table for both orders of the sides, so that p is the same to the bit.
            let (x, n) = one.min(other);
            let table = Contingency::new(x, n, one.0 + other.0, one.1 + other.1);
            let (low, high) = ratio_interval(one, other, z);
            let (log_odds, standard) = log_odds(one, other);
            let p = table.map_or(1.0, |table| fisher_exact(&table)); // Counts are never refused.
            Difference {
                couple,
                a,
                b,
                one,
                other,
                low,
                high,
                log_odds,
                z: standard,
                p,
                q: p,
            }
        })
        .collect();
    let mut q: Vec<f64> = rows.iter().map(|row| row.p).collect();
    benjamini_hochberg(&mut q);
    for (row, q) in rows.iter_mut().zip(q) {
        row.q = q;
    }
    rows.par_sort_by(|x, y| {
        let strongest = y.at_least().total_cmp(&x.at_least());
        strongest
            .then(x.p.total_cmp(&y.p))
            .then((x.couple, x.a, x.b).cmp(&(y.couple, y.a, y.b)))
    });
    rows
}

impl Comparison {
    /// [`compare`] for counts that name their entities, of one corpus or of several.
    ///
    /// # Errors
    /// Where no threads can be made.
    pub fn of(
        couples: &[(&NamedCounts, &NamedCounts)],
        compared: Compared,
        min_count: u64,
        z: f64,
    ) -> Result<Self> {
        let mut entities: Vec<Entity> = couples
            .iter()
            .flat_map(|(one, other)| one.entities().iter().chain(other.entities()).cloned())
            .collect();
        entities.sort_by(|a, b| a.order().cmp(&b.order()));
        entities.dedup_by(|later, first| later.id == first.id);
        let placed = |named: &NamedCounts| {
            let ids: Vec<u32> = named
                .entities()
                .iter()
                .map(|e| entities.partition_point(|known| known.id < e.id) as u32)
                .collect();
            named.counts().remap(&ids)
        };
        let couples = couples
            .iter()
            .map(|(one, other)| Ok((placed(one)?, placed(other)?)))
            .collect::<Result<Vec<_>>>()?;
        let rows = on_pool(None, || compare(&couples, compared, min_count, z))?;
        Ok(Self { entities, rows })
    }
}

/// Ids and their count, ascending.
type Rate = ((u32, u32), u64);

fn rates(counts: &Counts, compared: Compared) -> Vec<Rate> {
    match compared {
        Compared::Entities => {
            let singles = counts.singles().iter();
            singles.map(|&(id, n)| ((id, id), n)).collect()
        }
        Compared::Pairs => {
            let pairs = counts.pairs().iter();
            pairs.map(|&(a, b, n)| ((a, b), n)).collect()
        }
    }
}

/// What is in either, with the counts of both.
fn joined(one: &[Rate], other: &[Rate]) -> Vec<((u32, u32), u64, u64)> {
    let mut both = Vec::with_capacity(one.len().max(other.len()));
    let (mut i, mut j) = (0, 0);
    while i < one.len() || j < other.len() {
        let first = one.get(i).map(|r| r.0);
        let second = other.get(j).map(|r| r.0);
        let key = match (first, second) {
            (Some(x), Some(y)) => x.min(y),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => unreachable!("the loop ends before"),
        };
        let (mut x, mut y) = (0, 0);
        if first == Some(key) {
            x = one[i].1;
            i += 1;
        }
        if second == Some(key) {
            y = other[j].1;
            j += 1;
        }
        both.push((key, x, y));
    }
    both
}
