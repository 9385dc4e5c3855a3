//! A name found once, found again.

use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashSet};

use super::extractor::Page;
use super::mention::FoundBy;
use super::names::{Name, key};
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
pub(super) fn again(
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
