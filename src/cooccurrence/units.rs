//! Units kept as compressed rows, and what is counted of them.

use rayon::prelude::*;

use super::counts::Counts;
use super::product::{Holding, product};
use super::pruned::Pruned;

/// Units, each the ids it holds, in memory: four bytes an id and eight a unit.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// The ids of one unit after the other, ascending within a unit.
    ids: Vec<u32>,
    /// Where each unit ends in `ids`.
    ends: Vec<usize>,
    /// How often each unit counts; shorter than `ends` as long as all count once.
    times: Vec<u64>,
    /// The group of each unit; empty unless groups are counted.
    groups: Vec<u32>,
}

impl Units {
    /// Adds a unit that counts `times` times and holds these ids, in any order, some perhaps twice.
    pub fn push(&mut self, unit: &[u32], times: u64) {
        debug_assert!(self.groups.is_empty(), "units with a group and without");
        if times != 1 || !self.times.is_empty() {
            self.times.resize(self.ends.len(), 1);
            self.times.push(times);
        }
        self.push_row(unit);
    }

    /// Adds a unit of a group. What is then counted is groups: an id or a pair counts once in each,
    /// in however many of its units it is. The units of a group may be added in any order.
    pub fn push_in_group(&mut self, unit: &[u32], group: u32) {
        debug_assert_eq!(self.groups.len(), self.ends.len(), "units without a group");
        self.groups.push(group);
        self.push_row(unit);
    }

    fn push_row(&mut self, unit: &[u32]) {
        let start = self.ids.len();
        self.ids.extend_from_slice(unit);
        self.ids[start..].sort_unstable();
        let mut end = start;
        for i in start..self.ids.len() {
            let id = self.ids[i];
            if end == start || self.ids[end - 1] != id {
                self.ids[end] = id;
                end += 1;
            }
        }
        self.ids.truncate(end);
        self.ends.push(end);
    }

    /// How many ids the units hold together.
    pub(super) fn size(&self) -> usize {
        self.ids.len()
    }

    /// Adds the units of another, neither having groups.
    pub(super) fn append(&mut self, other: &Self) {
        for unit in 0..other.ends.len() {
            self.push(other.row(unit), other.times_of(unit));
        }
    }

    /// Counts the units. Pairs in fewer than `min_count` units are told by their tables alone.
    ///
    /// Runs on the caller's rayon pool; the result does not depend on it. Memory beside the units is
    /// that of the result, of a list of which units hold an id, 16 bytes an id of the vocabulary
    /// for each thread, and twice the result while it is put together.
    pub fn count(mut self, min_count: u64) -> (Counts, Pruned) {
        let names = self.number();
        self.group();
        let total = if self.groups.is_empty() {
            self.ends.len() as u64 + self.times.iter().map(|t| t - 1).sum::<u64>()
        } else {
            self.groups.chunk_by(PartialEq::eq).count() as u64
        };
        let (singles, holders) = self.marginals();
        let holding = Holding {
            ids: &self.ids,
            ends: &self.ends,
            times: &self.times,
            groups: &self.groups,
        };
        let (pairs, pruned) = product(holding, &singles, &holders, min_count);
        let singles = singles.into_iter().enumerate().filter(|&(_, n)| n > 0);
        let singles = singles.map(|(id, n)| (id as u32, n)).collect();
        let mut counts = Counts::canonical(total, singles, pairs);
        if let Some(names) = names {
            counts.rename(|id| names[id as usize]);
        }
        (counts, pruned)
    }

    /// Numbers the ids anew without gaps, in their order; gives the old names, none where there
    /// are too few gaps to mind.
    fn number(&mut self) -> Option<Vec<u32>> {
        let most = self.ids.iter().copied().max().unwrap_or(0) as usize;
        if most < 4 * self.ids.len() + (1 << 16) {
            return None;
        }
        let mut names = self.ids.clone();
        names.par_sort_unstable();
        names.dedup();
        for id in &mut self.ids {
            *id = names.partition_point(|name| name < id) as u32;
        }
        Some(names)
    }

    /// Brings the units of a group together.
    fn group(&mut self) {
        if self.groups.is_sorted() {
            return;
        }
        let mut order: Vec<usize> = (0..self.ends.len()).collect();
        order.sort_by_key(|&unit| self.groups[unit]);
        let mut sorted = Self::default();
        sorted.ids.reserve_exact(self.ids.len());
        for unit in order {
            sorted.ids.extend_from_slice(self.row(unit));
            sorted.ends.push(sorted.ids.len());
            sorted.groups.push(self.groups[unit]);
        }
        *self = sorted;
    }

    fn row(&self, unit: usize) -> &[u32] {
        let start = unit.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start..self.ends[unit]]
    }

    fn times_of(&self, unit: usize) -> u64 {
        self.times.get(unit).copied().unwrap_or(1)
    }

    /// For each id how many units or groups hold it, and in how many units others follow it.
    fn marginals(&self) -> (Vec<u64>, Vec<u32>) {
        let number = self.ids.iter().max().map_or(0, |&most| most as usize + 1);
        let (mut singles, mut holders) = (vec![0; number], vec![0; number]);
        let mut last = vec![None; if self.groups.is_empty() { 0 } else { number }];
        for unit in 0..self.ends.len() {
            let (row, group) = (self.row(unit), self.groups.get(unit));
            let times = self.times_of(unit);
            for &id in row {
                holders[id as usize] += 1;
                if group.is_none() {
                    singles[id as usize] += times;
                } else if last[id as usize] != group {
                    last[id as usize] = group;
                    singles[id as usize] += 1;
                }
            }
            if let Some(&id) = row.last() {
                holders[id as usize] -= 1;
            }
        }
        (singles, holders)
    }
}
