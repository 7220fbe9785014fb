//! One consistent look at the database: a query's, or that of a change under way.

use rusqlite::Connection;

use crate::series::Catalogue;

/// A snapshot. Inside [`crate::Store::record`] it includes what is just being stored.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) catalogue: &'a Catalogue,
}
