//! One file per route.

mod not_found;
mod overview;

pub(crate) use self::{not_found::NotFound, overview::Overview};
