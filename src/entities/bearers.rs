//! Who of an article bears a last name, and who of them is meant: by title, gender and initial, and
//! else who was last spoken of.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::again::Filter;
use super::cells::Cell;
use super::extractor::{Found, Page};
use super::linking::Registry;
use super::mention::EntityRef;
use super::names::{NOT_A_NAME, Name, given, key, person, strict};
use super::titles::{title_of, titles_beside};
use crate::lexicon::{EntityType, Output, WordClass, phonetic};
use crate::segment::clitics;

/// So many bearers of one name are compared.
const CROWD: usize = 16;

/// Someone of that last name.
pub(super) struct Bearer<'p> {
    pub(super) who: Who,
    pub(super) alone: Alone,
    given: &'p str,
    /// What the last part begins with, أبو, and whether it needs that to be told.
    lead: Option<(&'p str, bool)>,
    woman: Option<bool>,
    /// What titles beside the full name call them.
    titles: Vec<&'p str>,
    /// Where the full name stands.
    at: Vec<usize>,
    /// Where a short one was last linked to it.
    last: Option<usize>,
}

/// Whether the last part of a name is one by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    Name,
    /// It is also a word: behind a verb of saying.
    Said,
    /// It is also a given name: where the lexicon says so.
    Listed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// An entity of the lexicon, by its number in the article.
    Known(u32),
    /// One of the unknown names, by its place.
    Unknown(usize),
}

#[derive(Default)]
pub(super) struct Bearers<'p> {
    pub(super) all: Vec<Bearer<'p>>,
    by_word: HashMap<&'p str, Vec<usize>, RandomState>,
    by_sound: HashMap<String, Vec<usize>, RandomState>,
    endings: Filter,
}

impl<'p> Bearers<'p> {
    /// The people whom the article names in full.
    pub(super) fn gather(
        &mut self,
        page: &'p Page<'_>,
        registry: &mut Registry,
        found: &[Found],
        names: &[Name],
    ) {
        for f in found {
            if f.entity_type == EntityType::Per && f.end > f.first + 1 {
                self.note(page, found, Who::Known(f.entity), (f.first, f.end, f.cut));
            }
        }
        let mut numbers: HashMap<String, Who, RandomState> = HashMap::default();
        for (n, name) in names.iter().enumerate() {
            let whole = name.end > name.first + 1 && name.entity_type == EntityType::Per;
            // A family name that is a nationality stays one.
            let last = name.end - 1;
            if whole && found.binary_search_by_key(&last, |f| f.first).is_err() {
                let key = name.of.clone().unwrap_or_else(|| key(page, name));
                let who = numbers
                    .entry(key)
                    .or_insert_with_key(|key| match person(page, key) {
                        Some(e) => Who::Known(registry.number(EntityRef::Known(e))),
                        None => Who::Unknown(n),
                    });
                self.note(page, found, *who, (name.first, name.end, name.cut));
            }
        }
        for bearer in &mut self.all {
            bearer.at.sort_unstable();
        }
    }

    fn note(
        &mut self,
        page: &'p Page<'_>,
        found: &[Found],
        who: Who,
        (first, end, cut): (usize, usize, usize),
    ) {
        let last = end - 1;
        let word = page.word(last);
        let distinct = strict(page, last);
        let fit = !given(page, last)
            && word.chars().nth(3).is_some()
            && (distinct || page.cells[last].definite);
        let lead = (last > first + 1)
            .then(|| page.word(last - 1))
            .filter(|w| matches!(*w, "ابو" | "ابي" | "ابا"))
            .map(|w| (w, !distinct));
        // عبد الله is a given name, whose last part is none.
        let servant = last > first && page.word(last - 1).ends_with("عبد");
        let fit = fit && !servant;
        let alone = match who {
            _ if lead.is_some() => Alone::Name,
            _ if fit && (distinct || !page.cells[last].class.any(NOT_A_NAME)) => Alone::Name,
            _ if fit => Alone::Said,
            Who::Known(_) => Alone::Listed,
            Who::Unknown(_) => return,
        };
        let given = &page.word(first)[cut..];
        let title = title_of(page, found, first);
        let woman = match page.matcher.word(given).map(|id| page.matcher.class(id)) {
            _ if title.is_some_and(|t| t.woman == Some(true)) => Some(true),
            Some(c) if c.any(WordClass::MALE) => Some(false),
            Some(c) if c.any(WordClass::FEMALE) => Some(true),
            _ => None,
        };
        let same = self
            .by_word
            .get(word)
            .and_then(|of| of.iter().copied().find(|&b| self.all[b].who == who));
        // A list of a whole family: nobody is told by its name alone, and the work stays linear.
        if same.is_none() && self.by_word.get(word).is_some_and(|of| of.len() >= CROWD) {
            return;
        }
        let b = same.unwrap_or_else(|| {
            let b = self.all.len();
            self.all.push(Bearer {
                who,
                alone,
                given,
                lead,
                woman: None,
                titles: Vec::new(),
                at: Vec::new(),
                last: None,
            });
            self.by_word.entry(word).or_default().push(b);
            self.endings.add(page.ending(last));
            let sound = phonetic::part(word).filter(|_| alone == Alone::Name);
            if let Some(sound) = sound {
                let alike = self.by_sound.entry(sound).or_default();
                if alike.len() < CROWD {
                    alike.push(b);
                }
            }
            b
        });
        let bearer = &mut self.all[b];
        bearer.woman = bearer.woman.or(woman);
        bearer.at.push(first);
        for title in titles_beside(page, title, end) {
            if bearer.titles.len() < CROWD && !bearer.titles.contains(&title) {
                bearer.titles.push(title);
            }
        }
    }

