-- The work list and the overview read indexes alone, however many alerts there are.
DROP INDEX alerts_by_state;
DROP INDEX alerts_by_holder;
CREATE INDEX alerts_by_state ON alerts (state, base_priority, holder, opened_at);
CREATE INDEX alerts_by_holder ON alerts (holder, state);
CREATE INDEX alerts_by_raised ON alerts (raised_at);
CREATE INDEX clearings_by_time ON clearings (cleared_at);
