//! Places named as ordinary words are: what in the context supports them, and which of several
//! of one name is meant.

use super::extractor::{Found, Page};
use super::linking::FullNames;
use super::ordinary::{class, joined_to_word, placed};
use super::overlap::Candidate;
use super::support::{named_on, next_entities};
use crate::lexicon::{EntityType, WordClass};
use crate::segment::clitics;
use crate::text::letters::is_mark;

/// Whether enough supports a place: a word that is rare outside names asks for one witness, an
/// ordinary one («في العين») for two.
pub(super) fn place(
    page: &Page<'_>,
    full: &FullNames,
    e: u32,
    c: &Candidate,
    later: &[Candidate],
    found: &[Found],
) -> bool {
    let entry = &page.lexicon.entries()[e as usize];
    let cell = &page.cells[c.first];
    let before = page.before(c.first);
    let before_is = |class| before.is_some_and(|b| page.cells[b].is(class));
    let given = WordClass::GIVEN.or(WordClass::GIVEN_OR_WORD);
    let single = c.end == c.first + 1;
    let ordinary = single && class(page, c).any(WordClass::COMMON) || class(page, c).any(given);
    if named_on(page, c, later) {
        return false;
    }
    let beside = found.last().is_some_and(|f| {
        let joined = c.cut > 0 || !ordinary;
        f.entity_type == EntityType::Loc
            && (f.end == c.first && joined
                || f.end + 1 == c.first && matches!(page.word(f.end), "،" | "," | "و" | "-" | "–"))
    });
    // مالي وبوركينا فاسو: a place goes on.
    let joined = next_entities(page, c, later).any(|(n, _, next)| {
        next.cut > 0 && page.lexicon.entries()[n as usize].entity_type == EntityType::Loc
    });
    // «قبلي : القبض على مهرب»
    let heads = before.is_none() && page.after(c.end - 1).is_some_and(|n| page.word(n) == ":");
    if before.is_some_and(|b| headed(page, b)) || beside || joined || heads {
        return true;
    }
    // «البطاقات الزرقاء»
    let attribute = c.cut == 0
        && cell.definite
        && before.is_some_and(|b| {
            page.cells[b].definite && page.cells[b].is(WordClass::COMMON) && !headed(page, b)
        });
    // «في حواره» is no حوارة.
    let written = page.spans(c.first, c.end, c.cut).1.of(page.text);
    let pronoun = single && written.ends_with('ه') && entry.name.ends_with('ة');
    if attribute || pronoun || ordinary && joined_to_word(page, c) || adjectival(page, c, ordinary)
    {
        return false;
    }
    let attached = c.cut > 0 && page.word(c.first)[..c.cut].ends_with(['ب', 'ل']);
    let preposition = before_is(WordClass::PLACE_CUE) || attached;
    // «أعلنت مالي»: a state acts, and its verb is feminine.
    let acts =
        c.cut == 0 && entry.subtype == "country" && before.is_some_and(|b| feminine_verb(page, b));
    // «أمير قطر», but not «الرئيس بخاري».
    let office = !(ordinary || full.sport && rivalled(page, c))
        && before.is_some_and(|b| page.cells[b].is(WordClass::TITLE) && !page.cells[b].definite);
    // Of a town that shares its name with a club, football tells nothing.
    let apart = ordinary || !full.sport && !rivalled(page, c);
    let home = page.kin[e as usize].is_some_and(|k| {
        full.has_kin(k.code) && (k.national || apart) || ordinary && full.weight(k.code) >= 2
    });
    // «عين اليوم – عمان»
    let dateline = c.cut == 0
        && before.is_some_and(|b| matches!(page.word(b), "-" | "–" | "—"))
        && page
            .after(c.end - 1)
            .is_none_or(|n| matches!(page.word(n), "-" | "–" | "—" | ":"));
    let witnesses = usize::from(preposition || office || dateline)
        + 2 * usize::from(acts)
        + usize::from(full.has(e)) * (1 + usize::from(cell.definite))
        + usize::from(home);
    // «في الخبر» is ordinary too, «في مالي» hardly.
    let like = page.word(c.first)[..c.cut].ends_with('ك');
    let word = ordinary && (cell.definite || attached || !preposition || !ends(page, c));
    let wanted = 1 + usize::from(word || like);
    witnesses >= wanted || marked(page, e, c)
}

