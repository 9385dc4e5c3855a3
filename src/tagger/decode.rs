//! The best labels of a sentence, and how probable each name among them is: a linear chain
//! (Lafferty, `McCallum` and Pereira 2001).

use super::labels::{Label, Labels};
use super::matrix::TILE;
use super::network::Scores;
use super::{Model, Tagged};
use crate::error::Result;
use crate::lexicon::EntityType;

/// A label's score is held this close to the best at its token, so that no factor is ever zero.
const FARTHEST: f32 = 30.0;

/// The labels of a model and what stands behind what.
#[derive(Debug)]
pub(super) struct Chain {
    labels: Labels,
    /// From each label to each.
    transitions: Vec<Scores>,
    /// The same as factors, 0 where illegal; and from each label to those before it.
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    /// Scores and factors.
    start: (Scores, Scores),
    end: (Scores, Scores),
}

/// What is told of the labels of a text, sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Where each sentence begins.
    starts: Vec<usize>,
    /// For each label of each token the label before it on the best path.
    before: Vec<[u8; TILE]>,
    best: Vec<u8>,
    /// Of all tokens of the text.
    factors: Vec<Scores>,
    /// How probable each label is with all before, and what it is times to get the next one's.
    forward: Vec<(Scores, f32)>,
    backward: Vec<Scores>,
    pub(super) found: Vec<Tagged>,
}

impl Paths {
    /// Forgets the text before.
    pub(super) fn clear(&mut self) {
        self.starts.clear();
        self.factors.clear();
        self.forward.clear();
        self.backward.clear();
        self.found.clear();
    }

    /// The sentence of a token, where it begins and ends.
    fn sentence(&self, token: usize) -> (usize, usize) {
        let behind = self.starts.partition_point(|&start| start <= token);
        let start = behind.checked_sub(1).map_or(0, |n| self.starts[n]);
        let end = self.starts.get(behind).copied();
        (start, end.unwrap_or(self.factors.len()))
    }
}

impl Chain {
    pub(super) fn new(model: &Model) -> Result<Self> {
        let labels = Labels::parse(&model.labels)?;
        let all = labels.len();
        let both = |score: &dyn Fn(usize) -> Option<f32>| {
            let (mut scores, mut factors) = ([f32::NEG_INFINITY; TILE], [0.0; TILE]);
            for label in 0..all {
                if let Some(score) = score(label) {
                    (scores[label], factors[label]) = (score, exp(score));
                }
            }
            (scores, factors)
        };
        let row = |from: usize| {
            both(&|to| {
                labels
                    .legal(Some(from), to)
                    .then(|| model.transitions[from * all + to])
            })
        };
        let (transitions, forward): (_, Vec<Scores>) = (0..all).map(row).unzip();
        let column = |to: usize| {
            std::array::from_fn(|from| forward.get(from).map_or(0.0, |factors| factors[to]))
        };
        Ok(Self {
            transitions,
            backward: (0..all).map(column).collect(),
            forward,
            start: both(&|to| labels.legal(None, to).then(|| model.start[to])),
            end: both(&|from| Some(model.end[from])),
            labels,
        })
    }

    /// How many labels there are.
    pub(super) fn labels(&self) -> usize {
        self.labels.len()
    }

    /// Adds the names of the next sentence of a text.
    #[inline(always)]
    pub(super) fn decode(&self, scores: &mut [Scores], paths: &mut Paths) {
        if scores.is_empty() {
            return;
        }
        self.hold(scores);
        self.best(scores, paths);
        let (start, known) = (paths.factors.len(), paths.found.len());
        self.names(start, paths);
        self.weigh(scores, paths);
        paths.starts.push(start);
        for i in known..paths.found.len() {
            let Tagged {
                first,
                end,
                entity_type,
                ..
            } = paths.found[i];
            paths.found[i].probability = self.probability(paths, first, end, entity_type);
        }
    }

    /// Puts the scores of each token under its best one.
    #[inline(always)]
    fn hold(&self, scores: &mut [Scores]) {
        let labels = self.labels.len();
        for scores in scores {
            let best = scores[..labels].iter().fold(f32::MIN, |a, &b| a.max(b));
            for score in scores {
                *score = (*score - best).max(-FARTHEST);
            }
        }
    }

    /// The algorithm of Viterbi; of equal paths the one with the lower label.
    #[inline(always)]
    fn best(&self, scores: &[Scores], paths: &mut Paths) {
        paths.before.clear();
        let mut so_far: Scores = std::array::from_fn(|to| self.start.0[to] + scores[0][to]);
        for scores in &scores[1..] {
            let (mut best, mut before) = ([f32::NEG_INFINITY; TILE], [0_u32; TILE]);
            for (from, transitions) in (0_u32..).zip(&self.transitions) {
                let here = so_far[from as usize];
                for to in 0..TILE {
                    let score = here + transitions[to];
                    let better = score > best[to];
                    best[to] = if better { score } else { best[to] };
                    before[to] = if better { from } else { before[to] };
                }
            }
            so_far = std::array::from_fn(|to| best[to] + scores[to]);
            paths.before.push(before.map(|from| from as u8));
        }
        let mut last = 0;
        for label in 0..self.labels.len() {
            if so_far[label] + self.end.0[label] > so_far[last] + self.end.0[last] {
                last = label;
            }
        }
        paths.best.clear();
        paths.best.resize(scores.len(), last as u8);
        for at in (1..scores.len()).rev() {
            paths.best[at - 1] = paths.before[at - 1][usize::from(paths.best[at])];
        }
    }

