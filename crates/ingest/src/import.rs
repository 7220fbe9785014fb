//! `bilan import`: recorded files through the same checks and the same channel as live data.

use std::{
    collections::BTreeMap,
    fmt,
    io::{BufRead, BufReader, Cursor, Read},
};

use domain::{Provenance, Reading, period::BEIJING};
use flate2::read::MultiGzDecoder;
use jiff::{Timestamp, civil::Date};

use crate::{
    NotStored, PushedRow, Reason, Wiring, cnemc_air,
    csv_file::{self, FileError},
    http_push::{self, Rules},
    quality::Arrival,
    surface_water,
    wiring::Parcel,
};

/// Readings delivered together.
const GROUP: usize = 5_000;
/// The most a single JSON reply may be.
const REPLY: u64 = 64 * 1024 * 1024;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Recorded replies of the national air feed, as a table; see [`cnemc_air::recorded`].
    CnemcAir,
    /// Recorded replies of the national surface-water feed, as JSON or as a table; see
    /// [`surface_water::recorded_table`].
    NationalWater,
    /// A table of readings; see [`csv_file`].
    Readings,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::CnemcAir, Self::NationalWater, Self::Readings];

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::CnemcAir => "cnemc-air",
            Self::NationalWater => "national-water",
            Self::Readings => "readings",
        }
    }

    /// The format of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }
}

/// What the importer asks about stations.
pub struct Lookup<'a> {
    /// Whether a station of that code is registered.
    pub knows_station: &'a (dyn Fn(&str) -> bool + Sync),
    /// The code of the section of that province and name.
    pub section_code: &'a (dyn Fn(&str, &str) -> Option<String> + Sync),
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the file.
    pub rows: u64,
    /// Readings found in them.
    pub read: u64,
    /// Newly stored.
    pub stored: u64,
    /// Known already, with the same value.
    pub duplicate: u64,
    /// Replaced an earlier value.
    pub revised: u64,
    /// Rows and cells that were not stored, by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// The first rows that were refused, each with its line and reason.
    pub examples: Vec<String>,
}

/// The line that `bilan import` prints, then one per reason.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused: u64 = self.rejected.values().sum();
        let Self { rows, read, stored, duplicate, revised, .. } = self;
        write!(
            f,
            "rows {rows}, read {read}, stored {stored}, duplicate {duplicate}, revised {revised}, \
             rejected {refused}"
        )?;
        for (reason, count) in &self.rejected {
            write!(f, "\n  {count} {} ({})", reason.key(), reason.name(domain::Lang::En))?;
        }
        for example in &self.examples {
            write!(f, "\n  e.g. {example}")?;
        }
        Ok(())
    }
}

/// Why an import stopped. What was stored before is stored; the file can be imported again.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The store.
    #[error(transparent)]
    NotStored(#[from] NotStored),
}

/// Reads `file` and hands everything over; `name` is its name, which dates a recorded reply
/// (`getRealDatas_2020-05-08.json`) whose times have no year. Gzip is recognised.
///
/// # Errors
///
/// [`ImportError`] if it is no file of that format, is damaged, or the store refuses.
pub async fn import(
    format: Format,
    file: impl Read + Send,
    name: &str,
    lookup: &Lookup<'_>,
    wiring: &Wiring,
) -> Result<Report, ImportError> {
    let mut file = unpacked(file)?;
    let mut import = Import { lookup, wiring, name, report: Report::default() };
    match format {
        Format::CnemcAir => {
            for part in cnemc_air::recorded(file, cnemc_air::OzoneFields::Auto)? {
                let cnemc_air::Recorded { rows, readings, rejected, raw } = part?;
                import.count(rows, &rejected);
                import.deliver(cnemc_air::FEED, readings, raw).await?;
            }
        }
        Format::NationalWater if starts_with_brace(&mut file)? => {
            let mut body = Vec::new();
            file.take(REPLY).read_to_end(&mut body).map_err(FileError::from)?;
            let fetched = date_in(name).unwrap_or_else(|| wiring.clock.now());
            import.water(surface_water::recorded_reply(body, fetched)?).await?;
        }
        Format::NationalWater => {
            for part in surface_water::recorded_table(file)? {
                import.water(part?).await?;
            }
        }
        Format::Readings => import.rows(csv_file::rows(file)?).await?,
    }
    Ok(import.report)
}

/// One import under way.
struct Import<'a> {
    lookup: &'a Lookup<'a>,
    wiring: &'a Wiring,
    name: &'a str,
    report: Report,
}

