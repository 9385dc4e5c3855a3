//! What a tagger is trained from.

use nasij::corpus;
use nasij::tagger::Feature;
use nasij::text::{CodePoints, Interner};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::corpus::{Texts, work};
use crate::lexicon::Lexicon;

/// Bits that tell the kind of a feature from its hash.
const WORD: u64 = 1 << 62;
const LETTERS: u64 = 2 << 62;

/// The tokens of all texts as the tagger reads them, and the features of their forms: columns of
/// the tokens (form, sentence, evidence, elsewhere, start, end in code points), where each text's
/// tokens end, and where each form's features end.
#[pyfunction]
pub(crate) fn tagger_inputs<'py>(
    py: Python<'py>,
    texts: &Bound<'py, Texts>,
    lexicon: &Lexicon,
) -> PyResult<Bound<'py, PyDict>> {
    let texts = texts.get().inner();
    let mut forms = Interner::default();
    let (mut features, mut feature_ends): (Vec<u64>, Vec<i64>) = Default::default();
    let (mut form, mut sentence) = (Vec::new(), Vec::new());
    let (mut evidence, mut elsewhere) = (Vec::new(), Vec::new());
    let (mut start, mut end) = (Vec::new(), Vec::new());
    let mut text_ends: Vec<i64> = Vec::new();
    work(py, None, None, |job| {
        corpus::inputs(lexicon.extractor(), texts, job, |i, inputs| {
            let numbers: Vec<u32> = inputs
                .forms
                .iter()
                .map(|(word, list)| {
                    let number = forms.number(word);
                    if number as usize == feature_ends.len() {
                        features.extend(list.iter().map(|feature| match *feature {
                            Feature::Direct(n) => u64::from(n),
                            Feature::Word(hash) => WORD | hash >> 2,
                            Feature::Letters(hash) => LETTERS | hash >> 2,
                        }));
                        feature_ends.push(features.len() as i64);
                    }
                    number
                })
                .collect();
            let mut of_span = CodePoints::nearby(texts.get(i));
            for (token, span) in inputs.tokens.iter().zip(&inputs.spans) {
                form.push(numbers[token.form as usize]);
                sentence.push(token.sentence);
                evidence.push(token.evidence);
                elsewhere.push(token.elsewhere);
                let (from, to) = of_span(*span);
                start.push(from as u32);
                end.push(to as u32);
            }
            text_ends.push(form.len() as i64);
        })
    })?;
    let table = PyDict::new(py);
    table.set_item("form", PyArray1::from_vec(py, form))?;
    table.set_item("sentence", PyArray1::from_vec(py, sentence))?;
    table.set_item("evidence", PyArray1::from_vec(py, evidence))?;
    table.set_item("elsewhere", PyArray1::from_vec(py, elsewhere))?;
    table.set_item("start", PyArray1::from_vec(py, start))?;
    table.set_item("end", PyArray1::from_vec(py, end))?;
    table.set_item("text_ends", PyArray1::from_vec(py, text_ends))?;
    table.set_item("features", PyArray1::from_vec(py, features))?;
    table.set_item("feature_ends", PyArray1::from_vec(py, feature_ends))?;
    let words: Vec<&str> = (0..forms.len()).map(|n| forms.string(n as u32)).collect();
    table.set_item("forms", words)?;
    Ok(table)
}
