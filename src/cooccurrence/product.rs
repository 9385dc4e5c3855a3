//! The upper triangle of `XᵀX`, where X says which unit holds which id: the counts of all pairs.
//!
//! Row by row, as Gustavson (1978), *Two fast algorithms for sparse matrices*, multiplies: what
//! follows an id in its units is brought together, then added up in a dense array. A pair occurrence
//! so costs one copy and one addition, both in order of the memory; a finished row is put in order by
//! itself; and its counts are final, whence rare pairs need not be kept.

use std::mem;
use std::ops::Range;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::pruned::{Pruned, Table};
use super::units::Units;

/// A pair of ids and how often both were seen together.
pub(super) type Pair = (u32, u32, u64);

/// So many pair occurrences are brought together at once; of more, one block of ids is done after
/// the other.
const GATHERED: usize = 1 << 24;

/// So many ids are copied in one step, needed or not: most units have no more.
const STEP: usize = 8;

/// So many pair occurrences are shared among threads.
const WORTH_THREADS: usize = 1 << 18;

/// Parts of the work that a thread gets, so that none waits long for another.
const PARTS: usize = 8;

/// Counts the pairs of units whose ids ascend, in order; those seen fewer than `min_count` times by
/// their tables alone. `singles` are the counts of the ids.
pub(super) fn product(units: &Units, singles: &[u64], min_count: u64) -> (Vec<Pair>, Pruned) {
    let starts = starts(units, singles.len());
    let threads = rayon::current_num_threads();
    let mut cells = Cells::new(units, singles.len());
    let (mut found, mut gathered) = (Found::default(), Gathered::default());
    let mut first = 0;
    while first < singles.len() {
        let block = first..block_end(&starts, first, singles.len(), GATHERED);
        first = block.end;
        gathered.fill(units, &starts, &block);
        let count = |cells: &mut Cells, part: Range<usize>, found: &mut Found| {
            for id in part {
                cells.add(units, &gathered, gathered.row(&starts, &block, id));
                cells.drain(id, singles, min_count, found);
            }
        };
        let work = starts[block.end] - starts[block.start];
        if threads == 1 || work < WORTH_THREADS {
            count(&mut cells, block.clone(), &mut found);
            continue;
        }
        let (mut parts, mut from) = (Vec::new(), block.start);
        while from < block.end {
            let end = block_end(&starts, from, block.end, work / (threads * PARTS));
            parts.push(from..end);
            from = end;
        }
        let every: Vec<Found> = parts
            .into_par_iter()
            .map_init(
                || Cells::new(units, singles.len()),
                |cells, part| {
                    let mut found = Found::default();
                    count(cells, part, &mut found);
                    found
                },
            )
            .collect();
        for more in every {
            found.extend(more);
        }
    }
    (found.pairs, Pruned::new(min_count, found.rare))
}

/// Where what follows each id would begin if it stood together, and the end of all.
fn starts(units: &Units, ids: usize) -> Vec<usize> {
    let mut starts = vec![0; ids + 1];
    let mut start = 0;
    for &end in &units.ends {
        let row = &units.ids[start..end as usize];
        for (k, &id) in row.iter().enumerate() {
            starts[id as usize + 1] += row.len() - 1 - k;
        }
        start = end as usize;
    }
    for id in 0..ids {
        starts[id + 1] += starts[id];
    }
    starts
}

/// The end of a block of ids, at least one, of at most so many pair occurrences.
fn block_end(starts: &[usize], first: usize, last: usize, most: usize) -> usize {
    let within = starts[first..=last].partition_point(|&start| start <= starts[first] + most);
    (first + within - 1).max(first + 1)
}

/// What follows each id of a block in the units that hold it.
#[derive(Default)]
struct Gathered {
    ids: Vec<u32>,
    /// The unit of each, where it matters; else empty.
    units: Vec<u32>,
    heads: Vec<usize>,
}

