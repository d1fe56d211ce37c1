//! Each fixture of `config/` is a configuration that is read: what is made of
//! it, and what is said about it, is a snapshot.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use sdkwright::config::{Config, read_str_with};
use sdkwright::diag::{Diagnostics, Severity, Style, render};
use sdkwright::load::Strictness;

fn read(name: &str, text: &str) -> (Config, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let read = read_str_with(name, text, Strictness::Lenient, &mut diagnostics);
    (read.expect("it is a mapping").0, diagnostics)
}

#[test]
fn each_configuration_is_read() {
    insta::glob!("config/*.yaml", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let (config, diagnostics) = read(&name, &fs::read_to_string(path).unwrap());
        assert_eq!(diagnostics.count(Severity::Error), 0);
        let findings = render(&diagnostics, Style::Plain);
        insta::assert_snapshot!(format!("{findings}\n{config:#?}"));
    });
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "# Nothing yet.\n", "{}"] {
        let (config, diagnostics) = read("sdk.yaml", text);
        assert!(diagnostics.is_empty(), "{text}");
        assert!(config.resources.is_empty());
    }
}
