//! The Arrow `PyCapsule` interface: arrays and streams of arrays taken over from other libraries,
//! and handed to them. All `unsafe` of the bindings is here; it rests on the C data interface,
//! which both sides promise to keep, and each capsule is told by its name.

#![allow(unsafe_code)]

use std::ffi::{CStr, CString, c_int, c_void};
use std::ptr::null_mut;
use std::sync::Arc;
use std::vec::IntoIter;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, NullArray, make_array};
use arrow_schema::{ArrowError, Field};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::edge::exception;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";
/// What a callback answers when it failed; `errno` has no portable name in Rust.
const EIO: c_int = 5;

/// An array that others take with `__arrow_c_array__`.
#[pyclass(frozen, module = "nasij._nasij")]
pub(crate) struct ArrowArray {
    pub(super) field: Field,
    pub(super) array: ArrayRef,
}

#[pymethods]
impl ArrowArray {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // The interface lets a producer give its own type whatever is requested.
        let _ = requested_schema;
        let schema = FFI_ArrowSchema::try_from(&self.field).map_err(|e| failed(py, &e))?;
        let array = FFI_ArrowArray::new(&self.array.to_data());
        Ok((
            PyCapsule::new_with_value(py, schema, SCHEMA)?,
            PyCapsule::new_with_value(py, array, ARRAY)?,
        ))
    }
}

/// Arrays of one type that others take with `__arrow_c_stream__`.
#[pyclass(frozen, module = "nasij._nasij")]
pub(crate) struct ArrowStream {
    pub(super) field: Field,
    pub(super) chunks: Vec<ArrayRef>,
}

#[pymethods]
impl ArrowStream {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let stream = Exported::stream(self.field.clone(), self.chunks.clone());
        PyCapsule::new_with_value(py, stream, STREAM)
    }
}

/// The type and the array of an object with `__arrow_c_array__`.
pub(super) fn take_array(object: &Bound<'_, PyAny>) -> PyResult<(Field, ArrayRef)> {
    let py = object.py();
    let capsules = object.call_method0("__arrow_c_array__")?;
    let capsules = capsules.cast::<PyTuple>()?;
    let schema = pointer(&capsules.get_item(0)?, SCHEMA)?;
    let array = pointer(&capsules.get_item(1)?, ARRAY)?;
    // SAFETY: capsules of these names hold these structures, by the Arrow PyCapsule interface;
    // `from_raw` takes what they hold and leaves them released.
    let (schema, array) = unsafe {
        (
            FFI_ArrowSchema::from_raw(schema.cast()),
            FFI_ArrowArray::from_raw(array.cast()),
        )
    };
    if schema.release().is_none() || array.is_released() {
        return Err(exception(py, "ArgumentError", "the array was taken before"));
    }
    let field = Field::try_from(&schema).map_err(|e| failed(py, &e))?;
    let array = import(array, &field).map_err(|e| failed(py, &e))?;
    Ok((field, array))
}

/// The type and the arrays of an object with `__arrow_c_stream__`.
pub(super) fn take_arrays(object: &Bound<'_, PyAny>) -> PyResult<(Field, Vec<ArrayRef>)> {
    read(take_stream(object)?).map_err(|e| failed(object.py(), &e))
}

/// The stream of an object with `__arrow_c_stream__`.
pub(super) fn take_stream(object: &Bound<'_, PyAny>) -> PyResult<FFI_ArrowArrayStream> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let stream = pointer(&capsule, STREAM)?;
    // SAFETY: as in `take_array`.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.cast()) };
    if stream.release().is_none() {
        let message = "the stream was taken before";
        return Err(exception(object.py(), "ArgumentError", message));
    }
    Ok(stream)
}

pub(super) fn failed(py: Python<'_>, error: &ArrowError) -> PyErr {
    exception(py, "ArgumentError", &error.to_string())
}

