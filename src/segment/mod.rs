//! Cutting text: paragraphs and sentences, tokens, and the clitics before a stem.
//!
//! Sentences partition the text; tokens with the gaps between them do too. Both work on the
//! original text, so that what is cut is what the article shows. Everything is one pass with
//! bounded looks back and ahead.

pub mod clitics;
mod layout;
mod scan;
mod sentences;
mod stops;
mod tokens;
mod words;

pub use sentences::{Sentence, sentences};
pub use tokens::{Token, TokenKind, tokens};
