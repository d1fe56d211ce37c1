//! The report as a comment of a pull request: the verdict first, then a table for each group.

use std::fmt::Write as _;

use crate::diff::effects::{Bump, Compile};
use crate::diff::report::{LocatedChange, Report};
use crate::source::markdown::{escape, escape_prose};
use crate::source::text::{code_span, count_noun, shorten, single_line};

/// Longest comment. GitHub accepts 65,536 characters.
const MAX_CHARS: usize = 60_000;

/// Number of characters that are reserved for the note about omitted changes.
const NOTE_CHARS: usize = 400;

/// Longest list of the groups with other documentation.
const MAX_PROSE_CHARS: usize = 2_000;

/// Most characters of a signature.
const MAX_SIGNATURE_CHARS: usize = 400;

/// Most characters of the reason why a change is accepted.
const MAX_REASON_CHARS: usize = 400;

/// The head of each table.
const TABLE_HEAD: &str = "| Change | Code | Wire | Before → after |\n| --- | --- | --- | --- |\n";

/// The room that the heading of a group takes, without its title and the head of its table.
const HEADING_CHARS: usize = 40;

/// The room that folding a table takes.
const FOLD_CHARS: usize = 80;

/// Most items of a group with changes only in documentation that are listed. Others are counted.
const MAX_PROSE: usize = 3;

/// A longer table is folded.
const MAX_OPEN_ROWS: usize = 12;

/// The report as Markdown, of at most 60,000 characters.
///
/// If the report is longer, it shows breaking changes first, and counts the changes that it hides.
#[must_use]
pub fn render_markdown(report: &Report) -> String {
    let mut text = heading(report);
    let mut tables: Vec<GroupTable<'_>> = report.groups().filter_map(GroupTable::new).collect();
    let prose = count_prose(&tables);
    let used = text.chars().count() + prose.chars().count() + NOTE_CHARS;
    choose_rows(&mut tables, MAX_CHARS.saturating_sub(used));
    for table in &tables {
        table.write(&mut text);
    }
    text.push_str(&prose);
    text.push_str(&note_hidden(&tables));
    text
}

/// A row of a table.
struct Row<'r> {
    located: &'r LocatedChange,
    text: String,
    is_shown: bool,
}

impl Row<'_> {
    /// Whether a reviewer must see it: it breaks code or programs, and nobody accepted it.
    fn is_urgent(&self) -> bool {
        self.located.change.is_unaccepted_break()
    }
}

/// The table of a group.
struct GroupTable<'r> {
    title: String,
    rows: Vec<Row<'r>>,
    /// Number of items whose documentation alone differs, if they are only counted.
    prose: usize,
}

impl<'r> GroupTable<'r> {
    fn new(group: &'r [LocatedChange]) -> Option<Self> {
        let title = code_span(&group.first()?.change.group.title());
        let prose = group.iter().filter(|located| located.is_prose()).count();
        let is_counted = prose > MAX_PROSE;
        let listed = group
            .iter()
            .filter(|located| !(is_counted && located.is_prose()));
        let rows = listed.map(|located| Row {
            text: row(located),
            located,
            is_shown: false,
        });
        Some(Self {
            title,
            rows: rows.collect(),
            prose: if is_counted { prose } else { 0 },
        })
    }

    /// The room that the table takes without its rows.
    fn heading_chars(&self) -> usize {
        let fold = match self.rows.len() > MAX_OPEN_ROWS {
            true => FOLD_CHARS,
            false => 0,
        };
        let table = TABLE_HEAD.chars().count();
        HEADING_CHARS + fold + table + self.title.chars().count()
    }

    fn write(&self, text: &mut String) {
        let shown = self.rows.iter().filter(|row| row.is_shown);
        let shown: Vec<&str> = shown.map(|row| row.text.as_str()).collect();
        if shown.is_empty() {
            return;
        }
        let all = count_noun(self.rows.len(), "change");
        let count = match self.rows.len() == shown.len() {
            true => all,
            false => format!("{} of {all}", shown.len()),
        };
        let is_folded = shown.len() > MAX_OPEN_ROWS;
        let _ = write!(text, "\n### {}\n\n", self.title);
        if is_folded {
            let _ = write!(text, "<details><summary>{count}</summary>\n\n");
        } else if shown.len() < self.rows.len() {
            let _ = write!(text, "{count}:\n\n");
        }
        text.push_str(TABLE_HEAD);
        text.extend(shown);
        if is_folded {
            text.push_str("\n</details>\n");
        }
    }
}

