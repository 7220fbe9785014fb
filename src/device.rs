//! What this device does for the pages that report: keeps, locks, makes secrets, copies.

pub(crate) mod js;
mod lock;
mod news;
mod position;
mod random;
mod sheet;
mod shelves;

pub(crate) use self::{
    lock::alone,
    news::{News, tell},
    position::position,
    random::random,
    sheet::wear,
    shelves::{Change, Shelf, Shelves, Unkept},
};
