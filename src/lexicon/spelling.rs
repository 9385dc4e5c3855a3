use crate::segment::clitics::Letters;

/// Codes of letters, and the word's begin and end among them.
const CODES: usize = 64;
const BEGIN: usize = 63;
const END: usize = 62;
/// How much of what is seen in a shorter context stands in for what is not seen in a longer one.
const TRUST: f32 = 10.0;

/// How probable the letters of a stem are, each after the two before it: what is left to go by
/// where a stem is not known. Trigrams interpolated with bigrams and these with unigrams (the
/// smoothing of D. Mackay and L. Peto, 1995).
#[derive(Debug, Clone)]
pub struct Spelling {
    /// Minus the logarithm of the probability, in nats.
    costs: Vec<f32>,
}

impl Spelling {
    /// Learnt from stems, each with a weight.
    pub fn of(stems: impl Iterator<Item = (Letters, f32)>) -> Self {
        let mut three = vec![0.0_f32; CODES * CODES * CODES];
        let mut two = vec![0.0_f32; CODES * CODES];
        let mut one = vec![1.0_f32; CODES];
        for (stem, weight) in stems {
            for (at, code) in contexts(stem) {
                three[at * CODES + code] += weight;
                two[at % CODES * CODES + code] += weight;
                one[code] += weight;
            }
        }
        spread(&mut one, |_| 1.0 / CODES as f32, 0.0);
        spread(&mut two, |i| one[i % CODES], TRUST);
        spread(&mut three, |i| two[i % (CODES * CODES)], TRUST);
        for p in &mut three {
            *p = -p.ln();
        }
        Self { costs: three }
    }

    /// Minus the logarithm of the probability of a stem's letters.
    pub fn cost(&self, stem: Letters) -> f32 {
        contexts(stem)
            .map(|(at, code)| self.costs[at * CODES + code])
            .sum()
    }
}

/// Each letter of a stem, and its end, with the two before it as one number.
fn contexts(stem: Letters) -> impl Iterator<Item = (usize, usize)> {
    let mut before = BEGIN * CODES + BEGIN;
    (0..=stem.len()).map(move |i| {
        let code = if i < stem.len() { stem.code(i) } else { END };
        let found = (before, code);
        before = before % CODES * CODES + code;
        found
    })
}

/// Counts, in rows of [`CODES`], as probabilities.
fn spread(counts: &mut [f32], backoff: impl Fn(usize) -> f32, trust: f32) {
    for (row, counts) in counts.chunks_mut(CODES).enumerate() {
        let total = counts.iter().sum::<f32>() + trust;
        for (code, count) in counts.iter_mut().enumerate() {
            *count = (*count + trust * backoff(row * CODES + code)) / total;
        }
    }
}
