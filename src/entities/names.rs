//! Names no list knows: a run of words that are no ordinary words, where something shows a name
//! is meant: a title or office, a verb of saying, a given name, a word for a kind of body or
//! place. A name found once is then found everywhere in the article, and its last part too.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::cells::Cell;
use super::extractor::{Found, Page};
use super::linking::Registry;
use super::mention::{EntityRef, FoundBy};
use super::roles;
use crate::lexicon::{EntityType, WordClass};
use crate::segment::clitics;
use crate::text::letters::is_arabic_letter;

/// How many words a name may have, particles aside.
const LONGEST: usize = 5;

const NOT_A_NAME: WordClass = WordClass::STOP
    .or(WordClass::VERB)
    .or(WordClass::TITLE)
    .or(WordClass::ROLE)
    .or(WordClass::COMMON)
    .or(WordClass::BODY)
    .or(WordClass::KIND)
    .or(WordClass::PLACE_KIND);

/// Finds the names that no list knows and adds them to what was found.
pub(super) fn unknown(page: &Page<'_>, registry: &mut Registry, found: &mut Vec<Found>) {
    let mut taken = vec![false; page.cells.len()];
    for f in found.iter() {
        taken[f.first..f.end].fill(true);
    }
    let known = found.clone();
    let mut new = people(page, &known, &mut taken);
    new.extend(bodies(page, &known, &mut taken));
    repeats(page, &mut new, &mut taken);
    surnames(page, &known, &mut new, &mut taken);

    // A nationality that turned out to be a family name gives way.
    found.retain(|f| !new.iter().any(|n| n.first <= f.first && f.end <= n.end));
    let mut names: HashMap<String, u32, RandomState> = HashMap::default();
    new.sort_by_key(|n| (n.of.is_some(), n.first));
    for n in &new {
        let key = n.of.clone().unwrap_or_else(|| key(page, n));
        let entity = *names.entry(key).or_insert_with_key(|key| {
            let (_, span) = page.spans(n.first, n.end, n.cut);
            registry.number(EntityRef::Named {
                entity_type: n.entity_type,
                subtype: n.subtype.clone(),
                key: key.clone(),
                name: span
                    .of(page.text)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            })
        });
        found.push(Found {
            first: n.first,
            end: n.end,
            cut: n.cut,
            entity,
            entity_type: n.entity_type,
            by: n.found_by,
        });
    }
}

#[derive(Debug, Clone)]
struct Name {
    first: usize,
    end: usize,
    cut: usize,
    entity_type: EntityType,
    subtype: String,
    found_by: FoundBy,
    /// The key of the full name that a short one stands for.
    of: Option<String>,
}

fn key(page: &Page<'_>, n: &Name) -> String {
    let mut key = page.word(n.first)[n.cut..].to_owned();
    for i in n.first + 1..n.end {
        key.push(' ');
        key.push_str(page.word(i));
    }
    key
}

/// A word that no list has: nothing speaks against its being part of a name.
pub(super) fn strict(page: &Page<'_>, i: usize) -> bool {
    let cell = &page.cells[i];
    let word = page.word(i);
    cell.is_word()
        && word.starts_with(is_arabic_letter)
        && word.chars().nth(1).is_some()
        && !cell.is(NOT_A_NAME
            .or(WordClass::GIVEN_OR_WORD)
            .or(WordClass::PARTICLE))
        && !inflected(page, word)
}

/// An ordinary word with a pronoun or an ending on it.
fn inflected(page: &Page<'_>, word: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "ها", "هم", "هما", "هن", "نا", "كم", "ه", "ا", "ات", "ون", "ين", "ان", "يه", "يا", "تها",
        "ته",
    ];
    let common = |w: &str| {
        w.chars().nth(2).is_some()
            && page.matcher.word(w).is_some_and(|id| {
                let class = page.matcher.class(id);
                class.any(WordClass::COMMON.or(WordClass::STOP))
            })
    };
    let known =
        |stem: &str| common(stem) || common(&format!("{stem}ه")) || common(&format!("ال{stem}"));
    clitics::analyses(word).any(|a| {
        let stem = word[a.prefix..].trim_start_matches("ال");
        let long = stem.chars().nth(3).is_some();
        // لقلب is ل + قلب; but names like بيري are not ب + يري.
        let short = matches!(stem.chars().count(), 3) && !stem.starts_with('ي');
        (a.prefix > 0 && (long && known(stem) || short && common(stem)))
            || ENDINGS.iter().any(|e| {
                stem.strip_suffix(e).is_some_and(|s| {
                    s.chars().nth(2 + usize::from(a.prefix > 0)).is_some() && known(s)
                })
            })
    })
}

