-- What the clock has said once: a review that nobody made in time, an exemption that ended, each by its day.
CREATE TABLE freeze_told (
    subject TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (subject, day)
);
