//! The tagger against the same in plain arithmetic, and on input of every kind.

use nasij::lexicon::EntityType;
use nasij::tagger::{Feature, Model, Scratch, Tagged, Tagger, Token};
use proptest::prelude::*;

use crate::tagger_reference::{Random, Size, features, model, scores, tokens};

const SMALL: Size = Size {
    width: 10,
    hidden: 20,
    reach: 2,
    layers: 2,
    words: 40,
    buckets: 64,
};

fn tag(model: &Model, tagger: &Tagger, tokens: &[Token], scratch: &mut Scratch) -> Vec<Tagged> {
    tagger
        .tag(tokens, |form, out| features(model, form, out), scratch)
        .to_vec()
}

/// The largest difference of a score from the reference, over the spread of the scores.
fn error(model: &Model, tokens: &[Token]) -> f64 {
    let tagger = Tagger::new(model).unwrap();
    let list = |form, out: &mut Vec<Feature>| features(model, form, out);
    let got = tagger.scores(tokens, list, &mut Scratch::default());
    let sentences = tokens.chunk_by(|a, b| a.sentence == b.sentence);
    let known: Vec<f64> = sentences
        .flat_map(|s| scores(model, s, list))
        .flatten()
        .collect();
    assert_eq!(got.len(), known.len());
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let spread = known.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / known.len() as f64;
    let differences = got
        .iter()
        .zip(&known)
        .map(|(a, b)| (f64::from(*a) - b).abs());
    differences.fold(0.0, f64::max) / spread.sqrt()
}

#[test]
fn scores_are_those_of_plain_arithmetic() {
    let mut random = Random(5);
    let sizes = [
        SMALL,
        Size {
            layers: 0,
            reach: 0,
            ..SMALL
        },
        Size {
            hidden: 1,
            width: 1,
            layers: 1,
            ..SMALL
        },
        Size {
            reach: 3,
            layers: 3,
            hidden: 33,
            ..SMALL
        },
        Size {
            width: 96,
            hidden: 128,
            words: 400,
            ..SMALL
        },
    ];
    for size in sizes {
        let model = model(size, &mut random);
        let tokens = tokens(300, 100, &mut random);
        let error = error(&model, &tokens);
        assert!(error < 0.004, "{size:?}: {error}");
    }
}

/// Every sequence of labels that is legal, with its weight.
fn sequences(model: &Model, scores: &[Vec<f64>]) -> Vec<(Vec<usize>, f64)> {
    let labels = model.labels.len();
    let legal = |before: Option<usize>, label: usize| {
        model.labels[label].strip_prefix("I-").is_none_or(|t| {
            before.is_some_and(|b| model.labels[b][1..].strip_prefix('-') == Some(t))
        })
    };
    let mut all = vec![(vec![], 0.0)];
    for scores in scores {
        all = all
            .iter()
            .flat_map(|(sequence, weight): &(Vec<usize>, f64)| {
                let before = sequence.last().copied();
                (0..labels)
                    .filter(move |&l| legal(before, l))
                    .map(move |label| {
                        let step = before.map_or(model.start[label], |b| {
                            model.transitions[b * labels + label]
                        });
                        let longer = sequence.iter().copied().chain([label]).collect();
                        (longer, weight + f64::from(step) + scores[label])
                    })
            })
            .collect();
    }
    for (sequence, weight) in &mut all {
        *weight += sequence.last().map_or(0.0, |&l| f64::from(model.end[l]));
    }
    all
}

/// The names a sequence of labels stands for.
fn names(model: &Model, sequence: &[usize]) -> Vec<(usize, usize, EntityType)> {
    let mut names: Vec<(usize, usize, EntityType)> = vec![];
    for (at, &label) in sequence.iter().enumerate() {
        if let Some(t) = model.labels[label].strip_prefix("B-") {
            names.push((at, at + 1, EntityType::from_name(t).unwrap()));
        } else if label > 0 {
            names.last_mut().unwrap().1 = at + 1;
        }
    }
    names
}

