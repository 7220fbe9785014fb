//! What the store promises, on a real file.

mod recording;
mod support;
