//! Names no list knows: a run of words that are no ordinary words, where something shows a name
//! is meant (`people`, `bodies`). A name found once is then found everywhere in the article, and
//! its last part too (`again`).

use std::cell::OnceCell;

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::again::{introduced, repeats};
use super::bodies::bodies;
use super::extractor::{Found, Page};
use super::linking::Registry;
use super::mention::{EntityRef, FoundBy};
use super::people::people;
use super::reading::Reading;
use super::spellings::one_name;
use super::surnames::surnames;
use crate::lexicon::{EntityType, Matcher, WordClass, phonetic};
use crate::segment::clitics;

pub(super) const NOT_A_NAME: WordClass = WordClass::STOP
    .or(WordClass::VERB)
    .or(WordClass::TITLE)
    .or(WordClass::ROLE)
    .or(WordClass::COMMON)
    .or(WordClass::BODY)
    .or(WordClass::KIND)
    .or(WordClass::PLACE_KIND);

/// Adds the names that no list knows to what was found, there and wherever else they stand.
pub(super) fn unknown(
    page: &Page<'_>,
    registry: &mut Registry,
    reading: Option<&Reading<'_>>,
    found: &mut Vec<Found>,
    mut new: Vec<Name>,
) {
    let mut taken = taken(page, found, &new);
    one_name(page, &mut new);
    repeats(page, &mut new, &mut taken);
    introduced(page, reading, &mut new, &mut taken);
    surnames(page, registry, found, &mut new, &mut taken);

    // A nationality that turned out to be a family name gives way.
    new.sort_by_key(|n| n.first);
    found.retain(|f| !covered(&new, f.first, f.end));
    let mut names: HashMap<String, (u32, bool), RandomState> = HashMap::default();
    new.sort_by_key(|n| (n.of.is_some(), n.first));
    for n in &new {
        let key = n.of.clone().unwrap_or_else(|| key(page, n));
        let (entity, spelled) = *names.entry(key).or_insert_with_key(|key| {
            if n.entity_type == EntityType::Per
                && let Some(e) = person(page, key)
            {
                return (registry.number(EntityRef::Known(e)), true);
            }
            let (_, span) = page.spans(n.first, n.end, n.cut);
            let unknown = EntityRef::Named {
                entity_type: n.entity_type,
                subtype: n.subtype.clone(),
                key: key.clone(),
                name: span
                    .of(page.text)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            };
            (registry.number(unknown), false)
        });
        found.push(Found {
            first: n.first,
            end: n.end,
            cut: n.cut,
            entity,
            entity_type: n.entity_type,
            by: match n.found_by {
                by if by == FoundBy::Short || !spelled => by,
                _ => FoundBy::Spelling,
            },
        });
    }
}

/// The tokens in names, and those that are furniture.
fn taken(page: &Page<'_>, found: &[Found], names: &[Name]) -> Vec<bool> {
    let mut taken = vec![false; page.cells.len()];
    if page.skip.contains(&true) {
        for (i, taken) in taken.iter_mut().enumerate() {
            *taken = page.skipped(i);
        }
    }
    for f in found {
        taken[f.first..f.end].fill(true);
    }
    for n in names {
        taken[n.first..n.end].fill(true);
    }
    taken
}

/// The names that their context shows.
pub(super) fn shown(page: &Page<'_>, found: &[Found]) -> Vec<Name> {
    let mut taken = taken(page, found, &[]);
    let mut new = people(page, found, &mut taken);
    let bodies = bodies(page, found, &new, &mut taken);
    new.retain(|p| !covered(&bodies, p.first, p.end));
    new.extend(bodies);
    new
}

/// Takes the given name into a mention whose family name alone was recognised: فلاديمر بوتين.
pub(super) fn misspelt_given(page: &Page<'_>, registry: &Registry, found: &mut [Found]) {
    for k in 0..found.len() {
        let f = &found[k];
        let EntityRef::Known(e) = registry.entities[f.entity as usize] else {
            continue;
        };
        if f.entity_type != EntityType::Per || f.end > f.first + 1 || f.cut > 0 {
            continue;
        }
        let Some(b) = page.before(f.first).filter(|&b| strict(page, b)) else {
            continue;
        };
        if k > 0 && found[k - 1].end > b {
            continue;
        }
        let word = page.word(b);
        let cut = clitics::analyses(word).filter(|a| !a.article).find(|a| {
            let name = [&word[a.prefix..], page.word(f.first)];
            person(page, &phonetic::key(&name, page.matcher)) == Some(e)
        });
        if let Some(a) = cut {
            let f = &mut found[k];
            (f.first, f.cut, f.by) = (b, a.prefix, FoundBy::Spelling);
        }
    }
}

