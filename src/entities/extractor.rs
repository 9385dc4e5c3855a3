use std::sync::Arc;

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::boilerplate::Boilerplate;
use super::cells::{Cell, annotate};
use super::evidence::evidence;
use super::forms::{Forms, stem};
use super::linking::{FullNames, Registry};
use super::mention::{Document, EntityRef, FoundBy, Mention, Role};
use super::names::Name;
use super::nested::{Outer, nested};
use super::reading::Reading;
use super::reconcile::reconcile;
use super::{names, overlap, roles};
use crate::error::Result;
use crate::lexicon::phonetic::Sounds;
use crate::lexicon::{EntityType, Entry, Lexicon, Matcher, Pattern, WordClass, folding};
use crate::normalize::{self, Alignment};
use crate::segment::{self, Sentence, Token, TokenKind, clitics};
use crate::tagger::{self, Feature, Tagger, features};
use crate::text::Span;

/// Finds the mentions of a text. Immutable: one serves all threads.
#[derive(Debug, Clone)]
pub struct Extractor {
    lexicon: Arc<Lexicon>,
    matcher: Arc<Matcher>,
    boilerplate: Arc<Boilerplate>,
    /// For each entity its country.
    kin: Arc<[Option<Kin>]>,
    /// For each entity whether it is the user's, not one that ships.
    own: Arc<[bool]>,
    /// For each country, by its number, its nationality in the lexicon.
    nationalities: Arc<[Option<u32>]>,
    sounds: Arc<Sounds>,
    tagger: Option<Tagger>,
}

/// Buffers that one worker uses again for every text.
#[derive(Debug, Default)]
pub struct Scratch {
    normalize: normalize::Scratch,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    cells: Vec<Cell>,
    forms: Forms,
    skip: Vec<bool>,
    tagger: TaggerScratch,
}

/// What the tagger reads, and what it keeps from text to text.
#[derive(Debug, Default)]
struct TaggerScratch {
    tokens: Vec<tagger::Token>,
    own: tagger::Scratch,
}

/// The tokens of a text as the tagger reads them.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Their forms numbered in the order they come.
    pub tokens: Vec<tagger::Token>,
    /// Where each stands in the text.
    pub spans: Vec<Span>,
    /// Each form, folded, with its features.
    pub forms: Vec<(String, Vec<Feature>)>,
}

/// The country of an entity, as a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kin {
    pub(super) code: u16,
    /// Whether the entity is the country, its capital or its nationality: where these stand, the
    /// article is about the country.
    pub(super) national: bool,
}

/// What the stages of extraction read of one text.
pub(super) struct Page<'p> {
    pub(super) text: &'p str,
    pub(super) folded: &'p str,
    pub(super) alignment: &'p Alignment,
    pub(super) cells: &'p [Cell],
    pub(super) forms: &'p Forms,
    pub(super) skip: &'p [bool],
    pub(super) lexicon: &'p Lexicon,
    pub(super) matcher: &'p Matcher,
    pub(super) kin: &'p [Option<Kin>],
    pub(super) own: &'p [bool],
    pub(super) nationalities: &'p [Option<u32>],
    pub(super) sounds: &'p Sounds,
}