impl Gathered {
    fn fill(&mut self, units: &Units, starts: &[usize], block: &Range<usize>) {
        let base = starts[block.start];
        // Room behind each row for the ids of a step that are not its own.
        let place = |id: usize| starts[id] - base + (id - block.start) * STEP;
        self.heads.clear();
        self.heads.extend(block.clone().map(place));
        let size = place(block.end);
        if self.ids.len() < size {
            self.ids = vec![0; size];
        }
        let weighs = !units.times.is_empty() || !units.groups.is_empty();
        if weighs {
            self.units.resize(self.units.len().max(size), 0);
        }
        let whole = block.len() + 1 == starts.len();
        let mut start = 0;
        for (unit, &end) in units.ends.iter().enumerate() {
            let end = end as usize;
            for k in start + 1..end {
                let id = units.ids[k - 1] as usize;
                if !whole && !block.contains(&id) {
                    continue;
                }
                let head = &mut self.heads[id - block.start];
                let to = *head;
                *head += end - k;
                if end - k <= STEP && k + STEP <= units.ids.len() {
                    self.ids[to..to + STEP].copy_from_slice(&units.ids[k..k + STEP]);
                } else {
                    self.ids[to..to + end - k].copy_from_slice(&units.ids[k..end]);
                }
                if weighs {
                    self.units[to..to + end - k].fill(unit as u32);
                }
            }
            start = end;
        }
    }

    /// Where the row of an id of the block stands.
    fn row(&self, starts: &[usize], block: &Range<usize>, id: usize) -> Range<usize> {
        let end = self.heads[id - block.start];
        end - (starts[id + 1] - starts[id])..end
    }
}

/// What the rows of a part of the ids hold.
#[derive(Default)]
struct Found {
    pairs: Vec<Pair>,
    rare: HashMap<Table, u64>,
}

impl Found {
    fn extend(&mut self, more: Self) {
        self.pairs.extend_from_slice(&more.pairs);
        for (table, number) in more.rare {
            *self.rare.entry(table).or_insert(0) += number;
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
    /// A bit for each id, all 0 between rows.
    bits: Vec<u64>,
}

impl Cells {
    fn new(units: &Units, ids: usize) -> Self {
        Self {
            counts: vec![0; ids],
            groups: vec![0; if units.groups.is_empty() { 0 } else { ids }],
            // One more, so that a slot can be written before it is known whether it is needed.
            touched: vec![0; ids + 1],
            number: 0,
            bits: vec![0; ids.div_ceil(64)],
        }
    }

    /// Adds a row of what was gathered.
    fn add(&mut self, units: &Units, gathered: &Gathered, row: Range<usize>) {
        let ids = &gathered.ids[row.clone()];
        if gathered.units.is_empty() {
            for &id in ids {
                self.add_one(id, 1);
            }
            return;
        }
        for (&id, &unit) in ids.iter().zip(&gathered.units[row]) {
            match units.groups.get(unit as usize) {
                None => self.add_one(id, units.times_of(unit as usize)),
                Some(&group) => {
                    let new = self.counts[id as usize] == 0 || self.groups[id as usize] != group;
                    self.groups[id as usize] = group;
                    self.add_one(id, u64::from(new));
                }
            }
        }
    }

    #[inline]
    fn add_one(&mut self, id: u32, times: u64) {
        let count = &mut self.counts[id as usize];
        self.touched[self.number] = id;
        self.number += usize::from(*count == 0);
        *count += times;
    }

    /// Takes the row of an id out, in order.
    fn drain(&mut self, a: usize, singles: &[u64], min_count: u64, found: &mut Found) {
        let touched = &mut self.touched[..self.number];
        self.number = 0;
        let mut take = |b: usize| {
            let count = mem::take(&mut self.counts[b]);
            if count >= min_count {
                found.pairs.push((a as u32, b as u32, count));
            } else {
                let table = [count, singles[a], singles[b]];
                *found.rare.entry(table).or_insert(0) += 1;
            }
        };
        // A row of many is in order once each has set its bit.
        if touched.len() * 4 > self.bits.len() - a / 64 {
            for &b in &*touched {
                self.bits[b as usize / 64] |= 1 << (b % 64);
            }
            for (place, word) in self.bits.iter_mut().enumerate().skip(a / 64) {
                let mut bits = mem::take(word);
                while bits != 0 {
                    take(place * 64 + bits.trailing_zeros() as usize);
                    bits &= bits - 1;
                }
            }
        } else {
            touched.sort_unstable();
            for &b in &*touched {
                take(b as usize);
            }
        }
    }
}
