//! Search for the bytes at which a cutter has something to decide.

/// The first byte at or after `from` that is in `set`.
///
/// Whole blocks without one are passed over with vector instructions: `set` should be a few
/// comparisons without branches.
#[inline]
pub(super) fn find(bytes: &[u8], from: usize, set: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let (blocks, _) = bytes[from..].as_chunks::<BLOCK>();
    let clear = blocks
        .iter()
        .take_while(|block| block.iter().fold(0, |any, &b| any | u8::from(set(b))) == 0)
        .count();
    let start = from + clear * BLOCK;
    let found = bytes[start..].iter().position(|&b| set(b))?;
    Some(start + found)
}

/// Begins or is a line break.
#[inline]
pub(super) fn line_break(b: u8) -> bool {
    (b.wrapping_sub(b'\n') < 4) | (b == 0xC2) | (b == 0xE2)
}

/// Is, begins or (for ؟ and ۔) ends a line break, a terminator or a quotation mark. Any other
/// character with such a byte is rare in Arabic.
#[inline]
pub(super) fn landmark(b: u8) -> bool {
    line_break(b)
        | (b == b'!')
        | (b == b'"')
        | (b == b'.')
        | (b == b'?')
        | (b == 0x94)
        | (b == 0x9F)
}
