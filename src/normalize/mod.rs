//! Normalization that knows where every character came from.
//!
//! A rule ([`rules`]) is a pure function of one character; a [`Profile`] names a set of rules;
//! [`Normalizer`] compiles a set into one table and is the only code that touches offsets.
//! [`Normalizer::fold`] gives text alone and borrows it when nothing changes;
//! [`Normalizer::normalize`] gives text and [`Alignment`].
//!
//! Laws: folding twice equals folding once; normalizing the original slice that an alignment
//! names gives back the normalized slice.

mod alignment;
mod driver;
pub mod forms;
mod html;
pub mod rules;

pub use alignment::Alignment;
pub use driver::{Normalized, Normalizer};
pub use rules::{Profile, Rule, Rules};
