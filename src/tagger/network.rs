//! From tokens to the score of each label at each.

use super::forms::{Embedding, Known};
use super::matrix::{Matrix, Multiply, PARTS, ROWS, TILE, largest, part, round};
use super::{ELSEWHERE, EVIDENCE, Feature, Model, Token};

/// The scores of the labels of a token.
pub(super) type Scores = [f32; TILE];

/// The layers, compiled.
#[derive(Debug)]
pub(super) struct Network {
    embedding: Embedding,
    /// Tiles of a token's vector.
    tiles: usize,
    /// What every place begins with.
    bias: Vec<[f32; TILE]>,
    /// What each evidence adds to none, by offset: codes by tiles.
    evidence: Vec<Vec<[f32; TILE]>>,
    elsewhere: Vec<Vec<[f32; TILE]>>,
    /// What a place outside adds to one without evidence.
    outside: Vec<Vec<[f32; TILE]>>,
    layers: Vec<Convolution>,
    output: Matrix,
    output_bias: Scores,
}

#[derive(Debug)]
struct Convolution {
    dilation: usize,
    weights: Matrix,
    bias: Vec<[f32; TILE]>,
}

/// Buffers for some sentences.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pub(super) known: Known,
    /// The vectors of the tokens, and the same in whole numbers, behind a row of zeros.
    hidden: Vec<[f32; TILE]>,
    rounded: Vec<[i16; TILE]>,
    /// Of which part each token's whole numbers are.
    parts: Vec<f32>,
    pub(super) scores: Vec<Scores>,
}

impl Network {
    pub(super) fn new(model: &Model) -> Self {
        let hidden = model.hidden();
        let tiles = hidden.div_ceil(TILE);
        let in_tiles = |numbers: &[f32]| -> Vec<[f32; TILE]> {
            let tile =
                |chunk: &[f32]| std::array::from_fn(|lane| chunk.get(lane).copied().unwrap_or(0.0));
            numbers.chunks(TILE).map(tile).collect()
        };
        let offsets = 2 * model.reach() + 1;
        let mut bias = model.bias.clone();
        let mut outside = Vec::new();
        let (mut evidence, mut elsewhere) = (Vec::new(), Vec::new());
        for offset in 0..offsets {
            let row = |array: &[f32], n: usize| array[n * hidden..][..hidden].to_vec();
            let first = row(&model.evidence, offset * EVIDENCE);
            let second = row(&model.elsewhere, offset * ELSEWHERE);
            let less = |mut row: Vec<f32>, none: &[f32]| {
                row.iter_mut().zip(none).for_each(|(x, y)| *x -= y);
                row
            };
            bias.iter_mut().zip(&first).for_each(|(x, y)| *x += y);
            bias.iter_mut().zip(&second).for_each(|(x, y)| *x += y);
            let none = less(row(&model.outside, offset), &first);
            outside.push(in_tiles(&less(none, &second)));
            let codes = |array: &[f32], codes: usize, none: &[f32]| {
                let row = |code| less(row(array, offset * codes + code), none);
                (0..codes).flat_map(|code| in_tiles(&row(code))).collect()
            };
            evidence.push(codes(&model.evidence, EVIDENCE, &first));
            elsewhere.push(codes(&model.elsewhere, ELSEWHERE, &second));
        }
        let weight = |weights: &[f32], outputs: usize, i: usize, o: usize| {
            let (part, input) = (i / (tiles * TILE), i % (tiles * TILE));
            if input < hidden && o < outputs {
                weights[(part * hidden + input) * outputs + o]
            } else {
                0.0
            }
        };
        let convolution = |layer: &super::Layer| Convolution {
            dilation: layer.dilation,
            weights: Matrix::new(3 * tiles * TILE, tiles * TILE, |i, o| {
                weight(&layer.weights, hidden, i, o)
            }),
            bias: in_tiles(&layer.bias),
        };
        let labels = model.labels.len();
        let mut output_bias = [0.0; TILE];
        output_bias[..labels].copy_from_slice(&model.output_bias);
        Self {
            embedding: Embedding::new(model),
            tiles,
            bias: in_tiles(&bias),
            evidence,
            elsewhere,
            outside,
            layers: model.layers.iter().map(convolution).collect(),
            output: Matrix::new(tiles * TILE, TILE, |i, o| {
                weight(&model.output, labels, i, o)
            }),
            output_bias,
        }
    }

    /// Scores the tokens of whole sentences, given by their lengths.
    #[inline(always)]
    pub(super) fn score(
        &self,
        with: impl Multiply,
        tokens: &[Token],
        sentences: &[usize],
        buffers: &mut Buffers,
        mut features: impl FnMut(u32, &mut Vec<Feature>),
    ) {
        let tiles = self.tiles;
        buffers.hidden.clear();
        buffers.hidden.resize(tokens.len() * tiles, [0.0; TILE]);
        let mut first = 0;
        for &len in sentences {
            let range = first..first + len;
            let hidden = &mut buffers.hidden[range.start * tiles..range.end * tiles];
            self.window(
                with,
                &tokens[range],
                hidden,
                &mut buffers.known,
                &mut features,
            );
            first += len;
        }
        for layer in &self.layers {
            buffers.round(sentences, tiles);
            layer.add(with, sentences, tiles, buffers);
        }
        buffers.round(sentences, tiles);
        self.label(with, tokens.len(), buffers);
    }

