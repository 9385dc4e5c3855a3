use std::fmt;

use serde::{Deserialize, Serialize};

use super::analysis::{Analysis, MentionRow};
use crate::error::{ErrorKind, Result};
use crate::segment::{self, Sentence, Token};
use crate::text::Span;

/// What two entities must share to count as together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A whole document.
    Document,
    /// Any `k` tokens in a row: every place of a window that slides by one token. A document
    /// shorter than the window is one window.
    Window(u32),
}

impl Unit {
    /// The unit of a name, or a window of so many tokens.
    ///
    /// # Errors
    /// An unknown name; a window of no token.
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "sentence" => Ok(Self::Sentence),
            "paragraph" => Ok(Self::Paragraph),
            "document" => Ok(Self::Document),
            _ => match name.parse() {
                Ok(k) if k > 0 => Ok(Self::Window(k)),
                _ => Err(ErrorKind::Argument(format!(
                    "no unit is called {name:?}; a unit is \"sentence\", \"paragraph\", \
                     \"document\" or a whole number of tokens from 1"
                ))
                .into()),
            },
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentence => f.write_str("sentence"),
            Self::Paragraph => f.write_str("paragraph"),
            Self::Document => f.write_str("document"),
            Self::Window(size) => write!(f, "{size}"),
        }
    }
}

/// In the groups of a selection: a document that is in none.
pub const NO_GROUP: u32 = u32::MAX;

/// Which documents and entities take part; none of either for all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection<'s> {
    /// For each entity, whether it takes part.
    pub entities: Option<&'s [bool]>,
    /// For each document, whether it takes part.
    pub documents: Option<&'s [bool]>,
    /// For each document the group it belongs to (its story, its source, its day), where groups
    /// are counted and not units; those of [`NO_GROUP`] do not take part.
    pub groups: Option<&'s [u32]>,
}

impl Selection<'_> {
    fn has_document(&self, document: usize) -> bool {
        self.documents
            .is_none_or(|d| d.get(document).copied().unwrap_or(false))
            && self.groups.is_none_or(|_| self.group(document) != NO_GROUP)
    }

    /// The group of a document; [`NO_GROUP`] where there are no groups.
    pub fn group(&self, document: usize) -> u32 {
        let groups = self.groups.unwrap_or_default();
        groups.get(document).copied().unwrap_or(NO_GROUP)
    }

    fn has_entity(&self, entity: u32) -> bool {
        self.entities
            .is_none_or(|e| e.get(entity as usize).copied().unwrap_or(false))
    }
}

/// A unit of a corpus: the `index`th of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The document's number.
    pub document: u32,
    /// The unit's number within the document.
    pub index: u32,
}

impl Analysis {
    /// Calls `with(place, entities, times)` for runs of `times` units from `place` on that hold
    /// the same entities; every unit of every selected document is in one run. The entities are
    /// those selected, in no order, some perhaps twice; empty runs have no telling place.
    pub fn units(
        &self,
        unit: Unit,
        selection: Selection<'_>,
        mut with: impl FnMut(Place, &[u32], u64),
    ) {
        let mut entities = Vec::new();
        for document in (0..self.documents()).filter(|d| selection.has_document(*d)) {
            let at = |index: u32| Place {
                document: document as u32,
                index,
            };
            let sentences = self.sentences_of(document);
            let mentions = self.mentions_of(document);
            if sentences.is_empty() {
                continue;
            }
            let taking_part = mentions.iter().filter(|m| selection.has_entity(m.entity));
            let index_of = |m: &MentionRow| match unit {
                Unit::Sentence => m.sentence,
                Unit::Paragraph => sentences[m.sentence as usize],
                Unit::Document | Unit::Window(_) => 0,
            };
            let total = match unit {
                Unit::Sentence => sentences.len() as u64,
                Unit::Paragraph => u64::from(sentences[sentences.len() - 1]) + 1,
                Unit::Document => 1,
                Unit::Window(size) => {
                    let tokens = self.tokens[document];
                    let taking_part: Vec<_> = taking_part.collect();
                    windows(&taking_part, tokens, size, |index, entities, times| {
                        with(at(index), entities, times);
                    });
                    continue;
                }
            };
            let mut seen = 0;
            let mut current = None;
            for m in taking_part {
                let index = index_of(m);
                if current != Some(index) {
                    if let Some(current) = current {
                        with(at(current), &entities, 1);
                        seen += 1;
                    }
                    entities.clear();
                    current = Some(index);
                }
                entities.push(m.entity);
            }
            if let Some(current) = current {
                with(at(current), &entities, 1);
                seen += 1;
            }
            if total > seen {
                with(at(0), &[], total - seen);
            }
        }
    }