fn pointer(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut c_void> {
    let capsule = capsule.cast::<PyCapsule>()?;
    Ok(capsule.pointer_checked(Some(name))?.as_ptr())
}

fn import(array: FFI_ArrowArray, field: &Field) -> Result<ArrayRef, ArrowError> {
    if field.data_type().is_null() {
        // It has nothing but a length; some producers give it a buffer, which is refused.
        return Ok(Arc::new(NullArray::new(array.len())));
    }
    // SAFETY: an array and its type, from one producer.
    let data = unsafe { from_ffi_and_data_type(array, field.data_type().clone()) }?;
    Ok(make_array(data))
}

/// `RecordBatchStreamReader` reads streams of tables only.
fn read(mut stream: FFI_ArrowArrayStream) -> Result<(Field, Vec<ArrayRef>), ArrowError> {
    let (Some(get_schema), Some(get_next)) = (stream.get_schema(), stream.get_next()) else {
        return Err(ArrowError::CDataInterface("a stream without calls".into()));
    };
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is not released, its calls are its own, and they fill what they are
    // given or answer with an error.
    let status = unsafe { get_schema(&raw mut stream, &raw mut schema) };
    check(status, &mut stream)?;
    let field = Field::try_from(&schema)?;
    let mut chunks = Vec::new();
    loop {
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: as above.
        let status = unsafe { get_next(&raw mut stream, &raw mut array) };
        check(status, &mut stream)?;
        if array.is_released() {
            return Ok((field, chunks));
        }
        chunks.push(import(array, &field)?);
    }
}

fn check(status: c_int, stream: &mut FFI_ArrowArrayStream) -> Result<(), ArrowError> {
    if status == 0 {
        return Ok(());
    }
    let message = stream.get_last_error().and_then(|get_last_error| {
        // SAFETY: the call is the stream's own; what it gives is null or a string that lives
        // until the next call.
        unsafe {
            let message = get_last_error(stream);
            (!message.is_null()).then(|| CStr::from_ptr(message).to_string_lossy().into_owned())
        }
    });
    let message = message.unwrap_or_else(|| format!("the stream answers with error {status}"));
    Err(ArrowError::CDataInterface(message))
}

/// The private data of a stream we hand out; arrow-array exports streams of tables only.
struct Exported {
    field: Field,
    chunks: IntoIter<ArrayRef>,
    error: CString,
}

impl Exported {
    fn stream(field: Field, chunks: Vec<ArrayRef>) -> FFI_ArrowArrayStream {
        let exported = Box::new(Self {
            field,
            chunks: chunks.into_iter(),
            error: CString::default(),
        });
        // SAFETY: the calls below keep to the stream interface; the private data is theirs until
        // `release` drops it.
        unsafe {
            FFI_ArrowArrayStream::new_unchecked(
                Some(get_schema),
                Some(get_next),
                Some(get_last_error),
                Some(release),
                Box::into_raw(exported).cast(),
            )
        }
    }

    /// # Safety
    /// The stream is one of [`Exported::stream`] and not released.
    unsafe fn of<'s>(stream: *mut FFI_ArrowArrayStream) -> &'s mut Self {
        // SAFETY: its private data is an `Exported`, and the interface allows one call at a time.
        unsafe { &mut *(*stream).private_data().cast() }
    }
}

// SAFETY of the four: consumers call them with the stream itself, not released, and with room for
// what is asked, by the C stream interface.

unsafe extern "C" fn get_schema(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowSchema,
) -> c_int {
    let exported = unsafe { Exported::of(stream) };
    match FFI_ArrowSchema::try_from(&exported.field) {
        Ok(schema) => {
            unsafe { out.write(schema) };
            0
        }
        Err(error) => {
            exported.error = CString::new(error.to_string()).unwrap_or_default();
            EIO
        }
    }
}

unsafe extern "C" fn get_next(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowArray,
) -> c_int {
    let next = unsafe { Exported::of(stream) }.chunks.next();
    let array = next.map_or_else(FFI_ArrowArray::empty, |chunk| {
        FFI_ArrowArray::new(&chunk.to_data())
    });
    unsafe { out.write(array) };
    0
}

unsafe extern "C" fn get_last_error(stream: *mut FFI_ArrowArrayStream) -> *const std::ffi::c_char {
    unsafe { Exported::of(stream) }.error.as_ptr()
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    unsafe {
        drop(Box::<Exported>::from_raw(
            (*stream).private_data().cast::<Exported>(),
        ));
        (*stream).set_private_data(null_mut());
        (*stream).set_release(None);
    }
}
