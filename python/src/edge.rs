//! Where Python and the core meet: errors, strings, the GIL, and coded columns.

use nasij::error::{Error, ErrorKind};
use numpy::PyArray1;
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

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

/// A Python string as UTF-8; a lone surrogate is an error that names its position.
pub(crate) fn utf8<'s>(text: &'s Bound<'_, PyString>) -> PyResult<&'s str> {
    text.to_str().map_err(|error| {
        let py = text.py();
        let surrogate = error.is_instance_of::<PyUnicodeEncodeError>(py);
        match error.value(py).getattr("start") {
            Ok(start) if surrogate => exception(
                py,
                "TextError",
                &format!("the text has a lone surrogate at position {start}"),
            ),
            _ => error,
        }
    })
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
