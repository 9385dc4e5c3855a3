//! Stories as arrays, one value a document.

use nasij::stories::{self, ALONE, Copy, NO_DATE};
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::corpus::{Texts, work};
use crate::edge::exception;

/// The stories of texts; a date is in seconds since 1970, `NO_DATE` the least number there is,
/// which is also how numpy writes a missing date.
#[pyfunction]
#[pyo3(signature = (texts, dates, threshold, threads, progress))]
pub(crate) fn find_stories<'py>(
    py: Python<'py>,
    texts: &Bound<'py, Texts>,
    dates: PyReadonlyArray1<'py, i64>,
    threshold: f64,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    const { assert!(NO_DATE == i64::MIN) };
    if threads == Some(0) {
        return Err(exception(py, "ArgumentError", "threads is at least 1"));
    }
    let read = texts.get();
    let dates = dates.as_array().to_vec();
    let copies = work(py, threads, progress.as_ref(), |job| {
        stories::stories(read.inner(), &dates, threshold, job)
    })?;
    let table = PyDict::new(py);
    // ALONE is all ones, which as a signed number is -1.
    const { assert!(ALONE.cast_signed() == -1) };
    let docs = |f: &dyn Fn(&Copy) -> u32| -> Vec<i32> {
        copies.iter().map(|c| f(c).cast_signed()).collect()
    };
    let shares = |f: &dyn Fn(&Copy) -> f32| -> Vec<f32> { copies.iter().map(f).collect() };
    table.set_item("first", PyArray1::from_vec(py, docs(&|c| c.first)))?;
    table.set_item("nearest", PyArray1::from_vec(py, docs(&|c| c.nearest)))?;
    let similarity = shares(&|c| c.similarity);
    table.set_item("similarity", PyArray1::from_vec(py, similarity))?;
    table.set_item("taken", PyArray1::from_vec(py, shares(&|c| c.taken)))?;
    table.set_item("kept", PyArray1::from_vec(py, shares(&|c| c.kept)))?;
    Ok(table)
}
