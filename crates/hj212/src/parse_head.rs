//! From the text before `CP=&&` to fields (table 3), in any order and with the widths seen on the wire.

use crate::error::Malformed;
use crate::password::text_without_password;
use crate::segment::Segment;

/// Longest MN accepted, in characters; the standard has 24.
pub(crate) const MAX_MN: usize = 64;
/// Longest PW accepted, in characters; the standard has 6.
pub(crate) const MAX_PW: usize = 32;
/// Longest ST accepted, in characters; the standard has 2.
pub(crate) const MAX_ST: usize = 4;
/// Longest QN accepted, in characters; the standard has 17.
pub(crate) const MAX_QN: usize = 20;
/// Longest head read, in bytes: every field of table 3 at its longest here, twice over.
const MAX_HEAD: usize = 512;
/// Most fields read; table 3 has nine.
const MAX_FIELDS: usize = 32;

/// Reads the head; the data area stays empty. Fields we do not know are skipped, the raw frame keeps them.
pub(crate) fn parse_head(text: &str) -> Result<Segment, Malformed> {
    let head = Head::read(text)?;
    let segment = Segment {
        qn: head.text("QN", is_qn, "up to 20 letters and digits, normally 17 digits")?,
        pw: head.text("PW", |pw| pw.chars().count() <= MAX_PW, "at most 32 characters")?,
        flag: head.number("Flag", "a number from 0 to 255")?,
        pnum: head.number("PNUM", "a number")?,
        pno: head.number("PNO", "a number")?,
        rf: head.number::<u8>("RF", "1 or absent")? == Some(1),
        ..Segment::new(
            &head.text("ST", is_st, "two letters or digits")?.ok_or(missing("ST"))?,
            head.command()?,
            head.mn()?,
        )
    };
    Ok(segment)
}

pub(crate) fn is_qn(text: &str) -> bool {
    text.len() <= MAX_QN && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

pub(crate) fn is_st(text: &str) -> bool {
    text.len() <= MAX_ST && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn missing(name: &'static str) -> Malformed {
    Malformed::Missing { name }
}

struct Head<'a> {
    fields: Vec<(&'a str, &'a str)>,
}

impl<'a> Head<'a> {
    /// Fields end with `;`; annex C of 2017 itself has a `,` after QN.
    fn read(text: &'a str) -> Result<Self, Malformed> {
        let long = Malformed::LongHead { bytes: text.len() };
        if text.len() > MAX_HEAD {
            return Err(long);
        }
        let mut fields: Vec<(&str, &str)> = Vec::new();
        for piece in text.split([';', ',']).map(str::trim).filter(|piece| !piece.is_empty()) {
            let Some((name, value)) = piece.split_once('=') else {
                return Err(Malformed::NotAPair { text: text_without_password(piece) });
            };
            if piece.contains(char::is_control) {
                return Err(Malformed::Control { text: text_without_password(piece) });
            }
            if fields.len() == MAX_FIELDS {
                return Err(long);
            }
            let (name, value) = (name.trim(), value.trim());
            if fields.iter().any(|(earlier, _)| *earlier == name) {
                return Err(Malformed::Repeated { name: name.to_owned() });
            }
            fields.push((name, value));
        }
        Ok(Self { fields })
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| *value)
    }

    /// The value of a field; an empty one counts as absent.
    fn text(
        &self,
        name: &'static str,
        allowed: fn(&str) -> bool,
        wanted: &'static str,
    ) -> Result<Option<String>, Malformed> {
        match self.get(name).filter(|text| !text.is_empty()) {
            Some(text) if !allowed(text) => {
                let text = if name == "PW" { "***".to_owned() } else { text.to_owned() };
                Err(Malformed::Field { name, text, wanted })
            }
            text => Ok(text.map(str::to_owned)),
        }
    }

    /// Decimal, leading zeros allowed: `PNO=0002`.
    fn number<T: std::str::FromStr>(
        &self,
        name: &'static str,
        wanted: &'static str,
    ) -> Result<Option<T>, Malformed> {
        let Some(text) = self.get(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        match text.parse() {
            Ok(number) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(number)),
            _ => Err(Malformed::Field { name, text: text.to_owned(), wanted }),
        }
    }

    fn command(&self) -> Result<u16, Malformed> {
        let wanted = "four digits";
        let cn = self.number("CN", wanted)?.ok_or(missing("CN"))?;
        match cn {
            1000..=9999 => Ok(cn),
            _ => Err(Malformed::Field { name: "CN", text: cn.to_string(), wanted }),
        }
    }

    /// MN may be empty, which is the collector's business, but not absent.
    fn mn(&self) -> Result<&'a str, Malformed> {
        let mn = self.get("MN").ok_or(missing("MN"))?;
        if mn.chars().count() > MAX_MN {
            let wanted = "at most 64 characters";
            return Err(Malformed::Field { name: "MN", text: mn.to_owned(), wanted });
        }
        Ok(mn)
    }
}