    /// Adds up what the words of a sentence and their evidence give to the places about them.
    #[inline(always)]
    fn window(
        &self,
        with: impl Multiply,
        tokens: &[Token],
        hidden: &mut [[f32; TILE]],
        known: &mut Known,
        mut features: impl FnMut(u32, &mut Vec<Feature>),
    ) {
        let tiles = self.tiles;
        let reach = self.outside.len() / 2;
        for row in hidden.chunks_mut(tiles) {
            row.copy_from_slice(&self.bias);
        }
        for (at, token) in tokens.iter().enumerate() {
            let (row, part) = known.of(with, &self.embedding, token.form, &mut features);
            for (offset, row) in row.chunks(tiles).enumerate() {
                // The place for which this token stands at the offset.
                let Some(place) = (at + reach).checked_sub(offset) else {
                    continue;
                };
                if place >= tokens.len() {
                    continue;
                }
                let hidden = &mut hidden[place * tiles..][..tiles];
                for (sums, numbers) in hidden.iter_mut().zip(row) {
                    let more = numbers.map(|n| f32::from(n) * part);
                    *sums = std::array::from_fn(|lane| sums[lane] + more[lane]);
                }
                for (codes, code) in [
                    (&self.evidence, token.evidence),
                    (&self.elsewhere, token.elsewhere),
                ] {
                    if code > 0 {
                        add(&codes[offset][usize::from(code) * tiles..][..tiles], hidden);
                    }
                }
            }
        }
        for (offset, outside) in self.outside.iter().enumerate() {
            let before = reach.saturating_sub(offset).min(tokens.len());
            let behind = offset.saturating_sub(reach).min(tokens.len());
            for place in (0..before).chain(tokens.len() - behind..tokens.len()) {
                add(outside, &mut hidden[place * tiles..][..tiles]);
            }
        }
        for sums in hidden.iter_mut().flatten() {
            *sums = sums.max(0.0);
        }
    }

    #[inline(always)]
    fn label(&self, with: impl Multiply, tokens: usize, buffers: &mut Buffers) {
        let tiles = self.tiles;
        buffers.scores.clear();
        buffers.scores.resize(tokens, [0.0; TILE]);
        let scales = self.output.scales(0);
        for first in (0..tokens).step_by(ROWS) {
            let mut sums = [[[0; TILE]; ROWS]];
            let rows = std::array::from_fn(|m| {
                let row = if first + m < tokens { first + m + 1 } else { 0 };
                &buffers.rounded[row * tiles..][..tiles]
            });
            self.output.add(with, 0, 0, rows, &mut sums);
            for (place, sums) in (first..tokens).zip(sums[0]) {
                let part = buffers.parts[place];
                let scores = &mut buffers.scores[place];
                for lane in 0..TILE {
                    scores[lane] =
                        self.output_bias[lane] + sums[lane] as f32 * (scales[lane] * part);
                }
            }
        }
    }
}

impl Convolution {
    /// Adds to each token what the layer makes of it and of those about it.
    #[inline(always)]
    fn add<M: Multiply>(&self, with: M, sentences: &[usize], tiles: usize, buffers: &mut Buffers) {
        let mut tile = 0;
        while tile < tiles {
            let most = M::TILES.min(tiles - tile);
            if most >= 4 {
                self.add_tiles::<4>(with, sentences, tiles, tile, buffers);
                tile += 4;
            } else if most >= 2 {
                self.add_tiles::<2>(with, sentences, tiles, tile, buffers);
                tile += 2;
            } else {
                self.add_tiles::<1>(with, sentences, tiles, tile, buffers);
                tile += 1;
            }
        }
    }

    /// The same for some tiles.
    #[inline(always)]
    fn add_tiles<const T: usize>(
        &self,
        with: impl Multiply,
        sentences: &[usize],
        tiles: usize,
        tile: usize,
        buffers: &mut Buffers,
    ) {
        let mut begin = 0;
        for &len in sentences {
            let end = begin + len;
            for first in (begin..end).step_by(ROWS) {
                let mut sums = [[[0; TILE]; ROWS]; T];
                for side in 0..3 {
                    let rows = std::array::from_fn(|m| {
                        let place = (first + m + side * self.dilation)
                            .checked_sub(self.dilation)
                            .filter(|place| (begin..end).contains(place));
                        &buffers.rounded[place.map_or(0, |p| p + 1) * tiles..][..tiles]
                    });
                    self.weights
                        .add(with, tile, side * tiles * TILE, rows, &mut sums);
                }
                for (tile, sums) in (tile..).zip(&sums) {
                    let (scales, bias) = (self.weights.scales(tile), &self.bias[tile]);
                    for (place, sums) in (first..end).zip(sums) {
                        let part = buffers.parts[place];
                        let hidden = &mut buffers.hidden[place * tiles + tile];
                        let mut made = *hidden;
                        for lane in 0..TILE {
                            let more = bias[lane] + sums[lane] as f32 * (scales[lane] * part);
                            made[lane] += more.max(0.0);
                        }
                        *hidden = made;
                    }
                }
            }
            begin = end;
        }
    }
}

impl Buffers {
    /// Puts the vectors of each sentence in parts of their largest number.
    #[inline(always)]
    fn round(&mut self, sentences: &[usize], tiles: usize) {
        self.rounded.resize(tiles + self.hidden.len(), [0; TILE]);
        self.parts.clear();
        let mut first = 0;
        for &len in sentences {
            let hidden = &self.hidden[first * tiles..][..len * tiles];
            let part = part(largest(hidden), PARTS);
            let rounded = &mut self.rounded[(first + 1) * tiles..][..len * tiles];
            round(hidden, part, rounded);
            self.parts.resize(first + len, part);
            first += len;
        }
    }
}

#[inline(always)]
fn add(more: &[[f32; TILE]], sums: &mut [[f32; TILE]]) {
    for (sum, more) in sums.iter_mut().flatten().zip(more.iter().flatten()) {
        *sum += more;
    }
}
