//! The wording HJ 633 requires beside a level, and its sensitive groups.

use super::{AqiEdition, AqiLevel};
use crate::{Item, Lang};

impl AqiLevel {
    /// 对健康影响情况 in the wording of the edition that produced the index; English is ours.
    pub const fn health_effect(self, edition: AqiEdition, lang: Lang) -> &'static str {
        match (lang, edition) {
            (Lang::Zh, AqiEdition::Hj633_2012) => self.effect_zh_2012(),
            (Lang::Zh, AqiEdition::Hj633_2026) => self.effect_zh_2026(),
            (Lang::En, _) => self.effect_en(edition),
        }
    }

    /// 建议采取的措施 in the wording of the edition that produced the index; English is ours.
    pub const fn advice(self, edition: AqiEdition, lang: Lang) -> &'static str {
        match (lang, edition) {
            (Lang::Zh, AqiEdition::Hj633_2012) => self.advice_zh_2012(),
            (Lang::Zh, AqiEdition::Hj633_2026) => self.advice_zh_2026(),
            (Lang::En, AqiEdition::Hj633_2012) => self.advice_en_2012(),
            (Lang::En, AqiEdition::Hj633_2026) => self.advice_en_2026(),
        }
    }

    /// HJ 633-2026 table 1.
    const fn effect_zh_2026(self) -> &'static str {
        match self {
            Self::Excellent => "空气质量令人满意，基本无空气污染",
            Self::Good => "空气质量可接受，但某些污染物可能对极少数异常敏感人群健康有较弱影响",
            Self::Light => "敏感人群症状有轻度加剧，健康人群出现刺激症状",
            Self::Moderate => "进一步加剧敏感人群症状，可能对健康人群心血管系统、呼吸系统有影响",
            Self::Heavy => {
                "心血管系统和呼吸系统患者症状显著加剧，运动耐受力降低，健康人群普遍出现症状"
            }
            Self::Severe => "健康人群运动耐受力降低，有明显强烈症状，提前出现某些疾病",
        }
    }

    /// HJ 633-2012 table 2.
    const fn effect_zh_2012(self) -> &'static str {
        match self {
            Self::Light => "易感人群症状有轻度加剧，健康人群出现刺激症状",
            Self::Moderate => "进一步加剧易感人群症状，可能对健康人群心脏、呼吸系统有影响",
            Self::Heavy => "心脏病和肺病患者症状显著加剧，运动耐受力降低，健康人群普遍出现症状",
            Self::Excellent | Self::Good | Self::Severe => self.effect_zh_2026(),
        }
    }

    const fn effect_en(self, edition: AqiEdition) -> &'static str {
        match (self, edition) {
            (Self::Excellent, _) => {
                "Air quality is satisfactory; there is practically no air pollution."
            }
            (Self::Good, _) => {
                "Air quality is acceptable, but some pollutants may slightly affect the health of very few unusually sensitive people."
            }
            (Self::Light, AqiEdition::Hj633_2012) => {
                "Symptoms of susceptible people worsen slightly; healthy people feel irritation."
            }
            (Self::Light, AqiEdition::Hj633_2026) => {
                "Symptoms of sensitive people worsen slightly; healthy people feel irritation."
            }
            (Self::Moderate, AqiEdition::Hj633_2012) => {
                "Symptoms of susceptible people worsen further; the heart and airways of healthy people may be affected."
            }
            (Self::Moderate, AqiEdition::Hj633_2026) => {
                "Symptoms of sensitive people worsen further; the cardiovascular and respiratory systems of healthy people may be affected."
            }
            (Self::Heavy, AqiEdition::Hj633_2012) => {
                "Symptoms of people with heart or lung disease worsen markedly and they tolerate less exercise; symptoms are common among healthy people."
            }
            (Self::Heavy, AqiEdition::Hj633_2026) => {
                "Symptoms of people with cardiovascular or respiratory disease worsen markedly and they tolerate less exercise; symptoms are common among healthy people."
            }
            (Self::Severe, _) => {
                "Healthy people tolerate less exercise and have strong symptoms; some diseases appear early."
            }
        }
    }

    /// HJ 633-2026 table 1.
    const fn advice_zh_2026(self) -> &'static str {
        match self {
            Self::Excellent => "各类人群可正常活动",
            Self::Good => "极少数异常敏感人群应减少户外活动",
            Self::Light => {
                "青少年儿童、老年人及心血管系统疾病、呼吸系统疾病患者应减少长时间、高强度的户外锻炼"
            }
            Self::Moderate => {
                "青少年儿童、老年人及心血管系统疾病、呼吸系统疾病患者避免长时间、高强度的户外锻炼，一般人群适量减少户外运动"
            }
            Self::Heavy => {
                "青少年儿童、老年人和心血管系统疾病、呼吸系统疾病患者应停留在室内，停止户外运动，一般人群减少户外运动"
            }
            Self::Severe => {
                "青少年儿童、老年人和病人应当留在室内，避免体力消耗，一般人群应避免户外活动"
            }
        }
    }

    /// HJ 633-2012 table 2.
    const fn advice_zh_2012(self) -> &'static str {
        match self {
            Self::Excellent | Self::Good => self.advice_zh_2026(),
            Self::Light => "儿童、老年人及心脏病、呼吸系统疾病患者应减少长时间、高强度的户外锻炼",
            Self::Moderate => {
                "儿童、老年人及心脏病、呼吸系统疾病患者避免长时间、高强度的户外锻炼，一般人群适量减少户外运动"
            }
            Self::Heavy => {
                "儿童、老年人和心脏病、肺病患者应停留在室内，停止户外运动，一般人群减少户外运动"
            }
            Self::Severe => "儿童、老年人和病人应当留在室内，避免体力消耗，一般人群应避免户外活动",
        }
    }

    const fn advice_en_2026(self) -> &'static str {
        match self {
            Self::Excellent => "Everyone can be active as usual.",
            Self::Good => "The very few unusually sensitive people should do less outdoors.",
            Self::Light => {
                "Children, teenagers, older people and people with cardiovascular or respiratory disease should cut down on long or intense exercise outdoors."
            }
            Self::Moderate => {
                "Children, teenagers, older people and people with cardiovascular or respiratory disease should avoid long or intense exercise outdoors; everyone else should do somewhat less sport outdoors."
            }
            Self::Heavy => {
                "Children, teenagers, older people and people with cardiovascular or respiratory disease should stay indoors and stop outdoor sport; everyone else should do less sport outdoors."
            }
            Self::Severe => {
                "Children, teenagers, older people and the ill should stay indoors and avoid exertion; everyone else should avoid outdoor activity."
            }
        }
    }

    const fn advice_en_2012(self) -> &'static str {
        match self {
            Self::Excellent | Self::Good => self.advice_en_2026(),
            Self::Light => {
                "Children, older people and people with heart or respiratory disease should cut down on long or intense exercise outdoors."
            }
            Self::Moderate => {
                "Children, older people and people with heart or respiratory disease should avoid long or intense exercise outdoors; everyone else should do somewhat less sport outdoors."
            }
            Self::Heavy => {
                "Children, older people and people with heart or lung disease should stay indoors and stop outdoor sport; everyone else should do less sport outdoors."
            }
            Self::Severe => {
                "Children, older people and the ill should stay indoors and avoid exertion; everyone else should avoid outdoor activity."
            }
        }
    }
}

