//! Templates: files of prose, the manifest and the runtime.
//!
//! A template may loop and test presence. It never builds a name.

use std::collections::BTreeMap;
use std::path::Path;
use std::{
    fs,
    io::{self, Read as _},
};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::rust_file::HEADER;
use super::{Files, date_times, prose};
use crate::ir::DateTimes;
use crate::source::text;

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// Largest template that is read.
const MAX_BYTES: u64 = 16 << 20;

/// The templates of a crate. A user's folder can replace each of them.
#[derive(Debug, Clone)]
pub struct Templates {
    texts: BTreeMap<String, String>,
}

impl Default for Templates {
    fn default() -> Self {
        Self {
            texts: CRATE
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }
}

impl Templates {
    /// Returns the built-in templates, overridden by files of the same name in a folder, such as
    /// `README.md.jinja`. A file with another name adds a file to the crate.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn overridden_by(folder: &Path) -> io::Result<Self> {
        let mut templates = Self::default();
        templates.read(folder, "")?;
        Ok(templates)
    }

    fn read(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.read(&entry.path(), &format!("{name}/"))?;
            } else if name.ends_with(".jinja") && fs::metadata(entry.path())?.is_file() {
                let mut text = String::new();
                let file = fs::File::open(entry.path())?;
                file.take(MAX_BYTES).read_to_string(&mut text)?;
                self.texts.insert(name, text);
            }
        }
        Ok(())
    }

    /// Renders each template into the file of its name. An empty result creates no file.
    pub(super) fn render(
        &self,
        facts: &impl Serialize,
        files: &mut Files,
    ) -> Result<(), minijinja::Error> {
        let facts = minijinja::Value::from(Serde(facts));
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_syntax(syntax()?);
        environment.add_filter("comment", comment);
        environment.add_filter("toml", toml);
        environment.add_filter("markdown", prose::literal);
        environment.add_filter("code", text::code_span);
        environment.add_filter("cell", prose::cell_code);
        environment.add_filter("toml_list", toml_list);
        environment.add_global("header", HEADER);
        for (name, text) in &self.texts {
            environment.add_template(name, text)?;
        }
        for name in self.texts.keys() {
            let text = environment.get_template(name)?.render(facts.clone())?;
            if !text.trim().is_empty() {
                let path = name.strip_suffix(".jinja").unwrap_or(name);
                files.insert(path.to_owned(), text.trim_start().to_owned());
            }
        }
        Ok(())
    }
}

/// Returns a syntax in which a tag alone on its line produces no line.
fn syntax() -> Result<SyntaxConfig, minijinja::Error> {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
}

/// Prefixes each line with a comment mark.
fn comment(text: &str, mark: &str) -> String {
    text.lines()
        .map(|line| format!("{mark} {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns a TOML array of strings.
fn toml_list(texts: Vec<String>) -> String {
    let texts: Vec<String> = texts.iter().map(|text| toml(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// Returns a TOML string.
fn toml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Copies the runtime verbatim, with the module of the date and time library.
pub(super) fn copy_runtime(date_times: DateTimes, files: &mut Files) {
    for (name, text) in RUNTIME {
        files.insert(format!("src/runtime/{name}"), (*text).to_owned());
    }
    if let Some(file) = date_times::file(date_times) {
        let text = DATE_TIMES.iter().find(|(name, _)| *name == file);
        let (_, text) = text.expect("each library has a file");
        files.insert(
            "src/runtime/codec/date_time.rs".to_owned(),
            (*text).to_owned(),
        );
    }
}
