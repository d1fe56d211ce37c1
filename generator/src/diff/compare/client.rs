//! The package and its client.

use super::context::Context;
use crate::diff::change::{Change, Confidence, Group, Snapshot};
use crate::diff::codes::Code;
use crate::diff::surface::{ClientSurface, EnvironmentSurface, OptionSurface};
use crate::diff::verdict::{Wire, WireEffect};
use crate::ir::OptionRole;

/// A change of the client that no pointer leads to.
fn change(
    code: Code,
    item: impl Into<String>,
    summary: String,
    before: Option<&str>,
    after: Option<&str>,
) -> Change {
    let snapshot = |text: Option<&str>| text.map(|text| Snapshot::new(text, None));
    Change::new(code, Group::Client, item.into(), summary)
        .between(snapshot(before), snapshot(after))
}

/// Compares the packages.
pub(super) fn compare_package(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.package, &context.head.package);
    let mut compare = |code, item: &str, what: &str, old: &str, new: &str| {
        if old != new {
            let summary = format!("{what} is `{new}`, not `{old}`");
            changes.push(change(code, item, summary, Some(old), Some(new)));
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
        changes.push(change(Code::DocsChanged, "crate", summary, old, new));
    }
    compare_features(context, changes);
}

fn compare_features(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.features, &context.head.features);
    for name in base.iter().filter(|name| !head.contains(name)) {
        let summary = format!("the crate has no feature `{name}` any more");
        let item = format!("feature {name}");
        changes.push(change(
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
        changes.push(change(Code::FeatureAdded, item, summary, None, Some(name)));
    }
}

/// Compares the clients.
pub(super) fn compare_client(context: &Context<'_>, changes: &mut Vec<Change>) {
    let (base, head) = (&context.base.client, &context.head.client);
    compare_options(base, head, changes);
    compare_environments(base, head, changes);
    compare_auth(base, head, changes);
    if base.headers != head.headers {
        let text = |client: &ClientSurface| {
            let headers = client
                .headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}"));
            headers.collect::<Vec<_>>().join("\n")
        };
        let summary = "every call sends other headers".to_owned();
        let (old, new) = (text(base), text(head));
        let code = Code::ClientHeadersChanged;
        changes.push(change(code, "Client", summary, Some(&old), Some(&new)));
    }
    for ((key, old), (_, new)) in base.behaviour.iter().zip(&head.behaviour) {
        if old != new {
            let summary = format!("{key} is {new}, not {old}");
            let code = Code::ClientBehaviourChanged;
            changes.push(change(code, "Client", summary, Some(old), Some(new)));
        }
    }
    compare_error_bodies(context, changes);
    compare_webhooks(context, changes);
}

/// The option of the new client that an option of the old one is: by its setter, or by what it does.
fn find_option<'o>(
    option: &OptionSurface,
    others: &'o [OptionSurface],
) -> Option<&'o OptionSurface> {
    let by_name = others.iter().find(|other| other.name == option.name);
    by_name.or_else(|| others.iter().find(|other| other.role == option.role))
}

fn compare_options(base: &ClientSurface, head: &ClientSurface, changes: &mut Vec<Change>) {
    for old in &base.options {
        let found = find_option(old, &head.options);
        let found =
            found.filter(|new| find_option(new, &base.options).is_some_and(|o| o.name == old.name));
        match found {
            Some(new) => compare_option(old, new, changes),
            None => {
                let item = format!("ClientBuilder::{}", old.name);
                let summary = format!("`{item}` is gone");
                let effect = WireEffect::breaks_if(old.is_required);
                let change = change(
                    Code::ClientOptionRemoved,
                    item,
                    summary,
                    Some(&option_text(old)),
                    None,
                );
                changes.push(change.wire(Wire::new(WireEffect::Works, effect)));
            }
        }
    }
    for new in &head.options {
        let old = find_option(new, &base.options);
        let old =
            old.filter(|old| find_option(old, &head.options).is_some_and(|n| n.name == new.name));
        if old.is_none() {
            let item = format!("ClientBuilder::{}", new.name);
            let summary = format!("`{item}` is new");
            let code = if new.is_required {
                Code::RequiredClientOptionAdded
            } else {
                Code::ClientOptionAdded
            };
            let effect = WireEffect::breaks_if(new.is_required);
            let change = change(code, item, summary, None, Some(&option_text(new)));
            changes.push(change.wire(Wire::new(effect, WireEffect::Works)));
        }
    }
}

fn option_text(option: &OptionSurface) -> String {
    format!(
        "fn {}(self, value: {}) -> Self",
        option.name, option.argument
    )
}