/// Whether the spelling is another entity's too.
fn rivalled(page: &Page<'_>, c: &Candidate) -> bool {
    page.matcher.outputs(c.node).len() > 1
}

/// Behind a word for a kind of place, whether part of its name or not: مدينة, ميناء.
fn headed(page: &Page<'_>, at: usize) -> bool {
    let cell = &page.cells[at];
    let word = page.word(at);
    cell.is(WordClass::PLACE_KIND)
        || cell.is(WordClass::BODY)
            && !cell.definite
            && clitics::analyses(word)
                .find_map(|a| page.lexicon.words().subtypes.get(&word[a.prefix..]))
                .is_some_and(|subtype| subtype == "place")
}

/// Behind a noun that it can be the adjective of: «دعم مالي».
fn adjectival(page: &Page<'_>, c: &Candidate, ordinary: bool) -> bool {
    ordinary
        && c.cut == 0
        && !page.cells[c.first].definite
        && page.word(c.first).ends_with('ي')
        && page.before(c.first).is_some_and(|b| {
            let noun = &page.cells[b];
            noun.class.any(WordClass::COMMON.or(WordClass::TITLE))
                && !noun.definite
                && !page.word(b).ends_with(['ه', 'ت'])
                && !noun.is(WordClass::STOP.or(WordClass::VERB).or(WordClass::PLACE_CUE))
        })
}

/// Whether no indefinite noun or adjective goes on after an indefinite word: «في معان سامية».
fn ends(page: &Page<'_>, c: &Candidate) -> bool {
    page.after(c.end - 1).is_none_or(|n| {
        let next = &page.cells[n];
        let noun = WordClass::COMMON.or(WordClass::GIVEN_OR_WORD);
        // A feminine that no list has is no less an adjective.
        let adjective = next.class == WordClass::default()
            && next.stem_class == WordClass::default()
            && page.word(n).ends_with('ه')
            && !page.word(n).starts_with("ال");
        !next.class.any(noun) && !adjective
            || next
                .class
                .any(WordClass::STOP.or(WordClass::VERB).or(WordClass::PLACE_CUE))
    })
}

/// «انتخبت», «أعلنت»: a verb in the past, feminine as states are.
fn feminine_verb(page: &Page<'_>, i: usize) -> bool {
    let word = page.word(i);
    let cell = &page.cells[i];
    word.ends_with('ت')
        && (cell.is(WordClass::VERB)
            || cell.class.any(WordClass::COMMON)
                && !cell.definite
                && word.chars().nth(4).is_some()
                && !word.ends_with("ات")
                && !word.ends_with("يت")
                && !word.ends_with("وت"))
}

/// Whether it is written with the vowel marks that part it from its like: عُمان and عمّان.
fn marked(page: &Page<'_>, e: u32, c: &Candidate) -> bool {
    let written = page.spans(c.first, c.end, c.cut).1.of(page.text);
    written.contains(is_mark)
        && page.lexicon.entries()[e as usize]
            .aliases
            .iter()
            .any(|alias| alias.trim_start_matches('?') == written)
}

/// How likely one of several entities of one spelling is meant: the one spoken of before, the one
/// written with these vowel marks, the one of the article's country, a country among countries.
pub(super) fn likelihood(
    page: &Page<'_>,
    full: &FullNames,
    e: u32,
    c: &Candidate,
    found: &[Found],
) -> u32 {
    let entry = &page.lexicon.entries()[e as usize];
    let place = entry.entity_type == EntityType::Loc;
    let among = place
        && entry.subtype == "country"
        && found
            .last()
            .is_some_and(|f| f.entity_type == EntityType::Loc && f.end == c.first && c.cut > 0);
    let kind = page.before(c.first).is_some_and(|b| {
        if place {
            headed(page, b)
        } else {
            page.cells[b].is(WordClass::KIND)
        }
    });
    let country = page.kin[e as usize].map_or(0, |k| full.weight(k.code).min(99));
    // Football speaks of the club, unless a place is asked for.
    let club =
        matches!(entry.subtype.as_str(), "club" | "federation") && full.sport && !placed(page, c);
    2000 * u32::from(kind)
        + 300 * u32::from(club)
        + 1000 * u32::from(marked(page, e, c))
        + 500 * u32::from(full.has(e))
        + 100 * u32::from(among)
        + country
}
