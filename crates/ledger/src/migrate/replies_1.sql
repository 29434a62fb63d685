-- Answers of requests that may come once more, for a day. No event says them, and no row says whose it is or what was asked: both are hashes over a token.
CREATE TABLE replies (
    id TEXT PRIMARY KEY,
    -- What tells the request from another one with the same key.
    request TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    is_done BIGINT NOT NULL,
    -- Sealed with what follows from the token and the key; nothing while it is being done, and of an answer that is too long.
    nonce BYTEA,
    sealed BYTEA
);
CREATE INDEX replies_by_time ON replies (begun_at);
