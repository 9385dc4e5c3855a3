//! Counting units, one at a time or many at once.

use std::mem;

use super::counts::Counts;
use super::units::Units;

/// Ids held before they are counted, 16 megabytes of them; fewer make more runs to merge.
const BUFFER: usize = 1 << 22;

/// Counts, over units, how often each id occurs and each pair of ids occurs together.
///
/// The default is the unit of [`Counter::merge`], which is associative and commutative in what
/// [`Counter::finish`] gives: count shards of a corpus apart, in any order, and merge them. Units
/// are counted some millions of ids at a time, and what they gave is merged like the digits
/// of a binary counter. Memory is that of the distinct pairs, two or three times while runs merge,
/// and about a hundred megabytes at most besides. Runs on the caller's rayon pool.
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
    /// Units without ids.
    empty: u64,
    units: Units,
    runs: Vec<Counts>,
}

impl Counter {
    /// Counts one unit that holds these ids, in any order; a repeated id counts once. A unit
    /// without ids counts in the total.
    pub fn add(&mut self, unit: &[u32]) {
        self.add_times(unit, 1);
    }

    /// Counts a unit as if it were added `times` times.
    pub fn add_times(&mut self, unit: &[u32], times: u64) {
        self.add_each(unit.len(), |k| unit[k], times);
    }

    /// [`Counter::add_times`] of a unit of so many ids, told one by one.
    pub(super) fn add_each(&mut self, number: usize, id: impl Fn(usize) -> u32, times: u64) {
        if number == 0 {
            self.empty += times;
        } else if times > 0 {
            self.units.push_each(number, id, times);
            if self.units.size() >= BUFFER {
                self.seal();
            }
        }
    }

    /// The counter of both counters' units.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.empty += other.empty;
        self.units.append(&other.units);
        for run in other.runs {
            self.push_run(run);
        }
        if self.units.size() >= BUFFER {
            self.seal();
        }
        self
    }

    /// What was counted, in its one canonical order.
    pub fn finish(mut self) -> Counts {
        self.seal();
        self.runs.sort_by_key(|run| run.pairs().len());
        let empty = Counts::canonical(self.empty, Vec::new(), Vec::new(), Vec::new());
        self.runs.into_iter().fold(empty, Counts::merge)
    }

    /// Counts the units held.
    fn seal(&mut self) {
        let (counts, _) = mem::take(&mut self.units).count(1);
        self.push_run(counts);
    }

    /// Adds a run, then merges runs until each is over twice as long as the next, so that a pair
    /// is copied a logarithmic number of times.
    fn push_run(&mut self, run: Counts) {
        if run.total() == 0 {
            return;
        }
        self.runs.push(run);
        while let [.., long, short] = self.runs.as_slice()
            && long.pairs().len() <= 2 * short.pairs().len()
            && let (Some(short), Some(long)) = (self.runs.pop(), self.runs.pop())
        {
            self.runs.push(long.merge(short));
        }
    }
}
