//! The fixed words of the window, a field a place, so that a missing translation does not compile.

/// The fixed words of the window in one language.
#[derive(Debug)]
pub struct Text {
    /// Label of the source: what is read.
    pub from: &'static str,
    /// Label of the output folder: where workbooks go.
    pub to: &'static str,
    /// Button beside either that opens the system's dialog.
    pub choose: &'static str,
    /// Button that starts a run.
    pub start: &'static str,
    /// What the start button says while it is counted what would be replaced.
    pub counting: &'static str,
    /// What 'keep both' means where files would be replaced.
    pub replaced_line: &'static str,
    /// Button that does so.
    pub keep_them: &'static str,
    /// Button that leaves all as it is.
    pub cancel: &'static str,
    /// Button that pauses a run.
    pub pause: &'static str,
    /// Button that goes on with a paused run.
    pub resume: &'static str,
    /// Button that stops a run.
    pub stop: &'static str,
    /// What the start button says until a stopped run has ended.
    pub stopping: &'static str,
    /// Button of the empty window that opens the system's dialog.
    pub choose_folder: &'static str,
    /// Button of the empty window that takes the sample as the source.
    pub try_sample: &'static str,
    /// Heading of the empty window.
    pub empty_head: &'static str,
    /// What the program does, in a line below it.
    pub empty_line: &'static str,
    /// Another way to name a source, in a line below that.
    pub empty_paste: &'static str,
    /// Heading while files are held over the window.
    pub drop_head: &'static str,
    /// What becomes of them when they are dropped.
    pub drop_line: &'static str,
    /// As `drop_head`, during a run.
    pub drop_running: &'static str,
    /// As `drop_line`, during a run.
    pub drop_running_line: &'static str,
    /// Label of the number of workers.
    pub workers: &'static str,
    /// Label of the choice of columns.
    pub columns: &'static str,
    /// Label of the choice what to do about workbooks that are there already.
    pub if_exists: &'static str,
    /// Choice: leave those whose source file and choices are still the same.
    pub skip: &'static str,
    /// Choice: write them anew.
    pub overwrite: &'static str,
    /// Choice: write the new one under another name.
    pub keep_both: &'static str,
    /// Choice: don't start a run at all.
    pub stop_all: &'static str,
    /// Label of the choice what files are made.
    pub save_as: &'static str,
    /// Choice for CSV: cells that a spreadsheet would take for formulas begin with an apostrophe.
    pub guard: &'static str,
    /// What that means.
    pub guard_line: &'static str,
    /// Label of the choice which source files share a finished file.
    pub merge: &'static str,
    /// Choice for merged files: columns for where a record comes from.
    pub merge_origin: &'static str,
    /// Choice for merged files: several where one would be too large.
    pub merge_parts: &'static str,
    /// Why.
    pub merge_parts_line: &'static str,
    /// Choice for merged files: none unless every source file can be read.
    pub merge_all: &'static str,
    /// What happens else.
    pub merge_all_line: &'static str,
    /// Label of the choice of compression.
    pub compression: &'static str,
    /// Choice: the fastest.
    pub compression_fast: &'static str,
    /// Choice: between the two.
    pub compression_normal: &'static str,
    /// Choice: the smallest workbooks.
    pub compression_small: &'static str,
    /// Heading of what is done about finished workbooks.
    pub workbooks: &'static str,
    /// Choice: texts are wrapped in their cells.
    pub wrap_text: &'static str,
    /// What that means.
    pub wrap_line: &'static str,
    /// Choice: each workbook is read back before it gets its name.
    pub check_workbooks: &'static str,
    /// What that means.
    pub check_line: &'static str,
    /// Choice: a report is made beside the workbooks.
    pub write_report: &'static str,
    /// What that means.
    pub report_line: &'static str,
    /// What the choice of columns is called while nobody chose any.
    pub automatic: &'static str,
    /// What `automatic` means for columns.
    pub automatic_line: &'static str,
    /// What the choice of columns is called once a person chose.
    pub own_choice: &'static str,
    /// Heading above the columns that say where a record stands.
    pub places: &'static str,
    /// Column: the source file's name.
    pub place_file: &'static str,
    /// Column: the source file's folder.
    pub place_folder: &'static str,
    /// The source file's name with its folders, as a column.
    pub place_source: &'static str,
    /// Column: the record's number in its file.
    pub place_number: &'static str,
    /// Column: the line where the record begins.
    pub place_line: &'static str,
    /// Label of the field for a column by CSS selector.
    pub add_selector: &'static str,
    /// Examples in that field while it is empty.
    pub selector_hint: &'static str,
    /// What is wrong with a selector, with an example.
    pub selector_bad: &'static str,
    /// What was typed as a record is neither a selector nor a path.
    pub record_bad: &'static str,
    /// Button that adds the column.
    pub add: &'static str,
    /// Why the columns cannot be used as they are chosen.
    pub columns_bad: &'static str,
    /// What stands in place of the fields until some are found.
    pub no_fields: &'static str,
    /// Button that moves a column towards the first.
    pub move_up: &'static str,
    /// Button that moves a column towards the last.
    pub move_down: &'static str,
    /// Button that opens a column's options.
    pub column_options: &'static str,
    /// Label of a column's header in the worksheet.
    pub header: &'static str,
    /// Option of a column: no white space at either end.
    pub trim: &'static str,
    /// Option of a column: no first line that is the title once more.
    pub drop_title: &'static str,
    /// Option of a column: entities are decoded twice.
    pub decode_again: &'static str,
    /// Option of a column: never more than one blank line.
    pub collapse_blank_lines: &'static str,
    /// Option of a column: no marks that WikiExtractor leaves of lists and sections.
    pub drop_list_marks: &'static str,
    /// Label of the choice what a column's values are taken for.
    pub value_kind: &'static str,
    /// Option of automatic columns: those that hold nothing but numbers are numbers.
    pub numbers_as_numbers: &'static str,
    /// Label of the choice what to do with a field that a record has more than once.
    pub several_values: &'static str,
    /// Choice: a line break between the values.
    pub line_break: &'static str,
    /// Choice: a column for each value.
    pub cell_each: &'static str,
    /// Label of the field for another separator of values.
    pub separator_other: &'static str,
    /// Button that adds a filter.
    pub add_filter: &'static str,
    /// A filter, before its number.
    pub filter: &'static str,
    /// What filters do, and what of a column they ask.
    pub filters_hint: &'static str,
    /// What a filter asks, in the order in which the window offers it.
    pub filter_kinds: [&'static str; 12],
    /// Stands for all of a record's fields.
    pub whole_record: &'static str,
    /// Label of a filter's value.
    pub filter_value: &'static str,
    /// Label of a sample's seed.
    pub filter_seed: &'static str,
    /// Example of a pattern.
    pub filter_hint_pattern: &'static str,
    /// What a list's file is.
    pub filter_hint_list: &'static str,
    /// What was typed is no pattern.
    pub filter_bad_pattern: &'static str,
    /// What was typed is no number.
    pub filter_bad_number: &'static str,
    /// What was typed is no size of a sample.
    pub filter_bad_size: &'static str,
    /// Title of the system's dialog for a list, and the button that opens it.
    pub choose_list: &'static str,
    /// Label of the number of records that filters left out of a file.
    pub filtered: &'static str,
    /// Label of the choice how files are read.
    pub reading: &'static str,
    /// Choice: the program finds out, a file at a time.
    pub recognised: &'static str,
    /// Label of a file's format.
    pub format: &'static str,
    /// Label of a file's encoding.
    pub encoding: &'static str,
    /// Label of the choice of one file's encoding.
    pub encoding_of_file: &'static str,
    /// What repeats in a file, before its list.
    pub repeats: &'static str,
    /// Above the list of what repeats in the file that is shown.
    pub repeats_here: &'static str,
    /// Before other elements that could be the records.
    pub records_instead: &'static str,
    /// There are more of them elsewhere.
    pub more_repeats: &'static str,
    /// Label of the field for a selector that finds records.
    pub records_by: &'static str,
    /// Examples in that field while it is empty.
    pub records_hint: &'static str,
    /// Label of the choice what becomes of tags inside texts.
    pub tags: &'static str,
    /// Choice: only their content stays.
    pub tags_leave_out: &'static str,
    /// Choice: they stay as characters.
    pub tags_keep: &'static str,
    /// Heading of the presets.
    pub presets: &'static str,
    /// What stands in their place while there are none.
    pub no_presets: &'static str,
    /// What saving a preset keeps.
    pub preset_line: &'static str,
    /// Label of the field for a preset's name.
    pub preset_name: &'static str,
    /// Button that saves a preset.
    pub save: &'static str,
    /// The same where a preset of that name is there already.
    pub replace: &'static str,
    /// Button that deletes a preset.
    pub delete: &'static str,
    /// Button that takes the last change back.
    pub undo: &'static str,
    /// Button that opens a preset from a file.
    pub open_preset: &'static str,
    /// Title of the system's dialog for that.
    pub dialog_preset: &'static str,
    /// Tab with the records of the selected file.
    pub preview: &'static str,
    /// Tab with what is known of the selected file.
    pub details: &'static str,
    /// Tab with the run's speed and workers.
    pub run: &'static str,
    /// What stands on that tab before the first run.
    pub no_run: &'static str,
    /// Label of the number of files in the run's figures.
    pub files: &'static str,
    /// Label of the bytes read and the bytes written.
    pub read_and_made: &'static str,
    /// Label of the graph of speed.
    pub speed: &'static str,
    /// Label of the average speed.
    pub average: &'static str,
    /// Label of the time that all processors took together.
    pub cpu: &'static str,
    /// Label of the picture of what each worker did.
    pub lanes: &'static str,
    /// Button that takes one worker away.
    pub fewer_workers: &'static str,
    /// Button that adds a worker.
    pub more_workers: &'static str,
    /// Button that shows the side pane.
    pub show_pane: &'static str,
    /// Button that hides the side pane.
    pub hide_pane: &'static str,
    /// Name of the edge between the list and the side pane, for who cannot see it.
    pub splitter: &'static str,
    /// What stands in the preview until the file has been looked into.
    pub looking: &'static str,
    /// Label of the number of rows in a file's details.
    pub rows: &'static str,
    /// Label of a file's workbook in its details.
    pub workbook: &'static str,
    /// Label of what was left out, repaired or guessed.
    pub notes: &'static str,
    /// Why a file's notes have no line numbers, and how to get them.
    pub no_places: &'static str,
    /// Label and column of the list: a file's name.
    pub file: &'static str,
    /// Label and column of the list: a file's size.
    pub size: &'static str,
    /// Label and column of the list: the number of records.
    pub records: &'static str,
    /// Label of the progress bar, and column of the list.
    pub progress: &'static str,
    /// Label and column of the list: how long it took.
    pub time: &'static str,
    /// Column of the list: what came of a file.
    pub what_happened: &'static str,
    /// State of a file: not begun.
    pub waiting: &'static str,
    /// State of a file: a worker is at it.
    pub running: &'static str,
    /// Read to its end; the file that it is merged into is not whole yet.
    pub gathered: &'static str,
    /// State of a file: its workbook was made.
    pub done: &'static str,
    /// State of a file: its workbook was there, made of the same file and choices.
    pub up_to_date: &'static str,
    /// A workbook is there, without something that its source holds.
    pub with_losses: &'static str,
    /// State of a file: no workbook, for a reason that can be told.
    pub failed: &'static str,
    /// State of a file: in no known format.
    pub not_recognised: &'static str,
    /// State of a file: given up because the run was stopped.
    pub stopped: &'static str,
    /// State of a file: left out by a person.
    pub skipped: &'static str,
    /// What the program does while it looks for files.
    pub scanning: &'static str,
    /// That workbooks stand in folders like those of the source.
    pub same_folders: &'static str,
    /// What is wrong with a path that was typed.
    pub no_path: &'static str,
    /// Button that empties the source.
    pub remove_input: &'static str,
    /// State of a run: paused.
    pub paused: &'static str,
    /// Button that opens the output folder.
    pub open_output: &'static str,
    /// Button that opens the report of the run.
    pub open_report: &'static str,
    /// Button that tries all failed files again.
    pub retry_failed: &'static str,
    /// Entry of a file's menu: open its workbook.
    pub open_workbook: &'static str,
    /// Entry of a menu: show the file in the system's file manager.
    pub show_in_folder: &'static str,
    /// Entry of a file's menu: copy its path.
    pub copy_path: &'static str,
    /// Entry of a file's menu: copy why it failed.
    pub copy_problem: &'static str,
    /// Button that opens the settings.
    pub settings: &'static str,
    /// Heading of the choice of language.
    pub language: &'static str,
    /// Heading of the choice of theme.
    pub theme: &'static str,
    /// Choice of language or theme: as the system has it.
    pub system: &'static str,
    /// Choice of theme: light.
    pub light: &'static str,
    /// Choice of theme: dark.
    pub dark: &'static str,
    /// Heading of the inputs used lately.
    pub recent: &'static str,
    /// Button that empties their list.
    pub clear_recent: &'static str,
    /// What stands beside one that is there no more.
    pub missing: &'static str,
    /// Setting: the system tells when a long run is done.
    pub notify: &'static str,
    /// Entry that opens the folder of the log.
    pub show_log: &'static str,
    /// Entry that opens the page about the program, and its heading.
    pub about: &'static str,
    /// What the program does, on that page.
    pub about_line: &'static str,
    /// Under which licences the program is, on that page.
    pub licence_line: &'static str,
    /// Heading of the licences of typeface and icons, on that page.
    pub fonts_and_icons: &'static str,
    /// Button that closes that page.
    pub close: &'static str,
    /// Button that copies the program's version.
    pub copy_version: &'static str,
    /// Button that copies the licences of all that the program is made of.
    pub copy_licences: &'static str,
    /// Title of the system's notification of a run that came to its end.
    pub run_done: &'static str,
    /// Title of the notification of one that was stopped.
    pub run_stopped: &'static str,
    /// Question when the window is closed during a run: heading.
    pub close_head: &'static str,
    /// The same: what becomes of the run.
    pub close_line: &'static str,
    /// The same: button that leaves the window open.
    pub keep_converting: &'static str,
    /// The same: button that stops the run and closes the window.
    pub stop_and_close: &'static str,
    /// Title of the system's dialog for the source.
    pub dialog_input: &'static str,
    /// Title of the system's dialog for the output folder.
    pub dialog_output: &'static str,
    /// Button that takes a message away.
    pub dismiss: &'static str,
    /// Label of a file's fields, in the terminal.
    pub fields: &'static str,
    /// Filter of the list: every file.
    pub all: &'static str,
    /// Filter of the list: files that no worker has begun.
    pub not_begun: &'static str,
    /// Button that shows the filters that had no room.
    pub more_states: &'static str,
    /// Label of the field that searches the list.
    pub seek: &'static str,
    /// Button that empties that field.
    pub clear_search: &'static str,
    /// What stands in the list where no file matches.
    pub nothing_found: &'static str,
    /// Button that takes search and filter away.
    pub show_all: &'static str,
    /// How a column is sorted, for who cannot see it: least first.
    pub ascending: &'static str,
    /// The same: greatest first.
    pub descending: &'static str,
    /// Entry of the menu of several files: open their workbooks.
    pub open_workbooks: &'static str,
    /// Entry of a file's menu: try it again.
    pub retry: &'static str,
    /// Entry of a file's menu: leave it out of the run.
    pub skip_file: &'static str,
    /// Entry of a file's menu: take it into the run again.
    pub unskip: &'static str,
    /// Entry of a file's menu: take it out of the list.
    pub remove_from_list: &'static str,
    /// Entry of the menu of several files: copy their paths.
    pub copy_paths: &'static str,
    /// Copies why several files failed, or why folders could not be looked into.
    pub copy_problems: &'static str,
    /// Button that adds to the source.
    pub add_input: &'static str,
    /// Title of the system's dialog for that.
    pub dialog_more: &'static str,
    /// What becomes of the list when files are dropped on it.
    pub drop_replaces: &'static str,
    /// Button that adds what was dropped to the source after all.
    pub add_instead: &'static str,
    /// What was changed and can be undone: the source.
    pub changed_source: &'static str,
    /// The same: the output folder.
    pub changed_output: &'static str,
    /// The same: the columns.
    pub changed_columns: &'static str,
    /// Change: which records become rows.
    pub changed_filters: &'static str,
    /// The same: how files are read.
    pub changed_reading: &'static str,
    /// The same: all that a preset holds.
    pub changed_preset: &'static str,
    /// The same: what to do about workbooks that are there already.
    pub changed_if_exists: &'static str,
    /// The same: what files are made.
    pub changed_form: &'static str,
    /// Offered to be taken back: which source files share a finished file.
    pub changed_merge: &'static str,
    /// The same: how far workbooks are compressed.
    pub changed_compression: &'static str,
    /// The same: whether workbooks are read back.
    pub changed_proof: &'static str,
    /// The same: whether a report is made.
    pub changed_report: &'static str,
    /// The same: how texts stand in cells.
    pub changed_wrap: &'static str,
}