#[test]
fn names_and_probabilities_are_those_of_all_sequences() {
    let mut random = Random(7);
    let mut several = 0;
    for _ in 0..60 {
        let model = model(SMALL, &mut random);
        let tagger = Tagger::new(&model).unwrap();
        let len = 1 + random.below(5);
        let mut tokens = tokens(len, 50, &mut random);
        for token in &mut tokens {
            token.sentence = 3;
        }
        let list = |form, out: &mut Vec<Feature>| features(&model, form, out);
        let mut scratch = Scratch::default();
        let flat = tagger.scores(&tokens, list, &mut scratch);
        let scores: Vec<Vec<f64>> = flat
            .chunks(model.labels.len())
            .map(|scores| scores.iter().map(|&s| f64::from(s)).collect())
            .collect();
        let all = sequences(&model, &scores);
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let found = tag(&model, &tagger, &tokens, &mut scratch);
        let spans: Vec<_> = found
            .iter()
            .map(|f| (f.first, f.end, f.entity_type))
            .collect();
        assert_eq!(spans, names(&model, &best.0));
        let weight = |w: f64| (w - best.1).exp();
        let total: f64 = all.iter().map(|s| weight(s.1)).sum();
        for (span, found) in spans.iter().zip(&found) {
            let with = all.iter().filter(|s| names(&model, &s.0).contains(span));
            let share = with.map(|s| weight(s.1)).sum::<f64>() / total;
            let error = (share - f64::from(found.probability)).abs();
            assert!(error < 1e-5, "{share} {}", found.probability);
            several += usize::from(share < 0.9 && found.end - found.first > 1);
        }
    }
    assert!(several > 10, "{several}");
}

#[test]
fn what_was_read_before_changes_nothing() {
    let mut random = Random(9);
    let models = [(); 2].map(|()| model(SMALL, &mut random));
    let taggers = [&models[0], &models[1]].map(|m| Tagger::new(m).unwrap());
    let texts: Vec<_> = (0..30)
        .map(|_| tokens(random.below(900), 70_000, &mut random))
        .collect();
    let mut scratch = Scratch::default();
    let mut found = 0;
    for (i, text) in texts.iter().enumerate() {
        let which = i / 10 % 2;
        let again = tag(&models[which], &taggers[which], text, &mut scratch);
        let alone = tag(
            &models[which],
            &taggers[which],
            text,
            &mut Scratch::default(),
        );
        assert_eq!(again, alone);
        found += alone.len();
    }
    assert!(found > 1000);
    // Numbers of forms that mean others.
    let shifted: Vec<_> = texts[0]
        .iter()
        .map(|t| Token {
            form: t.form + 1,
            ..*t
        })
        .collect();
    let alone = tag(&models[0], &taggers[0], &shifted, &mut Scratch::default());
    tag(&models[0], &taggers[0], &texts[0], &mut scratch);
    scratch.forget();
    let list = |form, out: &mut Vec<Feature>| features(&models[0], form + 1, out);
    assert_eq!(taggers[0].tag(&texts[0], list, &mut scratch), alone);
}

#[test]
fn sentences_are_read_apart() {
    let mut random = Random(11);
    let model = model(SMALL, &mut random);
    let tagger = Tagger::new(&model).unwrap();
    let text = tokens(2000, 300, &mut random);
    let mut scratch = Scratch::default();
    let whole = tag(&model, &tagger, &text, &mut scratch);
    let mut apart = vec![];
    let mut first = 0;
    for sentence in text.chunk_by(|a, b| a.sentence == b.sentence) {
        apart.extend(
            tag(&model, &tagger, sentence, &mut scratch)
                .iter()
                .map(|f| Tagged {
                    first: f.first + first,
                    end: f.end + first,
                    ..*f
                }),
        );
        first += sentence.len();
    }
    assert_eq!(whole, apart);
    assert_eq!(tag(&model, &tagger, &[], &mut scratch), []);
}

#[test]
fn a_very_long_sentence_is_read() {
    let mut random = Random(13);
    let model = model(SMALL, &mut random);
    let tagger = Tagger::new(&model).unwrap();
    let mut text = tokens(1_000_000, 300, &mut random);
    for token in &mut text {
        token.sentence = 0;
    }
    let found = tag(&model, &tagger, &text, &mut Scratch::default());
    assert!(found.len() > 10_000);
    assert!(found.windows(2).all(|two| two[0].end <= two[1].first));
    assert!(found.iter().all(|f| f.first < f.end && f.end <= text.len()));
}

