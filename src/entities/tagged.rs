//! The tagger's names as the article has them: parted where one name ends and the next begins,
//! without their proclitics, and linked to the lexicon where it has them.

use std::cell::OnceCell;

use super::extractor::{Found, Page};
use super::linking::{FullNames, Registry};
use super::mention::{EntityRef, FoundBy};
use super::names::{Name, words};
use super::overlap::spelling;
use super::proclitics::{Heard, cut, doubtful};
use super::reconcile::Given;
use crate::lexicon::EntityType;
use crate::tagger::Tagged;

/// A name of the tagger, parted where a word inside carries a proclitic: «حزب الله» and «إيران» in
/// «حزب الله وإيران», مستشفى الأمل in «مستشفى الأمل بدبي».
pub(super) fn pieces(page: &Page<'_>, t: &Tagged, given: &[Given]) -> Vec<Tagged> {
    let mut pieces = vec![*t];
    for i in t.first + 1..t.end {
        let listed = given.binary_search_by_key(&i, |g| g.first);
        // Not inside what is known: تشين وينكينغ.
        let within = given.partition_point(|g| g.first < i);
        if given[..within].last().is_some_and(|g| g.end > i) {
            continue;
        }
        let clitic = match listed {
            Ok(g) => given[g].cut > 0 && given[g].entity_type != EntityType::Norp,
            Err(_) => joined(page, t.entity_type, i),
        };
        if clitic && let Some(last) = pieces.last_mut() {
            last.end = i;
            pieces.push(Tagged { first: i, ..*t });
        }
    }
    for piece in &mut pieces {
        while piece.end > piece.first + 1 && !page.cells[piece.end - 1].is_named() {
            piece.end -= 1;
        }
        while piece.end > piece.first + 1 && !page.cells[piece.first].is_named() {
            piece.first += 1;
        }
    }
    pieces.retain(|piece| page.cells[piece.first].is_named());
    pieces
}

/// Whether و joins another name inside one: people and places have no such words, but in
/// «البوسنة والهرسك».
fn joined(page: &Page<'_>, entity_type: EntityType, i: usize) -> bool {
    let own = matches!(entity_type, EntityType::Per | EntityType::Loc);
    let word = page.word(i);
    own && word.starts_with('و')
        && !(entity_type == EntityType::Loc && word.starts_with("وال"))
        && cut(page, i, entity_type, &Heard::default(), true) > 0
}

/// Adds what the tagger found: names of the lexicon that nothing else supported, and others.
pub(super) fn add(
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
    let mut heard = Heard::of(page);
    for f in found.iter().filter(|f| f.entity_type != EntityType::Norp) {
        heard.names.extend(words(page, f.first, f.end, f.cut));
    }
    for n in names {
        heard.names.extend(words(page, n.first, n.end, n.cut));
    }
    for t in strange {
        let known = usize::from(doubtful(page.word(t.first)));
        heard
            .names
            .extend((t.first + known..t.end).map(|i| page.word(i)));
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
