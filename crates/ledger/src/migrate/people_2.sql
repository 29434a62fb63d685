-- Services have no password: they come by keys.
ALTER TABLE users ADD COLUMN is_service BIGINT NOT NULL DEFAULT 0;
-- Not made from events. Whoever was signed in when this table got more columns signs in anew. idle_ms: ends when nothing was done for so long, 0 for
-- never; wants_code: the password was right, and the code is still to come; tries: codes that were wrong.
DROP TABLE signed_in;
CREATE TABLE signed_in (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    until BIGINT NOT NULL,
    idle_ms BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    wants_code BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX signed_in_user ON signed_in (user_id);
-- Not made from events: secrets of one-time codes, sealed, and the last step of time whose code was used.
CREATE TABLE second_factors (
    user_id TEXT PRIMARY KEY,
    key_id TEXT NOT NULL,
    nonce BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    is_confirmed BIGINT NOT NULL,
    last_step BIGINT NOT NULL
);
-- Not made from events. Codes for whoever lost the device, each once.
CREATE TABLE recovery_codes (
    code_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL
);
-- Roles that sign in with a one-time code.
CREATE TABLE second_factor_roles (
    role TEXT PRIMARY KEY
);
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    revoked_at BIGINT
);
-- Not made from events. A key that is being rotated has two.
CREATE TABLE api_key_secrets (
    secret_hash TEXT PRIMARY KEY,
    key_id TEXT NOT NULL,
    until BIGINT NOT NULL,
    used_at BIGINT
);
-- Who somebody is at an issuer of OpenID Connect.
CREATE TABLE subjects (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
