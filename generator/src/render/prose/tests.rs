//! Tests of the conversion of prose.

use super::{cell, cell_code, first_paragraph, inline, literal, markdown};

fn lines(text: &str) -> String {
    markdown(text).join("\n")
}

#[test]
fn code_blocks_are_never_tests() {
    assert_eq!(
        lines("```rust\nstd::process::exit(1)\n```"),
        "```text\nstd::process::exit(1)\n```"
    );
    assert_eq!(
        lines("a\n\n    let x = 1;"),
        "a\n\n```text\nlet x = 1;\n```"
    );
    assert_eq!(lines("```\nleft open"), "```text\nleft open\n```");
    assert_eq!(lines("~~~sh\nx\n~~~"), "```text\nx\n```");
}

#[test]
fn only_absolute_links_are_kept() {
    assert_eq!(lines("see [Events](/docs/e)"), r"see \[Events\](/docs/e)");
    assert_eq!(
        lines("see [Events](https://a.b/c)"),
        "see [Events](https://a.b/c)"
    );
    assert_eq!(lines("an [array] of Vec<T>"), r"an \[array\] of Vec\<T>");
    assert_eq!(lines("at https://a.b/c."), "at <https://a.b/c>.");
    assert_eq!(lines("`[x]<y>` and `open"), r"`[x]<y>` and \`open");
}

#[test]
fn html_becomes_markdown() {
    assert_eq!(
        lines("<p>The <code>id</code>.</p><p>Two</p>"),
        "The `id`.\n\nTwo"
    );
    assert_eq!(lines("<ul><li>a</li><li>b</li></ul>"), "- a\n\n- b");
}

#[test]
fn a_document_cannot_open_a_rust_block() {
    for opening in [
        "- ~~~",
        "> ~~~",
        "-     x",
        "1.     x",
        ">     x",
        "~~~\n",
        "a\n- ```rust,should_panic\n",
    ] {
        let text = format!("{opening}\nstd::process::exit(1)");
        let written = markdown(&text).join("\n");
        let parsed = pulldown_cmark::Parser::new(&written);
        for event in parsed {
            if let pulldown_cmark::Event::Start(pulldown_cmark::Tag::CodeBlock(kind)) = event {
                assert!(
                    matches!(&kind, pulldown_cmark::CodeBlockKind::Fenced(info) if &**info == "text"),
                    "{text:?} became {written:?}"
                );
            }
        }
    }
}

#[test]
fn a_document_cannot_write_html_elements() {
    assert_eq!(lines(r"\<img onerror=x>"), r"\<img onerror=x>");
    assert_eq!(
        lines("<script>\nalert(1)\n</script>"),
        "\\<script>\nalert(1)\n\\</script>"
    );
    assert_eq!(lines("a <b onclick=x>b</b>"), "a **b**");
    assert_eq!(
        lines("&lt;script&gt; &amp;lt; R&D a&b"),
        r"\<script> &amp;lt; R&D a&b"
    );
    assert_eq!(lines("![a](https://x.y/z.png)"), "[a](https://x.y/z.png)");
    assert_eq!(
        lines("`<b>` and\n\n```\n<p>\n```"),
        "`<b>` and\n\n```text\n<p>\n```"
    );
}

#[test]
fn addresses_are_links() {
    assert_eq!(
        lines("\"https://a.b/c_d?e=1&f=2\" and [x](https://a.b/?c&d \"t\")"),
        "\"<https://a.b/c_d?e=1&f=2>\" and [x](https://a.b/?c&d)"
    );
    assert_eq!(lines("mail <a@b.c>"), "mail a@b.c");
    assert_eq!(
        lines("[a]: https://x.y\n\n[a] [b][a]"),
        "[a](https://x.y) [b](https://x.y)"
    );
}

#[test]
fn characters_that_rustc_denies_are_escaped() {
    assert_eq!(lines("a\u{202e}b\rc\0d"), "a\\u{202e}b\ncd");
}

#[test]
fn prose_fits_on_one_line() {
    assert_eq!(inline("a\n- b\n\n```\n<x>\n```\n# c"), "a b `<x>` c");
    assert_eq!(literal("# a <b> [c] `d`"), r"\# a \<b> \[c\] \`d\`");
}

#[test]
fn lists_keep_their_shape() {
    let text =
        "Kinds:\n- a\n  - b\n- c_d: *e* **f**\n\n1. x\n2. y\n\n| a | b |\n|---|---|\n| 1 | `2` |";
    assert_eq!(
        lines(text),
        "Kinds:\n\n- a\n  - b\n- c_d: *e* **f**\n\n1. x\n2. y\n\n|a|b|\n|-|-|\n|1|`2`|"
    );
    assert_eq!(lines(&lines(text)), lines(text));
}

#[test]
fn excessive_nesting_is_plain_text() {
    let text = "> ".repeat(10_000) + "x";
    assert!(lines(&text).starts_with("\\>"));
}

#[test]
fn a_paragraph_is_the_first_block() {
    assert_eq!(first_paragraph("One.\nTwo.\n\nThree."), ["One.", "Two."]);
    assert_eq!(first_paragraph("*One*\ntwo.\n\n- three"), ["*One*", "two."]);
    assert_eq!(
        first_paragraph("```\nhostile()\n```\n\nx"),
        ["`hostile()` x"]
    );
    assert_eq!(first_paragraph(""), Vec::<String>::new());
}

#[test]
fn a_cell_has_one_sentence() {
    assert_eq!(cell("One, e.g. a. b. Two."), "One, e.g. a. b. Two.");
    assert_eq!(cell("One *two. Three* four."), "One *two.*");
    assert_eq!(cell("Version 1.2 of\nit. More"), "Version 1.2 of it.");
    assert_eq!(cell("It ends.\nMore."), "It ends.");
    assert_eq!(
        cell("[One](https://a.b) of <https://a.b>"),
        "One of `https://a.b`"
    );
    assert_eq!(cell("```\nhostile()\n```"), "");
}

#[test]
fn a_cell_does_not_end_at_a_bar() {
    let text = r"a | b `c | d` `f` e\|g";
    assert_eq!(cell(text), "a &#124; b c &#124; d `f` e&#124;g");
    assert_eq!(cell(r"a\\|b"), r"a\&#124;b");
    assert_eq!(cell_code("a"), "`a`");
    assert_eq!(cell_code(r"a\|<b>"), r"a\&#124;\<b>");
}
