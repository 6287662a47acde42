//! Reading bytes, up to a limit.

use flate2::read::MultiGzDecoder;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest text that is read for what it defines: 32 MiB, 32 times the size that AWS accepts.
pub const MAX_BYTES: u64 = 32 << 20;

/// The largest text that is read for the data in it, an input or a history: 1 GiB.
pub(super) const MAX_DATA_BYTES: u64 = 1 << 30;

/// The reason why a file cannot be read.
pub(super) enum ReadError {
    Io(io::Error),
    /// Of so many bytes, where that is known.
    TooLarge(Option<u64>),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_file_up_to(path, MAX_BYTES)
}

pub(super) fn read_file_up_to(path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(ReadError::Io(io::ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > most {
        return Err(ReadError::TooLarge(Some(metadata.len())));
    }
    read_capped(file, metadata.len(), most)
}

/// The size in bytes of a buffer for small files.
const SMALL: usize = 16 << 10;

/// Applies a function to the bytes of a regular file that is small; `None` if it is not, or cannot be read.
pub(super) fn small_file<R>(path: &Path, apply: impl FnOnce(&[u8]) -> R) -> Option<R> {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; SMALL]);
    }
    let mut file = File::open(path).ok()?;
    BUFFER.with_borrow_mut(|buffer| {
        let length = file.read(buffer).ok()?;
        // A regular file is only read partially if its end is reached.
        (length < SMALL).then(|| apply(&buffer[..length]))
    })
}

/// Decompresses bytes that gzip compressed, to at most so many bytes.
pub(super) fn decompressed(bytes: Vec<u8>, most: u64) -> Result<Vec<u8>, ReadError> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return read_capped(MultiGzDecoder::new(&*bytes), 0, most);
    }
    Ok(bytes)
}

/// Reads to the end, up to a maximum number of bytes. The size of a pipe is not known before.
pub(super) fn read_capped(from: impl Read, size: u64, most: u64) -> Result<Vec<u8>, ReadError> {
    // One byte more than expected lets the reader see the end without growing the buffer.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(ReadError::TooLarge(None));
    }
    Ok(bytes)
}
