use nasij::trends::{self, Automaton, Compared, Comparison, Difference, Item};
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::corpus::{Chosen, Extraction, Groups, Mask, entity_table, unit};
use crate::counts::Counts;
use crate::edge::{detach, exception};

type Ints32<'py> = PyReadonlyArray1<'py, i32>;
type Ints64<'py> = PyReadonlyArray1<'py, i64>;

fn counted(values: &Ints64<'_>) -> Vec<u64> {
    let values = values.as_array();
    values.iter().map(|n| n.cast_unsigned()).collect()
}

/// In how many units or groups of each period each item stands: the totals of the periods; item,
/// period and count where there is any. An item is an entity, or with `b` from 0 a pair.
#[pyfunction]
#[allow(clippy::too_many_arguments)] // Those of `Analysis.timeline`.
pub(crate) fn series<'py>(
    py: Python<'py>,
    extraction: &Extraction,
    unit: &Bound<'py, PyAny>,
    entities: Mask<'py>,
    groups: Groups<'py>,
    a: Ints32<'py>,
    b: Ints32<'py>,
    periods: Ints32<'py>,
    length: usize,
) -> PyResult<Bound<'py, PyDict>> {
    let unit = self::unit(unit)?;
    let known = extraction.analysis().entities.len();
    let id = |id: i32| u32::try_from(id).ok().filter(|&id| (id as usize) < known);
    let mut items = Vec::new();
    for (&a, &b) in a.as_array().iter().zip(b.as_array()) {
        let Some(first) = id(a) else {
            let message = format!("there is no entity {a}");
            return Err(exception(py, "ArgumentError", &message));
        };
        items.push(Item { a: first, b: id(b) });
    }
    let chosen = Chosen::new(&entities, &None, &groups);
    const { assert!(trends::NO_PERIOD.cast_signed() == -1) };
    let periods = periods.as_array();
    let periods: Vec<u32> = periods.iter().map(|p| p.cast_unsigned()).collect();
    let found = detach(py, || {
        let selection = chosen.selection();
        let analysis = extraction.analysis();
        Ok(trends::series(
            analysis, unit, selection, &items, &periods, length,
        ))
    })?;
    let table = PyDict::new(py);
    let totals = found.totals.iter().map(|n| n.cast_signed()).collect();
    table.set_item("totals", PyArray1::from_vec(py, totals))?;
    let rows = &found.counts;
    let item = rows.iter().map(|row| row.0.cast_signed()).collect();
    table.set_item("item", PyArray1::from_vec(py, item))?;
    let period = rows.iter().map(|row| row.1.cast_signed()).collect();
    table.set_item("period", PyArray1::from_vec(py, period))?;
    let count = rows.iter().map(|row| row.2.cast_signed()).collect();
    table.set_item("count", PyArray1::from_vec(py, count))?;
    Ok(table)
}

type Floats<'py> = Bound<'py, PyArray1<f64>>;

/// Wilson's interval of each share.
#[pyfunction]
pub(crate) fn wilson<'py>(
    py: Python<'py>,
    count: Ints64<'py>,
    total: Ints64<'py>,
    z: f64,
) -> (Floats<'py>, Floats<'py>) {
    let (low, high) = counted(&count)
        .into_iter()
        .zip(counted(&total))
        .map(|(count, total)| trends::wilson(count, total, z))
        .unzip();
    (PyArray1::from_vec(py, low), PyArray1::from_vec(py, high))
}

/// The smoothed shares of series of one length, one after another.
#[pyfunction]
pub(crate) fn smoothed<'py>(
    py: Python<'py>,
    counts: Ints64<'py>,
    totals: Ints64<'py>,
    reach: usize,
) -> PyResult<Floats<'py>> {
    let (counts, totals) = (counted(&counts), counted(&totals));
    let length = totals.len().max(1);
    if !counts.len().is_multiple_of(length) {
        let message = "each series has as many counts as there are totals";
        return Err(exception(py, "ArgumentError", message));
    }
    let course = detach(py, || {
        let series = counts.chunks(length);
        Ok(series
            .flat_map(|series| trends::smoothed(series, &totals, reach))
            .collect())
    })?;
    Ok(PyArray1::from_vec(py, course))
}