    /// Notes that the short name at token `i` is that of `b`, and what its title says of them.
    pub(super) fn told(&mut self, page: &Page<'_>, found: &[Found], i: usize, b: usize) {
        let bearer = &mut self.all[b];
        bearer.last = Some(i);
        if bearer.woman.is_none() {
            bearer.woman = title_of(page, found, i).and_then(|t| t.woman);
        }
    }

    /// Whether a token may be someone's last part, at a glance.
    pub(super) fn may_have(&self, page: &Page<'_>, i: usize) -> bool {
        self.endings.may_have(page.ending(i)) || self.may_hear(&page.cells[i])
    }

    /// Whether a word may be someone's last part in another spelling, at a glance.
    fn may_hear(&self, cell: &Cell) -> bool {
        cell.strange
            && !cell.definite
            && cell.class == WordClass::default()
            && !self.by_sound.is_empty()
    }

    /// Whose last part the token may be, and the bytes of clitics before it.
    pub(super) fn of(&self, page: &Page<'_>, i: usize) -> Option<(Vec<usize>, usize)> {
        let word = page.word(i);
        let stems = || {
            clitics::analyses(word)
                .filter(|a| !a.article)
                .map(|a| (&word[a.prefix..], a.prefix))
        };
        if self.endings.may_have(page.ending(i))
            && let Some(hit) = stems().find_map(|(w, cut)| Some((self.by_word.get(w)?, cut)))
        {
            return Some((hit.0.clone(), hit.1));
        }
        // Behind an unknown word it is likely another's: أندريس فوغ راسموسين.
        let behind = page.before(i).is_some_and(|b| strict(page, b));
        if behind || !self.may_hear(&page.cells[i]) {
            return None;
        }
        stems().find_map(|(w, cut)| Some((self.by_sound.get(&phonetic::part(w)?)?.clone(), cut)))
    }

    /// Where the last part of `b` begins that ends in token `i`, and the bytes of clitics before
    /// it. None if it is not the last part.
    pub(super) fn begin(
        &self,
        page: &Page<'_>,
        b: usize,
        (i, cut): (usize, usize),
        taken: &[bool],
    ) -> Option<(usize, usize)> {
        let Some((lead, needed)) = self.all[b].lead else {
            return Some((i, cut));
        };
        let before = page.before(i).filter(|&p| cut == 0 && !taken[p]);
        let whole = before.and_then(|p| {
            let word = page.word(p);
            let mut all = clitics::analyses(word);
            let own = all.find(|a| !a.article && &word[a.prefix..] == lead)?;
            Some((p, own.prefix))
        });
        whole.or_else(|| (!needed).then_some((i, cut)))
    }

