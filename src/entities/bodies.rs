//! Bodies and places no list knows, behind a word for their kind.

use std::cell::OnceCell;

use super::extractor::{Found, Page};
use super::forms::Begins;
use super::mention::FoundBy;
use super::names::{Name, given, strict};
use crate::lexicon::{EntityType, WordClass};
use crate::segment::TokenKind;

/// Words for a kind of body or place.
pub(super) const KINDS: WordClass = WordClass::BODY
    .or(WordClass::KIND)
    .or(WordClass::PLACE_KIND)
    .or(WordClass::NAMED_AFTER);

/// Bodies and places behind a word for their kind: صحيفة «فيلت», جامعة نانيانغ التكنولوجية.
pub(super) fn bodies(
    page: &Page<'_>,
    known: &[Found],
    people: &[Name],
    taken: &mut [bool],
) -> Vec<Name> {
    let mut names = Vec::new();
    for (head, cell) in page.cells.iter().enumerate() {
        if !cell.begins.may(Begins::BODY) || taken[head] || cell.definite {
            continue;
        }
        // مكتبه is his office; مكتبة a library.
        if page.word(head).ends_with('ه') && !cell.span.of(page.text).ends_with('ة') {
            continue;
        }
        let word = page.word(head);
        let (cut, class) = if cell.class.any(KINDS) {
            (0, cell.class)
        } else {
            let Some(behind) = page.behind_clitics(head, KINDS, false) else {
                continue;
            };
            // «قضت بسجن بولسونارو»: what is done to him, but «بسجن برج العرب».
            if cell.stem_class.any(WordClass::VERB) && !before_place(page, head, known) {
                continue;
            }
            (behind.prefix, cell.stem_class)
        };
        let subtype = page
            .lexicon
            .words()
            .subtypes
            .get(&word[cut..])
            .cloned()
            .unwrap_or_default();
        // «مدينة الملك فهد», but «ولاية الرئيس» is his term.
        let person = named_after(page, head, known, people)
            .filter(|_| !(subtype == "tournament" && stars(page, head)));
        let eponymous = !class.any(WordClass::PLACE_KIND) || &word[cut..] == "مدينه";
        let span = if let Some(person) = person.filter(|_| eponymous) {
            Some((head, adjectives(page, head, person, taken), cut))
        } else if class.any(WordClass::BODY) {
            body(page, head, known, taken).map(|end| (head, end, cut))
        } else if class.any(WordClass::NAMED_AFTER) {
            None
        } else {
            named(page, head, taken, class.any(WordClass::PLACE_KIND)).map(|(a, b)| (a, b, 0))
        };
        let Some((first, end, cut)) = span else {
            continue;
        };
        taken[first..end].fill(true);
        names.push(Name {
            first,
            end,
            cut,
            entity_type: match subtype.as_str() {
                "award" | "tournament" | "programme" => EntityType::Misc,
                "place" => EntityType::Loc,
                _ if class.any(WordClass::PLACE_KIND) => EntityType::Loc,
                _ => EntityType::Org,
            },
            subtype,
            found_by: FoundBy::Kind,
            of: None,
            key: OnceCell::new(),
        });
    }
    names
}

/// Whether a known place follows.
fn before_place(page: &Page<'_>, head: usize, known: &[Found]) -> bool {
    page.after(head)
        .and_then(|i| known.binary_search_by_key(&i, |f| f.first).ok())
        .is_some_and(|k| known[k].entity_type == EntityType::Loc && known[k].cut == 0)
}

/// «بطولة د. راشد الشمراني»: what follows is who plays in it.
fn stars(page: &Page<'_>, head: usize) -> bool {
    page.after(head)
        .is_some_and(|t| page.cells[t].kind == TokenKind::Abbreviation)
}

