//! Measures of association: one number of one 2×2 table.

use std::fmt;
use std::str::FromStr;

use super::contingency::Contingency;
use super::deviance::half_deviance;
use crate::error::{Error, ErrorKind};

/// A measure of association between two ids. None of them is ever NaN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// The units with both ids.
    Count,
    /// The units with both ids that independence would give: a·b / total.
    Expected,
    /// Pointwise mutual information, log2(count / expected), in bits (Church and Hanks 1990).
    /// Minus infinity when the two never meet, 0 when one of them never occurs.
    Pmi,
    /// PMI over -log2(count / total), from -1 to 1 (Bouma 2009): -1 when the two never meet, 0 when
    /// independent or when one never occurs, 1 when each occurs only with the other. Two ids that
    /// are both in every unit are at once independent and inseparable (0/0): this gives the
    /// limit along inseparable pairs, 1.
    Npmi,
    /// The log-likelihood ratio G² = 2 Σ O ln(O/E) over the four cells, natural logarithm (Dunning
    /// 1993), negative when the two meet less often than expected. As a test of independence its
    /// size is about χ² with one degree of freedom.
    Llr,
    /// 14 + log2(2·count / (a + b)), at most 14 (Rychlý 2008): a point more is twice as often
    /// together, and the size of the corpus plays no part. Minus infinity when the two never meet.
    LogDice,
    /// Units with both over units with either, from 0 to 1.
    Jaccard,
}

impl Measure {
    /// Every measure, in the order of the columns of a table of pairs.
    pub const ALL: [Self; 7] = [
        Self::Count,
        Self::Expected,
        Self::Pmi,
        Self::Npmi,
        Self::Llr,
        Self::LogDice,
        Self::Jaccard,
    ];

    /// The measure's column name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Expected => "expected",
            Self::Pmi => "pmi",
            Self::Npmi => "npmi",
            Self::Llr => "llr",
            Self::LogDice => "logdice",
            Self::Jaccard => "jaccard",
        }
    }

    /// The measure of a table.
    ///
    /// ```
    /// use nasij::cooccurrence::{Contingency, Measure};
    /// let table = Contingency::new(4, 4, 8, 16)?;
    /// assert_eq!(Measure::Pmi.of(&table), 1.0);
    /// assert_eq!(Measure::Npmi.of(&table), 0.5);
    /// # Ok::<(), nasij::error::Error>(())
    /// ```
    pub fn of(self, table: &Contingency) -> f64 {
        match self {
            Self::Count => table.both() as f64,
            Self::Expected => table.expected(),
            Self::Pmi => table.ln_lift() * std::f64::consts::LOG2_E,
            Self::Npmi => npmi(table),
            Self::Llr => llr(table),
            Self::LogDice => log_dice(table),
            Self::Jaccard => jaccard(table),
        }
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
        let known = Self::ALL.into_iter().find(|m| m.name() == name);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::from(ErrorKind::Argument(format!(
                "no measure is called {name:?}; there are {names}"
            )))
        })
    }
}

fn npmi(table: &Contingency) -> f64 {
    let (both, total) = (table.both(), table.total());
    if table.a() == 0 || table.b() == 0 {
        return 0.0;
    }
    if both == 0 {
        return -1.0;
    }
    if both == table.a() && both == table.b() {
        return 1.0;
    }
    // -ln(both / total), by the complement where the quotient is near 1.
    let information = if both > total / 2 {
        -(-((total - both) as f64 / total as f64)).ln_1p()
    } else {
        (total as f64 / both as f64).ln()
    };
    (table.ln_lift() / information).clamp(-1.0, 1.0)
}

fn llr(table: &Contingency) -> f64 {
    let excess = table.excess();
    let observed = table.cells().map(|cell| cell as f64);
    let size = 2.0 * half_deviance(observed, table.expected_cells(), excess);
    if excess < 0.0 { -size } else { size }
}

fn log_dice(table: &Contingency) -> f64 {
    if table.both() == 0 {
        return f64::NEG_INFINITY;
    }
    let either = u128::from(table.a()) + u128::from(table.b());
    14.0 + (2.0 * table.both() as f64 / either as f64).log2()
}

fn jaccard(table: &Contingency) -> f64 {
    if table.both() == 0 {
        return 0.0;
    }
    let [both, a, b, _] = table.cells();
    table.both() as f64 / (both + a + b) as f64
}
