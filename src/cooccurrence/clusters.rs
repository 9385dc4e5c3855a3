//! What each story, or other cluster of documents, adds to the tables of chosen pairs.

use super::chosen::{ChosenPairs, NO_LABEL};
use super::contingency::Contingency;
use crate::corpus::{Analysis, NO_GROUP, Selection, Unit};
use crate::error::{ErrorKind, Result};

/// Rows held before they are sorted and added up.
const BUFFER: usize = 1 << 22;

/// The 2×2 tables of chosen pairs as sums over clusters: what the bootstrap draws from.
///
/// A cluster is a set of documents whose units are not independent of each other, such as the copies
/// of one story; documents of different clusters are taken to be independent. Clusters without a
/// unit are none.
#[derive(Debug, Clone)]
pub struct Clusters {
    pub(super) chosen: ChosenPairs,
    /// The units of each cluster.
    pub(super) units: Vec<u32>,
    total: u64,
    /// How many clusters there are, and the sums of their units, squared and cubed.
    pub(super) powers: [f64; 4],
    /// The units of clusters with each label.
    pub(super) singles: Sums,
    /// The units of clusters with each pair.
    pub(super) pairs: Sums,
    /// The groups of clusters that hold each pair, but in no unit together; none of units.
    pub(super) apart: Sums,
}

impl Clusters {
    /// Sums up an analysis by clusters, one number a document; those of [`NO_GROUP`] are left out.
    ///
    /// Where the selection has groups, it is these that are counted: one counts where at least one
    /// of its units does. Documents of one group have to be of one cluster.
    ///
    /// # Errors
    /// A pair of an id and itself or twice; too few numbers; a group that is in two clusters.
    pub fn of(
        analysis: &Analysis,
        unit: Unit,
        selection: Selection<'_>,
        clusters: &[u32],
        pairs: &[(u32, u32)],
    ) -> Result<Self> {
        if clusters.len() != analysis.documents() {
            return Err(argument("a cluster for each document"));
        }
        let mut gathering = Gathering::new(pairs)?;
        analysis.units(unit, selection, |place, ids, times| {
            let document = place.document as usize;
            let group = selection.groups.map(|groups| groups[document]);
            gathering.add(clusters[document], group, ids, times);
        });
        gathering.finish()
    }

    /// Sums up units as they come: the number of the cluster, the ids, and how many such units.
    ///
    /// # Errors
    /// A pair of an id and itself, or twice.
    pub fn of_units<'u>(
        units: impl IntoIterator<Item = (u32, &'u [u32], u64)>,
        pairs: &[(u32, u32)],
    ) -> Result<Self> {
        let mut gathering = Gathering::new(pairs)?;
        for (cluster, ids, times) in units {
            gathering.add(cluster, None, ids, times);
        }
        gathering.finish()
    }

    /// How many clusters there are.
    pub fn clusters(&self) -> usize {
        self.units.len()
    }

    /// How many units (or groups) there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The tables of the pairs, in their order, and in how many clusters each pair is.
    pub fn tables(&self) -> Vec<(Contingency, usize)> {
        let total = self.total();
        let sum = |of: &[(u32, u32)]| of.iter().map(|&(_, n)| u64::from(n)).sum();
        let table = |(pair, ends): (u32, &[u32; 2])| {
            let [a, b] = ends.map(|label| sum(self.singles.of(label)));
            let (both, apart) = (self.pairs.of(pair), sum(self.apart.of(pair)));
            let table = Contingency::counted(sum(both), a, b, total + apart);
            (table, both.len())
        };
        (0..).zip(&self.chosen.ends).map(table).collect()
    }
}

/// For each key the clusters where it is, in ascending order, and in how many units of each.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    starts: Vec<usize>,
    entries: Vec<(u32, u32)>,
}

impl Sums {
    pub(super) fn of(&self, key: u32) -> &[(u32, u32)] {
        &self.entries[self.starts[key as usize]..self.starts[key as usize + 1]]
    }
}

/// Rows of key and place with their sum of units; places are clusters or groups.
#[derive(Debug, Clone, Default)]
struct Rows {
    rows: Vec<(u64, u64)>,
    enough: usize,
}

impl Rows {
    fn add(&mut self, key: u32, place: u32, times: u64) {
        self.rows
            .push((u64::from(key) << 32 | u64::from(place), times));
        if self.rows.len() >= self.enough.max(BUFFER) {
            self.add_up();
            self.enough = 2 * self.rows.len();
        }
    }

    fn add_up(&mut self) {
        self.rows.sort_unstable_by_key(|&(key, _)| key);
        self.rows.dedup_by(|later, first| {
            let same = later.0 == first.0;
            first.1 += if same { later.1 } else { 0 };
            same
        });
    }

    /// The rows brought from places to clusters. Where places are groups, each counts 1.
    fn finish(mut self, keys: usize, cluster_of: Option<&[u32]>) -> Result<Sums> {
        self.add_up();
        if let Some(cluster_of) = cluster_of {
            for (key, times) in &mut self.rows {
                *key = *key >> 32 << 32 | u64::from(cluster_of[(*key as u32) as usize]);
                *times = 1;
            }
            self.add_up();
        }
        let mut starts = vec![0; keys + 1];
        for (key, _) in &self.rows {
            starts[(key >> 32) as usize + 1] += 1;
        }
        for key in 0..keys {
            starts[key + 1] += starts[key];
        }
        let entry = |&(key, times): &(u64, u64)| Ok((key as u32, whole(times)?));
        let entries = self.rows.iter().map(entry).collect::<Result<_>>()?;
        Ok(Sums { starts, entries })
    }
}

