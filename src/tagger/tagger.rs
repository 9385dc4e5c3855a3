//! The tagger: a model compiled, and what it finds among tokens.

use std::sync::{Arc, OnceLock};

use super::decode::{Chain, Paths};
use super::matrix::Multiply;
use super::network::{Buffers, Network, Scores};
use super::{Feature, Model, Token};
use crate::error::Result;
use crate::lexicon::EntityType;

/// Finds names. Immutable, cheap to clone: one serves all threads.
#[derive(Debug, Clone)]
pub struct Tagger {
    compiled: Arc<Compiled>,
    arch: pulp::Arch,
}

#[derive(Debug)]
struct Compiled {
    network: Network,
    chain: Chain,
    calibration: Vec<Vec<(f32, f32)>>,
}

/// A name among the tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tagged {
    /// Its first token.
    pub first: usize,
    /// The token behind its last.
    pub end: usize,
    /// What it names.
    pub entity_type: EntityType,
    /// How probable the network has it that this is a name from its first token to its last and of
    /// this type, from 0 to 1.
    pub probability: f32,
}

/// What one worker keeps from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    /// For which all of it holds.
    tagger: Option<Arc<Compiled>>,
    buffers: Buffers,
    paths: Paths,
    sentences: Vec<usize>,
}

static SHIPPED: &[u8] = include_bytes!("../../seeds/model/tagger.bin");

/// Sentences are read together until they have so many tokens.
const TOGETHER: usize = 256;

/// A sentence of more tokens is read in parts, as if they were sentences: it is a list, or no text.
const LONGEST: usize = 512;

impl Tagger {
    /// Compiles a model.
    ///
    /// # Errors
    /// What [`Model::check`] finds.
    pub fn new(model: &Model) -> Result<Self> {
        model.check()?;
        Ok(Self {
            compiled: Arc::new(Compiled {
                network: Network::new(model),
                chain: Chain::new(model)?,
                calibration: model.calibration.clone(),
            }),
            arch: pulp::Arch::new(),
        })
    }

    /// The tagger that ships with nasij; none where its file is empty.
    ///
    /// # Panics
    /// If the file is broken, which the tests rule out.
    pub fn shipped() -> Option<&'static Self> {
        static TAGGER: OnceLock<Option<Tagger>> = OnceLock::new();
        let read = |bytes: &[u8]| {
            let model = Model::read(bytes).expect("the shipped model is sound");
            Self::new(&model).expect("the shipped model is sound")
        };
        let tagger = TAGGER.get_or_init(|| (!SHIPPED.is_empty()).then(|| read(SHIPPED)));
        tagger.as_ref()
    }

    /// The names among the tokens of a text, in their order. `features` writes those of a form,
    /// and is asked for forms that the scratch does not remember: numbers must mean the same forms
    /// from text to text, until [`Scratch::forget`].
    pub fn tag<'s>(
        &self,
        tokens: &[Token],
        features: impl FnMut(u32, &mut Vec<Feature>),
        scratch: &'s mut Scratch,
    ) -> &'s [Tagged] {
        self.run(tokens, features, scratch, |_| {});
        &scratch.paths.found
    }

    /// How probable it is that the tokens `first..end` of the text that was tagged last are a name
    /// of a type, be it among the names found or not; 0 across sentences.
    pub fn probability(
        &self,
        first: usize,
        end: usize,
        entity_type: EntityType,
        scratch: &Scratch,
    ) -> f32 {
        let chain = &self.compiled.chain;
        chain.probability(&scratch.paths, first, end, entity_type)
    }

    /// How probable it is that a token of the text that was tagged last is in no name.
    pub fn outside(&self, token: usize, scratch: &Scratch) -> f32 {
        self.compiled.chain.outside(&scratch.paths, token)
    }

    /// What share of the names of a kind and of this probability are right; kinds are numbered by
    /// whoever wrote the model. None for kinds of which it says nothing.
    pub fn calibrated(&self, kind: usize, probability: f32) -> Option<f32> {
        let points = self.compiled.calibration.get(kind)?;
        calibrated(points, probability)
    }

    /// The score of each of the model's labels at each token, from the network alone: to hold it
    /// against the one that was trained. Arguments are those of [`Tagger::tag`].
    pub fn scores(
        &self,
        tokens: &[Token],
        features: impl FnMut(u32, &mut Vec<Feature>),
        scratch: &mut Scratch,
    ) -> Vec<f32> {
        let labels = self.compiled.chain.labels();
        let mut all = Vec::with_capacity(tokens.len() * labels);
        self.run(tokens, features, scratch, |scores| {
            all.extend(scores.iter().flat_map(|scores| &scores[..labels]));
        });
        all
    }

    fn run(
        &self,
        tokens: &[Token],
        features: impl FnMut(u32, &mut Vec<Feature>),
        scratch: &mut Scratch,
        scored: impl FnMut(&[Scores]),
    ) {
        let same = |t: &Arc<Compiled>| Arc::ptr_eq(t, &self.compiled);
        if !scratch.tagger.as_ref().is_some_and(same) {
            *scratch = Scratch {
                tagger: Some(Arc::clone(&self.compiled)),
                ..Scratch::default()
            };
        }
        scratch.paths.clear();
        let run = Run {
            compiled: &self.compiled,
            tokens,
            features,
            scored,
            scratch,
        };
        match self.arch {
            #[cfg(target_arch = "x86_64")]
            pulp::Arch::V4(simd) => simd.vectorize(
                #[inline(always)]
                || run.all(simd),
            ),
            #[cfg(target_arch = "x86_64")]
            pulp::Arch::V3(simd) => simd.vectorize(
                #[inline(always)]
                || run.all(simd),
            ),
            arch => arch.dispatch(
                #[inline(always)]
                || run.all(pulp::Scalar),
            ),
        }
    }
}

