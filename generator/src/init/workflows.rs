//! Workflows for GitHub: they update, check and publish the crate.
//!
//! Their text is fixed, but for a few values that the command line and the repository give. A value
//! becomes a quoted string of YAML. It can neither be an expression nor a command.

use std::fmt;

/// The workflows, by the names of their files.
const WORKFLOWS: [(&str, &str); 3] = [
    (
        "sdk-check.yml",
        include_str!("../../embedded/ci/github/sdk-check.yml"),
    ),
    (
        "sdk-publish.yml",
        include_str!("../../embedded/ci/github/sdk-publish.yml"),
    ),
    (
        "sdk-update.yml",
        include_str!("../../embedded/ci/github/sdk-update.yml"),
    ),
];

/// The values in the workflows of a repository.
#[derive(Debug, Clone)]
pub struct WorkflowValues {
    /// The path of the description in the repository.
    pub spec: String,
    /// The path of the configuration.
    pub config: String,
    /// The path of the crate's directory.
    pub crate_dir: String,
    /// The URL from which the description is downloaded, or an empty text.
    pub url: String,
    /// The branch that pull requests are for.
    pub branch: String,
}

/// A value that a workflow cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidValue {
    /// The value.
    pub value: String,
    /// The first character that is not allowed.
    pub character: char,
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { value, character } = self;
        write!(
            f,
            "{value:?} has the character {character:?}, which workflows do not allow"
        )
    }
}

impl std::error::Error for InvalidValue {}

/// Writes the workflows for GitHub. Returns their texts by the names of their files.
///
/// # Errors
///
/// A value has a character with a meaning in workflows or in patterns of paths.
pub fn write_workflows(
    values: &WorkflowValues,
) -> Result<Vec<(&'static str, String)>, InvalidValue> {
    let values = [
        ("@spec@", values.spec.as_str()),
        ("@config@", &values.config),
        ("@crate@", &values.crate_dir),
        ("@url@", &values.url),
        ("@branch@", &values.branch),
        ("@version@", env!("CARGO_PKG_VERSION")),
    ];
    for (_, value) in values {
        check_value(value)?;
    }
    let workflows = WORKFLOWS.iter().map(|(name, template)| {
        let text = values
            .iter()
            .fold((*template).to_owned(), |text, (key, value)| {
                text.replace(key, &format!("\"{value}\""))
            });
        (*name, text)
    });
    Ok(workflows.collect())
}

/// Checks that a value is plain in YAML, in expressions and in patterns of paths.
fn check_value(value: &str) -> Result<(), InvalidValue> {
    let is_plain = |c: &char| c.is_alphanumeric() || "/._- :=&%~,;".contains(*c);
    // A path that begins with a hyphen would be an option of a command.
    let option = value.chars().next().filter(|c| *c == '-');
    match option.or_else(|| value.chars().find(|c| !is_plain(c))) {
        None => Ok(()),
        Some(character) => Err(InvalidValue {
            value: value.to_owned(),
            character,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{WorkflowValues, write_workflows};

    fn values(spec: &str) -> WorkflowValues {
        WorkflowValues {
            spec: spec.to_owned(),
            config: "spec/sdk.yaml".to_owned(),
            crate_dir: "generated".to_owned(),
            url: "https://example.com/openapi.yaml".to_owned(),
            branch: "main".to_owned(),
        }
    }

    #[test]
    fn workflows_are_valid_yaml_without_placeholders() {
        for (name, text) in write_workflows(&values("spec/openapi.yaml")).unwrap() {
            let workflow: serde_json::Value = serde_yaml::from_str(&text).expect(name);
            assert_eq!(workflow["permissions"], serde_json::json!({}), "{name}");
            for placeholder in [
                "@spec@",
                "@config@",
                "@crate@",
                "@url@",
                "@branch@",
                "@version@",
            ] {
                assert!(!text.contains(placeholder), "{name}");
            }
            let jobs = workflow["jobs"].as_object().expect("jobs");
            for step in jobs
                .values()
                .flat_map(|job| job["steps"].as_array().expect("steps"))
            {
                if let Some(action) = step["uses"].as_str() {
                    let version = action.split_once("@v").expect("a version").1;
                    assert_eq!(version.split('.').count(), 3, "{action}");
                }
                // Expressions in scripts would be code that someone else can write.
                let script = step["run"].as_str().unwrap_or_default();
                assert!(!script.contains("${{"), "{name}: {script}");
            }
        }
    }

    #[test]
    fn values_cannot_be_expressions_commands_or_patterns() {
        for spec in [
            "${{ secrets.X }}",
            "a\"b",
            "a\nb",
            "!spec.yaml",
            "*.yaml",
            "$(id)",
            "`id`",
            "--help",
        ] {
            assert!(write_workflows(&values(spec)).is_err(), "{spec}");
        }
    }
}
