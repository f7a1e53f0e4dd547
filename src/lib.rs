//! annals
pub mod formats;
pub mod model;
pub mod text;
