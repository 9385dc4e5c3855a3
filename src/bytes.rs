//! Versioned bytes: what is pickled or stored begins with eight bytes that say what it is.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{ErrorKind, Result};

/// Encodes behind a magic word of eight bytes, the last of which is the version.
///
/// # Errors
/// What the encoder refuses.
pub fn encode<T: Serialize>(magic: &[u8; 8], value: &T) -> Result<Vec<u8>> {
    postcard::to_extend(value, magic.to_vec()).map_err(|e| ErrorKind::Format(e.to_string()).into())
}

/// Decodes what [`encode`] wrote.
///
/// # Errors
/// Bytes of something else, of another version, or cut short.
pub fn decode<T: DeserializeOwned>(magic: &[u8; 8], bytes: &[u8]) -> Result<T> {
    let name = String::from_utf8_lossy(&magic[..7]);
    let Some(rest) = bytes.strip_prefix(&magic[..7]) else {
        return Err(ErrorKind::Format(format!("these bytes are no {name} object")).into());
    };
    if rest.first() != Some(&magic[7]) {
        return Err(ErrorKind::Format(format!(
            "these bytes are a {name} object of another version of nasij"
        ))
        .into());
    }
    postcard::from_bytes(&rest[1..])
        .map_err(|e| ErrorKind::Format(format!("a {name} object cut short or damaged: {e}")).into())
}
