use std::collections::BTreeMap;

use nasij::normalize::{self, Alignment, Profile, Rule, Rules};
use nasij::text::{CodePoints, Span};
use nasij::threads::on_pool;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};
use rayon::prelude::*;

use crate::edge::{Encoded, Pickled, WORTH_THREADS, detach, exception, raise, utf8};
use crate::folding::{Given, Scratch};
use crate::{arrow, columns};

/// A set of rules, compiled.
#[pyclass(frozen, module = "nasij._nasij")]
pub(crate) struct Normalizer {
    profile: String,
    chosen: Vec<(String, bool)>,
    inner: normalize::Normalizer,
}

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(signature = (profile = "light", **rules))]
    fn new(py: Python<'_>, profile: &str, rules: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let error = |e| raise(py, &e);
        let mut set = Profile::from_name(profile).map_err(error)?.rules();
        let mut chosen = Vec::new();
        for (name, on) in rules.into_iter().flatten() {
            let name = name.extract::<String>()?;
            let named = Rules::named(&name).map_err(error)?;
            let on = on.extract::<bool>().map_err(|_| {
                let message = format!("the rule {name} is True or False");
                exception(py, "ArgumentError", &message)
            })?;
            chosen.push((name, named, on));
        }
        // One rule says more than the keyword of several: marks=True, shadda=False.
        chosen.sort_by_key(|(_, named, _)| std::cmp::Reverse(named.len()));
        for (_, named, on) in &chosen {
            set = set.with_all(*named, *on);
        }
        let chosen = chosen.into_iter().map(|(name, _, on)| (name, on)).collect();
        Ok(Self {
            profile: profile.to_owned(),
            chosen,
            inner: normalize::Normalizer::new(set),
        })
    }

    #[getter]
    fn profile(&self) -> &str {
        &self.profile
    }

    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let rules = PyDict::new(py);
        for rule in Rule::ALL {
            rules.set_item(rule.name(), self.inner.rules().has(rule))?;
        }
        Ok(rules)
    }

    fn normalize<'py>(&self, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        let given = Given::new(text, &self.inner)?;
        let bytes = given.text();
        let fold = || bytes.fold(&self.inner, &mut Scratch::default());
        text.py().detach(fold).string(text)
    }

    fn normalize_all<'py>(&self, texts: &Bound<'py, PyList>) -> PyResult<Bound<'py, PyList>> {
        columns::normalize_list(&self.inner, texts)
    }

    fn normalize_arrow<'py>(&self, column: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        arrow::normalize(&self.inner, column)
    }

    fn normalize_lines<'py>(
        &self,
        py: Python<'py>,
        block: &[u8],
    ) -> PyResult<(Vec<Bound<'py, PyBytes>>, usize)> {
        columns::normalize_lines(py, &self.inner, block)
    }

    fn align(&self, text: &Bound<'_, PyString>) -> PyResult<Normalized> {
        let original = utf8(text)?;
        let done = detach(text.py(), || self.inner.normalize(original))?;
        Ok(Normalized {
            original: CodePoints::new(original.to_owned()),
            text: CodePoints::new(done.text),
            alignment: done.alignment,
            made_by: (self.profile.clone(), self.chosen.clone()),
        })
    }

    /// The rules that changed something in a text, or in texts and missing values.
    ///
    /// Gives a table of one row a rule: rule, count (how often it changed something), lossy, and
    /// loses (what a reader can miss afterwards; "" for nothing). A character that two rules change
    /// in turn counts for both.
    fn audit<'py>(&self, texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = texts.py();
        let given: Vec<_> = if texts.is_instance_of::<PyString>() {
            columns::encoded(texts, 0)?.into_iter().collect()
        } else {
            let rows = texts.try_iter()?.enumerate();
            rows.filter_map(|(row, item)| columns::encoded(&item.ok()?, row).transpose())
                .collect::<PyResult<_>>()?
        };
        let given: Vec<&str> = given.iter().map(Encoded::text).collect();
        let audit = |text: &&str| self.inner.audit(text);
        let size: usize = given.iter().map(|text| text.len()).sum();
        let fired: Vec<_> = detach(py, || {
            if size < WORTH_THREADS {
                return Ok(given.iter().flat_map(audit).collect());
            }
            on_pool(None, || given.par_iter().flat_map_iter(audit).collect())
        })?;
        let mut counts = BTreeMap::new();
        for (rule, count) in fired {
            *counts.entry(rule).or_insert(0) += count;
        }
        let rows = counts.into_iter();
        let rows: Vec<_> = rows
            .map(|(rule, n)| (rule.name(), n, rule.loses()))
            .collect();
        py.import("nasij.tables")?
            .call_method1("audit_table", (rows,))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Pickled<'py, Bound<'py, PyTuple>>> {
        remake(py, &self.profile, &self.chosen)
    }

    fn __repr__(&self) -> String {
        let mut call = format!("Normalizer({:?}", self.profile);
        for (rule, on) in &self.chosen {
            call.push_str(", ");
            call.push_str(rule);
            call.push_str(if *on { "=True" } else { "=False" });
        }
        call.push(')');
        call
    }
}

