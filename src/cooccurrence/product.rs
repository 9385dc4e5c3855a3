//! The upper triangle of `XᵀX`, where X says which unit holds which id: the counts of all pairs.
//!
//! Row by row, as Gustavson (1978), *Two fast algorithms for sparse matrices*, multiplies: for one
//! id after the other, what stands above it in each unit that holds it is added up in a dense array.
//! A pair occurrence so costs one addition, a finished row is put in order by itself, and its counts
//! are final, whence rare pairs need not be kept.
//!
//! Ids are gone through from the last to the first. Each is then put before what its units hold
//! already, so that the rest of a unit stands in order behind it without ever having been sorted
//! (a transposition done twice sorts in linear time).

use std::mem;
use std::ops::Range;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::pruned::{Pruned, Table};
use super::units::Units;

/// A pair of ids and how often both were seen together.
pub(super) type Pair = (u32, u32, u64);

/// So many holders of ids are listed at once; of more ids one block is done after the other.
const LISTED: usize = 1 << 25;

/// So many holders one thread goes through before it goes through them again: what they hold is
/// then still in its cache.
const CACHED: usize = 1 << 14;

/// So many holders are shared among threads.
const WORTH_THREADS: usize = 1 << 17;

/// Parts of the work that a thread gets, so that none waits long for another.
const PARTS: usize = 8;

