//! Names of the lexicon: every spelling that stands in the text, and of those that overlap the
//! leftmost and longest, each held to what its strength asks of the context.

use super::cells::Cell;
use super::choice::{Choice, Context, Likeliest, choose};
use super::extractor::{Found, Kin, Page};
use super::forms::{Begins, Form, Start};
use super::linking::{FullNames, Registry};
use super::mention::{EntityRef, FoundBy};
use super::offices::Offices;
use super::ordinary::{expression, preposition};
use super::support::given_before;
use super::weak_bodies::about_football;
use super::weak_places::likelihood;
use crate::lexicon::{EntityType, Node, Output, Strength, WordClass, counts, fold};
use crate::tagger::Tagged;

/// A sequence of tokens that the trie knows.
pub(super) struct Candidate {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) cut: usize,
    pub(super) node: Node,
}

/// Finds the names of the lexicon, in order, and which of its entities the article has in full.
pub(super) fn known(page: &Page<'_>, registry: &mut Registry) -> (Vec<Found>, FullNames) {
    let candidates = candidates(page);
    let mut full = FullNames::default();
    full.sport = about_football(page);
    for c in &candidates {
        for output in page.matcher.outputs(c.node) {
            if let Output::Entity(entity, Strength::Full) = *output {
                let single = c.end == c.first + 1;
                let foreign = single && given_before(page, entity, c) || preposition(page, c);
                if !foreign {
                    full.note(entity, c.first, page.kin[entity as usize]);
                }
            }
        }
    }
    let offices = Offices::of(page, &candidates);
    let mut found: Vec<Found> = Vec::with_capacity(candidates.len());
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
        let context = Context {
            page,
            full: &full,
            later: &candidates[end..],
            found: &found,
        };
        let choice = choose(&context, &offices, group).filter(|choice| choice.end > set);
        next = set;
        if let Some(choice) = choice {
            let name = bare(page, first, &choice);
            let entity = match choice.entity {
                EntityRef::Known(e) => {
                    full.seen(e, first);
                    let word = page.cells[first].class.any(WordClass::COMMON);
                    let alone = word && choice.end == first + 1;
                    if choice.found_by == FoundBy::Context && choice.unrivalled && !alone {
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
    (found, full)
}

/// The entity of the lexicon that a name of the tagger spells and nothing else supported, and the
/// bytes of clitics before it: of several the likeliest, and none where clubs are as likely.
/// Persons are not told by spellings that others may have too.
pub(super) fn spelling(
    page: &Page<'_>,
    full: &FullNames,
    tagged: &Tagged,
    found: &[Found],
) -> Option<(u32, usize)> {
    let mut candidates = Vec::new();
    for start in page
        .forms
        .starts(page.forms.form(page.cells[tagged.first].form))
    {
        walk(page, tagged.first, *start, &mut candidates);
    }
    candidates.retain(|c| c.end == tagged.end);
    candidates.sort_by_key(|c| c.cut);
    let before = &found[..found.partition_point(|f| f.first < tagged.first)];
    candidates.iter().find_map(|c| {
        let entry = |e: u32| &page.lexicon.entries()[e as usize];
        let outputs = page.matcher.outputs(c.node).iter();
        let own = outputs.filter_map(|o| match *o {
            Output::Entity(e, Strength::Full) => Some((e, true)),
            Output::Entity(e, Strength::Weak) => Some((e, false)),
            _ => None,
        });
        let mut best = Likeliest::default();
        for (e, full_name) in own.filter(|&(e, _)| entry(e).entity_type == tagged.entity_type) {
            if full_name {
                return Some((e, c.cut));
            }
            if tagged.entity_type == EntityType::Per {
                continue;
            }
            best.weigh(page, e, likelihood(page, full, e, c, before));
        }
        best.entity().map(|e| (e, c.cut))
    })
}

/// Every sequence of tokens that is a spelling, in order; of one place the longest first.
pub(super) fn candidates(page: &Page<'_>) -> Vec<Candidate> {
    let mut all = Vec::with_capacity(page.cells.len() / 2);
    for (i, cell) in page
        .cells
        .iter()
        .enumerate()
        .filter(|(_, c)| c.begins.may(Begins::LISTED))
    {
        let begins = all.len();
        // روسياً is an adjective in the accusative; folded it would be the country.
        let form = page.forms.form(cell.form);
        if let Some(start) = accusative(page, form, cell) {
            walk(page, i, start, &mut all);
            if all.len() > begins {
                continue;
            }
        }
        let starts = page.forms.starts(form);
        if starts.is_empty() || !(cell.is_word() || counts(cell.kind, page.word(i))) {
            continue;
        }
        for start in starts {
            walk(page, i, *start, &mut all);
        }
        // The longest first; of equals the one with the fewest clitics.
        if all.len() > begins + 1 {
            all[begins..].sort_by_key(|c| (std::cmp::Reverse(c.end), c.cut));
        }
    }
    all
}

fn accusative(page: &Page<'_>, form: &Form, cell: &Cell) -> Option<Start> {
    let node = form.before_alef?;
    if !cell.span.of(page.text).contains('\u{064B}') {
        return None;
    }
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
        EntityType::Misc => return own_words(page, first, choice, entity),
        EntityType::Norp => return first,
    };
    let aside = |i: usize| page.cells[i].is(beside) || page.word(i).ends_with("شبه");
    if first + 1 == choice.end || !aside(first) {
        return first;
    }
    // Unless the name in full has it: جزر القمر, أمين الناصر. A province is listed as ولاية الجزيرة
    // where its name alone is a word.
    let entry = &page.lexicon.entries()[entity as usize];
    let own = &page.word(first)[choice.cut..];
    if entry.subtype != "province" && fold(&entry.name).split(' ').any(|word| word == own) {
        return first;
    }
    let mut name = first;
    while name + 1 < choice.end && aside(name) {
        name += 1;
    }
    name
}

/// Where the name in full begins, if the spelling ends in it: دانيال in العاصفة دانيال.
fn own_words(page: &Page<'_>, first: usize, choice: &Choice, entity: u32) -> usize {
    let name = fold(&page.lexicon.entries()[entity as usize].name);
    let begins = choice.end.saturating_sub(name.split(' ').count());
    let same = begins > first
        && (begins..choice.end)
            .map(|i| page.word(i))
            .eq(name.split(' '));
    if same { begins } else { first }
}
