use nasij::cooccurrence::{Counted, NamedCounts};
use nasij::corpus::{Analysis, Selection, Unit};
use nasij::lexicon::EntityType;
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::corpus::entity_table;
use crate::edge::{Pickled, detach, exception, raise};

/// How often entities and pairs of them stand in units of a corpus; mergeable.
#[pyclass(frozen, module = "nasij._nasij")]
pub(crate) struct Counts {
    inner: NamedCounts,
}

impl Counts {
    pub(crate) fn of(
        analysis: &Analysis,
        unit: Unit,
        counted: Counted,
        selection: Selection<'_>,
    ) -> Self {
        Self {
            inner: NamedCounts::of(analysis, unit, counted, selection),
        }
    }
}

#[pymethods]
impl Counts {
    #[getter]
    fn unit(&self) -> String {
        self.inner.unit().to_string()
    }

    /// What is counted: units, documents, stories, sources or days.
    #[getter]
    fn counted(&self) -> String {
        self.inner.counted().to_string()
    }

    #[getter]
    fn total(&self) -> u64 {
        self.inner.counts().total()
    }

    #[getter]
    fn ids(&self) -> Vec<&str> {
        self.inner.entities().iter().map(|e| &*e.id).collect()
    }

    fn merge(&self, py: Python<'_>, other: &Self) -> PyResult<Self> {
        detach(py, || self.inner.merge(&other.inner)).map(|inner| Self { inner })
    }

    /// The entities that were counted, and in how many units each stands.
    fn entities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let table = entity_table(py, self.inner.entities())?;
        let counts = self.inner.counts().singles().iter();
        let counts = counts.map(|(_, n)| n.cast_signed()).collect();
        table.set_item("count", PyArray1::from_vec(py, counts))?;
        Ok(table)
    }

    /// Every pair that stands together at least `min_count` times, unscored.
    fn pairs<'py>(&self, py: Python<'py>, min_count: u64) -> PyResult<Bound<'py, PyDict>> {
        let pairs = self.inner.counts().pairs().iter();
        let kept: Vec<_> = pairs.filter(|p| p.2 >= min_count).collect();
        let table = PyDict::new(py);
        let ids = |f: &dyn Fn(&(u32, u32, u64)) -> u32| -> Vec<i32> {
            kept.iter().map(|p| f(p).cast_signed()).collect()
        };
        table.set_item("a", PyArray1::from_vec(py, ids(&|p| p.0)))?;
        table.set_item("b", PyArray1::from_vec(py, ids(&|p| p.1)))?;
        let counts = kept.iter().map(|p| p.2.cast_signed()).collect();
        table.set_item("count", PyArray1::from_vec(py, counts))?;
        Ok(table)
    }

    #[pyo3(signature = (min_count, types = None))]
    fn table<'py>(
        &self,
        py: Python<'py>,
        min_count: u64,
        types: Option<Vec<String>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let types = types
            .map(|names| {
                names
                    .iter()
                    .map(|name| {
                        EntityType::from_name(name).ok_or_else(|| {
                            let message = format!(
                                "no type is called {name:?}; they are PER, ORG, LOC, MISC, NORP"
                            );
                            exception(py, "ArgumentError", &message)
                        })
                    })
                    .collect::<PyResult<Vec<_>>>()
            })
            .transpose()?;
        let t = detach(py, || self.inner.table(min_count, types.as_deref()))?;
        let table = PyDict::new(py);
        let ids =
            |v: Vec<u32>| PyArray1::from_vec(py, v.into_iter().map(u32::cast_signed).collect());
        let counts =
            |v: Vec<u64>| PyArray1::from_vec(py, v.into_iter().map(u64::cast_signed).collect());
        table.set_item("a", ids(t.a))?;
        table.set_item("b", ids(t.b))?;
        table.set_item("count", counts(t.count))?;
        table.set_item("a_count", counts(t.a_count))?;
        table.set_item("b_count", counts(t.b_count))?;
        for (name, values) in [
            ("expected", t.expected),
            ("pmi", t.pmi),
            ("npmi", t.npmi),
            ("llr", t.llr),
            ("logdice", t.logdice),
            ("jaccard", t.jaccard),
            ("p", t.p),
            ("q", t.q),
        ] {
            table.set_item(name, PyArray1::from_vec(py, values))?;
        }
        table.set_item("tests", t.tests)?;
        Ok(table)
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.inner.to_bytes().map_err(|e| raise(py, &e))?;
        Ok(PyBytes::new(py, &bytes))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let inner = NamedCounts::from_bytes(data).map_err(|e| raise(py, &e))?;
        Ok(Self { inner })
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Pickled<'py, (Bound<'py, PyBytes>,)>> {
        let make = py.get_type::<Self>().getattr("from_bytes")?;
        Ok((make, (self.to_bytes(py)?,)))
    }
}
