//! The setters of the client's builder.

use super::auth;
use super::client_change::{at, client_change};
use super::docs::prose_change;
use super::quotation::quote_text;
use crate::diff::change::{Change, Confidence, Group};
use crate::diff::codes::Code;
use crate::diff::effects::{Wire, WireEffect};
use crate::diff::surface::{ClientSurface, OptionSurface};
use crate::ir::OptionRole;

/// Finds the option of the new client that corresponds to an old one, by its setter or its role.
fn find_option<'o>(
    option: &OptionSurface,
    others: &'o [OptionSurface],
) -> Option<&'o OptionSurface> {
    let by_name = others.iter().find(|other| other.name == option.name);
    by_name.or_else(|| others.iter().find(|other| other.role == option.role))
}

/// Compares the setters of two builders.
pub(super) fn compare_options(
    base: &ClientSurface,
    head: &ClientSurface,
    changes: &mut Vec<Change>,
) {
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
                let change = client_change(
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
            let change = client_change(code, item, summary, None, Some(&option_text(new)));
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
    let mut push =
        |code, what: &str, wire| changes.push(option_change(code, old, new, what).wire(wire));
    if old.name != new.name {
        push(
            Code::ClientOptionRenamed,
            &format!("was `{}`", old.name),
            Wire::WORKS,
        );
    }
    let mut choices = old.choices.iter();
    if old.argument != new.argument || choices.any(|choice| !new.choices.contains(choice)) {
        push(
            Code::ClientOptionTypeChanged,
            "takes another type",
            Wire::WORKS,
        );
    }
    match (old.is_required, new.is_required) {
        (false, true) => {
            push(
                Code::ClientOptionBecameRequired,
                "became required",
                Wire::OLD_BREAKS,
            );
        }
        (true, false) => {
            push(
                Code::ClientOptionBecameOptional,
                "became optional",
                Wire::NEW_BREAKS,
            );
        }
        _ => {}
    }
    if place(&old.role) != place(&new.role) {
        push(
            Code::ClientOptionMoved,
            "is sent in another location",
            Wire::BREAKS,
        );
    }
    let shown = |text: &Option<String>| match text {
        Some(text) => quote_text(text),
        None => "nothing".to_owned(),
    };
    if old.default != new.default {
        let what = format!(
            "defaults to {}, not {}",
            shown(&new.default),
            shown(&old.default)
        );
        push(Code::ClientOptionDefaultChanged, &what, Wire::WORKS);
    }
    if old.env != new.env {
        let what = format!(
            "falls back to {}, not to {}",
            shown(&new.env),
            shown(&old.env)
        );
        push(Code::EnvironmentVariableChanged, &what, Wire::WORKS);
    }
    if old.description != new.description {
        let texts = (old.description.as_deref(), new.description.as_deref());
        let item = format!("ClientBuilder::{}", new.name);
        changes.push(prose_change(Group::Client, item, texts, (&None, &None)));
    }
}

fn option_change(code: Code, old: &OptionSurface, new: &OptionSurface, what: &str) -> Change {
    let item = format!("ClientBuilder::{}", new.name);
    let (before, after) = (option_text(old), option_text(new));
    let summary = format!("`{item}` {what}");
    let mut change = client_change(code, item, summary, Some(&before), Some(&after));
    if let OptionRole::Credential { scheme, .. } = &new.role {
        change = at(change, &auth::scheme(scheme));
    }
    if code == Code::ClientOptionRenamed {
        let from = format!("ClientBuilder::{}", old.name);
        return change.renamed_from(from, Confidence::Certain);
    }
    change
}

/// Describes the location of an option's value. Security schemes have changes of their own.
fn place(role: &OptionRole) -> Option<String> {
    match role {
        OptionRole::Credential { .. } | OptionRole::WebhookSecret | OptionRole::Server(_) => None,
        role => Some(format!("{role:?}")),
    }
}
