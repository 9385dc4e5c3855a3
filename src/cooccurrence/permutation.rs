//! What chance would do if only the numbers of mentions were given.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::bootstrap::go_on;
use super::chosen::{ChosenPairs, NO_LABEL};
use super::random::{Purpose, Random};
use super::significance::false_discovery;
use crate::corpus::{Analysis, Job, MentionRow, NO_GROUP, Selection, Unit};
use crate::error::{ErrorKind, Result};
use crate::threads::pool;

/// Which counts speak against chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alternative {
    /// Larger ones.
    Greater,
    /// Smaller ones.
    Less,
    /// Both: twice the smaller of the two p, at most 1.
    TwoSided,
}

/// How often chosen pairs were together, and how often under chance; a pair a place.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct NullCounts {
    pub observed: Vec<u64>,
    /// The mean and the standard deviation of the counts under chance.
    pub mean: Vec<f64>,
    pub sd: Vec<f64>,
    pub p: Vec<f64>,
    pub q: Vec<f64>,
}

/// The places of a corpus where entities are mentioned, and which entities stand there.
///
/// The null hypothesis: the places of mentions are as they are, each entity has as many mentions as
/// it has, and which mention is whose is chance, every assignment as probable as any other. So every
/// unit, article and story keeps its number of mentions, and every entity its own; what is undone is
/// who stands beside whom, and also that an entity returns within an article.
#[derive(Debug, Clone)]
pub struct Slots {
    chosen: ChosenPairs,
    /// What stands at each place; the places of a stratum follow each other.
    labels: Vec<u32>,
    /// One past the last place of each stratum.
    strata: Vec<usize>,
    /// The places in each run of units, run after run.
    places: Vec<u32>,
    runs: Vec<Run>,
    /// Whether it is groups that are counted.
    grouped: bool,
}

/// Some units in a row with the same places.
#[derive(Debug, Clone, Copy)]
struct Run {
    group: u32,
    /// One past its last place.
    end: usize,
    times: u64,
}

impl Slots {
    /// The places of an analysis, for pairs of its entities.
    ///
    /// With `strata`, one number a document, entities change places within a stratum only; those of
    /// [`NO_GROUP`] are left out. With `together`, one number a document too, all mentions of an
    /// entity in documents of one number are one place: what is drawn is which entities an article
    /// or story has, and how they come back in it stays. Where the selection has groups, these are
    /// counted.
    ///
    /// # Errors
    /// A pair of an entity and itself, or twice; too few numbers.
    pub fn of(
        analysis: &Analysis,
        unit: Unit,
        selection: Selection<'_>,
        strata: Option<&[u32]>,
        together: Option<&[u32]>,
        pairs: &[(u32, u32)],
    ) -> Result<Self> {
        let documents = analysis.documents();
        for numbers in [strata, together].into_iter().flatten() {
            if numbers.len() != documents {
                let message = "permuting needs a number for each document";
                return Err(ErrorKind::Argument(message.to_owned()).into());
            }
        }
        let stratum = |m: &MentionRow| strata.map_or(0, |strata| strata[m.document as usize]);
        let within: Vec<bool> = (0..documents)
            .map(|d| strata.is_none_or(|strata| strata[d] != NO_GROUP))
            .zip(
                selection
                    .documents
                    .map_or_else(|| vec![true; documents], <[_]>::to_vec),
            )
            .map(|(within, selected)| within && selected)
            .collect();
        // Every mention an entity of its own: so units hold places.
        let mut each = analysis.clone();
        for (number, mention) in (0..).zip(&mut each.mentions) {
            mention.entity = number;
        }
        let has = |m: &MentionRow| {
            let of = |mask: &[bool]| mask.get(m.entity as usize).copied().unwrap_or(false);
            selection.entities.is_none_or(of)
        };
        let entities: Vec<bool> = analysis.mentions.iter().map(has).collect();
        let everyone = Selection {
            entities: Some(&entities),
            documents: Some(&within),
            ..selection
        };

        let mut order: Vec<u32> = Vec::new();
        each.units(Unit::Document, everyone, |_, mentions, _| {
            order.extend(mentions);
        });
        let key = |&number: &u32| {
            let m = &analysis.mentions[number as usize];
            let block = together.map_or((number, 0), |of| (of[m.document as usize], m.entity));
            (stratum(m), block)
        };
        order.sort_by_cached_key(key);
        let chosen = ChosenPairs::new(pairs)?;
        let mut slots = Self {
            labels: Vec::with_capacity(order.len()),
            strata: Vec::new(),
            places: Vec::new(),
            runs: Vec::new(),
            grouped: selection.groups.is_some(),
            chosen,
        };
        let mut place_of = vec![0; analysis.mentions.len()];
        for stratum in order.chunk_by(|x, y| key(x).0 == key(y).0) {
            for block in stratum.chunk_by(|x, y| key(x) == key(y)) {
                for &m in block {
                    place_of[m as usize] = slots.labels.len() as u32;
                }
                let entity = analysis.mentions[block[0] as usize].entity;
                slots.labels.push(slots.chosen.label(entity));
            }
            slots.strata.push(slots.labels.len());
        }
        let mut runs: Vec<(u32, Vec<u32>, u64)> = Vec::new();
        each.units(unit, everyone, |place, mentions, times| {
            let mut places: Vec<u32> = mentions.iter().map(|&m| place_of[m as usize]).collect();
            places.sort_unstable();
            places.dedup();
            let group = selection
                .groups
                .map_or(0, |groups| groups[place.document as usize]);
            if places.len() > 1 {
                runs.push((group, places, times));
            }
        });
        runs.sort_by_key(|run| run.0);
        for (group, places, times) in runs {
            slots.places.extend(places);
            let end = slots.places.len();
            slots.runs.push(Run { group, end, times });
        }
        Ok(slots)
    }

