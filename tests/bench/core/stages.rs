use std::hint::black_box;
use std::sync::Arc;

use nasij::entities::{self, Extractor};
use nasij::lexicon::Lexicon;
use nasij::normalize::{Normalizer, Profile, Rule, Rules};
use nasij::segment::{Sentence, Token, sentences, tokens};
use nasij::tagger::Tagger;

/// A piece of work that is measured.
pub(crate) struct Stage {
    /// What it is called in tables.
    pub(crate) name: &'static str,
    work: Work,
}

enum Work {
    Fold(Normalizer),
    Aligned(Normalizer),
    Sentences,
    Tokens,
    Both,
    Extract(Extractor),
}

/// Buffers that outlive a text, as in the pipeline.
#[derive(Default)]
pub(crate) struct Scratch {
    normalize: nasij::normalize::Scratch,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    extract: entities::Scratch,
}

impl Stage {
    /// All of them.
    pub(crate) fn all() -> Vec<Self> {
        let light = || Normalizer::profile(Profile::Light);
        let search = || Normalizer::profile(Profile::Search);
        let aggressive = || Normalizer::profile(Profile::Aggressive);
        let html = || Normalizer::new(Rules::of(&Rule::ALL));
        let extractor = Extractor::new(Arc::new(Lexicon::shipped().clone()));
        let tagging = extractor.clone().with_tagger(Tagger::shipped().cloned());
        [
            ("fold light", Work::Fold(light())),
            ("fold search", Work::Fold(search())),
            ("fold aggressive", Work::Fold(aggressive())),
            ("fold all rules", Work::Fold(html())),
            ("align light", Work::Aligned(light())),
            ("align search", Work::Aligned(search())),
            ("align aggressive", Work::Aligned(aggressive())),
            ("align all rules", Work::Aligned(html())),
            ("sentences", Work::Sentences),
            ("tokens", Work::Tokens),
            ("sentences and tokens", Work::Both),
            ("extract", Work::Extract(extractor)),
            ("extract and tag", Work::Extract(tagging)),
        ]
        .map(|(name, work)| Self { name, work })
        .into()
    }

    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let known: Vec<_> = Self::all().iter().map(|s| s.name).collect();
        let found = Self::all().into_iter().find(|s| s.name == name);
        found.ok_or_else(|| format!("no stage is called {name:?}; {}", known.join(", ")))
    }

    /// Does it to one text; how much came out.
    pub(crate) fn run(&self, text: &str, scratch: &mut Scratch) -> usize {
        scratch.sentences.clear();
        scratch.tokens.clear();
        match &self.work {
            Work::Fold(normalizer) => black_box(normalizer.fold(text)).len(),
            Work::Aligned(normalizer) => {
                let done = normalizer.normalize_with(text, &mut scratch.normalize);
                let done = done.expect("shorter than 4 GiB");
                black_box(&done).text.len() + done.alignment.edits()
            }
            Work::Extract(extractor) => {
                let found = extractor.extract(text, &mut scratch.extract);
                black_box(found.expect("shorter than 4 GiB")).mentions.len()
            }
            Work::Sentences | Work::Tokens | Work::Both => {
                if !matches!(self.work, Work::Tokens) {
                    sentences(text, &mut scratch.sentences);
                }
                if !matches!(self.work, Work::Sentences) {
                    tokens(text, &mut scratch.tokens);
                }
                scratch.sentences.len() + scratch.tokens.len()
            }
        }
    }
}