#[test]
fn probabilities_are_calibrated_by_kind() {
    let mut model = model(SMALL, &mut Random(15));
    model.calibration = vec![vec![], vec![(0.2, 0.1), (0.6, 0.5)]];
    let tagger = Tagger::new(&model).unwrap();
    for n in 0..=100_u8 {
        let p = f32::from(n) / 100.0;
        assert!(tagger.calibrated(0, p).is_none() && tagger.calibrated(2, p).is_none());
        let known = (p - 0.1).clamp(0.1, 0.5);
        let share = tagger.calibrated(1, p).expect("there are points");
        assert!((share - known).abs() < 1e-6, "{p}");
    }
}

/// Names of one sentence that exclude each other are as probable together as not to be outside.
#[test]
fn any_name_can_be_asked_for() {
    let mut random = Random(16);
    let model = model(SMALL, &mut random);
    let tagger = Tagger::new(&model).unwrap();
    let mut scratch = Scratch::default();
    let text = tokens(60, 6, &mut random);
    let found = tag(&model, &tagger, &text, &mut scratch);
    assert!(!found.is_empty());
    for f in found {
        let asked = tagger.probability(f.first, f.end, f.entity_type, &scratch);
        assert!((asked - f.probability).abs() < 1e-6);
    }
    for sentence in text.chunk_by(|a, b| a.sentence == b.sentence) {
        let start = sentence.as_ptr_range().start as usize - text.as_ptr() as usize;
        let start = start / size_of::<Token>();
        let end = start + sentence.len();
        for at in start..end {
            let within = (start..=at).flat_map(|first| (at + 1..=end).map(move |end| (first, end)));
            let all = within.flat_map(|(first, end)| EntityType::ALL.map(|t| (first, end, t)));
            let sum: f32 = all
                .map(|(first, end, t)| tagger.probability(first, end, t, &scratch))
                .sum();
            let outside = tagger.outside(at, &scratch);
            assert!((sum + outside - 1.0).abs() < 1e-4, "{sum} {outside}");
        }
        if end < text.len() {
            let across = tagger.probability(end - 1, end + 1, EntityType::Per, &scratch);
            assert!(across == 0.0);
        }
    }
}

#[test]
fn a_model_is_its_bytes() {
    let model = model(SMALL, &mut Random(17));
    let bytes = model.to_bytes().unwrap();
    assert_eq!(Model::read(&bytes).unwrap(), model);
    assert_eq!(model.to_bytes().unwrap(), bytes);
}

#[test]
fn faults_of_a_model_are_told() {
    type Change = fn(&mut Model);
    let changes: [(&str, Change); 14] = [
        ("labels", |m| m.labels[1] = "B-SUN".to_owned()),
        ("labels", |m| m.labels[1] = "I-PER".to_owned()),
        ("labels", |m| {
            m.labels.pop();
        }),
        ("ascending", |m| m.vocabulary.swap(0, 1)),
        ("rows of one size", |m| {
            m.table.pop();
        }),
        ("scales", |m| m.scales[3] = f32::NAN),
        ("window", |m| m.window.push(0.0)),
        ("hidden", |m| m.bias.clear()),
        ("outside", |m| m.outside.push(0.0)),
        ("dilation", |m| m.layers[0].dilation = 0),
        ("weights of a layer", |m| m.layers[1].weights[0] = 1e30),
        ("transitions", |m| m.transitions[0] = -50.0),
        ("end", |m| m.end[0] = f32::INFINITY),
        ("rise", |m| {
            m.calibration = vec![vec![(0.5, 0.5), (0.6, 0.4)]; 5];
        }),
    ];
    for (word, change) in changes {
        let mut broken = model(SMALL, &mut Random(19));
        change(&mut broken);
        let message = Tagger::new(&broken).unwrap_err().to_string();
        assert!(message.contains(word), "{word}: {message}");
        assert_eq!(broken.to_bytes().unwrap_err().to_string(), message);
    }
    let mut model = model(SMALL, &mut Random(19));
    // From O to I-PER: never read.
    model.transitions[2] = -10_000.0;
    assert!(Tagger::new(&model).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn broken_bytes_are_an_error_or_a_model(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let whole = model(Size { words: 3, buckets: 2, layers: 1, ..SMALL }, &mut Random(21));
        let mut bytes = whole.to_bytes().unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(model) = Model::read(&bytes) {
            let tagger = Tagger::new(&model).unwrap();
            let text = tokens(100, 50, &mut Random(23));
            for found in tag(&model, &tagger, &text, &mut Scratch::default()) {
                prop_assert!((0.0..=1.0).contains(&found.probability));
            }
        }
    }
}
