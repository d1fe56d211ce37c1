//! The package: its manifest, its features and its description.

use super::client_change::client_change;
use super::context::Context;
use crate::diff::change::Change;
use crate::diff::codes::Code;

/// Compares the packages.
pub(super) fn compare_package(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.package, &context.head.package);
    let mut compare = |code, item: &str, what: &str, old: &str, new: &str| {
        if old != new {
            let summary = format!("{what} is `{new}`, not `{old}`");
            changes.push(client_change(code, item, summary, Some(old), Some(new)));
        }
    };
    compare(
        Code::PackageRenamed,
        "package.name",
        "the crate",
        &base.name,
        &head.name,
    );
    let (old, new) = (&base.date_times, &head.date_times);
    compare(
        Code::DateTimeLibraryChanged,
        "types::DateTime",
        "the library of dates",
        old,
        new,
    );
    let (old, new) = (&base.api_version, &head.api_version);
    compare(
        Code::ApiVersionChanged,
        "info.version",
        "the version of the description",
        old,
        new,
    );
    let (old, new) = (base.rust_version.as_deref(), head.rust_version.as_deref());
    let (old, new) = (
        old.unwrap_or("the usual one"),
        new.unwrap_or("the usual one"),
    );
    compare(
        Code::RustVersionRaised,
        "package.rust-version",
        "the oldest compiler",
        old,
        new,
    );
    for ((key, old), (_, new)) in base.metadata.iter().zip(&head.metadata) {
        let item = format!("package.{key}");
        compare(
            Code::PackageMetadataChanged,
            &item,
            &format!("the {key}"),
            old,
            new,
        );
    }
    if base.title != head.title || base.description != head.description {
        let summary = "the title or the description of the API differs".to_owned();
        let (old, new) = (Some(base.title.as_str()), Some(head.title.as_str()));
        changes.push(client_change(Code::DocsChanged, "crate", summary, old, new));
    }
    compare_features(context, changes);
}

fn compare_features(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.features, &context.head.features);
    for name in base.iter().filter(|name| !head.contains(name)) {
        let summary = format!("the crate has no feature `{name}` any more");
        let item = format!("feature {name}");
        changes.push(client_change(
            Code::FeatureRemoved,
            item,
            summary,
            Some(name),
            None,
        ));
    }
    for name in head.iter().filter(|name| !base.contains(name)) {
        let summary = format!("the crate has a new feature `{name}`");
        let item = format!("feature {name}");
        changes.push(client_change(
            Code::FeatureAdded,
            item,
            summary,
            None,
            Some(name),
        ));
    }
}
