use std::sync::Arc;

use nasij::cooccurrence::Counted;
use nasij::corpus::{self, Job, NO_ROLE, Selection, Unit, Wanted, Width};
use nasij::entities::FoundBy;
use nasij::error::{Error, ErrorKind};
use nasij::lexicon::EntityType;
use nasij::tagger::{Model, Tagger};
use nasij::text::CodePoints;
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString};

use crate::counts::Counts;
use crate::edge::{Pickled, coded, detach, exception, raise, utf8};
use crate::evidence;
use crate::lexicon::Lexicon;

/// The texts of a corpus, in UTF-8.
#[pyclass(frozen, sequence, module = "nasij._nasij")]
pub(crate) struct Texts {
    inner: Arc<corpus::Texts>,
}

impl Texts {
    pub(crate) fn inner(&self) -> &corpus::Texts {
        &self.inner
    }
}

#[pymethods]
impl Texts {
    #[new]
    fn new(chunks: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut texts = corpus::Texts::default();
        for chunk in chunks.try_iter()? {
            for text in chunk?.try_iter()? {
                texts.push(utf8(text?.cast::<PyString>()?)?);
            }
        }
        Ok(Self {
            inner: Arc::new(texts),
        })
    }

    #[getter]
    fn nbytes(&self) -> usize {
        self.inner.bytes()
    }

    fn __len__(&self) -> usize {
        self.inner.len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<&str> {
        let len = self.inner.len();
        let i = if index < 0 {
            index.checked_add_unsigned(len)
        } else {
            Some(index)
        };
        match i.and_then(|i| usize::try_from(i).ok()) {
            Some(i) if i < len => Ok(self.inner.get(i)),
            _ => Err(PyIndexError::new_err(format!(
                "text {index} of a corpus of {len}"
            ))),
        }
    }

    /// The texts between code points `start` and `end` of documents `doc`.
    fn slices<'py>(
        &self,
        py: Python<'py>,
        doc: PyReadonlyArray1<'py, i32>,
        start: PyReadonlyArray1<'py, i64>,
        end: PyReadonlyArray1<'py, i64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let mut current: Option<(i32, CodePoints<'_>)> = None;
        let rows = doc.as_array();
        for (row, &d) in rows.iter().enumerate() {
            let i = usize::try_from(d).ok().filter(|&i| i < self.inner.len());
            let Some(i) = i else {
                return Err(PyIndexError::new_err(format!("there is no text {d}")));
            };
            if current.as_ref().is_none_or(|(c, _)| *c != d) {
                current = Some((d, CodePoints::new(self.inner.get(i))));
            }
            let span = |at: i64| usize::try_from(at).unwrap_or(0);
            let (from, to) = (span(start.as_array()[row]), span(end.as_array()[row]));
            if let Some((_, index)) = &current {
                list.append(index.to_span(from, to.max(from)).of(index.text()))?;
            }
        }
        Ok(list)
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let inner = corpus::Texts::from_bytes(data).map_err(|e| raise(py, &e))?;
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Pickled<'py, (Bound<'py, PyBytes>,)>> {
        let bytes = self.inner.to_bytes().map_err(|e| raise(py, &e))?;
        let make = py.get_type::<Self>().getattr("from_bytes")?;
        Ok((make, (PyBytes::new(py, &bytes),)))
    }
}

/// Whether a tagger is wanted: the one that ships, or one of these bytes.
#[derive(FromPyObject)]
pub(crate) enum Wish {
    Shipped(bool),
    Model(Vec<u8>),
}

