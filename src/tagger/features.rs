//! What the network sees of a word, whatever stands about it.

use crate::lexicon::{Stems, WordClass};
use crate::segment::clitics::{Article, Letters, best};
use crate::text::letters::is_arabic_letter;

/// A folded word with what the lexicon says of it.
#[derive(Debug, Clone, Copy)]
pub struct Word<'w> {
    /// As folded; empty for what is no word, number or single sign.
    pub text: &'w str,
    /// What the whole word can be.
    pub class: WordClass,
    /// What the word can be behind its proclitics.
    pub stem_class: WordClass,
    /// Whether it is a noun with the article.
    pub definite: bool,
    /// Whether no list has it.
    pub strange: bool,
}

/// Something true of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// One of [`Feature::DIRECT`] that every model knows by number.
    Direct(u8),
    /// A word, a stem or its clitics, by their hash: a model knows those frequent in its texts.
    Word(u64),
    /// A run of letters, by its hash: a model has so many places for all of them.
    Letters(u64),
}

impl Feature {
    /// How many numbers [`Feature::Direct`] has.
    pub const DIRECT: usize = 2 * CLASSES + 16;
}

/// Places for classes of words.
const CLASSES: usize = 32;
const DEFINITE: usize = 2 * CLASSES;
const STRANGE: usize = DEFINITE + 1;
const EMPTY: usize = DEFINITE + 2;
const LATIN: usize = DEFINITE + 3;
const SIGN: usize = DEFINITE + 4;
/// One for numbers of each length up to four digits, and one for all others.
const NUMBER: usize = DEFINITE + 5;
/// Short, middling and long words.
const LENGTH: usize = DEFINITE + 10;
const LENGTHS: usize = 5;

/// The shortest and longest runs of letters.
const RUNS: [usize; 2] = [3, 4];

/// Lists the features of a word.
pub fn features(word: &Word<'_>, out: &mut Vec<Feature>) {
    out.clear();
    let mut direct = |n: usize| out.push(Feature::Direct(n as u8));
    for bit in word.class.bits() {
        direct(bit);
    }
    for bit in word.stem_class.bits() {
        direct(CLASSES + bit);
    }
    if word.definite {
        direct(DEFINITE);
    }
    if word.strange {
        direct(STRANGE);
    }
    let text = word.text;
    let Some(first) = text.chars().next() else {
        direct(EMPTY);
        return;
    };
    let letters = text.chars().count();
    if text.contains(|c: char| c.is_ascii_digit()) {
        let plain = text.bytes().all(|b| b.is_ascii_digit());
        direct(NUMBER + if plain { letters.min(5) - 1 } else { 4 });
        return;
    }
    if !first.is_alphabetic() {
        direct(SIGN);
        out.push(Feature::Word(hash("w", text)));
        return;
    }
    direct(LENGTH + (letters.max(2) - 2).min(LENGTHS * 2 - 1) / 2);
    if !is_arabic_letter(first) {
        direct(LATIN);
    }
    out.push(Feature::Word(hash("w", text)));
    let read = Letters::of(text).map(|letters| best(letters, Stems::shipped()));
    let mut stem = text;
    if let Some(reading) = read {
        let pieces = reading.pieces(text);
        stem = &text[pieces.stem.clone()];
        if stem.len() < text.len() {
            out.push(Feature::Word(hash("w", stem)));
            out.push(Feature::Word(hash("p", &text[..pieces.stem.start])));
            out.push(Feature::Word(hash("s", &text[pieces.stem.end..])));
        }
        if reading.article == Article::Merged {
            out.push(Feature::Word(hash("p", "لل")));
        }
    }
    runs(stem, out);
}

/// The runs of letters of a stem, its ends marked.
fn runs(stem: &str, out: &mut Vec<Feature>) {
    let mut ends: Vec<usize> = stem.char_indices().map(|(at, _)| at).collect();
    ends.push(stem.len());
    let last = ends.len() - 1;
    for n in [1, 2, 3] {
        if n < last {
            out.push(Feature::Letters(hash("<", &stem[..ends[n]])));
            out.push(Feature::Letters(hash(">", &stem[ends[last - n]..])));
        }
    }
    for n in RUNS {
        for run in ends.windows(n + 1) {
            out.push(Feature::Letters(hash("-", &stem[run[0]..run[n]])));
        }
    }
}

/// FNV-1a by Fowler, Noll and Vo, mixed once more: the same on every machine, for models are kept.
fn hash(kind: &str, text: &str) -> u64 {
    let bytes = kind.bytes().chain(text.bytes());
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
    });
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}
