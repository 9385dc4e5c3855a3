//! Resampling and permuting chosen pairs of an extraction.

use nasij::cooccurrence::{Alternative, Bootstrap, Clusters, Measure, Slots};
use nasij::corpus::Unit;
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::corpus::{Chosen, Extraction, Groups, Mask, numbers, unit, work};
use crate::edge::{detach, exception, raise};

type Pairs = Vec<(u32, u32)>;

/// Pairs of an extraction, and what they are counted in.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Asked<'py> {
    unit: Bound<'py, PyAny>,
    entities: Mask<'py>,
    docs: Mask<'py>,
    groups: Groups<'py>,
    a: PyReadonlyArray1<'py, i32>,
    b: PyReadonlyArray1<'py, i32>,
}

impl Asked<'_> {
    fn taken(&self) -> PyResult<(Unit, Chosen, Pairs)> {
        let pairs = self.a.as_array().into_iter().zip(self.b.as_array());
        let pairs = pairs.map(|(a, b)| (a.cast_unsigned(), b.cast_unsigned()));
        let chosen = Chosen::new(&self.entities, &self.docs, &self.groups);
        Ok((unit(&self.unit)?, chosen, pairs.collect()))
    }
}

/// The counts of pairs, in how many clusters each pair is, and the intervals of measures.
#[pyfunction]
#[pyo3(signature = (extraction, asked, clusters, measures, resamples, level, seed, threads, progress))]
#[allow(clippy::too_many_arguments)] // Those of `Analysis.intervals`.
pub(crate) fn bootstrap<'py>(
    py: Python<'py>,
    extraction: &Extraction,
    asked: Asked<'py>,
    clusters: PyReadonlyArray1<'py, i32>,
    measures: Vec<String>,
    resamples: usize,
    level: f64,
    seed: u64,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let (unit, chosen, pairs) = asked.taken()?;
    let clusters = numbers(&Some(clusters)).unwrap_or_default();
    let measures: Vec<Measure> = measures
        .iter()
        .map(|name| name.parse())
        .collect::<Result<_, _>>()
        .map_err(|e| raise(py, &e))?;
    let analysis = extraction.analysis();
    let selection = chosen.selection();
    let clusters = detach(py, || {
        Clusters::of(analysis, unit, selection, &clusters, &pairs)
    })?;
    let plan = Bootstrap {
        resamples,
        level,
        seed,
    };
    let intervals = work(py, threads, progress.as_ref(), |job| {
        plan.intervals(&clusters, &measures, job)
    })?;
    let tables = clusters.tables();
    let table = PyDict::new(py);
    let count = |f: &dyn Fn(usize) -> u64| {
        PyArray1::from_vec(py, (0..tables.len()).map(|i| f(i).cast_signed()).collect())
    };
    table.set_item("count", count(&|i| tables[i].0.both()))?;
    table.set_item("a_count", count(&|i| tables[i].0.a()))?;
    table.set_item("b_count", count(&|i| tables[i].0.b()))?;
    table.set_item("total", clusters.total())?;
    table.set_item("clusters", count(&|i| tables[i].1 as u64))?;
    for (measure, found) in measures.iter().zip(intervals) {
        table.set_item(format!("{measure}_low"), PyArray1::from_vec(py, found.low))?;
        table.set_item(
            format!("{measure}_high"),
            PyArray1::from_vec(py, found.high),
        )?;
    }
    Ok(table)
}

/// The counts of pairs, and those that chance gives them.
#[pyfunction]
#[pyo3(signature = (
    extraction, asked, strata, together, permutations, alternative, tests, seed, threads, progress
))]
#[allow(clippy::too_many_arguments)] // Those of `Analysis.permutations`.
pub(crate) fn permute<'py>(
    py: Python<'py>,
    extraction: &Extraction,
    asked: Asked<'py>,
    strata: Groups<'py>,
    together: Groups<'py>,
    permutations: usize,
    alternative: &str,
    tests: u64,
    seed: u64,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let alternative = match alternative {
        "greater" => Alternative::Greater,
        "less" => Alternative::Less,
        "two-sided" => Alternative::TwoSided,
        _ => {
            let message = "alternative is greater, less or two-sided";
            return Err(exception(py, "ArgumentError", message));
        }
    };
    let (unit, chosen, pairs) = asked.taken()?;
    let (strata, together) = (numbers(&strata), numbers(&together));
    let analysis = extraction.analysis();
    let selection = chosen.selection();
    let slots = detach(py, || {
        Slots::of(
            analysis,
            unit,
            selection,
            strata.as_deref(),
            together.as_deref(),
            &pairs,
        )
    })?;
    let found = work(py, threads, progress.as_ref(), |job| {
        slots.permute(permutations, seed, alternative, tests, job)
    })?;
    let table = PyDict::new(py);
    let observed = found.observed.into_iter().map(u64::cast_signed).collect();
    table.set_item("count", PyArray1::from_vec(py, observed))?;
    for (name, values) in [
        ("null_mean", found.mean),
        ("null_sd", found.sd),
        ("null_p", found.p),
        ("null_q", found.q),
    ] {
        table.set_item(name, PyArray1::from_vec(py, values))?;
    }
    Ok(table)
}
