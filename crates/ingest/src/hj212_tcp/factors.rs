//! The factor codes of HJ 212 (tables B.1 and B.2) and the items they are here.

use domain::Item;

/// Code of 2017, code of 2005 (empty if none), item.
///
/// Only total contents of metals: the standard gives dissolved ones codes of their own (w20138
/// and after), and GB 3838 judges totals. a05024 and w01003 stand in HJ 524 and HJ 525 rather
/// than in annex B; w01016 and w19011 are seen on the wire, their table was not at hand.
const FACTORS: &[(&str, &str, Item)] = &[
    ("a34004", "", Item::Pm25),
    ("a34002", "", Item::Pm10),
    ("a34001", "", Item::Tsp),
    ("a21026", "02", Item::So2),
    ("a21004", "", Item::No2),
    ("a21003", "", Item::No),
    ("a21002", "03", Item::Nox),
    ("a21005", "04", Item::Co),
    ("a05024", "", Item::O3),
    ("a01001", "", Item::Temperature),
    ("a01002", "", Item::Humidity),
    ("a01006", "", Item::Pressure),
    ("a01007", "", Item::WindSpeed),
    ("a01008", "", Item::WindDirection),
    ("w01010", "", Item::WaterTemperature),
    ("w01001", "001", Item::Ph),
    ("w01009", "", Item::DissolvedOxygen),
    ("w01014", "", Item::Conductivity),
    ("w01003", "", Item::Turbidity),
    ("w01019", "", Item::CodMn),
    ("w01018", "011", Item::Cod),
    ("w01017", "010", Item::Bod5),
    ("w21003", "060", Item::Nh3N),
    ("w21011", "101", Item::TotalPhosphorus),
    ("w21001", "065", Item::TotalNitrogen),
    ("w20122", "029", Item::Copper),
    ("w20123", "030", Item::Zinc),
    ("w21017", "072", Item::Fluoride),
    ("w20128", "035", Item::Selenium),
    ("w20119", "026", Item::Arsenic),
    ("w20111", "020", Item::Mercury),
    ("w20115", "022", Item::Cadmium),
    ("w20117", "024", Item::Chromium6),
    ("w20120", "027", Item::Lead),
    ("w21016", "070", Item::Cyanide),
    ("w23002", "110", Item::VolatilePhenol),
    ("w22001", "080", Item::Oil),
    ("w19002", "520", Item::AnionicSurfactant),
    ("w21019", "071", Item::Sulphide),
    ("w21038", "", Item::Sulphate),
    ("w21022", "090", Item::Chloride),
    ("w21007", "064", Item::Nitrate),
    ("w20125", "032", Item::Iron),
    ("w20124", "031", Item::Manganese),
    ("w02003", "550", Item::FaecalColiform),
    ("w01016", "", Item::ChlorophyllA),
    ("w19011", "", Item::AlgalDensity),
];

/// The item of a factor code, of either edition.
pub fn item(code: &str) -> Option<Item> {
    FACTORS
        .iter()
        .find(|(new, old, _)| *new == code || (!old.is_empty() && *old == code))
        .map(|(_, _, item)| *item)
}

/// The factor code of 2017 of an item; `None` for items no instrument sends.
pub fn code(item: Item) -> Option<&'static str> {
    FACTORS.iter().find(|(_, _, known)| *known == item).map(|(code, _, _)| *code)
}

/// Noise is sent under letters rather than codes (table B.3). The portal keeps the frame and
/// shows no noise yet, so these are nobody's mistake.
pub(super) fn is_noise(factor: &str) -> bool {
    factor.starts_with('L')
        && (matches!(factor, "LA" | "Leq" | "Ld" | "Ln" | "Ldn" | "LMx" | "LMn")
            || factor[1..].bytes().all(|byte| byte.is_ascii_digit()) && factor.len() > 1)
}
