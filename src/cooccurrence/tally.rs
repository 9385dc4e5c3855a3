//! Counting keys by sorting: the runs under the [`Counter`](super::Counter).

use std::cmp::Ordering;

/// Keys held before they are sorted into a run: eight megabytes of pairs. Fewer make more runs to
/// merge; more gain little.
const BUFFER: usize = 1 << 20;

/// A multiset of keys: keys not yet sorted, and runs of (key, count) in ascending order of key.
#[derive(Debug, Clone)]
pub(super) struct Tally<K> {
    once: Vec<K>,
    weighted: Vec<(K, u64)>,
    runs: Vec<Vec<(K, u64)>>,
}

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self {
            once: Vec::new(),
            weighted: Vec::new(),
            runs: Vec::new(),
        }
    }
}

impl<K: Ord + Copy> Tally<K> {
    /// Counts every key `times` times. The buffers never grow past their limit.
    pub(super) fn extend(&mut self, keys: impl Iterator<Item = K>, times: u64) {
        if times == 1 {
            self.extend_once(keys);
        } else {
            self.extend_weighted(keys.map(|key| (key, times)));
        }
    }

    fn extend_once(&mut self, mut keys: impl Iterator<Item = K>) {
        loop {
            self.once
                .extend(keys.by_ref().take(BUFFER - self.once.len()));
            if self.once.len() < BUFFER {
                return;
            }
            self.seal_once();
        }
    }

    fn extend_weighted(&mut self, mut keys: impl Iterator<Item = (K, u64)>) {
        loop {
            self.weighted
                .extend(keys.by_ref().take(BUFFER - self.weighted.len()));
            if self.weighted.len() < BUFFER {
                return;
            }
            self.seal_weighted();
        }
    }

    /// Adds all that another tally counted.
    pub(super) fn merge(&mut self, other: Self) {
        self.extend_once(other.once.into_iter());
        self.extend_weighted(other.weighted.into_iter());
        for run in other.runs {
            self.push_run(run);
        }
    }

    /// Every key with its count, in ascending order of key.
    pub(super) fn finish(mut self) -> Vec<(K, u64)> {
        self.seal_once();
        self.seal_weighted();
        self.runs.sort_by_key(Vec::len);
        let mut runs = self.runs.into_iter();
        let first = runs.next().unwrap_or_default();
        let mut all = runs.fold(first, |sum, run| merged(&sum, &run));
        all.shrink_to_fit();
        all
    }

    fn seal_once(&mut self) {
        self.once.sort_unstable();
        let run: Vec<_> = self
            .once
            .chunk_by(PartialEq::eq)
            .map(|same| (same[0], same.len() as u64))
            .collect();
        self.once.clear();
        self.push_run(run);
    }

    fn seal_weighted(&mut self) {
        self.weighted.sort_unstable_by_key(|&(key, _)| key);
        let run: Vec<_> = self
            .weighted
            .chunk_by(|x, y| x.0 == y.0)
            .map(|same| (same[0].0, same.iter().map(|&(_, times)| times).sum()))
            .collect();
        self.weighted.clear();
        self.push_run(run);
    }

    /// Adds a run, then merges runs until each is over twice as long as the next: a binary counter,
    /// in which every key is copied a logarithmic number of times.
    fn push_run(&mut self, run: Vec<(K, u64)>) {
        if run.is_empty() {
            return;
        }
        self.runs.push(run);
        while let [.., long, short] = self.runs.as_slice()
            && long.len() <= 2 * short.len()
        {
            let sum = merged(long, short);
            self.runs.truncate(self.runs.len() - 2);
            self.runs.push(sum);
        }
    }
}

/// Two lists in ascending order of key as one, with the counts of equal keys added.
pub(super) fn merged<K: Ord + Copy>(x: &[(K, u64)], y: &[(K, u64)]) -> Vec<(K, u64)> {
    let mut sum = Vec::with_capacity(x.len() + y.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(&(key_x, count_x)), Some(&(key_y, count_y))) = (x.get(i), y.get(j)) {
        let order = key_x.cmp(&key_y);
        sum.push(match order {
            Ordering::Less => (key_x, count_x),
            Ordering::Equal => (key_x, count_x + count_y),
            Ordering::Greater => (key_y, count_y),
        });
        i += usize::from(order != Ordering::Greater);
        j += usize::from(order != Ordering::Less);
    }
    sum.extend_from_slice(&x[i..]);
    sum.extend_from_slice(&y[j..]);
    sum
}