fn compare_option(old: &OptionSurface, new: &OptionSurface, changes: &mut Vec<Change>) {
    let item = format!("ClientBuilder::{}", new.name);
    let (before, after) = (option_text(old), option_text(new));
    let mut push = |code, what: String, wire| {
        let change = change(
            code,
            item.clone(),
            format!("`{item}` {what}"),
            Some(&before),
            Some(&after),
        );
        let change = change.wire(wire);
        changes.push(if code == Code::ClientOptionRenamed {
            change.renamed_from(format!("ClientBuilder::{}", old.name), Confidence::Certain)
        } else {
            change
        });
    };
    if old.name != new.name {
        push(
            Code::ClientOptionRenamed,
            format!("was `{}`", old.name),
            Wire::WORKS,
        );
    }
    if old.argument != new.argument
        || old
            .choices
            .iter()
            .any(|choice| !new.choices.contains(choice))
    {
        push(
            Code::ClientOptionTypeChanged,
            "takes another type".to_owned(),
            Wire::WORKS,
        );
    }
    match (old.is_required, new.is_required) {
        (false, true) => {
            push(
                Code::ClientOptionBecameRequired,
                "became required".to_owned(),
                Wire::OLD_BREAKS,
            );
        }
        (true, false) => {
            push(
                Code::ClientOptionBecameOptional,
                "became optional".to_owned(),
                Wire::NEW_BREAKS,
            );
        }
        _ => {}
    }
    if place(&old.role) != place(&new.role) {
        push(
            Code::ClientOptionMoved,
            "is sent in another place".to_owned(),
            Wire::BREAKS,
        );
    }
    let shown = |text: &Option<String>| {
        text.as_ref()
            .map_or("nothing".to_owned(), |text| format!("`{text}`"))
    };
    if old.default != new.default {
        let what = format!(
            "defaults to {}, not {}",
            shown(&new.default),
            shown(&old.default)
        );
        push(Code::ClientOptionDefaultChanged, what, Wire::WORKS);
    }
    if old.env != new.env {
        let what = format!(
            "falls back to {}, not to {}",
            shown(&new.env),
            shown(&old.env)
        );
        push(Code::EnvironmentVariableChanged, what, Wire::WORKS);
    }
    if old.description != new.description {
        push(
            Code::DocsChanged,
            "has other documentation".to_owned(),
            Wire::WORKS,
        );
    }
}

/// Where the value of an option goes. A scheme has changes of its own.
fn place(role: &OptionRole) -> Option<String> {
    match role {
        OptionRole::Credential { .. } | OptionRole::WebhookSecret | OptionRole::Server(_) => None,
        role => Some(format!("{role:?}")),
    }
}

fn compare_environments(base: &ClientSurface, head: &ClientSurface, changes: &mut Vec<Change>) {
    let is_usual = |client: &ClientSurface, server: &EnvironmentSurface| {
        client
            .environments
            .first()
            .is_some_and(|first| first == server)
    };
    for (index, old) in base.environments.iter().enumerate() {
        let mut others = head.environments.iter();
        let new = match others.find(|new| new.name == old.name) {
            // The only server has no name in code.
            None if index == 0 && base.environments.len() == 1 => head.environments.first(),
            found => found,
        };
        let item = format!("server {}", old.name);
        match new {
            None => {
                let summary = format!(
                    "the client does not know the server `{}` any more",
                    old.name
                );
                let code = Code::EnvironmentRemoved;
                changes
                    .push(change(code, item, summary, Some(&old.url), None).wire(Wire::OLD_BREAKS));
            }
            Some(new) if new.url != old.url => {
                let summary = format!(
                    "the server `{}` is `{}`, not `{}`",
                    old.name, new.url, old.url
                );
                let code = Code::ServerChanged;
                let change = change(code, item, summary, Some(&old.url), Some(&new.url));
                changes.push(change.wire(Wire::BREAKS));
            }
            Some(new) if is_usual(base, old) && !is_usual(head, new) => {
                let summary = format!("`{}` is not the usual server any more", old.name);
                let code = Code::ServerChanged;
                let first = head.environments.first().map(|server| server.url.as_str());
                changes.push(change(code, item, summary, Some(&old.url), first).wire(Wire::BREAKS));
            }
            Some(_) => {}
        }
    }
    let known = |server: &&EnvironmentSurface| {
        let is_only = base.environments.len() == 1 && head.environments.first() == Some(*server);
        is_only || base.environments.iter().any(|old| old.name == server.name)
    };
    for new in head.environments.iter().filter(|new| !known(new)) {
        let summary = format!("the client knows a new server `{}`", new.name);
        let item = format!("server {}", new.name);
        changes.push(change(
            Code::EnvironmentAdded,
            item,
            summary,
            None,
            Some(&new.url),
        ));
    }
    if let (Some(old), None) = (&base.environment_type, &head.environment_type) {
        let summary = format!("`{old}` is gone: there is only one server");
        changes.push(change(
            Code::EnvironmentRemoved,
            old.clone(),
            summary,
            Some(old),
            None,
        ));
    }
}