/// Finds the mentions of every text, and keeps those of some types and of a least score.
#[pyfunction]
#[pyo3(signature = (texts, lexicon, threads, progress, types, min_score, tagger))]
#[allow(clippy::too_many_arguments)] // Those of `Corpus.analyze`.
pub(crate) fn analyze(
    py: Python<'_>,
    texts: &Bound<'_, Texts>,
    lexicon: &Lexicon,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
    types: Option<Vec<String>>,
    min_score: f32,
    tagger: Wish,
) -> PyResult<Extraction> {
    if threads == Some(0) {
        return Err(exception(py, "ArgumentError", "threads is at least 1"));
    }
    let of = |name: &String| {
        EntityType::from_name(name).ok_or_else(|| {
            let message = format!("there is no type {name:?}");
            exception(py, "ArgumentError", &message)
        })
    };
    let wanted = Wanted {
        types: types
            .map(|types| types.iter().map(of).collect())
            .transpose()?,
        min_score,
    };
    let tagger = match tagger {
        Wish::Shipped(false) => None,
        Wish::Shipped(true) => py.detach(Tagger::shipped).cloned(),
        Wish::Model(bytes) => {
            let tagger = Model::read(&bytes).and_then(|model| Tagger::new(&model));
            Some(tagger.map_err(|e| raise(py, &e))?)
        }
    };
    let read = &texts.get().inner;
    let analysis = work(py, threads, progress.as_ref(), |job| {
        let extractor = lexicon.extractor().clone().with_tagger(tagger);
        corpus::analyze(&extractor, read, &wanted, job)
    })?;
    Ok(Extraction {
        analysis: Arc::new(analysis),
        texts: texts.clone().unbind(),
    })
}

/// Runs a job without the GIL; between chunks it looks for Ctrl-C and calls `progress`.
pub(crate) fn work<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    progress: Option<&Py<PyAny>>,
    run: impl FnOnce(&mut Job<'_>) -> Result<T, Error> + Send,
) -> PyResult<T> {
    let mut stopped = None;
    let done = py.detach(|| {
        let mut report = |documents: usize, bytes: u64| {
            let told = Python::attach(|py| {
                py.check_signals()?;
                if let Some(progress) = progress {
                    progress.call1(py, (documents, bytes))?;
                }
                Ok(())
            });
            stopped = told.err();
            stopped.is_none()
        };
        run(&mut Job {
            threads,
            progress: &mut report,
        })
    });
    done.map_err(|error| match (error.kind(), stopped) {
        (ErrorKind::Cancelled, Some(stopped)) => stopped,
        _ => raise(py, &error),
    })
}

/// The mentions of a corpus, and what is counted from them.
#[pyclass(frozen, module = "nasij._nasij")]
pub(crate) struct Extraction {
    analysis: Arc<corpus::Analysis>,
    texts: Py<Texts>,
}

impl Extraction {
    pub(crate) fn analysis(&self) -> &corpus::Analysis {
        &self.analysis
    }
}

/// A unit as Python names it: a word or a number of tokens.
pub(crate) fn unit(given: &Bound<'_, PyAny>) -> PyResult<Unit> {
    let name = given.str()?;
    Unit::from_name(utf8(&name)?).map_err(|e| raise(given.py(), &e))
}

pub(crate) type Mask<'py> = Option<PyReadonlyArray1<'py, bool>>;
pub(crate) type Groups<'py> = Option<PyReadonlyArray1<'py, i32>>;

/// A number for each document; -1 is [`corpus::NO_GROUP`].
pub(crate) fn numbers(groups: &Groups<'_>) -> Option<Vec<u32>> {
    const { assert!(corpus::NO_GROUP.cast_signed() == -1) };
    let groups = groups.as_ref()?.as_array();
    Some(groups.iter().map(|g| g.cast_unsigned()).collect())
}

/// A copy of what Python chose, to be used without the GIL.
pub(crate) struct Chosen {
    entities: Option<Vec<bool>>,
    documents: Option<Vec<bool>>,
    groups: Option<Vec<u32>>,
}

impl Chosen {
    pub(crate) fn new(entities: &Mask<'_>, documents: &Mask<'_>, groups: &Groups<'_>) -> Self {
        let mask = |mask: &Mask<'_>| mask.as_ref().map(|m| m.as_array().to_vec());
        Self {
            entities: mask(entities),
            documents: mask(documents),
            groups: numbers(groups),
        }
    }

    pub(crate) fn selection(&self) -> Selection<'_> {
        Selection {
            entities: self.entities.as_deref(),
            documents: self.documents.as_deref(),
            groups: self.groups.as_deref(),
        }
    }
}

