-- Reports to an authority. Content, findings of the authority and what was sent stand as JSON, as they stand in the events.
CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    about TEXT,
    follows TEXT,
    event_day TEXT NOT NULL,
    due TEXT,
    state TEXT NOT NULL,
    content TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    drafted_at BIGINT NOT NULL,
    sent TEXT,
    answers TEXT NOT NULL
);
CREATE INDEX reports_by_about ON reports (about);
CREATE TABLE report_requests (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id),
    reference TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    due TEXT,
    what TEXT NOT NULL,
    answered_on TEXT,
    answered_by TEXT
);
CREATE INDEX report_requests_by_report ON report_requests (report, seq);
