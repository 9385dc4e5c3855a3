//! Finding the names no list knows: every token with what the lexicon and the rules say of it,
//! read by a small network that learnt from annotated news.

#![allow(
    clippy::inline_always,
    reason = "only what is inlined is compiled for the vector instructions that a machine has"
)]
#![allow(clippy::module_inception, reason = "the tagger among what makes it")]

mod decode;
mod features;
mod forms;
mod labels;
mod matrix;
mod model;
mod network;
mod tagger;

pub use features::{Feature, Word, features};
pub use model::{Layer, Model};
pub use tagger::{Scratch, Tagged, Tagger};

/// A token as the network reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Token {
    /// The number of its word's form.
    pub form: u32,
    /// The sentence it stands in.
    pub sentence: u32,
    /// What was found here before, below [`EVIDENCE`]; zero for nothing.
    pub evidence: u8,
    /// As what its form was found elsewhere in the article, below [`ELSEWHERE`]; zero for nothing.
    pub elsewhere: u8,
}

/// How many codes [`Token::evidence`] has: of each kind of finding, type and place in the name.
pub const EVIDENCE: usize = 1 + 12 * 5 * 2;

/// How many codes [`Token::elsewhere`] has.
pub const ELSEWHERE: usize = 1 + 5;