fn compare_auth(base: &ClientSurface, head: &ClientSurface, changes: &mut Vec<Change>) {
    for (name, old) in &base.schemes {
        let item = format!("scheme {name}");
        let before = format!("{old:?}");
        match head.schemes.iter().find(|(other, _)| other == name) {
            None => {
                let summary = format!("the scheme `{name}` is gone");
                let code = Code::AuthSchemeRemoved;
                changes
                    .push(change(code, item, summary, Some(&before), None).wire(Wire::OLD_BREAKS));
            }
            Some((_, new)) if new != old => {
                let summary = format!("the credential of `{name}` is sent in another way");
                let after = format!("{new:?}");
                let change = change(
                    Code::AuthChanged,
                    item,
                    summary,
                    Some(&before),
                    Some(&after),
                );
                changes.push(change.wire(Wire::BREAKS));
            }
            Some(_) => {}
        }
    }
    for (name, new) in &head.schemes {
        if !base.schemes.iter().any(|(other, _)| other == name) {
            let summary = format!("the scheme `{name}` is new");
            let after = format!("{new:?}");
            let item = format!("scheme {name}");
            changes.push(change(
                Code::AuthSchemeAdded,
                item,
                summary,
                None,
                Some(&after),
            ));
        }
    }
    if base.security != head.security {
        let text = |client: &ClientSurface| {
            let sets = client.security.iter().map(|set| set.join(" and "));
            sets.collect::<Vec<_>>().join(" or ")
        };
        let (old, new) = (text(base), text(head));
        let summary = "calls need other credentials".to_owned();
        let is_wider = base.security.iter().all(|set| head.security.contains(set));
        let wire = if is_wider {
            Wire::NEW_BREAKS
        } else {
            Wire::BREAKS
        };
        let wire = if head.security.is_empty() {
            Wire::NEW_BREAKS
        } else {
            wire
        };
        let change = change(Code::AuthChanged, "Client", summary, Some(&old), Some(&new));
        changes.push(change.wire(wire));
    }
}

fn compare_error_bodies(context: &Context<'_>, changes: &mut Vec<Change>) {
    let text = |surface: &crate::diff::surface::Surface| {
        let body = surface.client.error_body.as_ref();
        body.map(|body| format!("fn body(&self) -> Option<{}>", surface.type_text(body)))
    };
    let (old, new) = (text(context.base), text(context.head));
    let item = "ApiError::body";
    let (base, head) = (
        &context.base.client.error_body,
        &context.head.client.error_body,
    );
    let (code, summary) = match (base, head) {
        (None, Some(_)) => (Code::ErrorBodyAdded, format!("`{item}` is new")),
        (Some(_), None) => (Code::ErrorBodyRemoved, format!("`{item}` is gone")),
        (Some(base), Some(head)) if !context.is_same_type(base, head) => (
            Code::ErrorBodyChanged,
            format!("`{item}` returns another type"),
        ),
        _ => return,
    };
    changes.push(change(code, item, summary, old.as_deref(), new.as_deref()));
}

fn compare_webhooks(context: &Context<'_>, changes: &mut Vec<Change>) {
    let text = |surface: &crate::diff::surface::Surface| {
        let webhooks = surface.client.webhooks.as_ref()?;
        let event = surface.name(webhooks.event);
        Some(format!(
            "fn {}(&self, headers, body) -> Result<{event}, Error>",
            webhooks.method
        ))
    };
    let (old, new) = (text(context.base), text(context.head));
    let (base, head) = (&context.base.client.webhooks, &context.head.client.webhooks);
    let mut push = |code, item: &str, summary: String, wire| {
        let mut change = change(code, item, summary, old.as_deref(), new.as_deref()).wire(wire);
        if let (Some(before), Some(base)) = (&mut change.before, base) {
            before.pointer = Some(base.pointer.clone());
        }
        if let (Some(after), Some(head)) = (&mut change.after, head) {
            after.pointer = Some(head.pointer.clone());
        }
        changes.push(change);
    };
    match (base, head) {
        (None, Some(head)) => {
            let item = head.item_path();
            push(
                Code::WebhooksAdded,
                &item,
                format!("`{item}` is new"),
                Wire::WORKS,
            );
        }
        (Some(base), None) => {
            let item = base.item_path();
            push(
                Code::WebhooksRemoved,
                &item,
                format!("`{item}` is gone"),
                Wire::WORKS,
            );
        }
        (Some(base), Some(head)) => {
            let (old, new) = (base.item_path(), head.item_path());
            if old != new {
                let summary = format!("`{new}` was `{old}`");
                push(Code::WebhookMethodRenamed, &new, summary, Wire::WORKS);
            }
            if base.signature != head.signature {
                let summary = "deliveries are signed in another way".to_owned();
                push(Code::WebhookSignatureChanged, &new, summary, Wire::BREAKS);
            }
        }
        (None, None) => {}
    }
}
