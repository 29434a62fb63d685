-- A complaint of somebody who was taken for somebody else. What was compared, the decision and what was told stand as JSON, as in the events.
CREATE TABLE redresses (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    customer TEXT NOT NULL,
    person TEXT NOT NULL,
    complaint TEXT NOT NULL,
    compared TEXT NOT NULL,
    received TEXT NOT NULL,
    due TEXT NOT NULL,
    owner TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    decision TEXT,
    answered TEXT
);
-- The alerts and freezes that it is about.
CREATE TABLE redress_subjects (
    redress TEXT NOT NULL REFERENCES redresses (id),
    subject TEXT NOT NULL,
    seq BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (redress, subject)
);
CREATE INDEX redress_subjects_by_subject ON redress_subjects (subject);
-- Who received the wrong record.
CREATE TABLE redress_recipients (
    redress TEXT NOT NULL REFERENCES redresses (id),
    seq BIGINT NOT NULL,
    name TEXT NOT NULL,
    received TEXT NOT NULL,
    of_freeze TEXT,
    told TEXT,
    PRIMARY KEY (redress, seq)
);
