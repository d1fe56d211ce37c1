//! The formats of a report: text of documents stays text in each.

use sdkwright::diff::Report;
use sdkwright::diff::format::{
    render_github, render_html, render_json, render_markdown, render_terminal,
};

use super::edits::Input;
use super::sides::side_of;

/// A document in which all texts try to escape their context in a report.
fn hostile() -> Input {
    let mut input = Input::shop();
    let text = "</script><script>alert(1)</script> `x` | [a](b) <img src=x onerror=alert(1)> @team #1 \u{1b}[31m \u{202e}\n::error::x ]]> ` odd";
    let schemas = &mut input.document["components"]["schemas"];
    schemas["Status"]["enum"][1] = text.into();
    schemas["OrderInput"]["properties"]["note"]["default"] = text.into();
    schemas["Order"]["properties"]["note"]["description"] = text.into();
    schemas["Order"]["properties"][text] = serde_json::json!({ "type": "string" });
    schemas["Order"]["description"] = text.into();
    let info = &mut input.document["info"];
    (info["title"], info["version"], info["description"]) = (text.into(), text.into(), text.into());
    let schemes = &mut input.document["components"]["securitySchemes"];
    schemes[text] = serde_json::json!({ "type": "apiKey", "in": "header", "name": text });
    input.document["paths"]["/orders"]["post"]["security"] = serde_json::json!([{ text: [] }]);
    input.document["servers"][0]["url"] = "https://shop.test/</script>`|::error::".into();
    input.document["paths"]["/orders/</script>`|"] = input.document["paths"]["/payments"].clone();
    input
}

/// Parses Markdown as GitHub does, and checks that texts of documents are code or text and mention nobody.
fn check_markdown(markdown: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                let is_ours = ["<details>", "</details>"]
                    .iter()
                    .any(|tag| html.starts_with(tag));
                assert!(is_ours, "{html}: {markdown}");
            }
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                panic!("{tag:?}: {markdown}");
            }
            Event::Text(text) => {
                assert!(!text.contains("@team") && !text.contains("#1"), "{text}");
            }
            _ => {}
        }
    }
}

#[test]
fn text_of_documents_stays_text_in_every_format() {
    let (shop, hostile) = (side_of(&Input::shop()), side_of(&hostile()));
    for (base, head) in [(&shop, &hostile), (&hostile, &shop)] {
        check_formats(&Report::new(base, head));
    }
}

fn check_formats(report: &Report) {
    assert!(report.changes.len() > 4, "{}", report.changes.len());
    let terminal = render_terminal(report, false);
    assert!(!terminal.contains(['\u{1b}', '\u{202e}']), "{terminal}");
    let markdown = render_markdown(report);
    check_markdown(&markdown);
    assert!(!markdown.contains(['\u{1b}', '\u{202e}']), "{markdown}");
    let is_command = |line: &str| {
        line.starts_with("::error ")
            || line.starts_with("::warning ")
            || line.starts_with("::notice ")
    };
    let github = render_github(report);
    assert_eq!(github.lines().count(), report.changes.len() + 1, "{github}");
    assert!(github.lines().all(is_command), "{github}");
    assert!(!github.contains(['\u{1b}', '\u{202e}']), "{github}");
    let html = render_html(report);
    assert_eq!(html.matches("<script").count(), 2, "{html}");
    assert_eq!(html.matches("</script").count(), 2, "{html}");
    assert!(!html.contains("<img"), "{html}");
    let json = render_json(report);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
}

/// Each text of a document is cut, so a long one hides no other change.
#[test]
fn long_texts_are_cut() {
    let mut input = Input::shop();
    let long = "x".repeat(70_000);
    input.document["info"]["version"] = long.as_str().into();
    input.document["servers"][0]["url"] = format!("https://{long}").into();
    let schemas = &mut input.document["components"]["schemas"];
    let values = schemas["Status"]["enum"].as_array_mut().expect("a list");
    values.push(long.as_str().into());
    schemas["Order"]["properties"][&long] = serde_json::json!({ "type": "string" });
    let (shop, long) = (side_of(&Input::shop()), side_of(&input));
    for (base, head) in [(&shop, &long), (&long, &shop)] {
        let report = Report::new(base, head);
        let markdown = render_markdown(&report);
        assert!(markdown.chars().count() < 8_000, "{}", markdown.len());
        assert!(!markdown.contains("not shown"), "{markdown}");
        for text in [render_terminal(&report, false), render_github(&report)] {
            let longest = text.lines().map(|line| line.chars().count()).max();
            assert!(longest.is_some_and(|longest| longest < 1_000), "{text}");
        }
    }
}

#[test]
fn a_single_change_is_counted_as_one() {
    let shop = Input::shop();
    let mut input = shop.clone();
    let paths = input.document["paths"].as_object_mut().expect("a map");
    let order = paths.get_mut("/orders/{order_id}").expect("a path");
    order.as_object_mut().expect("a map").shift_remove("delete");
    let report = Report::new(&side_of(&shop), &side_of(&input));
    let counts = "1 change: 1 breaks code, 1 breaks programs on the wire, 0 accepted";
    assert_eq!(report.describe_counts(), counts);
    assert!(render_terminal(&report, false).contains(counts));
    assert!(render_markdown(&report).contains(counts));
    assert!(render_github(&report).contains(counts));
    assert!(render_html(&report).contains(counts));
}

#[test]
fn long_comments_are_cut_and_say_so() {
    let shop = Input::shop();
    let mut input = shop.clone();
    for index in 0..400 {
        let name = format!("Added{index}");
        let long = format!("a{}", "b".repeat(80));
        let properties =
            serde_json::json!({ "type": "object", "properties": { long: { "type": "string" } } });
        input.document["components"]["schemas"][name] = properties;
        let field = format!("field_of_some_length_{index}");
        input.document["components"]["schemas"]["Order"]["properties"][&field] =
            serde_json::json!({ "type": "string" });
        let parameters = &mut input.document["paths"]["/orders"]["get"]["parameters"];
        let parameter =
            serde_json::json!({ "name": field, "in": "query", "schema": { "type": "string" } });
        parameters.as_array_mut().expect("a list").push(parameter);
    }
    // The resource comes after the one that gains parameters.
    let paths = input.document["paths"].as_object_mut().expect("a map");
    paths.remove("/photos");
    let report = Report::new(&side_of(&shop), &side_of(&input));
    let markdown = render_markdown(&report);
    assert!(markdown.chars().count() <= 60_000, "{}", markdown.len());
    assert!(
        markdown.contains("more changes are not shown, none of them breaking"),
        "{markdown}"
    );
    let gone = "`Client::photos()` is gone";
    assert!(markdown.contains(gone), "{markdown}");
    assert!(markdown.contains(" of "), "{markdown}");
}
