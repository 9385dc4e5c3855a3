//! nasij (نسيج, "woven fabric") turns Arabic news into who and what it speaks of, who appears
//! with whom, when, and the sentence that proves it.
//!
//! Text flows through the modules in this order: [`text`], [`normalize`], [`segment`],
//! [`lexicon`], [`tagger`], [`entities`], [`corpus`], [`stories`], [`cooccurrence`], [`trends`]. A
//! stage uses those before it and [`error`]; nothing points back. [`bytes`] and [`threads`] serve
//! all.

#![forbid(unsafe_code)]

pub mod bytes;
pub mod cooccurrence;
pub mod corpus;
pub mod entities;
pub mod error;
pub mod lexicon;
pub mod normalize;
pub mod segment;
pub mod stories;
pub mod tagger;
pub mod text;
pub mod threads;
pub mod trends;
