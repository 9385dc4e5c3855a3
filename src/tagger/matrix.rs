//! Products of vectors with a matrix of weights, in whole numbers: sums of them are the same in
//! every order, so on every machine.

/// How many outputs are made at once.
pub(super) const TILE: usize = 16;

/// How many vectors are multiplied at once.
pub(super) const ROWS: usize = 4;

/// Two neighbours in a vector, or two weights of an output.
type Pair = [i16; 2];

/// How many parts the largest number of a vector has.
pub(super) const PARTS: f32 = 4095.0;

/// Up to here a sum of products cannot overflow, with room for what is lost in rounding.
const MOST: f32 = ((1_u32 << 31) - (1 << 24)) as f32;

/// A matrix whose outputs are counted in tiles and each have their own scale.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    /// Pairs of inputs.
    pairs: usize,
    /// By tile, then by pair of inputs.
    weights: Vec<[Pair; TILE]>,
    scales: Vec<[f32; TILE]>,
}

/// Sums of products: a tile of outputs.
pub(super) type Sums = [i32; TILE];

/// What an instruction set has for products of pairs.
pub(super) trait Multiply: Copy {
    /// How many tiles fit into its registers, with the sums of [`ROWS`] vectors: one, two or four.
    const TILES: usize = 1;

    /// Adds to the sum of each output the products of its pair of weights with a pair of inputs.
    fn add(self, sums: &mut Sums, weights: &[Pair; TILE], pair: Pair);
}

impl Multiply for pulp::Scalar {
    #[inline(always)]
    fn add(self, sums: &mut Sums, weights: &[Pair; TILE], pair: Pair) {
        let [a, b] = pair.map(i32::from);
        for lane in 0..TILE {
            let [v, w] = weights[lane].map(i32::from);
            sums[lane] += a * v + b * w;
        }
    }
}

#[cfg(target_arch = "x86_64")]
impl Multiply for pulp::x86::V3 {
    #[inline(always)]
    fn add(self, sums: &mut Sums, weights: &[Pair; TILE], pair: Pair) {
        let mut halves: [pulp::i32x8; 2] = pulp::cast(*sums);
        let weights: [pulp::i16x16; 2] = pulp::cast(*weights);
        let pair = pulp::cast(self.splat_i32x8(pulp::cast(pair)));
        for half in 0..2 {
            let products = self.multiply_wrapping_add_adjacent_i16x16(weights[half], pair);
            halves[half] = self.wrapping_add_i32x8(halves[half], products);
        }
        *sums = pulp::cast(halves);
    }
}

#[cfg(target_arch = "x86_64")]
impl Multiply for pulp::x86::V4 {
    const TILES: usize = 4;

    #[inline(always)]
    fn add(self, sums: &mut Sums, weights: &[Pair; TILE], pair: Pair) {
        let pair = pulp::cast(self.splat_i32x16(pulp::cast(pair)));
        let products = self.multiply_wrapping_add_adjacent_i16x32(pulp::cast(*weights), pair);
        *sums = pulp::cast(self.wrapping_add_i32x16(pulp::cast(*sums), products));
    }
}

impl Matrix {
    /// From the weight of each input in each output.
    pub(super) fn new(inputs: usize, outputs: usize, weight: impl Fn(usize, usize) -> f32) -> Self {
        let (pairs, tiles) = (inputs.div_ceil(2), outputs.div_ceil(TILE));
        let mut weights = vec![[[0; 2]; TILE]; tiles * pairs];
        let mut scales = vec![[0.0; TILE]; tiles];
        for output in 0..outputs {
            let (tile, lane) = (output / TILE, output % TILE);
            let all = || (0..inputs).map(|i| weight(i, output).abs());
            let largest = all().fold(0.0, f32::max) / f32::from(i16::MAX);
            let scale = largest.max(all().sum::<f32>() * PARTS / MOST);
            scales[tile][lane] = scale;
            for input in (0..inputs).filter(|_| scale > 0.0) {
                let n = (weight(input, output) / scale).round() as i16;
                weights[tile * pairs + input / 2][lane][input % 2] = n;
            }
        }
        Self {
            pairs,
            weights,
            scales,
        }
    }

    pub(super) fn tiles(&self) -> usize {
        self.scales.len()
    }

    /// The scale of each output of a tile.
    pub(super) fn scales(&self, tile: usize) -> &[f32; TILE] {
        &self.scales[tile]
    }

    /// Adds to the sums of some tiles, for each of some vectors, the products with the inputs from
    /// `first` on.
    #[inline(always)]
    pub(super) fn add<const N: usize, const T: usize>(
        &self,
        with: impl Multiply,
        tile: usize,
        first: usize,
        rows: [&[[i16; TILE]]; N],
        sums: &mut [[Sums; N]; T],
    ) {
        let rows = rows.map(|row| row.as_flattened().as_chunks::<2>().0);
        let len = rows[0].len();
        let rows = rows.map(|row| &row[..len]);
        let weights: [_; T] =
            std::array::from_fn(|t| &self.weights[(tile + t) * self.pairs + first / 2..][..len]);
        let mut made = *sums;
        for k in 0..len {
            for n in 0..N {
                for t in 0..T {
                    with.add(&mut made[t][n], &weights[t][k], rows[n][k]);
                }
            }
        }
        *sums = made;
    }
}

/// The part of which the largest number has so many.
#[inline(always)]
pub(super) fn part(largest: f32, parts: f32) -> f32 {
    largest.max(1e-20) / parts
}

/// Rounds numbers to parts.
#[inline(always)]
pub(super) fn round(numbers: &[[f32; TILE]], part: f32, out: &mut [[i16; TILE]]) {
    /// Adding it leaves a whole number in the lowest bits, the nearest, of two the even one.
    const WHOLE: f32 = 12_582_912.0;
    let factor = 1.0 / part;
    for (out, numbers) in out.iter_mut().zip(numbers) {
        for lane in 0..TILE {
            out[lane] = (numbers[lane] * factor + WHOLE).to_bits() as i16;
        }
    }
}

/// The largest of some numbers, whatever their signs.
#[inline(always)]
pub(super) fn largest(numbers: &[[f32; TILE]]) -> f32 {
    let mut most = [0.0_f32; TILE];
    for numbers in numbers {
        for lane in 0..TILE {
            most[lane] = most[lane].max(numbers[lane].abs());
        }
    }
    most.iter().fold(0.0, |a, &b| a.max(b))
}
