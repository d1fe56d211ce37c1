//! Access to environment variables.

use std::sync::{Arc, Mutex, PoisonError};

use crate::runtime::secret::Secret;

/// Looks up a variable.
type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Looks up environment variables. After [`remember`](Self::remember), each variable is looked up
/// only once.
///
/// A client that is derived from another therefore sees the same values.
#[derive(Clone)]
pub(super) struct EnvironmentVariables {
    lookup: Arc<Lookup>,
    found: Option<Arc<Mutex<Cache>>>,
}

/// Cached values by variable name. A value may be a credential.
type Cache = Vec<(String, Option<Secret>)>;

impl EnvironmentVariables {
    pub(super) fn new(lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self {
            lookup: Arc::new(lookup),
            found: None,
        }
    }

    /// Starts to cache values. Clones share the cache.
    #[inline]
    pub(super) fn remember(&mut self) {
        self.found.get_or_insert_with(Arc::default);
    }

    /// Returns the trimmed value of a variable. A blank value counts as unset.
    #[inline]
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let Some(found) = &self.found else {
            return self.look_up(name);
        };
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = found.iter().find(|(known, _)| known == name) {
            return value.as_ref().map(|value| value.expose().to_owned());
        }
        let value = self.look_up(name);
        found.push((name.to_owned(), value.as_deref().map(Secret::from)));
        value
    }

    #[inline]
    fn look_up(&self, name: &str) -> Option<String> {
        let value = (self.lookup)(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }
}
