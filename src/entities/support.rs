//! What the context of a spelling says of it: whether it supports a name that is also a word, and
//! whether the words beside it belong to another name.

use super::extractor::{Found, Page};
use super::linking::FullNames;
use super::names::strict;
use super::overlap::Candidate;
use super::roles;
use crate::lexicon::{EntityType, Output, Strength, WordClass};
use crate::segment::clitics;

/// Whether the context supports a spelling that is also a word.
pub(super) fn supported(
    page: &Page<'_>,
    full: &FullNames,
    e: u32,
    c: &Candidate,
    later: &[Candidate],
    found: &[Found],
) -> bool {
    if full.has(e) {
        return true;
    }
    let entry = &page.lexicon.entries()[e as usize];
    let kin = page.kin[e as usize].is_some_and(|k| full.has_kin(k.code));
    let before = page.before(c.first);
    let before_is = |class| before.is_some_and(|b| page.cells[b].is(class));
    let kind_fits = before.is_none_or(|b| fits(page, b, &entry.subtype));
    match entry.entity_type {
        EntityType::Loc => {
            let preposition = before_is(WordClass::PLACE_CUE);
            let attached = c.cut > 0 && page.word(c.first)[..c.cut].ends_with(['ب', 'ل']);
            let beside = found.last().is_some_and(|f| {
                f.entity_type == EntityType::Loc
                    && f.end + 1 >= c.first
                    && (c.cut > 0 || f.end + 1 == c.first)
            });
            // مالي وبوركينا فاسو: a place goes on.
            let joined = next_entities(page, c, later).any(|(n, _, next)| {
                next.cut > 0 && page.lexicon.entries()[n as usize].entity_type == EntityType::Loc
            });
            let national = page.kin[e as usize].is_some_and(|k| k.national);
            // A word that is ordinary, or a given name, asks for more than its article's country.
            let ordinary = page.cells[c.first].class.any(
                WordClass::COMMON
                    .or(WordClass::GIVEN)
                    .or(WordClass::GIVEN_OR_WORD),
            );
            let named_on = page.cells.get(c.end).is_some_and(|n| {
                n.sentence == page.cells[c.first].sentence && n.definite && strict(page, c.end)
            });
            // «أمير قطر», but not «الرئيس بخاري».
            let office = !ordinary
                && before
                    .is_some_and(|b| page.cells[b].is(WordClass::TITLE) && !page.cells[b].definite);
            !named_on
                && (kin && national && !ordinary
                    || joined
                    || preposition
                    || attached
                    || beside
                    || office
                    || before_is(WordClass::PLACE_KIND))
        }
        EntityType::Norp => kin,
        EntityType::Per => {
            before_is(WordClass::GIVEN) || roles::before(page, c.first, 0, found).is_some()
        }
        EntityType::Org => {
            let kind = WordClass::KIND.or(WordClass::BODY);
            // «وكالة الأنباء الروسية تاس»
            let noun = match found.last() {
                Some(f) if f.end == c.first && f.entity_type == EntityType::Norp => {
                    page.before(f.first)
                }
                _ => before,
            };
            let behind_agency = noun.is_some_and(|b| {
                matches!(page.word(b), "انباء" | "الانباء")
                    && page.before(b).is_some_and(|b| page.cells[b].is(kind))
            });
            // «وكالة الأنباء الروسية» names no newspaper.
            let agency = page.word(c.first) == "الانباء"
                && before.is_some_and(|b| page.word(b).contains("وكال"));
            // الحزب الديمقراطي, where the article is about its country.
            let at_home = kin
                && c.end > c.first + 1
                && matches!(
                    entry.subtype.as_str(),
                    "party" | "parliament" | "government" | "court" | "ministry" | "agency"
                );
            !agency
                && (before_is(kind) && kind_fits
                    || behind_agency
                    || at_home
                    || dateline(page, c, found)
                    || quoted(page, c, kind))
        }
        EntityType::Misc => quoted(page, c, WordClass::KIND),
    }
}

