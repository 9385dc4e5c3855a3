//! What the context of a spelling says of it: whether it supports a name that is also a word, and
//! whether the words beside it belong to another name.

use super::cues;
use super::extractor::{Found, Page};
use super::linking::FullNames;
use super::names::strict;
use super::ordinary::placed;
use super::overlap::Candidate;
use super::weak_bodies::{body, thing};
use super::weak_places::place;
use crate::lexicon::{EntityType, Output, Strength, WordClass};

/// Whether the context supports a spelling that is also a word.
pub(super) fn supported(
    page: &Page<'_>,
    full: &FullNames,
    e: u32,
    c: &Candidate,
    later: &[Candidate],
    found: &[Found],
) -> bool {
    let entry = &page.lexicon.entries()[e as usize];
    match entry.entity_type {
        EntityType::Loc => place(page, full, e, c, later, found),
        EntityType::Norp => nationality(page, full, e, c),
        EntityType::Per => {
            let given = page
                .before(c.first)
                .is_some_and(|b| page.cells[b].is(WordClass::GIVEN));
            // «محمد عبدالله الموسى» is another.
            let son = given && c.cut == 0 && page.cells[c.first].is(WordClass::GIVEN);
            full.has(e)
                || given && !son
                // «الأستاذ البشير الهاشمي» is another.
                || !son
                    && !named_on(page, c, later)
                    && (plays_here(page, full, e, c, found)
                        || cues::before(page, c.first, 0, found)
                            .is_some_and(|(head, _)| befits(page, full, e, head)))
        }
        EntityType::Org => body(page, full, e, c, found),
        EntityType::Misc => thing(page, full, e, c),
    }
}

/// Whether someone of football stands in an article about it, where line-ups give no titles: about
/// that of the own country, or behind a player in a list.
fn plays_here(page: &Page<'_>, full: &FullNames, e: u32, c: &Candidate, found: &[Found]) -> bool {
    let of_sport = |e: u32| {
        page.lexicon.entries().get(e as usize).is_some_and(|entry| {
            matches!(
                entry.subtype.as_str(),
                "athlete" | "coach" | "referee" | "sport_official"
            )
        })
    };
    full.sport
        && c.end > c.first + 1
        && of_sport(e)
        && (page.kin[e as usize].is_some_and(|k| full.mainly(k.code))
            || found.last().is_some_and(|f| {
                of_sport(f.entity) && (f.end..c.first).all(|i| !page.cells[i].is_word())
            }))
}

/// Whether a body of the same country is joined to it by و: «فتح وحماس».
pub(super) fn beside_peer(page: &Page<'_>, e: u32, c: &Candidate, later: &[Candidate]) -> bool {
    let own = &page.lexicon.entries()[e as usize];
    own.entity_type == EntityType::Org
        && !own.country.is_empty()
        && next_entities(page, c, later).any(|(n, strength, next)| {
            let other = &page.lexicon.entries()[n as usize];
            next.cut > 0
                && strength == Strength::Full
                && other.entity_type == EntityType::Org
                && other.country == own.country
        })
}

/// Whether the name goes on: a definite word of no list follows that begins no known name, or بن.
pub(super) fn named_on(page: &Page<'_>, c: &Candidate, later: &[Candidate]) -> bool {
    let next = page.after(c.end - 1);
    if next.is_some_and(|n| matches!(page.word(n), "بن" | "بنت")) {
        return true;
    }
    next.is_some_and(|n| page.word(n).starts_with("ال") && strict(page, n))
        && next_entities(page, c, later).all(|(_, strength, _)| strength == Strength::Short)
}

/// Where the article is about its country, or a noun that agrees stands before it: «مواطن تركي».
fn nationality(page: &Page<'_>, full: &FullNames, e: u32, c: &Candidate) -> bool {
    let word = &page.cells[c.first];
    let noun = c.cut == 0
        && c.end == c.first + 1
        && !word.definite
        && !word.class.any(WordClass::COMMON)
        && page.before(c.first).is_some_and(|b| {
            let noun = &page.cells[b];
            noun.class.any(WordClass::TITLE.or(WordClass::COMMON))
                && !noun.definite
                && !noun.class.any(
                    WordClass::HONORIFIC
                        .or(WordClass::VERB)
                        .or(WordClass::STOP)
                        .or(WordClass::GIVEN)
                        .or(WordClass::PLACE_CUE),
                )
                && page.word(b).ends_with('ه') == page.word(c.first).ends_with('ه')
        })
        // «لاعب تركي العتيبي»
        && page.after(c.first).is_none_or(|n| {
            let family = page.word(n).starts_with("ال") && strict(page, n);
            !family && !page.cells[n].class.any(WordClass::PARTICLE)
        });
    let kin = page.kin[e as usize].is_some_and(|k| full.has_kin(k.code));
    // مالي is the country or of money, القمري of the Comoros or of the moon.
    let common = word.class.any(WordClass::COMMON);
    let ordinary = common
        && (!word.definite || !kin && !page.lexicon.entries()[e as usize].country.is_empty());
    (full.has(e) || kin) && !ordinary || noun
}