/// Whether one of the names, in order and apart, covers these tokens.
fn covered(names: &[Name], first: usize, end: usize) -> bool {
    let before = names.partition_point(|n| n.first <= first);
    before > 0 && end <= names[before - 1].end
}

#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) cut: usize,
    pub(super) entity_type: EntityType,
    pub(super) subtype: String,
    pub(super) found_by: FoundBy,
    /// The key of the full name that a short one stands for.
    pub(super) of: Option<String>,
    /// What `key` gave.
    pub(super) key: OnceCell<String>,
}

/// What all spellings of a name have in common.
pub(super) fn key(page: &Page<'_>, n: &Name) -> String {
    let key = || phonetic::key(&words(page, n.first, n.end, n.cut), page.matcher);
    n.key.get_or_init(key).clone()
}

/// The words of tokens `first..end`, of whose first `cut` bytes are clitics.
pub(super) fn words<'p>(page: &'p Page<'_>, first: usize, end: usize, cut: usize) -> Vec<&'p str> {
    let mut words: Vec<&str> = (first..end).map(|i| page.word(i)).collect();
    words[0] = &words[0][cut..];
    words
}

/// The person of the lexicon whose full name has this key.
pub(super) fn person(page: &Page<'_>, key: &str) -> Option<u32> {
    page.sounds.person(key, page.matcher)
}

/// What a list says of a word that can be no part of an unknown name, or only beside firmer ones.
pub(super) const LISTED: WordClass = NOT_A_NAME
    .or(WordClass::GIVEN_OR_WORD)
    .or(WordClass::PARTICLE);

/// A word that no list has: nothing speaks against its being part of a name.
pub(super) fn strict(page: &Page<'_>, i: usize) -> bool {
    page.cells[i].strange
}

/// An ordinary word with a pronoun or an ending on it.
pub(super) fn inflected(matcher: &Matcher, word: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "ها", "هم", "هما", "هن", "نا", "كم", "ه", "ا", "ات", "ون", "ين", "ان", "يه", "يا", "تها",
        "ته",
    ];
    const ARTICLE: &str = "ال";
    let common = |w: &str| {
        w.chars().nth(2).is_some()
            && matcher.word(w).is_some_and(|id| {
                let class = matcher.class(id);
                class.any(WordClass::COMMON.or(WordClass::STOP))
            })
    };
    let mut longer = String::with_capacity(ARTICLE.len() + word.len() + "ه".len());
    let mut known = |stem: &str| {
        longer.clear();
        longer.extend([ARTICLE, stem, "ه"]);
        common(stem)
            || common(&longer[ARTICLE.len()..])
            || common(&longer[..ARTICLE.len() + stem.len()])
    };
    let ends = word.ends_with(['ا', 'م', 'ن', 'ه', 'ت']);
    clitics::analyses(word).any(|a| {
        let mut stem = &word[a.prefix..];
        while let Some(rest) = stem.strip_prefix(ARTICLE) {
            stem = rest;
        }
        let long = stem.chars().nth(3).is_some();
        // لقلب is ل + قلب; but names like بيري are not ب + يري.
        let short = matches!(stem.chars().count(), 3) && !stem.starts_with('ي');
        (a.prefix > 0 && (long && known(stem) || short && common(stem)))
            || ends
                && ENDINGS.iter().any(|e| {
                    stem.strip_suffix(e).is_some_and(|s| {
                        s.chars().nth(2 + usize::from(a.prefix > 0)).is_some() && known(s)
                    })
                })
    })
}

pub(super) fn given(page: &Page<'_>, i: usize) -> bool {
    page.cells[i].is_word() && page.cells[i].class.any(WordClass::GIVEN)
}

pub(super) fn soft(page: &Page<'_>, i: usize) -> bool {
    let cell = &page.cells[i];
    cell.is_word()
        && cell
            .class
            .any(WordClass::GIVEN_OR_WORD.or(WordClass::PARTICLE))
}
