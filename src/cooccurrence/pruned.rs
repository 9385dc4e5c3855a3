//! What is kept of pairs too rare to be kept: enough for the others to be tested among them.

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// The units with both ids of a pair, with the smaller one, and with the larger.
pub(super) type Table = [u64; 3];

/// The pairs that were counted but not kept, because they were seen in fewer than `min_count`
/// units: which tables they had, and how many had each. There are few different ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pruned {
    min_count: u64,
    tables: Vec<(Table, u64)>,
}

impl Pruned {
    pub(super) fn new(min_count: u64, tables: HashMap<Table, u64>) -> Self {
        let mut tables: Vec<_> = tables.into_iter().collect();
        tables.sort_unstable();
        Self { min_count, tables }
    }

    /// The fewest units in which a pair that was kept is seen.
    pub fn min_count(&self) -> u64 {
        self.min_count
    }

    /// How many pairs were not kept.
    pub fn pairs(&self) -> u64 {
        self.tables.iter().map(|&(_, number)| number).sum()
    }

    pub(super) fn tables(&self) -> &[(Table, u64)] {
        &self.tables
    }
}
