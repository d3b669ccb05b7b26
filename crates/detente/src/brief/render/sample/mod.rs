//! A brief with every kind of block and plot, long labels and hostile words, made up for tests.

mod figures;

pub(crate) use figures::strips;

use crate::brief::content::{
    Block, Brief, Cell, Graph, Inline, Judgement, Line, Plot, Reader, Row, Run, Section, Table, Tone, plain,
};

/// Words that try to be markup, script, terminal commands and a turn of direction.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script> \"quoted\" 'single' & </style></title> *star* | pipe `tick` [x](y) \u{1b}[31mred \u{202e}turned";

fn text(words: &str) -> Inline {
    Inline::Text(words.into())
}

fn claim(words: &str, id: &str) -> Inline {
    Inline::Claim { text: words.into(), id: id.into() }
}

fn evidence(id: &str, number: usize) -> Inline {
    Inline::Evidence { id: id.into(), number }
}

fn row(anchor: Option<&str>, cells: Vec<Cell>) -> Row {
    Row { anchor: anchor.map(str::to_owned), cells }
}

fn toned(words: &str, tone: Tone) -> Cell {
    Cell { line: plain(words), tone }
}

fn names(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// The whole sample.
pub(crate) fn brief() -> Brief {
    Brief {
        title: "Talks on the river crossing: can the bridge open before winter?".into(),
        subtitle: "As of 16 May 2025 · North and South, hosted by the Port Authority · by A. Analyst".into(),
        judgements: judgements(),
        load: vec![
            vec![
                text("The judgements rest on 41 claims: 29 quoted, 5 derived, 3 elicited and "),
                Inline::Strong("4 assumed".into()),
                text(". Dropping the assumed ones moves the largest share by 9 points; see "),
                Inline::Section { text: "the ledger".into(), id: "ledger".into() },
                text("."),
            ],
            plain(
                "One source (the wire report) carries 18 of the 29 quotes. Two of its statements contradict other sources.",
            ),
        ],
        changes: vec![
            vec![
                text("If the South let go of "),
                claim("its red line on the toll", "south.toll"),
                evidence("toll-quote", 2),
                text(", the share of draws with a zone would rise from 12\u{a0}% to 47\u{a0}%."),
            ],
            plain(
                "If the delegations could sign without calling home, three more packages would be within reach this round.",
            ),
            plain("If the wire report is wrong about the first demand, the circle in the order of steps falls away."),
        ],
        sections: vec![
            zone(),
            figures::strips_section(),
            figures::order(),
            figures::process(),
            ledger(),
            reader(),
            hostile(),
        ],
        colophon: names(&[
            "détente 0.1.0",
            "Seed 7, 2,000 draws, 2 s budget, no limit hit",
            "Case digest sha256 9f2c4e1ab0d34c55aa19 (river-crossing)",
        ]),
    }
}

fn judgements() -> Vec<Judgement> {
    let judgement =
        |says: Line, likelihood: Option<(&str, &str)>, confidence: &str, because: &str, section: &str| Judgement {
            says,
            likelihood: likelihood.map(|(word, number)| (word.to_owned(), number.to_owned())),
            confidence: confidence.into(),
            because: plain(because),
            section: section.into(),
        };
    vec![
        judgement(
            vec![
                text("A full agreement on all six issues is very unlikely (12\u{a0}%) with the red lines as reported"),
                evidence("first-demand", 1),
                text("."),
            ],
            Some(("very unlikely", "12\u{a0}%")),
            "moderate",
            "Both red lines are quoted from two independent sources; how firm they are is assumed.",
            "zone",
        ),
        judgement(
            plain(
                "A partial agreement on the exchange of prisoners and the ferry is likely (71\u{a0}%) to be acceptable to both.",
            ),
            Some(("likely", "71\u{a0}%")),
            "low",
            "The ranking of the ferry comes from one source of grade C.",
            "zone",
        ),
        judgement(
            plain(
                "The demands on the order of steps form a circle: neither side can go first without giving up a stated condition.",
            ),
            None,
            "high",
            "Both conditions are quoted word for word and nobody has withdrawn them.",
            "order",
        ),
    ]
}

fn zone() -> Section {
    Section {
        id: "zone".into(),
        title: "Is there an agreement?".into(),
        blocks: vec![
            Block::Paragraph(vec![
                text("The case says that the North's first demand is "),
                Inline::Quote("an open bridge".into()),
                evidence("first-demand", 1),
                Inline::Basis("quoted".into()),
                text(" and that the South "),
                claim("refuses any crossing without a toll", "south.toll"),
                Inline::Basis("assumed".into()),
                text(". Shares below are shares of draws from everything that fits the case, not of opinions."),
            ]),
            Block::Note(plain(
                "“Acceptable” is a statement about the model. It says nothing about what is right or lawful.",
            )),
            Block::Figure(Box::new(figures::bars())),
            Block::Heading("What must give".into()),
            Block::List(vec![
                plain("The toll alone opens 35 % of the draws."),
                vec![
                    text("The "),
                    Inline::Strong("night curfew".into()),
                    text(" together with the customs post opens 22 %."),
                ],
            ]),
            Block::Figure(Box::new(figures::band())),
            Block::Fold(
                plain("All packages that some draw accepts"),
                vec![
                    Block::Paragraph(plain("Sorted by the share of draws in which both parties accept.")),
                    Block::Table(packages()),
                ],
            ),
        ],
    }
}

fn packages() -> Table {
    Table {
        caption: "Packages by share of draws".into(),
        columns: names(&["Package", "North", "South", "#Share of draws", "#Rank"]),
        rows: [
            ("ferry + prisoners", Tone::Open, Tone::Open, "71\u{a0}%", "1"),
            ("tolled bridge, shared customs", Tone::Doubt, Tone::Open, "12\u{a0}%", "2"),
            ("open bridge", Tone::Open, Tone::Shut, "0.4\u{a0}%", "3"),
        ]
        .into_iter()
        .map(|(name, north, south, share, rank)| {
            let sign = |tone| match tone {
                Tone::Open => toned("may sign", tone),
                Tone::Doubt => toned("must refer", tone),
                _ => Cell { line: Vec::new(), tone },
            };
            row(None, vec![name.into(), sign(north), sign(south), share.into(), rank.into()])
        })
        .collect(),
    }
}

fn ledger() -> Section {
    let claims = Table {
        caption: "Claims".into(),
        columns: names(&["Claim", "Basis", "Grounds"]),
        rows: vec![
            row(
                Some("claim-south.toll"),
                vec![
                    "South refuses any crossing without a toll (firmness 0.85 to 0.99)".into(),
                    Cell { line: vec![Inline::Basis("assumed".into())], tone: Tone::Plain },
                    Cell {
                        line: vec![text("range from three comparable cases"), evidence("toll-quote", 2)],
                        tone: Tone::Plain,
                    },
                ],
            ),
            row(
                Some("claim-north bridge"),
                vec![
                    "North ranks the bridge first".into(),
                    Cell { line: vec![Inline::Basis("quoted".into())], tone: Tone::Plain },
                    Cell { line: vec![evidence("first-demand", 1)], tone: Tone::Plain },
                ],
            ),
        ],
    };
    let quotes = Table {
        caption: "Evidence".into(),
        columns: names(&["#", "Quote", "Source", "Found"]),
        rows: vec![
            row(
                Some("evidence-first-demand"),
                vec![
                    "1".into(),
                    "the northern side’s first demand is an open bridge".into(),
                    "wire, C3".into(),
                    toned("exact", Tone::Open),
                ],
            ),
            row(
                Some("evidence-toll-quote"),
                vec![
                    "2".into(),
                    "no crossing without a toll, the spokesman said, unless the port pays".into(),
                    "wire, C3".into(),
                    toned("normalised", Tone::Open),
                ],
            ),
            row(
                Some("evidence-wrong-year"),
                vec![
                    "3".into(),
                    "talks that failed last year".into(),
                    "wire, C3".into(),
                    toned("contradicted", Tone::Doubt),
                ],
            ),
        ],
    };
    Section {
        id: "ledger".into(),
        title: "Evidence and assumptions".into(),
        blocks: vec![Block::Table(claims), Block::Table(quotes)],
    }
}

fn reader() -> Section {
    let run = |text: &str, evidence: &[(&str, usize)], problem: bool| Run {
        text: text.into(),
        evidence: evidence.iter().map(|&(id, number)| (id.to_owned(), number)).collect(),
        problem,
    };
    let reader = Reader {
        source: "wire".into(),
        title: "Both banks meet at the old harbour".into(),
        about: plain("News report · Harbour Wire · 16 May 2025 · reliability C, credibility 3"),
        paragraphs: vec![
            vec![
                run("On Friday the delegations met. According to the host, ", &[], false),
                run("the northern side’s first demand is an open bridge", &[("first-demand", 1)], false),
                run(", while the South repeated that there would be ", &[], false),
                run("no crossing without a toll", &[("toll-quote", 2)], false),
                run(", the spokesman said", &[("toll-quote", 2), ("first-demand", 1)], false),
                run(", unless the port pays", &[("toll-quote", 2)], false),
                run(".", &[], false),
            ],
            vec![
                run("It was the first meeting since the ", &[], false),
                run("talks that failed last year", &[("wrong-year", 3)], true),
                run(". Nobody spoke of a date.", &[], false),
            ],
        ],
    };
    Section {
        id: "sources".into(),
        title: "Sources".into(),
        blocks: vec![Block::Fold(plain("Harbour Wire, 16 May 2025"), vec![Block::Reader(reader)])],
    }
}

fn hostile() -> Section {
    let hostile_graph = Graph {
        nodes: vec![(HOSTILE.into(), HOSTILE.into(), Tone::Shut)],
        edges: vec![(0, 9, HOSTILE.into(), Tone::Plain)],
    };
    let twin = Table {
        caption: HOSTILE.into(),
        columns: names(&[HOSTILE, "#n"]),
        rows: vec![row(Some(HOSTILE), vec![HOSTILE.into()])],
    };
    let mut bad = figures::figure("zone-share", HOSTILE, HOSTILE, Plot::Graph(hostile_graph), twin);
    bad.description = HOSTILE.into();
    Section {
        id: "odd \"id\" <1>".into(),
        title: HOSTILE.into(),
        blocks: vec![
            Block::Paragraph(vec![
                text(HOSTILE),
                claim(HOSTILE, "nowhere <to> go"),
                evidence("no such", 99),
                Inline::Quote(HOSTILE.into()),
                Inline::Basis(HOSTILE.into()),
                Inline::Section { text: HOSTILE.into(), id: "odd \"id\" <1>".into() },
                Inline::Section { text: "the frontier".into(), id: "frontier".into() },
            ]),
            Block::Heading(HOSTILE.into()),
            Block::Figure(Box::new(bad)),
            Block::Paragraph(plain(
                "1. This is no list. Overlong: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            )),
        ],
    }
}
