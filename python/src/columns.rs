//! Many texts at once: lists of Python strings, and blocks of a stream.

use std::borrow::Cow;

use nasij::normalize::Normalizer;
use nasij::threads::{on_pool, pool};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::edge::{Encoded, WORTH_THREADS, detach, exception};
use crate::folding::{Folded, Given, Scratch, Text};

/// Lists are worked through by so many bytes, lest there be a second and a third copy of them all.
const BATCH: usize = 16 << 20;

/// A list of strings and missing values, which stay what they are.
pub(crate) fn normalize_list<'py>(
    normalizer: &Normalizer,
    texts: &Bound<'py, PyList>,
) -> PyResult<Bound<'py, PyList>> {
    let py = texts.py();
    let mut done: Vec<Bound<'py, PyAny>> = texts.iter().collect();
    let (mut row, mut threads) = (0, None);
    while row < done.len() {
        let (mut batch, mut size) = (Vec::new(), 0);
        while row < done.len() && size < BATCH {
            let given = of_row(&done[row], row, |text| Given::new(text, normalizer))?;
            if let Some(given) = given {
                size += given.text().len();
                batch.push((row, given));
            }
            row += 1;
        }
        let texts: Vec<Text<'_>> = batch.iter().map(|(_, given)| given.text()).collect();
        let folded = fold(py, normalizer, &texts, &mut threads)?;
        for (&(row, _), folded) in batch.iter().zip(folded) {
            done[row] = folded.string(&done[row])?;
        }
    }
    PyList::new(py, done)
}

fn fold(
    py: Python<'_>,
    normalizer: &Normalizer,
    texts: &[Text<'_>],
    threads: &mut Option<ThreadPool>,
) -> PyResult<Vec<Folded>> {
    let fold = |scratch: &mut Scratch, text: &Text<'_>| text.fold(normalizer, scratch);
    detach(py, || {
        if texts.iter().map(|t| t.len()).sum::<usize>() < WORTH_THREADS {
            let mut scratch = Scratch::default();
            return Ok(texts.iter().map(|t| fold(&mut scratch, t)).collect());
        }
        let threads = match threads {
            Some(threads) => threads,
            None => threads.insert(pool(None)?),
        };
        Ok(threads.install(|| {
            let every = texts.par_iter().map_init(Scratch::default, fold);
            every.collect()
        }))
    })
}

/// The text of a row; none for a missing value.
pub(crate) fn encoded<'py>(item: &Bound<'py, PyAny>, row: usize) -> PyResult<Option<Encoded<'py>>> {
    of_row(item, row, Encoded::new)
}

/// What is made of the string of a row; none for a missing value.
fn of_row<'py, T>(
    item: &Bound<'py, PyAny>,
    row: usize,
    make: impl FnOnce(&Bound<'py, PyString>) -> PyResult<T>,
) -> PyResult<Option<T>> {
    let py = item.py();
    if let Ok(text) = item.cast::<PyString>() {
        return make(text).map(Some).map_err(|error| {
            let message = format!("row {row}: {}", error.value(py));
            exception(py, "TextError", &message)
        });
    }
    // What pandas holds to be missing: None, NaN, NA, NaT. It answers for an array with an array.
    let missing = || {
        let answer = py.import("pandas")?.call_method1("isna", (item,))?;
        PyResult::Ok(answer.extract::<bool>().unwrap_or(false))
    };
    if item.is_none() || missing()? {
        return Ok(None);
    }
    let message = format!("row {row} holds {}, not a string", item.get_type().name()?);
    Err(exception(py, "ArgumentError", &message))
}

/// A block of whole lines, each normalized for itself, its line end kept; in pieces. Bytes that
/// are no UTF-8 become U+FFFD; the number is that of the lines that have such.
pub(crate) fn normalize_lines<'py>(
    py: Python<'py>,
    normalizer: &Normalizer,
    block: &[u8],
) -> PyResult<(Vec<Bound<'py, PyBytes>>, usize)> {
    let pieces: Vec<(String, usize)> = detach(py, || {
        if block.len() < WORTH_THREADS {
            return Ok(vec![fold_lines(normalizer, block)]);
        }
        on_pool(None, || {
            let size = (block.len() / (4 * rayon::current_num_threads())).max(WORTH_THREADS / 4);
            let pieces = cut(block, size);
            let fold = |piece: &[u8]| fold_lines(normalizer, piece);
            pieces.into_par_iter().map(fold).collect()
        })
    })?;
    let damaged = pieces.iter().map(|(_, damaged)| damaged).sum();
    let bytes = |(text, _): (String, usize)| PyBytes::new(py, text.as_bytes());
    Ok((pieces.into_iter().map(bytes).collect(), damaged))
}

/// Pieces of about a size, which end with a line.
fn cut(mut block: &[u8], size: usize) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    while block.len() > size {
        let Some(end) = block[size..].iter().position(|&b| b == b'\n') else {
            break;
        };
        let (piece, rest) = block.split_at(size + end + 1);
        pieces.push(piece);
        block = rest;
    }
    pieces.push(block);
    pieces
}

fn fold_lines(normalizer: &Normalizer, block: &[u8]) -> (String, usize) {
    let mut out = String::with_capacity(block.len());
    let (mut damaged, mut scratch) = (0, Vec::new());
    let mut fold = |line: &str| {
        let body = line.trim_end_matches(['\r', '\n']);
        out.push_str(normalizer.fold_into(body, &mut scratch));
        out.push_str(&line[body.len()..]);
    };
    if let Ok(text) = simdutf8::basic::from_utf8(block) {
        text.split_inclusive('\n').for_each(&mut fold);
    } else {
        for line in block.split_inclusive(|&b| b == b'\n') {
            let text = String::from_utf8_lossy(line);
            damaged += usize::from(matches!(text, Cow::Owned(_)));
            fold(&text);
        }
    }
    (out, damaged)
}
