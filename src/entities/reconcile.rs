//! Which of two that disagree is right: the lexicon and the rules, or the tagger.
//!
//! What the lexicon or a rule found stays unless the tagger is surer of something else than that
//! way of finding is known to be right, by [`Trust`]. What the tagger alone finds is taken if it
//! is probable enough. Names that agree, and nationalities, which the tagger does not know, stay.

use std::cell::OnceCell;

use super::extractor::{Found, Page};
use super::linking::{FullNames, Registry};
use super::mention::{EntityRef, FoundBy};
use super::names::{Name, words};
use super::overlap::spelling;
use super::proclitics::{Heard, cut, doubtful};
use super::reading::Reading;
use crate::lexicon::EntityType;
use crate::tagger::Tagged;

/// How probable something else must be for what was found to give way.
struct Trust {
    /// For another type of the same tokens.
    other: f32,
    /// For a name that goes on before or behind.
    longer: f32,
    /// For a part of it, or a name that crosses it.
    apart: f32,
    /// For no name at all.
    none: f32,
}

/// How probable a name must be that the tagger alone finds.
const ALONE: f32 = 0.5;

fn trust(by: FoundBy, entity_type: EntityType) -> Trust {
    let of = |other, longer, apart, none| Trust {
        other,
        longer,
        apart,
        none,
    };
    match by {
        // Of nationalities the tagger knows only that they may be part of a name.
        _ if entity_type == EntityType::Norp => of(0.9, 0.6, 0.9, 1.1),
        FoundBy::Lexicon | FoundBy::Pattern | FoundBy::Short | FoundBy::Spelling => {
            of(0.9, 0.7, 0.9, 0.99)
        }
        FoundBy::Context => of(0.7, 0.6, 0.8, 0.95),
        _ => of(0.6, 0.5, 0.6, 0.9),
    }
}

/// A name as the lexicon or a rule has it.
struct Given {
    first: usize,
    end: usize,
    entity_type: EntityType,
    by: FoundBy,
    kept: bool,
}

impl Given {
    fn trust(&self) -> Trust {
        trust(self.by, self.entity_type)
    }

    /// Whether it gives way to a name of the tagger that it shares tokens with.
    fn yields(&self, tagged: &Tagged) -> bool {
        let (trust, t) = (self.trust(), tagged);
        let needed = if (self.first, self.end) == (t.first, t.end) {
            trust.other
        } else if t.first <= self.first && self.end <= t.end {
            trust.longer
        } else {
            trust.apart
        };
        t.probability >= needed
    }
}

/// Makes what was found and what the tagger reads one; `names` end in the order of the text.
pub(super) fn reconcile(
    page: &Page<'_>,
    reading: &Reading<'_>,
    full: &FullNames,
    registry: &mut Registry,
    found: &mut Vec<Found>,
    names: &mut Vec<Name>,
) {
    let known = found.iter().map(|f| (f.first, f.end, f.entity_type, f.by));
    let shown = names
        .iter()
        .map(|n| (n.first, n.end, n.entity_type, n.found_by));
    let mut given: Vec<_> = known
        .chain(shown)
        .map(|(first, end, entity_type, by)| Given {
            first,
            end,
            entity_type,
            by,
            kept: true,
        })
        .collect();
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_unstable_by_key(|&g| given[g].first);

    let mut new = Vec::new();
    let mut next = 0;
    let untold = |given: &mut Given| {
        let outside = reading.outside(given.first, given.end);
        given.kept = outside < given.trust().none;
    };
    for tagged in reading.tagged() {
        while let Some(&g) = order.get(next).filter(|&&g| given[g].end <= tagged.first) {
            untold(&mut given[g]);
            next += 1;
        }
        let met = order[next..]
            .iter()
            .take_while(|&&g| given[g].first < tagged.end)
            .count();
        let beside = &order[next..next + met];
        next += met;
        let same = |&g: &usize| {
            let g = &given[g];
            (g.first, g.end, g.entity_type) == (tagged.first, tagged.end, tagged.entity_type)
        };
        if page.skipped(tagged.first) || beside.iter().any(same) {
            continue;
        }
        let wins = match beside {
            [] => tagged.probability >= ALONE,
            _ => beside.iter().all(|&g| given[g].yields(tagged)),
        };
        if wins {
            for &g in beside {
                given[g].kept = false;
            }
            new.push(*tagged);
        }
        // One that reaches beyond may meet the next too.
        if let Some(&g) = beside.last().filter(|&&g| given[g].end > tagged.end) {
            next -= usize::from(given[g].kept);
        }
    }
    for &g in &order[next..] {
        untold(&mut given[g]);
    }
    let mut kept = given.iter().map(|g| g.kept);
    found.retain(|_| kept.next().unwrap_or(true));
    names.retain(|_| kept.next().unwrap_or(true));
    add(page, &new, full, registry, found, names);
}

/// Adds what the tagger found: names of the lexicon that nothing else supported, and others.
fn add(
    page: &Page<'_>,
    tagged: &[Tagged],
    full: &FullNames,
    registry: &mut Registry,
    found: &mut Vec<Found>,
    names: &mut Vec<Name>,
) {
    let mut listed = Vec::new();
    let mut strange = Vec::new();
    for t in tagged {
        if let Some((entity, cut)) = spelling(page, full, t, found) {
            listed.push(Found {
                first: t.first,
                end: t.end,
                cut,
                entity: registry.number(EntityRef::Known(entity)),
                entity_type: t.entity_type,
                by: FoundBy::Tagger,
            });
        } else {
            strange.push(t);
        }
    }
    found.extend(listed);
    found.sort_unstable_by_key(|f| f.first);
    if strange.is_empty() {
        return;
    }
    let heard = heard(page, &strange, found, names);
    for (n, t) in strange.iter().enumerate() {
        let joined = n > 0 && strange[n - 1].end == t.first;
        let cut = cut(page, t.first, t.entity_type, &heard, joined);
        names.push(Name {
            first: t.first,
            end: t.end,
            cut,
            entity_type: t.entity_type,
            subtype: subtype(page, t, cut),
            found_by: FoundBy::Tagger,
            of: None,
            key: OnceCell::new(),
        });
    }
    names.sort_by_key(|n| n.first);
}

/// The words of the article's names, as far as it is known where they begin.
fn heard<'p>(
    page: &'p Page<'_>,
    strange: &[&Tagged],
    found: &[Found],
    names: &[Name],
) -> Heard<'p> {
    let mut heard = Heard::default();
    for f in found.iter().filter(|f| f.entity_type != EntityType::Norp) {
        heard.extend(words(page, f.first, f.end, f.cut));
    }
    for n in names {
        heard.extend(words(page, n.first, n.end, n.cut));
    }
    for t in strange {
        let known = usize::from(doubtful(page.word(t.first)));
        heard.extend((t.first + known..t.end).map(|i| page.word(i)));
    }
    heard
}

/// What kind of body or place the first word of a name says it is.
fn subtype(page: &Page<'_>, t: &Tagged, cut: usize) -> String {
    if t.entity_type == EntityType::Per || t.end == t.first + 1 {
        return String::new();
    }
    let head = &page.word(t.first)[cut..];
    let subtypes = &page.lexicon.words().subtypes;
    subtypes.get(head).cloned().unwrap_or_default()
}
