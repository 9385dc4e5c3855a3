use nasij::cooccurrence::{Contingency, Measure};
use nasij::threads::on_pool;
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::edge::{detach, exception, raise};

/// What is told of each measure, in the order of their columns.
pub(crate) fn described(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let list = PyList::empty(py);
    for measure in Measure::ALL {
        let about = measure.about();
        let row = PyDict::new(py);
        for (key, text) in [
            ("name", about.name),
            ("formula", about.formula),
            ("range", about.range),
            ("edge", about.edge),
            ("reading", about.reading),
            ("source", about.source),
        ] {
            row.set_item(key, text)?;
        }
        list.append(row)?;
    }
    Ok(list)
}

/// Measures of tables given by their counts, and on request whether the counts are few.
#[pyfunction]
pub(crate) fn association<'py>(
    py: Python<'py>,
    both: PyReadonlyArray1<'py, i64>,
    a: PyReadonlyArray1<'py, i64>,
    b: PyReadonlyArray1<'py, i64>,
    total: PyReadonlyArray1<'py, i64>,
    names: Vec<String>,
    few: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let measures: Vec<Measure> = names
        .iter()
        .map(|name| name.parse())
        .collect::<Result<_, _>>()
        .map_err(|error| raise(py, &error))?;
    let columns = [
        both.as_slice()?,
        a.as_slice()?,
        b.as_slice()?,
        total.as_slice()?,
    ];
    let tables: Vec<Contingency> = (0..columns[0].len())
        .map(|row| {
            let [both, a, b, total] = columns.map(|column| column[row].cast_unsigned());
            Contingency::new(both, a, b, total)
                .map_err(|error| exception(py, "ArgumentError", &format!("row {row}: {error}")))
        })
        .collect::<PyResult<_>>()?;
    let values: Vec<Vec<f64>> = detach(py, || {
        on_pool(None, || {
            measures.iter().map(|m| m.of_all(&tables)).collect()
        })
    })?;
    let found = PyDict::new(py);
    for (name, values) in names.iter().zip(values) {
        found.set_item(name, PyArray1::from_vec(py, values))?;
    }
    if few {
        let few = tables.iter().map(|table| table.few()).collect();
        found.set_item("few", PyArray1::from_vec(py, few))?;
    }
    Ok(found)
}

/// Replaces p by q among so many tests.
#[pyfunction]
pub(crate) fn false_discovery<'py>(
    py: Python<'py>,
    p: PyReadonlyArray1<'py, f64>,
    tests: u64,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let mut q = p.as_slice()?.to_vec();
    detach(py, || {
        on_pool(None, || nasij::cooccurrence::false_discovery(&mut q, tests))
    })?;
    Ok(PyArray1::from_vec(py, q))
}