/// The end of the person, with a title, whose name a body bears: «مستشفى الملك فهد».
fn named_after(page: &Page<'_>, head: usize, known: &[Found], people: &[Name]) -> Option<usize> {
    let title = page.after(head).filter(|t| page.is(*t, WordClass::TITLE))?;
    let first = page.after(title)?;
    if let Ok(k) = known.binary_search_by_key(&first, |f| f.first) {
        let person = known[k].entity_type == EntityType::Per && known[k].cut == 0;
        return person.then_some(known[k].end);
    }
    let k = people.binary_search_by_key(&first, |n| n.first).ok()?;
    (people[k].cut == 0).then_some(people[k].end)
}

/// The end of a name that its head is part of: the head, a name, and adjectives that agree.
fn body(page: &Page<'_>, head: usize, known: &[Found], taken: &[bool]) -> Option<usize> {
    let i = page.after(head)?;
    let end = if let Ok(k) = known.binary_search_by_key(&i, |f| f.first) {
        let place = matches!(known[k].entity_type, EntityType::Loc | EntityType::Per);
        if !place || known[k].cut > 0 {
            return None;
        }
        known[k].end
    } else {
        let mut end = i;
        while end < page.cells.len()
            && end < i + 3
            && page.cells[end].sentence == page.cells[head].sentence
            && !taken[end]
            && (strict(page, end) || given(page, end))
        {
            end += 1;
        }
        if end == i {
            return None;
        }
        end
    };
    Some(adjectives(page, head, end, taken))
}

/// The end of a name with the definite adjectives behind it, التكنولوجية, and after them a purpose,
/// للاقتصاد.
fn adjectives(page: &Page<'_>, head: usize, mut end: usize, taken: &[bool]) -> usize {
    let most = end + 2;
    while let Some(cell) = page.cells.get(end) {
        let word = page.word(end);
        if !cell.is_word()
            || cell.sentence != page.cells[head].sentence
            || taken[end] && !word.starts_with("ال")
        {
            break;
        }
        let adjective = end < most
            && word.starts_with("ال")
            && (word.ends_with("يه") || word.ends_with('ي'))
            && !cell
                .class
                .any(WordClass::STOP.or(WordClass::VERB).or(WordClass::TITLE));
        let purpose = word.starts_with("لل") && cell.definite && !taken[end];
        if adjective || purpose {
            end += 1;
        }
        if purpose
            && page
                .cells
                .get(end)
                .is_some_and(|c| c.sentence == cell.sentence && c.definite)
            && page.word(end).starts_with("وال")
            && !taken[end]
        {
            end += 1;
        }
        if !adjective {
            break;
        }
    }
    end
}

/// The name behind a kind word that is not part of it: quoted, or a run of unknown words.
fn named(page: &Page<'_>, head: usize, taken: &[bool], place: bool) -> Option<(usize, usize)> {
    let mut i = page.after(head)?;
    if matches!(page.word(i), "انباء" | "الانباء" | "اخبار") {
        i = page.after(i)?;
    }
    let text = |i: usize| page.cells[i].span.of(page.text);
    let closing = match text(i) {
        "«" => "»",
        "\"" => "\"",
        "“" => "”",
        _ => "",
    };
    if !closing.is_empty() {
        // «معسكر "المغادرة"» is no place.
        if place {
            return None;
        }
        let first = page.after(i)?;
        let end = (first..page.cells.len().min(first + 6)).find(|&j| text(j) == closing)?;
        // A quotation may go on in the next line; a name does not.
        let sentence = page.cells[head].sentence;
        let part =
            |j: usize| !taken[j] && page.cells[j].is_word() && page.cells[j].sentence == sentence;
        let whole = end > first && (first..end).all(part);
        return whole.then_some((first, end));
    }
    let longest = if place { 2 } else { 3 };
    let mut end = i;
    while end < page.cells.len()
        && end < i + longest
        && page.cells[end].sentence == page.cells[head].sentence
        && !taken[end]
        && strict(page, end)
    {
        end += 1;
    }
    (end > i).then_some((i, end))
}