impl Page<'_> {
    /// A token's folded text.
    pub(super) fn word(&self, i: usize) -> &str {
        self.cells[i].folded.of(self.folded)
    }

    /// What a token's word of four bytes and more shares with itself behind proclitics, as a
    /// number.
    pub(super) fn ending(&self, i: usize) -> u32 {
        let word = &self.folded.as_bytes()[self.cells[i].folded.range()];
        let last = word.last_chunk().copied();
        last.map_or(0, u32::from_le_bytes)
    }

    /// The token's class, empty beyond the text.
    pub(super) fn is(&self, i: usize, class: WordClass) -> bool {
        self.cells.get(i).is_some_and(|c| c.is(class))
    }

    pub(super) fn pattern(&self, index: u32) -> &Pattern {
        &self.lexicon.words().patterns[index as usize]
    }

    /// The nationality of an entity's country; a people's own is no country's.
    pub(super) fn nationality(&self, entity: u32) -> Option<u32> {
        let entry = &self.lexicon.entries()[entity as usize];
        if entry.entity_type == EntityType::Norp && entry.subtype != "nationality" {
            return None;
        }
        self.nationalities[self.kin[entity as usize]?.code as usize]
    }

    /// The token before `i` in the same sentence.
    pub(super) fn before(&self, i: usize) -> Option<usize> {
        let j = i.checked_sub(1)?;
        (self.cells[j].sentence == self.cells.get(i)?.sentence).then_some(j)
    }

    /// The token after `i` in the same sentence.
    pub(super) fn after(&self, i: usize) -> Option<usize> {
        let next = self.cells.get(i + 1)?;
        (next.sentence == self.cells[i].sentence).then_some(i + 1)
    }

    pub(super) fn skipped(&self, i: usize) -> bool {
        self.skip
            .get(self.cells[i].sentence as usize)
            .copied()
            .unwrap_or(false)
    }

    /// The proclitics of a token behind which a word of a class stands; with `article`, also behind
    /// a ل that took the article's alef.
    pub(super) fn behind_clitics(
        &self,
        i: usize,
        class: WordClass,
        article: bool,
    ) -> Option<clitics::Analysis> {
        if !self.cells[i].stem_class.any(class) {
            return None;
        }
        let word = self.word(i);
        let mut scratch = String::new();
        clitics::analyses(word)
            .filter(|a| a.prefix > 0 && (article || !a.article))
            .find(|a| {
                let (stem, _) = stem(word, *a, &mut scratch);
                self.matcher
                    .word(stem)
                    .is_some_and(|id| self.matcher.class(id).any(class))
            })
    }

    /// A hyphen inside a name, with no blank around it.
    #[inline]
    pub(super) fn hyphen(&self, i: usize) -> bool {
        self.cells
            .get(i)
            .is_some_and(|cell| cell.kind == TokenKind::Punctuation && self.joins(i, cell))
    }

    fn joins(&self, i: usize, cell: &Cell) -> bool {
        matches!(cell.span.of(self.text), "-" | "–" | "‐" | "‑")
            && i > 0
            && self.cells[i - 1].span.end == cell.span.start
            && self
                .cells
                .get(i + 1)
                .is_some_and(|n| n.span.start == cell.span.end)
    }

    /// The original spans of the clitics and of the name in tokens `first..end`, of whose first
    /// word `cut` folded bytes are clitics.
    pub(super) fn spans(&self, first: usize, end: usize, cut: usize) -> (Span, Span) {
        let head = self.cells[first];
        let name_end = self.cells[end - 1].span.end;
        if cut == 0 {
            let start = head.span.start;
            return (
                Span { start, end: start },
                Span {
                    start,
                    end: name_end,
                },
            );
        }
        let stem = Span {
            start: head.folded.start + cut as u32,
            end: head.folded.end,
        };
        // A ligature of clitic and stem cannot be parted: the name begins with it.
        let start = self.alignment.to_original(stem).start;
        (
            Span {
                start: head.span.start,
                end: start,
            },
            Span {
                start,
                end: name_end,
            },
        )
    }
}

