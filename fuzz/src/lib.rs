//! The laws that hold of any text, as checks that panic. The targets call them with what libFuzzer
//! makes up; the property tests of `tests/core` hold the same with texts made of known pieces.

mod extract;
mod normalize;
mod segment;

pub use extract::extract;
pub use normalize::normalize;
pub use segment::segment;
