//! What changes: shares of a population by period, bursts of them, and two populations compared.
//!
//! The stage counts with the units of [`crate::corpus`] and tests with the 2×2 tables of
//! [`crate::cooccurrence`]. [`series`] tells for entities and pairs in how many units, or groups
//! of documents such as stories, of each period they stand; [`wilson`] and [`smoothed`] make
//! shares of these, an [`Automaton`] finds the periods in which a share was raised, and
//! [`compare`] holds the counts of two populations against each other.
//!
//! # Sources
//! - Wilson (1927), *Probable inference, the law of succession, and statistical inference*.
//! - Nadaraya (1964), *On estimating regression*; Watson (1964), *Smooth regression analysis*;
//!   Cleveland (1979), *Robust locally weighted regression*: the kernel.
//! - Kleinberg (2002), *Bursty and hierarchical structure in streams*.
//! - Koopman (1984), *Confidence intervals for the ratio of two binomial proportions*.
//! - Monroe, Colaresi and Quinn (2008), *Fightin' words*: log odds with a prior.

mod bursts;
mod comparison;
mod ratio;
mod series;
mod shares;

pub use bursts::{Automaton, Burst};
pub use comparison::{Compared, Comparison, Difference, compare};
pub use ratio::{log_odds, ratio_interval};
pub use series::{Item, NO_PERIOD, Series, series};
pub use shares::{smoothed, wilson};
