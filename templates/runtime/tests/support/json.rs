//! JSON texts of any size for the sample types.

/// A page of chats, with or without unions. Properties have the order of the description, as
/// servers send them.
pub(crate) fn page(chats: usize, unions: bool) -> String {
    let data = list(chats, |n| chat(n, unions));
    format!(r#"{{"data":{data},"next_cursor":"eyJpZCI6MTIzfQ"}}"#)
}

fn list(length: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..length).map(item).collect();
    format!("[{}]", items.join(","))
}

fn chat(n: usize, unions: bool) -> String {
    let name = if n.is_multiple_of(5) {
        "null".to_owned()
    } else {
        format!(r#""Weekend trip, take {n}""#)
    };
    let handles = list(2, |h| handle(n + h));
    let messages = list(4, |m| message(n * 10 + m, unions));
    let is_group = n.is_multiple_of(2);
    let unread = n * 37;
    format!(
        r#"{{"id":"550e8400-e29b-41d4-a716-4466554{n:05}","display_name":{name},"service":"iMessage",
        "handles":{handles},"messages":{messages},"is_group":{is_group},"is_archived":false,"unread_count":{unread},
        "metadata":{{"color":"blue","pinned":"yes","label":"Friends & family"}},
        "created_at":"2025-01-15T10:30:00Z","updated_at":"2025-02-01T08:00:00.123Z"}}"#
    )
}

pub(crate) fn handle(n: usize) -> String {
    let number = n * 7 % 10_000;
    let is_me = n % 2 == 1;
    format!(
        r#"{{"id":"h_{n}","handle":"+1205253{number:04}","service":"SMS","is_me":{is_me},
        "joined_at":"2025-01-15T10:30:00Z","left_at":null}}"#
    )
}

fn message(n: usize, unions: bool) -> String {
    let parts = if unions { parts(n) } else { "[]".to_owned() };
    let sender = match (unions, n % 2) {
        (false, _) => "null".to_owned(),
        (true, 0) => r#""Ana""#.to_owned(),
        (true, _) => handle(n),
    };
    let score = (n % 100) as f64 / 64.0 + 0.001;
    format!(
        r#"{{"id":"m_{n:08}","parts":{parts},"status":"delivered","priority":10,"score":{score},"sender":{sender},
        "sent_at":"2025-01-15T10:31:12.123Z","day":"2025-01-15"}}"#
    )
}

fn parts(n: usize) -> String {
    format!(
        r#"[{{"type":"text","value":"Are we still on for Saturday?\nI can drive \"if\" needed."}},
        {{"type":"media","url":"https://cdn.example.com/files/{n}.jpg","size_bytes":482913,"dimensions":[1920,1080]}}]"#
    )
}
