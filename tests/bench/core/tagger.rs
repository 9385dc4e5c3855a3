use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use nasij::entities::{self, Extractor};
use nasij::lexicon::Lexicon;
use nasij::tagger::{Feature, Model, Scratch, Tagger, Token};
use nasij::text::Interner;

use crate::Texts;
use crate::tagger_reference::{self as reference, Random, Size};

/// As large as the model that is shipped.
const SIZE: Size = Size {
    width: 96,
    hidden: 128,
    reach: 2,
    layers: 2,
    words: 0,
    buckets: 30_000,
};

/// The most words of a vocabulary.
const WORDS: usize = 60_000;

const ROUNDS: usize = 5;

/// The tokens of texts with the forms they share.
struct Inputs {
    texts: Vec<Vec<Token>>,
    forms: Vec<Vec<Feature>>,
}

/// Prints how far a tagger of random weights is from plain arithmetic, then its speed on one
/// thread: as it comes to the texts, and where it knows all forms that have room.
pub(crate) fn print(texts: &Texts) {
    let inputs = Inputs::new(texts);
    let model = inputs.model();
    let tagger = Tagger::new(&model).expect("a sound model");
    println!(
        "  {:.5} at most from plain arithmetic, in deviations",
        inputs.error(&model, &tagger)
    );
    let tokens: usize = inputs.texts.iter().map(Vec::len).sum();
    let (mut first, mut again, mut names) = (vec![], vec![], 0);
    for _ in 0..ROUNDS {
        let mut scratch = Scratch::default();
        for taken in [&mut first, &mut again] {
            let begin = Instant::now();
            names = inputs.tag(&tagger, &mut scratch);
            taken.push(begin.elapsed().as_secs_f64());
        }
    }
    for (name, mut taken) in [("first", first), ("again", again)] {
        taken.sort_by(f64::total_cmp);
        let seconds = taken[ROUNDS / 2];
        println!(
            "  {name}: {:.0} tokens/s, {:.0} ns a token ({tokens} tokens, {} forms, {names} names)",
            tokens as f64 / seconds,
            seconds * 1e9 / tokens as f64,
            inputs.forms.len(),
        );
    }
}

impl Inputs {
    fn new(texts: &Texts) -> Self {
        let extractor = Extractor::new(Arc::new(Lexicon::shipped().clone()));
        let mut scratch = entities::Scratch::default();
        let mut words = Interner::default();
        let mut forms = Vec::new();
        let mut read = |text: &String| {
            let inputs = extractor
                .inputs(text, &mut scratch)
                .expect("shorter than 4 GiB");
            let numbers: Vec<u32> = inputs
                .forms
                .into_iter()
                .map(|(word, features)| {
                    let number = words.number(&word);
                    if number as usize == forms.len() {
                        forms.push(features);
                    }
                    number
                })
                .collect();
            let number = |t: &Token| Token {
                form: numbers[t.form as usize],
                ..*t
            };
            inputs.tokens.iter().map(number).collect()
        };
        let texts = texts.0.iter().map(&mut read).collect();
        Self { texts, forms }
    }

    /// Random weights for the words of the forms that came first.
    fn model(&self) -> Model {
        let hashes = self
            .forms
            .iter()
            .flatten()
            .filter_map(|feature| match feature {
                Feature::Word(hash) => Some((hash >> 2) as u32),
                _ => None,
            });
        let mut seen = BTreeSet::new();
        let new: Vec<u32> = hashes
            .filter(|&word| seen.insert(word))
            .take(WORDS)
            .collect();
        let words = new.len();
        let mut model = reference::model(Size { words, ..SIZE }, &mut Random(1));
        model.vocabulary = new;
        model.vocabulary.sort_unstable();
        model
    }

    fn features(&self) -> impl Fn(u32, &mut Vec<Feature>) {
        |form, out| out.extend_from_slice(&self.forms[form as usize])
    }

    /// The largest difference of a score, over how the scores spread.
    fn error(&self, model: &Model, tagger: &Tagger) -> f64 {
        let mut scratch = Scratch::default();
        let (mut worst, mut squares, mut count) = (0.0_f64, 0.0, 0.0);
        for text in self.texts.iter().take(5) {
            let got = tagger.scores(text, self.features(), &mut scratch);
            let sentences = text.chunk_by(|a, b| a.sentence == b.sentence);
            let known = sentences.flat_map(|s| reference::scores(model, s, self.features()));
            for (got, known) in got.iter().zip(known.flatten()) {
                worst = worst.max((f64::from(*got) - known).abs());
                squares += known * known;
                count += 1.0;
            }
        }
        let spread = f64::sqrt(squares / count);
        assert!(worst < 0.01 * spread, "{worst} of {spread}");
        worst / spread
    }

    fn tag(&self, tagger: &Tagger, scratch: &mut Scratch) -> usize {
        let names = self
            .texts
            .iter()
            .map(|t| tagger.tag(t, self.features(), scratch).len());
        names.sum()
    }
}
