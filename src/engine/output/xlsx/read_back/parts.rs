//! Parts of a workbook, unpacked whole where they are small: in one call, without a stream's state.

use std::io::{Read, Seek};

use libdeflater::Decompressor;
use zip::{CompressionMethod, ZipArchive};

use super::unproven;
use crate::engine::error::Halt;

/// Larger ones go by as a stream.
const WHOLE: u64 = 8 << 20;

/// Room for one part after the other.
#[derive(Default)]
pub struct Parts {
    packed: Vec<u8>,
    unpacked: Vec<u8>,
    decompressor: Option<Decompressor>,
}

impl Parts {
    /// All of a part, which is what its checksum says; `None` for one that is too large.
    ///
    /// # Errors
    /// Where it is not whole.
    pub fn whole<R: Read + Seek>(&mut self, archive: &mut ZipArchive<R>, at: usize) -> Result<Option<&[u8]>, Halt> {
        let mut part = archive.by_index_raw(at).map_err(|error| unproven(&error))?;
        let (length, crc, method) = (part.size(), part.crc32(), part.compression());
        if length > WHOLE || part.compressed_size() > WHOLE {
            return Ok(None);
        }
        self.packed.clear();
        part.read_to_end(&mut self.packed).map_err(|error| unproven(&error))?;
        self.unpacked.resize(length as usize, 0);
        match method {
            CompressionMethod::Stored if self.packed.len() == self.unpacked.len() => {
                self.unpacked.copy_from_slice(&self.packed);
            }
            CompressionMethod::Deflated => {
                let decompressor = self.decompressor.get_or_insert_with(Decompressor::new);
                let found = decompressor.deflate_decompress(&self.packed, &mut self.unpacked);
                if found.map_err(|error| unproven(&error))? != self.unpacked.len() {
                    return Err(unproven(&"a part shorter than it says"));
                }
            }
            _ => return Err(unproven(&"a part packed in another way")),
        }
        if crc32fast::hash(&self.unpacked) != crc {
            return Err(unproven(&"a part with a wrong checksum"));
        }
        Ok(Some(&self.unpacked))
    }
}