    #[inline(always)]
    fn names(&self, start: usize, paths: &mut Paths) {
        for (at, &label) in (start..).zip(&paths.best) {
            match self.labels.get(usize::from(label)) {
                Label::Outside => {}
                Label::Begin(entity_type) => paths.found.push(Tagged {
                    first: at,
                    end: at + 1,
                    entity_type,
                    probability: 0.0,
                }),
                Label::Inside(_) => {
                    if let Some(found) = paths.found.last_mut() {
                        found.end = at + 1;
                    }
                }
            }
        }
    }

    /// Weighs all paths, from both ends; each token's weights are made to add up to 1.
    #[inline(always)]
    fn weigh(&self, scores: &[Scores], paths: &mut Paths) {
        let start = paths.factors.len();
        let end = start + scores.len();
        paths.factors.extend(scores.iter().map(|s| s.map(exp)));
        let mut arriving = self.start.1;
        for factors in &paths.factors[start..] {
            let weights = std::array::from_fn(|label| arriving[label] * factors[label]);
            let (weights, factor) = normal(weights);
            paths.forward.push((weights, factor));
            arriving = step(&self.forward, &weights);
        }
        paths.backward.resize(end, [0.0; TILE]);
        let mut leaving = self.end.1;
        for at in (start..end).rev() {
            paths.backward[at] = normal(leaving).0;
            let next: Scores =
                std::array::from_fn(|label| paths.factors[at][label] * paths.backward[at][label]);
            leaving = step(&self.backward, &next);
        }
    }

    /// The share of the paths that have this name as it is: they begin it, go on inside of it, and
    /// do not go on behind it.
    #[inline(always)]
    pub(super) fn probability(
        &self,
        paths: &Paths,
        first: usize,
        end: usize,
        entity_type: EntityType,
    ) -> f32 {
        let number = |label| (0..self.labels.len()).find(|&l| self.labels.get(l) == label);
        let begin = number(Label::Begin(entity_type));
        let Some((begin, inside)) = begin.zip(number(Label::Inside(entity_type))) else {
            return 0.0;
        };
        let (start, past) = paths.sentence(first);
        if end > past {
            return 0.0;
        }
        let arriving = if first == start {
            self.start.1
        } else {
            step(&self.forward, &paths.forward[first - 1].0)
        };
        let mut label = begin;
        let mut weight = arriving[label];
        for at in first..end {
            if at > first {
                weight *= self.forward[label][inside];
                label = inside;
            }
            weight *= paths.factors[at][label] * paths.forward[at].1;
        }
        let last = end - 1;
        // What follows, all of it and without what goes on inside.
        let (all, out);
        if end == past {
            all = self.end.1;
            out = all[label];
        } else {
            let mut next: Scores =
                std::array::from_fn(|label| paths.factors[end][label] * paths.backward[end][label]);
            all = step(&self.backward, &next);
            next[inside] = 0.0;
            out = step(&self.backward, &next)[label];
        }
        let whole = sum(&std::array::from_fn(|label| {
            paths.forward[last].0[label] * all[label]
        }));
        (weight * out / whole).clamp(0.0, 1.0)
    }

    /// The share of the paths on which a token is in no name.
    pub(super) fn outside(&self, paths: &Paths, token: usize) -> f32 {
        let (forward, backward) = (&paths.forward[token].0, &paths.backward[token]);
        let shares: Scores = std::array::from_fn(|label| forward[label] * backward[label]);
        let outside = (0..self.labels.len()).find(|&l| self.labels.get(l) == Label::Outside);
        outside.map_or(0.0, |label| shares[label] / sum(&shares))
    }
}

/// From the weights of the labels of a token to those of the next, or of the one before.
#[inline(always)]
fn step(transitions: &[Scores], weights: &Scores) -> Scores {
    let mut next = [0.0; TILE];
    for (factors, weight) in transitions.iter().zip(weights) {
        for label in 0..TILE {
            next[label] += weight * factors[label];
        }
    }
    next
}

/// Weights that add up to 1, and what they were multiplied with.
#[inline(always)]
fn normal(weights: Scores) -> (Scores, f32) {
    let factor = 1.0 / sum(&weights);
    (weights.map(|w| w * factor), factor)
}

/// In one order on every machine.
#[inline(always)]
fn sum(numbers: &Scores) -> f32 {
    let mut half = *numbers;
    for step in [8, 4, 2, 1] {
        for i in 0..step {
            half[i] += half[i + step];
        }
    }
    half[0]
}

/// e to a power between −87 and 87, to seven digits and the same on every machine, which is more
/// than the standard library's promises.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// Adding and taking it away rounds to a whole number.
    const ROUND: f32 = 12_582_912.0;
    /// The logarithm of 2 in two parts: the first times a small whole number is exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let n = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let r = (x - n * LN_2[0]) - n * LN_2[1];
    let mut power = 1.0 / 5040.0;
    for term in [
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ] {
        power = power * r + term;
    }
    f32::from_bits(((n as i32 + 127) << 23).cast_unsigned()) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_the_standard_library() {
        for n in -6000..=6000_i16 {
            let x = f32::from(n) / 100.0;
            let (got, is) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((got / is - 1.0).abs() < 3e-7, "{x}: {got} {is}");
        }
    }
}
