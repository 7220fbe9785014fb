//! The built front ends: files compiled in, and the pages that their routes answer with.

pub(crate) mod assets;
pub(crate) mod console;
pub(crate) mod shell;