impl Extractor {
    /// Compiles a lexicon.
    pub fn new(lexicon: Arc<Lexicon>) -> Self {
        let mut codes: HashMap<String, u16, RandomState> = HashMap::default();
        let mut nationalities = Vec::new();
        let kin = lexicon
            .entries()
            .iter()
            .zip(0..)
            .map(|(entry, e)| {
                let national = entry.entity_type == EntityType::Norp
                    || matches!(entry.subtype.as_str(), "country" | "territory")
                    || entry.note.starts_with("capital");
                if entry.country.is_empty() {
                    return None;
                }
                let next = codes.len() as u16;
                let code = *codes.entry_ref(&entry.country).or_insert(next);
                if code == next {
                    nationalities.push(None);
                }
                if entry.subtype == "nationality" {
                    nationalities[code as usize].get_or_insert(e);
                }
                Some(Kin { code, national })
            })
            .collect();
        let shipped: HashMap<_, _, RandomState> = Lexicon::shipped()
            .entries()
            .iter()
            .map(|entry| (entry.id.as_str(), entry))
            .collect();
        let ships = |entry: &Entry| shipped.get(entry.id.as_str()) == Some(&entry);
        let own = lexicon.entries().iter().map(|e| !ships(e)).collect();
        let (matcher, people) = Matcher::compile(&lexicon);
        Self {
            boilerplate: Arc::new(Boilerplate::new(&lexicon)),
            sounds: Arc::new(Sounds::new(people)),
            lexicon,
            matcher: Arc::new(matcher),
            kin,
            own,
            nationalities: nationalities.into(),
            tagger: None,
        }
    }

    /// The same with a tagger, which looks for names too.
    #[must_use]
    pub fn with_tagger(self, tagger: Option<Tagger>) -> Self {
        Self { tagger, ..self }
    }

    /// The words and names it looks up.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The lexicon it was compiled from.
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// Finds the mentions of a text.
    ///
    /// # Errors
    /// A text of 4 GiB or more.
    pub fn extract(&self, text: &str, scratch: &mut Scratch) -> Result<Document> {
        let (mentions, entities) = self.read(text, scratch, |page, scratch| {
            let mut registry = Registry::default();
            let (mut found, mut new, full) = told(page, &mut registry);
            let mut reading = self.tagger.as_ref().map(|tagger| {
                evidence(page, &found, &new, &mut scratch.tokens);
                Reading::new(page, tagger, &scratch.tokens, &mut scratch.own)
            });
            if let Some(reading) = &mut reading {
                reconcile(page, reading, &full, &mut registry, &mut found, &mut new);
            }
            names::unknown(page, &mut registry, reading.as_ref(), &mut found, new);
            found.sort_unstable_by_key(|f| f.first);
            let roles = roles::roles(page, &found);
            let score = |f: &Found| reading.as_ref().map_or(f.by.score(), |r| r.score(f));
            let mentions = found
                .iter()
                .zip(roles)
                .map(|(f, role)| f.mention(page, role, score(f)));
            (mentions.collect(), registry.entities)
        })?;
        Ok(Document::of(scratch, mentions, entities))
    }

