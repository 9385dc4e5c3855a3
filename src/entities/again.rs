//! A name found once, found again.

use std::cell::OnceCell;

use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashSet};

use super::extractor::Page;
use super::mention::FoundBy;
use super::names::{Name, given, key, strict, words};
use super::reading::Reading;
use crate::lexicon::EntityType;
use crate::segment::clitics;

/// Finds each full name again wherever the article has it.
pub(super) fn repeats(page: &Page<'_>, names: &mut Vec<Name>, taken: &mut [bool]) {
    // Their lengths by the first two words, for many share a given name; then the whole.
    let mut lengths: HashMap<(&str, &str), Vec<usize>, RandomState> = HashMap::default();
    let mut by_words: HashMap<Vec<&str>, usize, RandomState> = HashMap::default();
    let mut seconds = Filter::default();
    let mut seen: HashSet<String, RandomState> = HashSet::default();
    for (n, name) in names.iter().enumerate() {
        if name.end - name.first > 1 && seen.insert(key(page, name)) {
            let words = words(page, name.first, name.end, name.cut);
            let same = lengths.entry((words[0], words[1])).or_default();
            if !same.contains(&words.len()) {
                same.push(words.len());
            }
            by_words.entry(words).or_insert(n);
            seconds.add(page.cells[name.first + 1].form);
        }
    }
    if by_words.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for (i, pair) in page.cells.windows(2).enumerate() {
        if !seconds.may_have(pair[1].form) || taken[i] || !pair[0].is_word() {
            continue;
        }
        let (word, second) = (page.word(i), page.word(i + 1));
        let hit = clitics::analyses(word)
            .filter(|a| !a.article)
            .find_map(|a| {
                let same = lengths.get(&(&word[a.prefix..], second))?.iter();
                let free = |&&len: &&usize| {
                    i + len <= page.cells.len()
                        && (1..len).all(|k| {
                            !taken[i + k] && page.cells[i + k].sentence == page.cells[i].sentence
                        })
                };
                let of = |&len: &usize| by_words.get(&words(page, i, i + len, a.prefix)).copied();
                // Of several the one that the article has first.
                Some((same.filter(free).filter_map(of).min()?, a.prefix))
            });
        if let Some((n, cut)) = hit {
            let end = i + names[n].end - names[n].first;
            taken[i..end].fill(true);
            new.push(again(page, &names[n], (i, end, cut), FoundBy::Repeat));
        }
    }
    names.extend(new);
}

/// Below this a name of the tagger is not certain.
const CERTAIN: f32 = 0.8;

/// Where a word is as surely as this in no name, it is none.
const NO_NAME: f32 = 0.6;

/// Finds what a kind word has introduced again where it stands alone: after «شركة سولاريكس» the
/// name سولاريكس, of a single word that no list has. So too what the tagger is certain of.
pub(super) fn introduced(
    page: &Page<'_>,
    reading: Option<&Reading<'_>>,
    names: &mut Vec<Name>,
    taken: &mut [bool],
) {
    let mut by_word: HashMap<&str, usize, RandomState> = HashMap::default();
    let mut endings = Filter::default();
    for (n, name) in names.iter().enumerate() {
        let word = page.word(name.first);
        let sure = match name.found_by {
            FoundBy::Kind => true,
            FoundBy::Tagger => reading.is_some_and(|reading| {
                reading.said(name.first, name.end, name.entity_type) >= CERTAIN
            }),
            _ => false,
        };
        let single = name.end == name.first + 1 && sure;
        let place = name.entity_type == EntityType::Loc;
        if single
            && strict(page, name.first)
            && page.word(name.first)[name.cut..].chars().nth(3).is_some()
            && (!page.cells[name.first].definite || place && !part_of_any(page, name.first))
        {
            by_word.entry(&word[name.cut..]).or_insert(n);
            endings.add(page.ending(name.first));
        }
    }
    if by_word.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for (i, cell) in page.cells.iter().enumerate() {
        if !endings.may_have(page.ending(i)) || taken[i] || !cell.is_word() || page.skipped(i) {
            continue;
        }
        let word = page.word(i);
        let hit = clitics::analyses(word)
            .filter(|a| !a.article)
            .find_map(|a| Some((*by_word.get(&word[a.prefix..])?, a.prefix)));
        let Some((n, cut)) = hit else { continue };
        // A person of that name, or one whose name goes on.
        let beside = |j: Option<usize>| j.is_some_and(|j| given(page, j) && !taken[j]);
        let on = page
            .after(i)
            .is_some_and(|j| strict(page, j) && !page.cells[j].definite && !taken[j]);
        let told = names[n].found_by == FoundBy::Tagger;
        let none = told && reading.is_some_and(|reading| reading.outside(i, i + 1) > NO_NAME);
        if none || cut == 0 && beside(page.before(i)) || beside(page.after(i)) || on {
            continue;
        }
        taken[i] = true;
        new.push(again(page, &names[n], (i, i + 1, cut), FoundBy::Repeat));
    }
    names.extend(new);
}

/// Whether a definite word behind a kind of place may be no name: منطقة الرسغ, منزل الدوسري.
fn part_of_any(page: &Page<'_>, i: usize) -> bool {
    let kind = page.before(i).map(|b| page.word(b));
    page.word(i).ends_with('ي') || kind.is_some_and(|k| k.ends_with("منطقه"))
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
        key: OnceCell::new(),
        ..name.clone()
    }
}

/// A set of numbers that knows quickly what is not in it, and may take other numbers for its own.
#[derive(Default)]
pub(super) struct Filter([u64; 16]);

impl Filter {
    fn place(number: u32) -> (usize, u64) {
        let mixed = number.wrapping_mul(0x9E37_79B1) >> 22;
        (mixed as usize / 64, 1 << (mixed % 64))
    }

    pub(super) fn add(&mut self, number: u32) {
        let (at, bit) = Self::place(number);
        self.0[at] |= bit;
    }

    pub(super) fn may_have(&self, number: u32) -> bool {
        let (at, bit) = Self::place(number);
        self.0[at] & bit != 0
    }
}
