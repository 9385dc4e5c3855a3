//! The core's tests against its public interface, grouped by stage and by law.

mod clitics;
mod cooccurrence;
mod entities;
mod generate;
mod laws;
mod layering;
mod linking;
mod measures;
mod normalize;
mod resampling;
mod segment;
mod stories;
mod tables;
mod tagger;
mod tagger_reference;
mod trends;
mod word_breaks;
