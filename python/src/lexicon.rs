use std::sync::{Arc, OnceLock};

use nasij::entities::Extractor;
use nasij::lexicon::{self, Source};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::edge::{Pickled, detach, exception, raise};

/// Names and the words around them; compiled once, at its first use.
#[pyclass(frozen, module = "nasij._nasij")]
pub(crate) struct Lexicon {
    inner: Arc<lexicon::Lexicon>,
    extractor: OnceLock<Extractor>,
}

impl Lexicon {
    fn of(inner: lexicon::Lexicon) -> Self {
        Self {
            inner: Arc::new(inner),
            extractor: OnceLock::new(),
        }
    }

    pub(crate) fn inner(&self) -> &lexicon::Lexicon {
        &self.inner
    }

    pub(crate) fn extractor(&self) -> &Extractor {
        self.extractor
            .get_or_init(|| Extractor::new(Arc::clone(&self.inner)))
    }
}

/// Tables as Python gives them: name, content, and what rows are called in messages.
type Sources = Vec<(String, String, Vec<String>)>;

fn borrowed(sources: &Sources) -> Vec<Source<'_>> {
    sources
        .iter()
        .map(|(name, content, rows)| Source {
            name,
            content,
            rows,
        })
        .collect()
}

#[pymethods]
impl Lexicon {
    #[staticmethod]
    fn default(py: Python<'_>) -> Self {
        py.detach(|| Self::of(lexicon::Lexicon::shipped().clone()))
    }

    #[staticmethod]
    fn parse(py: Python<'_>, files: Sources) -> PyResult<Self> {
        detach(py, || {
            lexicon::Lexicon::parse(&borrowed(&files)).map(Self::of)
        })
    }

    fn extend(&self, py: Python<'_>, files: Sources) -> PyResult<Self> {
        detach(py, || self.inner.extend(&borrowed(&files)).map(Self::of))
    }

    /// What may not be meant in such tables, one message each.
    fn doubts(&self, py: Python<'_>, files: Sources) -> PyResult<Vec<String>> {
        let doubts = detach(py, || self.inner.doubts(&borrowed(&files)))?;
        Ok(doubts.iter().map(ToString::to_string).collect())
    }

    fn entries<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = self.inner.entries();
        let table = PyDict::new(py);
        let column = |name: &str, cell: &dyn Fn(&lexicon::Entry) -> String| {
            table.set_item(name, all.iter().map(cell).collect::<Vec<_>>())
        };
        column("id", &|e| e.id.clone())?;
        column("type", &|e| e.entity_type.name().to_owned())?;
        column("subtype", &|e| e.subtype.clone())?;
        column("name", &|e| e.name.clone())?;
        column("name_en", &|e| e.name_en.clone())?;
        column("aliases", &|e| e.aliases.join("|"))?;
        column("short", &|e| e.short.join("|"))?;
        column("country", &|e| e.country.clone())?;
        column("note", &|e| e.note.clone())?;
        column("wikidata", &|e| e.wikidata.clone())?;
        table.set_item(
            "priority",
            all.iter().map(|e| e.priority).collect::<Vec<_>>(),
        )?;
        Ok(table)
    }

    /// The id that an unknown name of a type gets.
    fn id_of(&self, py: Python<'_>, entity_type: &str, name: &str) -> PyResult<String> {
        let Some(kind) = lexicon::EntityType::from_name(entity_type) else {
            return Err(exception(
                py,
                "ArgumentError",
                &format!("no type {entity_type:?}"),
            ));
        };
        let folded = lexicon::fold(name);
        let key = lexicon::phonetic::key(
            &lexicon::phonetic::words(&folded),
            self.extractor().matcher(),
        );
        Ok(lexicon::slug(kind, &key))
    }

    fn __len__(&self) -> usize {
        self.inner.entries().len()
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.inner.to_bytes().map_err(|e| raise(py, &e))?;
        Ok(PyBytes::new(py, &bytes))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        lexicon::Lexicon::from_bytes(data)
            .map(Self::of)
            .map_err(|e| raise(py, &e))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Pickled<'py, (Bound<'py, PyBytes>,)>> {
        let make = py.get_type::<Self>().getattr("from_bytes")?;
        Ok((make, (self.to_bytes(py)?,)))
    }
}
