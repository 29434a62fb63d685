-- What was paused; a pause is no decision.
CREATE TABLE pauses (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    what TEXT NOT NULL,
    customer TEXT,
    entity TEXT,
    paused_by TEXT NOT NULL,
    paused_at BIGINT NOT NULL,
    paused_until BIGINT NOT NULL,
    freeze_id TEXT
);
-- A freeze from its proposal or hold on; terms as JSON.
CREATE TABLE freezes (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    terms TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    confirmed_by TEXT,
    confirmed_at BIGINT,
    confirm_until BIGINT,
    ran_out BIGINT NOT NULL,
    pause_id TEXT
);
-- A change that waits for a second person: one at a time.
CREATE TABLE freeze_changes_waiting (
    freeze_id TEXT PRIMARY KEY REFERENCES freezes (id),
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    change TEXT NOT NULL
);
-- Open tasks to release what rested on a listing that is gone; lists as JSON.
CREATE TABLE freeze_delistings (
    freeze_id TEXT PRIMARY KEY REFERENCES freezes (id),
    opened_at BIGINT NOT NULL,
    lists TEXT NOT NULL
);
CREATE TABLE freeze_notices (
    freeze_id TEXT NOT NULL REFERENCES freezes (id),
    seq BIGINT NOT NULL,
    notice TEXT NOT NULL,
    PRIMARY KEY (freeze_id, seq)
);
-- Each asset that was restrained, from one place of the chain until before another: the register of any moment.
CREATE TABLE freeze_register (
    freeze_id TEXT NOT NULL REFERENCES freezes (id),
    number BIGINT NOT NULL,
    from_seq BIGINT NOT NULL,
    until_seq BIGINT,
    state TEXT NOT NULL,
    programme TEXT NOT NULL,
    reference TEXT NOT NULL,
    entity TEXT,
    customer TEXT,
    kind TEXT NOT NULL,
    identifier TEXT NOT NULL,
    holder TEXT NOT NULL,
    amount_minor BIGINT,
    currency TEXT,
    review TEXT NOT NULL,
    PRIMARY KEY (freeze_id, number, from_seq)
);
CREATE INDEX freeze_register_until ON freeze_register (until_seq);
-- Terms as JSON.
CREATE TABLE exemptions (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    freeze_id TEXT NOT NULL,
    state TEXT NOT NULL,
    terms TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    confirmed_by TEXT,
    notified_on TEXT,
    may_object_until TEXT,
    used_minor BIGINT NOT NULL,
    uses BIGINT NOT NULL
);
CREATE TABLE exemption_uses (
    exemption_id TEXT NOT NULL REFERENCES exemptions (id),
    seq BIGINT NOT NULL,
    used_by TEXT NOT NULL,
    used_on TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (exemption_id, seq)
);
