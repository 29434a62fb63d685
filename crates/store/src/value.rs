//! What goes into a statement and what comes out of it: [`Value`] and [`Row`].
//!
//! Both databases know whole numbers of 64 bits, floating point, text and bytes; there is nothing else here. Times are
//! milliseconds since 1970 in UTC as whole numbers, truth is 0 or 1, JSON is text. A [`Row`] gives its cells by their place
//! in the statement; a cell of another type than was asked for is a damaged store and is said so.

use crate::error::StoreError;

/// A parameter or a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing is known.
    Null,
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The cells of one row, in the order in which the statement names them.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(Vec<Value>);

impl Row {
    pub(crate) fn new(cells: Vec<Value>) -> Row {
        Row(cells)
    }

    /// All cells.
    #[must_use]
    pub fn cells(&self) -> &[Value] {
        &self.0
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn integer(&self, at: usize) -> Result<i64, StoreError> {
        self.maybe_integer(at)?.ok_or_else(|| self.unlike(at, "a whole number"))
    }

    /// A whole number, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn maybe_integer(&self, at: usize) -> Result<Option<i64>, StoreError> {
        match self.0.get(at) {
            Some(Value::Integer(number)) => Ok(Some(*number)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.unlike(at, "a whole number")),
        }
    }

    /// Whether the whole number is not 0.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn truth(&self, at: usize) -> Result<bool, StoreError> {
        Ok(self.integer(at)? != 0)
    }

    /// A floating-point number.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn real(&self, at: usize) -> Result<f64, StoreError> {
        match self.0.get(at) {
            Some(Value::Real(number)) => Ok(*number),
            _ => Err(self.unlike(at, "a number")),
        }
    }

    /// Text.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn text(&self, at: usize) -> Result<String, StoreError> {
        self.maybe_text(at)?.ok_or_else(|| self.unlike(at, "text"))
    }

    /// Text, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn maybe_text(&self, at: usize) -> Result<Option<String>, StoreError> {
        match self.0.get(at) {
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::Null) => Ok(None),
            _ => Err(self.unlike(at, "text")),
        }
    }

    /// Bytes.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn bytes(&self, at: usize) -> Result<Vec<u8>, StoreError> {
        self.maybe_bytes(at)?.ok_or_else(|| self.unlike(at, "bytes"))
    }

    /// Bytes, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Cell`] when there is something else.
    pub fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.0.get(at) {
            Some(Value::Bytes(bytes)) => Ok(Some(bytes.clone())),
            Some(Value::Null) => Ok(None),
            _ => Err(self.unlike(at, "bytes")),
        }
    }

    fn unlike(&self, at: usize, wanted: &'static str) -> StoreError {
        let found = match self.0.get(at) {
            None => "no such column",
            Some(Value::Null) => "nothing",
            Some(Value::Integer(_)) => "a whole number",
            Some(Value::Real(_)) => "a number",
            Some(Value::Text(_)) => "text",
            Some(Value::Bytes(_)) => "bytes",
        };
        StoreError::Cell { column: at, wanted, found }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Integer(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Value {
        Value::Integer(i64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Integer(i64::from(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Real(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Integer(i64::from(truth))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value::Bytes(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Bytes(bytes)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(maybe: Option<T>) -> Value {
        maybe.map_or(Value::Null, Into::into)
    }
}

/// The parameters of a statement: `params![subject, at, None::<String>]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Value::from($value)),*]
    };
}
