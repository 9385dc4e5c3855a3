//! Columns and tables of other libraries, through the Arrow C data and stream interfaces. Nothing
//! here makes a Python string but [`read_arrow`].

mod capsules;
mod fold;
mod strings;
mod table;

pub(crate) use capsules::{ArrowArray, ArrowStream};
pub(crate) use fold::normalize;
pub(crate) use table::read_arrow;
