//! Measures of association: one number of one 2×2 table.

mod catalogue;
mod effect;
mod evidence;
mod information;
mod overlap;

use std::fmt;
use std::str::FromStr;

use rayon::prelude::*;

use super::contingency::Contingency;
use crate::error::{Error, ErrorKind};

pub use catalogue::Measure;

/// What is told of a measure. The formula is over `a`, `b`, `both` and `total`; `expected`; and the
/// other cells of the table, `a_only`, `b_only` and `neither`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The name of its column.
    pub name: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// The least and the greatest value it can have.
    pub range: &'static str,
    /// Its value where the formula has none.
    pub edge: &'static str,
    /// What may be said of a pair by it.
    pub reading: &'static str,
    /// Who it is from.
    pub source: &'static str,
}

impl Measure {
    /// The measure's column name.
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// The measure of each table, on the caller's rayon pool.
    pub fn of_all(self, tables: &[Contingency]) -> Vec<f64> {
        tables.par_iter().map(|table| self.of(table)).collect()
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Measure {
    type Err = Error;

    /// The measure of this column name.
    fn from_str(name: &str) -> Result<Self, Error> {
        let known = Self::ALL.iter().find(|m| m.name() == name);
        known.copied().ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|m| m.name()).collect();
            Error::from(ErrorKind::Argument(format!(
                "no measure is called {name:?}; there are {}",
                names.join(", ")
            )))
        })
    }
}
