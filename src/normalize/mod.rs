//! Normalization that knows where every character came from.
//!
//! A rule ([`rules`]) is a pure function of one character; a [`Profile`] names a set of rules;
//! [`Normalizer`] compiles a set into a table, and the driver is the only code that touches
//! offsets. Plain text goes through a kernel of vector instructions, up to the next character
//! that it does not know; that one is folded by the table. [`Normalizer::fold`] gives text alone
//! and borrows it when nothing changes; [`Normalizer::normalize`] gives text and [`Alignment`];
//! [`Normalizer::audit`] says which rules changed what.
//!
//! Laws: folding twice equals folding once; normalizing the original slice that an alignment
//! names gives back the normalized slice. All is one pass: looks back are bounded, but for the
//! marks on one letter, which are put in order once.

#![allow(
    clippy::inline_always,
    reason = "only what is inlined is compiled for the vector instructions that a machine has"
)]

mod alignment;
mod audit;
mod cells;
mod composition;
mod driver;
pub mod forms;
mod html;
mod kernel;
mod markup;
pub mod rules;
mod table;
mod units;

pub use alignment::{Alignment, Forward};
pub use driver::{Normalized, Normalizer, Scratch};
pub use rules::{Profile, Rule, Rules};
