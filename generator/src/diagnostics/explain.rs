//! Explanations of codes, for the command line and for the guide.

use std::fmt::Write as _;

use super::code::{Level, Scope};
use super::{Code, Severity};

/// Returns the explanation of a code as text: its severity, the reason, an example, and how to fix
/// or accept the problem.
#[must_use]
pub fn explain(code: Code) -> String {
    let mut text = format!("{code}: {}\n\n{}\n\n", code.summary(), severity_text(code));
    text.push_str(code.explanation());
    if let Some(accept) = accept_text(code) {
        text.push('\n');
        text.push_str(&accept);
    }
    text
}

/// Returns the reference of all codes as Markdown: a chapter of the guide.
#[must_use]
pub fn render_reference() -> String {
    let mut text = String::from(REFERENCE_HEAD);
    for code in Code::ALL {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| [`{code}`](#{code}) | {} | {} |",
            describe_level(*code),
            code.summary()
        );
    }
    for code in Code::ALL {
        let _ = write!(
            text,
            "\n## {code}\n\n{} {}\n\n{}",
            code.summary(),
            severity_text(*code),
            code.explanation(),
        );
    }
    text
}

/// Head of the reference.
const REFERENCE_HEAD: &str = "\
<!-- Written from the table of codes by the test `reference_is_up_to_date`. Do not edit. -->

# Diagnostics

Each diagnostic has a code. `sdkwright explain CODE` prints the explanation of a code.

A warning does not stop the generator. To accept a warning about the document, add its code to `sdk.yaml`, with a pointer and a
reason:

```yaml
diagnostics:
  ignored:
    unknown-format:
      - location: '#/components/schemas/Color'
        reason: The format is for people to read.
```

| Code | Severity | Meaning |
|---|---|---|
";

/// Returns the severity of a code in a table.
const fn describe_level(code: Code) -> &'static str {
    match code.row().level {
        Level::Warning => Severity::Warning.as_str(),
        Level::Strict => "warning, error with `--strict`",
        Level::Error => Severity::Error.as_str(),
    }
}

/// Returns the severity of a code and the file that it is about, as a sentence.
fn severity_text(code: Code) -> String {
    let severity = match code.row().level {
        Level::Warning => "This is a warning",
        Level::Strict => "This is a warning, and an error with `--strict`,",
        Level::Error => "This is an error",
    };
    let scope = match code.row().scope {
        Scope::Document => "about the OpenAPI document",
        Scope::Config => "about `sdk.yaml`",
        Scope::Either => "about the OpenAPI document or `sdk.yaml`",
    };
    format!("{severity} {scope}.")
}

/// Returns how to accept a code, if that is possible.
fn accept_text(code: Code) -> Option<String> {
    code.can_be_ignored().then(|| {
        format!(
            "To accept it, add these lines to `sdk.yaml`:\n\n\
             ```yaml\n\
             diagnostics:\n  \
               ignored:\n    \
                 {code}:\n      \
                   - location: '#/…'   # where, or leave the line out\n        \
                     reason: …\n\
             ```\n"
        )
    })
}
