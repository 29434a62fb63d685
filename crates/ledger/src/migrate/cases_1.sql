CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    title TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    purpose TEXT NOT NULL,
    owner TEXT NOT NULL,
    offered_to TEXT,
    opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_why TEXT
);
CREATE TABLE case_alerts (
    case_id TEXT NOT NULL REFERENCES cases (id),
    alert TEXT NOT NULL,
    seq BIGINT NOT NULL,
    customer TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    customer_kind TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_name TEXT NOT NULL,
    entity_kind TEXT NOT NULL,
    alert_kind TEXT NOT NULL,
    probability BIGINT NOT NULL,
    PRIMARY KEY (case_id, alert)
);
-- People, companies, accounts, vessels. What was struck out stays, so that the time line can be read.
CREATE TABLE case_parties (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    customer TEXT,
    entity TEXT,
    is_struck BIGINT NOT NULL
);
CREATE INDEX case_parties_by_case ON case_parties (case_id, seq);
CREATE TABLE case_links (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    from_node TEXT NOT NULL,
    to_node TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    is_struck BIGINT NOT NULL
);
CREATE INDEX case_links_by_case ON case_links (case_id, seq);
CREATE TABLE case_tasks (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    what TEXT NOT NULL,
    due TEXT NOT NULL,
    owner TEXT NOT NULL,
    done_at BIGINT,
    done_by TEXT
);
CREATE INDEX case_tasks_by_case ON case_tasks (case_id, seq);
