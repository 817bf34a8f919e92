//! Filters at work while a file is converted; a sample of so many needs to know first how many there are.

use super::Conversion;
use crate::engine::error::Halt;
use crate::engine::job::reading::Reading;
use crate::engine::records::reader::Records;
use crate::engine::records::record::Record;
use crate::engine::rows::shaper::{self, RecordPosition};
use crate::engine::rows::sieve::{Mesh, Sieve};

impl<'a> Conversion<'a> {
    /// What sifts the records, from the first one on; `None` where there is no filter.
    pub(super) fn sieve(&self) -> Option<Sieve<'a>> {
        let chosen = self.run.job.choices.columns.as_chosen();
        self.run.mesh.map(|mesh| Sieve::new(mesh, chosen, &self.source.name, self.drawn_from))
    }

    /// Reads the file once for the number of records that a sample is drawn from, where one needs it.
    pub(super) fn count_first(&mut self, reading: &Reading) -> Result<(), Halt> {
        let stop = self.run.control.token();
        if !self.run.mesh.is_some_and(Mesh::must_count) {
            return Ok(());
        }
        let Some(mut sieve) = self.sieve() else { return Ok(()) };
        let (file, keep_markup) =
            (self.source.file_name(), self.run.job.choices.columns.as_chosen().is_some_and(shaper::need_markup));
        let mut records = Records::of(self.opener.open()?, self.run.ask(self.source, reading, &file, keep_markup))?;
        self.drawn_from = Some(sieve.count(&mut records, &self.source.name, stop)?);
        Ok(())
    }
}

/// Whether a record becomes a row.
pub(super) fn keeps(sieve: &mut Option<Sieve>, record: &Record, at: RecordPosition) -> bool {
    sieve.as_mut().is_none_or(|sieve| sieve.keeps(record, at).is_none())
}
