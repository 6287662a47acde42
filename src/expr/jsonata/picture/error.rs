//! Errors of pictures.

/// Why a picture, or a value for it, is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::expr::jsonata) enum PictureError {
    /// An error of the reference implementation: its code, and what its message names.
    Coded(&'static str, String),
    /// The picture, a width in it, or the result is too long.
    TooLong,
}

impl PictureError {
    pub(super) fn new(code: &'static str, named: impl Into<String>) -> Self {
        Self::Coded(code, named.into())
    }
}

/// The maximum length of a picture, and of a width in it, in characters.
pub(super) const MAX_LENGTH: usize = 10_000;

pub(super) fn check_length(picture: &str) -> Result<(), PictureError> {
    if picture.len() > MAX_LENGTH {
        return Err(PictureError::TooLong);
    }
    Ok(())
}
