//! From text to mentions: who and what an article names, where, and in what role.
//!
//! [`Extractor::extract`] folds a text once with its alignment, cuts it into sentences and
//! tokens, and lays what each word can be beside it (`cells`, `forms`). Then names are found in order of
//! certainty: spellings of the lexicon, the longest from the left (`overlap`, `choice`), held against
//! their context where they are words too (`ordinary`, `support`, `weak_places`, `weak_bodies`);
//! short names whose full name the article has (`linking`); names no list knows, where a title, a verb of saying or
//! a given name shows them (`names`, `people`, `bodies`, `again`); and last the office beside each person (`roles`).
//! Everything is linear in the text.

mod again;
mod bearers;
mod bodies;
mod boilerplate;
mod cells;
mod choice;
mod cues;
mod evidence;
mod extractor;
mod forms;
mod linking;
mod mention;
mod names;
mod nested;
mod offices;
mod ordinary;
mod overlap;
mod people;
mod proclitics;
mod reading;
mod reconcile;
mod roles;
mod spellings;
mod support;
mod surnames;
mod tagged;
mod titles;
mod weak_bodies;
mod weak_places;

pub use extractor::{Extractor, Inputs, Scratch};
pub use mention::{Document, EntityRef, FoundBy, Mention, Role};
pub use nested::Outer;
