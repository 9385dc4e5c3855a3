//! What the tagger says of a text, and how probable that makes what was found.

use super::extractor::{Found, Page};
use super::mention::FoundBy;
use crate::lexicon::EntityType;
use crate::tagger::{Scratch, Tagged, Tagger, Token, features};

/// A text read by a tagger.
pub(super) struct Reading<'r> {
    tagger: &'r Tagger,
    scratch: &'r Scratch,
    tagged: &'r [Tagged],
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        page: &Page<'_>,
        tagger: &'r Tagger,
        tokens: &[Token],
        scratch: &'r mut Scratch,
    ) -> Self {
        tagger.tag(
            tokens,
            |number, out| {
                let (text, form) = page.forms.word(number);
                features(&form.seen(text), out);
            },
            scratch,
        );
        Self {
            tagger,
            tagged: scratch.tagged(),
            scratch,
        }
    }

    /// The names it finds, in order and apart.
    pub(super) fn tagged(&self) -> &'r [Tagged] {
        self.tagged
    }

    /// How probable tokens are a name of this type, from the first to before the end.
    pub(super) fn probability(&self, first: usize, end: usize, entity_type: EntityType) -> f32 {
        self.tagger
            .probability(first, end, entity_type, self.scratch)
    }

    /// How probable it is that these tokens are in no name: that the likeliest to be in one is not.
    pub(super) fn outside(&self, first: usize, end: usize) -> f32 {
        let outside = (first..end).map(|i| self.tagger.outside(i, self.scratch));
        outside.fold(1.0, f32::min)
    }

    /// How probable it is that a name is right.
    pub(super) fn score(&self, f: &Found) -> f32 {
        let probability = self.probability(f.first, f.end, f.entity_type);
        let known = self.tagger.calibrated(f.by as usize, probability);
        match (f.entity_type, f.by) {
            (EntityType::Norp, _) => f.by.score(),
            (_, FoundBy::Tagger) => known.unwrap_or(probability),
            _ => known.unwrap_or_else(|| f.by.score()),
        }
    }
}
