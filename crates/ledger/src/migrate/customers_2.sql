-- Portfolios that have a threshold of their own, in ten-thousandths of a score.
CREATE TABLE portfolios (
    name TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    threshold BIGINT NOT NULL
);
