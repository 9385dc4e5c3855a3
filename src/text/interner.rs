use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::Span;

/// Strings, each with a number in the order they came; all in one piece of memory.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    numbers: HashTable<u32>,
    hasher: RandomState,
    bytes: Vec<u8>,
    /// Where each stands in `bytes`.
    spans: Vec<Span>,
}

impl Interner {
    /// The number of a string, if it is there.
    pub fn get(&self, string: &str) -> Option<u32> {
        let string = string.as_bytes();
        let is_same = |&n: &u32| same(string, slice(&self.bytes, &self.spans, n));
        self.numbers
            .find(hash(&self.hasher, string), is_same)
            .copied()
    }

    /// The number of a string, which is added if it is not there: then its number is [`len`] as
    /// it was before.
    ///
    /// [`len`]: Self::len
    #[inline]
    pub fn number(&mut self, string: &str) -> u32 {
        let Self {
            numbers,
            hasher,
            bytes,
            spans,
        } = self;
        let string = string.as_bytes();
        let at = |n: u32| slice(bytes, spans, n);
        let entry = numbers.entry(
            hash(hasher, string),
            |&n| same(string, at(n)),
            |&n| hash(hasher, at(n)),
        );
        let next = spans.len() as u32;
        let number = *entry.or_insert(next).get();
        if number == next {
            let start = bytes.len();
            bytes.extend_from_slice(string);
            spans.push(Span::new(start, bytes.len()));
        }
        number
    }

    /// The string of a number.
    ///
    /// # Panics
    /// If no string has it.
    pub fn string(&self, number: u32) -> &str {
        let bytes = slice(&self.bytes, &self.spans, number);
        str::from_utf8(bytes).expect("what was put in is a string")
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.bytes.clear();
        self.spans.clear();
    }
}

fn hash(hasher: &RandomState, string: &[u8]) -> u64 {
    let mut hasher = hasher.build_hasher();
    hasher.write(string);
    hasher.finish()
}

#[inline]
fn slice<'b>(bytes: &'b [u8], spans: &[Span], number: u32) -> &'b [u8] {
    &bytes[spans[number as usize].range()]
}

/// Equality; most words have some eight letters, which two loads compare.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() == b.len() && matches!(a.len(), 8..=16) {
        a.first_chunk::<8>() == b.first_chunk() && a.last_chunk::<8>() == b.last_chunk()
    } else {
        a == b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_has_one_number() {
        let mut strings = Interner::default();
        let words: Vec<String> = (0..1000).map(|n| format!("{n:b}")).collect();
        for word in ["", "ا", "اا"]
            .into_iter()
            .chain(words.iter().map(|w| &**w))
        {
            assert_eq!(strings.get(word), None);
            let number = strings.number(word);
            assert_eq!(number as usize + 1, strings.len());
            assert_eq!(strings.number(word), number);
            assert_eq!(strings.get(word), Some(number));
        }
        strings.clear();
        assert!(strings.is_empty());
        assert_eq!(strings.get("ا"), None);
    }
}
