//! The report for people at a terminal, grouped by resource.

use crate::diff::change::Snapshot;
use crate::diff::effects::{Bump, Compile};
use crate::diff::excerpt::Excerpt;
use crate::diff::report::{LocatedChange, Report};
use crate::source::text::{escape_unprintable, shorten};

/// Most lines of a document that are shown for a change.
const MAX_DOCUMENT_LINES: usize = 3;

/// Most items of a group with changes only in documentation that are listed. Others are counted.
const MAX_PROSE: usize = 3;

/// Most characters of a signature. A value of an enum may be a text of megabytes.
const MAX_SIGNATURE_CHARS: usize = 400;

/// Most related items that are named.
const MAX_RELATED: usize = 6;

/// The report as lines of text, in colours if `in_color`.
#[must_use]
pub fn render_terminal(report: &Report, in_color: bool) -> String {
    let paint = Paint { in_color };
    let mut text = verdict(report, paint);
    for group in report.groups() {
        let title = group
            .first()
            .map_or(String::new(), |located| located.change.group.title());
        text.push_str(&format!("\n{}\n", paint.bold(&escape_unprintable(&title))));
        let prose = group.iter().filter(|located| located.is_prose()).count();
        let is_folded = prose > MAX_PROSE;
        for located in group
            .iter()
            .filter(|located| !(is_folded && located.is_prose()))
        {
            text.push_str(&change(located, paint));
        }
        if is_folded {
            text.push_str(&format!(
                "  {}\n",
                paint.dim(&format!("{prose} items with other documentation"))
            ));
        }
    }
    text
}

/// Colours by the codes of ECMA-48.
#[derive(Clone, Copy)]
struct Paint {
    in_color: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.in_color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }
}

fn verdict(report: &Report, paint: Paint) -> String {
    let verdict = &report.verdict;
    if verdict.bump == Bump::None {
        return "no change that users of the crate or the wire would notice\n".to_owned();
    }
    let bump = match verdict.bump {
        Bump::Major => paint.red("major"),
        Bump::Minor => paint.green("minor"),
        _ => paint.dim("patch"),
    };
    let mut text = format!("{} {bump}", paint.bold("verdict:"));
    if let Some(required) = &verdict.required_version {
        text.push_str(&format!(
            ": {} must become {required} or later",
            escape_unprintable(&verdict.old_version)
        ));
        if verdict.is_version_sufficient() {
            let declared = escape_unprintable(&verdict.declared_version).into_owned();
            text.push_str(&format!(", and is declared as {declared}"));
        }
    }
    text.push('\n');
    text.push_str(&report.describe_counts());
    text.push('\n');
    text
}

fn change(located: &LocatedChange, paint: Paint) -> String {
    let change = &located.change;
    let label = match change.compile {
        Compile::Breaking => paint.red("breaking"),
        Compile::Additive => paint.green("additive"),
        Compile::Unchanged => paint.dim("unchanged"),
    };
    let summary = escape_unprintable(&change.summary);
    let mut text = format!("  {label} {}: {summary}\n", change.code);
    let mut line = |content: String| text.push_str(&format!("      {content}\n"));
    let (before, after) = (&change.before, &change.after);
    if before.as_ref().map(|s| &s.signature) == after.as_ref().map(|s| &s.signature) {
        after.iter().for_each(|after| line(signature(' ', after)));
    } else {
        before
            .iter()
            .for_each(|before| line(paint.red(&signature('-', before))));
        after
            .iter()
            .for_each(|after| line(paint.green(&signature('+', after))));
    }
    if let Some(effect) = change.wire.describe() {
        line(paint.yellow(&format!("wire: {effect}")));
    }
    if let Some(renamed) = &change.renamed {
        line(paint.dim(&format!("the same item: {}", renamed.confidence.as_str())));
    }
    if !change.related.is_empty() {
        line(paint.dim(&format!("with it: {}", related(&change.related))));
    }
    if let Some(reason) = &change.accepted {
        line(paint.dim(&format!("accepted: {}", escape_unprintable(reason))));
    }
    for (mark, excerpt) in [('-', &located.before), ('+', &located.after)] {
        excerpt
            .iter()
            .for_each(|excerpt| document(mark, excerpt, paint, &mut line));
    }
    text
}

fn signature(mark: char, snapshot: &Snapshot) -> String {
    let signature = shorten(&snapshot.signature, MAX_SIGNATURE_CHARS);
    format!("{mark} {}", escape_unprintable(&signature))
}

fn related(items: &[String]) -> String {
    let shown: Vec<_> = items
        .iter()
        .take(MAX_RELATED)
        .map(|item| escape_unprintable(item))
        .collect();
    let more = items.len().saturating_sub(MAX_RELATED);
    let more = if more > 0 {
        format!(", and {more} more")
    } else {
        String::new()
    };
    format!("{}{more}", shown.join(", "))
}

fn document(mark: char, excerpt: &Excerpt, paint: Paint, line: &mut impl FnMut(String)) {
    let file = escape_unprintable(&excerpt.file);
    line(paint.dim(&format!(
        "{mark} {file}:{}:{}",
        excerpt.line, excerpt.column
    )));
    for text in excerpt.lines.iter().take(MAX_DOCUMENT_LINES) {
        line(paint.dim(&format!("  | {}", escape_unprintable(text))));
    }
}
