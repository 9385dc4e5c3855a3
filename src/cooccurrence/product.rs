//! The upper triangle of `XᵀX`, where X says which unit holds which id: the counts of all pairs.

use std::mem;
use std::ops::Range;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::pruned::{Pruned, Table};

/// A pair of ids and how often both were seen together.
pub(super) type Pair = (u32, u32, u64);

/// Fewer holders than this are gone through by one thread.
const WORTH_THREADS: usize = 1 << 17;

/// Parts of the work that a thread gets, so that none waits long for another.
const PARTS: usize = 8;

/// So many holders are listed at once, 256 MB; of more ids one block is done after the other.
const LISTED: usize = 1 << 25;

/// Sorting an id takes as long as passing by so many.
const SORTING: usize = 16;

/// Which unit holds which ids, as rows: those of a unit are ascending and end at `ends[unit]`.
#[derive(Clone, Copy)]
pub(super) struct Holding<'u> {
    pub(super) ids: &'u [u32],
    pub(super) ends: &'u [usize],
    /// How often a unit counts; once where this is shorter.
    pub(super) times: &'u [u64],
    /// Ascending; empty, or of each unit the group.
    pub(super) groups: &'u [u32],
}

/// A unit that holds an id, and where in its row the next id stands.
#[derive(Clone, Copy, Default)]
struct Holder {
    unit: u32,
    next: u32,
}

/// Counts the pairs, in order; those seen fewer than `min_count` times by their tables alone.
///
/// Row by row, as Gustavson (1978), *Two fast algorithms for sparse matrices*, multiplies: for one
/// id after the other, what follows it in each unit that holds it is added up in a dense array. A
/// pair occurrence so costs one addition, a finished row comes out in order, and its counts
/// are final, whence rare pairs need not be kept.
pub(super) fn product(
    holding: Holding<'_>,
    singles: &[u64],
    holders: &[u32],
    min_count: u64,
) -> (Vec<Pair>, Pruned) {
    let mut starts = vec![0; holders.len() + 1];
    for (id, &number) in holders.iter().enumerate() {
        starts[id + 1] = starts[id] + number as usize;
    }
    let mut pairs = Vec::new();
    let mut rare = HashMap::new();
    let mut first = 0;
    while first < holders.len() {
        let within = starts.partition_point(|&start| start <= starts[first] + LISTED) - 1;
        let block = first..within.max(first + 1);
        first = block.end;
        let list = listed(holding, &starts, &block);
        let count = |cells: &mut Cells, part: Range<usize>| {
            let mut found = Found::default();
            for id in part {
                let range = starts[id] - starts[block.start]..starts[id + 1] - starts[block.start];
                cells.add(holding, &list[range]);
                cells.drain(id, singles, min_count, &mut found);
            }
            found
        };
        let threads = rayon::current_num_threads();
        if threads == 1 || list.len() < WORTH_THREADS {
            let found = count(&mut Cells::new(holding, singles.len()), block.clone());
            found.into(&mut pairs, &mut rare);
            continue;
        }
        let parts = parts(&starts, &block, threads * PARTS);
        let cells = || Cells::new(holding, singles.len());
        let every: Vec<Found> = parts.into_par_iter().map_init(cells, count).collect();
        pairs.reserve(every.iter().map(|found| found.pairs.len()).sum());
        for found in every {
            found.into(&mut pairs, &mut rare);
        }
    }
    (pairs, Pruned::new(min_count, rare))
}

/// The holders of each id of the block that are followed by others, by id and unit.
fn listed(holding: Holding<'_>, starts: &[usize], block: &Range<usize>) -> Vec<Holder> {
    let base = starts[block.start];
    let mut heads: Vec<usize> = starts[block.clone()].iter().map(|s| s - base).collect();
    let mut list = vec![Holder::default(); starts[block.end] - base];
    let mut start = 0;
    for (unit, &end) in holding.ends.iter().enumerate() {
        let row = &holding.ids[start..end];
        start = end;
        let Some((_, others)) = row.split_last() else {
            continue;
        };
        for (k, &id) in others.iter().enumerate() {
            let Some(head) = (id as usize)
                .checked_sub(block.start)
                .and_then(|i| heads.get_mut(i))
            else {
                continue;
            };
            list[*head] = Holder {
                unit: unit as u32,
                next: k as u32 + 1,
            };
            *head += 1;
        }
    }
    list
}