    /// Finds the names inside mentions of a text, each with the number of the mention around it.
    /// Of one that names no person, these are the spellings of the lexicon that need no support,
    /// the leftmost and longest.
    ///
    /// # Errors
    /// A text of 4 GiB or more.
    pub fn nested(
        &self,
        text: &str,
        outer: &[Outer<'_>],
        scratch: &mut Scratch,
    ) -> Result<(Document, Vec<u32>)> {
        let ((mentions, outer), entities) = self.read(text, scratch, |page, _| {
            let mut registry = Registry::default();
            let found = nested(page, outer, &mut registry);
            let inner = found
                .iter()
                .map(|(f, outer)| (f.mention(page, None, f.by.score()), outer));
            (inner.unzip(), registry.entities)
        })?;
        Ok((Document::of(scratch, mentions, entities), outer))
    }

    /// What the tagger reads of a text: to train one.
    ///
    /// # Errors
    /// A text of 4 GiB or more.
    pub fn inputs(&self, text: &str, scratch: &mut Scratch) -> Result<Inputs> {
        self.read(text, scratch, |page, _| {
            let (found, names, _) = told(page, &mut Registry::default());
            let mut inputs = Inputs::default();
            evidence(page, &found, &names, &mut inputs.tokens);
            let mut numbers: HashMap<u32, u32, RandomState> = HashMap::default();
            for (i, token) in inputs.tokens.iter_mut().enumerate() {
                let next = inputs.forms.len() as u32;
                token.form = *numbers.entry(token.form).or_insert_with(|| {
                    let (text, form) = page.forms.word(token.form);
                    let mut list = Vec::new();
                    features(&form.seen(text), &mut list);
                    inputs.forms.push((text.to_owned(), list));
                    next
                });
                inputs.spans.push(page.cells[i].span);
            }
            inputs
        })
    }

    /// Prepares a text as its stages read it.
    fn read<T>(
        &self,
        text: &str,
        scratch: &mut Scratch,
        stages: impl FnOnce(&Page<'_>, &mut TaggerScratch) -> T,
    ) -> Result<T> {
        let mut normalized = folding().normalize_with(text, &mut scratch.normalize)?;
        normalized.text.make_ascii_lowercase();
        let (folded, alignment) = (normalized.text.as_str(), &normalized.alignment);

        scratch.tokens.clear();
        scratch.sentences.clear();
        segment::tokens(text, &mut scratch.tokens);
        segment::sentences(text, &mut scratch.sentences);
        if scratch.forms.begin(&self.matcher) {
            scratch.tagger.own.forget();
        }
        annotate(
            &mut scratch.forms,
            text,
            &normalized,
            &scratch.tokens,
            &scratch.sentences,
            &mut scratch.cells,
        );
        self.boilerplate.mark(
            text,
            folded,
            alignment,
            &scratch.sentences,
            &mut scratch.skip,
        );
        let page = Page {
            text,
            folded,
            alignment,
            cells: &scratch.cells,
            forms: &scratch.forms,
            skip: &scratch.skip,
            lexicon: &self.lexicon,
            matcher: &self.matcher,
            kin: &self.kin,
            own: &self.own,
            nationalities: &self.nationalities,
            sounds: &self.sounds,
        };
        Ok(stages(&page, &mut scratch.tagger))
    }
}

/// What the lexicon and the rules tell of a text, before a tagger reads it: names of the lexicon,
/// names that their context shows, and what the text names in full.
fn told(page: &Page<'_>, registry: &mut Registry) -> (Vec<Found>, Vec<Name>, FullNames) {
    let (mut found, full) = overlap::known(page, registry);
    names::misspelt_given(page, registry, &mut found);
    let names = names::shown(page, &found);
    (found, names, full)
}

impl Document {
    /// What was found in the text that `scratch` holds.
    fn of(scratch: &Scratch, mentions: Vec<Mention>, entities: Vec<EntityRef>) -> Self {
        let mut document = Self {
            sentences: scratch.sentences.clone(),
            tokens: scratch.tokens.len() as u32,
            mentions,
            entities,
        };
        document.settle();
        document
    }

    /// Keeps the entities that have a mention, in order of their first.
    fn settle(&mut self) {
        let mut new = vec![u32::MAX; self.entities.len()];
        let mut kept = Vec::new();
        for mention in &mut self.mentions {
            let slot = &mut new[mention.entity as usize];
            if *slot == u32::MAX {
                *slot = kept.len() as u32;
                kept.push(self.entities[mention.entity as usize].clone());
            }
            mention.entity = *slot;
        }
        self.entities = kept;
    }
}

/// A name found among the tokens, before it becomes a mention.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) end: usize,
    /// Folded bytes of clitics on the first token.
    pub(super) cut: usize,
    pub(super) entity: u32,
    pub(super) entity_type: EntityType,
    pub(super) by: FoundBy,
}

impl Found {
    fn mention(&self, page: &Page<'_>, role: Option<Role>, score: f32) -> Mention {
        let (prefix, span) = page.spans(self.first, self.end, self.cut);
        Mention {
            span,
            prefix,
            sentence: page.cells[self.first].sentence,
            tokens: (self.first as u32, self.end as u32),
            entity: self.entity,
            entity_type: self.entity_type,
            found_by: self.by,
            score,
            role,
        }
    }
}
