//! People no list knows: a run of words that may be a name, where a title or office, a verb of
//! saying or a given name shows that it is one.

use std::cell::OnceCell;

use super::cells::Cell;
use super::cues;
use super::extractor::{Found, Page};
use super::forms::Begins;
use super::mention::FoundBy;
use super::names::{Name, given, person, soft, strict, words};
use crate::lexicon::{EntityType, Output, Strength, WordClass, phonetic};

/// How many words a name may have, particles aside.
const LONGEST: usize = 5;

/// How many tokens it may have with them.
const TOKENS: usize = 3 * LONGEST;

/// علي that is على written with two dots: «علي التوالي».
fn misspelt(page: &Page<'_>, i: usize) -> bool {
    page.word(i) == "علي"
        && page.after(i).is_some_and(|n| {
            let next = &page.cells[n];
            next.definite && next.class.any(WordClass::COMMON)
        })
}

/// What follows بن, آل or أبو belongs to the name.
fn after_particle(page: &Page<'_>, i: usize) -> bool {
    i > 0
        && page.cells[i].is_word()
        && page.cells[i - 1].class.any(WordClass::PARTICLE)
        && matches!(
            page.word(i - 1),
            "بن" | "ابن" | "بنت" | "ال" | "ابو" | "ابي" | "ام" | "بو"
        )
}

/// A family name that is an ordinary word, الشريف, right behind a given name: one in ي, or one
/// behind which the name visibly ends.
fn family_word(page: &Page<'_>, i: usize, words: usize) -> bool {
    let cell = &page.cells[i];
    let word = page.word(i);
    let other = WordClass::STOP
        .or(WordClass::VERB)
        .or(WordClass::TITLE)
        .or(WordClass::ROLE);
    let ends = page.cells.get(i + 1).is_none_or(|n| {
        n.sentence != cell.sentence
            || !n.is_word()
            || n.class.any(WordClass::STOP.or(WordClass::VERB))
    });
    cell.is_word()
        && words <= 3
        && word.starts_with("ال")
        && (cell.class.any(WordClass::COMMON) || cell.class == WordClass::default())
        && !cell.class.any(other)
        && (given(page, i - 1) || servant(page, i - 1))
        && (word.ends_with('ي') || ends)
}

/// The second half of «عبد الله».
fn servant(page: &Page<'_>, i: usize) -> bool {
    page.cells[i].is_word() && page.cells[i].definite && i > 0 && page.word(i - 1).ends_with("عبد")
}

/// A run of words that may be a name.
struct Run {
    end: usize,
    cut: usize,
    /// Words that speak for a name by themselves.
    firm: usize,
    words: usize,
}

