//! From Python strings to Python strings: what they are taken as, folded, and made again.

use std::borrow::Cow;
use std::ffi::CStr;

use nasij::normalize::Normalizer;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::edge::{Encoded, surrogate};

/// UTF-16 as this machine has it, which Python writes and reads at four times the pace of UTF-8.
const WIDE: &CStr = if cfg!(target_endian = "little") {
    c"utf-16-le"
} else {
    c"utf-16-be"
};

/// In code points: for less it is not worth the calls.
const WORTH_WIDE: usize = 64;

/// A string to be folded.
pub(crate) enum Given<'py> {
    Narrow(Encoded<'py>),
    Wide(Bound<'py, PyBytes>),
}

/// What became of it.
pub(crate) enum Folded {
    Same,
    Narrow(String),
    Wide(Vec<u16>),
}

/// Buffers that are used again.
#[derive(Default)]
pub(crate) struct Scratch {
    narrow: Vec<u8>,
    units: Vec<u16>,
    wide: Vec<u16>,
}

impl<'py> Given<'py> {
    pub(crate) fn new(text: &Bound<'py, PyString>, normalizer: &Normalizer) -> PyResult<Self> {
        if !normalizer.folds_utf16() || text.len()? < WORTH_WIDE {
            return Encoded::new(text).map(Self::Narrow);
        }
        let bytes = text.call_method1(
            "encode",
            (PyString::from_bytes(text.py(), WIDE.to_bytes())?,),
        );
        let bytes = bytes.map_err(|error| surrogate(text.py(), error))?;
        Ok(Self::Wide(bytes.cast_into()?))
    }

    /// Its bytes, without the GIL.
    pub(crate) fn text(&self) -> Text<'_> {
        match self {
            Self::Narrow(text) => Text::Narrow(text.text()),
            Self::Wide(bytes) => Text::Wide(bytes.as_bytes()),
        }
    }
}

/// The text of a string, apart from the object.
#[derive(Clone, Copy)]
pub(crate) enum Text<'t> {
    Narrow(&'t str),
    Wide(&'t [u8]),
}

impl Text<'_> {
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Narrow(text) => text.len(),
            Self::Wide(bytes) => bytes.len(),
        }
    }

    pub(crate) fn fold(self, normalizer: &Normalizer, scratch: &mut Scratch) -> Folded {
        let Scratch {
            narrow,
            units,
            wide,
        } = scratch;
        match self {
            Self::Narrow(text) => match normalizer.fold_into(text, narrow) {
                same if same == text => Folded::Same,
                folded => Folded::Narrow(folded.to_owned()),
            },
            Self::Wide(bytes) => {
                units.clear();
                let (pairs, _) = bytes.as_chunks();
                units.extend(pairs.iter().map(|pair| u16::from_ne_bytes(*pair)));
                if normalizer.fold_utf16(units, wide) {
                    return if units == wide {
                        Folded::Same
                    } else {
                        Folded::Wide(wide.clone())
                    };
                }
                let text = String::from_utf16_lossy(units);
                match normalizer.fold(&text) {
                    Cow::Borrowed(_) => Folded::Same,
                    Cow::Owned(folded) => Folded::Narrow(folded),
                }
            }
        }
    }
}

impl Folded {
    /// As a Python string: the one that was given, if nothing changed.
    pub(crate) fn string<'py>(self, given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = given.py();
        match self {
            Self::Same => Ok(given.clone()),
            Self::Narrow(text) => Ok(PyString::new(py, &text).into_any()),
            Self::Wide(units) => {
                let bytes = PyBytes::new_with(py, 2 * units.len(), |bytes| {
                    let (pairs, _) = bytes.as_chunks_mut();
                    for (pair, unit) in pairs.iter_mut().zip(&units) {
                        *pair = unit.to_ne_bytes();
                    }
                    Ok(())
                })?;
                Ok(PyString::from_encoded_object(&bytes, Some(WIDE), None)?.into_any())
            }
        }
    }
}
