use super::letters::Letters;
use super::reading::{Cut, Reading, each, readings};

/// What is known of words, stems and clitics.
pub trait Evidence {
    /// The cost of a reading of this word: the less, the likelier.
    fn cost(&self, word: Letters, reading: &Reading) -> u32;

    /// Where this word is known to be cut.
    fn settled(&self, word: Letters) -> Option<Cut>;
}

/// The likeliest reading of a word; of equal ones the first of [`readings`].
///
/// # Panics
/// Never: a word is at least itself.
pub fn best(word: Letters, evidence: &impl Evidence) -> Reading {
    let mut found: Option<Reading> = None;
    let mut least = None;
    let mut settled = None;
    each(word, |reading| {
        // Most words have one reading, and nothing to choose.
        let Some(first) = found else {
            found = Some(reading);
            return;
        };
        let mut price =
            |reading: &Reading| match settled.get_or_insert_with(|| evidence.settled(word)) {
                Some(cut) if reading.cut() != *cut => u32::MAX,
                _ => evidence.cost(word, reading),
            };
        let least = least.get_or_insert_with(|| price(&first));
        let cost = price(&reading);
        if cost < *least {
            found = Some(reading);
            *least = cost;
        }
    });
    found.expect("a word is itself")
}

/// All readings of a word, the likeliest first.
pub fn ranked(word: Letters, evidence: &impl Evidence) -> Vec<Reading> {
    let settled = evidence.settled(word);
    let mut all = readings(word);
    all.sort_by_cached_key(|reading| {
        let other = settled.is_some_and(|cut| reading.cut() != cut);
        (other, evidence.cost(word, reading))
    });
    all
}