fn run(page: &Page<'_>, first: usize, taken: &[bool], known: &[Found]) -> Option<Run> {
    let mut cut = 0;
    let opens_given = given(page, first);
    if !opens_given {
        cut = given_behind_clitic(page, first).unwrap_or(0);
    }
    let opens_soft = soft(page, first) || short_word_name(page, first, taken);
    let opens = opens_given || cut > 0 || opens_soft || strict(page, first);
    if taken[first]
        || !opens
        || page.cells[first].class.any(WordClass::HONORIFIC)
        || misspelt(page, first)
    {
        return None;
    }
    let mut firm = usize::from(opens_given || cut > 0 || strict(page, first));
    let mut words = 1;
    let mut end = first + 1;
    while words < LONGEST + 1 && end < first + TOKENS {
        let mut i = end;
        if page.hyphen(i) {
            i += 1;
        }
        let Some(cell) = page.cells.get(i) else { break };
        if cell.sentence != page.cells[first].sentence {
            break;
        }
        let family_nationality = taken[i]
            && cell.definite
            && given(page, i - 1)
            && known.binary_search_by_key(&i, |f| f.first).is_ok_and(|k| {
                known[k].entity_type == EntityType::Norp
                    && known[k].end == i + 1
                    && known[k].cut == 0
                    && page.word(i).ends_with('ي')
            });
        let father =
            after_particle(page, i) && !page.cells[i].is(WordClass::STOP.or(WordClass::VERB));
        let another = words >= 2 && page.word(i).starts_with('و') && strict(page, i)
            || page.word(i).starts_with(['و', 'ف']) && given_behind_clitic(page, i).is_some()
            || joined(page, i);
        if another && !father {
            break;
        }
        let family = family_word(page, i, words);
        if family_nationality || father || (family && page.word(i).ends_with('ي')) {
            firm += 1;
        } else if family {
            // Only a title will tell that it is one.
        } else if taken[i] {
            break;
        } else if given(page, i) || strict(page, i) || servant(page, i) || surname(page, i) {
            firm += 1;
        } else if !soft(page, i) {
            break;
        }
        words += usize::from(!page.cells[i].class.any(WordClass::PARTICLE));
        end = i + 1;
    }
    // A particle cannot end a name.
    while end > first + 1
        && page.cells[end - 1].class.any(WordClass::PARTICLE)
        && !strict(page, end - 1)
        && !given(page, end - 1)
        && !servant(page, end - 1)
    {
        end -= 1;
    }
    // «عبد الله الجنيبي أمين السر»: a name that is also a title, and heads one here.
    while end > first + 2
        && soft(page, end - 1)
        && page.is(end - 1, WordClass::TITLE)
        && page.cells.get(end).is_some_and(|c| c.definite)
    {
        end -= 1;
        words -= 1;
    }
    // «قال نجاد علي ضرورة»: nor can على, written with two dots.
    let on = page.word(end - 1) == "علي" && !opens_given && end > first + 1;
    if on && page.cells.get(end).is_some_and(Cell::is_word) {
        end -= 1;
        words -= 1;
        firm -= 1;
    }
    // A known name that begins within is not parted.
    let within = known.partition_point(|f| f.end <= end);
    let end = known.get(within).map_or(end, |f| end.min(f.first));
    (firm > 0 && end > first).then_some(Run {
        end,
        cut,
        firm,
        words,
    })
}

/// هو, لي and the like open a name where two words that are no ordinary ones follow.
fn short_word_name(page: &Page<'_>, i: usize, taken: &[bool]) -> bool {
    page.cells[i].is_word()
        && matches!(
            page.word(i),
            "هو" | "لي" | "ما" | "شو" | "لو" | "سو" | "هي" | "يي"
        )
        && (1..=2).all(|k| {
            page.cells
                .get(i + k)
                .is_some_and(|c| c.sentence == page.cells[i].sentence)
                && !taken[i + k]
                && strict(page, i + k)
                && !page.cells[i + k].definite
        })
}

/// The family name of someone the lexicon knows.
fn surname(page: &Page<'_>, i: usize) -> bool {
    let cell = &page.cells[i];
    let person = |output: &Output| {
        matches!(*output, Output::Entity(e, Strength::Short)
            if page.lexicon.entries()[e as usize].entity_type == EntityType::Per)
    };
    !cell
        .class
        .any(WordClass::COMMON.or(WordClass::STOP).or(WordClass::VERB))
        && cell
            .word
            .and_then(|id| page.matcher.start(id))
            .is_some_and(|node| page.matcher.outputs(node).iter().any(person))
}

/// «بوش وبلير», «عثمان والمنصورة»: what follows و is a name of its own.
fn joined(page: &Page<'_>, i: usize) -> bool {
    let names = |word: &str| {
        page.matcher
            .word(word)
            .is_some_and(|id| page.matcher.start(id).is_some())
    };
    let word = page.word(i);
    word.strip_prefix('و')
        .is_some_and(|stem| stem.starts_with("ال") || !names(word) && names(stem))
}

/// A given name that is also a word, and behind it a family name: «قالت أمل الحارثي»,
/// «نور الهباشي».
fn soft_given(page: &Page<'_>, first: usize, r: &Run) -> bool {
    let family = r.end - 1;
    // «أسماء الله الحسنى», «بيان النعي»
    let nisba = page.word(family).starts_with("ال")
        && page.cells[family].span.of(page.text).ends_with('ي')
        && page.word(family).chars().nth(5).is_some();
    let said = page
        .before(first)
        .is_some_and(|b| page.cells[b].is(WordClass::SAYS))
        && (page.word(family).starts_with("ال") || !page.cells[family].definite);
    let named = page.cells[first].class.any(WordClass::GIVEN_OR_WORD)
        && !page.cells[first].class.any(WordClass::STOP)
        && r.firm >= 1;
    named && (strict(page, family) && (nisba || said) || said && given(page, family))
}

