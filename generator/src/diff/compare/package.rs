//! The package: its manifest, its features and its description.

use super::client_change::{at, client_change};
use super::context::Context;
use super::docs::excerpt_difference;
use super::quotation::quote_text;
use crate::diff::change::Change;
use crate::diff::codes::Code;
use crate::diff::surface::PackageSurface;

/// Compares the packages.
pub(super) fn compare_package(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.package, &context.head.package);
    let mut compare = |code, item: &str, what: &str, old: &str, new: &str| {
        if old != new {
            let summary = format!("{what} is {}, not {}", quote_text(new), quote_text(old));
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
        let text = |package: &PackageSurface| {
            let description = package.description.as_deref().unwrap_or_default();
            format!("{}\n{description}", package.title)
        };
        let (old, new) = excerpt_difference(&text(base), &text(head));
        let summary = "the title or the description of the API differs".to_owned();
        let (old, new) = (Some(old.as_str()), Some(new.as_str()));
        let change = client_change(Code::DocsChanged, "crate", summary, old, new);
        changes.push(at(change, &["info"]));
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
