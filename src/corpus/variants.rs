//! Entities whose names are so near each other that a reader may want to make them one.
//!
//! What merges by itself is a function of the name or of its article, so that shards agree. What
//! depends on the corpus, which of two near names is the usual one, is offered here and decided
//! by a person.

use std::cmp::Reverse;
use std::hash::BuildHasher;

use foldhash::fast::{FixedState, RandomState};
use hashbrown::{HashMap, HashSet};

use super::analysis::Analysis;
use crate::entities::Extractor;
use crate::lexicon::phonetic::{self, skeleton};
use crate::lexicon::{EntityType, fold};

/// Two entities that may be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// One that no lexicon has.
    pub entity: u32,
    /// The more frequent one it may be, or the lexicon's.
    pub other: u32,
    /// How far their names are apart: letters that differ (see [`phonetic::distance`]), or words
    /// that one leaves out.
    pub distance: f32,
}

/// Names beyond which what they share tells nothing.
const CROWD: usize = 100;

struct Name {
    entity: u32,
    text: String,
}

impl Analysis {
    /// For each entity that the lexicon has not, the nearest other of its type, if one is near
    /// and more frequent; in order of the entities. Names are compared that share a skeleton of
    /// consonants, or all of it but a letter (the symmetric deletes of Garbe 2012), so the work
    /// grows with their number.
    pub fn suggestions(&self, extractor: &Extractor) -> Vec<Suggestion> {
        let mut mentions = vec![0_u64; self.entities.len()];
        for m in &self.mentions {
            mentions[m.entity as usize] += 1;
        }
        let spellings: HashMap<&str, _, RandomState> = extractor
            .lexicon()
            .entries()
            .iter()
            .map(|e| (e.id.as_str(), e))
            .collect();
        let mut names = Vec::new();
        for (entity, e) in (0..).zip(&self.entities) {
            let full = spellings
                .get(e.id.as_str())
                .map_or_else(|| vec![fold(&e.name)], |entry| phonetic::full_names(entry));
            names.extend(full.into_iter().map(|text| Name { entity, text }));
        }
        let listed = |e: u32| spellings.contains_key(self.entities[e as usize].id.as_str());
        let rank = |e: u32| {
            (
                listed(e),
                mentions[e as usize],
                Reverse(&self.entities[e as usize].id),
            )
        };
        let mut nearest: HashMap<u32, Suggestion, RandomState> = HashMap::default();
        let mut offer = |a: u32, b: u32, distance: f32| {
            let (entity, other) = if rank(a) < rank(b) { (a, b) } else { (b, a) };
            if listed(entity) {
                return;
            }
            let new = Suggestion {
                entity,
                other,
                distance,
            };
            let order = |s: &Suggestion| (s.distance, Reverse(rank(s.other)));
            nearest
                .entry(entity)
                .and_modify(|s| {
                    if order(&new) < order(s) {
                        *s = new;
                    }
                })
                .or_insert(new);
        };
        let kind = |e: u32| self.entities[e as usize].entity_type;
        let mut compared: HashSet<(u32, u32), RandomState> = HashSet::default();
        for block in blocks(&names, |name, out| {
            sounds(kind(name.entity), &name.text, out);
        }) {
            for (i, &a) in block.iter().enumerate() {
                for &b in &block[i + 1..] {
                    let (x, y) = (&names[a as usize], &names[b as usize]);
                    let apart = x.entity != y.entity && !(listed(x.entity) && listed(y.entity));
                    if apart
                        && compared.insert((a, b))
                        && let Some(distance) =
                            phonetic::near_names(&x.text, &y.text, extractor.matcher())
                    {
                        offer(x.entity, y.entity, distance);
                    }
                }
            }
        }
        for block in blocks(&names, |name, out| ends(kind(name.entity), &name.text, out)) {
            let of = |n: u32| &names[n as usize];
            // A family name by itself tells whom the lexicon means, and nobody else.
            let whole = |n: u32| !listed(of(n).entity) || of(n).text.contains(' ');
            for &short in block.iter().filter(|&&n| whole(n)) {
                let mut fuller = block.iter().filter(|&&n| {
                    of(n).entity != of(short).entity && left_out(&of(n).text, &of(short).text) > 0
                });
                if let (Some(&n), None) = (fuller.next(), fuller.next()) {
                    let words = left_out(&of(n).text, &of(short).text);
                    offer(of(n).entity, of(short).entity, words as f32);
                }
            }
        }
        let mut all: Vec<Suggestion> = nearest.into_values().collect();
        all.sort_unstable_by_key(|s| s.entity);
        all
    }
}

/// The names that share a key, by their places; crowds are left out.
fn blocks(names: &[Name], keys: impl Fn(&Name, &mut Vec<u64>)) -> Vec<Vec<u32>> {
    let mut by_key: HashMap<u64, Vec<u32>, RandomState> = HashMap::default();
    let mut made = Vec::new();
    for (n, name) in (0..).zip(names) {
        made.clear();
        keys(name, &mut made);
        made.sort_unstable();
        made.dedup();
        for &key in &made {
            by_key.entry(key).or_default().push(n);
        }
    }
    by_key
        .into_values()
        .filter(|block| (2..=CROWD).contains(&block.len()))
        .collect()
}

/// The skeleton of a name, and what is left of it without each of its letters.
fn sounds(kind: EntityType, name: &str, out: &mut Vec<u64>) {
    let letters: Vec<char> = skeleton(name).chars().collect();
    let hash = FixedState::default();
    // What two letters leave tells nothing.
    if letters.len() < 3 || name.len() > phonetic::LONGEST {
        return;
    }
    out.push(hash.hash_one((kind, &letters)));
    for i in 0..letters.len() {
        let mut less = letters.clone();
        less.remove(i);
        out.push(hash.hash_one((kind, less)));
    }
}

/// A person's last name, and that with the given one.
fn ends(kind: EntityType, name: &str, out: &mut Vec<u64>) {
    if kind != EntityType::Per {
        return;
    }
    let words = phonetic::words(name);
    let hash = FixedState::default();
    if let [first, .., last] = words[..] {
        out.push(hash.hash_one((first, last)));
    }
    if let Some(last) = words.last() {
        out.push(hash.hash_one(last));
    }
}

/// How many words of a full name a shorter one leaves out; 0 if it is no shorter one of it.
fn left_out(full: &str, short: &str) -> usize {
    let (full, short) = (phonetic::words(full), phonetic::words(short));
    let mut rest = full.iter();
    let within = short.iter().all(|w| rest.any(|f| f == w));
    let same_end = full.last() == short.last();
    if within && same_end && (short.len() == 1 || full.first() == short.first()) {
        full.len() - short.len()
    } else {
        0
    }
}
