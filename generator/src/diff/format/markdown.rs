//! The report as a comment of a pull request: the verdict first, then a table for each group.

use std::fmt::Write as _;

use crate::diff::effects::{Bump, Compile};
use crate::diff::report::{LocatedChange, Report};
use crate::source::markdown::{escape, escape_prose};
use crate::source::text::{code_span, single_line};

/// Longest comment. GitHub accepts 65,536 characters.
const MAX_CHARS: usize = 60_000;

/// Number of characters that are reserved for the note about omitted changes.
const NOTE_CHARS: usize = 400;

/// Most items of a group with changes only in documentation that are listed. Others are counted.
const MAX_PROSE: usize = 3;

/// A longer table is folded.
const MAX_OPEN_ROWS: usize = 12;

/// The report as Markdown, of at most 60,000 characters. What was left out is counted.
#[must_use]
pub fn render_markdown(report: &Report) -> String {
    let mut comment = Comment {
        text: heading(report),
        left_out: 0,
        prose: Vec::new(),
    };
    for group in report.groups() {
        comment.add_group(group);
    }
    comment.add_prose();
    if comment.left_out > 0 {
        let _ = write!(
            comment.text,
            "\n{} more changes are not shown: the report would be too long for a comment.\n",
            comment.left_out
        );
    }
    comment.text
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
    let _ = writeln!(
        text,
        "{} changes: {} break code, {} break programs on the wire, {} accepted.",
        report.changes.len(),
        verdict.compile_breaking,
        verdict.wire_breaking,
        verdict.accepted
    );
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

struct Comment {
    text: String,
    left_out: usize,
    /// The groups with many items whose documentation alone differs, and how many these are.
    prose: Vec<(String, usize)>,
}

impl Comment {
    /// Adds how many items have other documentation, of as many groups as there is room for.
    fn add_prose(&mut self) {
        let total: usize = self.prose.iter().map(|(_, count)| count).sum();
        if total == 0 {
            return;
        }
        let groups = self
            .prose
            .iter()
            .map(|(title, count)| format!("{title} {count}"));
        let groups = groups.collect::<Vec<_>>().join(", ");
        let line =
            format!("\n### Documentation\n\n{total} items have other documentation: {groups}.\n");
        let room = MAX_CHARS.saturating_sub(NOTE_CHARS / 2 + self.text.chars().count());
        if line.chars().count() <= room {
            self.text.push_str(&line);
        } else {
            self.left_out += total;
        }
    }

    fn add_group(&mut self, group: &[LocatedChange]) {
        let Some(first) = group.first() else { return };
        let title = code_span(&first.change.group.title());
        let prose = group.iter().filter(|located| located.is_prose()).count();
        let is_counted = prose > MAX_PROSE;
        let group = group
            .iter()
            .filter(|located| !(is_counted && located.is_prose()));
        let group: Vec<&LocatedChange> = group.collect();
        let is_folded = group.len() > MAX_OPEN_ROWS;
        let count = group.len();
        let mut table = format!("\n### {title}\n\n");
        if is_folded {
            let _ = write!(table, "<details><summary>{count} changes</summary>\n\n");
        }
        table.push_str("| Change | Code | Wire | Before → after |\n| --- | --- | --- | --- |\n");
        let end = if is_folded { "\n</details>\n" } else { "" };
        let room = MAX_CHARS.saturating_sub(NOTE_CHARS + end.len() + self.text.chars().count());
        let mut used = table.chars().count();
        let mut shown = 0;
        for located in group {
            let row = row(located);
            let chars = row.chars().count();
            if used + chars > room {
                break;
            }
            used += chars;
            table.push_str(&row);
            shown += 1;
        }
        self.left_out += count - shown;
        if shown > 0 {
            self.text.push_str(&table);
            self.text.push_str(end);
        }
        if is_counted {
            self.prose.push((title, prose));
        }
    }
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
            cell(&escape(&single_line(reason)))
        ));
    }
    format!("| {summary} | {compile} | {wire} | {signatures} |\n")
}

/// Text in a cell of a table, where a bar would end the cell, in code spans too.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn cell_code(text: &str) -> String {
    cell(&code_span(text))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn bars_do_not_end_a_cell() {
        assert_eq!(cell("`a|b`"), "`a\\|b`");
    }
}
