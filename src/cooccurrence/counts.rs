//! What was counted: the sufficient statistics of every measure, in canonical order.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::contingency::Contingency;
use crate::error::{Error, ErrorKind, Result};

/// The most units that counts read from bytes may hold; far above any corpus, and low enough that
/// sums of counts cannot overflow.
const MAX_TOTAL: u64 = 1 << 53;

/// How many units there are, hold each id, and hold each pair of ids.
///
/// Ids and pairs stand in ascending order, each once, with a count of at least 1 and `a < b`: equal
/// counts are equal in bytes. Deserializing checks this, and that the counts agree with another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Counts {
    total: u64,
    singles: Vec<(u32, u64)>,
    pairs: Vec<(u32, u32, u64)>,
}

impl Counts {
    pub(super) fn canonical(
        total: u64,
        singles: Vec<(u32, u64)>,
        pairs: Vec<(u32, u32, u64)>,
    ) -> Self {
        Self {
            total,
            singles,
            pairs,
        }
    }

    /// The number of units, with ids or without.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Each id and the units that hold it, by id.
    pub fn singles(&self) -> &[(u32, u64)] {
        &self.singles
    }

    /// Each pair of ids `a < b` and the units that hold both, by a, then b.
    pub fn pairs(&self) -> &[(u32, u32, u64)] {
        &self.pairs
    }

    /// The units that hold this id.
    pub fn single(&self, id: u32) -> u64 {
        let found = self.singles.binary_search_by_key(&id, |&(id, _)| id);
        found.map_or(0, |i| self.singles[i].1)
    }

    /// [`Counts::single`] as a look-up, for many of them.
    pub(super) fn marginals(&self) -> impl Fn(u32) -> u64 + Sync {
        let most = self.singles.last().map_or(0, |&(id, _)| id as usize + 1);
        let dense = most <= 4 * self.singles.len() + (1 << 16);
        let mut counts = vec![0; if dense { most } else { 0 }];
        if dense {
            for &(id, count) in &self.singles {
                counts[id as usize] = count;
            }
        }
        move |id| match counts.get(id as usize) {
            Some(&count) => count,
            None => self.single(id),
        }
    }

    /// The units that hold both ids, in either order; of an id and itself, those that hold it.
    pub fn pair(&self, a: u32, b: u32) -> u64 {
        if a == b {
            return self.single(a);
        }
        let key = (a.min(b), a.max(b));
        let found = self.pairs.binary_search_by_key(&key, |&(a, b, _)| (a, b));
        found.map_or(0, |i| self.pairs[i].2)
    }

    /// The 2×2 table of two ids.
    pub fn contingency(&self, a: u32, b: u32) -> Contingency {
        Contingency::counted(self.pair(a, b), self.single(a), self.single(b), self.total)
    }

