//! Names of the lexicon: every spelling that stands in the text, and of those that overlap the
//! leftmost and longest, each held to what its strength asks of the context.

use super::extractor::{Found, Kin, Page};
use super::forms::Start;
use super::linking::{FullNames, Registry};
use super::mention::{EntityRef, FoundBy};
use super::offices::{Offices, office};
use super::ordinary::{expression, numbered, ordinary_word};
use super::support::{
    adjective_here, beside_peer, direction, family_name, given_before, name_after, national,
    person_by_short, short_wins, son_of_another, supported,
};
use super::weak_bodies::{about_football, medium};
use super::weak_places::likelihood;
use crate::lexicon::{EntityType, Node, Output, Strength, WordClass, counts, fold};

/// A sequence of tokens that the trie knows.
pub(super) struct Candidate {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) cut: usize,
    pub(super) node: Node,
}

/// Finds the names of the lexicon, in order.
pub(super) fn known(page: &Page<'_>, registry: &mut Registry) -> Vec<Found> {
    let candidates = candidates(page);
    let mut full = FullNames::default();
    full.sport = about_football(page);
    for c in &candidates {
        for output in page.matcher.outputs(c.node) {
            if let Output::Entity(entity, Strength::Full) = *output {
                let foreign = c.end == c.first + 1 && given_before(page, entity, c);
                if !foreign {
                    full.note(entity, c.first, page.kin[entity as usize]);
                }
            }
        }
    }
    let offices = Offices::of(page, &candidates);
    let mut found: Vec<Found> = Vec::new();
    let mut next = 0;
    let mut at = 0;
    while at < candidates.len() {
        let first = candidates[at].first;
        let end = at + candidates[at..].partition_point(|c| c.first == first);
        let group = &candidates[at..end];
        at = end;
        if first < next || page.skipped(first) {
            continue;
        }
        let set = expression(page, group).unwrap_or(first);
        let choice = choose(page, &full, &offices, group, &candidates[end..], &found)
            .filter(|choice| choice.end > set);
        next = set;
        if let Some(choice) = choice {
            let name = bare(page, first, &choice);
            let entity = match choice.entity {
                EntityRef::Known(e) => {
                    full.seen(e, first);
                    if choice.found_by == FoundBy::Context && choice.unrivalled {
                        // Once its context told it, the article goes on to use the name alone.
                        let kin = page.kin[e as usize];
                        full.note(
                            e,
                            first,
                            kin.map(|k| Kin {
                                national: false,
                                ..k
                            }),
                        );
                    }
                    registry.number(EntityRef::Known(e))
                }
                other => registry.number(other),
            };
            next = choice.end;
            found.push(Found {
                first: name,
                end: choice.end,
                cut: if name == first { choice.cut } else { 0 },
                entity,
                entity_type: choice.entity_type,
                by: choice.found_by,
            });
        }
    }
    found
}

/// Every sequence of tokens that is a spelling, in order; of one place the longest first.
pub(super) fn candidates(page: &Page<'_>) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (i, cell) in page.cells.iter().enumerate() {
        let begins = all.len();
        // روسياً is an adjective in the accusative; folded it would be the country.
        if let Some(start) = accusative(page, i) {
            walk(page, i, start, &mut all);
            if all.len() > begins {
                continue;
            }
        }
        let starts = page.forms.starts(cell.form);
        if starts.is_empty() || !counts(cell.kind, page.word(i)) {
            continue;
        }
        for start in starts {
            walk(page, i, *start, &mut all);
        }
        // The longest first; of equals the one with the fewest clitics.
        all[begins..].sort_by_key(|c| (std::cmp::Reverse(c.end), c.cut));
    }
    all
}