    /// Who else may be meant where the lexicon knows a single name; none where nobody.
    pub(super) fn rivals(
        &mut self,
        page: &'p Page<'_>,
        registry: &Registry,
        f: &Found,
    ) -> Option<Vec<usize>> {
        if f.end != f.first + 1 || f.entity_type != EntityType::Per {
            return None;
        }
        let word = &page.word(f.first)[f.cut..];
        let of = self.by_word.get(word)?;
        let own = Who::Known(f.entity);
        // Of the lexicon's people those whom it calls so: beside his son حافظ الأسد is not الأسد.
        let called = |b: &usize| match self.all[*b].who {
            Who::Known(n) => n == f.entity || called(page, word, &registry.entities[n as usize]),
            Who::Unknown(_) => true,
        };
        let mut of: Vec<usize> = of.iter().copied().filter(called).collect();
        if !of.iter().any(|&b| self.all[b].who == own) {
            let EntityRef::Known(e) = registry.entities[f.entity as usize] else {
                return None;
            };
            // Whom the lexicon means, though the article has not the whole name.
            let b = self.all.len();
            let name = crate::lexicon::fold(&page.lexicon.entries()[e as usize].name);
            let class = name.split(' ').next().and_then(|w| page.matcher.word(w));
            let class = class.map(|id| page.matcher.class(id)).unwrap_or_default();
            self.all.push(Bearer {
                who: own,
                alone: Alone::Listed,
                given: "",
                lead: None,
                woman: match () {
                    () if class.any(WordClass::MALE) => Some(false),
                    () if class.any(WordClass::FEMALE) => Some(true),
                    () => None,
                },
                titles: Vec::new(),
                at: Vec::new(),
                last: None,
            });
            self.by_word.entry(word).or_default().push(b);
            of.push(b);
        }
        Some(of)
    }

    /// Of those who bear a name the one meant at token `i`.
    pub(super) fn decide(
        &self,
        page: &Page<'_>,
        found: &[Found],
        i: usize,
        of: &[usize],
    ) -> Option<usize> {
        if of.is_empty() {
            return None;
        }
        let title = title_of(page, found, i);
        let initial = initial(page, i);
        let fits = |b: &&usize| {
            let bearer = &self.all[**b];
            let said = title.and_then(|t| t.woman);
            let gender = said.zip(bearer.woman).is_none_or(|(a, b)| a == b);
            let initial = initial.zip(bearer.given.chars().next());
            gender && initial.is_none_or(|(a, b)| phonetic::near(a, b))
        };
        let mut of: Vec<usize> = of.iter().filter(fits).copied().collect();
        if let Some(title) = title.filter(|_| of.len() > 1) {
            // An office in the masculine is a man's where there is one.
            if title.definite && of.iter().any(|&b| self.all[b].woman != Some(true)) {
                of.retain(|&b| title.woman == Some(true) || self.all[b].woman != Some(true));
            }
            let mut called = of
                .iter()
                .filter(|&&b| self.all[b].titles.contains(&title.name));
            if let (Some(&b), None) = (called.next(), called.next()) {
                return Some(b);
            }
            // An office that nobody here holds is that of whom the lexicon means.
            let absent = of.iter().find(|&&b| self.all[b].at.is_empty());
            if let Some(&b) = absent.filter(|_| !title.honorific) {
                return Some(b);
            }
        }
        of.into_iter().max_by_key(|&b| self.all[b].nearness(i))
    }
}

impl Bearer<'_> {
    /// The later it was last spoken of before token `i` the nearer; before any, the one whose full
    /// name comes first, for a headline runs ahead of its story.
    fn nearness(&self, i: usize) -> (u8, usize) {
        let full = self.at[..self.at.partition_point(|&at| at < i)].last();
        match full.copied().max(self.last) {
            Some(at) => (2, at),
            None => self.at.first().map_or((0, 0), |&at| (1, usize::MAX - at)),
        }
    }
}

/// Whether the lexicon has a word alone for one of its people.
fn called(page: &Page<'_>, word: &str, who: &EntityRef) -> bool {
    let node = page
        .matcher
        .word(word)
        .and_then(|id| page.matcher.start(id));
    node.is_some_and(|node| {
        let mut outputs = page.matcher.outputs(node).iter();
        outputs.any(|o| matches!(*o, Output::Entity(e, _) if *who == EntityRef::Known(e)))
    })
}

/// The initial right before a name: «ج. بايدن». One that is a title, «م.», is none.
fn initial(page: &Page<'_>, i: usize) -> Option<char> {
    let dot = page.before(i)?;
    let letter = if page.cells[dot].span.of(page.text) == "." {
        page.before(dot)?
    } else {
        dot
    };
    let word = page.word(letter).trim_end_matches('.');
    let mut letters = word.chars();
    let first = letters.next()?;
    let single = letters.as_str().is_empty() && (letter != dot || word != page.word(letter));
    (single && !page.is(letter, WordClass::HONORIFIC)).then_some(first)
}
