-- Reports that were received, in the compartment. The report, its findings and whom it matches stand as JSON, as they stand in the events.
CREATE TABLE received (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    code TEXT NOT NULL,
    reporter TEXT NOT NULL,
    reference TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    priority TEXT NOT NULL,
    report TEXT NOT NULL,
    findings TEXT NOT NULL,
    matches TEXT NOT NULL,
    case_id TEXT,
    received_by TEXT NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE INDEX received_by_hash ON received (sha256);
CREATE INDEX received_by_reference ON received (reporter, reference);
-- Consents that were asked of somebody, orders that postpone a transaction, and what was disclosed to whom: each belongs to a received report.
CREATE TABLE received_clocks (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    report TEXT NOT NULL REFERENCES received (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    whom TEXT NOT NULL,
    what TEXT NOT NULL,
    basis TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    until_at BIGINT,
    ended TEXT
);
CREATE INDEX received_clocks_by_report ON received_clocks (report, seq);
CREATE TABLE disclosures (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    report TEXT NOT NULL REFERENCES received (id),
    whom TEXT NOT NULL,
    what TEXT NOT NULL,
    caveats TEXT NOT NULL,
    is_spontaneous BIGINT NOT NULL,
    consent TEXT,
    disclosed_at BIGINT NOT NULL
);
CREATE INDEX disclosures_by_report ON disclosures (report, seq);
