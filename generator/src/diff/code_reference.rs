//! The table of changes as a page of the guide.

use super::codes::Code;
use super::effects::Compile;

/// Returns the table as Markdown, for the guide.
#[must_use]
pub fn render_reference() -> String {
    let mut text = String::from(REFERENCE_HEAD);
    for code in Code::ALL {
        let row = code.row();
        let compile = match (row.compile, row.changes_behaviour) {
            (Compile::Unchanged, true) => "unchanged, but behaves differently",
            (Compile::Additive, true) => "additive, but behaves differently",
            (compile, _) => compile.as_str(),
        };
        let cells = [row.meaning, compile, row.compile_rule, row.wire_rule];
        text.push_str(&format!("| `{}` | {} |\n", row.name, cells.join(" | ")));
    }
    text
}

const REFERENCE_HEAD: &str = "\
# Changes

`sdkwright diff` reports each change by a code. [Reviewing and releasing](reviewing-and-releasing.md)
shows how to use the report.

*Code* is the effect on code that uses the old crate: the code breaks, the interface grows, or nothing
changes. *Wire* is the effect on programs that use the crate of one state with the API of the other.

| Code | Change | Code that uses the crate | When code breaks | On the wire |
| --- | --- | --- | --- | --- |
";
