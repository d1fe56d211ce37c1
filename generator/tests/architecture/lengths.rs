//! The lengths of functions in text that rustfmt has formatted.

/// Returns the number of lines of each function, without its comments and attributes. Test modules
/// are left out.
pub(crate) fn function_lengths(text: &str) -> Vec<usize> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines: Vec<&str> = code.lines().collect();
    let mut lengths = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if !is_function(line.trim_start()) {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent));
        let rest = &lines[start..];
        let end = rest.iter().position(|line| {
            let is_declaration =
                line.ends_with(';') && line.len() - line.trim_start().len() == indent;
            **line == closing || is_declaration
        });
        let is_one_line = line.ends_with('}');
        lengths.push(if is_one_line { 1 } else { end.unwrap_or(0) + 1 });
    }
    lengths
}

fn is_function(line: &str) -> bool {
    let words: Vec<&str> = line
        .split(['(', '<'])
        .next()
        .unwrap_or(line)
        .split(' ')
        .collect();
    let is_comment = line.starts_with("//");
    let visible = line.starts_with("pub(") && line.contains(") fn ");
    !is_comment
        && (visible || words.iter().rev().nth(1) == Some(&"fn"))
        && (line.contains('(') || line.contains('<'))
}

#[test]
fn functions_are_measured_from_head_to_brace() {
    let text = "/// A fn (not).\npub(crate) fn a() {\n    b();\n}\n\nimpl A {\n    const fn c<T>(\n        d: T,\n    ) -> u8 {\n        1\n    }\n    fn e();\n    fn f() {}\n}\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}\n";
    assert_eq!(function_lengths(text), [3, 5, 1, 1]);
}
