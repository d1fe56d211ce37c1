//! Ids as phrases: a verb, its object, and a preposition before the rest.

use std::collections::HashSet;

use super::facts::OperationFacts;
use super::vocabulary::{
    is_article, is_bulk, is_preposition, is_verb, letters, names_act, plural, reads, standard_verb,
    standard_verb_for,
};
use crate::ir::{Method, Words};

/// The words of an id without the phrase of its resource.
///
/// The whole phrase is removed at any position: `create_session_token` of `sessions` is
/// `create_token`. Otherwise the last words of the phrase are removed from the end of the id
/// (`get_template` of `email_templates`), or its first words after the verb
/// (`update_instance_restrictions` of `instance_settings`). Other single words stay:
/// `add_roles_to_role_set` keeps `roles`.
pub(super) fn without_resource(id: &Words, resource: &Words) -> Words {
    match find_resource(id, resource) {
        Some((start, length)) => without_range(id, start, length),
        None => id.clone(),
    }
}

/// The words of an id without the phrase of its resource and the owner of the resource.
///
/// `destroy_customer_wallet` of `wallets` is `destroy`, because `destroy_customer` would name
/// another act. `owners` has the letters of each noun that owns other resources.
pub(super) fn without_owned_resource(
    id: &Words,
    resource: &Words,
    owners: &HashSet<String>,
) -> Words {
    let Some((start, length)) = find_resource(id, resource) else {
        return id.clone();
    };
    let is_owner = |first: &usize| {
        let before: Words = id.iter().take(start).skip(*first).collect();
        owners.contains(&letters(&before))
    };
    // The first word is the verb.
    let first = (1..start).find(is_owner).unwrap_or(start);
    without_range(id, first, start + length - first)
}

/// The words without a phrase, and without the preposition before it if another one follows:
/// `get_access_token_via_jwt_with_id` is `get_access_token_with_id`.
fn without_range(id: &Words, start: usize, length: usize) -> Words {
    let is_preposition_at =
        |index: usize| id.iter().nth(index).is_some_and(|it| is_preposition(it));
    let is_introduced = start.checked_sub(1).is_some_and(is_preposition_at);
    let is_doubled = is_introduced && is_preposition_at(start + length);
    let before = id.iter().take(start - usize::from(is_doubled));
    before.chain(id.iter().skip(start + length)).collect()
}

/// The position of a resource's phrase in an id.
fn find_resource(id: &Words, resource: &Words) -> Option<(usize, usize)> {
    let (words, own) = (id.singulars(), resource.singulars());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let found = find_whole(&words, &own).or_else(|| find_divided(&words, &own));
    found.or_else(|| {
        (1..own.len()).rev().find_map(|length| {
            let end = own.get(own.len() - length..)?;
            let begin = own.get(..length)?;
            find_at_end(&words, end).or_else(|| find_after_verb(&words, begin))
        })
    })
}

/// The position of the words that spell the phrase, with or without separators.
fn find_whole(words: &[&str], own: &[&str]) -> Option<(usize, usize)> {
    let spelt: String = own.concat();
    if spelt.is_empty() {
        return None;
    }
    (0..words.len()).find_map(|start| {
        let mut rest = spelt.as_str();
        for (index, word) in words.get(start..)?.iter().enumerate() {
            rest = rest.strip_prefix(word)?;
            if rest.is_empty() {
                return Some((start, index + 1));
            }
        }
        None
    })
}

/// The first words of a phrase after the verb, if the id ends with the other words of the phrase.
///
/// For `instance_settings`, they are `instance` in `get_instance_mail_settings`. The words between
/// belong to the last words.
fn find_divided(words: &[&str], own: &[&str]) -> Option<(usize, usize)> {
    (1..own.len()).rev().find_map(|length| {
        let (begin, end) = (own.get(..length)?, own.get(length..)?);
        let between = words.get(1 + length..words.len().saturating_sub(end.len()))?;
        let is_phrase = !between.is_empty() && !between.iter().any(|word| is_preposition(word));
        let is_divided = words.ends_with(end) && is_phrase;
        find_after_verb(words, begin).filter(|_| is_divided)
    })
}

fn find_at_end(words: &[&str], part: &[&str]) -> Option<(usize, usize)> {
    let ends = |after: usize| words.get(after).is_none_or(|next| is_preposition(next));
    let mut starts = 0..(words.len() + 1).saturating_sub(part.len());
    let found = starts.find(|start| {
        words.get(*start..start + part.len()) == Some(part) && ends(start + part.len())
    });
    found.map(|start| (start, part.len()))
}

fn find_after_verb(words: &[&str], part: &[&str]) -> Option<(usize, usize)> {
    // One word may name another resource: `create_session` of `session_tokens` creates a session.
    let has_more = words.len() > part.len() + 1 || part.len() > 1;
    let matches = words.get(1..=part.len()) == Some(part) && has_more;
    matches.then_some((1, part.len()))
}

