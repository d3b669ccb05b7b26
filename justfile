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

# Fuzz one reader for ten minutes: case_read, condition or anchor
fuzz TARGET SECONDS="600":
    cd fuzz && cargo +nightly fuzz run {{TARGET}} -- -max_total_time={{SECONDS}} -timeout=10 -rss_limit_mb=4096

# Where the time of a brief goes, and ratios against brute force
bench:
    cargo bench