/// 建议采取措施的敏感人群, HJ 633-2026 table 2: shown for each pollutant whose index is above
/// 100; `None` for items outside the index. English is ours.
pub const fn sensitive_groups(item: Item, lang: Lang) -> Option<&'static str> {
    Some(match item {
        Item::So2 => lang.pick(
            "患有哮喘的人、青少年儿童以及老年人",
            "people with asthma, children and teenagers, older people",
        ),
        Item::No2 => lang.pick(
            "患有呼吸系统疾病（如哮喘）的人、青少年儿童以及老年人",
            "people with respiratory disease such as asthma, children and teenagers, older people",
        ),
        Item::Co => lang.pick("患有心血管系统疾病的人", "people with cardiovascular disease"),
        Item::O3 => lang.pick(
            "患有呼吸系统疾病（如哮喘）的人、青少年儿童、户外活动频繁的人以及老年人",
            "people with respiratory disease such as asthma, children and teenagers, people often active outdoors, older people",
        ),
        Item::Pm10 | Item::Pm25 => lang.pick(
            "患有心血管系统疾病或呼吸系统疾病（如哮喘）的人、青少年儿童、户外活动频繁的人以及老年人",
            "people with cardiovascular disease or respiratory disease such as asthma, children and teenagers, people often active outdoors, older people",
        ),
        _ => return None,
    })
}
