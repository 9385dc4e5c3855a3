//! The shingles of a text: its runs of words, as numbers.

use crate::normalize::{Normalizer, Profile};
use crate::text::letters::is_alphanumeric;

/// Words in a shingle.
const WORDS: usize = 3;

const PRIME: u64 = 0x0000_0100_0000_01B3;
const BASIS: u64 = 0xCBF2_9CE4_8422_2325;

/// Folds away what outlets spell differently: marks, forms of alef and of final letters, hamzas,
/// digits, capitals, punctuation, and whether a waw stands apart.
pub(super) struct Shingler {
    normalizer: Normalizer,
}

impl Default for Shingler {
    fn default() -> Self {
        Self {
            normalizer: Normalizer::profile(Profile::Aggressive),
        }
    }
}

impl Shingler {
    /// A print of all the words, none if there are none, and the shingles in order, each once. A
    /// text of fewer words is one shingle.
    pub(super) fn shingles(&self, text: &str, buffer: &mut Vec<u8>) -> (Option<u64>, Vec<u32>) {
        let folded = self.normalizer.fold_into(text, buffer);
        let mut words = Words {
            print: BASIS,
            last: [0; WORDS],
            count: 0,
            shingles: Vec::with_capacity(folded.len() / 10),
        };
        let mut word = BASIS;
        let mut apart = false;
        for c in folded.chars() {
            if is_alphanumeric(c) {
                word = (word ^ u64::from(u32::from(c.to_ascii_lowercase()))).wrapping_mul(PRIME);
                apart = word == waw();
            } else if word != BASIS && !apart {
                words.push(mixed(word));
                word = BASIS;
            }
        }
        if word != BASIS {
            words.push(mixed(word));
        }
        if words.count == 0 {
            return (None, Vec::new());
        }
        if words.count < WORDS {
            words.shingles.push(number(words.print));
        }
        words.shingles.sort_unstable();
        words.shingles.dedup();
        words.shingles.shrink_to_fit();
        (Some(mixed(words.print)), words.shingles)
    }
}

struct Words {
    print: u64,
    last: [u64; WORDS],
    count: usize,
    shingles: Vec<u32>,
}

impl Words {
    fn push(&mut self, word: u64) {
        self.print = (self.print ^ word).wrapping_mul(PRIME).rotate_left(23);
        self.last.rotate_left(1);
        self.last[WORDS - 1] = word;
        self.count += 1;
        if self.count >= WORDS {
            let run = self.last.iter().fold(BASIS, |run, word| {
                (run ^ word).wrapping_mul(PRIME).rotate_left(23)
            });
            self.shingles.push(number(run));
        }
    }
}

/// The number of a word that is a waw alone: it belongs to the word after it.
const fn waw() -> u64 {
    (BASIS ^ 'و' as u64).wrapping_mul(PRIME)
}

/// Mixes all bits into all others (the end of `MurmurHash3`, by A. Appleby).
const fn mixed(mut n: u64) -> u64 {
    n ^= n >> 33;
    n = n.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    n ^= n >> 33;
    n = n.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    n ^ (n >> 33)
}

const fn number(run: u64) -> u32 {
    (mixed(run) >> 32) as u32
}