/// Whether السعودية is the adjective here: it follows a noun it agrees with, or a place or body.
pub(super) fn adjective_here(
    page: &Page<'_>,
    c: &Candidate,
    outputs: &[Output],
    found: &[Found],
) -> bool {
    let of = |t: EntityType| {
        outputs.iter().any(|o| match *o {
            Output::Entity(e, _) => page.lexicon.entries()[e as usize].entity_type == t,
            Output::Pattern(..) => false,
        })
    };
    if c.cut > 0 || c.end != c.first + 1 || !of(EntityType::Loc) || !of(EntityType::Norp) {
        return false;
    }
    let Some(before) = page.before(c.first) else {
        return false;
    };
    let cell = &page.cells[before];
    let named = found.last().is_some_and(|f| {
        f.end == c.first
            && matches!(
                f.entity_type,
                EntityType::Loc | EntityType::Org | EntityType::Norp
            )
    });
    let noun = cell.is_word()
        && cell.definite
        // A feminine, or a plural such as المحاكم; behind a title in the masculine it is the country.
        && (page.word(before).ends_with('ه')
            || cell.class.any(WordClass::COMMON) && !cell.is(WordClass::TITLE))
        && page.word(c.first).ends_with('ه')
        && !cell.class.any(WordClass::STOP.or(WordClass::VERB));
    named || noun
}

/// Whether غربي and the like tell a direction here, not a part of the world.
pub(super) fn direction(page: &Page<'_>, c: &Candidate) -> bool {
    page.before(c.first)
        .is_some_and(|b| page.cells[b].is(WordClass::TERRAIN))
}

/// A person of a short name whose full name the article has.
pub(super) fn person_by_short(
    page: &Page<'_>,
    full: &FullNames,
    outputs: &[Output],
) -> Option<u32> {
    outputs.iter().find_map(|o| match *o {
        Output::Entity(e, Strength::Short)
            if full.has(e) && page.lexicon.entries()[e as usize].entity_type == EntityType::Per =>
        {
            Some(e)
        }
        _ => None,
    })
}

/// Whether a person's short name wins over a place or nationality of the same spelling: unless a
/// word of place stands before it; an adjective gives way only where someone acts, «وقال السوداني».
pub(super) fn short_wins(page: &Page<'_>, c: &Candidate, rival: EntityType) -> bool {
    if rival == EntityType::Norp {
        return page
            .before(c.first)
            .is_some_and(|b| page.cells[b].is(WordClass::SAYS));
    }
    !page
        .before(c.first)
        .is_some_and(|b| page.cells[b].is(WordClass::PLACE_CUE.or(WordClass::PLACE_KIND)))
}

/// Whether a word in ي stands where a person's family name does: عبد الخالق الحوثي is a man, and
/// «الدكتور تركي» no Turk.
pub(super) fn family_name(page: &Page<'_>, c: &Candidate) -> bool {
    let Some(before) = page.before(c.first) else {
        return false;
    };
    let (cell, word) = (&page.cells[before], page.word(c.first));
    let given = cell.class.any(WordClass::GIVEN) && word.starts_with("ال");
    let honoured = cell.class.any(WordClass::HONORIFIC) && cell.definite && !word.starts_with("ال");
    c.cut == 0 && c.end == c.first + 1 && word.ends_with('ي') && (given || honoured)
}

/// Whether a body's own nationality follows its name.
pub(super) fn national(page: &Page<'_>, e: u32, c: &Candidate, later: &[Candidate]) -> bool {
    let entry = &page.lexicon.entries()[e as usize];
    entry.entity_type == EntityType::Org
        && !entry.country.is_empty()
        && next_entities(page, c, later).any(|(n, _, _)| {
            let next = &page.lexicon.entries()[n as usize];
            next.entity_type == EntityType::Norp && next.country == entry.country
        })
}