/// The bursts of items whose counts by period are given in the order of items and periods.
#[pyfunction]
#[allow(clippy::too_many_arguments)] // Those of `Analysis.bursts`.
pub(crate) fn bursts<'py>(
    py: Python<'py>,
    totals: Ints64<'py>,
    item: Ints32<'py>,
    period: Ints32<'py>,
    count: Ints64<'py>,
    s: f64,
    gamma: f64,
    levels: u32,
) -> PyResult<Bound<'py, PyDict>> {
    let totals = counted(&totals);
    let (item, period) = (item.as_array().to_vec(), period.as_array().to_vec());
    let count = counted(&count);
    let found = detach(py, || {
        let automaton = Automaton::new(s, gamma, levels)?;
        let mut found = Vec::new();
        let mut relevant = vec![0; totals.len()];
        let mut from = 0;
        for same in item.chunk_by(|x, y| x == y) {
            let rows = from..from + same.len();
            from = rows.end;
            relevant.fill(0);
            for row in rows {
                let at = usize::try_from(period[row]).unwrap_or(usize::MAX);
                if let Some(slot) = relevant.get_mut(at) {
                    *slot = count[row];
                }
            }
            let bursts = automaton.bursts(&relevant, &totals)?;
            found.extend(bursts.into_iter().map(|burst| (same[0], burst)));
        }
        Ok(found)
    })?;
    let table = PyDict::new(py);
    let ints = |f: &dyn Fn(&(i32, trends::Burst)) -> u64| {
        PyArray1::from_vec(py, found.iter().map(|b| f(b).cast_signed()).collect())
    };
    let item = found.iter().map(|b| b.0).collect();
    table.set_item("item", PyArray1::from_vec(py, item))?;
    table.set_item("first", ints(&|b| b.1.first as u64))?;
    table.set_item("last", ints(&|b| b.1.last as u64))?;
    table.set_item("level", ints(&|b| u64::from(b.1.level)))?;
    table.set_item("count", ints(&|b| b.1.count))?;
    table.set_item("total", ints(&|b| b.1.total))?;
    let weight = found.iter().map(|b| b.1.weight).collect();
    table.set_item("weight", PyArray1::from_vec(py, weight))?;
    Ok(table)
}

/// The entities, or pairs, of couples of counts compared, and the entities they are of.
#[pyfunction]
pub(crate) fn compare<'py>(
    py: Python<'py>,
    couples: Vec<(Bound<'py, Counts>, Bound<'py, Counts>)>,
    pairs: bool,
    min_count: u64,
    z: f64,
) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyDict>)> {
    let compared = if pairs {
        Compared::Pairs
    } else {
        Compared::Entities
    };
    let couples: Vec<_> = couples
        .iter()
        .map(|(one, other)| (one.get().inner(), other.get().inner()))
        .collect();
    let found = detach(py, || Comparison::of(&couples, compared, min_count, z))?;
    let rows = &found.rows;
    let table = PyDict::new(py);
    let ids = |f: &dyn Fn(&Difference) -> u32| {
        PyArray1::from_vec(py, rows.iter().map(|r| f(r).cast_signed()).collect())
    };
    let counts = |f: &dyn Fn(&Difference) -> u64| {
        PyArray1::from_vec(py, rows.iter().map(|r| f(r).cast_signed()).collect())
    };
    let floats =
        |f: &dyn Fn(&Difference) -> f64| PyArray1::from_vec(py, rows.iter().map(f).collect());
    table.set_item("couple", ids(&|r| r.couple))?;
    table.set_item("a", ids(&|r| r.a))?;
    table.set_item("b", ids(&|r| r.b))?;
    table.set_item("count", counts(&|r| r.one.0))?;
    table.set_item("total", counts(&|r| r.one.1))?;
    table.set_item("other_count", counts(&|r| r.other.0))?;
    table.set_item("other_total", counts(&|r| r.other.1))?;
    table.set_item("low", floats(&|r| r.low))?;
    table.set_item("high", floats(&|r| r.high))?;
    table.set_item("log_odds", floats(&|r| r.log_odds))?;
    table.set_item("z", floats(&|r| r.z))?;
    table.set_item("p", floats(&|r| r.p))?;
    table.set_item("q", floats(&|r| r.q))?;
    Ok((table, entity_table(py, &found.entities)?))
}