/// Marks the rows that have room, the urgent ones of all groups first.
fn choose_rows(tables: &mut [GroupTable<'_>], mut room: usize) {
    for is_urgent in [true, false] {
        for table in &mut *tables {
            let mut heading = match table.rows.iter().any(|row| row.is_shown) {
                true => 0,
                false => table.heading_chars(),
            };
            let rows = table.rows.iter_mut();
            for row in rows.filter(|row| row.is_urgent() == is_urgent) {
                let chars = heading + row.text.chars().count();
                if let Some(rest) = room.checked_sub(chars) {
                    (row.is_shown, room, heading) = (true, rest, 0);
                }
            }
        }
    }
}

/// Says how many items have other documentation, with the groups if the list is short enough.
fn count_prose(tables: &[GroupTable<'_>]) -> String {
    let total: usize = tables.iter().map(|table| table.prose).sum();
    if total == 0 {
        return String::new();
    }
    let groups = tables.iter().filter(|table| table.prose > 0);
    let groups: Vec<String> = groups
        .map(|table| format!("{} {}", table.title, table.prose))
        .collect();
    let groups = groups.join(", ");
    let items = match total {
        1 => "1 item has".to_owned(),
        total => format!("{total} items have"),
    };
    let head = format!("\n### Documentation\n\n{items} other documentation");
    match groups.chars().count() <= MAX_PROSE_CHARS {
        true => format!("{head}: {groups}.\n"),
        false => format!("{head}.\n"),
    }
}

/// Says how many changes have no room.
fn note_hidden(tables: &[GroupTable<'_>]) -> String {
    let rows = tables.iter().flat_map(|table| &table.rows);
    let hidden: Vec<&Row<'_>> = rows.filter(|row| !row.is_shown).collect();
    let urgent = hidden.iter().filter(|row| row.is_urgent()).count();
    let breaking = match urgent {
        0 => "none of them breaking".to_owned(),
        1 => "1 of them breaking".to_owned(),
        count => format!("{count} of them breaking"),
    };
    match hidden.len() {
        0 => String::new(),
        count => format!(
            "\n{} not shown, {breaking}: the report would be too long for a comment. \
             `sdkwright diff --format html` shows all.\n",
            match count {
                1 => "1 more change is".to_owned(),
                count => format!("{count} more changes are"),
            }
        ),
    }
}

fn heading(report: &Report) -> String {
    let verdict = &report.verdict;
    if verdict.bump == Bump::None {
        return "## SDK changes: none\n\nNo change that users of the crate or the wire would notice.\n".to_owned();
    }
    let mut text = format!("## SDK changes: {}\n\n", verdict.bump);
    if let Some(required) = &verdict.required_version {
        let _ = write!(
            text,
            "{} must become **{required}** or later; the configuration declares {}.\n\n",
            code_span(&verdict.old_version),
            code_span(&verdict.declared_version)
        );
    }
    let _ = writeln!(text, "{}.", report.describe_counts());
    text.push_str(&deciding(report));
    text
}

/// The changes that decide a major or minor bump.
fn deciding(report: &Report) -> String {
    const SHOWN: usize = 5;
    let verdict = &report.verdict;
    if verdict.bump < Bump::Minor {
        return String::new();
    }
    let changes = verdict
        .deciding
        .iter()
        .filter_map(|index| report.changes.get(*index));
    let mut text = format!("\nIt is {} because of:\n\n", verdict.bump);
    for located in changes.take(SHOWN) {
        let change = &located.change;
        let _ = writeln!(
            text,
            "- {}: {}",
            code_span(change.code.as_str()),
            escape_prose(&change.summary)
        );
    }
    let more = verdict.deciding.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(text, "- and {more} more");
    }
    text
}

fn row(located: &LocatedChange) -> String {
    let change = &located.change;
    let compile = match (change.compile, &change.accepted) {
        (Compile::Breaking, None) => "**breaking**",
        (Compile::Breaking, Some(_)) => "breaking, accepted",
        (compile, _) => compile.as_str(),
    };
    let wire = change.wire.describe().unwrap_or("works");
    let signature = |snapshot: &Option<crate::diff::change::Snapshot>| {
        snapshot
            .as_ref()
            .map(|snapshot| cell_code(&snapshot.signature))
    };
    let signatures = match (signature(&change.before), signature(&change.after)) {
        (Some(before), Some(after)) if before == after => after,
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(before), None) => format!("{before} → gone"),
        (None, Some(after)) => format!("new: {after}"),
        (None, None) => String::new(),
    };
    let mut summary = cell(&escape_prose(&change.summary));
    if let Some(reason) = &change.accepted {
        summary.push_str(&format!(
            " (accepted: {})",
            cell(&escape(&single_line(&shorten(reason, MAX_REASON_CHARS))))
        ));
    }
    format!("| {summary} | {compile} | {wire} | {signatures} |\n")
}

/// Text in a cell of a table. A bar would end the cell, even in a code span.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn cell_code(text: &str) -> String {
    cell(&code_span(&shorten(text, MAX_SIGNATURE_CHARS)))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn bars_do_not_end_a_cell() {
        assert_eq!(cell("`a|b`"), "`a\\|b`");
    }
}
