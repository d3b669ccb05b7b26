//! How the talks would go: whether anything is signed, what, when, and what it hangs on.

use super::grid::Grid;
use super::numbers::{bar, count, percent, share, with_interval};
use super::prose::{Prose, and, capital, quoted, sentence};
use super::view::View;
use super::{paragraph, section};
use crate::brief::content::{
    Band, Bars, Block, Cell, Dance, DanceStep, Figure, Inline, Line, Panel, Plot, Section, Table, Tone, plain,
};
use crate::case::model::process::StepRef;
use crate::lens::talks::{Baseline, End, Ended, Fan, Hangs, LevelReached, PartyTalks, Quantiles, TalksAnswer, Told};
use crate::lens::{Finding, ShareOf};
use crate::talks::StepClass;
use indexmap::IndexMap;

/// Agreements that are told.
const MOST_AGREEMENTS: usize = 6;
/// Values of an issue that are told.
const MOST_VALUES: usize = 3;
/// Things that the answer hangs on that stand in the open; the rest can be folded away.
const MOST_HANGS: usize = 8;
/// Lines of a session that are told.
const MOST_LINES: usize = 60;

/// The section, unless there is nothing to talk about.
pub(super) fn write(view: &View<'_>, finding: &Finding<TalksAnswer>) -> Option<Section> {
    let answer = &finding.answer;
    if answer.sessions == 0 {
        return None;
    }
    let mut blocks = vec![
        Block::Paragraph(sentence_that_matters(view, answer)),
        Block::Note(load(answer)),
        paragraph(INTRO),
        baselines(answer),
    ];
    blocks.extend(results(view, answer));
    blocks.push(Block::Figure(Box::new(endings(view, answer))));
    blocks.extend(hangs_on(view, answer));
    blocks.extend(on_the_way(view, answer));
    blocks.extend(answer.fan.iter().map(|fan| Block::Figure(Box::new(one_fan(view, answer, fan)))));
    blocks.extend(answer.told.iter().flat_map(|told| one_session(view, answer, told)));
    blocks.extend(missing(answer));
    section("talks", "How the talks would go", blocks)
}

const INTRO: &str = "Sessions are played by rule, one after the other: in each, preferences, red lines and what no agreement \
                     is worth are drawn from what fits the case, and so is what the case leaves open about the talks. The \
                     parties make offers in turn. A share of sessions is a share of what is not known and of the rules of \
                     play, not a forecast of these talks. Signed means by all who must consent. The intervals are those of \
                     the number of sessions.";

fn rate(answer: &TalksAnswer) -> ShareOf {
    let rate = &answer.agreement_rate;
    let hits = (rate.value * answer.sessions as f64).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the sessions")]
    ShareOf::new(hits as u64, answer.sessions)
}

/// Each level of agreement with how often what is signed reaches it, in a clause; the highest last.
fn levels(view: &View<'_>, answer: &TalksAnswer) -> Option<String> {
    let level = |level: &LevelReached| format!("{} {}", quoted(&view.level(&level.id)), share(&level.share));
    let all: Vec<String> = answer.levels.iter().map(level).collect();
    (!all.is_empty() && rate(answer).hits > 0).then(|| all.join(", "))
}

fn sentence_that_matters(view: &View<'_>, answer: &TalksAnswer) -> Line {
    let signed = rate(answer);
    let mut prose = Prose::new().strong(format!("Something is signed in {} of the sessions", with_interval(&signed)));
    prose = match levels(view, answer) {
        Some(levels) => prose.text(format!("; what is signed reaches: {levels}.")),
        None => prose.text("."),
    };
    if let Some(after) = &answer.after
        && after.stands.hits < signed.hits
    {
        prose = prose.text(format!(" It still stands at the end in {}.", share(&after.stands)));
    }
    prose.done()
}

/// The judgement for the first page: the share with what it reaches, and how far it is one of what is assumed.
pub(super) fn first_page(view: &View<'_>, answer: &TalksAnswer) -> Option<Line> {
    if answer.sessions < 2 {
        return None;
    }
    let signed = rate(answer);
    let reaches = levels(view, answer).map(|levels| format!(" (it reaches: {levels})")).unwrap_or_default();
    let mut prose = Prose::new().text(format!(
        "Talks played out by rule sign something in {} of the sessions{reaches}.",
        with_interval(&signed)
    ));
    let (low, high) = span(answer);
    if high > low {
        prose = prose.text(format!(
            " These are shares of sessions under assumptions and no odds: one thing changed at a time puts the first of them \
             anywhere between {} and {}.",
            percent(low, false),
            percent(high, false)
        ));
    }
    let simple = answer.baselines.iter().find(|baseline| baseline.name == "one package by chance");
    if let Some(simple) = simple.and_then(|baseline| baseline.share) {
        prose = prose.text(format!(" Beside it: one package drawn by chance suits all in {}.", share(&simple)));
    }
    Some(prose.done())
}

