//! The words of the ledger: where an issue comes from, what it concerns, by when it is due.

named! {
    /// Where an issue comes from 问题来源.
    pub enum Source {
        /// A round of the central inspection of ecology and environment.
        Central = "central" "中央生态环境保护督察" "central inspection";
        /// The municipal inspection.
        Municipal = "municipal" "市级生态环境保护督察" "municipal inspection";
        /// The warning film of the Yangtze economic belt.
        YangtzeFilm = "yangtze_film" "长江经济带生态环境警示片" "Yangtze warning film";
        /// Found and reported by the district itself.
        SelfFound = "self_found" "自查自纠" "self-inspection";
        /// A report from the public.
        PublicReport = "public_report" "群众举报" "public report";
        /// What was published of it does not say.
        Unstated = "unstated" "来源未说明" "source not stated";
    }
}

named! {
    /// What an issue concerns 类型.
    pub enum Medium {
        /// Surface water, sewage, outfalls.
        Water = "water" "水" "water";
        /// Air and dust.
        Air = "air" "大气" "air";
        /// Soil and groundwater.
        Soil = "soil" "土壤" "soil";
        /// Noise.
        Noise = "noise" "噪声" "noise";
        /// Habitats, shores, mines.
        Ecology = "ecology" "生态" "ecology";
        /// Solid and hazardous waste.
        Waste = "waste" "固废" "waste";
        /// None of these.
        Other = "other" "其他" "other";
    }
}

named! {
    /// The kind of deadline 时限类型.
    pub enum Term {
        /// At once: a short term.
        Immediate = "immediate" "立行立改" "at once";
        /// By a day.
        Dated = "dated" "限期整改" "by a day";
        /// Without an end, looked at every year. That it is looked at yearly could not be checked against a text.
        LongTerm = "long_term" "长期坚持" "long term";
    }
}

impl Term {
    /// Whether a last day belongs to it.
    pub const fn has_day(self) -> bool {
        !matches!(self, Self::LongTerm)
    }
}

named! {
    /// Whether the work keeps up with its plan 序时进度.
    pub enum Pace {
        /// At least as far as planned for the day.
        OnTrack = "on_track" "达到序时进度" "on schedule";
        /// Less far than planned, or past the deadline.
        Behind = "behind" "未达到序时进度" "behind schedule";
    }
}

named! {
    /// A step of the acceptance 验收, each by a different person.
    pub enum CheckStep {
        /// 自查, by the responsible unit.
        SelfCheck = "self_check" "自查" "self-check";
        /// 初验.
        Preliminary = "preliminary" "初验" "preliminary check";
        /// 验收, by another unit than the responsible one.
        Acceptance = "acceptance" "验收" "acceptance";
    }
}

named! {
    /// Why a closed issue is opened again.
    pub enum Cause {
        /// 反弹: it came back.
        Rebound = "rebound" "问题反弹" "it came back";
        /// Something was learnt that the closing did not know.
        NewEvidence = "new_evidence" "发现新证据" "new evidence";
    }
}

named! {
    /// Where the text of an issue comes from.
    pub enum Origin {
        /// Written down here.
        Recorded = "recorded" "本站登记" "recorded here";
        /// From a list that was imported.
        Imported = "imported" "清单导入" "imported from a list";
        /// Quoted from a published text, which says nothing of the days.
        Quoted = "quoted" "引自公开报道" "quoted from a published text";
        /// Made up for the demonstration.
        Simulated = "simulated" "演示数据" "demonstration data";
    }
}

named! {
    /// What a piece of evidence is.
    pub enum EvidenceKind {
        /// A photo, named by its hash.
        Photo = "photo" "照片" "photo";
        /// A record of what was seen, in words.
        Record = "record" "检查记录" "record";
    }
}

named! {
    /// When a piece of evidence was taken.
    pub enum Phase {
        /// 整改前.
        Before = "before" "整改前" "before";
        /// 整改中.
        During = "during" "整改中" "during";
        /// 整改后.
        After = "after" "整改后" "after";
    }
}

named! {
    /// Who did it, without saying who they are.
    pub enum ActorRole {
        /// A reader of the publicity notice.
        Public = "public" "公众" "the public";
        /// An officer.
        Officer = "officer" "工作人员" "officer";
        /// The portal itself, or an import.
        System = "system" "系统" "system";
    }
}
