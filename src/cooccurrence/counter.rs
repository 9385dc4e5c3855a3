//! Counting units, one at a time or many at once.

use super::counts::Counts;
use super::tally::Tally;

/// Counts, over units, how often each id occurs and each pair of ids occurs together.
///
/// The default is the unit of [`Counter::merge`], which is associative and commutative in what
/// [`Counter::finish`] gives: count shards of a corpus apart, in any order, and merge them.
/// Memory is that of the distinct pairs, twice while runs merge, and buffers of some tens of
/// megabytes at most.
///
/// ```
/// use nasij::cooccurrence::Counter;
/// let mut counter = Counter::default();
/// counter.add(&[7, 3, 7]);
/// counter.add(&[3]);
/// counter.add(&[]);
/// let counts = counter.finish();
/// assert_eq!(counts.total(), 3);
/// assert_eq!(counts.singles(), [(3, 2), (7, 1)]);
/// assert_eq!(counts.pairs(), [(3, 7, 1)]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Counter {
    total: u64,
    singles: Tally<u32>,
    pairs: Tally<u64>,
    unit: Vec<u32>,
}

impl Counter {
    /// Counts one unit that holds these ids, in any order; a repeated id counts once. A unit
    /// without ids counts in the total.
    pub fn add(&mut self, unit: &[u32]) {
        self.add_times(unit, 1);
    }

    /// Counts a unit as if it were added `times` times.
    pub fn add_times(&mut self, unit: &[u32], times: u64) {
        if times == 0 {
            return;
        }
        self.total += times;
        self.unit.clear();
        self.unit.extend_from_slice(unit);
        self.unit.sort_unstable();
        self.unit.dedup();
        self.singles.extend(self.unit.iter().copied(), times);
        for (i, &a) in self.unit.iter().enumerate() {
            let high = u64::from(a) << 32;
            let keys = self.unit[i + 1..].iter().map(|&b| high | u64::from(b));
            self.pairs.extend(keys, times);
        }
    }

    /// Counts groups: all of them, those that hold each id, and those that hold each pair
    /// `a < b`; each (group, id) and (group, a, b) stands once.
    pub(super) fn add_groups(
        &mut self,
        all: &[u32],
        singles: &[(u32, u32)],
        pairs: &[(u32, u32, u32)],
    ) {
        self.total += all.len() as u64;
        self.singles.extend(singles.iter().map(|&(_, id)| id), 1);
        let keys = pairs
            .iter()
            .map(|&(_, a, b)| u64::from(a) << 32 | u64::from(b));
        self.pairs.extend(keys, 1);
    }

    /// The counter of both counters' units.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.total += other.total;
        self.singles.merge(other.singles);
        self.pairs.merge(other.pairs);
        self
    }

    /// What was counted, in its one canonical order.
    pub fn finish(self) -> Counts {
        let pairs = self.pairs.finish().into_iter();
        let pairs = pairs.map(|(key, count)| ((key >> 32) as u32, key as u32, count));
        Counts::canonical(self.total, self.singles.finish(), pairs.collect())
    }
}
