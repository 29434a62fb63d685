-- The key that may be exchanged, and the proposal that two administrators decided on; no row when none may.
CREATE TABLE sealing_approval (
    place BIGINT PRIMARY KEY,
    key_id TEXT NOT NULL,
    change_id TEXT NOT NULL
);
