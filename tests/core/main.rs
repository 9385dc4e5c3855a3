//! The core's tests against its public interface, grouped by stage and by law.

mod cooccurrence;
mod layering;
mod generate;
mod normalize;
mod segment;
mod tables;
