//! The words of texts with what is written onto them.

use nasij::lexicon::Stems;
use nasij::segment::clitics::{Article, Letters, Reading, best, ranked as by_rank};
use nasij::segment::{self, TokenKind};
use nasij::text::{CodePoints, Span};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::segments::cut_all;

/// One reading of a word.
struct Word {
    proclitics: String,
    article: bool,
    stem: String,
    /// In code points of the text.
    stem_at: (usize, usize),
    enclitic: String,
    rank: usize,
}

impl Word {
    fn whole(text: &CodePoints<'_>, span: Span) -> Self {
        Self {
            proclitics: String::new(),
            article: false,
            stem: span.of(text.text()).to_owned(),
            stem_at: text.of_span(span),
            enclitic: String::new(),
            rank: 0,
        }
    }

    fn read(text: &CodePoints<'_>, span: Span, reading: Reading, rank: usize) -> Self {
        let word = span.of(text.text());
        let at = span.range().start;
        let stem = reading.pieces(word).stem;
        let names = [reading.conjunction, reading.particle];
        let names: Vec<_> = names.iter().flatten().map(char::to_string).collect();
        let pronoun = Letters::of(word).and_then(|letters| reading.pronoun_of(letters));
        Self {
            proclitics: names.join("+"),
            article: reading.article != Article::None,
            stem: reading.restored(word).into_owned(),
            stem_at: text.of_span(Span::new(at + stem.start, at + stem.end)),
            enclitic: pronoun.map(|p| p.to_string()).unwrap_or_default(),
            rank,
        }
    }
}

fn words(text: &CodePoints<'_>, ranked: bool) -> Vec<(Span, Word)> {
    let stems = Stems::shipped();
    let mut tokens = Vec::new();
    segment::tokens(text.text(), &mut tokens);
    let mut words = Vec::new();
    for span in tokens
        .iter()
        .filter(|t| t.kind == TokenKind::Word)
        .map(|t| t.span)
    {
        match Letters::of(span.of(text.text())) {
            None => words.push((span, Word::whole(text, span))),
            Some(word) if ranked => {
                let readings = by_rank(word, stems).into_iter().enumerate();
                words.extend(readings.map(|(rank, r)| (span, Word::read(text, span, r, rank))));
            }
            Some(word) => words.push((span, Word::read(text, span, best(word, stems), 0))),
        }
    }
    words
}

/// The words of a list of strings and missing values with their clitics, by column: the likeliest
/// reading of each, or all.
#[pyfunction]
pub(crate) fn clitics<'py>(
    texts: &Bound<'py, PyList>,
    ranked: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let py = texts.py();
    let mut cuts = cut_all(texts, |text| words(text, ranked))?;
    let words = std::mem::take(&mut cuts.kind);
    let (row, start, end) = cuts.numbers(py);
    let numbers =
        |of: fn(&Word) -> usize| PyArray1::from_iter(py, words.iter().map(|w| of(w) as i64));
    let strings = |of: fn(&Word) -> &str| PyList::new(py, words.iter().map(of));
    let table = PyDict::new(py);
    table.set_item("row", row)?;
    table.set_item("start", start)?;
    table.set_item("end", end)?;
    table.set_item("proclitics", strings(|w| &w.proclitics)?)?;
    table.set_item(
        "article",
        PyArray1::from_iter(py, words.iter().map(|w| w.article)),
    )?;
    table.set_item("stem", strings(|w| &w.stem)?)?;
    table.set_item("stem_start", numbers(|w| w.stem_at.0))?;
    table.set_item("stem_end", numbers(|w| w.stem_at.1))?;
    table.set_item("enclitic", strings(|w| &w.enclitic)?)?;
    table.set_item("rank", numbers(|w| w.rank))?;
    Ok(table)
}