/// A method from the rest of an id: the verb first, in this crate's vocabulary, without articles
/// and without prepositions that have no object. None if the rest is empty.
pub(super) fn tidy_method(
    left: &Words,
    operation: &OperationFacts,
    is_list: bool,
) -> Option<Words> {
    let mut words: Vec<String> = left
        .iter()
        .filter(|word| !is_article(word))
        .cloned()
        .collect();
    // A phrase that was removed can leave a word twice: `reload_all_all_nodes`.
    words.dedup();
    if words.ends_with(&["by".to_owned(), "id".to_owned()]) {
        words.truncate(words.len() - 2);
    }
    drop_placeholder(&mut words, operation);
    turn_others(&mut words);
    while words.last().is_some_and(|last| is_preposition(last)) {
        words.pop();
    }
    turn_list(&mut words);
    turn_verb(&mut words);
    turn_framework_verb(&mut words);
    drop_all(&mut words);
    if let [verb, count] = words.as_slice()
        && standard_verb(verb) == Some("retrieve")
        && count == "count"
    {
        words.remove(0);
    }
    if let [only] = words.as_slice()
        && let Some(verb) = standard_verb_for(&operation.method, only)
    {
        let verb = match operation.method {
            Method::Get if is_list && only == "get" => "list",
            // A POST that reads has its criteria in the body.
            Method::Post if reads(only) => operation.reading_method(only),
            _ => verb,
        };
        words = vec![verb.to_owned()];
    }
    (!words.is_empty()).then(|| words.iter().collect())
}

/// `get_id` is `get` if the path ends with a parameter: such an id spells the path.
fn drop_placeholder(words: &mut Vec<String>, operation: &OperationFacts) {
    if let [verb, id] = words.as_slice()
        && id == "id"
        && operation.path.is_item()
        && standard_verb(verb).is_some()
    {
        words.pop();
    }
}

/// `disable_my_other` is `disable_others`: its noun was that of the resource.
fn turn_others(words: &mut Vec<String>) {
    let Some(last) = words.last_mut().filter(|last| *last == "other") else {
        return;
    };
    "others".clone_into(last);
    if let Some(before) = words.len().checked_sub(2)
        && words.get(before).is_some_and(|word| word == "my")
    {
        words.remove(before);
    }
}

/// `get_price_list` is `list_prices`.
fn turn_list(words: &mut Vec<String>) {
    let is_get = words
        .first()
        .is_some_and(|first| standard_verb(first) == Some("retrieve"));
    if !is_get || words.len() < 2 || words.last().is_none_or(|last| last != "list") {
        return;
    }
    words.pop();
    if let Some(first) = words.first_mut() {
        "list".clone_into(first);
    }
    if words.len() > 1
        && let Some(last) = words.last_mut()
    {
        *last = plural(last);
    }
}

/// `find_all_fees` is `list_fees`, and `destroy_fee` is `delete_fee`.
fn turn_framework_verb(words: &mut Vec<String>) {
    if let [verb, all, ..] = words.as_slice()
        && all == "all"
        && reads(verb)
    {
        words.remove(1);
        if let Some(first) = words.first_mut() {
            "list".clone_into(first);
        }
    }
    if let Some(first) = words.first_mut()
        && first == "destroy"
    {
        "delete".clone_into(first);
    }
}

/// `passkey_delete` is `delete_passkey`.
fn turn_verb(words: &mut Vec<String>) {
    let [first, .., last] = words.as_slice() else {
        return;
    };
    let is_known = |word: &str| is_verb(word) || is_bulk(word) || standard_verb(word).is_some();
    let turns = matches!(
        last.as_str(),
        "create" | "delete" | "get" | "list" | "retrieve" | "update"
    );
    if turns && !is_known(first) {
        words.rotate_right(1);
    }
}

/// `list_all` is `list`.
fn drop_all(words: &mut Vec<String>) {
    if let [verb, all] = words.as_slice()
        && all == "all"
        && standard_verb(verb).is_some()
    {
        words.pop();
    }
}

/// Whether a method begins with a verb.
pub(super) fn begins_with_verb(words: &Words) -> bool {
    let first = words.iter().next();
    first.is_some_and(|first| standard_verb(first).is_some()) || names_act(words)
}

#[cfg(test)]
mod tests {
    use super::{without_owned_resource, without_resource};
    use crate::ir::Words;

    #[test]
    fn the_phrase_of_the_resource_goes() {
        for (id, resource, left) in [
            ("CreateSessionToken", "Sessions", "create_token"),
            (
                "ListOrganizationInvitations",
                "Organization Invitations",
                "list",
            ),
            ("GetTemplate", "Email & SMS Templates", "get"),
            (
                "ToggleTemplateDelivery",
                "Email & SMS Templates",
                "toggle_template_delivery",
            ),
            (
                "UpdateInstanceRestrictions",
                "Instance Settings",
                "update_restrictions",
            ),
            ("AddRolesToRoleSet", "Role Sets", "add_roles_to"),
            (
                "listContentImportSources",
                "AI Content",
                "list_content_import_sources",
            ),
            ("getKVPair", "kvpairs", "get"),
            (
                "GetInstanceOrganizationSettings",
                "Instance Settings",
                "get_organization_settings",
            ),
            (
                "RemoveUsersFromUserGroup",
                "User Groups",
                "remove_users_from",
            ),
            ("getChatCompletion", "chat_completion_events", "get"),
            ("createSession", "Session Tokens", "create_session"),
            ("getTokenViaJwtWithId", "jwt", "get_token_with_id"),
        ] {
            let left_of = without_resource(&Words::split(id), &Words::split(resource));
            assert_eq!(left_of.snake(), left, "{id}");
        }
    }

    #[test]
    fn what_a_resource_belongs_to_goes_with_it() {
        let owners = ["customer", "organization"].map(ToOwned::to_owned).into();
        for (id, resource, left) in [
            ("DestroyCustomerWallet", "Wallets", "destroy"),
            ("getCustomerWalletAlerts", "Wallets", "get_alerts"),
            ("ListPendingOrganizationDomains", "Domains", "list_pending"),
            ("CreateBulkInvitations", "Invitations", "create_bulk"),
        ] {
            let left_of =
                without_owned_resource(&Words::split(id), &Words::split(resource), &owners);
            assert_eq!(left_of.snake(), left, "{id}");
        }
    }
}
