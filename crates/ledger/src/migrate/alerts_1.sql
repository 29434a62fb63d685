-- One row for each pair of customer and listed entity in which something was ever found. What was found stands in the event `found_seq`.
CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    customer TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    holder TEXT,
    caption TEXT NOT NULL,
    lists TEXT NOT NULL,
    score BIGINT NOT NULL,
    probability BIGINT NOT NULL,
    bits BIGINT NOT NULL,
    harm BIGINT NOT NULL,
    harm_of TEXT NOT NULL,
    exposure_percent BIGINT NOT NULL,
    base_priority BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    found_seq BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    gone_since BIGINT,
    clearing BIGINT,
    rule TEXT,
    case_id TEXT,
    UNIQUE (customer, entity)
);
CREATE INDEX alerts_by_state ON alerts (state, base_priority);
CREATE INDEX alerts_by_holder ON alerts (holder);
-- One row for each time that an alert was cleared, by the place of the event that did it.
CREATE TABLE clearings (
    seq BIGINT PRIMARY KEY,
    alert TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    cleared_by TEXT NOT NULL,
    cleared_at BIGINT NOT NULL,
    rule_until BIGINT,
    review TEXT NOT NULL,
    reviewed_by TEXT,
    reviewed_at BIGINT
);
CREATE INDEX clearings_by_review ON clearings (review, seq);
-- Rules that a customer is not a listed entity, while what they rested on (the event `basis_seq`) is as it was.
CREATE TABLE not_same (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    alert TEXT NOT NULL,
    customer TEXT NOT NULL,
    entity TEXT NOT NULL,
    basis_seq BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT,
    ended_why TEXT
);
CREATE INDEX not_same_by_end ON not_same (until);
