//! The report for programs.
//!
//! The schema of the JSON is `templates/review/report.schema.json`. The version in its property `schema`
//! increases if a property is removed or changes its meaning. New properties do not change it.

use serde::Serialize;

use crate::diff::change::Snapshot;
use crate::diff::effects::Wire;
use crate::diff::excerpt::Excerpt;
use crate::diff::report::{LocatedChange, Report};

/// The version of the format.
const SCHEMA: u32 = 1;

/// The report as JSON.
#[must_use]
pub fn render_json(report: &Report) -> String {
    let text = serde_json::to_string_pretty(&JsonReport::new(report));
    let mut text = text.expect("a report is made of strings and numbers");
    text.push('\n');
    text
}

/// The report as it is serialized.
#[derive(Serialize)]
pub(super) struct JsonReport<'r> {
    schema: u32,
    base: &'r str,
    head: &'r str,
    verdict: JsonVerdict<'r>,
    pub(super) changes: Vec<JsonChange<'r>>,
}

#[derive(Serialize)]
struct JsonVerdict<'r> {
    bump: &'static str,
    old_version: &'r str,
    declared_version: &'r str,
    required_version: Option<String>,
    is_version_sufficient: bool,
    /// The ids of the changes that decide the bump.
    deciding: &'r [usize],
    compile_breaking: usize,
    wire_breaking: usize,
    accepted: usize,
}

#[derive(Serialize)]
pub(super) struct JsonChange<'r> {
    pub(super) id: usize,
    code: &'static str,
    item: &'r str,
    group: String,
    summary: &'r str,
    compile: &'static str,
    wire: Wire,
    bump: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<JsonSnapshot<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<JsonSnapshot<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed: Option<JsonRename<'r>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    related: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'r str>,
}

#[derive(Serialize)]
struct JsonSnapshot<'r> {
    signature: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    lines: &'r [String],
}

#[derive(Serialize)]
struct JsonRename<'r> {
    from: &'r str,
    confidence: &'static str,
}

impl<'r> JsonReport<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let verdict = &report.verdict;
        let changes = report.changes.iter().enumerate();
        Self {
            schema: SCHEMA,
            base: &report.crates.0,
            head: &report.crates.1,
            verdict: JsonVerdict {
                bump: verdict.bump.as_str(),
                old_version: &verdict.old_version,
                declared_version: &verdict.declared_version,
                required_version: verdict.required_version.as_ref().map(ToString::to_string),
                is_version_sufficient: verdict.is_version_sufficient(),
                deciding: &verdict.deciding,
                compile_breaking: verdict.compile_breaking,
                wire_breaking: verdict.wire_breaking,
                accepted: verdict.accepted,
            },
            changes: changes
                .map(|(id, located)| JsonChange::new(id, located))
                .collect(),
        }
    }
}

impl<'r> JsonChange<'r> {
    fn new(id: usize, located: &'r LocatedChange) -> Self {
        let change = &located.change;
        Self {
            id,
            code: change.code.as_str(),
            item: &change.item,
            group: change.group.title(),
            summary: &change.summary,
            compile: change.compile.as_str(),
            wire: change.wire,
            bump: change.bump.as_str(),
            before: JsonSnapshot::new(change.before.as_ref(), located.before.as_ref()),
            after: JsonSnapshot::new(change.after.as_ref(), located.after.as_ref()),
            renamed: change.renamed.as_ref().map(|renamed| JsonRename {
                from: &renamed.from,
                confidence: renamed.confidence.as_str(),
            }),
            related: &change.related,
            accepted: change.accepted.as_deref(),
        }
    }
}

impl<'r> JsonSnapshot<'r> {
    fn new(snapshot: Option<&'r Snapshot>, excerpt: Option<&'r Excerpt>) -> Option<Self> {
        Some(Self {
            signature: &snapshot?.signature,
            pointer: excerpt.map(|excerpt| excerpt.pointer.to_string()),
            file: excerpt.map(|excerpt| excerpt.file.as_str()),
            line: excerpt.map(|excerpt| excerpt.line),
            lines: excerpt.map_or(&[], |excerpt| &excerpt.lines),
        })
    }
}
