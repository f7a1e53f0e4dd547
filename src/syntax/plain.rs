//! TOML as plain data, without the places of its values.
//!
//! Invariant: only for text that the program wrote itself; a file of a user is read as [`Parsed`](super::Parsed).

/// Tables and values that any other form of output can take, sorted by key.
pub type Plain = toml::Table;

/// Reads TOML as plain data; empty if it is not TOML.
///
/// ```
/// use annals::syntax::plain;
///
/// assert_eq!(plain("name = 'ferry'")["name"].as_str(), Some("ferry"));
/// assert!(plain("name =").is_empty());
/// ```
pub fn plain(text: &str) -> Plain {
    text.parse().unwrap_or_default()
}
