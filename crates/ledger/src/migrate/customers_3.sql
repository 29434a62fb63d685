-- How many customers a portfolio has, kept with every change: counting a million takes too long for a page.
CREATE TABLE portfolio_counts (
    portfolio TEXT PRIMARY KEY,
    present BIGINT NOT NULL,
    gone BIGINT NOT NULL,
    -- Of those present, of whom a hit is kept.
    with_hits BIGINT NOT NULL
);
INSERT INTO portfolio_counts (portfolio, present, gone, with_hits)
SELECT portfolio, count(*) - CAST(sum(has_left) AS BIGINT), CAST(sum(has_left) AS BIGINT),
       CAST(sum(CASE WHEN has_left = 0 AND number IN (SELECT customer FROM customer_hits) THEN 1 ELSE 0 END) AS BIGINT)
FROM customers GROUP BY portfolio;
