//! How much two sets of shingles have in common.

use std::cmp::Ordering;

/// Articles with fewer shingles in common, about ten words in a row, are not alike.
pub const LEAST_SHARED: u32 = 8;

/// The sizes of two sets and of what is in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Overlap {
    pub a: u32,
    pub b: u32,
    pub both: u32,
}

impl Overlap {
    /// How much of the first is in the second, and of the second in the first (containment;
    /// Broder 1997).
    pub fn containments(self) -> (f32, f32) {
        let of = |size: u32| self.both as f32 / size.max(1) as f32;
        (of(self.a), of(self.b))
    }

    /// The geometric mean of the two containments (Ochiai's coefficient, the cosine of the sets),
    /// or 0 for fewer than [`LEAST_SHARED`] in common.
    ///
    /// An article cut to its first quarter has 0.5, as have two of one length that share half.
    pub fn similarity(self) -> f32 {
        if self.both < LEAST_SHARED {
            return 0.0;
        }
        let sizes = f64::from(self.a) * f64::from(self.b);
        (f64::from(self.both) / sizes.sqrt()) as f32
    }

    /// What is in both as a share of all (resemblance, Jaccard's coefficient).
    pub fn resemblance(self) -> f32 {
        self.both as f32 / (self.a + self.b - self.both).max(1) as f32
    }
}

/// Counts what two sorted sets share.
pub(super) fn overlap(a: &[u32], b: &[u32]) -> Overlap {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let order = a[i].cmp(&b[j]);
        both += u32::from(order == Ordering::Equal);
        i += usize::from(order != Ordering::Greater);
        j += usize::from(order != Ordering::Less);
    }
    Overlap {
        a: a.len() as u32,
        b: b.len() as u32,
        both,
    }
}
