//! What a tagger has learnt, as data: read from bytes, and held to what the network can run.

use serde::{Deserialize, Serialize};

use super::labels::Labels;
use super::{ELSEWHERE, EVIDENCE, Feature};
use crate::bytes::{decode, encode};
use crate::error::{ErrorKind, Result};

const MAGIC: &[u8; 8] = b"nsjtagr\x01";

/// The largest number a model may hold, transitions apart: sums of them then stay finite.
const LARGEST: f32 = 100.0;

/// The largest score of a legal transition.
const STEEPEST: f32 = 30.0;

/// The widest vector of a form and of a token.
const WIDEST: usize = 512;

/// The farthest a window reaches to each side, and a layer behind it.
const FARTHEST: usize = 16;

/// The most layers behind the window.
const DEEPEST: usize = 8;

/// The weights of a tagger. All arrays are in C order; the shapes below are in *offsets* (of the
/// window, an odd number of them, from the token's left to its right), *width* (numbers of a
/// form's vector), *hidden* (numbers of a token's) and *labels*.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Model {
    /// What it is called.
    pub name: String,
    /// `O`, and `B-` and `I-` before the name of each of its types.
    pub labels: Vec<String>,
    /// The words it knows: of the hash of each [`Feature::Word`] the bits from the third to the
    /// 34th, ascending.
    pub vocabulary: Vec<u32>,
    /// A row for each [`Feature::Direct`], for each word, and for runs of letters as many as are
    /// left, among which a run's hash over four decides: rows × width, in parts of the row's scale.
    #[serde(with = "octets")]
    pub table: Vec<i8>,
    /// The scale of each row.
    pub scales: Vec<f32>,
    /// Of the words in the window: offsets × width × hidden.
    pub window: Vec<f32>,
    /// Of their evidence: offsets × [`EVIDENCE`] × hidden.
    pub evidence: Vec<f32>,
    /// Of what was found elsewhere: offsets × [`ELSEWHERE`] × hidden.
    pub elsewhere: Vec<f32>,
    /// Of places outside the sentence: offsets × hidden.
    pub outside: Vec<f32>,
    /// hidden.
    pub bias: Vec<f32>,
    /// What is added to the tokens' vectors, one layer after another.
    pub layers: Vec<Layer>,
    /// hidden × labels.
    pub output: Vec<f32>,
    /// labels.
    pub output_bias: Vec<f32>,
    /// From each label to each: labels × labels. Illegal ones are not read.
    pub transitions: Vec<f32>,
    /// From the start of a sentence: labels.
    pub start: Vec<f32>,
    /// To its end: labels.
    pub end: Vec<f32>,
    /// For kinds of finding, as its writer numbers them, what share of names of a probability are
    /// right: points (probability, share) with straight lines between.
    pub calibration: Vec<Vec<(f32, f32)>>,
}

/// A layer over three tokens: before, at and behind a place.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Layer {
    /// How far the outer two are.
    pub dilation: usize,
    /// 3 × hidden × hidden, from the input to the output.
    pub weights: Vec<f32>,
    /// hidden.
    pub bias: Vec<f32>,
}