/// Whether the kind word at `at` can head a body of this subtype: no newspaper is a نادي.
fn fits(page: &Page<'_>, at: usize, subtype: &str) -> bool {
    let family = |subtype: &str| match subtype {
        "newspaper" | "media_agency" | "broadcaster" | "magazine" | "platform" => 1,
        "club" | "federation" => 2,
        "company" | "bank" => 3,
        "party" | "armed_group" => 4,
        _ => 0,
    };
    let word = page.word(at);
    let head =
        clitics::analyses(word).find_map(|a| page.lexicon.words().subtypes.get(&word[a.prefix..]));
    match (family(subtype), head.map_or(0, |h| family(h))) {
        // Media and clubs are named like anything: «مستشفى الخبر» is no newspaper.
        (own @ (1 | 2), head) => own == head,
        (0, _) | (_, 0) => true,
        (own, head) => own == head,
    }
}

/// The entities whose spelling begins right after a candidate, each with how firmly it stands
/// for the entity, and where.
pub(super) fn next_entities<'a>(
    page: &'a Page<'_>,
    c: &Candidate,
    later: &'a [Candidate],
) -> impl Iterator<Item = (u32, Strength, &'a Candidate)> + 'a {
    let end = c.end;
    later
        .iter()
        .take_while(move |n| n.first <= end)
        .filter(move |n| n.first == end)
        .flat_map(|n| page.matcher.outputs(n.node).iter().map(move |o| (o, n)))
        .filter_map(|(o, n)| match *o {
            Output::Entity(e, strength) => Some((e, strength, n)),
            Output::Pattern(..) => None,
        })
}

/// «إسطنبول (الأناضول) –»: alone in brackets behind a place.
fn dateline(page: &Page<'_>, c: &Candidate, found: &[Found]) -> bool {
    let mark = |i: usize, m: &str| page.cells.get(i).is_some_and(|x| x.span.of(page.text) == m);
    let Some(open) = page.before(c.first) else {
        return false;
    };
    mark(open, "(")
        && mark(c.end, ")")
        && found
            .last()
            .is_some_and(|f| f.end == open && f.entity_type == EntityType::Loc)
}

/// In quotation marks, behind a word that says what it is.
fn quoted(page: &Page<'_>, c: &Candidate, kind: WordClass) -> bool {
    let Some(open) = page.before(c.first) else {
        return false;
    };
    let mark = |i: usize| {
        matches!(
            page.cells[i].span.of(page.text),
            "\"" | "«" | "»" | "“" | "”" | "(" | ")" | "'"
        )
    };
    mark(open)
        && c.end < page.cells.len()
        && mark(c.end)
        && page.before(open).is_some_and(|b| {
            // «قال لـ"عكاظ"».
            matches!(page.word(b), "ل")
                || page.cells[b].is(kind)
                || page.before(b).is_some_and(|b| page.cells[b].is(kind))
        })
}

/// Whether another given name stands right before: إيفانكا ترامب is not the president.
pub(super) fn given_before(page: &Page<'_>, entity: u32, c: &Candidate) -> bool {
    let Some(before) = page.before(c.first) else {
        return false;
    };
    let entry = &page.lexicon.entries()[entity as usize];
    entry.entity_type == EntityType::Per
        && c.cut == 0
        && page.cells[before].class.any(WordClass::GIVEN)
}

/// Whether the name is the father's of another: نايف بن سلمان بن عبد العزيز is not the king.
pub(super) fn son_of_another(page: &Page<'_>, entity: u32, c: &Candidate) -> bool {
    let Some(particle) = page.before(c.first) else {
        return false;
    };
    page.lexicon.entries()[entity as usize].entity_type == EntityType::Per
        && c.cut == 0
        && matches!(page.word(particle), "بن" | "ابن" | "بنت")
        && page
            .before(particle)
            .is_some_and(|b| page.cells[b].is_word())
        && page.cells[particle].class.any(WordClass::PARTICLE)
}

/// Whether an unknown name goes on after a short one: وانغ ونبين is not وانغ يي.
pub(super) fn name_after(page: &Page<'_>, end: usize, later: &[Candidate]) -> bool {
    let known = later
        .iter()
        .take_while(|c| c.first <= end)
        .any(|c| c.first == end);
    !known
        && end < page.cells.len()
        && page.cells[end].sentence == page.cells[end - 1].sentence
        && strict(page, end)
        && !page.cells[end].definite
}
