-- What was decided of pairs of listed entities, in the order in which it was decided; each as JSON.
CREATE TABLE merging_decisions (
    seq BIGINT PRIMARY KEY,
    decision TEXT NOT NULL
);
