CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    -- Parts of the ledger with commas between.
    parts TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    confirmed_by TEXT,
    -- The last place of the chain that was delivered or given up.
    after BIGINT NOT NULL,
    -- Attempts at what comes next that failed.
    failed BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    last_told TEXT,
    last_at BIGINT
);
-- What was given up: a range of the chain.
CREATE TABLE webhook_letters (
    id TEXT PRIMARY KEY,
    webhook TEXT NOT NULL REFERENCES webhooks (id),
    seq BIGINT NOT NULL,
    after BIGINT NOT NULL,
    upto BIGINT NOT NULL,
    why TEXT NOT NULL,
    given_up_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    failed BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);
-- Sealed with the key of documents.
CREATE TABLE webhook_secrets (
    webhook TEXT PRIMARY KEY,
    key_id TEXT NOT NULL,
    nonce BYTEA NOT NULL,
    sealed BYTEA NOT NULL
);
