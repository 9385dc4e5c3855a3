use nasij::corpus::{Analysis, Asked, Located, Place, Texts, Unit, Width, contexts, locate};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::corpus::Chosen;
use crate::edge::{detach, exception};

/// Of which entities units are asked, and of which mentions of the first.
type Question = (u32, Option<u32>, Option<Vec<u32>>);

/// A mention in a unit: the unit's row, code points in the document, the entity.
type Span = (i64, u32, u32, u32);

/// The units that hold what is asked, and the mentions of these entities in them.
pub(crate) fn units<'py>(
    py: Python<'py>,
    analysis: &Analysis,
    texts: &Texts,
    unit: Unit,
    (a, b, only): Question,
    chosen: &Chosen,
) -> PyResult<Bound<'py, PyDict>> {
    let known = analysis.mentions.len();
    if only.iter().flatten().any(|&m| m as usize >= known) {
        return Err(exception(py, "ArgumentError", "no such mention"));
    }
    let (places, located, spans) = detach(py, || {
        let asked = match &only {
            None => Asked::Entity(a),
            Some(mentions) => Asked::Mentions(a, mentions),
        };
        let places = analysis.evidence(unit, asked, b.map(Asked::Entity), chosen.selection());
        let located = locate(analysis, texts, unit, &places)?;
        let mut spans = Vec::new();
        for (row, (place, at)) in (0_i64..).zip(places.iter().zip(&located)) {
            let from = spans.len();
            for entity in [Some(a), b].into_iter().flatten() {
                let within = analysis
                    .mentions_within(entity, place.document, at.start, at.end)
                    .iter();
                spans.extend(within.map(|&m| {
                    let m = &analysis.mentions[m as usize];
                    (row, m.start, m.end, m.entity)
                }));
            }
            spans[from..].sort_unstable();
        }
        Ok((places, located, spans))
    })?;
    let table = table(py, &places, &located)?;
    let rows = spans.iter().map(|s| s.0).collect();
    table.set_item("span_row", PyArray1::from_vec(py, rows))?;
    let wide = |f: &dyn Fn(&Span) -> u32| {
        PyArray1::from_vec(py, spans.iter().map(|s| i64::from(f(s))).collect())
    };
    table.set_item("span_start", wide(&|s| s.1))?;
    table.set_item("span_end", wide(&|s| s.2))?;
    table.set_item("span_entity", wide(&|s| s.3))?;
    Ok(table)
}

/// The first units of many pairs.
pub(crate) fn first_units<'py>(
    py: Python<'py>,
    analysis: &Analysis,
    texts: &Texts,
    unit: Unit,
    pairs: Vec<(u32, Option<u32>)>,
    chosen: &Chosen,
    limit: usize,
) -> PyResult<Bound<'py, PyDict>> {
    let (numbers, places, located) = detach(py, || {
        let found = analysis.first_units(unit, &pairs, chosen.selection(), limit)?;
        let (numbers, places): (Vec<i64>, Vec<Place>) = found
            .into_iter()
            .map(|(n, place)| (i64::from(n), place))
            .unzip();
        let located = locate(analysis, texts, unit, &places)?;
        Ok((numbers, places, located))
    })?;
    let table = table(py, &places, &located)?;
    table.set_item("pair", PyArray1::from_vec(py, numbers))?;
    Ok(table)
}

/// The mentions of an entity, and where the context of each begins and ends.
pub(crate) fn concordance<'py>(
    py: Python<'py>,
    analysis: &Analysis,
    texts: &Texts,
    entity: u32,
    width: Width,
    within: Unit,
) -> PyResult<Bound<'py, PyDict>> {
    let mentions = analysis.mentions_by(entity);
    let found = detach(py, || contexts(analysis, texts, mentions, width, within))?;
    let rows = || mentions.iter().map(|&m| &analysis.mentions[m as usize]);
    let table = PyDict::new(py);
    let doc = rows().map(|m| m.document.cast_signed()).collect();
    table.set_item("doc", PyArray1::<i32>::from_vec(py, doc))?;
    let sentence = rows().map(|m| m.sentence.cast_signed()).collect();
    table.set_item("sentence", PyArray1::<i32>::from_vec(py, sentence))?;
    let columns: [(&str, Vec<i64>); 4] = [
        ("before", found.iter().map(|c| i64::from(c.start)).collect()),
        ("start", rows().map(|m| i64::from(m.start)).collect()),
        ("end", rows().map(|m| i64::from(m.end)).collect()),
        ("after", found.iter().map(|c| i64::from(c.end)).collect()),
    ];
    for (name, column) in columns {
        table.set_item(name, PyArray1::from_vec(py, column))?;
    }
    let prefixes = analysis.prefixes.list();
    let prefix: Vec<&str> = rows().map(|m| &*prefixes[m.prefix as usize]).collect();
    table.set_item("prefix", prefix)?;
    Ok(table)
}

fn table<'py>(
    py: Python<'py>,
    places: &[Place],
    located: &[Located],
) -> PyResult<Bound<'py, PyDict>> {
    let table = PyDict::new(py);
    let doc = places.iter().map(|p| p.document.cast_signed()).collect();
    table.set_item("doc", PyArray1::<i32>::from_vec(py, doc))?;
    let sentence = located.iter().map(|l| l.sentence.cast_signed()).collect();
    table.set_item("sentence", PyArray1::<i32>::from_vec(py, sentence))?;
    let start = located.iter().map(|l| i64::from(l.start)).collect();
    table.set_item("start", PyArray1::<i64>::from_vec(py, start))?;
    let end = located.iter().map(|l| i64::from(l.end)).collect();
    table.set_item("end", PyArray1::<i64>::from_vec(py, end))?;
    Ok(table)
}
