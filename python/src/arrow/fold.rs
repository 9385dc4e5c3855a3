//! Columns of strings normalized: arrays in, arrays of the same type out, on all cores.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::types::ArrowDictionaryKeyType;
use arrow_array::{Array, ArrayRef, DictionaryArray, downcast_dictionary_array};
use arrow_buffer::ArrowNativeType;
use arrow_schema::{DataType, Field};
use nasij::error::{ErrorKind, Result};
use nasij::normalize::Normalizer;
use nasij::threads::on_pool;
use pyo3::prelude::*;
use rayon::prelude::*;

use super::capsules::{ArrowArray, ArrowStream, take_array, take_arrays};
use super::strings::{Builder, are_strings, for_each_row, size};
use crate::edge::{WORTH_THREADS, detach};

/// A column of anything with `__arrow_c_array__` or `__arrow_c_stream__`, normalized: the same
/// type, the same chunks.
pub(crate) fn normalize<'py>(
    normalizer: &Normalizer,
    column: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = column.py();
    // Metadata of a dictionary may list its values, which change.
    let described = |field: Field| match field.data_type() {
        DataType::Dictionary(_, _) => field.with_metadata(HashMap::new()),
        _ => field,
    };
    if column.hasattr("__arrow_c_array__")? {
        let (field, array) = take_array(column)?;
        let mut chunks = detach(py, || fold(normalizer, field.data_type(), &[array]))?;
        let (field, array) = (described(field), chunks.remove(0));
        return Ok(Bound::new(py, ArrowArray { field, array })?.into_any());
    }
    let (field, chunks) = take_arrays(column)?;
    let chunks = detach(py, || fold(normalizer, field.data_type(), &chunks))?;
    let field = described(field);
    Ok(Bound::new(py, ArrowStream { field, chunks })?.into_any())
}

fn fold(
    normalizer: &Normalizer,
    data_type: &DataType,
    chunks: &[ArrayRef],
) -> Result<Vec<ArrayRef>> {
    let of_strings = match data_type {
        DataType::Dictionary(_, values) => are_strings(values),
        other => are_strings(other),
    };
    if !of_strings {
        let message = format!("a column of strings is needed, not of {data_type}");
        return Err(ErrorKind::Argument(message).into());
    }
    let mut rows = 0;
    let placed: Vec<Placed> = chunks
        .iter()
        .map(|array| {
            let row = rows;
            rows += array.len();
            Placed {
                row,
                array: array.clone(),
            }
        })
        .collect();
    let total: usize = chunks.iter().map(|c| size(c)).sum();
    if total < WORTH_THREADS {
        return placed.iter().map(|chunk| chunk.fold(normalizer)).collect();
    }
    on_pool(None, || {
        let threads = rayon::current_num_threads();
        let piece = (total / (4 * threads)).max(WORTH_THREADS);
        placed
            .par_iter()
            .map(|chunk| match size(&chunk.array) / piece {
                pieces if threads > 1 && pieces > 1 => chunk.fold_cut(normalizer, pieces),
                _ => chunk.fold(normalizer),
            })
            .collect()
    })?
}

/// An array, and the row of its column at which it begins.
struct Placed {
    row: usize,
    array: ArrayRef,
}

impl Placed {
    fn fold(&self, normalizer: &Normalizer) -> Result<ArrayRef> {
        let array: &dyn Array = &self.array;
        downcast_dictionary_array!(
            array => self.fold_dictionary(normalizer, array),
            DataType::Null => Ok(self.array.clone()),
            _ => {
                let mut out = Builder::new(array.data_type(), array.len(), size(array));
                self.fold_rows(normalizer, array, |text| out.push(text))?;
                Ok(out.finish())
            }
        )
    }

    /// As `fold`, by slices of about the same number of rows.
    fn fold_cut(&self, normalizer: &Normalizer, pieces: usize) -> Result<ArrayRef> {
        let (array, len) = (&self.array, self.array.len());
        if !are_strings(array.data_type()) {
            return self.fold(normalizer);
        }
        let step = len.div_ceil(pieces).max(1);
        let pieces: Vec<ArrayRef> = (0..len.div_ceil(step))
            .into_par_iter()
            .map(|piece| {
                let start = piece * step;
                let slice = Self {
                    row: self.row + start,
                    array: array.slice(start, step.min(len - start)),
                };
                slice.fold(normalizer)
            })
            .collect::<Result<_>>()?;
        let mut out = Builder::new(array.data_type(), len, pieces.iter().map(|p| size(p)).sum());
        pieces.iter().try_for_each(|piece| out.append(piece))?;
        Ok(out.finish())
    }

    fn fold_rows(
        &self,
        normalizer: &Normalizer,
        array: &dyn Array,
        mut push: impl FnMut(Option<&str>) -> Result<()>,
    ) -> Result<()> {
        let mut scratch = Vec::new();
        for_each_row(array, |row, bytes| {
            let Some(bytes) = bytes else {
                return push(None);
            };
            let Ok(text) = simdutf8::basic::from_utf8(bytes) else {
                let message = format!("row {}: the text is not UTF-8", self.row + row);
                return Err(ErrorKind::Text(message).into());
            };
            push(Some(normalizer.fold_into(text, &mut scratch)))
        })
    }

    /// The values folded, those that became the same made one.
    fn fold_dictionary<K: ArrowDictionaryKeyType>(
        &self,
        normalizer: &Normalizer,
        array: &DictionaryArray<K>,
    ) -> Result<ArrayRef> {
        let values = array.values();
        if values.data_type().is_null() {
            return Ok(self.array.clone());
        }
        let mut folded = Vec::with_capacity(values.len());
        self.fold_rows(normalizer, values, |text| {
            folded.push(text.map(str::to_owned));
            Ok(())
        })?;
        let mut out = Builder::new(values.data_type(), values.len(), size(values));
        let (mut seen, mut kept) = (HashMap::new(), 0);
        let mut keys = Vec::with_capacity(folded.len());
        for text in folded.iter().map(Option::as_deref) {
            let key = *seen.entry(text).or_insert(kept);
            if key == kept {
                out.push(text)?;
                kept += 1;
            }
            keys.push(K::Native::usize_as(key));
        }
        // What stands in a null row may be no key at all.
        let keys = array
            .keys()
            .unary(|key| keys.get(key.as_usize()).copied().unwrap_or_default());
        Ok(Arc::new(DictionaryArray::<K>::new(keys, out.finish())))
    }
}
