//! Where Python and the core meet: errors, strings, the GIL, and coded columns.

use nasij::error::{Error, ErrorKind};
use numpy::PyArray1;
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

/// A column of strings: numbers into a list, -1 for none.
pub(crate) type Coded<'py> = (Bound<'py, PyArray1<i32>>, Bound<'py, PyList>);

/// What `__reduce__` gives to pickle: a callable and its arguments.
pub(crate) type Pickled<'py, Arguments> = (Bound<'py, PyAny>, Arguments);

/// The Python exception of a core error; the classes are defined in `nasij.errors`.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let class = match error.kind() {
        ErrorKind::Text(_) => "TextError",
        ErrorKind::Lexicon { .. } => "LexiconError",
        ErrorKind::Format(_) => "FormatError",
        _ => "ArgumentError",
    };
    exception(py, class, &error.to_string())
}

/// An exception of `nasij.errors` by its name.
pub(crate) fn exception(py: Python<'_>, class: &str, message: &str) -> PyErr {
    py.import("nasij.errors")
        .and_then(|errors| errors.getattr(class)?.call1((message,)))
        .map_or_else(|failed| failed, PyErr::from_value)
}

/// Runs core code without the GIL.
pub(crate) fn detach<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> nasij::error::Result<T> + Send,
) -> PyResult<T> {
    py.detach(work).map_err(|error| raise(py, &error))
}

/// Fewer bytes of text are folded before threads have started.
pub(crate) const WORTH_THREADS: usize = 1 << 20;

/// A Python string as UTF-8, which it keeps: fit for a text that is asked for again. A lone
/// surrogate is an error that names its position.
pub(crate) fn utf8<'s>(text: &'s Bound<'_, PyString>) -> PyResult<&'s str> {
    text.to_str().map_err(|error| surrogate(text.py(), error))
}

/// A Python string as UTF-8 that is gone after use, so that a column does not grow by half when
/// it is read; errors as with [`utf8`].
pub(crate) struct Encoded<'py>(Bound<'py, PyBytes>);

impl<'py> Encoded<'py> {
    pub(crate) fn new(text: &Bound<'py, PyString>) -> PyResult<Self> {
        let bytes = text.encode_utf8();
        Ok(Self(bytes.map_err(|error| surrogate(text.py(), error))?))
    }

    pub(crate) fn text(&self) -> &str {
        simdutf8::basic::from_utf8(self.0.as_bytes()).expect("Python encodes to UTF-8")
    }
}

pub(crate) fn surrogate(py: Python<'_>, error: PyErr) -> PyErr {
    let surrogate = error.is_instance_of::<PyUnicodeEncodeError>(py);
    match error.value(py).getattr("start") {
        Ok(start) if surrogate => exception(
            py,
            "TextError",
            &format!("the text has a lone surrogate at position {start}"),
        ),
        _ => error,
    }
}

/// Numbers and the strings they stand for, as a coded column.
pub(crate) fn coded(
    py: Python<'_>,
    codes: Vec<i32>,
    strings: impl ExactSizeIterator<Item = impl AsRef<str>>,
) -> PyResult<Coded<'_>> {
    let list = PyList::new(py, strings.map(|s| PyString::new(py, s.as_ref())))?;
    Ok((PyArray1::from_vec(py, codes), list))
}