/// Counts the ids, and the pairs in order; those seen fewer than `min_count` times by their
/// tables alone.
pub(super) fn product(units: &Units, min_count: u64) -> (Vec<u64>, Vec<Pair>, Pruned) {
    let number = units.ids.iter().max().map_or(0, |&most| most as usize + 1);
    let mut starts = vec![0_usize; number + 1];
    for &id in &units.ids {
        starts[id as usize + 1] += 1;
    }
    for id in 0..number {
        starts[id + 1] += starts[id];
    }
    let threads = rayon::current_num_threads();
    let shared = threads > 1 && units.ids.len() >= WORTH_THREADS;
    let mut rows = Rows::new(units);
    let mut singles = vec![0; number];
    let mut cells = Cells::new(units, if shared { 0 } else { number });
    let mut found = Found::default();
    for block in blocks(&starts, 0..number, LISTED) {
        let holders = holders(units, &starts, &block);
        let step = if shared {
            WORTH_THREADS * threads
        } else {
            CACHED
        };
        for ids in blocks(&starts, block.clone(), step) {
            let held = &holders[starts[ids.start] - starts[block.start]..];
            let above = rows.take_in(&ids, held, &starts, &mut singles);
            let count = |cells: &mut Cells, part: Range<usize>, found: &mut Found| {
                for id in part.rev() {
                    cells.add(&rows, &above, id - ids.start);
                    cells.drain(id, &singles, min_count, found);
                }
            };
            if !shared {
                count(&mut cells, ids.clone(), &mut found);
                continue;
            }
            let most = above.spans.len() / (threads * PARTS);
            let parts: Vec<_> = blocks(&starts, ids.clone(), most.max(1)).collect();
            let every: Vec<Found> = parts
                .into_par_iter()
                .map_init(
                    || Cells::new(units, number),
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
    }
    found.pairs.reverse();
    (singles, found.pairs, Pruned::new(min_count, found.rare))
}

/// Cuts ids into ranges of about so many holders, the last first.
fn blocks(starts: &[usize], ids: Range<usize>, most: usize) -> impl Iterator<Item = Range<usize>> {
    let mut end = ids.end;
    std::iter::from_fn(move || {
        let ids = ids.start..end;
        let within = starts[ids.clone()].partition_point(|&start| start + most < starts[ids.end]);
        end = (ids.start + within).min(end.saturating_sub(1));
        (!ids.is_empty()).then_some(end..ids.end)
    })
}

/// The units that hold each id of a block, by id and unit; twice that hold it twice.
fn holders(units: &Units, starts: &[usize], block: &Range<usize>) -> Vec<u32> {
    let base = starts[block.start];
    let mut heads: Vec<usize> = starts[block.clone()].iter().map(|s| s - base).collect();
    let mut holders = vec![0; starts[block.end] - base];
    let whole = block.len() + 1 == starts.len();
    let mut start = 0;
    for (unit, &end) in units.ends.iter().enumerate() {
        for &id in &units.ids[start..end as usize] {
            if whole || block.contains(&(id as usize)) {
                let head = &mut heads[id as usize - block.start];
                holders[*head] = unit as u32;
                *head += 1;
            }
        }
        start = end as usize;
    }
    holders
}

/// The units with their ids in order, each once, as far as they were gone through.
struct Rows<'u> {
    ids: Vec<u32>,
    /// Where each unit begins and ends in `ids`.
    spans: Vec<(u32, u32)>,
    units: &'u Units,
}

/// For each id of a range what stands above it in the units that hold it.
struct Above {
    /// The spans of `Rows::ids`, by id.
    spans: Vec<(u32, u32)>,
    /// The unit of each span, where it matters; else empty.
    units: Vec<u32>,
    /// Where the spans of each id end.
    ends: Vec<usize>,
}

impl<'u> Rows<'u> {
    fn new(units: &'u Units) -> Self {
        Self {
            ids: vec![0; units.ids.len()],
            spans: units.ends.iter().map(|&end| (end, end)).collect(),
            units,
        }
    }

    /// Puts ids before what their `holders` hold already, and counts them.
    fn take_in(
        &mut self,
        ids: &Range<usize>,
        holders: &[u32],
        starts: &[usize],
        singles: &mut [u64],
    ) -> Above {
        let base = starts[ids.start];
        let weighs = !self.units.times.is_empty() || !self.units.groups.is_empty();
        let number = starts[ids.end] - base;
        let mut above = Above {
            spans: Vec::with_capacity(number),
            units: Vec::with_capacity(if weighs { number } else { 0 }),
            ends: vec![0; ids.len()],
        };
        for id in ids.clone().rev() {
            let (mut count, mut before, mut group) = (0, None, None);
            for &unit in &holders[starts[id] - base..starts[id + 1] - base] {
                if before == Some(unit) {
                    continue;
                }
                before = Some(unit);
                let span = &mut self.spans[unit as usize];
                if span.0 < span.1 {
                    above.spans.push(*span);
                    if weighs {
                        above.units.push(unit);
                    }
                }
                span.0 -= 1;
                self.ids[span.0 as usize] = id as u32;
                match self.units.groups.get(unit as usize) {
                    None if weighs => count += self.units.times_of(unit as usize),
                    None => count += 1,
                    here => {
                        count += u64::from(group != here);
                        group = here;
                    }
                }
            }
            singles[id] = count;
            above.ends[id - ids.start] = above.spans.len();
        }
        above
    }
}

impl Above {
    /// Where the spans of the `n`th id stand; those of the last stand first.
    fn range(&self, n: usize) -> Range<usize> {
        self.ends.get(n + 1).copied().unwrap_or(0)..self.ends[n]
    }
}

/// What the rows of a part of the ids hold, from the last pair to the first.
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

    /// Adds what stands above the `n`th id of a block.
    fn add(&mut self, rows: &Rows<'_>, above: &Above, n: usize) {
        let range = above.range(n);
        let spans = above.spans[range.clone()].iter();
        let ids = |&(begin, end): &(u32, u32)| &rows.ids[begin as usize..end as usize];
        if above.units.is_empty() {
            for span in spans {
                self.add_times(ids(span), 1);
            }
            return;
        }
        for (span, &unit) in spans.zip(&above.units[range]) {
            match rows.units.groups.get(unit as usize) {
                None => self.add_times(ids(span), rows.units.times_of(unit as usize)),
                Some(&group) => self.add_in_group(ids(span), group),
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

    /// Takes the row of an id out, from the last to the first.
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
            for (place, word) in self.bits.iter_mut().enumerate().skip(a / 64).rev() {
                let mut bits = mem::take(word);
                while bits != 0 {
                    let high = 63 - bits.leading_zeros() as usize;
                    take(place * 64 + high);
                    bits ^= 1 << high;
                }
            }
        } else {
            touched.sort_unstable();
            touched.iter().rev().for_each(|&b| take(b as usize));
        }
    }
}
