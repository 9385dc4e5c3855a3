//! Counts with the names of what was counted: what shards, files and other machines exchange.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::counter::Counter;
use super::counts::Counts;
use super::mentions::count;
use super::pruned::Pruned;
use super::table::{PairTable, Scoring, pairs_table};
use super::units::Units;
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
    unit: String,
    counted: Counted,
    entities: Vec<Entity>,
    counts: Counts,
    pruned: Pruned,
}

impl NamedCounts {
    /// Counts the units of an analysis, or the selection's groups that have such a unit. Runs on the
    /// caller's rayon pool.
    pub fn of(analysis: &Analysis, unit: Unit, counted: Counted, selection: Selection<'_>) -> Self {
        Self::common(analysis, unit, counted, selection, 1)
    }

    /// [`NamedCounts::of`], but pairs in fewer than `min_count` are not kept. Their number and their
    /// tests are, so the table of the others is the same. Such counts cannot be merged.
    pub fn common(
        analysis: &Analysis,
        unit: Unit,
        counted: Counted,
        selection: Selection<'_>,
        min_count: u64,
    ) -> Self {
        let (order, ranks) = in_order(analysis, selection);
        let mut ranked = Vec::new();
        let mut each = |with: &mut dyn FnMut(u32, &[u32], u64)| {
            analysis.units(unit, selection, |place, entities, times| {
                ranked.clear();
                ranked.extend(entities.iter().map(|&e| ranks[e as usize]));
                with(place.document, &ranked, times);
            });
        };
        let (counts, pruned) = if selection.groups.is_none() && min_count <= 1 {
            let mut sums = Counter::default();
            each(&mut |_, ids, times| sums.add_times(ids, times));
            (sums.finish(), Pruned::default())
        } else {
            let mut units = Units::default();
            each(&mut |document, ids, times| match selection.groups {
                Some(_) => units.push_in_group(ids, selection.group(document as usize)),
                None => units.push(ids, times),
            });
            units.count(min_count)
        };
        let entity = |rank: u32| analysis.entities[order[rank as usize] as usize].clone();
        Self::compact(unit.to_string(), counted, entity, counts, pruned)
    }

    /// Counts a table of mentions, whoever found them: of each its unit, told by numbers in one
    /// column or several, and the place of its entity in `entities`. Of units without mentions
    /// nothing is known but their number: `total` is that of all units, or none if all have a
    /// mention. Rows may be in any order; those in order of their units are counted faster. Runs on
    /// the caller's rayon pool.
    ///
    /// # Errors
    /// Columns of different lengths; an entity that is no place in `entities`; two entities with one
    /// id; a `total` under the units there are.
    pub fn of_mentions(
        unit: String,
        units: &[&[i64]],
        mentions: &[i64],
        entities: &[Entity],
        total: Option<u64>,
    ) -> Result<Self> {
        let refused = |message: String| Err(ErrorKind::Argument(message).into());
        if units.iter().any(|column| column.len() != mentions.len()) {
            return refused("columns of mentions have different lengths".to_owned());
        }
        let known = 0..(entities.len() as u64).cast_signed();
        if let Some(stranger) = mentions.iter().find(|&entity| !known.contains(entity)) {
            return refused(format!("there is no entity {stranger}"));
        }
        let id = |e: usize| &entities[e].id;
        let mut order: Vec<usize> = (0..entities.len()).collect();
        order.sort_unstable_by(|&a, &b| id(a).cmp(id(b)));
        if let Some(twice) = order.windows(2).find(|w| id(w[0]) == id(w[1])) {
            return refused(format!("two entities are called {:?}", id(twice[0])));
        }
        let mut ranks = vec![0; entities.len()];
        for (rank, &e) in order.iter().enumerate() {
            ranks[e] = rank as u32;
        }
        let ranked = |row: usize| ranks[mentions[row].cast_unsigned() as usize];
        let counts = count(units, mentions.len(), ranked, total)?;
        let entity = |rank: u32| entities[order[rank as usize]].clone();
        Ok(Self::compact(
            unit,
            Counted::Units,
            entity,
            counts,
            Pruned::default(),
        ))
    }

