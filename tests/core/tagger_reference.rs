//! The tagger once more, in plain f64 and without caches: what `src/tagger` is held against.

use nasij::tagger::{ELSEWHERE, EVIDENCE, Feature, Layer, Model, Token};

/// A stream of numbers that look random (Steele, Lea and Flood 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// So many, around zero.
    fn floats(&mut self, n: usize, scale: f32) -> Vec<f32> {
        let one =
            |random: &mut Self| ((random.next() >> 40) as f32 / (1 << 23) as f32 - 1.0) * scale;
        (0..n).map(|_| one(self)).collect()
    }
}

/// How large a model is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) width: usize,
    pub(crate) hidden: usize,
    pub(crate) reach: usize,
    pub(crate) layers: usize,
    pub(crate) words: usize,
    pub(crate) buckets: usize,
}

/// A model of random weights, whose numbers stay about as large from layer to layer.
pub(crate) fn model(size: Size, random: &mut Random) -> Model {
    let Size {
        width,
        hidden,
        reach,
        ..
    } = size;
    let labels = [
        "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC",
    ];
    let offsets = 2 * reach + 1;
    let rows = Feature::DIRECT + size.words + size.buckets;
    let near = |n: usize| (1.5 / n as f32).sqrt();
    let layer = |random: &mut Random, i: usize| Layer {
        dilation: 1 + i,
        weights: random.floats(3 * hidden * hidden, near(3 * hidden)),
        bias: random.floats(hidden, 0.1),
    };
    let mut words: Vec<u32> = (0..size.words).map(|_| random.next() as u32).collect();
    words.sort_unstable();
    words.dedup();
    let rows = rows - (size.words - words.len());
    Model {
        name: "random".to_owned(),
        labels: labels.map(str::to_owned).to_vec(),
        vocabulary: words,
        table: (0..rows * width).map(|_| random.next() as i8).collect(),
        scales: random
            .floats(rows, 0.003)
            .iter()
            .map(|x| 0.003 + x / 2.0)
            .collect(),
        window: random.floats(offsets * width * hidden, near(offsets * width)),
        evidence: random.floats(offsets * EVIDENCE * hidden, 0.2),
        elsewhere: random.floats(offsets * ELSEWHERE * hidden, 0.2),
        outside: random.floats(offsets * hidden, 0.2),
        bias: random.floats(hidden, 0.1),
        layers: (0..size.layers).map(|i| layer(random, i)).collect(),
        output: random.floats(hidden * labels.len(), 6.0 * near(hidden)),
        output_bias: random.floats(labels.len(), 0.5),
        transitions: random.floats(labels.len() * labels.len(), 1.0),
        start: random.floats(labels.len(), 2.0),
        end: random.floats(labels.len(), 2.0),
        calibration: vec![],
    }
}

/// The features of a form, made from its number: words of the vocabulary and others.
#[allow(dead_code, reason = "the bench has real ones")]
pub(crate) fn features(model: &Model, form: u32, out: &mut Vec<Feature>) {
    let mut random = Random(u64::from(form));
    for _ in 0..random.below(4) {
        out.push(Feature::Direct(random.below(Feature::DIRECT - 1) as u8));
    }
    if form.is_multiple_of(11) {
        return;
    }
    for _ in 0..=random.below(3) {
        let known = model
            .vocabulary
            .get(random.below(model.vocabulary.len() * 5 / 4 + 1));
        let word = known.map_or_else(|| random.next() >> 2, |&w| u64::from(w));
        out.push(Feature::Word(word << 2));
    }
    for _ in 0..random.below(12) {
        out.push(Feature::Letters(random.next()));
    }
}

#[allow(dead_code, reason = "the bench has real ones")]
/// Tokens of sentences about as long as news has them; few forms stand often.
pub(crate) fn tokens(len: usize, forms: usize, random: &mut Random) -> Vec<Token> {
    let mut sentence = 0;
    let one = |_| {
        sentence += u32::from(random.below(25) == 0);
        let range = [8, 200, forms][random.below(3)].min(forms);
        Token {
            form: random.below(range) as u32,
            sentence,
            evidence: if random.below(4) == 0 {
                random.below(EVIDENCE) as u8
            } else {
                0
            },
            elsewhere: if random.below(9) == 0 {
                random.below(ELSEWHERE) as u8
            } else {
                0
            },
        }
    };
    (0..len).map(one).collect()
}