impl Import<'_> {
    async fn rows(
        &mut self,
        rows: impl Iterator<Item = Result<PushedRow, FileError>>,
    ) -> Result<(), ImportError> {
        let knows_station = |code: &str| (self.lookup.knows_station)(code);
        let now = self.wiring.clock.now();
        let provenance = Provenance::Imported;
        let rules =
            Rules { now, oldest: Timestamp::MIN, provenance, knows_station: &knows_station };
        let mut group = Vec::new();
        for (place, row) in rows.enumerate() {
            let row = match row {
                Ok(row) => row,
                Err(fault @ FileError::NotText { .. }) => {
                    self.report.rows += 1;
                    *self.report.rejected.entry(Reason::Malformed).or_default() += 1;
                    self.example(fault.to_string());
                    continue;
                }
                Err(fault) => {
                    // The good rows before it are good.
                    self.deliver("csv", group, self.name.as_bytes().to_vec()).await?;
                    return Err(fault.into());
                }
            };
            self.report.rows += 1;
            match http_push::check_row(&row, &rules) {
                Ok(reading) => group.push(reading),
                Err(fault) => {
                    *self.report.rejected.entry(fault.reason).or_default() += 1;
                    // The head is line 1.
                    self.example(format!("line {}: {}: {}", place + 2, fault.field, fault.text.en));
                }
            }
            if group.len() >= GROUP {
                let raw = self.name.as_bytes().to_vec();
                self.deliver("csv", std::mem::take(&mut group), raw).await?;
            }
        }
        let raw = self.name.as_bytes().to_vec();
        self.deliver("csv", group, raw).await
    }

    async fn water(&mut self, part: surface_water::Recorded) -> Result<(), ImportError> {
        let surface_water::Recorded { count, rows, rejected, raw } = part;
        self.count(count, &rejected);
        let mut readings = Vec::new();
        for row in &rows {
            match (self.lookup.section_code)(&row.province, &row.section) {
                Some(code) => readings.extend(row.readings(&code)),
                None => {
                    *self.report.rejected.entry(Reason::UnknownStation).or_default() += 1;
                    self.example(format!(
                        "section {} {} is not registered",
                        row.province, row.section
                    ));
                }
            }
        }
        self.deliver(surface_water::FEED, readings, raw).await
    }

    fn count(&mut self, rows: usize, rejected: &BTreeMap<Reason, usize>) {
        self.report.rows += rows as u64;
        for (reason, count) in rejected {
            *self.report.rejected.entry(*reason).or_default() += *count as u64;
        }
    }

    fn example(&mut self, text: String) {
        if self.report.examples.len() < 10 && !self.report.examples.contains(&text) {
            self.report.examples.push(text);
        }
    }

    /// Hands over the readings of registered stations.
    async fn deliver(
        &mut self,
        feed: &'static str,
        readings: Vec<Reading>,
        raw: Vec<u8>,
    ) -> Result<(), ImportError> {
        self.report.read += readings.len() as u64;
        let (known, unknown): (Vec<_>, Vec<_>) =
            readings.into_iter().partition(|r| (self.lookup.knows_station)(&r.station));
        if let Some(reading) = unknown.first() {
            *self.report.rejected.entry(Reason::UnknownStation).or_default() +=
                unknown.len() as u64;
            self.example(format!("station {} is not registered", reading.station));
        }
        if known.is_empty() {
            return Ok(());
        }
        let parcel = Parcel {
            feed,
            source: feed.to_owned(),
            provenance: Provenance::Imported,
            raw,
            readings: known,
            arrival: Arrival::history(self.wiring.clock.now()),
        };
        let stored = self.wiring.deliver(parcel).await?;
        self.report.stored += stored.stored as u64;
        self.report.duplicate += stored.duplicate as u64;
        self.report.revised += stored.revised as u64;
        if !stored.rejected.is_empty() {
            *self.report.rejected.entry(Reason::NotStored).or_default() +=
                stored.rejected.len() as u64;
        }
        for (_, why) in stored.rejected.into_iter().take(10) {
            self.example(why);
        }
        Ok(())
    }
}

/// The file itself, or what a gzip file holds.
fn unpacked<'a>(file: impl Read + Send + 'a) -> Result<Box<dyn BufRead + Send + 'a>, FileError> {
    let mut file = file;
    let mut magic = Vec::new();
    file.by_ref().take(2).read_to_end(&mut magic)?;
    let is_gzip = magic == [0x1f, 0x8b];
    let whole = Cursor::new(magic).chain(file);
    Ok(if is_gzip {
        Box::new(BufReader::new(MultiGzDecoder::new(whole)))
    } else {
        Box::new(BufReader::new(whole))
    })
}

fn starts_with_brace(file: &mut impl BufRead) -> Result<bool, FileError> {
    let start = file.fill_buf()?;
    Ok(start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{'))
}

/// The end of the last day `YYYY-MM-DD` in a file's name, in Beijing time: a reply of that day
/// was fetched no later.
fn date_in(name: &str) -> Option<Timestamp> {
    let day = (0..name.len())
        .rev()
        .filter_map(|at| name.get(at..at + 10))
        .find_map(|text| text.parse::<Date>().ok())?;
    BEIJING.to_timestamp(day.at(23, 59, 59, 0)).ok()
}
