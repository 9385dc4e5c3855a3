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
    /// Of each pair the groups that hold both ids, but in no unit together; empty if there are
    /// none, as where units are counted.
    apart: Vec<u64>,
}

impl Counts {
    pub(super) fn canonical(
        total: u64,
        singles: Vec<(u32, u64)>,
        pairs: Vec<(u32, u32, u64)>,
        apart: Vec<u64>,
    ) -> Self {
        let some = apart.iter().any(|&groups| groups > 0);
        Self {
            total,
            singles,
            pairs,
            apart: if some { apart } else { Vec::new() },
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

    /// The 2×2 table of two ids that were seen together. A group that holds both in different
    /// units stands in it twice: as one with the first alone, and as one with the second alone.
    pub fn contingency(&self, a: u32, b: u32) -> Contingency {
        let key = (a.min(b), a.max(b));
        let found = self.pairs.binary_search_by_key(&key, |&(a, b, _)| (a, b));
        let apart = found.map_or(0, |i| self.apart(i));
        let [both, a, b] = [self.pair(a, b), self.single(a), self.single(b)];
        Contingency::counted(both, a, b, self.total + apart)
    }

    /// The groups in which the `i`th pair is, but in no unit together.
    pub(super) fn apart(&self, i: usize) -> u64 {
        self.apart.get(i).copied().unwrap_or(0)
    }

    /// Whether any pair is apart in a group.
    pub(super) fn is_apart(&self) -> bool {
        !self.apart.is_empty()
    }

    /// The pairs with their groups apart for counts.
    fn pairs_apart(&self) -> Vec<(u32, u32, u64)> {
        let pairs = self.pairs.iter().enumerate();
        pairs.map(|(i, &(a, b, _))| (a, b, self.apart(i))).collect()
    }

    /// The counts of both counts' units. Associative and commutative; the default is its unit. Not
    /// for counts of groups: of a pair that is together in one shard alone, nobody knows in how many
    /// groups of the other both ids are apart.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if self.singles.is_empty() || other.singles.is_empty() {
            let total = self.total + other.total;
            let held = if self.singles.is_empty() { other } else { self };
            return Self { total, ..held };
        }
        debug_assert!(self.apart.is_empty() && other.apart.is_empty(), "groups");
        let pairs = merged(
            &self.pairs,
            &other.pairs,
            |&(a, b, count)| (u64::from(a) << 32 | u64::from(b), count),
            |key, count| ((key >> 32) as u32, key as u32, count),
        );
        let singles = merged(
            &self.singles,
            &other.singles,
            |&(id, count)| (u64::from(id), count),
            |id, count| (id as u32, count),
        );
        Self::canonical(self.total + other.total, singles, pairs, Vec::new())
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
        let mut apart: Vec<_> = if self.apart.is_empty() {
            Vec::new()
        } else {
            self.pairs_apart().iter().map(renamed).collect()
        };
        if !in_order {
            pairs.sort_unstable();
            apart.sort_unstable();
        }
        let apart = apart.into_iter().map(|(.., groups)| groups).collect();
        Ok(Self::canonical(self.total, singles, pairs, apart))
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
        let stays: Vec<bool> = self.pairs.iter().map(|p| has(p.0) && has(p.1)).collect();
        let pairs = self.pairs.iter().zip(&stays);
        let pairs = pairs.filter(|(_, stays)| **stays).map(|(pair, _)| *pair);
        let apart = self.apart.iter().zip(&stays);
        let apart = apart
            .filter(|(_, stays)| **stays)
            .map(|(groups, _)| *groups);
        Self::canonical(self.total, kept, pairs.collect(), apart.collect())
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
    apart: Vec<u64>,
}

impl TryFrom<Unchecked> for Counts {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let canonical = raw.apart.is_empty()
            || raw.apart.len() == raw.pairs.len() && raw.apart.iter().any(|&groups| groups > 0);
        let counts = Self::canonical(raw.total, raw.singles, raw.pairs, raw.apart);
        let ascending = counts.singles.is_sorted_by(|x, y| x.0 < y.0)
            && counts
                .pairs
                .is_sorted_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)) == Ordering::Less);
        let agrees = |(i, &(a, b, both)): (usize, &(u32, u32, u64))| {
            let (count_a, count_b) = (counts.single(a), counts.single(b));
            let apart = counts.apart(i);
            a < b
                && both > 0
                && apart <= count_a.min(count_b)
                && Contingency::new(both, count_a, count_b, counts.total + apart).is_ok()
        };
        let possible = |&(_, count): &(u32, u64)| (1..=counts.total).contains(&count);
        if counts.total <= MAX_TOTAL
            && canonical
            && ascending
            && counts.singles.iter().all(possible)
            && counts.pairs.iter().enumerate().all(agrees)
        {
            Ok(counts)
        } else {
            Err(Error::from(ErrorKind::Format(
                "these counts are out of order or contradict each other".to_owned(),
            )))
        }
    }
}
