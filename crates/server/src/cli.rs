//! The command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

use crate::evaluate::EvaluateCommand;

/// Bilan 碧蓝: the environment portal of a district.
#[derive(Debug, Parser)]
#[command(name = "bilan", version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `bilan` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the portal with generated data, all of it marked as simulated.
    Demo(Demo),
    /// Runs the portal.
    Serve(Serve),
    /// Says what is wrong with a configuration, without starting.
    CheckConfig(Configured),
    /// Evaluates a CSV table from standard input to standard output.
    Evaluate {
        /// Air or water.
        #[command(subcommand)]
        medium: EvaluateCommand,
    },
    /// Reads recorded data into the store; the portal must not be running.
    Import(Import),
    /// Copies the database while it is in use, and checks the copy.
    Backup(Backup),
    /// Puts a checked copy in the database's place; the portal must not be running.
    Restore(Restore),
    /// Computes everything derived anew; the portal must not be running.
    Rebuild(Configured),
    /// Prints the description of the API (OpenAPI 3.1).
    Openapi {
        /// That of Open311 instead of the portal's own.
        #[arg(long)]
        open311: bool,
    },
    /// Looks at a server of Open311 GeoReport v2, this one or another, for faults that break its clients.
    Open311Check(Open311Check),
    /// Keys of those who may push readings.
    Key {
        /// What to do with them.
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Accounts of staff.
    User {
        /// What to do with them.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Makes the keys that taking reports needs; one that is there is never replaced.
    Keygen(Keygen),
    /// Checks that nothing of the reward ledger and of the rectification ledger was changed, removed or added.
    VerifyLedger(VerifyLedger),
}

/// `bilan demo`.
#[derive(Debug, Clone, Args)]
pub struct Demo {
    /// Address and port of the portal.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Folder of the demonstration's database; started again there, it continues.
    #[arg(long, default_value = ".demo")]
    pub data_dir: PathBuf,
    /// Days of history made on the first start.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub history_days: u32,
    /// Decides every generated number; fixed by the first start in a folder.
    #[arg(long)]
    pub seed: Option<u64>,
    /// The path everything is served under.
    #[arg(long, default_value = "/")]
    pub base_path: String,
    /// Days by which its clock runs ahead, to see deadlines pass and publicity end; a folder's time only goes forward.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=3_650))]
    pub days_ahead: u32,
}

/// `bilan serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Configured,
    /// Overrides server.listen.
    #[arg(long)]
    pub listen: Option<SocketAddr>,
}

/// A configuration file.
#[derive(Debug, Clone, Args)]
pub struct Configured {
    /// The configuration file; see docs/configuration.md.
    #[arg(long)]
    pub config: PathBuf,
    /// Overrides server.data_dir.
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
}

/// `bilan import`.
#[derive(Debug, Clone, Args)]
pub struct Import {
    #[command(flatten)]
    pub place: Configured,
    /// What the file holds.
    #[arg(long, value_parser = ["cnemc-air", "national-water", "readings", "rectification"])]
    pub format: String,
    /// The file; gzip is recognised, of `rectification` it is .csv or .xlsx.
    pub path: PathBuf,
    /// Only say what is wrong with the list; of `rectification`.
    #[arg(long)]
    pub dry_run: bool,
    /// Import the rows without a fault; without it a list with faults is not imported at all; of `rectification`.
    #[arg(long)]
    pub skip_faults: bool,
}

/// `bilan backup`.
#[derive(Debug, Clone, Args)]
pub struct Backup {
    #[command(flatten)]
    pub place: Configured,
    /// The copy to be made; replaced if it exists.
    pub to: PathBuf,
}

/// `bilan restore`.
#[derive(Debug, Clone, Args)]
pub struct Restore {
    #[command(flatten)]
    pub place: Configured,
    /// The copy to restore.
    pub from: PathBuf,
    /// Replace the database that is there.
    #[arg(long)]
    pub replace: bool,
}

/// `bilan key`.
#[derive(Debug, Clone, Subcommand)]
pub enum KeyCommand {
    /// Makes a key and prints it, once.
    Add {
        #[command(flatten)]
        place: Configured,
        /// What to call it.
        name: String,
        /// A station it may write; repeat for several. Without it: every station.
        #[arg(long = "station")]
        stations: Vec<String>,
        /// A key for an Open311 client that sends reports, instead of one for readings.
        #[arg(long, conflicts_with = "stations")]
        open311: bool,
    },
    /// Lists the keys, without the keys themselves.
    List {
        #[command(flatten)]
        place: Configured,
    },
    /// Makes a key unusable from now on.
    Revoke {
        #[command(flatten)]
        place: Configured,
        /// The key's name.
        name: String,
    },
}

/// `bilan user`.
#[derive(Debug, Clone, Subcommand)]
pub enum UserCommand {
    /// Makes an account; prints its password and authenticator address, once.
    Add {
        #[command(flatten)]
        place: Configured,
        /// The name to sign in with: 2 to 32 of a-z, 0-9 and . _ -
        name: String,
        /// The name that colleagues see.
        #[arg(long)]
        display_name: Option<String>,
        /// A role; repeat for several.
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
        /// The department whose cases alone it sees, by its key in the profile.
        #[arg(long)]
        department: Option<String>,
    },
    /// Lists the accounts.
    List {
        #[command(flatten)]
        place: Configured,
    },
    /// Ends an account's sessions and lets it sign in no more.
    Disable {
        #[command(flatten)]
        place: Configured,
        /// The account's name.
        name: String,
    },
    /// Gives an account a new password and authenticator address, prints them once, and enables it.
    Reset {
        #[command(flatten)]
        place: Configured,
        /// The account's name.
        name: String,
    },
}

/// `bilan keygen`.
#[derive(Debug, Clone, Args)]
pub struct Keygen {
    #[command(flatten)]
    pub place: Configured,
    /// Where the officers' key to reporters' contacts is written; it does not stay on the server.
    #[arg(long, default_value = "officers-identity.txt")]
    pub identity: PathBuf,
}

/// `bilan verify-ledger`.
#[derive(Debug, Clone, Args)]
pub struct VerifyLedger {
    #[command(flatten)]
    pub place: Configured,
    /// Heads printed earlier, one a line; the ledgers must still contain each. Those of the rectification ledger begin
    /// with `rectification`.
    #[arg(long)]
    pub published: Option<PathBuf>,
}

/// `bilan open311-check`.
#[derive(Debug, Clone, Args)]
pub struct Open311Check {
    /// The address that `discovery.xml` lies below, such as https://city.example/open311/v2.
    pub endpoint: String,
    /// The jurisdiction to ask for, where the server has several.
    #[arg(long)]
    pub jurisdiction: Option<String>,
    /// A key: with it one request is sent. Only for servers that are there to be tried.
    #[arg(long, requires = "place", env = "OPEN311_API_KEY", hide_env_values = true)]
    pub api_key: Option<String>,
    /// Where that request is: latitude and longitude in degrees, such as 29.502,106.511.
    #[arg(long, allow_hyphen_values = true)]
    pub place: Option<String>,
}
