//! Tables of other libraries as lists and arrays, for where pyarrow is not installed.

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, TimeUnit};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::capsules::{failed, take_stream};

/// The columns of anything with `__arrow_c_stream__`: strings as lists with `None`, numbers as
/// float64 or int64 arrays, dates and times as datetime64 arrays. Columns of other types are left
/// out.
#[pyfunction]
pub(crate) fn read_arrow<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    let py = table.py();
    let stream = take_stream(table)?;
    let reader = RecordBatchStreamReader::try_new(stream).map_err(|e| failed(py, &e))?;
    let schema = reader.schema();
    let batches: Vec<RecordBatch> = reader
        .collect::<Result<_, _>>()
        .map_err(|e| failed(py, &e))?;
    let columns = PyDict::new(py);
    for (i, field) in schema.fields().iter().enumerate() {
        let chunks: Vec<&ArrayRef> = batches.iter().map(|b| b.column(i)).collect();
        match column(py, field.data_type(), &chunks) {
            Ok(column) => columns.set_item(field.name(), column)?,
            Err(Failed::Type) => {}
            Err(Failed::Python(error)) => return Err(error),
        }
    }
    Ok(columns)
}

enum Failed {
    Python(PyErr),
    Type,
}

impl From<PyErr> for Failed {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

fn column<'py>(
    py: Python<'py>,
    data_type: &DataType,
    chunks: &[&ArrayRef],
) -> Result<Bound<'py, PyAny>, Failed> {
    let integers = |values: Vec<Option<i64>>| {
        if values.iter().all(Option::is_some) {
            PyArray1::from_iter(py, values.into_iter().flatten()).into_any()
        } else {
            let floats = values.into_iter().map(|v| v.map_or(f64::NAN, |v| v as f64));
            PyArray1::from_iter(py, floats).into_any()
        }
    };
    let floats = |values: Vec<Option<f64>>| {
        PyArray1::from_iter(py, values.into_iter().map(|v| v.unwrap_or(f64::NAN))).into_any()
    };
    let times = |values: Vec<Option<i64>>, unit: &str| -> Result<Bound<'py, PyAny>, Failed> {
        // numpy's NaT is the least integer.
        let raw = PyArray1::from_iter(py, values.into_iter().map(|v| v.unwrap_or(i64::MIN)));
        Ok(raw.call_method1("view", (format!("datetime64[{unit}]"),))?)
    };
    Ok(match data_type {
        DataType::Utf8 => strings(py, chunks, |a| Box::new(a.as_string::<i32>().iter()))?,
        DataType::LargeUtf8 => strings(py, chunks, |a| Box::new(a.as_string::<i64>().iter()))?,
        DataType::Utf8View => strings(py, chunks, |a| Box::new(a.as_string_view().iter()))?,
        DataType::Dictionary(_, _) => dictionary(py, chunks)?,
        DataType::Null => {
            let len: usize = chunks.iter().map(Array::len).sum();
            PyList::new(py, vec![None::<i32>; len])?.into_any()
        }
        DataType::Boolean => {
            let values = chunks.iter().flat_map(|c| c.as_boolean().iter());
            PyList::new(py, values)?.into_any()
        }
        DataType::Int8 => integers(numbers::<Int8Type, _>(chunks, i64::from)),
        DataType::Int16 => integers(numbers::<Int16Type, _>(chunks, i64::from)),
        DataType::Int32 => integers(numbers::<Int32Type, _>(chunks, i64::from)),
        DataType::Int64 => integers(numbers::<Int64Type, _>(chunks, |v| v)),
        DataType::UInt8 => integers(numbers::<UInt8Type, _>(chunks, i64::from)),
        DataType::UInt16 => integers(numbers::<UInt16Type, _>(chunks, i64::from)),
        DataType::UInt32 => integers(numbers::<UInt32Type, _>(chunks, i64::from)),
        DataType::UInt64 => floats(numbers::<UInt64Type, _>(chunks, |v| v as f64)),
        DataType::Float32 => floats(numbers::<Float32Type, _>(chunks, f64::from)),
        DataType::Float64 => floats(numbers::<Float64Type, _>(chunks, |v| v)),
        DataType::Date32 => times(numbers::<Date32Type, _>(chunks, i64::from), "D")?,
        DataType::Date64 => times(numbers::<Date64Type, _>(chunks, |v| v), "ms")?,
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => times(numbers::<TimestampSecondType, _>(chunks, |v| v), "s")?,
            TimeUnit::Millisecond => {
                times(numbers::<TimestampMillisecondType, _>(chunks, |v| v), "ms")?
            }
            TimeUnit::Microsecond => {
                times(numbers::<TimestampMicrosecondType, _>(chunks, |v| v), "us")?
            }
            TimeUnit::Nanosecond => {
                times(numbers::<TimestampNanosecondType, _>(chunks, |v| v), "ns")?
            }
        },
        _ => return Err(Failed::Type),
    })
}

fn numbers<T: ArrowPrimitiveType, V>(
    chunks: &[&ArrayRef],
    value: impl Fn(T::Native) -> V,
) -> Vec<Option<V>> {
    let value = &value;
    chunks
        .iter()
        .flat_map(|c| c.as_primitive::<T>().iter().map(|v| v.map(value)))
        .collect()
}

type Strings<'a> = Box<dyn Iterator<Item = Option<&'a str>> + 'a>;

fn strings<'py>(
    py: Python<'py>,
    chunks: &[&ArrayRef],
    read: impl for<'a> Fn(&'a ArrayRef) -> Strings<'a>,
) -> PyResult<Bound<'py, PyAny>> {
    let list = PyList::empty(py);
    for chunk in chunks {
        for value in read(chunk) {
            list.append(value)?;
        }
    }
    Ok(list.into_any())
}

/// A column of categories: each chunk's values by its keys.
fn dictionary<'py>(py: Python<'py>, chunks: &[&ArrayRef]) -> Result<Bound<'py, PyAny>, Failed> {
    let list = PyList::empty(py);
    for chunk in chunks {
        let keys = chunk.as_any_dictionary();
        let values = keys.values();
        let values = column(py, values.data_type(), &[values])?;
        if keys.keys().null_count() == keys.len() {
            // There may be no values at all, and then no keys into them.
            (0..keys.len()).try_for_each(|_| list.append(py.None()))?;
            continue;
        }
        for (row, key) in keys.normalized_keys().into_iter().enumerate() {
            if keys.keys().is_null(row) {
                list.append(py.None())?;
            } else {
                list.append(values.get_item(key)?)?;
            }
        }
    }
    Ok(list.into_any())
}