fn accusative(page: &Page<'_>, i: usize) -> Option<Start> {
    let stem = page.word(i).strip_suffix('ا')?;
    let raw = page.cells[i].span.of(page.text);
    let id = raw
        .contains('\u{064B}')
        .then(|| page.matcher.word(stem))??;
    let node = page.matcher.start(id)?;
    let norp = page.matcher.outputs(node).iter().any(|o| match o {
        Output::Entity(e, _) => page.lexicon.entries()[*e as usize].entity_type == EntityType::Norp,
        Output::Pattern(..) | Output::Expression => false,
    });
    norp.then_some(Start { node, cut: 0 })
}

fn walk(page: &Page<'_>, first: usize, start: Start, out: &mut Vec<Candidate>) {
    let Start { mut node, cut } = start;
    let mut end = first + 1;
    loop {
        if !page.matcher.outputs(node).is_empty() {
            out.push(Candidate {
                first,
                end,
                cut,
                node,
            });
        }
        let mut i = end;
        if page.hyphen(i) {
            i += 1;
        }
        let Some(cell) = page.cells.get(i) else {
            return;
        };
        if cell.sentence != page.cells[first].sentence {
            return;
        }
        let Some(next) = cell.word.and_then(|id| page.matcher.step(node, id)) else {
            return;
        };
        node = next;
        end = i + 1;
    }
}

struct Choice {
    end: usize,
    cut: usize,
    entity: EntityRef,
    entity_type: EntityType,
    found_by: FoundBy,
    /// Whether no other entity has this spelling for its own.
    unrivalled: bool,
}

