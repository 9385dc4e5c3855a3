//! Bodies named as ordinary words are: newspapers, clubs, companies and armed groups, told by the
//! word before them, by quotation marks, and by what the article is about.

use super::extractor::{Found, Page};
use super::linking::FullNames;
use super::ordinary::class;
use super::overlap::Candidate;
use crate::lexicon::{EntityType, Entry, WordClass};
use crate::segment::clitics;

/// How many words of football make an article one about football.
const FOOTBALL: usize = 3;

/// Subtypes that the same words stand before.
#[derive(PartialEq, Clone, Copy)]
enum Family {
    Media,
    Clubs,
    Companies,
    Groups,
    Things,
    Other,
}

fn family(subtype: &str) -> Family {
    match subtype {
        "newspaper" | "media_agency" | "broadcaster" | "magazine" | "platform" | "media" => {
            Family::Media
        }
        "club" | "federation" => Family::Clubs,
        "company" | "bank" => Family::Companies,
        "party" | "armed_group" => Family::Groups,
        "thing" => Family::Things,
        _ => Family::Other,
    }
}

/// Whether the article is about football.
pub(super) fn about_football(page: &Page<'_>) -> bool {
    let words = page.cells.iter().filter(|c| c.is(WordClass::SPORT));
    words.take(FOOTBALL).count() == FOOTBALL
}

/// Whether the context supports a body.
pub(super) fn body(
    page: &Page<'_>,
    full: &FullNames,
    e: u32,
    c: &Candidate,
    found: &[Found],
) -> bool {
    let entry = &page.lexicon.entries()[e as usize];
    let own = family(&entry.subtype);
    let kind = WordClass::KIND.or(WordClass::BODY);
    let before = page.before(c.first);
    let ordinary = c.end == c.first + 1
        && class(page, c).any(
            WordClass::COMMON
                .or(WordClass::STOP)
                .or(WordClass::GIVEN)
                .or(WordClass::GIVEN_OR_WORD),
        );
    // «كسبا» is no «كـ سبأ».
    if page.word(c.first)[..c.cut].ends_with('ك') {
        return false;
    }
    // «الحياة» goes on as a newspaper in quotation marks alone.
    let free = !ordinary || own != Family::Media || entry.subtype == "media_agency";
    if full.has(e) && (free || quoted_behind(page, c, |_| true)) {
        return true;
    }
    // «وكالة الأنباء الروسية تاس»
    let noun = match found.last() {
        Some(f) if f.end == c.first && f.entity_type == EntityType::Norp => page.before(f.first),
        _ => before,
    };
    let behind_agency = noun.is_some_and(|b| {
        matches!(page.word(b), "انباء" | "الانباء")
            && page.before(b).is_some_and(|b| page.cells[b].is(kind))
    });
    // «وكالة الأنباء الروسية» names no newspaper.
    let agency =
        page.word(c.first) == "الانباء" && before.is_some_and(|b| page.word(b).contains("وكال"));
    // الحزب الديمقراطي, where the article is about its country.
    let at_home = page.kin[e as usize].is_some_and(|k| full.has_kin(k.code))
        && c.end > c.first + 1
        && matches!(
            entry.subtype.as_str(),
            "party" | "parliament" | "government" | "court" | "ministry" | "agency"
        );
    // «وأضافت تاس»
    let told =
        !ordinary && own != Family::Clubs && c.cut == 0 && before.is_some_and(|b| tells(page, b));
    // «قال لتاس»
    let addressed = entry.subtype == "media_agency"
        && !ordinary
        && page.word(c.first)[..c.cut].ends_with('ل')
        && said_before(page, c.first);
    // An ordinary word in quotation marks may be a slogan, any other is a name.
    let marked = !ordinary && quoted_behind(page, c, |_| true);
    !agency
        && (before.is_some_and(|b| headed(page, b, own))
            || behind_agency
            || at_home
            || told
            || marked
            || addressed
            || own == Family::Media && dateline(page, c, found)
            || entry.subtype == "club" && plays(page, full, c, found)
            || quoted(page, c, kind)
            || quoted_behind(page, c, |b| {
                // «وكالة الأنباء السعودية (واس)»
                let named = found.last().is_some_and(|f| {
                    f.end == b + 1 && (f.first..f.end).any(|i| page.word(i).ends_with("انباء"))
                });
                named || tells(page, b) || cue(page, b) == Some(own)
            }))
}

/// Whether the context supports a storm, a currency, a weapon, a treaty: in quotation marks, or
/// behind the word for it.
pub(super) fn thing(page: &Page<'_>, full: &FullNames, e: u32, c: &Candidate) -> bool {
    full.has(e)
        || page
            .before(c.first)
            .is_some_and(|b| cue(page, b) == Some(Family::Things))
        || quoted(page, c, WordClass::KIND)
        || c.end > c.first + 1 && quoted_behind(page, c, |_| true)
}

/// Whether a medium is meant whatever else the spelling names: «صحيفة الرياض», «قال لـ"الرياض"».
pub(super) fn medium(page: &Page<'_>, c: &Candidate, entry: &Entry) -> bool {
    let media = |b: usize| page.cells[b].is(WordClass::KIND) && kind(page, b) == Family::Media;
    entry.entity_type == EntityType::Org
        && family(&entry.subtype) == Family::Media
        && c.cut == 0
        && (page.before(c.first).is_some_and(media)
            || quoted_behind(page, c, |b| page.word(b) == "ل" || media(b)))
}