fn given_behind_clitic(page: &Page<'_>, i: usize) -> Option<usize> {
    if page.cells[i].class != WordClass::default() {
        return None;
    }
    page.behind_clitics(i, WordClass::GIVEN, false)
        .map(|a| a.prefix)
}

pub(super) fn people(page: &Page<'_>, known: &[Found], taken: &mut [bool]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut i = 0;
    while let Some(cell) = page.cells.get(i) {
        if !cell.begins.may(Begins::PERSON) || taken[i] {
            i += 1;
            continue;
        }
        let Some(r) = run(page, i, taken, known) else {
            i += 1;
            continue;
        };
        let accepted = accept(page, i, &r, known).or_else(|| otherwise_spelled(page, i, &r));
        if let Some((end, found_by)) = accepted {
            taken[i..end].fill(true);
            names.push(Name {
                first: i,
                end,
                cut: r.cut,
                entity_type: EntityType::Per,
                subtype: String::new(),
                found_by,
                of: None,
                key: OnceCell::new(),
            });
            i = end;
        } else {
            i = r.end;
        }
    }
    names
}

/// The full name of a person the lexicon has, in another spelling, shows itself.
fn otherwise_spelled(page: &Page<'_>, first: usize, r: &Run) -> Option<(usize, FoundBy)> {
    if r.words < 2 {
        return None;
    }
    let key = phonetic::key(&words(page, first, r.end, r.cut), page.matcher);
    person(page, &key).map(|_| (r.end, FoundBy::Spelling))
}

/// What shows that a run is a person's name, if anything does, and where the name ends.
fn accept(page: &Page<'_>, first: usize, r: &Run, known: &[Found]) -> Option<(usize, FoundBy)> {
    let at = known.partition_point(|f| f.first < first);
    let floor = known[..at]
        .iter()
        .rev()
        .take_while(|f| f.end + cues::LONGEST >= first)
        .find(|f| f.entity_type == EntityType::Per)
        .map_or(0, |f| f.end);
    let title = cues::before(page, first, floor, known);
    let several = r.words >= 2;
    if let Some((head, end)) = title {
        let adjacent = end == first && head + 1 == first;
        let honoured = page.is(head, WordClass::HONORIFIC);
        let family = r.firm == 1 && !given(page, first) && r.cut == 0;
        if several && r.firm >= 1 || (adjacent && honoured && family) {
            return Some((r.end, FoundBy::Title));
        }
    }
    if !several {
        return None;
    }
    let opens = page.cells[first].class;
    // «لم تأمر»: a verb that folds to a given name.
    let negated = page
        .before(first)
        .is_some_and(|b| matches!(page.word(b), "لم" | "لن" | "قد" | "سوف" | "كي" | "لكي"));
    if (opens.any(WordClass::GIVEN) || r.cut > 0) && r.firm >= 2 && !negated {
        return Some((r.end, FoundBy::Given));
    }
    if soft_given(page, first, r) && !negated {
        return Some((r.end, FoundBy::Given));
    }
    if r.firm < 2 || page.cells[first].definite {
        return None;
    }
    let said = page
        .before(first)
        .is_some_and(|b| page.cells[b].is(WordClass::SAYS));
    let apposed = page.cells.get(r.end).is_some_and(|c| {
        let comma = matches!(c.span.of(page.text), "،" | ",");
        let head = if comma { r.end + 1 } else { r.end };
        page.cells.get(head).is_some_and(|h| {
            h.sentence == page.cells[first].sentence && h.definite && h.class.any(WordClass::TITLE)
        })
    });
    if apposed || cues::introduced(page, first).is_some_and(|head| head >= floor) {
        return Some((r.end, FoundBy::Title));
    }
    said.then_some((r.end, FoundBy::Verb))
}