/// The lowest and the highest share of agreement with one thing changed at a time.
fn span(answer: &TalksAnswer) -> (f64, f64) {
    let base = rate(answer).share;
    let ends = answer.hangs_on.iter().flat_map(|h| &h.settings).map(|(_, share)| share.share);
    ends.fold((base, base), |(low, high), share| (low.min(share), high.max(share)))
}

/// What the answer leans on, right after it.
fn load(answer: &TalksAnswer) -> Line {
    let assumed = answer.inputs.iter().filter(|i| i.basis == crate::case::Basis::Assumed).count();
    let drivers: Vec<_> = answer.inputs.iter().filter(|i| i.drives).collect();
    let drivers_assumed = drivers.iter().filter(|i| i.basis == crate::case::Basis::Assumed).count();
    let unsaid = answer.inputs.iter().filter(|i| i.claim.is_none()).count();
    let mut prose = Prose::new().text(format!(
        "The course of the talks is played from {}, {assumed} of them assumed",
        count(answer.inputs.len(), "number", "numbers")
    ));
    if unsaid > 0 {
        prose = prose.text(format!(" ({unsaid} by the program, because the case does not give them)"));
    }
    prose = match (drivers.len(), drivers_assumed) {
        (0, _) => prose.text(". No single number moves the share of agreement by more than five points."),
        (all, assumed) => prose.text(format!(
            ". {} the share of agreement by more than five points over its range; {assumed} of these {} assumed.",
            capital(&format!("{} {}", count(all, "number", "numbers"), if all == 1 { "moves" } else { "move" })),
            if assumed == 1 { "is" } else { "are" }
        )),
    };
    let (low, high) = span(answer);
    if high > low {
        prose = prose.text(format!(
            " Changing one thing at a time puts the share anywhere between {} and {}.",
            percent(low, false),
            percent(high, false)
        ));
    }
    prose.done()
}

fn baselines(answer: &TalksAnswer) -> Block {
    let mut grid =
        Grid::new("The simple answers to the same question beside it", &["Answer", "#Share of sessions", "What it is"]);
    let own = "The sessions as the case has them.";
    grid.row(vec!["the talks".into(), with_interval(&rate(answer)).into(), own.into()]);
    for Baseline { name, says, share, range } in &answer.baselines {
        let told = match share {
            Some(share) => with_interval(share),
            None => format!("{} to {}", percent(range.0, true), percent(range.1, true)),
        };
        grid.row(vec![name.clone().into(), told.into(), says.clone().into()]);
    }
    Block::Table(grid.table())
}

