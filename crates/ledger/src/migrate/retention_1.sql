-- How long the content of a part's events is kept after the last thing that was done to its subject.
CREATE TABLE retention_rules (
    part TEXT PRIMARY KEY,
    keep_days BIGINT NOT NULL,
    purpose TEXT NOT NULL
);
CREATE TABLE retention_waiting (
    id TEXT PRIMARY KEY,
    proposed_by TEXT NOT NULL,
    rule TEXT NOT NULL
);
-- What is kept whatever the rules say.
CREATE TABLE legal_holds (
    subject TEXT PRIMARY KEY,
    placed_by TEXT NOT NULL,
    placed_at BIGINT NOT NULL,
    reason TEXT NOT NULL
);
