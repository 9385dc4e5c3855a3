//! Stock phrases: what weather bulletins, market reports, announcements and the furniture of sites
//! say again day after day. Two articles are no copies for having them in common.

use foldhash::fast::RandomState;
use hashbrown::HashSet;
use rayon::prelude::*;

use super::{ALONE, NO_DATE};
use crate::error::Result;

/// A copy is printed within days of its original; what stands in articles of more days is stock.
const DAYS: usize = 5;

/// Where there is no date, what stands in more texts is stock.
const TEXTS: usize = 30;

const SECONDS: i64 = 24 * 60 * 60;

/// Shingles are worked through by their highest bits, so that not all stand in memory twice.
const PARTS: u32 = 64;

/// Parts between two looks at whether to go on.
const TOGETHER: u32 = 8;

/// Takes stock phrases out of the sets.
pub(super) fn leave_out(
    sets: &mut [Vec<u32>],
    node_of: &[u32],
    dates: &[i64],
    goes_on: &mut impl FnMut() -> Result<()>,
) -> Result<()> {
    let days = days(node_of, dates);
    let mut stock: HashSet<u32, RandomState> = HashSet::default();
    for first in (0..PARTS).step_by(TOGETHER as usize) {
        let found: Vec<u32> = (first..PARTS.min(first + TOGETHER))
            .into_par_iter()
            .flat_map_iter(|part| stock_of(part, sets, &days))
            .collect();
        stock.extend(found);
        goes_on()?;
    }
    sets.par_iter_mut().for_each(|set| {
        set.retain(|shingle| !stock.contains(shingle));
        set.shrink_to_fit();
    });
    goes_on()
}

/// The days on which each set was printed, each once; a day over [`UNDATED`] stands for a text
/// without a date.
fn days(node_of: &[u32], dates: &[i64]) -> Vec<(u32, u32)> {
    let mut days: Vec<(u32, u32)> = (0..)
        .zip(node_of.iter().zip(dates))
        .filter(|(_, (node, _))| **node != ALONE)
        .map(|(doc, (&node, &date))| {
            let day = if date == NO_DATE {
                UNDATED | doc
            } else {
                date.div_euclid(SECONDS).cast_unsigned() as u32 & !UNDATED
            };
            (node, day)
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

const UNDATED: u32 = 1 << 31;

fn stock_of(part: u32, sets: &[Vec<u32>], days: &[(u32, u32)]) -> Vec<u32> {
    let width = u32::MAX / PARTS + 1;
    let from = part * width;
    // A shingle and a day in one number, which sorts faster.
    let mut seen: Vec<u64> = Vec::new();
    for &(node, day) in days {
        let set = &sets[node as usize];
        let start = set.partition_point(|&s| s < from);
        let here = set[start..].iter().take_while(|&&s| s - from < width);
        seen.extend(here.map(|&s| u64::from(s) << 32 | u64::from(day)));
    }
    seen.sort_unstable();
    seen.dedup();
    let shingle = |of: u64| (of >> 32) as u32;
    let is_stock = |of: &&[u64]| {
        let dated = of.partition_point(|&s| (s as u32) < UNDATED);
        dated > DAYS || of.len() - dated > TEXTS
    };
    seen.chunk_by(|&x, &y| shingle(x) == shingle(y))
        .filter(is_stock)
        .map(|of| shingle(of[0]))
        .collect()
}