    /// The counts of both counts' units. Associative and commutative; the default is its unit.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if self.total == 0 || other.total == 0 {
            return if self.total == 0 { other } else { self };
        }
        Self {
            total: self.total + other.total,
            singles: merged(
                &self.singles,
                &other.singles,
                |&(id, count)| (u64::from(id), count),
                |id, count| (id as u32, count),
            ),
            pairs: merged(
                &self.pairs,
                &other.pairs,
                |&(a, b, count)| (u64::from(a) << 32 | u64::from(b), count),
                |key, count| ((key >> 32) as u32, key as u32, count),
            ),
        }
    }

    /// Gives every id another name; names ascend as ids do.
    pub(super) fn rename(&mut self, name: impl Fn(u32) -> u32 + Sync) {
        for (id, _) in &mut self.singles {
            *id = name(*id);
        }
        for (a, b, _) in &mut self.pairs {
            (*a, *b) = (name(*a), name(*b));
        }
    }

    /// The same counts under other ids: `ids[old]` is the new id of `old`. Shards counted with
    /// vocabularies of their own are brought to a common one before they are merged.
    ///
    /// # Errors
    /// When a counted id has no new id, or two have the same: what both of them together would
    /// count cannot be told from counts.
    pub fn remap(&self, ids: &[u32]) -> Result<Self> {
        let new = |old: u32| ids.get(old as usize).copied();
        let mut singles = Vec::with_capacity(self.singles.len());
        for &(old, count) in &self.singles {
            let id = new(old).ok_or_else(|| argument(format!("id {old} has no new id")))?;
            singles.push((id, count));
        }
        let in_order = singles.is_sorted();
        singles.sort_unstable();
        if let Some(twice) = singles.windows(2).find(|w| w[0].0 == w[1].0) {
            let message = format!("two ids have the same new id {}", twice[0].0);
            return Err(argument(message));
        }
        // Both ids of a pair are among the singles.
        let renamed = |&(a, b, count): &(u32, u32, u64)| {
            let (a, b) = (ids[a as usize], ids[b as usize]);
            (a.min(b), a.max(b), count)
        };
        let mut pairs: Vec<_> = self.pairs.iter().map(renamed).collect();
        if !in_order {
            pairs.sort_unstable();
        }
        Ok(Self::canonical(self.total, singles, pairs))
    }

    /// The counts of the ids to keep alone. The total stays: units left without ids are units.
    #[must_use]
    pub fn restrict(&self, keep: impl Fn(u32) -> bool) -> Self {
        let kept: Vec<_> = self
            .singles
            .iter()
            .copied()
            .filter(|&(id, _)| keep(id))
            .collect();
        let has = |id| kept.binary_search_by_key(&id, |&(id, _)| id).is_ok();
        let pairs = self
            .pairs
            .iter()
            .copied()
            .filter(|&(a, b, _)| has(a) && has(b));
        let pairs = pairs.collect();
        Self::canonical(self.total, kept, pairs)
    }
}

/// Two lists in ascending order of key as one, with the counts of equal keys added. Which list goes
/// on is arithmetic, not a jump, which could not be foreseen.
fn merged<T: Copy>(
    x: &[T],
    y: &[T],
    split: impl Fn(&T) -> (u64, u64),
    join: impl Fn(u64, u64) -> T,
) -> Vec<T> {
    let mut sum = Vec::with_capacity(x.len() + y.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(next_x), Some(next_y)) = (x.get(i), y.get(j)) {
        let ((key_x, count_x), (key_y, count_y)) = (split(next_x), split(next_y));
        let (from_x, from_y) = (u64::from(key_x <= key_y), u64::from(key_y <= key_x));
        sum.push(join(key_x.min(key_y), count_x * from_x + count_y * from_y));
        i += from_x as usize;
        j += from_y as usize;
    }
    sum.extend_from_slice(&x[i..]);
    sum.extend_from_slice(&y[j..]);
    sum
}

fn argument(message: String) -> Error {
    Error::from(ErrorKind::Argument(message))
}

/// Counts as they come from bytes.
#[derive(Deserialize)]
#[serde(rename = "Counts")]
struct Unchecked {
    total: u64,
    singles: Vec<(u32, u64)>,
    pairs: Vec<(u32, u32, u64)>,
}

impl TryFrom<Unchecked> for Counts {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let counts = Self::canonical(raw.total, raw.singles, raw.pairs);
        let ascending = counts.singles.is_sorted_by(|x, y| x.0 < y.0)
            && counts
                .pairs
                .is_sorted_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)) == Ordering::Less);
        let agrees = |&(a, b, both): &(u32, u32, u64)| {
            let (count_a, count_b) = (counts.single(a), counts.single(b));
            a < b && both > 0 && Contingency::new(both, count_a, count_b, counts.total).is_ok()
        };
        let possible = |&(_, count): &(u32, u64)| (1..=counts.total).contains(&count);
        if counts.total <= MAX_TOTAL
            && ascending
            && counts.singles.iter().all(possible)
            && counts.pairs.iter().all(agrees)
        {
            Ok(counts)
        } else {
            Err(Error::from(ErrorKind::Format(
                "these counts are out of order or contradict each other".to_owned(),
            )))
        }
    }
}
