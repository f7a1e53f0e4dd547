//! What each group of messages does to the state.

pub mod evidence;
pub mod loading;
pub mod mouse;
pub mod searches;
pub mod time;
pub mod typing;
pub mod views;
