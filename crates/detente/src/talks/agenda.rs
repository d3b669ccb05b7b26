//! Agreement piece by piece: issues, or groups of them, one after the other.

use super::protocols::Closing;
use super::{Agreed, Ending, How, Protocol, Record, Replayed, Setting, replay};
use crate::game::{Formula, Outcome, Scenario, Stream};
use serde::{Deserialize, Serialize};

/// Whether a stage binds by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// What is agreed in a stage stands, whatever becomes of the rest. Issues without an agreement stay at the status quo.
    Each,
    /// Nothing is agreed until everything is agreed: one stage without an agreement ends the talks, and at the end all say
    /// yes or no to the whole package.
    Whole,
}

/// Which issues are negotiated when, and whether a stage binds by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// The issues of each stage, by position. Every issue is in one stage.
    pub stages: Vec<Vec<usize>>,
    /// Whether a stage binds by itself.
    pub binding: Binding,
}

/// Why an agenda does not fit a scenario, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplanned(pub String);

impl std::fmt::Display for Unplanned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unplanned {}

impl Agenda {
    /// One issue after the other, in their order.
    #[must_use]
    pub fn issue_by_issue(scenario: &Scenario, binding: Binding) -> Self {
        Agenda { stages: (0..scenario.space.issues.len()).map(|issue| vec![issue]).collect(), binding }
    }

    /// Whether it fits a scenario.
    ///
    /// # Errors
    /// When an issue is in no stage or in two, when a stage has no issue, or when stages are to bind by themselves and no
    /// status quo is known, so that nothing says where the other issues stay.
    pub fn fits(&self, scenario: &Scenario) -> Result<(), Unplanned> {
        let mut times = vec![0usize; scenario.space.issues.len()];
        for stage in &self.stages {
            if stage.is_empty() {
                return Err(Unplanned("a stage of the agenda has no issue".to_string()));
            }
            for issue in stage {
                match times.get_mut(*issue) {
                    Some(times) => *times += 1,
                    None => return Err(Unplanned(format!("the agenda names issue {issue}, and there is none"))),
                }
            }
        }
        let name = |at: usize| scenario.space.issues.get(at).map_or("", |issue| issue.id.as_str());
        if let Some(at) = times.iter().position(|times| *times != 1) {
            return Err(Unplanned(format!("issue `{}` has to be in one stage of the agenda", name(at))));
        }
        if self.binding == Binding::Each && !scenario.status_quo {
            let why = "stages that bind by themselves leave other issues at the status quo, and none is known";
            return Err(Unplanned(why.to_string()));
        }
        Ok(())
    }
}

/// One session of talks piece by piece.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageRecord {
    /// The issues of the stage; none: the question about the whole package.
    pub issues: Vec<usize>,
    /// The session.
    pub record: Record,
}

/// Talks piece by piece that are over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgendaRecord {
    /// The agenda.
    pub agenda: Agenda,
    /// The sessions, in order: the log is their logs.
    pub stages: Vec<StageRecord>,
    /// How it ended. Its round counts the rounds of all sessions.
    pub ending: Ending,
}

/// What comes next.
#[derive(Debug, Clone)]
pub enum Next {
    /// A session about these issues, under the protocol of the talks.
    Stage {
        /// The issues.
        issues: Vec<usize>,
        /// The same negotiation with every other issue held where it is, and no agreement worth what stands.
        scenario: Box<Scenario>,
    },
    /// The question about the whole package, which has a protocol of its own, in the scenario of the talks.
    Closing {
        /// The protocol.
        protocol: Closing,
        /// The rounds of its clock: the rounds so far and one, of which it takes the last.
        rounds: u32,
    },
}

/// Talks piece by piece: a session for each stage of an [`Agenda`], whoever plays them.
///
/// In a stage all other issues are held where they are: at what has been agreed, else at the status quo. A proposal keeps
/// the rules that all know; where nothing is agreed until everything is, a rule that concerns an issue that is still to
/// come waits for it. What no agreement is worth to a seat in a stage is what the package that stands is worth, so that
/// nobody accepts what makes it worse off; where no status quo is known, nothing is said of it. A stage that ends because a
/// seat leaves or breaches the rules, or because talks break down, ends all. Agreements of some of the seats do not count.
#[derive(Debug, Clone)]
pub struct Stages {
    scenario: Scenario,
    agenda: Agenda,
    seed: u64,
    index: u64,
    /// What stands: agreed so far, else the status quo.
    stands: Outcome,
    records: Vec<StageRecord>,
    /// Whether a stage has brought an agreement.
    any: bool,
    /// Rounds so far.
    rounds: u32,
    ending: Option<Ending>,
}

impl Stages {
    /// Opens talks `index` of a seed.
    ///
    /// # Errors
    /// When the agenda does not fit the scenario.
    pub fn open(scenario: &Scenario, agenda: Agenda, seed: u64, index: u64) -> Result<Self, Unplanned> {
        agenda.fits(scenario)?;
        let stands = scenario.space.status_quo();
        let mut stages = Stages {
            scenario: scenario.clone(),
            agenda,
            seed,
            index,
            stands,
            records: Vec::new(),
            any: false,
            rounds: 0,
            ending: None,
        };
        if stages.agenda.stages.is_empty() {
            stages.end(How::Refused, false);
        }
        Ok(stages)
    }

