//! What a tagger is trained from, and what comes of it.

use nasij::corpus;
use nasij::tagger::{ELSEWHERE, EVIDENCE, Feature, Layer, Model, Scratch, Tagger, Token};
use nasij::text::{CodePoints, Interner};
use numpy::{Element, PyArray1, PyReadonlyArray2, PyReadonlyArrayDyn, PyUntypedArrayMethods};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::corpus::{Texts, work};
use crate::edge::{detach, exception, raise};
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
    Ok(table)
}

/// The bytes of a model made of the arrays of its parts, by the names of `nasij::tagger::Model`;
/// `layers` is a list of such tables. It is not calibrated.
#[pyfunction]
pub(crate) fn tagger_model<'py>(parts: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyBytes>> {
    let py = parts.py();
    let bias: Vec<f32> = array(parts, "bias", &[None])?;
    let labels: Vec<String> = item(parts, "labels")?.extract()?;
    let scales: Vec<f32> = array(parts, "scales", &[None])?;
    let (rows, hidden) = (Some(scales.len()), Some(bias.len()));
    let count = Some(labels.len());
    let outside: Vec<f32> = array(parts, "outside", &[None, hidden])?;
    let offsets = outside.len().checked_div(bias.len());
    let table: Vec<i8> = array(parts, "table", &[rows, None])?;
    let width = table.len().checked_div(scales.len());
    let layer = |layer: Bound<'py, PyAny>| {
        let layer = layer.cast_into::<PyDict>()?;
        PyResult::Ok(Layer {
            dilation: item(&layer, "dilation")?.extract()?,
            weights: array(&layer, "weights", &[Some(3), hidden, hidden])?,
            bias: array(&layer, "bias", &[hidden])?,
        })
    };
    let model = Model {
        name: item(parts, "name")?.extract()?,
        vocabulary: array(parts, "vocabulary", &[None])?,
        window: array(parts, "window", &[offsets, width, hidden])?,
        evidence: array(parts, "evidence", &[offsets, Some(EVIDENCE), hidden])?,
        elsewhere: array(parts, "elsewhere", &[offsets, Some(ELSEWHERE), hidden])?,
        layers: item(parts, "layers")?
            .try_iter()?
            .map(|l| layer(l?))
            .collect::<PyResult<_>>()?,
        output: array(parts, "output", &[hidden, count])?,
        output_bias: array(parts, "output_bias", &[count])?,
        transitions: array(parts, "transitions", &[count, count])?,
        start: array(parts, "start", &[count])?,
        end: array(parts, "end", &[count])?,
        calibration: Vec::new(),
        labels,
        scales,
        outside,
        table,
        bias,
    };
    let bytes = model.to_bytes().map_err(|error| raise(py, &error))?;
    Ok(PyBytes::new(py, &bytes))
}

/// A model with other lines from probabilities to scores, for each kind of finding an array of
/// points.
#[pyfunction]
pub(crate) fn tagger_calibrated<'py>(
    py: Python<'py>,
    model: &[u8],
    lines: Vec<PyReadonlyArray2<'py, f32>>,
) -> PyResult<Bound<'py, PyBytes>> {
    let points = |line: &PyReadonlyArray2<'py, f32>| {
        let rows = line.as_array();
        rows.rows().into_iter().map(|p| (p[0], p[1])).collect()
    };
    let bytes = Model::read(model).and_then(|model| {
        Model {
            calibration: lines.iter().map(points).collect(),
            ..model
        }
        .to_bytes()
    });
    Ok(PyBytes::new(py, &bytes.map_err(|e| raise(py, &e))?))
}

