//! Average linkage (UPGMA; R. Sokal and C. Michener, 1958) over the pairs that are alike.
//!
//! Two clusters become one while the mean similarity of their members is at least the threshold,
//! the most alike first; pairs that are not among the edges count as 0. So a digest of many
//! stories, which is like each of them, does not tie them together, as single linkage would.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use foldhash::fast::RandomState;
use hashbrown::HashMap;
use rayon::prelude::*;

type Edge = (u32, u32, f32);

/// The cluster of each node: the least of its nodes.
pub(super) fn average(nodes: usize, edges: &[Edge], threshold: f32) -> Vec<u32> {
    let mut parts = Parts::new(nodes);
    for &(a, b, similarity) in edges {
        if similarity >= threshold {
            parts.join(a, b);
        }
    }
    let mut cluster: Vec<u32> = (0..nodes as u32).map(|i| parts.root(i)).collect();
    let mut inside: Vec<(u32, Edge)> = edges
        .iter()
        .filter(|e| cluster[e.0 as usize] == cluster[e.1 as usize])
        .map(|e| (cluster[e.0 as usize], *e))
        .collect();
    inside.par_sort_by_key(|&(part, (a, b, _))| (part, a, b));
    let parted: Vec<(u32, u32)> = inside
        .par_chunk_by(|x, y| x.0 == y.0)
        .flat_map_iter(|part| Linked::new(part).merged(f64::from(threshold)))
        .collect();
    for (node, of) in parted {
        cluster[node as usize] = of;
    }
    cluster
}

/// Disjoint sets; the root of each is its least member.
struct Parts(Vec<u32>);

impl Parts {
    fn new(nodes: usize) -> Self {
        Self((0..nodes as u32).collect())
    }

    fn root(&mut self, mut node: u32) -> u32 {
        while self.0[node as usize] != node {
            let above = self.0[node as usize];
            self.0[node as usize] = self.0[above as usize];
            node = above;
        }
        node
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// One part of the graph while its clusters grow. A cluster goes by its least node.
struct Linked {
    size: HashMap<u32, u32, RandomState>,
    /// Sums of similarities between a cluster and those beside it.
    beside: HashMap<u32, HashMap<u32, f64, RandomState>, RandomState>,
    into: HashMap<u32, u32, RandomState>,
    best: BinaryHeap<Merge>,
}

impl Linked {
    fn new(part: &[(u32, Edge)]) -> Self {
        let mut linked = Self {
            size: HashMap::default(),
            beside: HashMap::default(),
            into: HashMap::default(),
            best: BinaryHeap::new(),
        };
        for &(_, (a, b, similarity)) in part {
            for (a, b) in [(a, b), (b, a)] {
                linked.size.insert(a, 1);
                let beside = linked.beside.entry(a).or_default();
                beside.insert(b, f64::from(similarity));
            }
            linked.best.push(Merge {
                mean: f64::from(similarity),
                a,
                b,
            });
        }
        linked
    }

    /// Merges what is alike, and gives for each node its cluster.
    fn merged(mut self, threshold: f64) -> Vec<(u32, u32)> {
        while let Some(merge) = self.best.pop() {
            if merge.mean < threshold {
                break;
            }
            if self.mean(merge.a, merge.b) == Some(merge.mean) {
                self.merge(merge.a, merge.b);
            }
        }
        let mut nodes: Vec<u32> = self.size.keys().copied().collect();
        nodes.extend(self.into.keys());
        let into = &self.into;
        let root = |mut node: u32| {
            while let Some(&above) = into.get(&node) {
                node = above;
            }
            node
        };
        nodes.iter().map(|&node| (node, root(node))).collect()
    }

    /// The mean similarity of two clusters that are still there.
    fn mean(&self, a: u32, b: u32) -> Option<f64> {
        let sum = self.beside.get(&a)?.get(&b)?;
        Some(sum / (f64::from(*self.size.get(&a)?) * f64::from(*self.size.get(&b)?)))
    }

    /// `a` is the lesser.
    fn merge(&mut self, a: u32, b: u32) {
        let taken = self.beside.remove(&b).unwrap_or_default();
        let size = self.size.remove(&b).unwrap_or_default();
        *self.size.entry(a).or_default() += size;
        self.into.insert(b, a);
        for (&other, sum) in &taken {
            let around = self.beside.entry(other).or_default();
            around.remove(&b);
            if other != a {
                *around.entry(a).or_default() += sum;
                let own = self.beside.entry(a).or_default();
                *own.entry(other).or_default() += sum;
            }
        }
        let others: Vec<u32> = self
            .beside
            .get(&a)
            .into_iter()
            .flatten()
            .map(|o| *o.0)
            .collect();
        for other in others {
            if let Some(mean) = self.mean(a, other) {
                let (a, b) = (a.min(other), a.max(other));
                self.best.push(Merge { mean, a, b });
            }
        }
    }
}

/// Two clusters by their mean similarity; of equals the ones of the least nodes first.
struct Merge {
    mean: f64,
    a: u32,
    b: u32,
}

impl Ord for Merge {
    fn cmp(&self, other: &Self) -> Ordering {
        let nodes = |m: &Self| (m.a, m.b);
        self.mean
            .total_cmp(&other.mean)
            .then_with(|| nodes(other).cmp(&nodes(self)))
    }
}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Merge {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Merge {}
