//! The 2×2 table of one pair of ids.

use super::quotient::product;
use crate::error::{Error, ErrorKind, Result};

/// How often two ids occur together and apart, in units.
///
/// | | b | not b |
/// |---|---|---|
/// | a | `both` | `a - both` |
/// | not a | `b - both` | `total - a - b + both` |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Contingency {
    both: u64,
    a: u64,
    b: u64,
    total: u64,
}

impl Contingency {
    /// A table of `both` units with both ids, `a` and `b` units with each, out of `total`.
    ///
    /// # Errors
    /// When no set of units can have these counts: a cell of the table would be negative.
    ///
    /// ```
    /// use nasij::cooccurrence::Contingency;
    /// let table = Contingency::new(2, 5, 4, 20)?;
    /// assert_eq!(table.cells(), [2, 3, 2, 13]);
    /// assert_eq!(table.expected(), 1.0);
    /// assert!(Contingency::new(5, 4, 4, 20).is_err());
    /// # Ok::<(), nasij::error::Error>(())
    /// ```
    pub fn new(both: u64, a: u64, b: u64, total: u64) -> Result<Self> {
        let table = Self { both, a, b, total };
        if table.is_possible() {
            Ok(table)
        } else {
            Err(Error::from(ErrorKind::Argument(format!(
                "no units can have these counts: both {both}, a {a}, b {b}, total {total}"
            ))))
        }
    }

    /// A table of counts that were made by counting units, and hence agree.
    pub(super) fn counted(both: u64, a: u64, b: u64, total: u64) -> Self {
        let table = Self { both, a, b, total };
        debug_assert!(table.is_possible(), "{table:?}");
        table
    }

    fn is_possible(self) -> bool {
        let Self { both, a, b, total } = self;
        both <= a && both <= b && b <= total && a - both <= total - b
    }

    /// The units that hold both ids.
    pub fn both(self) -> u64 {
        self.both
    }

    /// The units that hold the first id.
    pub fn a(self) -> u64 {
        self.a
    }

    /// The units that hold the second id.
    pub fn b(self) -> u64 {
        self.b
    }

    /// All units, with either id or neither.
    pub fn total(self) -> u64 {
        self.total
    }

    /// The four cells by row: both, only a, only b, neither.
    pub fn cells(self) -> [u64; 4] {
        let Self { both, a, b, total } = self;
        [both, a - both, b - both, total - b - (a - both)]
    }

    /// The units expected to hold both ids if they were independent: a·b / total, or 0 of no units.
    pub fn expected(self) -> f64 {
        if self.total == 0 {
            return 0.0;
        }
        product(self.a, self.b) as f64 / self.total as f64
    }

    /// The four cells expected under independence, in the order of [`Contingency::cells`].
    pub(super) fn expected_cells(self) -> [f64; 4] {
        let Self { a, b, total, .. } = self;
        let cell = |row, column| product(row, column) as f64 / total.max(1) as f64;
        let (not_a, not_b) = (total - a, total - b);
        [
            cell(a, b),
            cell(a, not_b),
            cell(not_a, b),
            cell(not_a, not_b),
        ]
    }

    /// `both` less its expectation, rounded once: the difference is taken in integers, so nothing
    /// cancels. The other cells differ from theirs by the same amount, with signs -, -, +.
    pub(super) fn excess(self) -> f64 {
        let (size, negative) = self.determinant();
        let size = size as f64 / self.total.max(1) as f64;
        if negative { -size } else { size }
    }

    /// `both` · total less `a` · `b`, which is also `both` · neither less only a · only b: its size,
    /// exact, and whether it is negative.
    pub(super) fn determinant(self) -> (u128, bool) {
        let observed = product(self.both, self.total);
        let independent = product(self.a, self.b);
        (observed.abs_diff(independent), observed < independent)
    }

    /// Whether the counts are too small to trust what a measure says of them: in one of the four
    /// cells fewer than 5 units stand, and fewer than 5 are expected.
    ///
    /// One unit more or less then changes what is read off by a fifth and more: with rare ids that
    /// is every pair seen together in fewer than 5 units (Church and Hanks 1990 leave out such
    /// pairs; Evert 2005 shows why). A pair is not few where 5 or more were expected together and
    /// fewer came (Cochran 1954): that the two avoid each other is then well founded. A measure of
    /// few counts is computed as any other, and p is exact with them too.
    ///
    /// ```
    /// use nasij::cooccurrence::Contingency;
    /// assert!(Contingency::new(4, 10, 10, 100_000)?.few());
    /// assert!(!Contingency::new(5, 10, 10, 100_000)?.few());
    /// assert!(!Contingency::new(0, 1_000, 1_000, 100_000)?.few());
    /// # Ok::<(), nasij::error::Error>(())
    /// ```
    pub fn few(self) -> bool {
        let Self { a, b, total, .. } = self;
        let (not_a, not_b) = (total - a, total - b);
        let expected = [(a, b), (a, not_b), (not_a, b), (not_a, not_b)];
        let enough = 5 * u128::from(total);
        self.cells()
            .into_iter()
            .zip(expected)
            .any(|(cell, (row, column))| cell < 5 && (product(row, column) < enough || total == 0))
    }
}
