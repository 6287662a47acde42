//! Compressed data files: named texts in blocks that are decompressed at their first use.
//!
//! `scripts/refresh-sdk.py` writes them; its function `pack` documents the format. The files are part of the binary, so a
//! damaged file is an error of the build. It is read as empty, and tests check that no file is damaged.

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::DeflateDecoder;

/// A data file with its index; its blocks are decompressed on demand.
#[derive(Debug, Default)]
pub(super) struct Archive {
    source: &'static str,
    retrieved: &'static str,
    entries: Vec<Entry>,
    blocks: Vec<Block>,
}

/// A named text.
#[derive(Debug)]
pub(super) struct Entry {
    /// The name, by which entries are sorted.
    pub(super) name: &'static str,
    /// A word that is available without decompression.
    pub(super) label: &'static str,
    block: usize,
    start: usize,
    length: usize,
}

#[derive(Debug)]
struct Block {
    packed: &'static [u8],
    length: usize,
    text: OnceLock<String>,
}

impl Archive {
    /// Reads the index of `bytes`.
    pub(super) fn new(bytes: &'static [u8]) -> Self {
        Self::read(bytes).unwrap_or_default()
    }

    fn read(bytes: &'static [u8]) -> Option<Self> {
        let end = bytes.windows(2).position(|pair| pair == b"\n\n")?;
        let mut lines = std::str::from_utf8(&bytes[..end]).ok()?.lines();
        let mut packed = &bytes[end + 2..];
        if lines.next()? != "asl-data 1" {
            return None;
        }
        let (source, retrieved) = (lines.next()?, lines.next()?);
        let mut blocks = Vec::new();
        for sizes in lines.next()?.split(' ') {
            let (size, length) = sizes.split_once(':')?;
            let (block, rest) = packed.split_at_checked(size.parse().ok()?)?;
            packed = rest;
            blocks.push(Block {
                packed: block,
                length: length.parse().ok()?,
                text: OnceLock::new(),
            });
        }
        let mut entries = Vec::new();
        let (mut block, mut start) = (0, 0);
        for line in lines {
            let mut words = line.split(' ');
            let (name, label) = (words.next()?, words.next()?);
            let length = words.next()?.parse().ok()?;
            if start == blocks.get(block)?.length {
                (block, start) = (block + 1, 0);
            }
            entries.push(Entry {
                name,
                label,
                block,
                start,
                length,
            });
            start += length;
        }
        Some(Self {
            source,
            retrieved,
            entries,
            blocks,
        })
    }

    /// The source of the data.
    pub(super) fn source(&self) -> &'static str {
        self.source
    }

    /// The day they were retrieved, `YYYY-MM-DD`.
    pub(super) fn retrieved(&self) -> &'static str {
        self.retrieved
    }

    /// Every entry, sorted by name.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of that name.
    pub(super) fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.get(self.position(name)?)
    }

    /// The index of the entry of that name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.name.cmp(name)).ok()
    }

    /// The text of an entry. Decompresses its block if necessary.
    pub(super) fn text(&self, entry: &Entry) -> &str {
        let Some(block) = self.blocks.get(entry.block) else {
            return "";
        };
        let text = block.text.get_or_init(|| {
            let mut text = String::with_capacity(block.length);
            // Of a damaged block, the readable part is used.
            let _ = DeflateDecoder::new(block.packed).read_to_string(&mut text);
            text
        });
        text.get(entry.start..entry.start + entry.length)
            .unwrap_or_default()
    }
}

#[cfg(test)]
impl Archive {
    /// Whether every block has the length in the index, and no entry is empty.
    pub(super) fn is_sound(&self) -> bool {
        let whole = self
            .entries
            .iter()
            .all(|entry| self.text(entry).len() == entry.length && entry.length > 0);
        whole
            && self
                .blocks
                .iter()
                .all(|block| block.text.get().is_some_and(|text| text.len() == block.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_reads_as_empty() {
        for bytes in [
            "",
            "asl-data 1\n\n",
            "asl-data 2\ns\nd\n0:0\n\n",
            "asl-data 1\ns\nd\n9:9\na A 9\n\nx",
        ] {
            assert!(Archive::new(bytes.as_bytes()).entries().is_empty(), "{bytes:?}");
        }
        let garbled = Archive::new(b"asl-data 1\ns\nd\n2:9\na A 9\n\n\xff\xff");
        assert_eq!(garbled.find("a").map(|entry| garbled.text(entry)), Some(""));
    }
}
