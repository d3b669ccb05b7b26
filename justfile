# What one types while working on détente. `just` lists it.

default:
    @just --list

# Everything that has to hold before a change lands
ci:
    bash .ci/run

# The tests, by the faster runner where it is installed
test *ARGS:
    cargo nextest run --workspace {{ARGS}} || cargo test --workspace {{ARGS}}

# Rewrite the goldens, and what is generated in docs/
bless:
    INSTA_UPDATE=always cargo test --workspace
    DETENTE_BLESS=1 cargo test --workspace --test generated

# The brief of the flagship case
brief:
    cargo run --release -- brief cases/istanbul-2025

# Fuzz one reader for ten minutes: case_read, condition, anchor, genius, geniusweb, negmas, negolog, gmcr, graph_csv, or exchange (mixes)
fuzz TARGET SECONDS="600":
    cd fuzz && mkdir -p corpus/{{TARGET}} && RUSTC_BOOTSTRAP=1 cargo fuzz run -s none {{TARGET}} corpus/{{TARGET}} seeds/{{TARGET}} -- -max_len=20000 -max_total_time={{SECONDS}} -timeout=10 -rss_limit_mb=4096

# Where the time of a brief goes, and ratios against brute force
bench:
    cargo bench
