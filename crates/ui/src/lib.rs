//! Leptos components that the public portal and the staff console share
