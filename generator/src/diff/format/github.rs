//! The report as annotations: [workflow commands] that GitHub shows on the lines of the document.
//!
//! [workflow commands]: https://docs.github.com/actions/reference/workflow-commands-for-github-actions

use crate::diff::effects::{Bump, Compile};
use crate::diff::report::{LocatedChange, Report};
use crate::source::text::single_line;

/// The report as a workflow command for each change, and one for the verdict.
#[must_use]
pub fn render_github(report: &Report) -> String {
    let mut text: String = report.changes.iter().map(annotation).collect();
    let verdict = &report.verdict;
    let required = verdict.required_version.as_ref();
    let required = required.filter(|_| verdict.bump > Bump::None);
    let version = required.map_or(String::new(), |version| {
        format!(", version {version} or later")
    });
    let message = format!("{}{version}", report.describe_counts());
    let title = format!("SDK changes: {}", verdict.bump);
    text.push_str(&format!(
        "::notice title={}::{}\n",
        property(&title),
        data(&message)
    ));
    text
}

fn annotation(located: &LocatedChange) -> String {
    let change = &located.change;
    let level = match change.compile {
        _ if change.accepted.is_some() => "notice",
        Compile::Breaking => "error",
        _ if change.wire.breaks() => "warning",
        _ => "notice",
    };
    let mut properties = vec![format!("title={}", property(change.code.as_str()))];
    if let Some(excerpt) = located.after.as_ref().or(located.nearest.as_ref()) {
        properties.push(format!("file={}", property(&excerpt.file)));
        properties.push(format!("line={}", excerpt.line));
    }
    let mut message = single_line(&change.summary);
    if let Some(effect) = change.wire.describe() {
        message.push_str(&format!("; {effect}"));
    }
    format!("::{level} {}::{}\n", properties.join(","), data(&message))
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn commands_do_not_end_in_text_of_documents() {
        assert_eq!(data("a\n::error::b%0A\r"), "a%0A::error::b%250A%0D");
        assert_eq!(property("a,file=b:c"), "a%2Cfile=b%3Ac");
    }
}
