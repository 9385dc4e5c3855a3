//! Where the sentences and tokens of texts begin and end.

use nasij::error::Result;
use nasij::segment::{self, TokenKind};
use nasij::text::{CodePoints, Span, check_length};
use nasij::threads::on_pool;
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyList;
use rayon::prelude::*;

use crate::columns::encoded;
use crate::edge::{Coded, WORTH_THREADS, coded, detach};

pub(crate) type Numbers<'py> = Bound<'py, PyArray1<i64>>;

/// The sentences of a list of strings and missing values: the row of each, and where it begins and
/// ends in code points. They partition the texts.
#[pyfunction]
pub(crate) fn sentences<'py>(
    texts: &Bound<'py, PyList>,
) -> PyResult<(Numbers<'py>, Numbers<'py>, Numbers<'py>)> {
    let cut = |text: &CodePoints<'_>| {
        let mut found = Vec::new();
        segment::sentences(text.text(), &mut found);
        found.into_iter().map(|s| (s.span, ())).collect()
    };
    Ok(cut_all(texts, cut)?.numbers(texts.py()))
}

/// The tokens of a list of strings and missing values, as [`sentences`]; and their kinds.
#[pyfunction]
pub(crate) fn tokens<'py>(
    texts: &Bound<'py, PyList>,
) -> PyResult<(Numbers<'py>, Numbers<'py>, Numbers<'py>, Coded<'py>)> {
    let py = texts.py();
    let cut = |text: &CodePoints<'_>| {
        let mut found = Vec::new();
        segment::tokens(text.text(), &mut found);
        found.into_iter().map(|t| (t.span, t.kind as i32)).collect()
    };
    let mut cuts = cut_all(texts, cut)?;
    let kinds = std::mem::take(&mut cuts.kind);
    let (row, start, end) = cuts.numbers(py);
    let kind = coded(py, kinds, TokenKind::ALL.iter().map(|k| k.name()))?;
    Ok((row, start, end, kind))
}

/// What was cut: the row of its text, its place in code points, and what more is known of it.
pub(crate) struct Cuts<Kind> {
    row: Vec<i64>,
    start: Vec<i64>,
    end: Vec<i64>,
    pub(crate) kind: Vec<Kind>,
}

impl<Kind> Cuts<Kind> {
    pub(crate) fn numbers(self, py: Python<'_>) -> (Numbers<'_>, Numbers<'_>, Numbers<'_>) {
        (
            PyArray1::from_vec(py, self.row),
            PyArray1::from_vec(py, self.start),
            PyArray1::from_vec(py, self.end),
        )
    }
}

/// Cuts every text of a list, with threads where there is enough of it.
pub(crate) fn cut_all<Kind: Send>(
    texts: &Bound<'_, PyList>,
    cut: impl Fn(&CodePoints<'_>) -> Vec<(Span, Kind)> + Sync,
) -> PyResult<Cuts<Kind>> {
    let mut given = Vec::with_capacity(texts.len());
    for (row, item) in texts.iter().enumerate() {
        given.extend(encoded(&item, row)?.map(|text| (row, text)));
    }
    let given: Vec<(usize, &str)> = given
        .iter()
        .map(|(row, text)| (*row, text.text()))
        .collect();
    let cut = |&(row, text): &(usize, &str)| {
        check_length(text)?;
        let index = CodePoints::new(text);
        let mut of_span = CodePoints::nearby(text);
        let places = cut(&index).into_iter();
        Ok((
            row,
            places.map(|(s, k)| (of_span(s), k)).collect::<Vec<_>>(),
        ))
    };
    detach(texts.py(), || {
        let size: usize = given.iter().map(|(_, text)| text.len()).sum();
        let found: Vec<_> = if size < WORTH_THREADS {
            given.iter().map(cut).collect::<Result<_>>()?
        } else {
            on_pool(None, || given.par_iter().map(cut).collect::<Result<_>>())??
        };
        let len = found.iter().map(|(_, places)| places.len()).sum();
        let mut cuts = Cuts {
            row: Vec::with_capacity(len),
            start: Vec::with_capacity(len),
            end: Vec::with_capacity(len),
            kind: Vec::with_capacity(len),
        };
        for (row, places) in found {
            for ((start, end), kind) in places {
                cuts.row.push(row as i64);
                cuts.start.push(start as i64);
                cuts.end.push(end as i64);
                cuts.kind.push(kind);
            }
        }
        Ok(cuts)
    })
}