#[pymethods]
impl Extraction {
    /// The names inside the mentions, as an extraction of the same texts, and for each of its
    /// mentions the number of the one around it.
    fn nested<'py>(
        &self,
        py: Python<'py>,
        lexicon: &Lexicon,
    ) -> PyResult<(Self, Bound<'py, PyArray1<i64>>)> {
        let texts = &self.texts.get().inner;
        let (inner, around) = work(py, None, None, |job| {
            corpus::nested(lexicon.extractor(), texts, &self.analysis, job)
        })?;
        let around = around.into_iter().map(i64::from).collect();
        let extraction = Self {
            analysis: Arc::new(inner),
            texts: self.texts.clone_ref(py),
        };
        Ok((extraction, PyArray1::from_vec(py, around)))
    }

    fn documents<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let a = &self.analysis;
        let differences = |ends: &[u32]| -> Vec<i64> {
            ends.windows(2).map(|w| i64::from(w[1] - w[0])).collect()
        };
        let table = PyDict::new(py);
        let tokens = a.tokens.iter().map(|&t| i64::from(t)).collect();
        table.set_item(
            "sentences",
            PyArray1::from_vec(py, differences(&a.first_sentence)),
        )?;
        table.set_item("tokens", PyArray1::from_vec(py, tokens))?;
        table.set_item(
            "mentions",
            PyArray1::from_vec(py, differences(&a.first_mention)),
        )?;
        Ok(table)
    }

    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let a = &self.analysis;
        let rows = &a.mentions;
        let table = PyDict::new(py);
        let small = |f: &dyn Fn(&corpus::MentionRow) -> u32| -> Vec<i32> {
            rows.iter().map(|m| f(m).cast_signed()).collect()
        };
        let wide = |f: &dyn Fn(&corpus::MentionRow) -> u32| {
            PyArray1::from_vec(py, rows.iter().map(|m| i64::from(f(m))).collect())
        };
        table.set_item("doc", PyArray1::from_vec(py, small(&|m| m.document)))?;
        table.set_item("sentence", PyArray1::from_vec(py, small(&|m| m.sentence)))?;
        table.set_item("start", wide(&|m| m.start))?;
        table.set_item("end", wide(&|m| m.end))?;
        let strings = |list: &corpus::Strings, codes| coded(py, codes, list.list().iter());
        table.set_item("text", strings(&a.texts, small(&|m| m.text))?)?;
        table.set_item("prefix", strings(&a.prefixes, small(&|m| m.prefix))?)?;
        table.set_item("entity", PyArray1::from_vec(py, small(&|m| m.entity)))?;
        // NO_ROLE is all ones, which as a signed number is -1.
        const { assert!(NO_ROLE.cast_signed() == -1) };
        table.set_item("role", strings(&a.roles, small(&|m| m.role))?)?;
        let found_by = small(&|m| m.found_by as u32);
        let kinds = FoundBy::ALL.iter().map(|k| k.name());
        table.set_item("found_by", coded(py, found_by, kinds)?)?;
        let score: Vec<f32> = rows.iter().map(|m| m.score).collect();
        table.set_item("score", PyArray1::from_vec(py, score))?;
        Ok(table)
    }

    fn entities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        entity_table(py, &self.analysis.entities)
    }

    /// The roles of an analysis made with `lexicon`: of each its mention, name and holder.
    fn roles<'py>(
        &self,
        py: Python<'py>,
        lexicon: &Lexicon,
    ) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyDict>)> {
        let roles = py.detach(|| corpus::roles(&self.analysis, lexicon.inner()));
        let column = |f: &dyn Fn(&corpus::RoleRow) -> i32| -> Vec<i32> {
            roles.rows.iter().map(f).collect()
        };
        let table = PyDict::new(py);
        let mention = column(&|r| r.mention.cast_signed());
        table.set_item("mention", PyArray1::from_vec(py, mention))?;
        let role = column(&|r| r.role.cast_signed());
        table.set_item("role", coded(py, role, roles.names.iter())?)?;
        let holder = column(&|r| r.holder.map_or(-1, u32::cast_signed));
        table.set_item("holder", PyArray1::from_vec(py, holder))?;
        Ok((table, entity_table(py, &roles.holders)?))
    }

    /// Counts units, or with `groups` (a number for each document, -1 for none) the groups.
    /// Pairs that are rarer than `min_count` are not kept.
    #[pyo3(signature = (unit, entities, docs, counted = "units", groups = None, min_count = 1))]
    #[allow(clippy::too_many_arguments)] // Those of `Analysis.counts`.
    fn counts<'py>(
        &self,
        py: Python<'py>,
        unit: &Bound<'py, PyAny>,
        entities: Mask<'py>,
        docs: Mask<'py>,
        counted: &str,
        groups: Groups<'py>,
        min_count: u64,
    ) -> PyResult<Counts> {
        let unit = crate::corpus::unit(unit)?;
        let counted = Counted::from_name(counted).map_err(|e| raise(py, &e))?;
        let chosen = Chosen::new(&entities, &docs, &groups);
        let analysis = &self.analysis;
        detach(py, || {
            Counts::of(analysis, unit, counted, chosen.selection(), min_count)
        })
    }

    /// The id and the name of an entity.
    fn entity(&self, code: u32) -> PyResult<(&str, &str)> {
        let entity = self.analysis.entities.get(code as usize);
        let entity = entity.ok_or_else(|| PyIndexError::new_err(format!("no entity {code}")))?;
        Ok((&entity.id, &entity.name))
    }

    /// The units that hold `a` (one of its `mentions`, if given), and `b` if given: document,
    /// first sentence, and code points; and the mentions of both in them.
    #[pyo3(signature = (unit, a, b, mentions, entities, docs, groups))]
    #[allow(clippy::too_many_arguments)] // What is asked, and the population.
    fn evidence<'py>(
        &self,
        py: Python<'py>,
        unit: &Bound<'py, PyAny>,
        a: u32,
        b: Option<u32>,
        mentions: Option<PyReadonlyArray1<'py, i32>>,
        entities: Mask<'py>,
        docs: Mask<'py>,
        groups: Groups<'py>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let unit = crate::corpus::unit(unit)?;
        let chosen = Chosen::new(&entities, &docs, &groups);
        let only = mentions.map(|m| m.as_array().iter().map(|m| m.cast_unsigned()).collect());
        let texts = &self.texts.get().inner;
        evidence::units(py, &self.analysis, texts, unit, (a, b, only), &chosen)
    }

    /// The first `limit` units of each pair, or of its `a` alone: the pair's number, document,
    /// first sentence, and code points.
    #[pyo3(signature = (unit, a, b, entities, docs, groups, limit))]
    #[allow(clippy::too_many_arguments)] // What is asked, and the population.
    fn first_units<'py>(
        &self,
        py: Python<'py>,
        unit: &Bound<'py, PyAny>,
        a: PyReadonlyArray1<'py, i32>,
        b: Option<PyReadonlyArray1<'py, i32>>,
        entities: Mask<'py>,
        docs: Mask<'py>,
        groups: Groups<'py>,
        limit: usize,
    ) -> PyResult<Bound<'py, PyDict>> {
        let unit = crate::corpus::unit(unit)?;
        let chosen = Chosen::new(&entities, &docs, &groups);
        let code = |code: &i32| code.cast_unsigned();
        let a = a.as_array();
        let pairs = match &b {
            None => a.iter().map(|a| (code(a), None)).collect(),
            Some(b) if b.as_array().len() == a.len() => {
                let pairs = a.iter().zip(b.as_array());
                pairs.map(|(a, b)| (code(a), Some(code(b)))).collect()
            }
            Some(_) => {
                return Err(exception(
                    py,
                    "ArgumentError",
                    "a and b of different lengths",
                ));
            }
        };
        let texts = &self.texts.get().inner;
        evidence::first_units(py, &self.analysis, texts, unit, pairs, &chosen, limit)
    }

    /// The mentions of an entity: document, sentence, prefix, and in code points where its context
    /// begins, where it begins and ends, and where its context ends. The context is of so many
    /// code points, or words.
    #[pyo3(signature = (entity, width, words, within))]
    fn concordance<'py>(
        &self,
        py: Python<'py>,
        entity: u32,
        width: u32,
        words: bool,
        within: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let within = unit(within)?;
        let width = if words {
            Width::Words(width)
        } else {
            Width::CodePoints(width)
        };
        let texts = &self.texts.get().inner;
        evidence::concordance(py, &self.analysis, texts, entity, width, within)
    }

    /// The extraction of the documents that are kept, with texts of its own.
    fn select(&self, py: Python<'_>, kept: PyReadonlyArray1<'_, bool>) -> PyResult<Self> {
        let kept = kept.as_array().to_vec();
        let texts = &self.texts.get().inner;
        let (analysis, texts) = detach(py, || {
            Ok((self.analysis.select(&kept)?, texts.select(&kept)))
        })?;
        let inner = Arc::new(texts);
        Ok(Self {
            analysis: Arc::new(analysis),
            texts: Py::new(py, Texts { inner })?,
        })
    }

    /// The texts it was made of.
    #[getter]
    fn texts(&self, py: Python<'_>) -> Py<Texts> {
        self.texts.clone_ref(py)
    }

    /// This extraction with mention `i` at place `entity_of[i]` of `entities` (id, name, English
    /// name, type, subtype, Wikidata item).
    fn relink(
        &self,
        py: Python<'_>,
        entity_of: PyReadonlyArray1<'_, u32>,
        entities: Vec<[String; 6]>,
    ) -> PyResult<Self> {
        let entity_of = entity_of.as_array().to_vec();
        let entities = entities
            .into_iter()
            .map(
                |[id, name, name_en, entity_type, subtype, wikidata]| corpus::Entity {
                    id,
                    name,
                    name_en,
                    entity_type: EntityType::from_name(&entity_type).unwrap_or_default(),
                    subtype,
                    wikidata,
                },
            )
            .collect::<Vec<_>>();
        let analysis = detach(py, || self.analysis.relink(&entity_of, &entities))?;
        Ok(Self {
            analysis: Arc::new(analysis),
            texts: self.texts.clone_ref(py),
        })
    }

    /// For entities that the lexicon has not, the one each may be, and how near their names are.
    fn suggestions<'py>(&self, py: Python<'py>, lexicon: &Lexicon) -> PyResult<Bound<'py, PyDict>> {
        let near = detach(py, || Ok(self.analysis.suggestions(lexicon.extractor())))?;
        let table = PyDict::new(py);
        let of = |f: &dyn Fn(&corpus::Suggestion) -> u32| {
            PyArray1::from_vec(py, near.iter().map(|s| f(s).cast_signed()).collect())
        };
        table.set_item("entity", of(&|s| s.entity))?;
        table.set_item("other", of(&|s| s.other))?;
        let distance = near.iter().map(|s| s.distance).collect();
        table.set_item("distance", PyArray1::from_vec(py, distance))?;
        Ok(table)
    }

    #[staticmethod]
    fn from_parts(py: Python<'_>, data: &[u8], texts: Py<Texts>) -> PyResult<Self> {
        let analysis = corpus::Analysis::from_bytes(data).map_err(|e| raise(py, &e))?;
        if analysis.documents() != texts.get().inner.len() {
            return Err(exception(py, "FormatError", "an analysis of other texts"));
        }
        Ok(Self {
            analysis: Arc::new(analysis),
            texts,
        })
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Pickled<'py, (Bound<'py, PyBytes>, Py<Texts>)>> {
        let bytes = self.analysis.to_bytes().map_err(|e| raise(py, &e))?;
        let make = py.get_type::<Self>().getattr("from_parts")?;
        Ok((make, (PyBytes::new(py, &bytes), self.texts.clone_ref(py))))
    }
}

/// Entities as columns.
pub(crate) fn entity_table<'py>(
    py: Python<'py>,
    entities: &[corpus::Entity],
) -> PyResult<Bound<'py, PyDict>> {
    let table = PyDict::new(py);
    let column =
        |f: &dyn Fn(&corpus::Entity) -> String| -> Vec<String> { entities.iter().map(f).collect() };
    table.set_item("id", column(&|e| e.id.clone()))?;
    table.set_item("name", column(&|e| e.name.clone()))?;
    table.set_item("name_en", column(&|e| e.name_en.clone()))?;
    table.set_item("type", column(&|e| e.entity_type.name().to_owned()))?;
    table.set_item("subtype", column(&|e| e.subtype.clone()))?;
    table.set_item("wikidata", column(&|e| e.wikidata.clone()))?;
    Ok(table)
}
