//! A run in figures, in English.

use super::{English, plural};
use crate::engine::{Cause, LeftOut, Sifted, Unproven, WouldReplace};
use crate::text::count;
use crate::text::language::{CauseWords, EndedAs, ReportText, RunWords, SystemWords};

impl RunWords for English {
    fn left_out(&self, why: LeftOut, number: usize) -> String {
        let plural = |one, many| plural(number as u64, one, many);
        let what = match why {
            LeftOut::Hidden => plural("hidden file or folder", "hidden files or folders"),
            LeftOut::OfficeLock => plural("lock file of an office program", "lock files of office programs"),
            LeftOut::SystemFile => plural("system file", "system files"),
            LeftOut::NotRegular => plural("pipe, socket or device", "pipes, sockets or devices"),
            LeftOut::LinkInArchive => plural("link in an archive", "links in archives"),
            LeftOut::InOutput => {
                let files = plural("file in the output folder", "files in the output folder");
                return format!("{files} left out. To convert them, choose an output folder that holds no sources");
            }
        };
        format!("{what} left out")
    }

    fn made(&self, workbooks: usize) -> String {
        format!("{} made", plural(workbooks as u64, "workbook", "workbooks"))
    }

    fn merged(&self, files: usize, workbooks: usize) -> String {
        let files = plural(files as u64, "file", "files");
        format!("{files} merged into {}", plural(workbooks as u64, "workbook", "workbooks"))
    }

    fn ended(&self, how: EndedAs, files: usize) -> String {
        let how = match how {
            EndedAs::WithLosses => "with losses",
            EndedAs::UpToDate => "up to date",
            EndedAs::Failed => "failed",
            EndedAs::UnknownFormat => "of unknown format",
            EndedAs::Skipped => "skipped",
            EndedAs::Stopped => "stopped",
            EndedAs::Unread => "not readable",
            EndedAs::Replacing => return format!("{} replaced", plural(files as u64, "other file", "other files")),
            EndedAs::Gone => "not there any more",
        };
        format!("{} {how}", count(files as u64))
    }

    fn with_losses(&self, what: &str) -> String {
        format!("made, with losses: {what}")
    }

    fn unproven(&self, why: &Unproven) -> String {
        match why {
            Unproven::Gone => "it is not there any more".into(),
            Unproven::Differs(what) => format!("it is not as it was made: {}", self.difference(what)),
            Unproven::Failed(cause) => self.cause(cause).0,
        }
    }

    fn source_changed(&self, source: &str) -> String {
        format!("its source changed since: {source}")
    }

    fn verified(&self, all: usize, differing: usize, changed: usize) -> String {
        let mut out = format!("{} read back, ", plural(all as u64, "workbook", "workbooks"));
        out += &match differing {
            0 => "all as they were made".to_owned(),
            some => format!("{} not as made", count(some as u64)),
        };
        if changed > 0 {
            out += &format!(", {} changed since", plural(changed as u64, "source", "sources"));
        }
        out
    }

