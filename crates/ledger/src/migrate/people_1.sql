CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    is_active BIGINT NOT NULL
);
-- Not made from events: a secret, even its hash, does not belong into a chain that forgets nothing. argon2id in PHC form.
CREATE TABLE credentials (
    user_id TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    must_change BIGINT NOT NULL
);
CREATE TABLE roles (
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);
-- What one administrator proposed and another has not yet confirmed.
CREATE TABLE changes_waiting (
    id TEXT PRIMARY KEY,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    change TEXT NOT NULL
);
-- Not made from events. Only the hash of a token is kept.
CREATE TABLE signed_in (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    until BIGINT NOT NULL
);
