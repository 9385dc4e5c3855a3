//! Counts with the names of what was counted: what shards, files and other machines exchange.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::counter::Counter;
use super::counts::Counts;
use super::table::{PairTable, pairs_table};
use crate::bytes;
use crate::corpus::{Analysis, Entity, Selection, Unit};
use crate::error::{ErrorKind, Result};
use crate::lexicon::EntityType;
use crate::threads::on_pool;

const MAGIC: &[u8; 8] = b"nasijCN3";

/// What is counted: the units themselves, or groups of documents that have such a unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    /// Every unit.
    #[default]
    Units,
    /// Documents.
    Documents,
    /// Stories: a report and its copies are one.
    Stories,
    /// Outlets.
    Sources,
    /// Days of the calendar.
    Days,
}

impl Counted {
    const NAMED: [(&'static str, Self); 5] = [
        ("units", Self::Units),
        ("documents", Self::Documents),
        ("stories", Self::Stories),
        ("sources", Self::Sources),
        ("days", Self::Days),
    ];

    /// What is counted under this name.
    ///
    /// # Errors
    /// An unknown name.
    pub fn from_name(name: &str) -> Result<Self> {
        let known = Self::NAMED.iter().find(|(known, _)| *known == name);
        known.map(|&(_, counted)| counted).ok_or_else(|| {
            let names = Self::NAMED.map(|(name, _)| name).join(", ");
            ErrorKind::Argument(format!("count is one of {names}, not {name:?}")).into()
        })
    }

    /// Whether a group lies within one shard of a corpus, so that counts of shards add up.
    fn is_additive(self) -> bool {
        matches!(self, Self::Units | Self::Documents)
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::NAMED.iter().find(|(_, counted)| counted == self);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

/// Counts whose ids are places in a list of entities, ordered by entity id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCounts {
    unit: Unit,
    counted: Counted,
    entities: Vec<Entity>,
    counts: Counts,
}

impl NamedCounts {
    /// Counts the units of an analysis, or the selection's groups that have such a unit.
    pub fn of(analysis: &Analysis, unit: Unit, counted: Counted, selection: Selection<'_>) -> Self {
        let mut sums = Counter::default();
        if selection.groups.is_some() {
            let (mut all, mut singles, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
            analysis.units(unit, selection, |place, entities, _| {
                let group = selection.group(place.document as usize);
                all.push(group);
                for (i, &a) in entities.iter().enumerate() {
                    singles.push((group, a));
                    let others = entities[i + 1..].iter().filter(|&&b| a != b);
                    pairs.extend(others.map(|&b| (group, a.min(b), a.max(b))));
                }
            });
            all.sort_unstable();
            all.dedup();
            singles.sort_unstable();
            singles.dedup();
            pairs.sort_unstable();
            pairs.dedup();
            sums.add_groups(&all, &singles, &pairs);
        } else {
            analysis.units(unit, selection, |_, entities, times| {
                sums.add_times(entities, times);
            });
        }
        Self::canonical(unit, counted, &analysis.entities, &sums.finish())
    }

    /// Brings counts under the order of their entities' ids.
    fn canonical(unit: Unit, counted: Counted, entities: &[Entity], counts: &Counts) -> Self {
        let mut order: Vec<u32> = counts.singles().iter().map(|&(id, _)| id).collect();
        order.sort_by(|&a, &b| entities[a as usize].id.cmp(&entities[b as usize].id));
        let mut new = vec![0; entities.len()];
        for (n, &old) in order.iter().enumerate() {
            new[old as usize] = n as u32;
        }
        Self {
            unit,
            counted,
            entities: order
                .iter()
                .map(|&e| entities[e as usize].clone())
                .collect(),
            counts: counts
                .remap(&new)
                .expect("every counted entity has a place of its own"),
        }
    }

    /// What was counted in.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// What one of the counts is a number of.
    pub fn counted(&self) -> Counted {
        self.counted
    }

    /// The entities, by id; the counts' ids are places in this list.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The counts.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The counts of both corpora; the same bytes in whatever order shards are merged.
    ///
    /// # Errors
    /// Counts of different units, or of different things; counts of stories, sources or days, of
    /// which one may be in both.
    pub fn merge(&self, other: &Self) -> Result<Self> {
        if self.unit != other.unit {
            return Err(ErrorKind::Argument(format!(
                "counts by {} and by {} cannot be merged",
                self.unit, other.unit
            ))
            .into());
        }
        if self.counted != other.counted {
            return Err(ErrorKind::Argument(format!(
                "counts of {} and of {} cannot be merged",
                self.counted, other.counted
            ))
            .into());
        }
        if !self.counted.is_additive() {
            return Err(ErrorKind::Argument(format!(
                "counts of {} cannot be merged: the same may be in both; count them in one corpus",
                self.counted
            ))
            .into());
        }
        let mut entities: Vec<Entity> = self
            .entities
            .iter()
            .chain(&other.entities)
            .cloned()
            .collect();
        // Of one id told differently by two shards the first in order is kept, whatever the shard.
        entities.sort_by(|a, b| a.order().cmp(&b.order()));
        entities.dedup_by(|later, first| later.id == first.id);
        let moved = |counts: &Self| {
            let ids: Vec<u32> = counts
                .entities
                .iter()
                .map(|e| entities.partition_point(|known| known.id < e.id) as u32)
                .collect();
            counts.counts.remap(&ids)
        };
        let counts = moved(self)?.merge(moved(other)?);
        Ok(Self {
            unit: self.unit,
            counted: self.counted,
            entities,
            counts,
        })
    }

    /// The scored pairs; with `types`, of entities of these types alone.
    ///
    /// # Errors
    /// Where no threads can be made.
    pub fn table(&self, min_count: u64, types: Option<&[EntityType]>) -> Result<PairTable> {
        on_pool(None, || match types {
            None => pairs_table(&self.counts, min_count),
            Some(types) => {
                let kept = self
                    .counts
                    .restrict(|e| types.contains(&self.entities[e as usize].entity_type));
                pairs_table(&kept, min_count)
            }
        })
    }

    /// The counts as bytes, with a version.
    ///
    /// # Errors
    /// None in practice; the encoder's own.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        bytes::encode(MAGIC, self)
    }

    /// The counts of such bytes.
    ///
    /// # Errors
    /// Bytes of something else or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let read: Self = bytes::decode(MAGIC, bytes)?;
        let ordered = read.entities.windows(2).all(|w| w[0].id < w[1].id);
        let within = read
            .counts
            .singles()
            .iter()
            .all(|&(id, _)| (id as usize) < read.entities.len());
        if ordered && within {
            Ok(read)
        } else {
            Err(ErrorKind::Format("counts that contradict their entities".to_owned()).into())
        }
    }
}
