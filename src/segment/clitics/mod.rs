//! Clitics: what Arabic writes onto a word that syntax counts as a word of its own.
//!
//! Before the stem stand the conjunctions و ف, then the prepositions ب ك ل or the future س, then
//! the article; behind it a pronoun. Universal Dependencies (and the Penn and Prague treebanks
//! before it) make words of all of these but the article, which stays on its noun.
//!
//! An analysis never splits a word: it says where a stem may begin and end. [`analyses`] is the
//! cheap list of proclitics that a look-up tries; [`readings`] are all ways to read a word, and
//! [`best`] chooses among them by [`Evidence`] about stems.

mod choice;
mod letters;
mod prefixes;
mod reading;

pub use choice::{Evidence, best, ranked};
pub use letters::Letters;
pub use prefixes::{Analysis, analyses};
pub use reading::{Article, Cut, Ending, Pieces, Reading, readings};
