//! The texts that findings speak of, and where in them a pointer leads.

use std::sync::Arc;

/// A text that was read, by the name that it is shown under.
///
/// Cloning is cheap: the text is shared.
#[derive(Debug, Clone, Default)]
pub struct Source {
    files: Arc<Vec<File>>,
}

#[derive(Debug)]
struct File {
    name: String,
    text: String,
}

impl Source {
    /// A text of one file.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            files: Arc::new(vec![File {
                name: name.into(),
                text: text.into(),
            }]),
        }
    }

    /// The name of the root file.
    #[must_use]
    pub fn name(&self) -> &str {
        self.files.first().map_or("", |file| &file.name)
    }

    /// The text of the root file.
    #[must_use]
    pub fn text(&self) -> &str {
        self.files.first().map_or("", |file| &file.text)
    }
}