    /// Leaves out the entities that were not counted; the ids of the counts ascend as `entity`'s.
    fn compact(
        unit: String,
        counted: Counted,
        entity: impl Fn(u32) -> Entity,
        mut counts: Counts,
        pruned: Pruned,
    ) -> Self {
        let entities: Vec<Entity> = counts.singles().iter().map(|&(id, _)| entity(id)).collect();
        let most = counts
            .singles()
            .last()
            .map_or(0, |&(id, _)| id as usize + 1);
        if most > entities.len() {
            let mut places = vec![0; most];
            for (place, &(id, _)) in counts.singles().iter().enumerate() {
                places[id as usize] = place as u32;
            }
            counts.rename(|id| places[id as usize]);
        }
        Self {
            unit,
            counted,
            entities,
            counts,
            pruned,
        }
    }

    /// What was counted in.
    pub fn unit(&self) -> &str {
        &self.unit
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
    /// Counts of different units, or of anything but units.
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
        if self.counted != Counted::Units {
            return Err(ErrorKind::Argument(format!(
                "counts of {} cannot be merged: one of them may be in both, and which hold two \
                 names apart is not kept; count them in one corpus, or merge counts of units",
                self.counted
            ))
            .into());
        }
        if self.pruned.min_count() > 1 || other.pruned.min_count() > 1 {
            let message = "counts without the rare pairs cannot be merged; count with min_count=1";
            return Err(ErrorKind::Argument(message.to_owned()).into());
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
            unit: self.unit.clone(),
            counted: self.counted,
            entities,
            counts,
            pruned: Pruned::default(),
        })
    }

    /// The scored pairs of entities of these types, none for all, that each are in at least
    /// `min_each` of what is counted. They alone make the family that q is taken among: as Fisher's
    /// test is one given how often each occurs, choosing by that leaves it as it is (Bourgon,
    /// Gentleman and Huber 2010, *Independent filtering*).
    ///
    /// # Errors
    /// Of counts without the rare pairs: those asked for, or fewer entities. Where no threads can
    /// be made.
    pub fn table(
        &self,
        scoring: Scoring<'_>,
        types: Option<&[EntityType]>,
        min_each: u64,
    ) -> Result<PairTable> {
        let (least, whole) = (self.pruned.min_count(), types.is_none() && min_each <= 1);
        if least > 1 && (!whole || scoring.min_count < least) {
            return Err(ErrorKind::Argument(format!(
                "these counts were made for a min_count of {least} and for their entities; count anew"
            ))
            .into());
        }
        on_pool(None, || {
            if whole {
                return pairs_table(&self.counts, &self.pruned, scoring);
            }
            let kept = self.counts.restrict(|e| {
                let kind = self.entities[e as usize].entity_type;
                types.is_none_or(|types| types.contains(&kind)) && self.counts.single(e) >= min_each
            });
            pairs_table(&kept, &self.pruned, scoring)
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

/// The entities that a selection mentions, by id; and for each entity its place among them.
fn in_order(analysis: &Analysis, selection: Selection<'_>) -> (Vec<u32>, Vec<u32>) {
    let mut ranks = vec![u32::MAX; analysis.entities.len()];
    let mut order = Vec::new();
    for document in (0..analysis.documents()).filter(|&d| selection.has_document(d)) {
        for mention in analysis.mentions_of(document) {
            let rank = &mut ranks[mention.entity as usize];
            if *rank == u32::MAX {
                *rank = 0;
                order.push(mention.entity);
            }
        }
    }
    let id = |e: u32| &analysis.entities[e as usize].id;
    order.sort_unstable_by(|&a, &b| id(a).cmp(id(b)));
    for (rank, &e) in order.iter().enumerate() {
        ranks[e as usize] = rank as u32;
    }
    (order, ranks)
}
