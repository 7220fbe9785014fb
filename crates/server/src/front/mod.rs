//! The built front end: files compiled in, and the page that every route answers with.

pub mod assets;
pub mod shell;