    /// How the talks ended, if they have.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// The seed and the number under which the next session is opened, so that each has chance of its own.
    #[must_use]
    pub fn address(&self) -> (u64, u64) {
        let lane = Stream::lane("stage").wrapping_add(self.records.len() as u64);
        (Stream::new(self.seed, self.index, lane).next_u64(), self.index)
    }

    /// The session to be played next; `None` when the talks are over.
    #[must_use]
    pub fn next(&self) -> Option<Next> {
        if self.ending.is_some() {
            return None;
        }
        Some(match self.agenda.stages.get(self.records.len()) {
            Some(issues) => Next::Stage { issues: issues.clone(), scenario: Box::new(self.scenario_of(issues)) },
            None => {
                let rounds = self.rounds.saturating_add(1);
                Next::Closing { protocol: Closing::on(self.stands.clone()), rounds }
            }
        })
    }

    /// The same negotiation about some of the issues alone.
    fn scenario_of(&self, issues: &[usize]) -> Scenario {
        let mut scenario = self.scenario.clone();
        if self.agenda.binding == Binding::Whole {
            let done = self.agenda.stages.iter().take(self.records.len() + 1).flatten();
            let done: std::collections::BTreeSet<usize> = done.copied().collect();
            scenario.rules.retain(|rule| rule.scope().iter().all(|issue| done.contains(issue)));
        }
        let held = (0..scenario.space.issues.len()).filter(|issue| !issues.contains(issue));
        scenario.rules.extend(held.map(|issue| Formula::In(issue, vec![self.stands.digit(issue)])));
        for party in &mut scenario.parties {
            party.reservation = scenario.status_quo.then(|| party.utility.of(&self.stands));
            party.reservation_outcome = None;
        }
        scenario
    }

    /// Takes the session that [`Stages::next`] asked for.
    ///
    /// # Errors
    /// When the talks are over.
    pub fn close(&mut self, record: Record) -> Result<(), Unplanned> {
        if self.ending.is_some() {
            return Err(Unplanned("the talks are over".to_string()));
        }
        let issues = self.agenda.stages.get(self.records.len()).cloned().unwrap_or_default();
        let closing = issues.is_empty();
        let ending = record.ending.clone();
        self.rounds = if closing { ending.round } else { self.rounds.saturating_add(ending.round) };
        self.records.push(StageRecord { issues, record });
        let all = |agreed: &&Agreed| agreed.seats.len() == self.scenario.parties.len();
        let agreed = ending.agreements.iter().find(all).map(|agreed| agreed.outcome.clone());
        let last = self.records.len() >= self.agenda.stages.len();
        let failed = if ending.how == How::Agreed { How::Refused } else { ending.how };
        match (agreed, self.agenda.binding) {
            (Some(outcome), binding) => {
                self.stands = outcome;
                self.any = true;
                if closing || (last && binding == Binding::Each) {
                    self.end(How::Agreed, true);
                }
            }
            (None, Binding::Whole) => self.end(failed, false),
            (None, Binding::Each) => {
                let over = matches!(failed, How::Left(_) | How::Breach(_) | How::Breakdown);
                if over || last {
                    self.end(failed, self.any);
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, how: How, agreed: bool) {
        let seats = self.scenario.parties.len();
        self.ending = Some(if agreed {
            Ending::agreed(self.rounds, seats, self.stands.clone())
        } else {
            Ending::without(how, self.rounds)
        });
    }

    /// The record, once the talks are over.
    #[must_use]
    pub fn record(&self) -> Option<AgendaRecord> {
        let ending = self.ending.clone()?;
        Some(AgendaRecord { agenda: self.agenda.clone(), stages: self.records.clone(), ending })
    }
}

/// Plays the moves of talks piece by piece again and compares what happens; the position is that of the stage.
///
/// # Errors
/// When the agenda does not fit the scenario.
pub fn replay_agenda(
    record: &AgendaRecord,
    scenario: &Scenario,
    protocol: &dyn Protocol,
    (seed, index): (u64, u64),
) -> Result<Replayed, Unplanned> {
    let mut stages = Stages::open(scenario, record.agenda.clone(), seed, index)?;
    for (at, stage) in record.stages.iter().enumerate() {
        let address = stages.address();
        let replayed = match stages.next() {
            None => return Ok(Replayed::Differs(at)),
            Some(Next::Stage { issues, scenario }) if issues == stage.issues => {
                replay(&stage.record, &Setting::of(&scenario), protocol)
            }
            Some(Next::Closing { protocol, .. }) if stage.issues.is_empty() => {
                replay(&stage.record, &Setting::of(scenario), &protocol)
            }
            Some(_) => return Ok(Replayed::Differs(at)),
        };
        if replayed != Replayed::Same || (stage.record.seed, stage.record.index) != address {
            return Ok(if replayed == Replayed::Same { Replayed::Differs(at) } else { replayed });
        }
        stages.close(stage.record.clone())?;
    }
    Ok(match stages.ending() {
        None => Replayed::Unfinished,
        Some(ending) if *ending == record.ending => Replayed::Same,
        Some(_) => Replayed::Differs(record.stages.len()),
    })
}
