//! What every stage needs to know of a text: spans, letter classes, where code points lie,
//! and numbers for strings.

pub mod classes;
mod code_points;
mod interner;
pub mod letters;
mod span;

pub use code_points::CodePoints;
pub use interner::Interner;
pub use span::{Span, check_length};