/// Cuts a block into parts of about as many holders.
fn parts(starts: &[usize], block: &Range<usize>, number: usize) -> Vec<Range<usize>> {
    let (base, whole) = (starts[block.start], starts[block.end] - starts[block.start]);
    let cuts: Vec<usize> = (0..=number)
        .map(|i| starts.partition_point(|&start| start < base + whole * i / number))
        .map(|cut| cut.clamp(block.start, block.end))
        .collect();
    let mut parts: Vec<_> = cuts.windows(2).map(|w| w[0]..w[1]).collect();
    parts[0].start = block.start;
    parts[number - 1].end = block.end;
    parts
}

/// What the rows of a part of the ids hold.
#[derive(Default)]
struct Found {
    pairs: Vec<Pair>,
    rare: HashMap<Table, u64>,
}

impl Found {
    fn into(self, pairs: &mut Vec<Pair>, rare: &mut HashMap<Table, u64>) {
        if pairs.is_empty() {
            *pairs = self.pairs;
        } else {
            pairs.extend_from_slice(&self.pairs);
        }
        for (table, number) in self.rare {
            *rare.entry(table).or_insert(0) += number;
        }
    }
}

/// One row of the product, dense.
struct Cells {
    counts: Vec<u64>,
    /// The last group counted, by id; empty unless groups are.
    groups: Vec<u32>,
    /// The ids whose counts are not 0: the first `number`.
    touched: Vec<u32>,
    number: usize,
}

impl Cells {
    fn new(holding: Holding<'_>, ids: usize) -> Self {
        Self {
            counts: vec![0; ids],
            groups: vec![0; if holding.groups.is_empty() { 0 } else { ids }],
            // One more, so that a slot can be written before it is known whether it is needed.
            touched: vec![0; ids + 1],
            number: 0,
        }
    }

    fn add(&mut self, holding: Holding<'_>, holders: &[Holder]) {
        let rest = |holder: &Holder| {
            let unit = holder.unit as usize;
            let start = if unit == 0 { 0 } else { holding.ends[unit - 1] };
            &holding.ids[start + holder.next as usize..holding.ends[unit]]
        };
        if !holding.groups.is_empty() {
            for holder in holders {
                self.add_in_group(rest(holder), holding.groups[holder.unit as usize]);
            }
        } else if holding.times.is_empty() {
            for holder in holders {
                self.add_times(rest(holder), 1);
            }
        } else {
            for holder in holders {
                let times = holding.times.get(holder.unit as usize);
                self.add_times(rest(holder), times.copied().unwrap_or(1));
            }
        }
    }

    #[inline]
    fn add_times(&mut self, ids: &[u32], times: u64) {
        for &id in ids {
            let count = &mut self.counts[id as usize];
            self.touched[self.number] = id;
            self.number += usize::from(*count == 0);
            *count += times;
        }
    }

    fn add_in_group(&mut self, ids: &[u32], group: u32) {
        for &id in ids {
            let (count, last) = (&mut self.counts[id as usize], &mut self.groups[id as usize]);
            self.touched[self.number] = id;
            self.number += usize::from(*count == 0);
            *count += u64::from(*count == 0 || *last != group);
            *last = group;
        }
    }

    /// Takes the row of an id out.
    fn drain(&mut self, a: usize, singles: &[u64], min_count: u64, found: &mut Found) {
        let touched = &mut self.touched[..self.number];
        self.number = 0;
        let mut take = |b: usize, count: u64| {
            if count >= min_count {
                found.pairs.push((a as u32, b as u32, count));
            } else {
                let number = found.rare.entry([count, singles[a], singles[b]]);
                *number.or_insert(0) += 1;
            }
        };
        // A row of many is put in order faster by going over all ids than by sorting.
        if touched.len() * SORTING > singles.len() - a {
            for (b, count) in self.counts.iter_mut().enumerate().skip(a + 1) {
                if *count > 0 {
                    take(b, mem::take(count));
                }
            }
        } else {
            touched.sort_unstable();
            for &b in &*touched {
                take(b as usize, mem::take(&mut self.counts[b as usize]));
            }
        }
    }
}
