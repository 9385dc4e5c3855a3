//! Bodies named as ordinary words are: newspapers, clubs, companies and armed groups, told by the
//! word before them, by quotation marks, and by what the article is about.

use super::extractor::{Found, Page};
use super::linking::FullNames;
use super::ordinary::class;
use super::overlap::Candidate;
use crate::lexicon::{EntityType, Entry, Output, Strength, WordClass};
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
    let heads = WordClass::KIND.or(WordClass::BODY);
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
    // «الحياة» goes on as a newspaper in quotation marks alone, and so does تداول as a company.
    let free = !ordinary
        || entry.subtype == "media_agency"
        || own != Family::Media && page.cells[c.first].definite;
    if full.has(e) && (free || in_quotes(page, c)) {
        return true;
    }
    // «وكالة الأنباء الروسية تاس»
    let noun = match found.last() {
        Some(f) if f.end == c.first && f.entity_type == EntityType::Norp => page.before(f.first),
        _ => before,
    };
    let behind_agency = noun.is_some_and(|b| {
        matches!(page.word(b), "انباء" | "الانباء")
            && page.before(b).is_some_and(|b| page.cells[b].is(heads))
    });
    // «وكالة الأنباء الروسية» names no newspaper.
    let agency =
        page.word(c.first) == "الانباء" && before.is_some_and(|b| page.word(b).contains("وكال"));
    // الحزب الديمقراطي, where the article is about its country.
    let at_home = page.kin[e as usize].is_some_and(|k| full.has_kin(k.code) && full.mainly(k.code))
        && c.end > c.first + 1
        && matches!(
            entry.subtype.as_str(),
            "party"
                | "parliament"
                | "government"
                | "court"
                | "ministry"
                | "agency"
                | "bank"
                | "army"
                | "ngo"
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
    let marked = !ordinary && in_quotes(page, c);
    // «موقع أمازون»
    let site = !ordinary
        && own == Family::Companies
        && before.is_some_and(|b| kind(page, b) == Some("platform"));
    !agency
        && (before.is_some_and(|b| headed(page, b, &entry.subtype))
            || site
            || behind_agency
            || at_home
            || told
            || marked
            || addressed
            || own == Family::Media && dateline(page, c, found)
            || entry.subtype == "club" && plays(page, full, c, found)
            || entry.subtype == "federation"
                && full.sport
                && before.is_some_and(|b| page.cells[b].is(WordClass::TITLE))
            || quoted(page, c, &entry.subtype)
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
        // «السوبر», where the article is about the football of its country.
        || full.sport
            && page.lexicon.entries()[e as usize].subtype == "tournament"
            && page.kin[e as usize].is_some_and(|k| full.mainly(k.code))
        || page
            .before(c.first)
            .is_some_and(|b| cue(page, b) == Some(Family::Things))
        || quoted(page, c, "thing")
        || c.end > c.first + 1 && in_quotes(page, c)
}

/// How surely a medium is meant whatever else the spelling names: «صحيفة الرياض», «قال لـ"الرياض"»;
/// most surely where it is of the very kind that is said.
pub(super) fn medium(page: &Page<'_>, c: &Candidate, entry: &Entry) -> u8 {
    if entry.entity_type != EntityType::Org || family(&entry.subtype) != Family::Media || c.cut > 0
    {
        return 0;
    }
    let said = |b: usize| match kind(page, b) {
        Some(head) if family(head) == Family::Media && suits(head, &entry.subtype) => {
            1 + u8::from(head == entry.subtype)
        }
        _ => 0,
    };
    let behind = page.before(c.first).map_or(0, said);
    let open = page.before(c.first).and_then(|open| page.before(open));
    let quoted = open
        .filter(|_| in_quotes(page, c))
        .map_or(0, |b| said(b).max(u8::from(page.word(b) == "ل")));
    behind.max(quoted)
}

/// Whether a kind word of subtype `head` can head a body of subtype `own`.
fn suits(head: &str, own: &str) -> bool {
    match (head, own) {
        // «مجلة المنار» is no broadcaster.
        ("newspaper" | "magazine", "broadcaster") | ("broadcaster", "newspaper" | "magazine") => {
            false
        }
        // «مستشفى الخبر» is no newspaper, and «مدرسة النهضة» no party.
        _ => family(own) == Family::Other || family(head) == family(own),
    }
}

/// Whether the word at `at` heads or introduces a body of this subtype.
fn headed(page: &Page<'_>, at: usize, own: &str) -> bool {
    kind(page, at).map_or_else(
        || cue(page, at) == Some(family(own)),
        |head| suits(head, own),
    )
}

/// The subtype of the bodies that a kind word heads.
fn kind<'p>(page: &'p Page<'_>, at: usize) -> Option<&'p str> {
    if !page.cells[at].is(WordClass::KIND.or(WordClass::BODY)) {
        return None;
    }
    let word = page.word(at);
    let subtype =
        clitics::analyses(word).find_map(|a| page.lexicon.words().subtypes.get(&word[a.prefix..]));
    Some(subtype.map_or("", |s| s.as_str()))
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
    if body
        && page
            .after(c.end - 1)
            .is_some_and(|n| page.word(n).starts_with("ال"))
    {
        return false;
    }
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
    let place = |i: usize| {
        let names = |output: &Output| {
            matches!(*output, Output::Entity(e, Strength::Full)
                if page.lexicon.entries()[e as usize].entity_type == EntityType::Loc)
        };
        let word = page.cells.get(i).and_then(|cell| cell.word);
        word.and_then(|id| page.matcher.start(id))
            .is_some_and(|node| page.matcher.outputs(node).iter().any(names))
    };
    let dated = ends && matches!(page.word(open), "م" | "ه");
    let free = !page.cells[c.first].class.any(WordClass::STOP);
    c.cut == 0
        && (mark(open, "(") && mark(c.end, ")") && behind_place
            || free && dash(open) && (dash(c.end) && place(c.end + 1) || ends)
            || free && mark(open, "-–—،,") && mark(c.end, "-–—:") && behind_place
            || dated)
}

/// In quotation marks, behind a word that says what it is.
fn quoted(page: &Page<'_>, c: &Candidate, own: &str) -> bool {
    let says = |b: usize| kind(page, b).is_some_and(|head| own == "thing" || suits(head, own));
    quoted_behind(page, c, |b| {
        // «قال لـ"عكاظ"».
        page.word(b) == "ل" || says(b) || page.before(b).is_some_and(says)
    })
}

/// In quotation marks or brackets, behind a word for which `fits` holds.
fn quoted_behind(page: &Page<'_>, c: &Candidate, fits: impl Fn(usize) -> bool) -> bool {
    let open = page.before(c.first).and_then(|open| page.before(open));
    in_quotes(page, c) && open.is_some_and(fits)
}

/// Between quotation marks or brackets.
fn in_quotes(page: &Page<'_>, c: &Candidate) -> bool {
    let mark = |i: usize| {
        page.cells.get(i).is_some_and(|cell| {
            matches!(
                cell.span.of(page.text),
                "\"" | "«" | "»" | "“" | "”" | "(" | ")" | "'"
            )
        })
    };
    page.before(c.first).is_some_and(mark) && mark(c.end)
}
