//! Names inside names: سنغافورة in جامعة سنغافورة الوطنية.

use super::extractor::{Found, Page};
use super::linking::Registry;
use super::mention::{EntityRef, FoundBy};
use super::overlap::{Candidate, candidates};
use crate::lexicon::{EntityType, Output, Strength};

/// A mention that may hold others.
#[derive(Debug, Clone, Copy)]
pub struct Outer<'o> {
    /// Its tokens, first and one past the last.
    pub tokens: (u32, u32),
    /// Its type.
    pub entity_type: EntityType,
    /// The id of its entity.
    pub id: &'o str,
}

/// The names of the lexicon inside each mention that is no person's, the leftmost and longest
/// that do not begin one of their own type, each with the number of the mention around it.
pub(super) fn nested(
    page: &Page<'_>,
    mentions: &[Outer<'_>],
    registry: &mut Registry,
) -> Vec<(Found, u32)> {
    let candidates = candidates(page);
    let mut found = Vec::new();
    for (outer, number) in mentions.iter().zip(0..) {
        let (first, end) = (outer.tokens.0 as usize, outer.tokens.1 as usize);
        if outer.entity_type == EntityType::Per {
            continue;
        }
        let from = candidates.partition_point(|c| c.first < first);
        let mut next = first;
        for c in candidates[from..].iter().take_while(|c| c.first < end) {
            let smaller = c.end <= end && (c.first, c.end) != (first, end);
            if c.first < next || !smaller {
                continue;
            }
            let Some((entity, entity_type)) = named(page, c, outer.id) else {
                continue;
            };
            // «الجيش السوري» الحر, «روسيا» البيضاء: what begins a name of its kind is another.
            if c.first == first && entity_type == outer.entity_type {
                continue;
            }
            next = c.end;
            let inner = Found {
                first: c.first,
                end: c.end,
                cut: c.cut,
                entity: registry.number(EntityRef::Known(entity)),
                entity_type,
                by: FoundBy::Lexicon,
            };
            found.push((inner, number));
        }
    }
    found
}

/// What a spelling names wherever it stands, unless that is what the mention around it names.
fn named(page: &Page<'_>, c: &Candidate, outer: &str) -> Option<(u32, EntityType)> {
    page.matcher.outputs(c.node).iter().find_map(|o| {
        let Output::Entity(e, Strength::Full) = *o else {
            return None;
        };
        let entry = &page.lexicon.entries()[e as usize];
        (entry.id != outer).then_some((e, entry.entity_type))
    })
}
