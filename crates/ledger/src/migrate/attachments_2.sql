-- The key that documents are sealed with since it was last exchanged; no row before that.
CREATE TABLE sealing_key (
    place BIGINT PRIMARY KEY,
    key_id TEXT NOT NULL,
    is_being_exchanged BIGINT NOT NULL
);
