//! What every stage needs to know of a text: spans, letter classes, and where code points lie.

pub mod classes;
mod code_points;
pub mod letters;
mod span;

pub use code_points::CodePoints;
pub use span::{Span, check_length};
