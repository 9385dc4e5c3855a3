//! A name found once, found again: in full, and by its last part.

use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashSet};

use super::extractor::{Found, Page};
use super::mention::FoundBy;
use super::names::{NOT_A_NAME, Name, given, key, strict};
use crate::lexicon::{EntityType, WordClass};
use crate::segment::clitics;

/// Finds each full name again wherever the article has it.
pub(super) fn repeats(page: &Page<'_>, names: &mut Vec<Name>, taken: &mut [bool]) {
    // By their first two words, for many share a given name.
    let mut by_words: HashMap<(&str, &str), Vec<usize>, RandomState> = HashMap::default();
    let mut seconds: HashSet<u32, RandomState> = HashSet::default();
    let mut seen: HashSet<String, RandomState> = HashSet::default();
    for (n, name) in names.iter().enumerate() {
        if name.end - name.first > 1 && seen.insert(key(page, name)) {
            let words = (
                &page.word(name.first)[name.cut..],
                page.word(name.first + 1),
            );
            by_words.entry(words).or_default().push(n);
            seconds.insert(page.cells[name.first + 1].form);
        }
    }
    if seconds.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for i in 0..page.cells.len() - 1 {
        let second = page.cells[i + 1].form;
        if taken[i] || !page.cells[i].is_word() || !seconds.contains(&second) || page.skipped(i) {
            continue;
        }
        let (word, second) = (page.word(i), page.word(i + 1));
        let hit = clitics::analyses(word)
            .filter(|a| !a.article)
            .find_map(|a| {
                let n = by_words
                    .get(&(&word[a.prefix..], second))?
                    .iter()
                    .copied()
                    .find(|&n| {
                        let name = &names[n];
                        let len = name.end - name.first;
                        i + len <= page.cells.len()
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
            new.push(again(page, &names[n], (i, end, cut), FoundBy::Repeat));
        }
    }
    names.extend(new);
}

/// The same name in other tokens: first, one past the last, and the bytes of clitics on the first.
fn again(
    page: &Page<'_>,
    name: &Name,
    (first, end, cut): (usize, usize, usize),
    found_by: FoundBy,
) -> Name {
    Name {
        first,
        end,
        cut,
        found_by,
        of: Some(name.of.clone().unwrap_or_else(|| key(page, name))),
        ..name.clone()
    }
}

/// Finds people by the last part of their name, where it is no ordinary word.
pub(super) fn surnames(
    page: &Page<'_>,
    known: &[Found],
    names: &mut Vec<Name>,
    taken: &mut [bool],
) {
    // Each with whether it is a name by itself; a family name that is also a word counts only
    // behind a verb of saying.
    let mut by_last: HashMap<&str, (usize, bool), RandomState> = HashMap::default();
    let mut endings: HashSet<&[u8], RandomState> = HashSet::default();
    for (n, name) in names.iter().enumerate() {
        let last = name.end - 1;
        let fit = name.entity_type == EntityType::Per
            && last > name.first
            && !given(page, last)
            && page.word(last).chars().nth(3).is_some()
            && (strict(page, last) || page.cells[last].definite)
            && known.binary_search_by_key(&last, |f| f.first).is_err();
        if fit {
            let firm = strict(page, last) || !page.cells[last].class.any(NOT_A_NAME);
            by_last.entry(page.word(last)).or_insert((n, firm));
            endings.insert(ending(page.word(last)));
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
        if !endings.contains(ending(word)) {
            continue;
        }
        let hit = clitics::analyses(word)
            .filter(|a| !a.article)
            .find_map(|a| Some((*by_last.get(&word[a.prefix..])?, a.prefix)));
        let said = page
            .before(i)
            .is_some_and(|b| page.cells[b].is(WordClass::SAYS));
        if let Some(((n, firm), cut)) = hit
            && (firm || said && cut == 0)
        {
            let given_before = page
                .before(i)
                .is_some_and(|b| given(page, b) && !taken[b] && cut == 0);
            if given_before {
                continue;
            }
            taken[i] = true;
            new.push(again(page, &names[n], (i, i + 1, cut), FoundBy::Short));
        }
    }
    names.extend(new);
}

/// What a word of four letters and more shares with itself behind proclitics.
fn ending(word: &str) -> &[u8] {
    &word.as_bytes()[word.len().saturating_sub(4)..]
}
