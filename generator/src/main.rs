//! The `sdkwright` command: a thin front end of the library.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser};
use sdkwright::config::check_package_name;
use sdkwright::generate::command::{Command, Format, Mode, Outcome};
use sdkwright::generate::{ConfigFile, Options};
use sdkwright::load::Strictness;
use sdkwright::output::Existing;

/// Rendering is mostly the making and dropping of tokens: with the system's
/// allocator it takes half as long again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Makes Rust SDK crates from OpenAPI descriptions.
#[derive(Parser)]
#[command(version)]
enum Cli {
    /// Makes the crate of an OpenAPI description
    ///
    /// Diagnostics go to standard error, what was done to standard output. The
    /// status is 0 if all is well, 1 if the input is bad or a check failed, and 2
    /// if the command line makes no sense.
    Generate(Generate),
}

#[derive(Args)]
struct Generate {
    /// The OpenAPI description, in YAML or JSON
    spec: PathBuf,
    /// Our decisions about it, in the stainless.yml format [default: `sdk.yaml`
    /// beside SPEC, if it exists]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The directory of the crate
    #[arg(long, value_name = "DIR", default_value = "generated")]
    out: PathBuf,
    /// The name of the crate, whatever the configuration says
    #[arg(long, value_name = "NAME", value_parser = package_name)]
    package: Option<String>,
    /// Change nothing: show how the directory differs from what would be
    /// written, and fail if it does
    #[arg(long)]
    check: bool,
    /// A folder with templates in place of ours, file by file
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Refuse mistakes in the description that are repaired by a guess
    /// otherwise, with a warning: for owners of a description, and for CI
    #[arg(long)]
    strict: bool,
    /// What is the default now
    #[arg(long, hide = true, conflicts_with = "strict")]
    lenient: bool,
    /// The folder that references to other files do not leave [default: the
    /// root of the git repository that SPEC is in, or else its folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Replace files in the directory that this command did not make
    #[arg(long, conflicts_with = "check")]
    force: bool,
    /// Say what was done as a line of JSON, and each finding as one on standard error
    #[arg(long)]
    json: bool,
}

/// Reads the name of a crate.
fn package_name(text: &str) -> Result<String, String> {
    check_package_name(text).map(|()| text.to_owned())
}

fn main() -> ExitCode {
    let Cli::Generate(generate) = Cli::parse();
    let outcome = generate
        .command()
        .run(&mut io::stdout().lock(), &mut io::stderr().lock());
    match outcome {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Bad) | Err(_) => ExitCode::FAILURE,
    }
}

impl Generate {
    fn command(self) -> Command {
        let remedy = self.remedy();
        Command {
            mode: match (self.check, self.force) {
                (true, _) => Mode::Check,
                (false, true) => Mode::Write(Existing::Replace),
                (false, false) => Mode::Write(Existing::Refuse),
            },
            format: if self.json {
                Format::Json
            } else if io::stdout().is_terminal() {
                Format::Terminal
            } else {
                Format::Text
            },
            options: Options {
                config: self.config.map_or(ConfigFile::Beside, ConfigFile::At),
                package: self.package,
                templates: self.templates,
                strictness: if self.strict {
                    Strictness::Strict
                } else {
                    Strictness::Lenient
                },
                root: self.root,
                ..Options::new(self.spec)
            },
            out: self.out,
            remedy,
        }
    }

    /// This command line without `--check`.
    fn remedy(&self) -> String {
        let mut words = vec!["sdkwright generate".to_owned()];
        words.push(self.spec.display().to_string());
        let options = [
            ("--config", self.config.as_ref()),
            ("--out", Some(&self.out)),
            ("--templates", self.templates.as_ref()),
            ("--root", self.root.as_ref()),
        ];
        for (name, value) in options {
            words.extend(value.map(|value| format!("{name} {}", value.display())));
        }
        words.extend(self.strict.then(|| "--strict".to_owned()));
        words.join(" ")
    }
}