/// Whether a title speaks for someone whose name others bear too. For one of public office an office
/// does, a profession does not, and what is said of anyone does in an article about their country.
/// For a sportsman a profession does, and any title in an article about football.
fn befits(page: &Page<'_>, full: &FullNames, e: u32, title: usize) -> bool {
    let entry = &page.lexicon.entries()[e as usize];
    match entry.subtype.as_str() {
        "politician" | "diplomat" | "military" | "official" | "militant" => {
            let kin = page.kin[e as usize].is_some_and(|k| full.has_kin(k.code));
            !page.is(title, WordClass::PROFESSION) && (kin || !page.is(title, WordClass::HONORIFIC))
        }
        "athlete" | "coach" => full.sport || page.is(title, WordClass::PROFESSION),
        _ => true,
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
            Output::Pattern(..) | Output::Expression => false,
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
        // صحيفة «الوطن» السعودية
        let quote = f.end == before && !cell.is_word() && f.entity_type == EntityType::Org;
        (f.end == c.first || quote)
            && matches!(
                f.entity_type,
                EntityType::Loc | EntityType::Org | EntityType::Norp
            )
    });
    let noun = cell.is_word()
        && cell.definite
        // A feminine, or a plural such as المحاكم; behind a title in the masculine it is the country.
        && (page.word(before).ends_with('ه')
            || cell.class.any(WordClass::COMMON) && !cell.is(WordClass::TITLE) && !visits(page, before))
        && page.word(c.first).ends_with('ه')
        && !cell.class.any(WordClass::STOP.or(WordClass::VERB));
    named || noun
}

/// «زار الوفد السعودية»: a verb that takes a place, and who does it.
fn visits(page: &Page<'_>, subject: usize) -> bool {
    page.before(subject).is_some_and(|v| {
        let verb = &page.cells[v];
        verb.is(WordClass::VERB) && verb.is(WordClass::PLACE_CUE)
    })
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
    !placed(page, c)
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

/// Whether a body's own nationality follows its name, in the gender of what it is: النصر السعودي
/// is a club and الوطن السعودية a newspaper; the port of الوكرة القطرية is neither.
pub(super) fn national(page: &Page<'_>, e: u32, c: &Candidate, later: &[Candidate]) -> bool {
    let entry = &page.lexicon.entries()[e as usize];
    // «صحيفة "الوطن" المصرية»
    let quoted = page
        .after(c.end - 1)
        .is_some_and(|i| matches!(page.cells[i].span.of(page.text), "\"" | "»" | "”"));
    let end = c.end + usize::from(quoted);
    let feminine = || end < page.cells.len() && page.word(end).ends_with('ه');
    entry.entity_type == EntityType::Org
        && !entry.country.is_empty()
        && entities_at(page, end, later).any(|(n, _, _)| {
            let next = &page.lexicon.entries()[n as usize];
            next.entity_type == EntityType::Norp && next.country == entry.country
        })
        && match entry.subtype.as_str() {
            "club" => !feminine(),
            "newspaper" | "magazine" | "media_agency" => feminine(),
            _ => true,
        }
}

/// The entities whose spelling begins right after a candidate, each with how firmly it stands
/// for the entity, and where.
pub(super) fn next_entities<'a>(
    page: &'a Page<'_>,
    c: &Candidate,
    later: &'a [Candidate],
) -> impl Iterator<Item = (u32, Strength, &'a Candidate)> + 'a {
    entities_at(page, c.end, later)
}

fn entities_at<'a>(
    page: &'a Page<'_>,
    end: usize,
    later: &'a [Candidate],
) -> impl Iterator<Item = (u32, Strength, &'a Candidate)> + 'a {
    later
        .iter()
        .take_while(move |n| n.first <= end)
        .filter(move |n| n.first == end)
        .flat_map(|n| page.matcher.outputs(n.node).iter().map(move |o| (o, n)))
        .filter_map(|(o, n)| match *o {
            Output::Entity(e, strength) => Some((e, strength, n)),
            Output::Pattern(..) | Output::Expression => None,
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

/// Whether the name is the beginning of another's: فيصل بن تركي بن عبد الله is not فيصل بن تركي, nor
/// is نواف بن فيصل الدبيان the prince.
pub(super) fn goes_on(page: &Page<'_>, entity: u32, c: &Candidate) -> bool {
    if page.lexicon.entries()[entity as usize].entity_type != EntityType::Per {
        return false;
    }
    let Some(next) = page.after(c.end - 1).filter(|&i| page.cells[i].is_word()) else {
        return false;
    };
    let father = matches!(page.word(next), "بن" | "ابن" | "بنت")
        && page.after(next).is_some_and(|i| page.cells[i].is_word());
    let given = WordClass::GIVEN
        .or(WordClass::GIVEN_OR_WORD)
        .or(WordClass::PARTICLE);
    let no_family = c.end > c.first + 1 && (c.first..c.end).all(|i| page.cells[i].is(given));
    father || no_family && page.cells[next].definite && strict(page, next)
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