fn choose(
    page: &Page<'_>,
    full: &FullNames,
    offices: &Offices,
    group: &[Candidate],
    later: &[Candidate],
    found: &[Found],
) -> Option<Choice> {
    let entry = |e: u32| &page.lexicon.entries()[e as usize];
    let office = group.iter().find_map(|c| office(page, offices, c, later));
    for c in group {
        if office.as_ref().is_some_and(|o| o.end > c.end) {
            break;
        }
        let outputs = page.matcher.outputs(c.node);
        let whole_is_common = c.cut > 0
            && c.end == c.first + 1
            && page.cells[c.first]
                .class
                .any(WordClass::COMMON.or(WordClass::STOP).or(WordClass::GIVEN));
        if whole_is_common {
            continue;
        }
        let make = |e: u32, found_by| Choice {
            end: c.end,
            cut: c.cut,
            entity: EntityRef::Known(e),
            entity_type: entry(e).entity_type,
            found_by,
            unrivalled: !outputs
                .iter()
                .any(|o| matches!(o, Output::Entity(_, Strength::Full))),
        };
        let single_person =
            |e: u32| c.end == c.first + 1 && entry(e).entity_type == EntityType::Per;
        // النصر السعودي: of the clubs of a name the one whose nationality stands behind it.
        let national = outputs.iter().find_map(|o| match *o {
            Output::Entity(e, Strength::Weak) if national(page, e, c, later) => Some(e),
            _ => None,
        });
        if let Some(e) = national {
            return Some(make(e, FoundBy::Context));
        }
        // «صحيفة الرياض» is no city.
        let medium = outputs.iter().find_map(|o| match *o {
            Output::Entity(e, Strength::Weak) if medium(page, c, entry(e)) => Some(e),
            _ => None,
        });
        if let Some(e) = medium {
            return Some(make(e, FoundBy::Context));
        }
        let family = family_name(page, c);
        // Of several the likeliest, and none where clubs of one name are as likely.
        let mut weak: Option<(u32, u32, bool)> = None;
        let full_place = outputs.iter().any(|o| {
            matches!(*o, Output::Entity(e, Strength::Full) if entry(e).entity_type == EntityType::Loc)
        });
        for output in outputs {
            let Output::Entity(e, strength) = *output else {
                continue;
            };
            if entry(e).subtype == "compass" && direction(page, c)
                || ordinary_word(page, c, entry(e))
            {
                continue;
            }
            let group = matches!(entry(e).entity_type, EntityType::Org | EntityType::Norp);
            if family && group && strength != Strength::Short {
                continue;
            }
            if single_person(e) && given_before(page, e, c) || son_of_another(page, e, c) {
                continue;
            }
            if entry(e).entity_type == EntityType::Loc && adjective_here(page, c, outputs, found) {
                continue;
            }
            match strength {
                // أوستن, where the article has Lloyd Austin, is no town.
                Strength::Full
                    if c.end == c.first + 1
                        && entry(e).entity_type != EntityType::Per
                        && person_by_short(page, full, outputs).is_some()
                        && short_wins(page, c, entry(e).entity_type) => {}
                Strength::Full if weak.is_none() => return Some(make(e, FoundBy::Lexicon)),
                Strength::Full => break,
                Strength::Weak
                    if entry(e).entity_type == EntityType::Norp
                        && adjective_here(page, c, outputs, found) =>
                {
                    return Some(make(e, FoundBy::Context));
                }
                Strength::Weak if full_place && entry(e).entity_type == EntityType::Org => {}
                Strength::Weak if supported(page, full, e, c, later, found) => {
                    let likely = likelihood(page, full, e, c, found);
                    weak = match weak {
                        Some((_, best, _)) if best > likely => weak,
                        Some((other, best, _)) if best == likely => {
                            let clubs =
                                entry(e).subtype == "club" && entry(other).subtype == "club";
                            Some((other, best, clubs))
                        }
                        _ => Some((e, likely, false)),
                    };
                }
                _ => {}
            }
        }
        if let Some((e, _, rivals)) = weak
            && !rivals
        {
            return Some(make(e, FoundBy::Context));
        }
        if numbered(page, c) {
            continue;
        }
        let shorts = outputs.iter().filter_map(|o| match *o {
            Output::Entity(e, Strength::Short) => Some(e),
            _ => None,
        });
        let goes_on = name_after(page, c.end, later);
        // A family name that stands first may be another's: وانغ يي and وانغ ونبين.
        let leads =
            |e: u32| fold(&entry(e).name).split(' ').next() == Some(&page.word(c.first)[c.cut..]);
        let free =
            |e: u32| !single_person(e) || !(given_before(page, e, c) || (goes_on && leads(e)));
        let mut shorts = shorts.filter(|e| free(*e));
        if let Some(e) = full.nearest(shorts.clone()) {
            return Some(make(e, FoundBy::Short));
        }
        if let Some(e) = shorts.find(|e| beside_peer(page, *e, c, later)) {
            return Some(make(e, FoundBy::Context));
        }
    }
    office.map(|o| Choice {
        end: o.end,
        cut: o.cut,
        entity: EntityRef::Office {
            pattern: o.pattern,
            norp: o.norp,
        },
        entity_type: EntityType::Org,
        found_by: FoundBy::Pattern,
        unrivalled: true,
    })
}

/// The first token of the name itself: the title in «الشيخ تميم» and the kind in «جزيرة سنتوسا»
/// stand beside a name.
fn bare(page: &Page<'_>, first: usize, choice: &Choice) -> usize {
    let EntityRef::Known(entity) = choice.entity else {
        return first;
    };
    let beside = match choice.entity_type {
        EntityType::Per => WordClass::TITLE,
        EntityType::Loc => WordClass::PLACE_KIND,
        EntityType::Org => WordClass::KIND,
        _ => return first,
    };
    let aside = |i: usize| page.cells[i].is(beside) || page.word(i).ends_with("شبه");
    if first + 1 == choice.end || !aside(first) {
        return first;
    }
    // Unless the name in full has it: جزر القمر, أمين الناصر.
    let full = fold(&page.lexicon.entries()[entity as usize].name);
    let own = &page.word(first)[choice.cut..];
    if full.split(' ').any(|word| word == own) {
        return first;
    }
    let mut name = first;
    while name + 1 < choice.end && aside(name) {
        name += 1;
    }
    name
}
