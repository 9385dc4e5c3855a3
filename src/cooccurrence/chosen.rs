//! Chosen pairs, and which of them a unit holds.

use hashbrown::HashMap;

use crate::error::{Error, ErrorKind, Result};

/// In place of a label: an id that is in no chosen pair.
pub(super) const NO_LABEL: u32 = u32::MAX;

/// Pairs of ids to be counted and no others. Their ids have labels, 0 and on; the pairs have the
/// numbers of their places.
#[derive(Debug, Clone)]
pub(super) struct ChosenPairs {
    /// The label of each id.
    labels: Vec<u32>,
    /// How many labels there are.
    pub(super) ids: usize,
    /// The labels of each pair.
    pub(super) ends: Vec<[u32; 2]>,
    numbers: HashMap<u64, u32, foldhash::fast::FixedState>,
    /// A bit for each two labels, whether they are a pair; empty where that would be too many.
    bits: Vec<u64>,
}

/// With more labels a bit for each two of them takes over two megabytes.
const MOST_WITH_BITS: usize = 4096;

impl ChosenPairs {
    /// # Errors
    /// A pair of an id and itself; the same pair twice, in whatever order.
    pub(super) fn new(pairs: &[(u32, u32)]) -> Result<Self> {
        let most = pairs.iter().map(|&(a, b)| a.max(b)).max();
        let mut chosen = Self {
            labels: vec![NO_LABEL; most.map_or(0, |id| id as usize + 1)],
            ids: 0,
            ends: Vec::with_capacity(pairs.len()),
            numbers: HashMap::default(),
            bits: Vec::new(),
        };
        for &(a, b) in pairs {
            if a == b {
                return Err(argument("a pair is of two different entities"));
            }
            let ends = [a, b].map(|id| chosen.label_or_new(id));
            let number = chosen.ends.len() as u32;
            if chosen.numbers.insert(key(ends), number).is_some() {
                return Err(argument("each pair stands once, in one order"));
            }
            chosen.ends.push(ends);
        }
        if chosen.ids <= MOST_WITH_BITS {
            chosen.bits = vec![0; chosen.ids * chosen.ids.div_ceil(64)];
            for [a, b] in chosen.ends.clone() {
                for [x, y] in [[a, b], [b, a]] {
                    let (word, bit) = chosen.bit(x, y);
                    chosen.bits[word] |= bit;
                }
            }
        }
        Ok(chosen)
    }

    fn label_or_new(&mut self, id: u32) -> u32 {
        let label = &mut self.labels[id as usize];
        if *label == NO_LABEL {
            *label = self.ids as u32;
            self.ids += 1;
        }
        *label
    }

    fn bit(&self, a: u32, b: u32) -> (usize, u64) {
        let (a, b) = (a as usize, b as usize);
        (a * self.ids.div_ceil(64) + b / 64, 1 << (b % 64))
    }

    fn may_be(&self, a: u32, b: u32) -> bool {
        let (word, bit) = self.bit(a, b);
        self.bits.is_empty() || self.bits[word] & bit != 0
    }

    /// The label of an id, or [`NO_LABEL`].
    pub(super) fn label(&self, id: u32) -> u32 {
        self.labels.get(id as usize).copied().unwrap_or(NO_LABEL)
    }

    /// Calls `with` with the number of every chosen pair among the labels, which are each there once.
    pub(super) fn among(&self, labels: &[u32], mut with: impl FnMut(u32)) {
        for (i, &a) in labels.iter().enumerate() {
            for &b in &labels[i + 1..] {
                if self.may_be(a, b)
                    && let Some(&number) = self.numbers.get(&key([a, b]))
                {
                    with(number);
                }
            }
        }
    }
}

fn argument(needed: &str) -> Error {
    ErrorKind::Argument(needed.to_owned()).into()
}

fn key([a, b]: [u32; 2]) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}
