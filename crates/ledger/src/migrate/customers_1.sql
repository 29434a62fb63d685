CREATE TABLE customers (
    -- The place of the event that made it: K-17 has 17.
    number BIGINT PRIMARY KEY,
    portfolio TEXT NOT NULL,
    reference TEXT NOT NULL,
    contents TEXT NOT NULL,
    -- SHA-256 of the contents, in hexadecimal.
    digest TEXT NOT NULL,
    -- The last event that changed it.
    changed BIGINT NOT NULL,
    -- The screening in which it was last held against all lists by itself; 0 before the first.
    screened BIGINT NOT NULL,
    has_left BIGINT NOT NULL,
    UNIQUE (portfolio, reference)
);
-- With has_left, so that counting need not look at the rows.
CREATE INDEX customers_changed ON customers (changed, has_left);
CREATE INDEX customers_screened ON customers (screened, has_left);
CREATE TABLE customer_hits (
    customer BIGINT NOT NULL,
    party TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    score BIGINT NOT NULL,
    probability BIGINT NOT NULL,
    bits BIGINT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (customer, party, entity)
);
CREATE INDEX customer_hits_entity ON customer_hits (entity);
CREATE TABLE screenings (
    number BIGINT PRIMARY KEY,
    begun_at BIGINT NOT NULL,
    about TEXT NOT NULL,
    is_full BIGINT NOT NULL,
    is_done BIGINT NOT NULL
);
