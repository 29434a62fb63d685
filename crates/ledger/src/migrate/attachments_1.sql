CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    length BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    attached_by TEXT NOT NULL,
    attached_at BIGINT NOT NULL
);
CREATE INDEX attachments_by_subject ON attachments (subject, seq);
-- Not made from events: a document can be erased while its event, with the hash, stays. Sealed with the house's key.
CREATE TABLE attachment_contents (
    id TEXT PRIMARY KEY,
    key_id TEXT NOT NULL,
    nonce BYTEA NOT NULL,
    sealed BYTEA NOT NULL
);
