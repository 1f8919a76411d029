-- H2 commits each statement: where the process was killed in between, what is there already stays.
-- Logs that feed the store: where each left off, how many of its calls began and ended, how many parts of traces it wrote.
CREATE TABLE IF NOT EXISTS voice_source (
    id       INT          NOT NULL,
    name     VARCHAR(200) NOT NULL,
    position BIGINT       NOT NULL,
    begun    BIGINT       NOT NULL,
    ended    BIGINT       NOT NULL,
    parts    BIGINT       NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT voice_source_name UNIQUE (name)
);

-- One row a call. Its id grows with the time of creation; keys are hashes of what calls are looked up by. H2 writes every page of an index that
-- changed anew: there the keys of 2,000 successive calls are in a drawer of their own, and a look-up goes through the drawers.
CREATE TABLE IF NOT EXISTS voice_call (
    id          BIGINT        NOT NULL,
    drawer      INT           NOT NULL,
    call_key    BIGINT        NOT NULL,
    sip_key     BIGINT        NOT NULL,
    project_key BIGINT        NOT NULL,
    source      INT           NOT NULL,
    trace       BIGINT        NOT NULL,
    direction   VARCHAR(20)   NOT NULL,
    cause       VARCHAR(30),
    parties     VARCHAR(1000) NOT NULL,
    details     ${bytes}      NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX IF NOT EXISTS voice_call_by_call_id ON voice_call (drawer, call_key);
CREATE INDEX IF NOT EXISTS voice_call_by_sip_call_id ON voice_call (drawer, sip_key, id);
CREATE INDEX IF NOT EXISTS voice_call_by_project ON voice_call (project_key, id);
-- Room in each page, so that the end of a call is written beside its beginning.
${postgresql}ALTER TABLE voice_call SET (fillfactor = 80);

-- Calls that have begun and not ended.
CREATE TABLE IF NOT EXISTS voice_live (
    id     BIGINT NOT NULL,
    source INT    NOT NULL,
    trace  BIGINT NOT NULL,
    PRIMARY KEY (id)
);

-- Messages, those of one trace and one batch in a row.
CREATE TABLE IF NOT EXISTS voice_trace (
    source INT      NOT NULL,
    trace  BIGINT   NOT NULL,
    part   BIGINT   NOT NULL,
    data   ${bytes} NOT NULL,
    PRIMARY KEY (source, trace, part)
);

-- Ids of the calls that ended in one batch, in order; the id of the row has the source and the number of the first of them.
CREATE TABLE IF NOT EXISTS voice_ended (
    id     BIGINT   NOT NULL,
    newest BIGINT   NOT NULL,
    calls  ${bytes} NOT NULL,
    PRIMARY KEY (id)
);

-- How far consumers of ended calls have come.
CREATE TABLE IF NOT EXISTS voice_cursor (
    source   INT          NOT NULL,
    consumer VARCHAR(200) NOT NULL,
    number   BIGINT       NOT NULL,
    PRIMARY KEY (source, consumer)
);
