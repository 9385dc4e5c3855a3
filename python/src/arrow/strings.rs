//! Arrays of strings of the three layouts: read as bytes, for only their producers vouch for their
//! UTF-8, and built again.

use std::sync::Arc;

use arrow_array::builder::{GenericStringBuilder, StringViewBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, GenericBinaryArray, GenericStringArray, OffsetSizeTrait};
use arrow_schema::DataType;
use nasij::error::{ErrorKind, Result};

/// Whether arrays of the type are strings; one of the type null has no row that is not.
pub(super) fn are_strings(data_type: &DataType) -> bool {
    use DataType::{LargeUtf8, Null, Utf8, Utf8View};
    matches!(data_type, Utf8 | LargeUtf8 | Utf8View | Null)
}

/// Calls `take` with every row.
pub(super) fn for_each_row(
    array: &dyn Array,
    mut take: impl FnMut(usize, Option<&[u8]>) -> Result<()>,
) -> Result<()> {
    fn rows<O: OffsetSizeTrait>(array: &GenericStringArray<O>) -> GenericBinaryArray<O> {
        let (offsets, values, nulls) = array.clone().into_parts();
        GenericBinaryArray::new(offsets, values, nulls)
    }
    macro_rules! each {
        ($rows:expr) => {{
            for (row, bytes) in $rows.iter().enumerate() {
                take(row, bytes)?;
            }
        }};
    }
    match array.data_type() {
        DataType::Utf8 => each!(rows(array.as_string::<i32>())),
        DataType::LargeUtf8 => each!(rows(array.as_string::<i64>())),
        DataType::Utf8View => each!(array.as_string_view().clone().to_binary_view()),
        _ => (0..array.len()).try_for_each(|row| take(row, None))?,
    }
    Ok(())
}

/// How many bytes of text an array has; of a dictionary, those of its values.
pub(super) fn size(array: &dyn Array) -> usize {
    fn of<O: OffsetSizeTrait>(array: &GenericStringArray<O>) -> usize {
        let offsets = array.value_offsets();
        offsets[array.len()].as_usize() - offsets[0].as_usize()
    }
    match array.data_type() {
        DataType::Utf8 => of(array.as_string::<i32>()),
        DataType::LargeUtf8 => of(array.as_string::<i64>()),
        DataType::Utf8View => array.as_string_view().lengths().map(|n| n as usize).sum(),
        DataType::Dictionary(_, _) => size(array.as_any_dictionary().values()),
        _ => 0,
    }
}

/// Builds an array of strings of the layout asked for.
pub(super) enum Builder {
    Utf8(GenericStringBuilder<i32>),
    LargeUtf8(GenericStringBuilder<i64>),
    Utf8View(StringViewBuilder),
}

impl Builder {
    pub(super) fn new(data_type: &DataType, rows: usize, bytes: usize) -> Self {
        match data_type {
            DataType::Utf8 => Self::Utf8(GenericStringBuilder::with_capacity(rows, bytes)),
            DataType::LargeUtf8 => {
                Self::LargeUtf8(GenericStringBuilder::with_capacity(rows, bytes))
            }
            _ => Self::Utf8View(StringViewBuilder::with_capacity(rows)),
        }
    }

    pub(super) fn push(&mut self, text: Option<&str>) -> Result<()> {
        fn push<O: OffsetSizeTrait>(
            out: &mut GenericStringBuilder<O>,
            text: Option<&str>,
        ) -> Result<()> {
            if out.values_slice().len() + text.map_or(0, str::len) > O::MAX_OFFSET {
                return too_long();
            }
            out.append_option(text);
            Ok(())
        }
        match self {
            Self::Utf8(out) => push(out, text),
            Self::LargeUtf8(out) => push(out, text),
            Self::Utf8View(out) => {
                let Some(text) = text else {
                    out.append_null();
                    return Ok(());
                };
                out.try_append_value(text).or_else(|_| too_long())
            }
        }
    }

    /// The rows of another array of the same layout.
    pub(super) fn append(&mut self, array: &ArrayRef) -> Result<()> {
        match self {
            Self::Utf8(out) => out.append_array(array.as_string()),
            Self::LargeUtf8(out) => out.append_array(array.as_string()),
            Self::Utf8View(out) => {
                out.append_array(array.as_string_view());
                Ok(())
            }
        }
        .or_else(|_| too_long())
    }

    pub(super) fn finish(self) -> ArrayRef {
        match self {
            Self::Utf8(mut out) => Arc::new(out.finish()),
            Self::LargeUtf8(mut out) => Arc::new(out.finish()),
            Self::Utf8View(mut out) => Arc::new(out.finish()),
        }
    }
}

fn too_long() -> Result<()> {
    let message = "the normalized column is over what its type holds; cast it to large_string";
    Err(ErrorKind::Text(message.into()).into())
}
