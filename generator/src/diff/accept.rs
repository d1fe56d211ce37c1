//! Acceptance: breaking changes that the configuration accepts, with a reason.

use super::change::Change;
use super::codes::Code;
use super::effects::Compile;
use crate::config::AcceptedChange;
use crate::diagnostics::{self, Diagnostic};
use crate::source::text::find_similar_word;

/// Whether a line is for a change: for its item, or for an item above it.
fn is_for(line: &AcceptedChange, change: &Change) -> bool {
    let is_below = |item: &String| {
        let rest = change.item.strip_prefix(item.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
    };
    line.code == change.code.as_str() && (line.items.is_empty() || line.items.iter().any(is_below))
}

/// Marks the breaking changes that are accepted. A line that matches none of them is a finding.
pub(super) fn accept_changes(
    changes: &mut [Change],
    accepted: &[AcceptedChange],
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for line in accepted {
        if Code::parse(&line.code).is_none() {
            findings.push(unknown_code(line));
            continue;
        }
        let mut is_needed = false;
        for change in changes.iter_mut() {
            let breaks = change.compile == Compile::Breaking || change.wire.breaks();
            if breaks && is_for(line, change) {
                is_needed = true;
                change.accepted = Some(line.reason.clone());
            }
        }
        if !is_needed {
            let message = format!("no breaking change `{}` matches this line", line.code);
            let finding = Diagnostic::new(
                diagnostics::Code::UnusedAcceptance,
                line.pointer.clone(),
                message,
            );
            findings.push(finding.help("remove the line").in_config());
        }
    }
    findings
}

fn unknown_code(line: &AcceptedChange) -> Diagnostic {
    let message = format!("no change has the code `{}`", line.code);
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let help = match find_similar_word(&line.code, &names) {
        Some(name) => format!("write `{name}`"),
        None => "use the code that the report prints".to_owned(),
    };
    let finding = Diagnostic::new(
        diagnostics::Code::UnknownChange,
        line.pointer.clone(),
        message,
    );
    finding.help(help).in_config()
}

#[cfg(test)]
mod tests {
    use super::{AcceptedChange, accept_changes};
    use crate::diff::change::{Change, Group};
    use crate::diff::codes::Code;
    use crate::source::Pointer;

    #[test]
    fn a_line_covers_an_item_and_all_below_it() {
        let change = |item: &str| {
            Change::new(
                Code::FieldRemoved,
                Group::Types,
                item.to_owned(),
                String::new(),
            )
        };
        let line = |item: &str| AcceptedChange {
            code: "field-removed".to_owned(),
            items: vec![item.to_owned()],
            reason: "withdrawn".to_owned(),
            pointer: Pointer::root(),
        };
        let mut changes = [change("types::Chat::name"), change("types::ChatName::x")];
        let findings = accept_changes(&mut changes, &[line("types::Chat"), line("types::None")]);
        let accepted: Vec<bool> = changes.iter().map(|c| c.accepted.is_some()).collect();
        assert_eq!(accepted, [true, false]);
        assert_eq!(findings.len(), 1);
    }
}
