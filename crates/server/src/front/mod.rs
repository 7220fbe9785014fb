//! The built front end: files compiled in, and the page that every route answers with.

pub(crate) mod assets;
pub(crate) mod shell;
