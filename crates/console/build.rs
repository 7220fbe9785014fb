//! Compiles `locales/` into functions.

#![allow(clippy::print_stdout, reason = "build scripts speak to Cargo on standard output")]

#[path = "../ui/build/locales.rs"]
mod locales;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=../ui/build/locales.rs");
    locales::build()
}
