-- Calls that were placed for another: the id of the call, and the key of the other one's call id. Beside the calls, so that those without a parent
-- cost nothing, and nothing is copied where there are many.
CREATE TABLE IF NOT EXISTS voice_child (
    id         BIGINT NOT NULL,
    drawer     INT    NOT NULL,
    parent_key BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX IF NOT EXISTS voice_child_by_parent ON voice_child (drawer, parent_key, id);
