//! Random numbers that are a function of seed and place, so that no result depends on threads.

const MULTIPLIERS: [u64; 2] = [0xD2E7_470E_E14C_6C93, 0xCA5A_8263_9512_1157];
const WEYL: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xBB67_AE85_84CA_A73B];
const ROUNDS: usize = 10;

/// What numbers are drawn for; the same seed gives different numbers for each.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Bootstrap = 1,
    Permutation = 2,
}

/// Philox 4×64-10 (Salmon, Moraes, Dror and Shaw 2011, *Parallel random numbers: as easy as 1, 2,
/// 3*): a block of four numbers is a keyed mixing of its counter. Every stream of a seed, one a
/// resample or permutation, can be had at once and without those before it.
#[derive(Debug, Clone)]
pub(super) struct Random {
    key: [u64; 2],
    counter: [u64; 4],
    block: [u64; 4],
    used: usize,
}

impl Random {
    pub(super) fn new(seed: u64, purpose: Purpose, stream: u64) -> Self {
        Self {
            key: [seed, purpose as u64],
            counter: [0, stream, 0, 0],
            block: [0; 4],
            used: 4,
        }
    }

    fn next(&mut self) -> u64 {
        if self.used == 4 {
            self.block = philox(self.counter, self.key);
            self.counter[0] += 1;
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// A whole number from 0 to `n - 1`, each as probable (Lemire 2019, *Fast random integer
    /// generation in an interval*).
    pub(super) fn below(&mut self, n: u64) -> u64 {
        let mut scaled = u128::from(self.next()) * u128::from(n);
        if (scaled as u64) < n {
            let uneven = n.wrapping_neg() % n;
            while (scaled as u64) < uneven {
                scaled = u128::from(self.next()) * u128::from(n);
            }
        }
        (scaled >> 64) as u64
    }

    /// Brings a slice into an order that is as probable as any other.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

fn philox(mut counter: [u64; 4], mut key: [u64; 2]) -> [u64; 4] {
    for _ in 0..ROUNDS {
        let [x, y] = [0, 1].map(|i| u128::from(MULTIPLIERS[i]) * u128::from(counter[2 * i]));
        counter = [
            (y >> 64) as u64 ^ counter[1] ^ key[0],
            y as u64,
            (x >> 64) as u64 ^ counter[3] ^ key[1],
            x as u64,
        ];
        key = [0, 1].map(|i| key[i].wrapping_add(WEYL[i]));
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers that the authors of Philox publish with Random123.
    #[test]
    fn philox_is_philox() {
        let zero = philox([0; 4], [0; 2]);
        let expected = [
            0x1655_4D9E_CA36_314C,
            0xDB20_FE9D_672D_0FDC,
            0xD7E7_72CE_E186_176B,
            0x7E68_B68A_EC7B_A23B,
        ];
        assert_eq!(zero, expected);
        let ones = philox([u64::MAX; 4], [u64::MAX; 2]);
        let expected = [
            0x87B0_92C3_013F_E90B,
            0x438C_3C67_BE8D_0224,
            0x9CC7_D7C6_9CD7_77B6,
            0xA09C_AEBF_594F_0BA0,
        ];
        assert_eq!(ones, expected);
    }

    #[test]
    fn every_order_is_as_probable() {
        let mut seen = [0_u32; 24];
        for stream in 0..24_000 {
            let mut items = [0_usize, 1, 2, 3];
            Random::new(7, Purpose::Permutation, stream).shuffle(&mut items);
            let rank = (0..4).fold(0, |rank, i| {
                let smaller = items[i + 1..].iter().filter(|&&x| x < items[i]).count();
                rank * (4 - i) + smaller
            });
            seen[rank] += 1;
        }
        // χ² of 23 degrees of freedom: over 49.7 once in a thousand seeds.
        let squares: f64 = seen.iter().map(|&n| (f64::from(n) - 1000.0).powi(2)).sum();
        assert!(squares / 1000.0 < 49.7, "{seen:?}");
    }
}
