//! What one article names in two ways: people with and without the names in between, or in
//! spellings that differ by a sound the key keeps; bodies with and without their adjectives.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::extractor::Page;
use super::names::{Name, key, words};
use crate::lexicon::{EntityType, phonetic};

/// Beyond so many names that begin with one word nothing is compared: they are a list.
const LIST: usize = 12;

/// A full name of the article.
struct Full<'p> {
    n: usize,
    words: Vec<&'p str>,
    /// In bytes.
    length: usize,
    person: bool,
    foreign: bool,
}

/// Marks a name that another spells out, or spells otherwise, as that one's.
pub(super) fn one_name(page: &Page<'_>, names: &mut [Name]) {
    let mut by_first: HashMap<&str, Vec<Full<'_>>, RandomState> = HashMap::default();
    let mut keys = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let key = key(page, name);
        if name.end > name.first + 1 {
            let mut words = words(page, name.first, name.end, name.cut);
            words.retain(|w| !matches!(*w, "بن" | "ابن" | "-"));
            let group = by_first.entry(words.first().copied().unwrap_or_default());
            let group = group.or_default();
            let list = group.len() > LIST;
            if words.len() > 1 && !list && group.iter().all(|f| keys[f.n] != key) {
                let person = name.entity_type == EntityType::Per;
                let foreign = person && phonetic::is_foreign(&words, page.matcher);
                group.push(Full {
                    n,
                    length: words.iter().map(|w| w.len()).sum(),
                    words,
                    person,
                    foreign,
                });
            }
        }
        keys.push(key);
    }
    let mut of: HashMap<&str, &str, RandomState> = HashMap::default();
    // «فهد العتيبي - الرياض»: who wrote the article is not whom it names.
    let byline = |n: usize| {
        let name = &names[n];
        let next = page
            .after(name.end - 1)
            .map(|i| page.cells[i].span.of(page.text));
        let opens = page.before(name.first).is_none();
        opens && next.is_none_or(|mark| matches!(mark, "-" | "–" | "—" | "/" | "ـ"))
    };
    for group in by_first.values().filter(|g| (2..=LIST).contains(&g.len())) {
        for short in group.iter().filter(|f| !byline(f.n)) {
            let apart = |n: usize| {
                page.cells[names[n].first].sentence != page.cells[names[short.n].first].sentence
            };
            let mut same = group.iter().filter(|full| {
                full.n != short.n
                    && apart(full.n)
                    && (spells_out(full, short) || sounds(full, short))
            });
            if let (Some(full), None) = (same.next(), same.next()) {
                of.insert(&keys[short.n], &keys[full.n]);
            }
        }
    }
    if of.is_empty() {
        return;
    }
    for (name, key) in names.iter_mut().zip(&keys) {
        if let Some(full) = of.get(key.as_str()).filter(|full| !of.contains_key(**full)) {
            name.of = Some((*full).to_owned());
        }
    }
}

/// Whether `full` has all words of `short`, in order, and more: the same first and last, or, told
/// later, the same beginning.
fn spells_out(full: &Full<'_>, short: &Full<'_>) -> bool {
    if full.words.len() <= short.words.len() {
        return false;
    }
    let head = full.words.starts_with(&short.words);
    if !full.person || !short.person {
        // جامعة نانيانغ التكنولوجية, but جامعة الملك سعود للعلوم is another.
        let adjective = |w: &&str| w.starts_with("ال") && (w.ends_with("يه") || w.ends_with('ي'));
        let rest = &full.words[short.words.len()..];
        return head && full.person == short.person && rest.iter().all(adjective);
    }
    let begins = head && full.n < short.n;
    let mut rest = full.words.iter();
    let within = short.words.iter().all(|w| rest.any(|f| f == w));
    begins || within && full.words.last() == short.words.last()
}

/// Whether the later spelling differs by half a step.
fn sounds(full: &Full<'_>, short: &Full<'_>) -> bool {
    full.n < short.n
        && full.foreign
        && short.foreign
        && full.words.len() == short.words.len()
        && full.length.max(short.length) <= phonetic::LONGEST
        && phonetic::distance(&full.words.join(" "), &short.words.join(" ")) <= 0.5
}
