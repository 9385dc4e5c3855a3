//! Units kept in memory, and what is counted of them.

use rayon::prelude::*;

use super::apart::apart;
use super::counts::Counts;
use super::product::product;
use super::pruned::Pruned;

/// Units, each the ids it holds, in memory: four bytes an id and four a unit.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// The ids of one unit after the other, ascending in each.
    pub(super) ids: Vec<u32>,
    /// Where each unit ends in `ids`.
    pub(super) ends: Vec<u32>,
    /// How often each unit counts; shorter than `ends` where the rest count once.
    pub(super) times: Vec<u64>,
    /// The group of each unit, ascending when they are counted; empty unless groups are.
    pub(super) groups: Vec<u32>,
}

impl Units {
    /// Adds a unit that counts `times` times and holds these ids, in any order, some perhaps twice.
    pub fn push(&mut self, unit: &[u32], times: u64) {
        self.push_each(unit.len(), |k| unit[k], times);
    }

    /// [`Units::push`] of so many ids, told one by one.
    pub(super) fn push_each(&mut self, number: usize, id: impl Fn(usize) -> u32, times: u64) {
        debug_assert!(self.groups.is_empty(), "units with a group and without");
        if times != 1 || !self.times.is_empty() {
            self.times.resize(self.ends.len(), 1);
            self.times.push(times);
        }
        self.push_row(number, id);
    }

    /// Adds a unit of a group. What is then counted is groups: an id or a pair counts once in each,
    /// in however many of its units it is. The units of a group may be added in any order.
    pub fn push_in_group(&mut self, unit: &[u32], group: u32) {
        debug_assert_eq!(self.groups.len(), self.ends.len(), "units without a group");
        self.groups.push(group);
        self.push_row(unit.len(), |k| unit[k]);
    }

    /// Adds ids in ascending order, each once.
    fn push_row(&mut self, number: usize, id: impl Fn(usize) -> u32) {
        match number {
            0..=8 => self.push_few::<8>(number, id),
            9..=16 => self.push_few::<16>(number, id),
            _ => {
                let mut row: Vec<u32> = (0..number).map(id).collect();
                row.sort_unstable();
                row.dedup();
                self.ids.extend_from_slice(&row);
            }
        }
        let end = u32::try_from(self.ids.len());
        self.ends
            .push(end.expect("units of less than 2^32 ids in memory"));
    }

    /// Adds at most `N` ids. Each is put where as many stand as are less than it, then what equal ids
    /// left free is closed. No jump depends on the ids, which no processor could foresee.
    fn push_few<const N: usize>(&mut self, number: usize, id: impl Fn(usize) -> u32) {
        let mut ids = [u32::MAX; N];
        for (k, slot) in ids.iter_mut().enumerate().take(number) {
            *slot = id(k);
        }
        let mut places = [0_u32; N];
        for one in ids {
            for (place, &other) in places.iter_mut().zip(&ids) {
                *place += u32::from(one < other);
            }
        }
        let (mut sorted, mut taken) = ([0; N], 0_u32);
        for (id, place) in ids.into_iter().zip(places) {
            sorted[place as usize % N] = id;
            taken |= 1 << place;
        }
        let (start, mut kept) = (self.ids.len(), 0);
        self.ids.resize(start + N, 0);
        if let Some(row) = self.ids.last_chunk_mut::<N>() {
            for (place, id) in sorted.into_iter().enumerate() {
                row[kept % N] = id;
                kept += usize::from(place < number) & (taken >> place) as usize;
            }
        }
        self.ids.truncate(start + kept);
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

    /// Counts the units. Pairs in fewer than `min_count` units are told by their tables alone;
    /// where groups are counted, all are kept.
    ///
    /// Runs on the caller's rayon pool; the result does not depend on it. Memory beside the units
    /// and the result is four bytes an id, eight a unit, 16 an id of the vocabulary for each
    /// thread, and 400 MB at most.
    pub fn count(mut self, min_count: u64) -> (Counts, Pruned) {
        let names = self.number();
        self.group();
        let total = if self.groups.is_empty() {
            self.ends.len() as u64 + self.times.iter().map(|t| t - 1).sum::<u64>()
        } else {
            self.groups.chunk_by(PartialEq::eq).count() as u64
        };
        let singles = self.singles();
        // Of what is pruned only the tables stay, and of groups these need the pairs.
        let min_count = if self.groups.is_empty() { min_count } else { 1 };
        let (pairs, pruned) = product(&self, &singles, min_count);
        let apart = if self.groups.is_empty() {
            Vec::new()
        } else {
            apart(&self, &singles, &pairs)
        };
        let singles = singles.into_iter().enumerate().filter(|&(_, n)| n > 0);
        let singles = singles.map(|(id, n)| (id as u32, n)).collect();
        let mut counts = Counts::canonical(total, singles, pairs, apart);
        if let Some(names) = names {
            counts.rename(|id| names[id as usize]);
        }
        (counts, pruned)
    }

    /// Numbers the ids anew without gaps, in their order; gives the old names, none where there
    /// are too few gaps to mind.
    fn number(&mut self) -> Option<Vec<u32>> {
        let most = self.most() as usize;
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
            sorted.push_in_group(self.row(unit), self.groups[unit]);
        }
        *self = sorted;
    }

    /// The greatest id, 0 if there is none.
    fn most(&self) -> u32 {
        let last = |&end: &u32| self.ids[..end as usize].last().copied();
        self.ends.iter().filter_map(last).max().unwrap_or(0)
    }

    /// For each id how many units or groups hold it.
    fn singles(&self) -> Vec<u64> {
        let number = if self.ids.is_empty() {
            0
        } else {
            self.most() as usize + 1
        };
        let mut singles = vec![0; number];
        if !self.groups.is_empty() {
            self.each_in_groups(number, |id, _| singles[id as usize] += 1);
        } else if self.times.is_empty() {
            for &id in &self.ids {
                singles[id as usize] += 1;
            }
        } else {
            for unit in 0..self.ends.len() {
                for &id in self.row(unit) {
                    singles[id as usize] += self.times_of(unit);
                }
            }
        }
        singles
    }

    /// Calls `with(id, group)` once for each group and id in it, in order of the groups.
    pub(super) fn each_in_groups(&self, ids: usize, mut with: impl FnMut(u32, u32)) {
        let mut last = vec![None; ids];
        for (unit, &group) in self.groups.iter().enumerate() {
            for &id in self.row(unit) {
                if last[id as usize] != Some(group) {
                    last[id as usize] = Some(group);
                    with(id, group);
                }
            }
        }
    }

    fn row(&self, unit: usize) -> &[u32] {
        let start = unit.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start as usize..self.ends[unit] as usize]
    }

    pub(super) fn times_of(&self, unit: usize) -> u64 {
        self.times.get(unit).copied().unwrap_or(1)
    }
}