fn given(page: &Page<'_>, i: usize) -> bool {
    page.cells[i].is_word() && page.cells[i].class.any(WordClass::GIVEN)
}

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
        && cell.class.any(WordClass::COMMON)
        && !cell.class.any(other)
        && given(page, i - 1)
        && (word.ends_with('ي') || ends)
}

/// The second half of «عبد الله».
fn servant(page: &Page<'_>, i: usize) -> bool {
    page.cells[i].is_word() && page.cells[i].definite && i > 0 && page.word(i - 1).ends_with("عبد")
}

fn soft(page: &Page<'_>, i: usize) -> bool {
    let cell = &page.cells[i];
    cell.is_word()
        && cell
            .class
            .any(WordClass::GIVEN_OR_WORD.or(WordClass::PARTICLE))
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
    while words < LONGEST + 1 {
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
            || page.word(i).starts_with(['و', 'ف']) && given_behind_clitic(page, i).is_some();
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
        } else if given(page, i) || strict(page, i) || servant(page, i) {
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

fn given_behind_clitic(page: &Page<'_>, i: usize) -> Option<usize> {
    let word = page.word(i);
    if page.cells[i].class != WordClass::default() {
        return None;
    }
    clitics::analyses(word)
        .filter(|a| a.prefix > 0 && !a.article)
        .find(|a| {
            page.matcher
                .word(&word[a.prefix..])
                .is_some_and(|id| page.matcher.class(id).any(WordClass::GIVEN))
        })
        .map(|a| a.prefix)
}

fn people(page: &Page<'_>, known: &[Found], taken: &mut [bool]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut i = 0;
    while i < page.cells.len() {
        if taken[i] || page.skipped(i) {
            i += 1;
            continue;
        }
        let Some(r) = run(page, i, taken, known) else {
            i += 1;
            continue;
        };
        if let Some((end, found_by)) = accept(page, i, &r, known) {
            taken[i..end].fill(true);
            names.push(Name {
                first: i,
                end,
                cut: r.cut,
                entity_type: EntityType::Per,
                subtype: String::new(),
                found_by,
                of: None,
            });
            i = end;
        } else {
            i = r.end;
        }
    }
    names
}

/// What shows that a run is a person's name, if anything does, and where the name ends.
fn accept(page: &Page<'_>, first: usize, r: &Run, known: &[Found]) -> Option<(usize, FoundBy)> {
    let at = known.partition_point(|f| f.first < first);
    let floor = known[..at]
        .iter()
        .rev()
        .find(|f| f.entity_type == EntityType::Per)
        .map_or(0, |f| f.end);
    let title = roles::before(page, first, floor, known);
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
    if apposed {
        return Some((r.end, FoundBy::Title));
    }
    said.then_some((r.end, FoundBy::Verb))
}

/// Bodies and places behind a word for their kind: صحيفة «فيلت», جامعة نانيانغ التكنولوجية.
fn bodies(page: &Page<'_>, known: &[Found], taken: &mut [bool]) -> Vec<Name> {
    let mut names = Vec::new();
    let kinds = WordClass::BODY
        .or(WordClass::KIND)
        .or(WordClass::PLACE_KIND);
    for head in 0..page.cells.len() {
        let cell = &page.cells[head];
        if taken[head] || page.skipped(head) || !cell.is(kinds) || cell.definite {
            continue;
        }
        // مكتبه is his office; مكتبة a library.
        if page.word(head).ends_with('ه') && !cell.span.of(page.text).ends_with('ة') {
            continue;
        }
        let word = page.word(head);
        let (cut, class) = if cell.class.any(kinds) {
            (0, cell.class)
        } else {
            let Some(cut) = clitics::analyses(word)
                .filter(|a| a.prefix > 0 && !a.article)
                .find(|a| {
                    page.matcher
                        .word(&word[a.prefix..])
                        .is_some_and(|id| page.matcher.class(id).any(kinds))
                })
                .map(|a| a.prefix)
            else {
                continue;
            };
            (cut, cell.stem_class)
        };
        let subtype = page
            .lexicon
            .words()
            .subtypes
            .get(&word[cut..])
            .cloned()
            .unwrap_or_default();
        let span = if class.any(WordClass::BODY) {
            body(page, head, known, taken).map(|end| (head, end, cut))
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
            entity_type: if class.any(WordClass::PLACE_KIND) || subtype == "place" {
                EntityType::Loc
            } else {
                EntityType::Org
            },
            subtype,
            found_by: FoundBy::Kind,
            of: None,
        });
    }
    names
}

/// The end of a name that its head is part of: the head, a name, and adjectives that agree.
fn body(page: &Page<'_>, head: usize, known: &[Found], taken: &[bool]) -> Option<usize> {
    let mut i = page.after(head)?;
    // «مستشفى الملك فهد»: the title is of the name here.
    let titled = page.is(i, WordClass::TITLE)
        && page.after(i).is_some_and(|n| {
            known
                .binary_search_by_key(&n, |f| f.first)
                .is_ok_and(|k| known[k].entity_type == EntityType::Per)
        });
    i += usize::from(titled);
    let mut end = if let Ok(k) = known.binary_search_by_key(&i, |f| f.first) {
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
    // Definite adjectives end the name, التكنولوجية, and after them a purpose, للاقتصاد.
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
    Some(end)
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
        let whole = end > first && (first..end).all(|j| !taken[j] && page.cells[j].is_word());
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

/// Finds each full name again wherever the article has it.
fn repeats(page: &Page<'_>, names: &mut Vec<Name>, taken: &mut [bool]) {
    let mut by_first: HashMap<&str, Vec<usize>, RandomState> = HashMap::default();
    for (n, name) in names.iter().enumerate() {
        let firsts = by_first
            .entry(&page.word(name.first)[name.cut..])
            .or_default();
        let again = firsts.iter().any(|&m| {
            names[m].end - names[m].first == name.end - name.first
                && key(page, &names[m]) == key(page, name)
        });
        if !again {
            firsts.push(n);
        }
    }
    let mut new = Vec::new();
    for i in 0..page.cells.len() {
        if taken[i] || !page.cells[i].is_word() || page.skipped(i) {
            continue;
        }
        let word = page.word(i);
        let hit = clitics::analyses(word)
            .filter(|a| !a.article)
            .find_map(|a| {
                let n = by_first
                    .get(&word[a.prefix..])?
                    .iter()
                    .copied()
                    .find(|&n| {
                        let name = &names[n];
                        let len = name.end - name.first;
                        len > 1
                            && i + len <= page.cells.len()
                            && (1..len).all(|k| {
                                !taken[i + k]
                                    && page.cells[i + k].sentence == page.cells[i].sentence
                                    && page.word(i + k) == page.word(name.first + k)
                            })
                    })?;
                Some((n, a.prefix))
            });
        if let Some((n, cut)) = hit {
            let end = i + names[n].end - names[n].first;
            taken[i..end].fill(true);
            new.push(Name {
                first: i,
                end,
                cut,
                found_by: FoundBy::Repeat,
                of: Some(key(page, &names[n])),
                ..names[n].clone()
            });
        }
    }
    names.extend(new);
}

/// Finds people by the last part of their name, where it is no ordinary word.
fn surnames(page: &Page<'_>, known: &[Found], names: &mut Vec<Name>, taken: &mut [bool]) {
    let mut by_last: HashMap<&str, usize, RandomState> = HashMap::default();
    for (n, name) in names.iter().enumerate() {
        let last = name.end - 1;
        let fit = name.entity_type == EntityType::Per
            && last > name.first
            && !given(page, last)
            && page.word(last).chars().nth(3).is_some()
            && (strict(page, last)
                || page.cells[last].definite && !page.cells[last].class.any(NOT_A_NAME))
            && !known.iter().any(|f| f.first == last);
        if fit {
            by_last.entry(page.word(last)).or_insert(n);
        }
    }
    if by_last.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for i in 0..page.cells.len() {
        if taken[i] || !page.cells[i].is_word() || page.skipped(i) {
            continue;
        }
        let word = page.word(i);
        let hit = clitics::analyses(word)
            .filter(|a| !a.article)
            .find_map(|a| Some((*by_last.get(&word[a.prefix..])?, a.prefix)));
        if let Some((n, cut)) = hit {
            let given_before = page
                .before(i)
                .is_some_and(|b| given(page, b) && !taken[b] && cut == 0);
            if given_before {
                continue;
            }
            taken[i] = true;
            let of = names[n].of.clone().unwrap_or_else(|| key(page, &names[n]));
            new.push(Name {
                first: i,
                end: i + 1,
                cut,
                found_by: FoundBy::Short,
                of: Some(of),
                ..names[n].clone()
            });
        }
    }
    names.extend(new);
}
