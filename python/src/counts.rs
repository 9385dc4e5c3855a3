use nasij::cooccurrence::{Column, Counted, NamedCounts, Scoring, numbered};
use nasij::corpus::{Analysis, Entity, Selection, Unit};
use nasij::lexicon::EntityType;
use nasij::threads::on_pool;
use numpy::{PyArray1, PyReadonlyArray1};
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
        min_count: u64,
    ) -> nasij::error::Result<Self> {
        let count = || NamedCounts::common(analysis, unit, counted, selection, min_count);
        on_pool(None, count).map(|inner| Self { inner })
    }

    pub(crate) fn inner(&self) -> &NamedCounts {
        &self.inner
    }
}

fn ids(py: Python<'_>, ids: Vec<u32>) -> Bound<'_, PyArray1<i32>> {
    PyArray1::from_vec(py, ids.into_iter().map(u32::cast_signed).collect())
}

fn numbers(py: Python<'_>, numbers: Vec<u64>) -> Bound<'_, PyArray1<i64>> {
    PyArray1::from_vec(py, numbers.into_iter().map(u64::cast_signed).collect())
}

fn entity_type(py: Python<'_>, name: &str) -> PyResult<EntityType> {
    EntityType::from_name(name).ok_or_else(|| {
        let message = format!("no type is called {name:?}; they are PER, ORG, LOC, MISC, NORP");
        exception(py, "ArgumentError", &message)
    })
}

#[pymethods]
impl Counts {
    #[getter]
    fn unit(&self) -> &str {
        self.inner.unit()
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
        table.set_item("a", ids(py, kept.iter().map(|p| p.0).collect()))?;
        table.set_item("b", ids(py, kept.iter().map(|p| p.1).collect()))?;
        table.set_item("count", numbers(py, kept.iter().map(|p| p.2).collect()))?;
        Ok(table)
    }

    /// Counts mentions: of each its unit, in numbers of one column or several, and the place of its
    /// entity in `entities` (id, name, type); `total` units, or as many as have a mention.
    #[staticmethod]
    #[pyo3(signature = (unit, units, entity, entities, total = None))]
    fn from_mentions(
        py: Python<'_>,
        unit: String,
        units: Vec<PyReadonlyArray1<'_, i64>>,
        entity: PyReadonlyArray1<'_, i64>,
        entities: Vec<[String; 3]>,
        total: Option<u64>,
    ) -> PyResult<Self> {
        let columns = units.iter().map(PyReadonlyArray1::as_slice);
        let columns: Vec<&[i64]> = columns.collect::<Result<_, _>>()?;
        let entity = entity.as_slice()?;
        let entities: Vec<Entity> = entities
            .into_iter()
            .map(|[id, name, kind]| Entity {
                id,
                name,
                name_en: String::new(),
                entity_type: EntityType::from_name(&kind).unwrap_or_default(),
                subtype: String::new(),
                wikidata: String::new(),
            })
            .collect();
        detach(py, || {
            let count = || NamedCounts::of_mentions(unit, &columns, entity, &entities, total);
            on_pool(None, count)?.map(|inner| Self { inner })
        })
    }

    /// Numbers from 0 for the different values of a column, in their order, and those values.
    #[staticmethod]
    fn numbered<'py>(
        py: Python<'py>,
        values: PyReadonlyArray1<'py, i64>,
    ) -> PyResult<[Bound<'py, PyArray1<i64>>; 2]> {
        let values = values.as_slice()?;
        let (numbers, distinct) = py.detach(|| numbered(values));
        Ok([numbers, distinct].map(|column| PyArray1::from_vec(py, column)))
    }

    /// The names of the measures and the other columns that `table` has on request.
    #[staticmethod]
    fn columns() -> Vec<&'static str> {
        Column::all().map(Column::name).collect()
    }

    /// The names of those that `table` has where none are asked for.
    #[staticmethod]
    fn usual() -> Vec<&'static str> {
        Column::DEFAULT.iter().map(|column| column.name()).collect()
    }

    /// The scored pairs: their counts, and the `columns` asked for, or those that are usual.
    #[pyo3(signature = (min_count, types = None, columns = None, strongest_first = true, min_each = 1))]
    fn table<'py>(
        &self,
        py: Python<'py>,
        min_count: u64,
        types: Option<Vec<String>>,
        columns: Option<Vec<String>>,
        strongest_first: bool,
        min_each: u64,
    ) -> PyResult<Bound<'py, PyDict>> {
        let types = types
            .map(|names| names.iter().map(|name| entity_type(py, name)).collect())
            .transpose()?;
        let columns = columns.map_or(Ok(Column::DEFAULT.to_vec()), |names| {
            let columns = names.iter().map(|name| name.parse());
            columns.collect::<Result<Vec<Column>, _>>()
        });
        let scoring = Scoring {
            min_count,
            columns: &columns.map_err(|e| raise(py, &e))?,
            strongest_first,
        };
        let types: Option<Vec<EntityType>> = types;
        let t = detach(py, || self.inner.table(scoring, types.as_deref(), min_each))?;
        let table = PyDict::new(py);
        table.set_item("a", ids(py, t.a))?;
        table.set_item("b", ids(py, t.b))?;
        table.set_item("count", numbers(py, t.count))?;
        table.set_item("a_count", numbers(py, t.a_count))?;
        table.set_item("b_count", numbers(py, t.b_count))?;
        table.set_item("apart", numbers(py, t.apart))?;
        for (column, values) in t.columns {
            if column == Column::Few {
                let few = values.into_iter().map(|few| few > 0.0).collect();
                table.set_item(column.name(), PyArray1::from_vec(py, few))?;
            } else {
                table.set_item(column.name(), PyArray1::from_vec(py, values))?;
            }
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