/// What a model makes of the columns of [`tagger_inputs`]: the scores of its labels, one token
/// after another, if they are wanted, and the names found (first token, end, type, probability).
#[pyfunction]
#[pyo3(signature = (model, inputs, with_scores = true))]
pub(crate) fn tagger_run<'py>(
    model: &[u8],
    inputs: &Bound<'py, PyDict>,
    with_scores: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let py = inputs.py();
    let form: Vec<u32> = array(inputs, "form", &[None])?;
    let tokens = Some(form.len());
    let sentence: Vec<u32> = array(inputs, "sentence", &[tokens])?;
    let evidence: Vec<u8> = array(inputs, "evidence", &[tokens])?;
    let elsewhere: Vec<u8> = array(inputs, "elsewhere", &[tokens])?;
    let text_ends = ends(inputs, "text_ends")?;
    let features: Vec<u64> = array(inputs, "features", &[None])?;
    let feature_ends = ends(inputs, "feature_ends")?;
    let token = |i: usize| Token {
        form: form[i],
        sentence: sentence[i],
        evidence: evidence[i],
        elsewhere: elsewhere[i],
    };
    let tokens: Vec<Token> = (0..form.len()).map(token).collect();
    let list = |form: u32, out: &mut Vec<Feature>| {
        let end = |n: usize| feature_ends[n];
        let first = (form as usize).checked_sub(1).map_or(0, end);
        out.extend(features[first..end(form as usize)].iter().map(|&feature| {
            match feature & (WORD | LETTERS) {
                WORD => Feature::Word((feature & !WORD) << 2),
                LETTERS => Feature::Letters((feature & !LETTERS) << 2),
                _ => Feature::Direct(feature as u8),
            }
        }));
    };
    let (mut first, mut end) = (Vec::new(), Vec::new());
    let (mut types, mut probability, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    detach(py, || {
        let tagger = Tagger::new(&Model::read(model)?)?;
        let mut scratch = Scratch::default();
        let mut begin = 0;
        for &stop in &text_ends {
            let text = &tokens[begin..stop];
            if with_scores {
                scores.extend(tagger.scores(text, list, &mut scratch));
            }
            for name in tagger.tag(text, list, &mut scratch) {
                first.push((begin + name.first) as i64);
                end.push((begin + name.end) as i64);
                types.push(name.entity_type.name());
                probability.push(name.probability);
            }
            begin = stop;
        }
        Ok(())
    })?;
    let table = PyDict::new(py);
    table.set_item("scores", PyArray1::from_vec(py, scores))?;
    table.set_item("first", PyArray1::from_vec(py, first))?;
    table.set_item("end", PyArray1::from_vec(py, end))?;
    table.set_item("type", types)?;
    table.set_item("probability", PyArray1::from_vec(py, probability))?;
    Ok(table)
}

fn item<'py>(parts: &Bound<'py, PyDict>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    parts.get_item(name)?.ok_or_else(|| {
        let message = format!("a tagger's model has a part {name:?}");
        exception(parts.py(), "ArgumentError", &message)
    })
}

fn ends(parts: &Bound<'_, PyDict>, name: &str) -> PyResult<Vec<usize>> {
    let ends: Vec<i64> = array(parts, name, &[None])?;
    Ok(ends
        .iter()
        .map(|end| end.cast_unsigned() as usize)
        .collect())
}

/// The numbers of an array of a shape, in C order.
fn array<T: Element + Copy>(
    parts: &Bound<'_, PyDict>,
    name: &str,
    shape: &[Option<usize>],
) -> PyResult<Vec<T>> {
    let array: PyReadonlyArrayDyn<'_, T> = item(parts, name)?.extract()?;
    let agree = array.shape().len() == shape.len()
        && array
            .shape()
            .iter()
            .zip(shape)
            .all(|(n, asked)| asked.is_none_or(|asked| *n == asked));
    if !agree {
        let asked: Vec<_> = shape
            .iter()
            .map(|n| n.map_or("any".to_owned(), |n| n.to_string()))
            .collect();
        let message = format!(
            "{name} is of the shape {:?}, not ({})",
            array.shape(),
            asked.join(", ")
        );
        return Err(exception(parts.py(), "ArgumentError", &message));
    }
    Ok(array.as_array().iter().copied().collect())
}
