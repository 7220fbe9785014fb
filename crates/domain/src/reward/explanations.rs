//! The sentences of the criteria.