    /// The places of units that are given by their story and the entity of each mention, of one
    /// stratum; with `together`, the mentions of an entity in a story are one place.
    ///
    /// # Errors
    /// A pair of an entity and itself, or twice.
    pub fn of_units<'u>(
        units: impl IntoIterator<Item = (u32, &'u [u32])>,
        together: bool,
        pairs: &[(u32, u32)],
    ) -> Result<Self> {
        let chosen = ChosenPairs::new(pairs)?;
        let (mut labels, mut places, mut runs) = (Vec::new(), Vec::new(), Vec::new());
        let mut blocks: HashMap<(u32, u32), u32> = HashMap::new();
        for (story, unit) in units {
            for &entity in unit {
                let next = labels.len() as u32;
                let place = if together {
                    *blocks.entry((story, entity)).or_insert(next)
                } else {
                    next
                };
                if place == next {
                    labels.push(chosen.label(entity));
                }
                places.push(place);
            }
            runs.push(Run {
                group: 0,
                end: places.len(),
                times: 1,
            });
        }
        Ok(Self {
            strata: vec![labels.len()],
            grouped: false,
            labels,
            places,
            runs,
            chosen,
        })
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Counts the pairs under `permutations` assignments drawn at random, and tests their counts
    /// against these.
    ///
    /// p is (1 + as extreme ones) / (1 + permutations), never 0 and valid for any number of
    /// permutations (Phipson and Smyth 2010). q is that of Benjamini and Hochberg in a family of
    /// `tests`, of which those that are no pair here are taken to have p = 1; no family is smaller
    /// than the pairs. Results depend on the seed and on nothing else. `progress` is told the
    /// permutations done and all.
    ///
    /// # Errors
    /// No permutation; [`ErrorKind::Cancelled`]; a pool that cannot be made.
    pub fn permute(
        &self,
        permutations: usize,
        seed: u64,
        alternative: Alternative,
        tests: u64,
        job: &mut Job<'_>,
    ) -> Result<NullCounts> {
        if permutations == 0 {
            let message = "permutations are at least 1".to_owned();
            return Err(ErrorKind::Argument(message).into());
        }
        let pool = pool(job.threads)?;
        let pairs = self.chosen.ends.len();
        let mut counts = vec![0; pairs];
        self.count(&self.labels, &mut counts);
        let observed = counts;
        let mut sums = Sums::none(pairs);
        let mut done = 0;
        while done < permutations {
            let last = (done + 8 * pool.current_num_threads()).min(permutations);
            let some = pool.install(|| {
                (done..last)
                    .into_par_iter()
                    .fold(
                        || (Sums::none(pairs), self.labels.clone(), vec![0; pairs]),
                        |(mut sums, mut labels, mut counts), number| {
                            let mut random = Random::new(seed, Purpose::Permutation, number as u64);
                            labels.copy_from_slice(&self.labels);
                            self.shuffle(&mut labels, &mut random);
                            counts.fill(0);
                            self.count(&labels, &mut counts);
                            sums.add(&counts, &observed);
                            (sums, labels, counts)
                        },
                    )
                    .map(|(sums, ..)| sums)
                    .reduce(|| Sums::none(pairs), |x, y| x.merge(&y))
            });
            sums = sums.merge(&some);
            done = last;
            go_on(job, done, permutations)?;
        }
        Ok(tested(observed, &sums, permutations, alternative, tests))
    }

    fn shuffle(&self, labels: &mut [u32], random: &mut Random) {
        let mut first = 0;
        for &end in &self.strata {
            random.shuffle(&mut labels[first..end]);
            first = end;
        }
    }

    /// Counts the units, or groups, with each pair.
    fn count(&self, labels: &[u32], counts: &mut [u64]) {
        let mut held = Vec::new();
        let mut last_group = vec![None; if self.grouped { counts.len() } else { 0 }];
        let mut first = 0;
        for run in &self.runs {
            held.clear();
            let there = self.places[first..run.end]
                .iter()
                .map(|&p| labels[p as usize]);
            held.extend(there.filter(|&label| label != NO_LABEL));
            first = run.end;
            if held.len() < 2 {
                continue;
            }
            held.sort_unstable();
            held.dedup();
            self.chosen.among(&held, |pair| {
                let count = &mut counts[pair as usize];
                match last_group.get_mut(pair as usize) {
                    None => *count += run.times,
                    Some(last) if *last != Some(run.group) => {
                        *last = Some(run.group);
                        *count += 1;
                    }
                    Some(_) => {}
                }
            });
        }
    }
}

fn tested(
    observed: Vec<u64>,
    sums: &Sums,
    permutations: usize,
    alternative: Alternative,
    tests: u64,
) -> NullCounts {
    let number = permutations as f64;
    let column = |of: &dyn Fn(usize) -> f64| -> Vec<f64> { (0..observed.len()).map(of).collect() };
    let p = column(&|pair| {
        let share = |extreme: u32| (1.0 + f64::from(extreme)) / (1.0 + number);
        let (greater, less) = (share(sums.at_least[pair]), share(sums.at_most[pair]));
        match alternative {
            Alternative::Greater => greater,
            Alternative::Less => less,
            Alternative::TwoSided => (2.0 * greater.min(less)).min(1.0),
        }
    });
    let mut q = p.clone();
    false_discovery(&mut q, tests);
    NullCounts {
        mean: column(&|pair| sums.sum[pair] as f64 / number),
        sd: column(&|pair| {
            let (sum, squares) = (u128::from(sums.sum[pair]), sums.squares[pair]);
            let spread = permutations as u128 * squares - sum * sum;
            (spread as f64 / number / (number - 1.0).max(1.0)).sqrt()
        }),
        observed,
        p,
        q,
    }
}

/// What is kept of the counts under chance; sums of whole numbers, the same in any order.
struct Sums {
    sum: Vec<u64>,
    squares: Vec<u128>,
    at_least: Vec<u32>,
    at_most: Vec<u32>,
}

impl Sums {
    fn none(pairs: usize) -> Self {
        Self {
            sum: vec![0; pairs],
            squares: vec![0; pairs],
            at_least: vec![0; pairs],
            at_most: vec![0; pairs],
        }
    }

    fn add(&mut self, counts: &[u64], observed: &[u64]) {
        for (pair, (&count, &observed)) in counts.iter().zip(observed).enumerate() {
            self.sum[pair] += count;
            self.squares[pair] += u128::from(count) * u128::from(count);
            self.at_least[pair] += u32::from(count >= observed);
            self.at_most[pair] += u32::from(count <= observed);
        }
    }

    fn merge(mut self, other: &Self) -> Self {
        for pair in 0..self.sum.len() {
            self.sum[pair] += other.sum[pair];
            self.squares[pair] += other.squares[pair];
            self.at_least[pair] += other.at_least[pair];
            self.at_most[pair] += other.at_most[pair];
        }
        self
    }
}