/// Whether the word at `at` heads or introduces a body of this family: no newspaper is a نادي.
fn headed(page: &Page<'_>, at: usize, own: Family) -> bool {
    if page.cells[at].is(WordClass::KIND.or(WordClass::BODY)) {
        return match (own, kind(page, at)) {
            (Family::Other, _) => true,
            // «مستشفى الخبر» is no newspaper, and «مدرسة النهضة» no party.
            (own, head) => own == head,
        };
    }
    cue(page, at) == Some(own)
}

/// The family of the bodies that a kind word heads.
fn kind(page: &Page<'_>, at: usize) -> Family {
    let word = page.word(at);
    clitics::analyses(word)
        .find_map(|a| page.lexicon.words().subtypes.get(&word[a.prefix..]))
        .map_or(Family::Other, |subtype| family(subtype))
}

/// The family of the bodies that a word stands before: مراسل, أسهم, مقاتلي.
fn cue(page: &Page<'_>, at: usize) -> Option<Family> {
    if !page.cells[at].is(WordClass::BODY_CUE) || page.cells[at].definite {
        return None;
    }
    let word = page.word(at);
    clitics::analyses(word)
        .find_map(|a| page.lexicon.words().cues.get(&word[a.prefix..]))
        .map(|subtype| family(subtype))
}

/// Whether someone says something, in the words before.
fn said_before(page: &Page<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at).any(|i| {
        page.cells[i].sentence == page.cells[at].sentence && page.cells[i].is(WordClass::SAYS)
    })
}

/// A verb of saying or doing in the feminine, as bodies have it: ذكرت, أعلنت.
fn tells(page: &Page<'_>, at: usize) -> bool {
    page.cells[at].is(WordClass::VERB) && page.word(at).ends_with('ت')
}

/// A club in an article about football, unless the word is the adjective of the noun before it:
/// «القطاع الأهلي».
fn plays(page: &Page<'_>, full: &FullNames, c: &Candidate, found: &[Found]) -> bool {
    let Some(b) = page.before(c.first) else {
        return full.sport;
    };
    let cell = &page.cells[b];
    let beside = found.last().is_some_and(|f| {
        f.entity_type == EntityType::Org && f.end + 1 >= c.first && (f.end < c.first || c.cut > 0)
    });
    let adjective = c.cut == 0
        && page.word(c.first).ends_with('ي')
        && cell.definite
        && !cell.is(WordClass::SPORT);
    let football = cell.is(WordClass::SPORT) && !cell.definite;
    // الاتحاد is the federation as well, and not told by football alone.
    let body = class(page, c).any(WordClass::ROLE.or(WordClass::TITLE));
    // «وقال سانتوس»: a man speaks.
    let speaks = cell.is(WordClass::SAYS) && c.cut == 0;
    football
        || full.sport && !speaks && !adjective && !body
        || beside && cue(page, b).is_none() && !cell.definite
}

/// «إسطنبول (الأناضول) –», «الرياض - واس:», «- سبق - الرياض», «2015 م واس»: the medium of an
/// article, beside the place it writes from or behind the date.
fn dateline(page: &Page<'_>, c: &Candidate, found: &[Found]) -> bool {
    let mark = |i: usize, marks: &str| {
        page.cells
            .get(i)
            .is_some_and(|x| !x.is_word() && marks.contains(x.span.of(page.text)))
    };
    let Some(open) = page.before(c.first) else {
        return false;
    };
    let behind_place = found
        .last()
        .is_some_and(|f| f.end == open && f.entity_type == EntityType::Loc);
    let dash = |i: usize| mark(i, "-–—");
    let ends = page.after(c.end - 1).is_none();
    let dated = ends && matches!(page.word(open), "م" | "ه");
    let free = !page.cells[c.first].class.any(WordClass::STOP);
    c.cut == 0
        && (mark(open, "(") && mark(c.end, ")") && behind_place
            || free && dash(open) && (dash(c.end) || ends)
            || free && mark(open, "-–—،,") && mark(c.end, "-–—:") && behind_place
            || dated)
}

/// In quotation marks, behind a word that says what it is.
fn quoted(page: &Page<'_>, c: &Candidate, kind: WordClass) -> bool {
    quoted_behind(page, c, |b| {
        // «قال لـ"عكاظ"».
        page.word(b) == "ل"
            || page.cells[b].is(kind)
            || page.before(b).is_some_and(|b| page.cells[b].is(kind))
    })
}

/// In quotation marks or brackets, behind a word for which `fits` holds.
fn quoted_behind(page: &Page<'_>, c: &Candidate, fits: impl Fn(usize) -> bool) -> bool {
    let mark = |i: usize| {
        page.cells.get(i).is_some_and(|cell| {
            matches!(
                cell.span.of(page.text),
                "\"" | "«" | "»" | "“" | "”" | "(" | ")" | "'"
            )
        })
    };
    page.before(c.first)
        .is_some_and(|open| mark(open) && mark(c.end) && page.before(open).is_some_and(fits))
}
