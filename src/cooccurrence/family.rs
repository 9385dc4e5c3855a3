//! The tests of all pairs seen, each different table tested once.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use rayon::prelude::*;

use super::contingency::Contingency;
use super::measures::Measure;
use super::pruned::Pruned;
use super::table::Column;

/// The different tables of the pairs seen. A corpus has far fewer of them than pairs: most pairs
/// are seen once, of ids that are seen a few times.
pub(super) struct Family {
    tables: Vec<Contingency>,
    /// How many pairs have each table.
    pairs: Vec<u64>,
    /// The p of each table.
    p: Vec<f64>,
    /// How many tests there are, with those of pairs never seen, whose p is as good as 1.
    tests: u64,
    /// Which table each pair has that was kept.
    of_pair: Vec<u32>,
}

impl Family {
    /// The family of the pairs that were kept, with those that were not.
    pub(super) fn of(
        kept: impl Iterator<Item = Contingency>,
        pruned: &Pruned,
        tests: u64,
        total: u64,
    ) -> Self {
        let (mut tables, mut pairs) = (Vec::new(), Vec::new());
        let mut numbers = HashMap::new();
        let mut number = |table: Contingency, more: u64| match numbers.entry(table) {
            Entry::Occupied(known) => {
                let number: u32 = *known.get();
                pairs[number as usize] += more;
                number
            }
            Entry::Vacant(new) => {
                tables.push(table);
                pairs.push(more);
                *new.insert(tables.len() as u32 - 1)
            }
        };
        let of_pair = kept.map(|table| number(table, 1)).collect();
        for &([both, a, b], more) in pruned.tables() {
            number(Contingency::counted(both, a, b, total), more);
        }
        Self {
            p: Measure::P.of_all(&tables),
            tables,
            pairs,
            tests,
            of_pair,
        }
    }

    /// What a column tells of each pair that was kept.
    pub(super) fn column(&self, column: Column) -> impl Fn(usize) -> f64 + Send + Sync {
        let of_table = match column {
            Column::Measure(Measure::P) => self.p.clone(),
            Column::Q => self.q(),
            other => self.tables.par_iter().map(|t| other.of(t)).collect(),
        };
        move |pair| of_table[self.of_pair[pair] as usize]
    }

    /// The q of each table, of their p: as [`false_discovery`](super::false_discovery)
    /// adjusts the p of all pairs.
    fn q(&self) -> Vec<f64> {
        let p = &self.p;
        let mut descending: Vec<usize> = (0..p.len()).collect();
        descending.par_sort_unstable_by(|&i, &j| p[j].total_cmp(&p[i]));
        let seen: u64 = self.pairs.iter().sum();
        let (mut above, mut least) = (0, 1.0_f64);
        let mut q = vec![0.0; p.len()];
        for i in descending {
            let rank = (seen - above) as f64;
            least = least.min(p[i] * (self.tests as f64 / rank));
            q[i] = least;
            above += self.pairs[i];
        }
        q
    }
}