impl Model {
    /// Reads what [`Model::to_bytes`] wrote.
    ///
    /// # Errors
    /// Bytes of something else, and what [`Model::check`] finds.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let model: Self = decode(MAGIC, bytes)?;
        model.check()?;
        Ok(model)
    }

    /// Versioned bytes.
    ///
    /// # Errors
    /// What [`Model::check`] finds.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        self.check()?;
        encode(MAGIC, self)
    }

    /// The numbers of a form's vector.
    pub fn width(&self) -> usize {
        self.table.len() / self.scales.len().max(1)
    }

    /// The numbers of a token's vector.
    pub fn hidden(&self) -> usize {
        self.bias.len()
    }

    /// How far the window reaches to each side.
    pub fn reach(&self) -> usize {
        self.outside.len() / self.hidden().max(1) / 2
    }

    /// The rows for runs of letters.
    pub fn buckets(&self) -> usize {
        (self.scales.len()).saturating_sub(Feature::DIRECT + self.vocabulary.len())
    }

    /// Whether a network can be made of it.
    ///
    /// # Errors
    /// Arrays whose sizes disagree, labels that are none, words out of order, numbers that are not
    /// finite or too large, falling calibration.
    pub fn check(&self) -> Result<()> {
        let (width, hidden, reach) = (self.width(), self.hidden(), self.reach());
        let (labels, offsets) = (self.labels.len(), 2 * reach + 1);
        Labels::parse(&self.labels)?;
        within("width", width, 1..=WIDEST)?;
        within("hidden", hidden, 1..=WIDEST)?;
        within("reach", reach, 0..=FARTHEST)?;
        within("layers", self.layers.len(), 0..=DEEPEST)?;
        if self.buckets() == 0 {
            return fault("there are no rows for runs of letters");
        }
        if !self.vocabulary.is_sorted_by(|a, b| a < b) {
            return fault("the words are not in ascending order");
        }
        let rows = self.scales.len();
        if self.table.len() != rows * width {
            return fault(&format!("the table is not of {rows} rows of one size"));
        }
        let least = |_: usize, n: f32| n.abs() <= LARGEST;
        let sized = |name: &str, array: &[f32], size| sized(name, array, size, least);
        sized("scales", &self.scales, rows)?;
        sized("window", &self.window, offsets * width * hidden)?;
        sized("evidence", &self.evidence, offsets * EVIDENCE * hidden)?;
        sized("elsewhere", &self.elsewhere, offsets * ELSEWHERE * hidden)?;
        sized("outside", &self.outside, offsets * hidden)?;
        sized("bias", &self.bias, hidden)?;
        for layer in &self.layers {
            within("dilation", layer.dilation, 1..=FARTHEST)?;
            sized("weights of a layer", &layer.weights, 3 * hidden * hidden)?;
            sized("bias of a layer", &layer.bias, hidden)?;
        }
        sized("output", &self.output, hidden * labels)?;
        sized("output_bias", &self.output_bias, labels)?;
        self.check_chain()?;
        self.check_calibration()
    }

    fn check_chain(&self) -> Result<()> {
        let names = Labels::parse(&self.labels)?;
        let labels = self.labels.len();
        let legal = |from: Option<usize>, to: usize| names.legal(from, to);
        sized("transitions", &self.transitions, labels * labels, |i, n| {
            n.abs() <= STEEPEST || !legal(Some(i / labels), i % labels)
        })?;
        sized("start", &self.start, labels, |i, n| {
            n.abs() <= STEEPEST || !legal(None, i)
        })?;
        sized("end", &self.end, labels, |_, n| n.abs() <= STEEPEST)
    }

    fn check_calibration(&self) -> Result<()> {
        let share = |n: f32| (0.0..=1.0).contains(&n);
        let sound = |points: &Vec<(f32, f32)>| {
            points
                .iter()
                .all(|&(raw, share_of)| share(raw) && share(share_of))
                && points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1)
        };
        if !self.calibration.iter().all(sound) {
            return fault("the calibration does not rise from 0 to 1");
        }
        Ok(())
    }
}

fn fault<T>(reason: &str) -> Result<T> {
    Err(ErrorKind::Format(format!("a tagger's model: {reason}")).into())
}

fn within(name: &str, n: usize, range: std::ops::RangeInclusive<usize>) -> Result<()> {
    if range.contains(&n) {
        return Ok(());
    }
    let (low, high) = range.into_inner();
    fault(&format!("{name} is {n}, not between {low} and {high}"))
}

fn sized(name: &str, array: &[f32], size: usize, sound: impl Fn(usize, f32) -> bool) -> Result<()> {
    if array.len() != size {
        let len = array.len();
        return fault(&format!("{name} holds {len} numbers, not {size}"));
    }
    // A comparison with what is no number does not hold.
    match (0..size).find(|&i| !array[i].is_finite() || !sound(i, array[i])) {
        Some(at) => fault(&format!("{name} holds {} at {at}", array[at])),
        None => Ok(()),
    }
}

/// A large table is copied whole, not number by number.
mod octets {
    use std::fmt;

    use serde::de::{Deserializer, Error, Visitor};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(table: &[i8], to: S) -> Result<S::Ok, S::Error> {
        let octets: Vec<u8> = table.iter().map(|n| n.cast_unsigned()).collect();
        to.serialize_bytes(&octets)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<i8>, D::Error> {
        struct Octets;

        impl Visitor<'_> for Octets {
            type Value = Vec<i8>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, octets: &[u8]) -> Result<Vec<i8>, E> {
                Ok(octets.iter().map(|n| n.cast_signed()).collect())
            }
        }

        from.deserialize_bytes(Octets)
    }
}
