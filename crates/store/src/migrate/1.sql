-- The chain: append only. content is erased with its salt when its time has come; nothing else ever changes.
CREATE TABLE events (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT,
    salt BYTEA,
    body_hash BYTEA NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX events_by_subject ON events (subject, seq);
CREATE INDEX events_by_kind ON events (kind, seq);
-- Backups that were made, so that an erasure can reach them: where (a path), when, at which head of the chain; erased_to is the last
-- erasing event that was applied to the backup, trouble is why a later one could not be.
CREATE TABLE backups (
    path TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    erased_to BIGINT NOT NULL,
    trouble TEXT
);
-- Erasures, by the event that says so; entry is the line that is remembered beside the store. is_finished says whether what was erased
-- is gone from log and free pages too. In a backup there are also erasures that were made after it.
CREATE TABLE erasures (
    event_hash BYTEA PRIMARY KEY,
    event BIGINT NOT NULL,
    entry TEXT NOT NULL,
    is_finished BIGINT NOT NULL
);