impl Scratch {
    /// The names of the text that was tagged last.
    pub fn tagged(&self) -> &[Tagged] {
        &self.paths.found
    }

    /// Forgets the forms seen so far: their numbers now mean others.
    pub fn forget(&mut self) {
        self.buffers.known.forget();
    }
}

struct Run<'r, F, G> {
    compiled: &'r Compiled,
    tokens: &'r [Token],
    features: F,
    scored: G,
    scratch: &'r mut Scratch,
}

impl<F, G> Run<'_, F, G>
where
    F: FnMut(u32, &mut Vec<Feature>),
    G: FnMut(&[Scores]),
{
    #[inline(always)]
    fn all(mut self, with: impl Multiply) {
        let tokens = self.tokens;
        let (mut first, mut end) = (0, 0);
        for sentence in tokens.chunk_by(|a, b| a.sentence == b.sentence) {
            for part in sentence.chunks(LONGEST) {
                self.scratch.sentences.push(part.len());
                end += part.len();
                if end - first >= TOGETHER {
                    self.read(with, first, end);
                    first = end;
                }
            }
        }
        if first < end {
            self.read(with, first, end);
        }
    }

    /// Reads some sentences.
    #[inline(always)]
    fn read(&mut self, with: impl Multiply, first: usize, end: usize) {
        let Compiled { network, chain, .. } = self.compiled;
        let Scratch {
            buffers,
            paths,
            sentences,
            ..
        } = self.scratch;
        network.score(
            with,
            &self.tokens[first..end],
            sentences,
            buffers,
            &mut self.features,
        );
        (self.scored)(&buffers.scores);
        let mut scores = buffers.scores.as_mut_slice();
        for len in sentences.drain(..) {
            let (here, rest) = scores.split_at_mut(len);
            chain.decode(here, paths);
            scores = rest;
        }
    }
}

/// The height of a line through points; level before the first and behind the last.
fn calibrated(points: &[(f32, f32)], probability: f32) -> Option<f32> {
    let behind = points.partition_point(|p| p.0 < probability);
    match (points[..behind].last(), points.get(behind)) {
        (None, None) => None,
        (Some(&(_, share)), None) | (None, Some(&(_, share))) => Some(share),
        (Some(&(x, low)), Some(&(y, high))) => {
            Some(low + (high - low) * ((probability - x) / (y - x)))
        }
    }
}
