use serde::{Deserialize, Serialize};

use crate::bytes;
use crate::error::{ErrorKind, Result};

const MAGIC: &[u8; 8] = b"nasijTX1";

/// The texts of a corpus, one after the other in one buffer: UTF-8 once and nothing more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    buffer: String,
    ends: Vec<u64>,
}

impl Texts {
    /// Adds a text at the end.
    pub fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len() as u64);
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Their bytes together.
    pub fn bytes(&self) -> usize {
        self.buffer.len()
    }

    /// One text.
    ///
    /// # Panics
    /// If there is no such text.
    pub fn get(&self, i: usize) -> &str {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.buffer[start as usize..self.ends[i] as usize]
    }

    /// The texts as bytes, with a version.
    ///
    /// # Errors
    /// None in practice; the encoder's own.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        bytes::encode(MAGIC, self)
    }

    /// The texts of such bytes.
    ///
    /// # Errors
    /// Bytes of something else or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let read: Self = bytes::decode(MAGIC, bytes)?;
        let cuts =
            |&end: &u64| usize::try_from(end).is_ok_and(|end| read.buffer.is_char_boundary(end));
        let whole = read.ends.last().copied().unwrap_or_default() == read.buffer.len() as u64;
        if whole && read.ends.is_sorted() && read.ends.iter().all(cuts) {
            Ok(read)
        } else {
            Err(ErrorKind::Format("texts whose ends contradict their bytes".to_owned()).into())
        }
    }
}