/// A call that makes the same normalizer: `functools.partial(Normalizer, profile, **rules)()`.
fn remake<'py>(
    py: Python<'py>,
    profile: &str,
    chosen: &[(String, bool)],
) -> PyResult<Pickled<'py, Bound<'py, PyTuple>>> {
    let rules = PyDict::new(py);
    for (rule, on) in chosen {
        rules.set_item(rule, on)?;
    }
    let class = py.get_type::<Normalizer>();
    let partial = py.import("functools")?.getattr("partial")?;
    Ok((
        partial.call((class, profile), Some(&rules))?,
        PyTuple::empty(py),
    ))
}

/// A text as it reads after normalization, with the way back. Offsets are code points.
#[pyclass(frozen, module = "nasij._nasij")]
pub(crate) struct Normalized {
    original: CodePoints<'static>,
    text: CodePoints<'static>,
    alignment: Alignment,
    made_by: (String, Vec<(String, bool)>),
}

/// The bytes of a range of code points that somebody asked for.
fn within(py: Python<'_>, index: &CodePoints<'_>, start: i64, end: i64) -> PyResult<Span> {
    let known = 0..=index.len();
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(from), Ok(to)) if from <= to && known.contains(&to) => Ok(index.to_span(from, to)),
        _ => {
            let len = index.len();
            let message =
                format!("the span {start}:{end} is not within a text of {len} code points");
            Err(exception(py, "ArgumentError", &message))
        }
    }
}

#[pymethods]
impl Normalized {
    #[getter]
    fn text(&self) -> &str {
        self.text.text()
    }

    #[getter]
    fn original(&self) -> &str {
        self.original.text()
    }

    /// The memory that the alignment takes, in bytes.
    #[getter]
    fn alignment_nbytes(&self) -> usize {
        self.alignment.nbytes()
    }

    fn to_original(&self, py: Python<'_>, start: i64, end: i64) -> PyResult<(usize, usize)> {
        let span = within(py, &self.text, start, end)?;
        Ok(self.original.of_span(self.alignment.to_original(span)))
    }

    fn to_normalized(&self, py: Python<'_>, start: i64, end: i64) -> PyResult<(usize, usize)> {
        let span = within(py, &self.original, start, end)?;
        Ok(self.text.of_span(self.alignment.to_normalized(span)))
    }

    /// The normalizer's bound method `align`, and the text to call it with.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Pickled<'py, (&str,)>> {
        let (normalizer, _) = remake(py, &self.made_by.0, &self.made_by.1)?;
        let align = normalizer.call0()?.getattr("align")?;
        Ok((align, (self.original.text(),)))
    }

    fn __repr__(&self) -> String {
        format!("Normalized({:?})", self.text.text())
    }
}
