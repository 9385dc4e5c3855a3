//! Where the units of a text stand.

use rayon::prelude::*;

use super::analysis::{Analysis, MentionRow};
use super::texts::Texts;
use super::units::{Place, Unit};
use crate::error::Result;
use crate::segment::{self, Sentence, Token};
use crate::text::{CodePoints, Span};
use crate::threads::on_pool;

/// Documents that are cut without a pool of threads: making one takes as long.
const FEW: usize = 32;

/// Where a unit stands in its document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Located {
    /// Its first sentence.
    pub sentence: u32,
    /// Code points, half-open.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// Finds where units stand, in the order they are given in.
///
/// # Errors
/// Where no threads can be made.
pub fn locate(
    analysis: &Analysis,
    texts: &Texts,
    unit: Unit,
    places: &[Place],
) -> Result<Vec<Located>> {
    by_document(
        places.len(),
        |i| places[i as usize].document,
        |rows| {
            let document = places[rows[0] as usize].document as usize;
            let text = texts.get(document);
            let locator = Locator::new(text, unit, analysis.mentions_of(document));
            let index = CodePoints::new(text);
            let located = rows.iter().map(|&i| {
                let (sentence, span) = locator.locate(places[i as usize].index);
                let (start, end) = index.of_span(span);
                let (start, end) = (start as u32, end as u32);
                Located {
                    sentence,
                    start,
                    end,
                }
            });
            located.collect()
        },
    )
}

/// What `find` gives for the rows of each document, `of` them all, in their order: so that each
/// text is cut once, and many on threads.
pub(super) fn by_document<T: Copy + Default + Send>(
    of: usize,
    document: impl Fn(u32) -> u32,
    find: impl Fn(&[u32]) -> Vec<T> + Sync,
) -> Result<Vec<T>> {
    let mut order: Vec<u32> = (0..of as u32).collect();
    order.sort_by_key(|&i| document(i));
    let documents: Vec<&[u32]> = order
        .chunk_by(|&i, &j| document(i) == document(j))
        .collect();
    let found: Vec<Vec<T>> = if documents.len() > FEW {
        on_pool(None, || {
            documents.par_iter().map(|rows| find(rows)).collect()
        })?
    } else {
        documents.iter().map(|rows| find(rows)).collect()
    };
    let mut all = vec![T::default(); of];
    for (&i, one) in order.iter().zip(found.into_iter().flatten()) {
        all[i as usize] = one;
    }
    Ok(all)
}

/// Finds where the units of one text stand.
#[derive(Debug)]
pub struct Locator<'m> {
    unit: Unit,
    mentions: &'m [MentionRow],
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    len: usize,
}

impl<'m> Locator<'m> {
    /// Cuts a text as the extractor did; `mentions` are those of its document.
    pub fn new(text: &str, unit: Unit, mentions: &'m [MentionRow]) -> Self {
        let (mut sentences, mut tokens) = (Vec::new(), Vec::new());
        segment::sentences(text, &mut sentences);
        if matches!(unit, Unit::Window(_) | Unit::Around(_)) {
            segment::tokens(text, &mut tokens);
        }
        Self {
            unit,
            mentions,
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
            Unit::Window(size) => self.between(index, index + size as usize),
            Unit::Around(reach) => {
                let m = &self.mentions[index];
                let end = m.end_token.saturating_add(reach);
                self.between(m.first_token.saturating_sub(reach) as usize, end as usize)
            }
        }
    }

    /// The unit of the tokens from `first` to before `end`, or to the last.
    fn between(&self, first: usize, end: usize) -> (u32, Span) {
        let last = end.min(self.tokens.len()) - 1;
        let span = Span {
            start: self.tokens[first].span.start,
            end: self.tokens[last].span.end,
        };
        let sentence = self.sentences.partition_point(|s| s.span.end <= span.start);
        (sentence as u32, span)
    }
}
