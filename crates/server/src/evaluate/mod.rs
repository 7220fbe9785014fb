//! `bilan evaluate air|water`: CSV in, the same rows with their index or class out.
//!
//! Columns the ruler does not know pass through byte for byte, in their place; the added ones
//! come last. A blank cell is a missing value, and a result that does not exist is blank. A bad
//! cell is named on the error stream with row, line, column, value and reason; its row keeps its
//! own cells and has blank results, the others are not affected.

mod air;
mod table;
mod water;

use std::io::{self, Read, Write};

pub use air::AirOptions;
pub use water::WaterOptions;

/// What to evaluate.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum EvaluateCommand {
    /// Adds aqi, level, primary and iaqi_<item> to rows of concentrations.
    #[command(long_about = air::HELP)]
    Air(AirOptions),
    /// Adds class, limiting and exceedance to rows of surface-water values.
    #[command(long_about = water::HELP)]
    Water(WaterOptions),
}

/// What became of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every row was read; `rejected` of them had a bad cell and have no result.
    Done {
        /// Data rows in the input.
        rows: u64,
        /// Rows with a bad cell.
        rejected: u64,
    },
    /// The first row is no usable head, so nothing was evaluated.
    HeadRefused,
    /// Whoever read the output has closed it.
    OutputClosed,
}

impl Outcome {
    /// 0 when every row has its result, 1 when something was refused.
    pub const fn exit_status(self) -> u8 {
        match self {
            Self::Done { rejected: 0, .. } | Self::OutputClosed => 0,
            Self::Done { .. } | Self::HeadRefused => 1,
        }
    }
}

/// Evaluates a CSV table from `input` to `output`; bad cells are named on `errors`.
///
/// # Errors
///
/// When `input` cannot be read or `output` or `errors` cannot be written. A closed `output` is
/// not an error: the reader had enough.
pub fn run(
    command: &EvaluateCommand,
    input: impl Read,
    output: impl Write,
    errors: impl Write,
) -> io::Result<Outcome> {
    let done = match command {
        EvaluateCommand::Air(options) => {
            table::evaluate(&air::Air::new(options), input, output, errors)
        }
        EvaluateCommand::Water(options) => {
            table::evaluate(&water::Water::new(options), input, output, errors)
        }
    };
    match done {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Outcome::OutputClosed),
        other => other,
    }
}

#[cfg(test)]
mod tests;
