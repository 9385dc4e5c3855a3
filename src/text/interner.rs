use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Strings, each with a number in the order they came; all in one piece of memory.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    numbers: HashTable<u32>,
    hasher: RandomState,
    text: String,
    /// Where each ends in `text`.
    ends: Vec<u32>,
}

impl Interner {
    /// The number of a string, if it is there.
    pub fn get(&self, string: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(string);
        let same = |&n: &u32| string == self.string(n);
        self.numbers.find(hash, same).copied()
    }

    /// The number of a string, which is added if it is not there: then its number is [`len`] as
    /// it was before.
    ///
    /// [`len`]: Self::len
    pub fn number(&mut self, string: &str) -> u32 {
        let Self {
            numbers,
            hasher,
            text,
            ends,
        } = self;
        let at = |n: u32| slice(text, ends, n);
        let entry = numbers.entry(
            hasher.hash_one(string),
            |&n| at(n) == string,
            |&n| hasher.hash_one(at(n)),
        );
        let next = ends.len() as u32;
        let number = *entry.or_insert(next).get();
        if number == next {
            text.push_str(string);
            ends.push(text.len() as u32);
        }
        number
    }

    /// The string of a number.
    pub fn string(&self, number: u32) -> &str {
        slice(&self.text, &self.ends, number)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.text.clear();
        self.ends.clear();
    }
}

fn slice<'t>(text: &'t str, ends: &[u32], number: u32) -> &'t str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start as usize..ends[number] as usize]
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
            assert_eq!(strings.string(number), word);
        }
        strings.clear();
        assert!(strings.is_empty());
        assert_eq!(strings.get("ا"), None);
    }
}
