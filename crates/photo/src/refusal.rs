//! Why a photo is not taken, and what its owner can do about it.

use crate::{Kind, Unexpected, limits::LIMITS};

/// Why a photo is not taken. What the person wrote, and the other photos, are not affected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are taken.
    #[error("{bytes} bytes, at most {limit} are taken")]
    TooLarge {
        /// Of the file.
        bytes: u64,
        /// That are taken.
        limit: u64,
    },
    /// Not a picture that is known at all.
    #[error("not a known kind of picture")]
    NotAPhoto,
    /// Something known that is not taken.
    #[error("{0:?} is not taken")]
    Unsupported(Kind),
    /// More pixels than are decoded.
    #[error("{width} × {height} pixels are too many")]
    TooManyPixels {
        /// As the header states it.
        width: u32,
        /// As the header states it.
        height: u32,
    },
    /// Too few pixels to recognise anything.
    #[error("{width} × {height} pixels are too few")]
    TooSmall {
        /// As the header states it.
        width: u32,
        /// As the header states it.
        height: u32,
    },
    /// The end is missing.
    #[error("the file ends too early")]
    Truncated,
    /// The contents contradict themselves.
    #[error("the file is damaged")]
    Damaged,
    /// Decoding takes too long.
    #[error("decoding takes too long")]
    TooSlow,
    /// So much detail that no quality we accept fits into the limit of a cleaned file.
    #[error("the cleaned photo stays above its limit")]
    TooDetailed,
    /// The cleaned file failed its own check: a fault of ours.
    #[error("the cleaned file is not clean: {0}")]
    Unclean(#[from] Unexpected),
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Bytes as whole megabytes, rounded up: a file just above the limit must not read like the limit.
const fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

impl Refusal {
    /// The reason in one word, for programs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::NotAPhoto => "not_a_photo",
            Self::Unsupported(_) => "unsupported",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::TooSmall { .. } => "too_small",
            Self::Truncated => "truncated",
            Self::Damaged => "damaged",
            Self::TooSlow => "too_slow",
            Self::TooDetailed => "too_detailed",
            Self::Unclean(_) => "unclean",
        }
    }

    /// What is wrong, with the value, and what to do.
    pub fn sentence(self) -> Sentence {
        let (zh, en) = self.words();
        Sentence { zh: zh + "文字已保留。", en: en + " Your text is kept." }
    }

    fn words(self) -> (String, String) {
        let fixed = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        match self {
            Self::Empty => {
                fixed("照片是空文件，请重新选择。", "The photo is an empty file. Choose it again.")
            }
            Self::TooLarge { bytes, limit } => {
                let (bytes, limit) = (megabytes(bytes), megabytes(limit));
                (
                    format!("照片 {bytes} MB，上限 {limit} MB，请换一张。"),
                    format!("Your photo is {bytes} MB; the limit is {limit} MB. Choose another."),
                )
            }
            Self::NotAPhoto => fixed(
                "这个文件不是照片，请选择 JPEG、PNG 或 WebP 照片。",
                "This file is not a photo. Choose a JPEG, PNG or WebP photo.",
            ),
            Self::Unsupported(kind) => unsupported(kind),
            Self::TooManyPixels { width, height } => many(width, height),
            Self::TooSmall { width, height } => {
                let least = LIMITS.least_side;
                (
                    format!("照片只有 {width} × {height} 像素，每边至少 {least} 像素，请换一张。"),
                    format!(
                        "The photo has only {width} × {height} pixels; each side needs at least {least}. Choose another."
                    ),
                )
            }
            Self::Truncated => fixed(
                "照片不完整，可能没有保存或传输完，请重新拍摄或选择。",
                "The photo is incomplete, perhaps it was not saved to its end. Take or choose it again.",
            ),
            Self::Damaged => fixed(
                "照片已损坏，无法读取，请重新拍摄或选择。",
                "The photo is damaged and cannot be read. Take or choose it again.",
            ),
            Self::TooSlow => fixed(
                "照片的编码过于复杂，处理超时，请用相机重新拍摄，或发送它的截图。",
                "The photo is encoded in a way that takes too long to read. Take it again with the camera, or send a screenshot of it.",
            ),
            Self::TooDetailed => fixed(
                "照片压缩后仍然过大，请换一张。",
                "The photo stays too large even when compressed. Choose another.",
            ),
            Self::Unclean(_) => fixed(
                "照片未能通过清理检查，没有保存，请换一张。",
                "The photo did not pass our check for hidden data and was not stored. Choose another.",
            ),
        }
    }
}

fn unsupported(kind: Kind) -> (String, String) {
    if kind == Kind::Heic {
        // On iPhones 设置 › 相机 › 格式; other phones name it alike.
        return (
            "无法读取 HEIC 照片。请在手机“设置 › 相机 › 格式”中选择“兼容性最佳”后重新拍摄，或发送它的截图。"
                .to_owned(),
            "HEIC photos cannot be read here. Set Settings › Camera › Formats to “Most Compatible” and take it again, or send a screenshot of it."
                .to_owned(),
        );
    }
    let (zh, en) = kind.names();
    (
        format!("不接受此类文件（{zh}），请选择 JPEG、PNG 或 WebP 照片，或发送它的截图。"),
        format!(
            "Files of this kind ({en}) are not accepted. Choose a JPEG, PNG or WebP photo, or send a screenshot of it."
        ),
    )
}

fn many(width: u32, height: u32) -> (String, String) {
    let (most, side) = (LIMITS.pixels / 1_000_000, LIMITS.side);
    let in_chinese = LIMITS.pixels / 10_000;
    (
        format!(
            "照片有 {width} × {height} 像素，上限 {in_chinese} 万像素、每边 {side} 像素，请降低相机分辨率或换一张。"
        ),
        format!(
            "The photo has {width} × {height} pixels; the limit is {most} megapixels and {side} a side. Lower the camera's resolution or choose another."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_stands_in_the_sentence() {
        let fourteen = Refusal::TooLarge { bytes: 14 << 20, limit: LIMITS.file_bytes }.sentence();
        assert_eq!(fourteen.zh, "照片 14 MB，上限 10 MB，请换一张。文字已保留。");
        assert_eq!(
            fourteen.en,
            "Your photo is 14 MB; the limit is 10 MB. Choose another. Your text is kept."
        );
        let just = Refusal::TooLarge { bytes: (10 << 20) + 1, limit: LIMITS.file_bytes }.sentence();
        assert!(just.en.contains("is 11 MB; the limit is 10 MB"), "{}", just.en);
    }

    #[test]
    fn a_refused_kind_is_named_with_a_way_out() {
        for kind in [Kind::Svg, Kind::Gif, Kind::Pdf, Kind::Video, Kind::RareJpeg] {
            let sentence = Refusal::Unsupported(kind).sentence();
            let (zh, en) = kind.names();
            assert!(sentence.zh.contains(zh) && sentence.zh.contains("截图"), "{}", sentence.zh);
            assert!(sentence.en.contains(en) && sentence.en.contains("screenshot"));
        }
        let heic = Refusal::Unsupported(Kind::Heic).sentence();
        assert!(heic.zh.contains("兼容性最佳") && heic.en.contains("Most Compatible"));
    }
}
