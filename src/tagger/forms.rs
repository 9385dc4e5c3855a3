//! What each form of a word gives to the places about it. News uses few words often, so a worker
//! remembers it.

use super::matrix::{Matrix, Multiply, PARTS, TILE, largest, part, round};
use super::{Feature, Model};

/// The number of the feature of words that are not in the vocabulary.
const UNKNOWN: usize = Feature::DIRECT - 1;

/// Features of a form behind these are not read: no word is so long.
const MOST_FEATURES: usize = 256;

/// The vectors of forms, and their products with the weights of the window.
#[derive(Debug)]
pub(super) struct Embedding {
    width: usize,
    vocabulary: Vec<u32>,
    table: Vec<i8>,
    scales: Vec<f32>,
    buckets: u64,
    /// From the vector of a form to all offsets.
    window: Matrix,
}

/// What forms give, for as many as have room.
#[derive(Debug, Default)]
pub(super) struct Known {
    products: Slots<PRODUCTS>,
    /// Of more forms their vectors alone.
    vectors: Slots<VECTORS>,
    features: Vec<Feature>,
    sums: Vec<[f32; TILE]>,
}

/// Rows of whole numbers, each in its own parts, for forms; one form drives out another.
#[derive(Debug, Default)]
struct Slots<const MOST: usize> {
    /// The form whose row stands in a slot.
    forms: Vec<u32>,
    parts: Vec<f32>,
    rows: Vec<[i16; TILE]>,
    /// How many were made since there are so many slots.
    made: usize,
}

/// A single text asks for few slots; of the rest there are some 40 MB of products and 6 MB of
/// vectors.
const FEWEST: usize = 1 << 9;
const PRODUCTS: usize = 1 << 15;
const VECTORS: usize = 1 << 15;

const NONE: u32 = u32::MAX;

impl Embedding {
    pub(super) fn new(model: &Model) -> Self {
        let (width, hidden) = (model.width(), model.hidden());
        let tiled = hidden.next_multiple_of(TILE);
        let offsets = 2 * model.reach() + 1;
        let window = Matrix::new(
            width.next_multiple_of(TILE),
            offsets * tiled,
            |input, output| {
                let (offset, output) = (output / tiled, output % tiled);
                if input < width && output < hidden {
                    model.window[(offset * width + input) * hidden + output]
                } else {
                    0.0
                }
            },
        );
        Self {
            width,
            vocabulary: model.vocabulary.clone(),
            table: model.table.clone(),
            scales: model.scales.clone(),
            buckets: model.buckets() as u64,
            window,
        }
    }

    /// The sum of the rows of features.
    #[inline(always)]
    fn vector(&self, features: &[Feature], vector: &mut [f32]) {
        vector.fill(0.0);
        let mut whole = true;
        for &feature in features.iter().take(MOST_FEATURES) {
            let row = match feature {
                Feature::Direct(n) => Some(usize::from(n)),
                Feature::Word(hash) => {
                    let known = self.vocabulary.binary_search(&((hash >> 2) as u32)).ok();
                    let unknown = whole.then_some(UNKNOWN);
                    whole = false;
                    known.map(|n| Feature::DIRECT + n).or(unknown)
                }
                Feature::Letters(hash) => {
                    let bucket = ((hash >> 2) % self.buckets) as usize;
                    Some(Feature::DIRECT + self.vocabulary.len() + bucket)
                }
            };
            if let Some(row) = row {
                let scale = self.scales[row];
                let numbers = &self.table[row * self.width..][..self.width];
                for (sum, n) in vector.iter_mut().zip(numbers) {
                    *sum += f32::from(*n) * scale;
                }
            }
        }
    }
}

impl Known {
    pub(super) fn forget(&mut self) {
        self.products.forms.fill(NONE);
        self.vectors.forms.fill(NONE);
    }

    /// What a form gives to the places about it, by offset, and in what parts.
    #[inline(always)]
    pub(super) fn of(
        &mut self,
        with: impl Multiply,
        embedding: &Embedding,
        form: u32,
        features: impl FnOnce(u32, &mut Vec<Feature>),
    ) -> (&[[i16; TILE]], f32) {
        let slot = match self.products.find(form) {
            Some(slot) => slot,
            None => self.make(with, embedding, form, features),
        };
        self.products.row(slot, embedding.window.tiles())
    }

    #[inline(always)]
    fn make(
        &mut self,
        with: impl Multiply,
        embedding: &Embedding,
        form: u32,
        features: impl FnOnce(u32, &mut Vec<Feature>),
    ) -> usize {
        let window = &embedding.window;
        let tiles = embedding.width.div_ceil(TILE);
        let slot = if let Some(slot) = self.vectors.find(form) {
            slot
        } else {
            self.features.clear();
            features(form, &mut self.features);
            self.sums.resize(tiles, [0.0; TILE]);
            embedding.vector(&self.features, self.sums.as_flattened_mut());
            self.vectors.put(form, &self.sums, PARTS)
        };
        let (vector, whole) = self.vectors.row(slot, tiles);
        self.sums.resize(window.tiles(), [0.0; TILE]);
        for (tile, products) in self.sums.iter_mut().enumerate() {
            let mut sums = [[[0; TILE]]];
            window.add(with, tile, 0, [vector], &mut sums);
            let scales = window.scales(tile);
            for lane in 0..TILE {
                products[lane] = sums[0][0][lane] as f32 * (scales[lane] * whole);
            }
        }
        self.products.put(form, &self.sums, f32::from(i16::MAX))
    }
}

impl<const MOST: usize> Slots<MOST> {
    #[inline(always)]
    fn find(&self, form: u32) -> Option<usize> {
        let slot = form as usize & self.forms.len().wrapping_sub(1);
        (self.forms.get(slot) == Some(&form)).then_some(slot)
    }

    #[inline(always)]
    fn row(&self, slot: usize, tiles: usize) -> (&[[i16; TILE]], f32) {
        (&self.rows[slot * tiles..][..tiles], self.parts[slot])
    }

    /// Keeps the numbers of a form, the largest as so many parts.
    #[inline(always)]
    fn put(&mut self, form: u32, numbers: &[[f32; TILE]], parts: f32) -> usize {
        let tiles = numbers.len();
        if self.made >= self.forms.len() && self.forms.len() < MOST {
            self.grow(tiles);
        }
        self.made += 1;
        let slot = form as usize & (self.forms.len() - 1);
        let part = part(largest(numbers), parts);
        self.forms[slot] = form;
        self.parts[slot] = part;
        round(numbers, part, &mut self.rows[slot * tiles..][..tiles]);
        slot
    }

    /// Makes room for twice as many.
    fn grow(&mut self, tiles: usize) {
        let slots = (2 * self.forms.len()).max(FEWEST);
        let old = std::mem::replace(
            self,
            Self {
                forms: vec![NONE; slots],
                parts: vec![0.0; slots],
                rows: vec![[0; TILE]; slots * tiles],
                made: 0,
            },
        );
        for (slot, &form) in old.forms.iter().enumerate() {
            if form != NONE {
                let new = form as usize & (slots - 1);
                let (row, part) = old.row(slot, tiles);
                self.forms[new] = form;
                self.parts[new] = part;
                self.rows[new * tiles..][..tiles].copy_from_slice(row);
            }
        }
    }
}
