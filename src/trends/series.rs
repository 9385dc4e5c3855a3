//! How often entities and pairs stand in each period.

use crate::corpus::{Analysis, Selection, Unit};

/// The period of a document that is in none.
pub const NO_PERIOD: u32 = u32::MAX;

/// Hits are summed up whenever so many have come in.
const BUFFER: usize = 1 << 20;

/// What is counted: an entity, or two of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// An entity.
    pub a: u32,
    /// The other of a pair.
    pub b: Option<u32>,
}

/// The counts of some items by period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// The units or groups of each period.
    pub totals: Vec<u64>,
    /// Item, period and count, where it is not 0, in this order.
    pub counts: Vec<(u32, u32, u64)>,
}

/// In how many units of each period each item stands; where the selection has groups, in how many
/// of these. A group counts in the period of each of its documents.
///
/// `periods` has a number under `length` for each document, or [`NO_PERIOD`]. The result is that
/// of counting each period by itself. Time is that of going through the units once, memory that
/// of what is found.
pub fn series(
    analysis: &Analysis,
    unit: Unit,
    selection: Selection<'_>,
    items: &[Item],
    periods: &[u32],
    length: usize,
) -> Series {
    let of_groups = selection.groups.is_some();
    let items_of = by_entity(items, analysis.entities.len());
    let mut hits = Tally::default();
    let mut totals = Tally::default();
    let mut seen = vec![0_u32; analysis.entities.len()];
    let mut distinct = Vec::new();
    let mut serial = 0;
    let mut add = |document: usize, entities: &[u32], times: u64| {
        let period = periods.get(document).copied().unwrap_or(NO_PERIOD);
        if period as usize >= length {
            return;
        }
        let group = selection.group(document);
        totals.add((0, period, group), times);
        serial += 1;
        distinct.clear();
        for &entity in entities {
            if seen[entity as usize] != serial {
                seen[entity as usize] = serial;
                distinct.push(entity);
            }
        }
        for &entity in &distinct {
            let (first, last) = (
                items_of.ends[entity as usize],
                items_of.ends[entity as usize + 1],
            );
            for &item in &items_of.items[first..last] {
                let b = items[item as usize].b;
                if b.is_none_or(|b| seen[b as usize] == serial) {
                    hits.add((item, period, group), times);
                }
            }
        }
    };
    analysis.units(unit, selection, |place, entities, times| {
        add(place.document as usize, entities, times);
    });
    let mut series = Series {
        totals: vec![0; length],
        counts: Vec::new(),
    };
    for (_, period, count) in totals.finish(of_groups) {
        series.totals[period as usize] = count;
    }
    series.counts = hits.finish(of_groups);
    series
}

struct ByEntity {
    ends: Vec<usize>,
    items: Vec<u32>,
}

/// The items by their first entity.
fn by_entity(items: &[Item], entities: usize) -> ByEntity {
    let mut ends = vec![0; entities + 1];
    for item in items {
        ends[item.a as usize + 1] += 1;
    }
    for i in 0..entities {
        ends[i + 1] += ends[i];
    }
    let mut next = ends.clone();
    let mut ordered = vec![0; items.len()];
    for (number, item) in items.iter().enumerate() {
        ordered[next[item.a as usize]] = number as u32;
        next[item.a as usize] += 1;
    }
    ByEntity {
        ends,
        items: ordered,
    }
}

/// Item, period and group.
type Key = (u32, u32, u32);

/// Sums by key, in memory of what is distinct.
#[derive(Default)]
struct Tally {
    rows: Vec<(Key, u64)>,
    settled: usize,
}

impl Tally {
    fn add(&mut self, key: Key, times: u64) {
        if let Some(last) = self.rows.last_mut().filter(|last| last.0 == key) {
            last.1 += times;
            return;
        }
        self.rows.push((key, times));
        if self.rows.len() >= 2 * self.settled + BUFFER {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.rows.sort_unstable_by_key(|row| row.0);
        self.rows.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 += later.1;
            }
            same
        });
        self.settled = self.rows.len();
    }

    /// By item and period the sums, or the number of groups.
    fn finish(mut self, of_groups: bool) -> Vec<(u32, u32, u64)> {
        self.settle();
        let mut counts: Vec<(u32, u32, u64)> = Vec::new();
        for ((item, period, _), times) in self.rows {
            let times = if of_groups { 1 } else { times };
            match counts.last_mut() {
                Some(last) if (last.0, last.1) == (item, period) => last.2 += times,
                _ => counts.push((item, period, times)),
            }
        }
        counts
    }
}
