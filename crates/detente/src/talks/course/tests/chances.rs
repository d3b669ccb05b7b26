//! Chance: probabilities that can be computed by hand, against many courses of a fixed seed.

use super::*;

/// Courses of the first comparison; those after it, which take longer, have fewer.
const MANY: u64 = 100_000;
const SOME: u64 = 20_000;

/// North asks for the open bridge every time; South takes it as soon as it may.
fn agree_when_open(course: &mut Course, table: &Table) {
    let (open, all) = (table.outcome("open"), table.outcome("all"));
    while course.close().is_none() {
        if course.step(0, Move::Offer(open.clone())).is_err() {
            break;
        }
        if course.close().is_none() {
            let held = course.held(1, &open).is_some();
            let answer = if held { Move::Offer(all.clone()) } else { Move::Accept };
            course.step(1, answer).unwrap();
        }
    }
}

/// Within four standard deviations of a share.
fn near(count: u64, of: u64, share: f64) {
    let expected = share * of as f64;
    let sigma = (share * (1.0 - share) * of as f64).sqrt();
    assert!((count as f64 - expected).abs() <= 4.0 * sigma, "{count} and not {expected} ± {sigma}");
}

#[test]
fn a_summit_that_may_come_and_a_parliament_that_may_pass() {
    let table = river();
    let (hazard, passes, meetings_ahead) = (0.2, 0.7, 4u32);
    let circumstances = Circumstances {
        occurrences: vec![Occurrence {
            name: "summit".into(),
            comes: Comes::Hazard { chance: hazard, from: 1 },
            needs: Vec::new(),
        }],
        gates: vec![Gate {
            name: "summit first".into(),
            until: 0,
            bars: Bars::Agreeing(table.when("bridge", &["tolled", "open"])),
            heeded: false,
        }],
        ratifications: vec![Ratification {
            name: "parliament".into(),
            seat: 1,
            when: None,
            delay: 1,
            by: Verdict::Chance(passes),
        }],
        ..meetings(meetings_ahead, 1)
    };
    let mut settled = 0;
    let mut opened = [0u64; 4];
    let (setting, shared) = (Setting::of(&table.scenario), Arc::new(circumstances));
    for index in 0..MANY {
        let mut course = table.open_shared(&setting, &shared, (2025, index));
        agree_when_open(&mut course, &table);
        let account = course.account().unwrap();
        settled += u64::from(account.close == Close::Settled);
        if let Some(meeting) = account.gates[0].opened {
            opened[meeting as usize - 1] += 1;
        }
    }
    // The summit comes before one of the four meetings, and the parliament passes it.
    near(settled, MANY, (1.0 - 0.8f64.powi(4)) * passes);
    for (before, count) in opened.iter().enumerate() {
        near(*count, MANY, 0.8f64.powi(before as i32) * hazard);
    }
}

#[test]
fn a_race_between_a_summit_a_spoiler_and_a_drift() {
    let table = river();
    let (hazard, breaks, drifts, passes) = (0.3, 0.15, 0.25, 0.6);
    // The bridge may be agreed on after the summit; the band may end the talks in any recess, also while the parliament
    // takes a recess; a bridge that drifts to the toll of itself changes what the parliament does.
    let circumstances = Circumstances {
        occurrences: vec![Occurrence {
            name: "summit".into(),
            comes: Comes::Hazard { chance: hazard, from: 2 },
            needs: Vec::new(),
        }],
        gates: vec![Gate {
            name: "summit first".into(),
            until: 0,
            bars: Bars::Agreeing(table.when("bridge", &["open"])),
            heeded: false,
        }],
        drifts: vec![Drift {
            name: "toll".into(),
            issue: 0,
            from: Some(0),
            to: 1,
            chance: drifts,
            when: Occasion::Always,
        }],
        incidents: vec![Incident {
            name: "bomb".into(),
            by: Some("the band".into()),
            during: During::Any,
            when: Occasion::Always,
            against: None,
            chance: breaks,
            costs: Vec::new(),
            raises: Vec::new(),
            then: Consequence::Breaks,
        }],
        ratifications: vec![Ratification {
            name: "parliament".into(),
            seat: 1,
            when: None,
            delay: 1,
            by: Verdict::Chance(passes),
        }],
        ..meetings(5, 1)
    };
    let mut found = [0u64; 4];
    let mut drifted = 0;
    let (setting, shared) = (Setting::of(&table.scenario), Arc::new(circumstances));
    for index in 0..SOME {
        let mut course = table.open_shared(&setting, &shared, (77, index));
        agree_when_open(&mut course, &table);
        let account = course.account().unwrap();
        drifted += u64::from(account.drifts == [0]);
        let at = match account.close {
            Close::Settled => 0,
            Close::Nothing(Why::NotRatified(0)) => 1,
            Close::Nothing(Why::Broken(0)) => 2,
            Close::Nothing(Why::Deadline) => 3,
            other => panic!("{other:?}"),
        };
        found[at] += 1;
    }
    // Walk through the meetings: `waits` is the chance that the talks are on and the summit has not come, and `toll`
    // the same with the bridge drifted as well.
    let (mut waits, mut expected, mut toll, mut toll_at_end) = (1.0, [0.0; 4], 0.0, 0.0);
    for meeting in 1..=5 {
        if meeting > 1 {
            // In the recess the bridge may drift before the band strikes.
            toll += (waits - toll) * drifts;
            expected[2] += waits * breaks;
            toll_at_end += toll * breaks;
            waits *= 1.0 - breaks;
            toll *= 1.0 - breaks;
        }
        let signs = if meeting >= 2 { waits * hazard } else { 0.0 };
        let signs_toll = if meeting >= 2 { toll * hazard } else { 0.0 };
        // After signing one more recess goes by: drift, then the band, then the parliament.
        toll_at_end += signs_toll + (signs - signs_toll) * drifts;
        expected[2] += signs * breaks;
        expected[0] += signs * (1.0 - breaks) * passes;
        expected[1] += signs * (1.0 - breaks) * (1.0 - passes);
        waits -= signs;
        toll -= signs_toll;
    }
    expected[3] = waits;
    toll_at_end += toll;
    assert!((expected.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    for (count, share) in found.iter().zip(expected) {
        near(*count, SOME, share);
    }
    near(drifted, SOME, toll_at_end);
}

#[test]
fn a_principal_extends_and_recalls_by_chance() {
    let table = river();
    let mut party = mandated(Mandate::all("ask", Allowed::Refer));
    (party.principal.extends, party.principal.recalls) = (0.3, 0.6);
    let circumstances = Circumstances { parties: vec![Party::default(), party], ..meetings(1, 1) };
    let (good, bad) = (table.outcome("tolled cleared all"), table.outcome("open"));
    let (mut extended, mut recalled) = (0, 0);
    let (setting, shared) = (Setting::of(&table.scenario), Arc::new(circumstances));
    for index in 0..SOME {
        let mut course = table.open_shared(&setting, &shared, (5, index));
        course.step(0, Move::Offer(if index % 2 == 0 { good.clone() } else { bad.clone() })).unwrap();
        course.step(1, Move::Accept).unwrap();
        match course.habit(1) {
            Answer::Extend => extended += 1,
            Answer::Recall => recalled += 1,
            Answer::Approve => assert_eq!(index % 2, 0),
            Answer::Refuse => assert_eq!(index % 2, 1),
        }
    }
    near(extended, SOME, 0.5 * 0.3);
    near(recalled, SOME, 0.5 * 0.6);
}
