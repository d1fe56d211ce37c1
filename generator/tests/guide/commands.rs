//! Command lines in the guide, and the reference of the command line.
//!
//! Commands of `sdkwright` run for real. The features that commands of cargo name must exist. The
//! commands of the first chapter run in order in `cargo xtask walkthrough`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use tempfile::TempDir;

use crate::blocks::{Block, blocks};
use crate::samples::Bookshop;
use crate::{bookshop, guide};

/// Pages whose commands other tests run, in repositories of their own.
const RUN_ELSEWHERE: [&str; 2] = ["coming-from.md", "reviewing-and-releasing.md"];

/// Programs that the commands may call. Those other than `sdkwright` are not run here.
const PROGRAMS: [&str; 9] = [
    "cargo",
    "cat",
    "cd",
    "echo",
    "git",
    "mkdir",
    "npx",
    "sdkwright",
    "sh",
];

/// Returns the words of a command, without variables and comments.
fn words(line: &str) -> Vec<&str> {
    let line = line.split(" #").next().unwrap_or_default();
    let words = line.split_whitespace();
    words
        .skip_while(|word| word.contains('=') && !word.starts_with('-'))
        .collect()
}

/// A folder with the description that the commands of a page read.
fn folder(description: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("openapi.yaml"), description).expect("a description");
    folder
}

fn sdkwright(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkwright"));
    let output = command.args(args).current_dir(folder).output();
    output.expect("the command runs")
}

/// Runs a command if it is one of ours or of the shell. Returns what went wrong.
fn problem(folder: &Path, line: &str, crate_files: &Bookshop) -> Option<String> {
    let words = words(line);
    let program = *words.first()?;
    if !PROGRAMS.contains(&program) {
        return Some(format!("`{program}` is not a known program"));
    }
    let output = match program {
        "sdkwright" => sdkwright(folder, &words[1..]),
        // Each page works in one folder. Its `mkdir` and `cd` lead to folders of no importance here.
        "cat" | "echo" | "mkdir" => {
            let mut shell = Command::new("sh");
            let output = shell.args(["-c", line]).current_dir(folder).output();
            output.expect("a shell")
        }
        _ => return unknown_feature(&words, crate_files),
    };
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then_some(errors)
}

/// Returns a feature in the arguments of cargo that the crate does not have.
fn unknown_feature(words: &[&str], crate_files: &Bookshop) -> Option<String> {
    if !words.contains(&"bookshop-sdk") {
        return None;
    }
    let position = words.iter().position(|word| *word == "--features")?;
    let mut features = words.get(position + 1)?.split(',');
    let unknown = features.find(|feature| !crate_files.has_feature(feature))?;
    Some(format!("the crate has no feature `{unknown}`"))
}

/// Returns the description that a page shows, or that of the samples.
fn description(page: &str) -> String {
    let shown = blocks("yaml")
        .into_iter()
        .find(|block| block.page == page && block.file() == Some("openapi.yaml"));
    match shown {
        Some(block) => block.text,
        None => fs::read_to_string(bookshop()).expect("a description"),
    }
}

#[test]
fn commands_work() {
    let bookshop = Bookshop::generate();
    let blocks: Vec<Block> = blocks("sh")
        .into_iter()
        .filter(|block| !RUN_ELSEWHERE.contains(&block.page.as_str()))
        .collect();
    let mut prepared: Option<(String, TempDir)> = None;
    let mut count = 0;
    for block in &blocks {
        if prepared
            .as_ref()
            .is_none_or(|(page, _)| *page != block.page)
        {
            prepared = Some((block.page.clone(), folder(&description(&block.page))));
        }
        let folder = prepared.as_ref().expect("a folder").1.path();
        for line in block.text.lines().filter(|line| !line.trim().is_empty()) {
            let problem = problem(folder, line, &bookshop);
            assert_eq!(problem, None, "{}: {line}", block.position());
            count += usize::from(words(line)[0] == "sdkwright");
        }
    }
    assert!(count >= 4, "{count}");
}

#[test]
fn wrong_commands_are_found() {
    let bookshop = Bookshop::generate();
    let folder = folder(&description("introduction.md"));
    for line in [
        "sdkwright generate openapi.yaml --outt x",
        "sdkwright explain no-such-code",
        "cargo add bookshop-sdk --features rustls,boks",
        "carg add bookshop-sdk",
    ] {
        assert!(problem(folder.path(), line, &bookshop).is_some(), "{line}");
    }
}

/// Head of the reference of the command line.
const HEAD: &str = "\
<!-- Written from the help of the commands by the test `reference_of_commands_is_up_to_date`. Do not edit. -->

# Command line

`sdkwright COMMAND --help` prints this text, too. The exit status is 0 on success, 1 if the input has errors or a check
fails, and 2 if the command line is invalid.

A description is one of these:

| argument | description |
| --- | --- |
| `api/openapi.yaml` | a file in YAML or JSON, which may be compressed with gzip |
| `api` | the file in this folder that has a usual name, such as `openapi.yaml` |
| `-` | standard input. It cannot refer to other files, because it has no folder |
| `https://…` | the response of the server, with `--fetch` |

Without `--fetch`, no command opens a network connection. With it, only https is used. References and redirects lead to the
origin of the description, or to an origin of `--allow-origin`. A response has at most 256 MiB and 60 seconds. `init` and
`sync` record the SHA-256 of the description as `openapi.sha256` of `sdk.yaml`. If the server returns another description
later, the other commands end with the error `document-changed`, until `sync` records the new one.

`sdk.yaml` is next to the description. For standard input and a URL, it is in the current folder.

Results go to standard output, and findings to standard error. By default, findings of a code are shown once, with their
number. `-v` shows all of them, and each file. `-q` shows errors only. `--json` prints lines of JSON for scripts. A command
that takes longer than a second shows its phase, unless `-q` or `--json` is given.
";

/// Returns the help of a command.
fn help(args: &[&str]) -> String {
    let output = sdkwright(&guide(), &[args, &["--help"]].concat());
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// Returns the names of the commands, from the help of the program.
fn command_names(help: &str) -> Vec<&str> {
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let names = commands.filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    names.filter(|name| *name != "help").collect()
}

fn render_reference() -> String {
    let program = help(&[]);
    let mut text = HEAD.to_owned();
    for name in command_names(&program) {
        let help = help(&[name]);
        let lines = help
            .lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n");
        write!(text, "\n## {name}\n\n```text\n{}\n```\n", lines.trim_end()).expect("a text");
    }
    text
}

#[test]
fn reference_of_commands_is_up_to_date() {
    let path = guide().join("src/command-line.md");
    let reference = render_reference();
    assert!(reference.matches("\n## ").count() >= 7, "{reference}");
    if env::var_os("INSTA_UPDATE").is_some_and(|mode| mode == "always") {
        fs::write(&path, &reference).expect("a page");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == reference,
        "`{}` is out of date. Run this test with `INSTA_UPDATE=always`.",
        path.display()
    );
}