/// Numbers for what comes: 0, 1 ... in order of first appearance.
#[derive(Debug, Default)]
struct Numbers {
    of: Vec<u32>,
    next: u32,
}

impl Numbers {
    fn number(&mut self, given: u32) -> (u32, bool) {
        if self.of.len() <= given as usize {
            self.of.resize(given as usize + 1, NO_GROUP);
        }
        let number = &mut self.of[given as usize];
        let new = *number == NO_GROUP;
        if new {
            *number = self.next;
            self.next += 1;
        }
        (*number, new)
    }
}

struct Gathering {
    chosen: ChosenPairs,
    clusters: Numbers,
    groups: Numbers,
    /// The cluster of each group, where groups are counted.
    cluster_of: Option<Vec<u32>>,
    split: bool,
    units: Vec<u64>,
    singles: Rows,
    pairs: Rows,
    labels: Vec<u32>,
}

impl Gathering {
    fn new(pairs: &[(u32, u32)]) -> Result<Self> {
        Ok(Self {
            chosen: ChosenPairs::new(pairs)?,
            clusters: Numbers::default(),
            groups: Numbers::default(),
            cluster_of: None,
            split: false,
            units: Vec::new(),
            singles: Rows::default(),
            pairs: Rows::default(),
            labels: Vec::new(),
        })
    }

    fn add(&mut self, cluster: u32, group: Option<u32>, ids: &[u32], times: u64) {
        if cluster == NO_GROUP || group == Some(NO_GROUP) || times == 0 {
            return;
        }
        let (cluster, new) = self.clusters.number(cluster);
        if new {
            self.units.push(0);
        }
        let mut place = cluster;
        let mut count = times;
        if let Some(group) = group {
            let cluster_of = self.cluster_of.get_or_insert_default();
            let (number, new) = self.groups.number(group);
            if new {
                cluster_of.push(cluster);
            }
            self.split |= cluster_of[number as usize] != cluster;
            (place, count) = (number, u64::from(new));
        }
        self.units[cluster as usize] += count;
        self.labels.clear();
        let labels = ids.iter().map(|&id| self.chosen.label(id));
        self.labels
            .extend(labels.filter(|&label| label != NO_LABEL));
        self.labels.sort_unstable();
        self.labels.dedup();
        for &label in &self.labels {
            self.singles.add(label, place, times);
        }
        let pairs = &mut self.pairs;
        let found = |pair| pairs.add(pair, place, times);
        self.chosen.among(&self.labels, found);
    }

    /// Of each pair the groups that hold both ids, but in no unit together, by cluster.
    fn apart(&self) -> Result<Sums> {
        let mut apart = Rows::default();
        if let Some(cluster_of) = &self.cluster_of {
            let groups_of = self.singles.clone().finish(self.chosen.ids, None)?;
            let together = self.pairs.clone().finish(self.chosen.ends.len(), None)?;
            for (pair, ends) in (0..).zip(&self.chosen.ends) {
                let [a, b] = ends.map(|label| groups_of.of(label));
                let mut both = together.of(pair).iter().map(|entry| entry.0).peekable();
                let mut b = b.iter().map(|entry| entry.0).peekable();
                for &(group, _) in a {
                    while b.next_if(|&other| other < group).is_some() {}
                    while both.next_if(|&other| other < group).is_some() {}
                    if b.peek() == Some(&group) && both.peek() != Some(&group) {
                        apart.add(pair, cluster_of[group as usize], 1);
                    }
                }
            }
        }
        apart.finish(self.chosen.ends.len(), None)
    }

    fn finish(self) -> Result<Clusters> {
        if self.split {
            return Err(argument(
                "over as large as what is counted: a story, source or day that is counted has \
                 documents in several of what is resampled",
            ));
        }
        let places = self.cluster_of.as_deref();
        let units = self.units.iter().map(|&n| whole(n));
        let units = units.collect::<Result<Vec<u32>>>()?;
        let sums = units.iter().fold([0.0; 4], |sums, &n| {
            std::array::from_fn(|i| sums[i] + powers(n)[i])
        });
        let apart = self.apart()?;
        Ok(Clusters {
            apart,
            total: self.units.iter().sum(),
            powers: sums,
            units,
            singles: self.singles.finish(self.chosen.ids, places)?,
            pairs: self.pairs.finish(self.chosen.ends.len(), places)?,
            chosen: self.chosen,
        })
    }
}

/// 1, a number, its square and its cube.
pub(super) fn powers(units: u32) -> [f64; 4] {
    let n = f64::from(units);
    [1.0, n, n * n, n * n * n]
}

fn whole(units: u64) -> Result<u32> {
    u32::try_from(units).map_err(|_| argument("under 2^32 units in a cluster"))
}

fn argument(needed: &str) -> crate::error::Error {
    ErrorKind::Argument(format!("resampling needs {needed}")).into()
}
