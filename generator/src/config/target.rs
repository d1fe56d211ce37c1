//! `organization` and `targets.rust`: whose API it is, and the crate's manifest.

use super::At;

/// `organization`: whose API it is.
#[derive(Debug, Clone, Default)]
pub struct Organization {
    /// `name`: the default for the client's name.
    pub name: Option<At<String>>,
    /// `docs`: the home page of the API's documentation.
    pub docs: Option<At<String>>,
    /// `contact`: an address for questions.
    pub contact: Option<At<String>>,
    /// `security_contact`: an address for reports of weaknesses.
    pub security_contact: Option<At<String>>,
    /// `github_org`.
    pub github_org: Option<At<String>>,
}

/// `targets.rust`: the crate that is made. Our own extension of the format.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// `package_name`: the name on crates.io.
    pub package_name: Option<At<String>>,
    /// `version`: the version of the crate.
    pub version: Option<At<String>>,
    /// `license`: an SPDX expression; wins over `settings.license`.
    pub license: Option<At<String>>,
    /// `repository`: a URL. `production_repo: Org/name` is read as one on GitHub.
    pub repository: Option<At<String>>,
    /// `documentation`: a URL.
    pub documentation: Option<At<String>>,
    /// `homepage`: a URL.
    pub homepage: Option<At<String>>,
    /// `description`: the line that crates.io shows.
    pub description: Option<At<String>>,
    /// `keywords`, at most five on crates.io.
    pub keywords: Vec<At<String>>,
    /// `categories` of crates.io.
    pub categories: Vec<At<String>>,
    /// `authors`.
    pub authors: Vec<At<String>>,
    /// `rust_version`: the oldest compiler that the crate is for.
    pub rust_version: Option<At<String>>,
    /// `readme_title`.
    pub readme_title: Option<At<String>>,
    /// `skip`: whether no crate is wanted.
    pub skip: bool,
}