    fn report(&self) -> &'static ReportText {
        &REPORT
    }

    fn journal_failed(&self, why: &str) -> String {
        format!(
            "The journal in the output folder could not be written: {why}. The workbooks are complete; what is told of them here is kept nowhere else."
        )
    }

    fn report_failed(&self, why: &Cause) -> String {
        let (why, advice) = match why {
            Cause::NotOurs => ("a file of somebody else's has its name".into(), "Move or rename that file."),
            Cause::WorkbookOpen => ("it is open in another program".into(), "Close it there."),
            Cause::DiskFull => ("the disk is full".into(), "Free some space."),
            Cause::Read(error) | Cause::Write(error) => (self.write_error(error), "Check the output folder."),
            other => (self.cause(other).0, "Please report it."),
        };
        format!("No report was made: {why}. The workbooks are complete. {advice}")
    }

    fn would_replace(&self, found: &WouldReplace) -> String {
        let kinds = [
            (found.not_ours, "not made by Sheetmill"),
            (found.of_others, "made from another source"),
            (found.changed, "changed since"),
        ];
        let kinds = kinds.into_iter().filter(|(files, _)| *files > 0).enumerate();
        let of = |at| if at == 0 { " of them" } else { "" };
        let kinds: String =
            kinds.map(|(at, (files, how))| format!(", {}{} {how}", count(files as u64), of(at))).collect();
        let least = if found.is_cut_short { "At least " } else { "" };
        let all = plural(found.all as u64, "workbook", "workbooks");
        match &*kinds {
            _ if found.all == 0 => "Workbooks may be replaced; there was no time to look at them.".into(),
            "" => format!("{least}{all} would be replaced; there was no time to look at the others."),
            kinds => format!("{least}{all} would be replaced{kinds}."),
        }
    }

    fn gone(&self, workbooks: usize) -> String {
        format!(
            "{} made in this run not there any more, or changed since. The report names them; convert again to make them anew.",
            plural(workbooks as u64, "workbook", "workbooks")
        )
    }

    fn sifted(&self, sifted: &Sifted) -> String {
        let (all, out) = (plural(sifted.looked_at, "record", "records"), count(sifted.left_out));
        let drawn = if sifted.is_undrawn { " (the sample is drawn when converting)" } else { "" };
        format!("{out} of {all} left out by filters{drawn}")
    }

    fn left_out_by_filters(&self, records: u64) -> String {
        format!("{} left out by filters", count(records))
    }

    fn rows(&self, records: u64, rows: u64) -> String {
        format!("{} → {}", self.records(records), plural(rows, "row", "rows"))
    }

    fn records(&self, records: u64) -> String {
        plural(records, "record", "records")
    }

    fn first_of(&self, rows: usize, records: Option<u64>) -> String {
        let first = count(rows as u64);
        match records {
            Some(1) if rows == 1 => "1 record".into(),
            Some(all) if all == rows as u64 => format!("all {first} records"),
            Some(all) => format!("first {first} of {} records", count(all)),
            None => format!("first {first} records"),
        }
    }
}

static REPORT: ReportText = ReportText {
    tables: [
        (
            "Files",
            &[
                ("File", 40),
                ("Outcome", 18),
                ("Workbook", 40),
                ("Records in source", 16),
                ("Records read", 14),
                ("Rows written", 14),
                ("Filtered out", 14),
                ("Losses", 9),
                ("Notes", 9),
                ("Source bytes", 14),
                ("Workbook bytes", 14),
                ("Seconds", 9),
                ("Encoding", 12),
                ("Format", 16),
                ("Proof", 12),
                ("Why", 50),
                ("What to do", 60),
            ],
        ),
        (
            "Losses and notes",
            &[
                ("File", 40),
                ("Kind", 8),
                ("Record", 16),
                ("Line", 10),
                ("Column", 10),
                ("What was done", 50),
                ("Where it broke the rules", 36),
                ("What", 50),
            ],
        ),
        ("Left out", &[("Path", 70), ("Why", 40)]),
        ("Totals and choices", &[("What", 24), ("Value", 70)]),
    ],
    made: "made",
    made_with_losses: "made, with losses",
    gone: "not there any more",
    failed: "failed",
    not_recognised: "no known records",
    up_to_date: "up to date",
    stopped: "stopped",
    skipped: "skipped",
    read_back: "read back",
    with_others: "with the merged file",
    merged: "Rows of",
    counted: "counted",
    loss: "loss",
    note: "note",
    unreadable: "could not be read",
    began: "Run began",
    version: "Sheetmill",
    input: "Input",
    choices: "Choices",
    left_out_by: "Records left out by a filter",
    files: "Files",
    seconds: "Seconds",
    ended_early: "The run did not come to its end",
    missing: "Rows beyond a table's million",
};
