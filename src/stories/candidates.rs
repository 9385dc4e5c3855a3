//! Pairs of sets that may be alike: those of which a band is the same (locality-sensitive hashing;
//! P. Indyk and R. Motwani, 1998).

use rayon::prelude::*;

use super::sketch::{BANDS, bands};
use crate::error::Result;

/// More sets that share a band are paired by so many at a time, which bounds the pairs of a set.
const MOST: usize = 1024;

/// Bands whose pairs are held at once, before those that are known are dropped.
const TOGETHER: usize = 8;

/// The pairs, the lesser number first, each once, in order.
pub(super) fn pairs(
    sets: &[Vec<u32>],
    goes_on: &mut impl FnMut() -> Result<()>,
) -> Result<Vec<(u32, u32)>> {
    let sketched: Vec<(u32, [u32; BANDS])> = sets
        .par_iter()
        .enumerate()
        .filter_map(|(i, set)| Some((i as u32, bands(set)?)))
        .collect();
    goes_on()?;
    let mut pairs = Vec::new();
    for first in (0..BANDS).step_by(TOGETHER) {
        pairs.par_extend(
            (first..BANDS.min(first + TOGETHER))
                .into_par_iter()
                .flat_map_iter(|band| of_band(band, &sketched)),
        );
        pairs.par_sort();
        pairs.dedup();
        goes_on()?;
    }
    Ok(pairs)
}

fn of_band(band: usize, sketched: &[(u32, [u32; BANDS])]) -> Vec<(u32, u32)> {
    let mut keys: Vec<(u32, u32)> = sketched.iter().map(|(i, s)| (s[band], *i)).collect();
    keys.sort_unstable();
    let mut pairs = Vec::new();
    for same in keys.chunk_by(|x, y| x.0 == y.0) {
        for some in same.chunks(MOST) {
            for (i, a) in some.iter().enumerate() {
                pairs.extend(some[i + 1..].iter().map(|b| (a.1, b.1)));
            }
        }
    }
    pairs
}