    /// The units that hold `a`, and `b` if given: exactly those that [`Analysis::units`] gives to
    /// a counter.
    pub fn evidence(
        &self,
        unit: Unit,
        a: u32,
        b: Option<u32>,
        documents: Option<&[bool]>,
    ) -> Vec<Place> {
        let mut places = Vec::new();
        let mut asked = vec![false; self.entities.len()];
        for entity in [Some(a), b].into_iter().flatten() {
            if let Some(slot) = asked.get_mut(entity as usize) {
                *slot = true;
            }
        }
        let selection = Selection {
            entities: Some(&asked),
            documents,
            groups: None,
        };
        self.units(unit, selection, |place, entities, times| {
            let both = entities.contains(&a) && b.is_none_or(|b| entities.contains(&b));
            if both {
                places.extend((0..times as u32).map(|k| Place {
                    index: place.index + k,
                    ..place
                }));
            }
        });
        places
    }
}

/// Slides a window over a document's tokens, one event at a time.
fn windows(
    mentions: &[&MentionRow],
    tokens: u32,
    size: u32,
    mut with: impl FnMut(u32, &[u32], u64),
) {
    if tokens == 0 {
        return;
    }
    let size = size.min(tokens);
    let last = tokens - size;
    // A mention lies within the windows that begin from `end - size` to its first token.
    let mut events: Vec<(u32, bool, u32)> = Vec::new();
    for m in mentions
        .iter()
        .filter(|m| m.end_token - m.first_token <= size)
    {
        events.push((m.end_token.saturating_sub(size), true, m.entity));
        events.push((m.first_token.min(last) + 1, false, m.entity));
    }
    events.sort_unstable();
    let mut inside: Vec<u32> = Vec::new();
    let mut from = 0;
    for (at, enters, entity) in events {
        if at > from {
            with(from, &inside, u64::from(at - from));
            from = at;
        }
        if enters {
            inside.push(entity);
        } else if let Some(i) = inside.iter().position(|e| *e == entity) {
            inside.swap_remove(i);
        }
    }
    if from <= last {
        with(from, &inside, u64::from(last + 1 - from));
    }
}

/// Finds where the units of one text stand.
#[derive(Debug)]
pub struct Locator {
    unit: Unit,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    len: usize,
}

impl Locator {
    /// Cuts a text as the extractor did.
    pub fn new(text: &str, unit: Unit) -> Self {
        let (mut sentences, mut tokens) = (Vec::new(), Vec::new());
        segment::sentences(text, &mut sentences);
        if matches!(unit, Unit::Window(_)) {
            segment::tokens(text, &mut tokens);
        }
        Self {
            unit,
            sentences,
            tokens,
            len: text.len(),
        }
    }

    /// The number of the first sentence of a unit, and the unit's bytes.
    pub fn locate(&self, index: u32) -> (u32, Span) {
        let index = index as usize;
        match self.unit {
            Unit::Sentence => (index as u32, self.sentences[index].span),
            Unit::Paragraph => {
                let first = self
                    .sentences
                    .partition_point(|s| (s.paragraph as usize) < index);
                let end = self
                    .sentences
                    .partition_point(|s| (s.paragraph as usize) <= index);
                let span = Span {
                    start: self.sentences[first].span.start,
                    end: self.sentences[end - 1].span.end,
                };
                (first as u32, span)
            }
            Unit::Document => (0, Span::new(0, self.len)),
            Unit::Window(size) => {
                let last = (index + size as usize).min(self.tokens.len()) - 1;
                let span = Span {
                    start: self.tokens[index].span.start,
                    end: self.tokens[last].span.end,
                };
                let first = self.sentences.partition_point(|s| s.span.end <= span.start);
                (first as u32, span)
            }
        }
    }
}
