//! Search for the bytes at which a cutter has something to decide.

const BLOCK: usize = 32;

/// The first byte at or after `from` that is in `set`.
///
/// Blocks are tested with vector instructions: `set` should be a few comparisons without branches.
#[inline]
pub(super) fn find(bytes: &[u8], from: usize, set: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, rest) = bytes[from..].as_chunks();
    let mut at = from;
    for block in blocks {
        if let Some(i) = first(block, &set) {
            return Some(at + i);
        }
        at += BLOCK;
    }
    rest.iter().position(|&b| set(b)).map(|i| at + i)
}

#[inline]
fn first(block: &[u8; BLOCK], set: impl Fn(u8) -> bool) -> Option<usize> {
    let mut found = [0; BLOCK];
    for (found, &b) in found.iter_mut().zip(block) {
        *found = u8::from(set(b));
    }
    let (words, _) = found.as_chunks();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    if words.clone().fold(0, |any, word| any | word) == 0 {
        return None;
    }
    let mut offsets = (0..).step_by(8).zip(words);
    let (offset, word) = offsets.find(|&(_, word)| word != 0)?;
    Some(offset + word.trailing_zeros() as usize / 8)
}

/// Begins or is a line break.
#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    reason = "vector instructions know no branches"
)]
pub(super) fn line_break(b: u8) -> bool {
    (b.wrapping_sub(b'\n') < 4) | (b == 0xC2) | (b == 0xE2)
}

/// Is, begins or (for ؟ and ۔) ends a line break, a terminator or a quotation mark. Any other
/// character with such a byte is rare in Arabic.
#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    reason = "vector instructions know no branches"
)]
pub(super) fn landmark(b: u8) -> bool {
    line_break(b)
        | (b == b'!')
        | (b == b'"')
        | (b == b'.')
        | (b == b'?')
        | (b == 0x94)
        | (b == 0x9F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_find_what_a_walk_finds(
            bytes in proptest::collection::vec(prop_oneof![9 => Just(b'x'), 1 => any::<u8>()], 0..200),
            from in 0..200_usize,
        ) {
            let from = from.min(bytes.len());
            for set in [line_break, landmark] {
                let walked = (from..bytes.len()).find(|&i| set(bytes[i]));
                prop_assert_eq!(find(&bytes, from, set), walked);
            }
        }
    }
}
