//! Changes between two documents: their codes and verdicts, and edits that are not changes.

#![expect(clippy::indexing_slicing, clippy::panic)]

#[path = "diff/command.rs"]
mod command;
#[path = "diff/edits.rs"]
mod edits;
#[path = "diff/formats.rs"]
mod formats;
#[path = "diff/noise.rs"]
mod noise;
#[path = "diff/sides.rs"]
mod sides;

use edits::{Edit, Input};
use sdkwright::diff::{Bump, Report};
use sides::{codes, side, side_of, verdict};

#[test]
fn single_edits_have_their_codes_and_verdicts() {
    let inputs = [Input::shop(), Input::events()];
    let bases = inputs.each_ref().map(side_of);
    let edits = Edit::all();
    assert!(edits.len() >= 80, "{}", edits.len());
    let mut wrong = Vec::new();
    for edit in &edits {
        let index = usize::from(edit.is_of_events);
        let head = side_of(&edit.apply(&inputs[index]));
        let report = Report::new(&bases[index], &head);
        let (codes, verdict) = (codes(&report), verdict(&report));
        if codes != edit.codes() || verdict != edit.verdict() {
            wrong.push(format!(
                "{}\n  found    {codes:?} {verdict}\n  expected {:?} {}",
                edit.name,
                edit.codes(),
                edit.verdict()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let shop = Input::shop();
    let report = Report::new(&side_of(&shop), &side_of(&shop));
    assert_eq!(codes(&report), [""; 0]);
}

#[test]
fn breaks_are_accepted_by_a_line_with_a_reason() {
    let shop = Input::shop();
    let edit = Edit::all()
        .into_iter()
        .find(|edit| edit.name == "method-removed");
    let mut input = edit.expect("the edit").apply(&shop);
    input.config["changes"] = serde_json::json!({ "accepted": {
        "method-removed": [{ "item": "Client::orders()", "reason": "Nobody called it." }],
        "field-removed": [{ "item": "types::Order", "reason": "Old." }],
        "method-deleted": [{ "reason": "A slip." }],
    } });
    let report = Report::new(&side_of(&shop), &side_of(&input));
    assert_eq!(report.verdict.accepted, 1);
    let change = &report.changes[0].change;
    assert_eq!(change.accepted.as_deref(), Some("Nobody called it."));
    assert!(!change.is_unaccepted_break());
    // Users of the old crate break all the same, so the version stays.
    assert_eq!(report.verdict.bump, Bump::Major);
    let required = report.verdict.required_version.as_ref();
    assert_eq!(required.map(ToString::to_string).as_deref(), Some("0.4.0"));
    let findings: Vec<&str> = report
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(findings, ["unused-acceptance", "unknown-change"]);
}

#[test]
fn changes_of_the_client_lead_to_their_declarations() {
    let shop = Input::shop();
    let mut edited = shop.clone();
    edited.document["servers"][0]["url"] = "https://shop.test/v2".into();
    edited.document["components"]["securitySchemes"]["key"]["name"] = "X-Other".into();
    edited.document["components"]["schemas"]["Order"]["description"] = "Another text.".into();
    let report = Report::new(&side_of(&shop), &side_of(&edited));
    let found = |code: &str| {
        let mut changes = report.changes.iter().map(|located| &located.change);
        let change = changes.find(|change| change.code.as_str() == code);
        let after = change.and_then(|change| change.after.clone());
        after.unwrap_or_else(|| panic!("{code}: {:?}", codes(&report)))
    };
    let pointer = |code: &str| found(code).pointer.map(|pointer| pointer.to_string());
    assert_eq!(pointer("server-changed").as_deref(), Some("#/servers"));
    let scheme = "#/components/securitySchemes/key";
    assert_eq!(pointer("auth-changed").as_deref(), Some(scheme));
    assert_eq!(found("docs-changed").signature, "Another text.");
}

#[test]
fn the_table_of_changes_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/src/changes.md");
    let reference = sdkwright::diff::render_reference();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
        std::fs::write(&path, &reference).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let name = path.display();
    assert!(
        found == reference,
        "`{name}` is out of date. Run this test with `INSTA_UPDATE=always`."
    );
}

/// The values that versions of the event list of Linq's API added, oldest first.
const EVENTS: [&[&str]; 3] = [
    &["location.sharing.started", "location.sharing.stopped"],
    &[
        "poll.received",
        "poll.failed",
        "poll.sent",
        "poll.delivered",
        "poll.read",
        "poll.updated",
        "poll.vote.added",
        "poll.vote.removed",
        "poll.reaction.added",
        "chat.background_updated",
        "chat.background_update_failed",
        "payment.succeeded",
        "payment.canceled",
        "payment.expired",
        "payment.declined",
        "payment.authorized",
        "connection.created",
        "connection.revoked",
    ],
    &[
        "phone_number.assigned",
        "phone_number.released",
        "phone_number.forwarding_updated",
        "contact_card.received",
        "contact_card.created",
        "contact_card.updated",
        "contact_card.deleted",
        "zero_day_retention.updated",
        "environment.line_moved",
        "environment.created",
        "environment.renamed",
        "environment.deleted",
        "api_token.created",
        "api_token.renamed",
        "api_token.expiry_scheduled",
        "api_token.expired",
        "api_token.activated",
        "api_token.deleted",
        "webhook_subscription.created",
        "webhook_subscription.deleted",
        "webhook_subscription.target_url_changed",
        "webhook_subscription.enabled",
        "webhook_subscription.disabled",
        "webhook_subscription.events.updated",
        "webhook_subscription.phone_numbers.updated",
        "webhook_subscription.routing_headers_set",
        "webhook_subscription.routing_headers_cleared",
        "team_member.added",
        "team_member.signed_in",
        "team_member.signed_out",
    ],
];

#[test]
fn a_growing_list_of_events_is_additive() {
    let spec = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/linq.yaml");
    let text = std::fs::read_to_string(spec).expect("our description");
    let mut document: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    // Texts for the values fit the whole list only.
    let schema = document.pointer_mut("/components/schemas/WebhookEventType");
    let schema = schema.and_then(serde_json::Value::as_object_mut);
    schema
        .expect("the schema")
        .retain(|key, _| !key.starts_with("x-"));
    let pointer = "/components/schemas/WebhookEventType/enum";
    let list = document.pointer_mut(pointer).expect("the list of events");
    let all = list.take();
    let all = all.as_array().expect("a list");
    // The seed's types are the first ones, and the later ones follow as they came.
    let mut total = 25;
    *list = all[..total].into();
    assert_eq!(all[total..], *EVENTS.concat());
    let mut before = side(&document.to_string(), "{}");
    for added in EVENTS {
        let list = document.pointer_mut(pointer);
        let list = list.and_then(serde_json::Value::as_array_mut);
        let list = list.expect("the list of events");
        list.extend(added.iter().map(|value| serde_json::Value::from(*value)));
        total += added.len();
        let after = side(&document.to_string(), "{}");
        let report = Report::new(&before, &after);
        assert_eq!(codes(&report), vec!["variant-added"; added.len()]);
        assert_eq!(verdict(&report), "additive works works");
        assert_eq!(
            report
                .verdict
                .required_version
                .as_ref()
                .map(ToString::to_string),
            Some("0.1.1".to_owned())
        );
        // A value that was withdrawn breaks code, and programs that ask for it.
        let report = Report::new(&after, &before);
        assert_eq!(verdict(&report), "breaking breaks works");
        before = after;
    }
    assert_eq!(total, 75);
}
