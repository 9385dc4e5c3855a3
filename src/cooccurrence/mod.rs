//! Who appears with whom, and whether that is more than chance.
//!
//! The stage knows ids and counts, nothing of text. A unit (a sentence, a paragraph, a document, a
//! window) is a set of ids; a [`Counter`] takes units and becomes [`Counts`]; a pair of ids within
//! counts is a 2×2 table, a [`Contingency`], which every [`Measure`] and [`fisher_exact`] read; and
//! [`pairs_table`] scores all pairs at once. Counting is boolean: a name said twice in a sentence
//! counts once, so the marginals and the total are numbers of the same units as the joint count.
//!
//! # Cost
//! Units are counted some millions of ids at a time by a sparse product (see `product.rs`): linear in
//! the pair occurrences, some nanoseconds each. What each batch gave is a sorted run; runs are merged
//! like the digits of a binary counter. Memory is that of the distinct pairs, 16 bytes each, two or
//! three times while runs merge, and one batch. Sums of sorted runs are the same in any order, hence
//! no result depends on threads, chunks or shards. Scoring takes constant time for a pair or, where p
//! and q are asked for, bounded time for every different table of counts, of which there are far
//! fewer than pairs.
//!
//! # Sources
//! - Dunning (1993), *Accurate methods for the statistics of surprise and coincidence*: G².
//! - Church and Hanks (1990), *Word association norms, mutual information, and lexicography*: PMI.
//! - Bouma (2009), *Normalized (pointwise) mutual information in collocation extraction*: NPMI.
//! - Rychlý (2008), *A lexicographer-friendly association score*: logDice.
//! - Fisher (1922), *On the interpretation of χ² from contingency tables*: the exact test.
//! - Loader (2000), *Fast and accurate computation of binomial probabilities*: the stable forms.
//! - Benjamini and Hochberg (1995), *Controlling the false discovery rate*: q.

mod apart;
mod bca;
mod bootstrap;
mod chosen;
mod clusters;
mod contingency;
mod counter;
mod counts;
mod deviance;
mod family;
mod measures;
mod mentions;
mod named;
mod normal;
mod permutation;
mod product;
mod pruned;
mod quotient;
mod random;
mod significance;
mod table;
mod units;

pub use bootstrap::{Bootstrap, Intervals};
pub use clusters::Clusters;
pub use contingency::Contingency;
pub use counter::Counter;
pub use counts::Counts;
pub use measures::{About, Measure};
pub use mentions::numbered;
pub use named::{Counted, NamedCounts};
pub use permutation::{Alternative, NullCounts, Slots};
pub use pruned::Pruned;
pub use significance::{
    benjamini_hochberg, false_discovery, fisher_exact, fisher_greater, pairs_among,
};
pub use table::{Column, PairTable, Scoring, pairs_table};
pub use units::Units;
