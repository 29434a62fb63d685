-- What users typed and have not sent yet. No event says it: it is nobody's act until it is sent.
CREATE TABLE drafts (
    user_id TEXT NOT NULL,
    place TEXT NOT NULL,
    text TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, place)
);