fn vector(model: &Model, features: &[Feature]) -> Vec<f64> {
    let width = model.width();
    let mut vector = vec![0.0; width];
    let mut whole = true;
    for &feature in features {
        let row = match feature {
            Feature::Direct(n) => Some(usize::from(n)),
            Feature::Word(hash) => {
                let known = model
                    .vocabulary
                    .iter()
                    .position(|w| *w == (hash >> 2) as u32);
                let row = known.map(|n| n + Feature::DIRECT);
                row.or(std::mem::take(&mut whole).then_some(Feature::DIRECT - 1))
            }
            Feature::Letters(hash) => {
                let bucket = (hash >> 2) as usize % model.buckets();
                Some(Feature::DIRECT + model.vocabulary.len() + bucket)
            }
        };
        whole &= !matches!(feature, Feature::Word(_));
        for i in (0..width).filter(|_| row.is_some()) {
            let row = row.unwrap_or_default();
            vector[i] += f64::from(model.table[row * width + i]) * f64::from(model.scales[row]);
        }
    }
    vector
}

fn add(sums: &mut [f64], row: &[f32], factor: f64) {
    for (sum, x) in sums.iter_mut().zip(row) {
        *sum += f64::from(*x) * factor;
    }
}

fn row(array: &[f32], n: usize, width: usize) -> &[f32] {
    &array[n * width..][..width]
}

/// The scores of each label at each token of one sentence.
pub(crate) fn scores(
    model: &Model,
    sentence: &[Token],
    features: impl Fn(u32, &mut Vec<Feature>),
) -> Vec<Vec<f64>> {
    let (hidden, reach) = (model.hidden(), model.reach());
    let vectors: Vec<Vec<f64>> = sentence
        .iter()
        .map(|token| {
            let mut list = Vec::new();
            features(token.form, &mut list);
            vector(model, &list)
        })
        .collect();
    let at = |place: usize, offset: usize, middle: usize| -> Option<usize> {
        (place + offset)
            .checked_sub(middle)
            .filter(|&p| p < sentence.len())
    };
    let widen = |xs: &[f32]| -> Vec<f64> { xs.iter().map(|&x| f64::from(x)).collect() };
    let mut states = vec![widen(&model.bias); sentence.len()];
    for (place, state) in states.iter_mut().enumerate() {
        for offset in 0..=2 * reach {
            let Some(seen) = at(place, offset, reach) else {
                add(state, row(&model.outside, offset, hidden), 1.0);
                continue;
            };
            for (i, x) in vectors[seen].iter().enumerate() {
                add(
                    state,
                    row(&model.window, offset * model.width() + i, hidden),
                    *x,
                );
            }
            let code = offset * EVIDENCE + usize::from(sentence[seen].evidence);
            add(state, row(&model.evidence, code, hidden), 1.0);
            let code = offset * ELSEWHERE + usize::from(sentence[seen].elsewhere);
            add(state, row(&model.elsewhere, code, hidden), 1.0);
        }
        for x in state {
            *x = x.max(0.0);
        }
    }
    for layer in &model.layers {
        let before = states.clone();
        for (place, state) in states.iter_mut().enumerate() {
            let mut made = widen(&layer.bias);
            for side in 0..3 {
                if let Some(seen) = at(place, side * layer.dilation, layer.dilation) {
                    for (i, x) in before[seen].iter().enumerate() {
                        add(
                            &mut made,
                            row(&layer.weights, side * hidden + i, hidden),
                            *x,
                        );
                    }
                }
            }
            state
                .iter_mut()
                .zip(made)
                .for_each(|(x, y)| *x += y.max(0.0));
        }
    }
    let labels = model.labels.len();
    let label = |state: Vec<f64>| {
        let mut scores = widen(&model.output_bias);
        for (i, x) in state.iter().enumerate() {
            add(&mut scores, row(&model.output, i, labels), *x);
        }
        scores
    };
    states.into_iter().map(label).collect()
}