fn terms(view: &View<'_>, terms: &IndexMap<String, String>) -> String {
    let one = |(issue, value): (&String, &String)| format!("{}: {}", view.issue(issue), view.meaning(issue, value));
    terms.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// What was signed: by level, by issue, and the packages.
fn results(view: &View<'_>, answer: &TalksAnswer) -> Vec<Block> {
    let mut blocks = Vec::new();
    if rate(answer).hits == 0 {
        return blocks;
    }
    if !answer.levels.is_empty() {
        let mut twin = Grid::new("What is signed, by level of agreement", &["Level", "#Share of sessions"]);
        let mut rows = Vec::new();
        for level in &answer.levels {
            twin.row(vec![view.level(&level.id).into(), with_interval(&level.share).into()]);
            rows.push((view.level(&level.id), vec![bar(&level.share)]));
        }
        let most = answer.levels.iter().max_by_key(|l| l.share.hits);
        let reading = most.map_or_else(String::new, |most| {
            format!("The level reached most often is {} ({}).", quoted(&view.level(&most.id)), share(&most.share))
        });
        blocks.push(Block::Figure(Box::new(Figure {
            id: "talks-levels".into(),
            title: "How far what is signed goes".into(),
            description:
                "Per level of agreement of the case, the share of sessions in which what is signed reaches it.".into(),
            reading: plain(reading),
            plot: Plot::Bars(Bars { series: vec!["sessions".into()], rows, axis: "Share of sessions".into() }),
            twin: twin.table(),
        })));
    }
    let mut settled = Grid::new(
        "How often each issue is settled by what is signed, and how",
        &["Issue", "#Settled in", "Most often as"],
    );
    for issue in answer.settled.iter().filter(|issue| issue.share.hits > 0) {
        let value = |(value, of): &(String, ShareOf)| format!("{} ({})", view.meaning(&issue.issue, value), share(of));
        let values: Vec<String> = issue.values.iter().take(MOST_VALUES).map(value).collect();
        settled.row(vec![
            view.issue(&issue.issue).into(),
            with_interval(&issue.share).into(),
            values.join("; ").into(),
        ]);
    }
    blocks.extend(settled.block());
    let mut packages = Grid::new("What is signed most often", &["Package", "#Share of sessions"]);
    for signed in answer.agreements.iter().take(MOST_AGREEMENTS) {
        packages.row(vec![terms(view, &signed.outcome).into(), with_interval(&signed.share).into()]);
    }
    let title = "The packages that are signed most often; the others are each rarer";
    blocks.extend(packages.block().map(|table| Block::Fold(plain(title), vec![table])));
    blocks
}

fn how(view: &View<'_>, ended: &Ended) -> String {
    let who = ended.party.as_ref().map(|id| view.party(id)).unwrap_or_default();
    let how = match ended.how {
        End::Agreed => "everything on the table is agreed".to_string(),
        End::Deadline => "the last meeting passes".to_string(),
        End::Left => format!("{who} walks out"),
        End::Bound => format!("the delegation of {who} has nothing that it may propose"),
        End::Recalled => format!("{who} recalls its delegation"),
        End::Breakdown => "the talks break off".to_string(),
        End::NotRatified => "what is signed fails at home".to_string(),
        End::Undone => "what is signed is undone".to_string(),
        End::Stopped => "nothing is left to try".to_string(),
    };
    match (ended.how, ended.signed) {
        (End::Agreed | End::NotRatified | End::Undone, _) => capital(&how),
        (_, true) => capital(&format!("{how}, with parts signed")),
        (_, false) => capital(&format!("{how}, with nothing signed")),
    }
}

fn endings(view: &View<'_>, answer: &TalksAnswer) -> Figure {
    let rows: Vec<(String, Vec<Option<[f64; 3]>>)> =
        answer.endings.iter().map(|ended| (how(view, ended), vec![bar(&ended.share)])).collect();
    let mut twin = Grid::new("How the sessions end", &["Ending", "#Share of sessions"]);
    for ended in &answer.endings {
        twin.row(vec![how(view, ended).into(), with_interval(&ended.share).into()]);
    }
    let Quantiles { low, middle, high } = answer.rounds;
    let first = answer.endings.first();
    let first =
        first.map_or_else(String::new, |e| format!("Most often: {} ({}). ", lower(&how(view, e)), share(&e.share)));
    Figure {
        id: "talks-endings".into(),
        title: "How the sessions end".into(),
        description: "Per ending, the share of sessions.".into(),
        reading: plain(format!(
            "{first}Half of the sessions are over after {} or fewer; eight in ten last between {low:.0} and {high:.0}.",
            count(whole(middle), "meeting", "meetings")
        )),
        plot: Plot::Bars(Bars { series: vec!["sessions".into()], rows, axis: "Share of sessions".into() }),
        twin: twin.table(),
    }
}

/// The first letter small, for the middle of a sentence; a name of a party keeps its own.
fn lower(words: &str) -> String {
    let known = ["Everything", "The", "Nothing"];
    match known.iter().any(|start| words.starts_with(start)) {
        true => {
            let mut letters = words.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
        false => words.to_string(),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of meetings")]
fn whole(number: f64) -> usize {
    number.round().max(0.0) as usize
}

fn hangs_on(view: &View<'_>, answer: &TalksAnswer) -> Vec<Block> {
    let Some(base) = answer.same_sessions else { return Vec::new() };
    let caption = format!(
        "What the share of agreement hangs on: one thing changed at a time, in the same {} with the same random numbers \
         (as they are: {})",
        count(whole(base.draws as f64), "session", "sessions"),
        share(&base)
    );
    let mut blocks = vec![Block::Heading("What it hangs on".into())];
    if let Some(first) = answer.hangs_on.first() {
        let settings: Vec<String> =
            first.settings.iter().map(|(label, of)| format!("{} with {label}", share(of))).collect();
        let settings = match first.settings.as_slice() {
            [(label, of)] => format!("{} {label} it", share(of)),
            _ => and(&settings),
        };
        blocks.push(paragraph(format!(
            "It hangs most on {}: {settings}, against {} as the case has it.",
            first.what,
            share(&base)
        )));
    }
    let table = |rows: &[Hangs]| {
        let mut grid =
            Grid::new(caption.clone(), &["What is changed", "#At the low end or without", "#At the high end", "Basis"]);
        for hangs in rows {
            grid.row(hang(view, hangs, base));
        }
        grid.block()
    };
    let cut = answer.hangs_on.len().min(MOST_HANGS);
    let (open, folded) = answer.hangs_on.split_at(cut);
    blocks.extend(table(open));
    if let Some(rest) = table(folded) {
        blocks.push(Block::Fold(plain("The rest of it, which moves the share less"), vec![rest]));
    }
    blocks
}

fn hang(view: &View<'_>, hangs: &Hangs, base: ShareOf) -> Vec<Cell> {
    let setting = |(label, of): &(String, ShareOf)| -> Cell {
        let far = of.hits.abs_diff(base.hits) as f64 > 0.05 * base.draws as f64;
        Cell { line: plain(format!("{} ({label})", share(of))), tone: if far { Tone::Doubt } else { Tone::Plain } }
    };
    let first = hangs.settings.first().map(setting).unwrap_or_default();
    let second = hangs.settings.get(1).map(setting).unwrap_or_default();
    let what: Line = match hangs.claims.as_slice() {
        [one] => vec![view.claim(one, capital(&hangs.what))],
        _ => plain(capital(&hangs.what)),
    };
    let basis: Line = match (hangs.assumed, hangs.claims.is_empty()) {
        (_, true) => plain("the program's, for want of the case's"),
        (true, _) => vec![Inline::Basis("assumed".into())],
        (false, _) => match hangs.claims.as_slice() {
            [one] => view.claim_of(one).map(|c| vec![Inline::Basis(c.grounds.basis.to_string())]).unwrap_or_default(),
            _ => plain("several"),
        },
    };
    vec![what.into(), first, second, basis.into()]
}

/// What happens on the way: referrals, gates, the conflict meanwhile, what becomes of what is signed.
fn on_the_way(view: &View<'_>, answer: &TalksAnswer) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut parties = Grid::new(
        "What happens to each party on the way; gains and costs are shares of its own scale, and scales of two parties do \
         not compare",
        &[
            "Party",
            "#Refers in",
            "Answers",
            "#Walks out in",
            "#What it gains (10\u{a0}%, median, 90\u{a0}%)",
            "#What it bears",
        ],
    );
    for party in &answer.parties {
        parties.row(party_row(view, answer, party));
    }
    blocks.extend(parties.block());
    let mut gates = Grid::new(
        "Demands on the order of steps that keep something off the table to the end",
        &["Demand", "#Unmet to the end in"],
    );
    for gate in &answer.gates {
        gates.row(vec![vec![demand(view, &gate.claim)].into(), with_interval(&gate.closed).into()]);
    }
    blocks.extend(gates.block());
    let mut meanwhile = Grid::new("What happens outside while the parties talk", &["What", "#Share of sessions"]);
    for happened in &answer.meanwhile {
        meanwhile.row(vec![
            vec![view.claim(&happened.claim, happened.what.clone())].into(),
            with_interval(&happened.share).into(),
        ]);
    }
    blocks.extend(meanwhile.block());
    if let Some(after) = &answer.after {
        let mut grid = Grid::new("What becomes of what is signed", &["What", "#Share of sessions"]);
        grid.row(vec!["Signed, and it stands at the end".into(), with_interval(&after.stands).into()]);
        for (claim, of) in &after.unratified {
            let words = format!("Fails at home: {}", view.claim_words(claim));
            grid.row(vec![vec![view.claim(claim, words)].into(), with_interval(of).into()]);
        }
        for (claim, of) in &after.undone {
            let words = format!("Undone: {}", view.claim_words(claim));
            grid.row(vec![vec![view.claim(claim, words)].into(), with_interval(of).into()]);
        }
        blocks.extend(grid.block());
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading("On the way".into()));
    }
    blocks
}

/// A demand on the order of steps in words, leading to its claim.
fn demand(view: &View<'_>, claim: &str) -> Inline {
    let step = |step: &StepRef| match step {
        StepRef::State(condition) => view.condition(&condition.expr),
        StepRef::Named(name) => {
            view.document().steps.get(name.as_str()).map_or_else(|| name.text.clone(), |step| step.name.clone())
        }
    };
    match view.document().preconditions.iter().find(|p| p.grounds.id == claim) {
        Some(demand) => {
            let words = format!("“{}” before “{}”", step(&demand.first), step(&demand.before));
            view.claim(claim, format!("{}: {words}", view.who(demand.claimed_by.as_str())))
        }
        None => view.claim_in_words(claim),
    }
}

fn party_row(view: &View<'_>, answer: &TalksAnswer, party: &PartyTalks) -> Vec<Cell> {
    let referrals = &party.referrals;
    let three = |q: &Quantiles| format!("{:.2}, {:.2}, {:.2}", q.low, q.middle, q.high);
    let answers = match referrals.referred {
        0 => "nothing is referred".to_string(),
        all => {
            let of = |times: u64| percent(times as f64 / all as f64, false);
            let mut parts =
                vec![format!("approved {}", of(referrals.approved)), format!("refused {}", of(referrals.refused))];
            if referrals.extended > 0 {
                parts.push(format!("mandate widened {}", of(referrals.extended)));
            }
            if referrals.recalled > 0 {
                parts.push(format!("delegation recalled {}", of(referrals.recalled)));
            }
            parts.join(", ")
        }
    };
    vec![
        view.party(&party.id).into(),
        share(&ShareOf::new(referrals.sessions, answer.sessions)).into(),
        answers.into(),
        share(&party.walked).into(),
        three(&party.gain).into(),
        three(&party.borne).into(),
    ]
}

fn one_fan(view: &View<'_>, answer: &TalksAnswer, fan: &Fan) -> Figure {
    let name = view.party(&fan.party);
    let mut twin = Grid::new(
        format!("What the offers of {name} are worth to itself"),
        &["#Time passed", "#10\u{a0}% of sessions", "#Median", "#90\u{a0}% of sessions"],
    );
    for (time, q) in &fan.points {
        twin.row(vec![
            percent(*time, true).into(),
            format!("{:.2}", q.low).into(),
            format!("{:.2}", q.middle).into(),
            format!("{:.2}", q.high).into(),
        ]);
    }
    let points = fan.points.iter().map(|(time, q)| (*time, Some([q.low, q.middle, q.high]))).collect();
    let reading = match (fan.points.first(), fan.points.last()) {
        (Some((_, first)), Some((at, last))) => format!(
            "The middle offer of {name} goes from {:.2} at the start to {:.2} when {} of the time has passed, among sessions \
             that are still going on.",
            first.middle,
            last.middle,
            percent(*at, true)
        ),
        _ => format!("{name} makes no offer."),
    };
    Figure {
        id: format!("talks-fan-{}", fan.party),
        title: format!("What {name} asks for, over {}", count(whole(answer.sessions as f64), "session", "sessions")),
        description: format!(
            "The share of the time that has passed against what the last offer of {name} is worth to itself: the middle of \
             the sessions and the band of eight in ten."
        ),
        reading: plain(reading),
        plot: Plot::Band(Band {
            x: "Share of the time that has passed".into(),
            y: format!("Worth of its own offer to {name}, on its own scale"),
            points,
            marks: Vec::new(),
        }),
        twin: twin.table(),
    }
}

fn step(class: Option<StepClass>) -> DanceStep {
    match class {
        None => DanceStep::First,
        Some(StepClass::Fortunate) => DanceStep::Fortunate,
        Some(StepClass::Selfish) => DanceStep::Selfish,
        Some(StepClass::Concession) => DanceStep::Concession,
        Some(StepClass::Unfortunate) => DanceStep::Unfortunate,
        Some(StepClass::Nice) => DanceStep::Nice,
        Some(StepClass::Silent) => DanceStep::Silent,
    }
}

fn step_name(class: Option<StepClass>) -> &'static str {
    class.map_or("first offer", StepClass::name)
}

/// One session: the dance, and what happened.
fn one_session(view: &View<'_>, answer: &TalksAnswer, told: &Told) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(format!("One session, number {}", told.session))];
    blocks.push(paragraph(format!("{} It is an example, not the likely course. {}", told.why, told.ending)));
    if !told.moves.is_empty() {
        blocks.push(Block::Figure(Box::new(dance(view, answer, told))));
    }
    let mut lines: Vec<Line> = told
        .events
        .iter()
        .take(MOST_LINES)
        .map(|event| plain(format!("Meeting {}: {}", event.meeting, sentence(&event.says))))
        .collect();
    let left = told.events.len().saturating_sub(MOST_LINES);
    if left > 0 {
        lines.push(plain(format!("{left} more.")));
    }
    if !lines.is_empty() {
        blocks.push(Block::Fold(plain("What happens in it beside the offers"), vec![Block::List(lines)]));
    }
    blocks
}

fn dance(view: &View<'_>, answer: &TalksAnswer, told: &Told) -> Figure {
    let names: Vec<String> = answer.parties.iter().map(|p| view.party(&p.id)).collect();
    let panel = |(at, name): (usize, &String)| {
        let worth = |step: &crate::lens::talks::Step| step.worth.get(at).copied().unwrap_or(0.0);
        let moves = || told.moves.iter().enumerate();
        Panel {
            party: name.clone(),
            floor: told.floors.get(at).copied(),
            own: moves().filter(|(_, m)| m.by == at).map(|(n, m)| (n, worth(m), step(m.class))).collect(),
            others: moves().filter(|(_, m)| m.by != at).map(|(n, m)| (n, worth(m))).collect(),
        }
    };
    let mut meetings: Vec<(usize, String)> = Vec::new();
    let mut last = 0;
    for (number, offer) in told.moves.iter().enumerate() {
        if offer.meeting != last {
            last = offer.meeting;
            meetings.push((number, format!("meeting {last}")));
        }
    }
    Figure {
        id: "talks-dance".into(),
        title: "The offers of one session".into(),
        description: "A panel for each party: what each of its own offers is worth to itself, with a mark for the kind of \
                      step from its offer before, what the offers of the others are worth to it, and what no agreement was \
                      worth at the start. Each party has a scale of its own."
            .into(),
        reading: plain(dance_reading(&names, told)),
        plot: Plot::Dance(Dance {
            panels: names.iter().enumerate().map(panel).collect(),
            x: "Offers, in order".into(),
            y: "Worth, own scale".into(),
            offers: told.moves.len(),
            meetings,
        }),
        twin: dance_twin(view, &names, told),
    }
}

fn dance_reading(names: &[String], told: &Told) -> String {
    let of = |at: usize, name: &String| {
        let own: Vec<f64> = told.moves.iter().filter(|m| m.by == at).filter_map(|m| m.worth.get(at).copied()).collect();
        let conceded = told.moves.iter().filter(|m| m.by == at && m.class == Some(StepClass::Concession)).count();
        match (own.first(), own.last()) {
            (Some(first), Some(last)) => Some(format!(
                "{name} goes from {first:.2} to {last:.2} on its own scale, with {}",
                count(conceded, "concession", "concessions")
            )),
            _ => None,
        }
    };
    let each: Vec<String> = names.iter().enumerate().filter_map(|(at, name)| of(at, name)).collect();
    format!("In {}: {}.", count(told.moves.len(), "offer", "offers"), each.join("; "))
}

fn dance_twin(view: &View<'_>, names: &[String], told: &Told) -> Table {
    let mut columns = vec!["#Meeting".to_string(), "Offer of".to_string(), "Step".to_string()];
    columns.extend(names.iter().map(|name| format!("#Worth to {name}")));
    columns.push("What it moves".to_string());
    let mut grid = Grid::with("The offers of one session", columns);
    for offer in &told.moves {
        let mut cells: Vec<Cell> = vec![
            offer.meeting.to_string().into(),
            names.get(offer.by).cloned().unwrap_or_default().into(),
            step_name(offer.class).into(),
        ];
        cells.extend(offer.worth.iter().map(|worth| Cell::from(format!("{worth:.2}"))));
        cells.push(terms(view, &offer.outcome).into());
        grid.row(cells);
    }
    grid.table()
}

fn missing(answer: &TalksAnswer) -> Option<Block> {
    let lines: Vec<Line> = answer.missing.iter().map(|missing| plain(missing.clone())).collect();
    (!lines.is_empty())
        .then(|| Block::Fold(plain("What the case does not say, and what was taken instead"), vec![Block::List(lines)]))
}
