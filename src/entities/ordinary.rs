//! What shows that a word which is also a name is the ordinary word: how it is written, what it
//! is joined to, a set expression around it.

use super::extractor::Page;
use super::overlap::Candidate;
use crate::lexicon::{EntityType, Entry, Output, WordClass};
use crate::text::letters::is_arabic_letter;

/// Whether a single word is not the name of `entry`, for all that its spelling says.
pub(super) fn ordinary_word(page: &Page<'_>, c: &Candidate, entry: &Entry) -> bool {
    let spelled = matches!(
        entry.entity_type,
        EntityType::Loc | EntityType::Org | EntityType::Misc
    );
    spelled
        && c.end == c.first + 1
        && (nunated(page, c.first)
            || hamza(page, c, entry)
            || described(page, c) && !(entry.entity_type == EntityType::Loc && placed(page, c)))
}

/// What a candidate's first word can be, its proclitics aside.
pub(super) fn class(page: &Page<'_>, c: &Candidate) -> WordClass {
    let cell = &page.cells[c.first];
    if c.cut == 0 {
        cell.class
    } else {
        cell.stem_class
    }
}

/// Where the longest set expression of a group ends; «حركة حماس الجماهير» holds none.
pub(super) fn expression(page: &Page<'_>, group: &[Candidate]) -> Option<usize> {
    let headed = group
        .first()
        .and_then(|c| page.before(c.first))
        .is_some_and(|b| page.cells[b].is(WordClass::BODY.or(WordClass::KIND)));
    if headed {
        return None;
    }
    group
        .iter()
        .filter(|c| page.matcher.outputs(c.node).contains(&Output::Expression))
        .map(|c| c.end)
        .max()
}

/// Nouns alone take tanwin: كوباً is a cup.
fn nunated(page: &Page<'_>, i: usize) -> bool {
    page.cells[i]
        .span
        .of(page.text)
        .contains(['\u{064B}', '\u{064C}', '\u{064D}'])
}

/// A hamza is left out, but not put in: فأس is no فاس.
fn hamza(page: &Page<'_>, c: &Candidate, entry: &Entry) -> bool {
    const ON_ALEF: [char; 3] = ['أ', 'إ', 'آ'];
    let written = page.spans(c.first, c.end, c.cut).1.of(page.text);
    // The article may have lost its alef: للإمارات.
    let article = if entry.name.starts_with("ال") {
        1 + usize::from(!written.starts_with('ل'))
    } else {
        0
    };
    let inner = |name: &str, article: usize| {
        name.chars()
            .filter(|c| is_arabic_letter(*c))
            .skip(article + 1)
            .any(|c| ON_ALEF.contains(&c))
    };
    inner(written, article)
        && !inner(&entry.name, 0)
        && !entry.aliases.iter().any(|alias| inner(alias, 0))
}

/// «على الراشد» without a title is no علي: some write the name so, but all the preposition.
pub(super) fn preposition(page: &Page<'_>, c: &Candidate) -> bool {
    c.end == c.first + 2
        && page.cells[c.first].span.of(page.text) == "على"
        && page.cells[c.first + 1].definite
        && page
            .before(c.first)
            .is_none_or(|b| !page.cells[b].is(WordClass::TITLE.or(WordClass::SAYS)))
}

/// An indefinite adjective follows: names are definite, «حماس كبير» is zeal. One that a definite
/// noun follows is a superlative or begins a construct.
fn described(page: &Page<'_>, c: &Candidate) -> bool {
    !page.cells[c.first].definite
        && page.after(c.first).is_some_and(|n| {
            page.cells[n].class.any(WordClass::ADJECTIVE)
                && page
                    .after(n)
                    .is_none_or(|m| !page.word(m).starts_with("ال"))
        })
}

/// Behind a word of place: «في حمص كبير».
pub(super) fn placed(page: &Page<'_>, c: &Candidate) -> bool {
    page.before(c.first)
        .is_some_and(|b| page.cells[b].is(WordClass::PLACE_CUE.or(WordClass::PLACE_KIND)))
}

/// A number counts or dates it: «25 ماي», «20 آب».
pub(super) fn numbered(page: &Page<'_>, c: &Candidate) -> bool {
    c.cut == 0
        && c.end == c.first + 1
        && !page.cells[c.first].definite
        && page
            .before(c.first)
            .is_some_and(|b| page.cells[b].kind.is_numeric())
}

/// A noun of doing and behind it what is done: «إن فتح معبر رفح», where the article has حركة فتح.
pub(super) fn deed(page: &Page<'_>, c: &Candidate) -> bool {
    let cell = &page.cells[c.first];
    let other = WordClass::STOP.or(WordClass::VERB).or(WordClass::ADJECTIVE);
    let noun = |i: usize| {
        let next = &page.cells[i];
        next.class.any(WordClass::COMMON) && !next.class.any(other) && !next.definite
    };
    c.end == c.first + 1
        && !cell.definite
        && class(page, c).any(WordClass::COMMON)
        && page.after(c.first).is_some_and(noun)
}

/// Joined to an ordinary indefinite noun by و or أو: «مالي وإداري», «بنين وبنات».
pub(super) fn joined_to_word(page: &Page<'_>, c: &Candidate) -> bool {
    let Some(n) = page.after(c.end - 1) else {
        return false;
    };
    // «بنين» و«بنات»
    let n = if page.cells[n].is_word() {
        n
    } else {
        let Some(n) = page.after(n) else { return false };
        n
    };
    let cell = &page.cells[n];
    // A verb may as well go on: «من مالي ويعاني».
    let verb = |stem: &str| stem.starts_with(['ي', 'ت', 'س']);
    page.word(n)
        .strip_prefix('و')
        .is_some_and(|stem| !verb(stem))
        && !cell.definite
        && cell.class == WordClass::default()
        && cell.stem_class == WordClass::COMMON
}
