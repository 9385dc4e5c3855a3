//! What nasij knows by heart: names with their spellings, and the words that show where an
//! unknown name stands.
//!
//! [`Lexicon`] is data, read from tab-separated files that a person can edit (`entries`,
//! `words`); [`Matcher`] is compiled from it and finds names in folded tokens. A look-up is one
//! hash of a token and one more for each further word of a name, so its cost grows with the text
//! and not with the lexicon.

mod builder;
mod doubts;
mod entries;
mod matcher;
pub mod phonetic;
mod spelling;
mod stems;
mod store;
mod words;

pub use builder::{Strength, fold, folding};
pub use entries::{EntityType, Entry, Source, slug};
pub use matcher::{Construct, Matcher, Node, Output, WordId, counts};
pub use spelling::Spelling;
pub use stems::{Slots, Stems};
pub use store::Lexicon;
pub use words::{Furniture, Pattern, WordClass, Words};
