-- Callbacks: what others are told. Times are microseconds since 1970; state is WAITING, DELIVERED or GIVEN_UP; call and receiver are hashes.
CREATE TABLE IF NOT EXISTS voice_callback (
    source   INT          NOT NULL,
    number   BIGINT       NOT NULL,
    id       VARCHAR(64)  NOT NULL,
    call_key BIGINT       NOT NULL,
    receiver BIGINT       NOT NULL,
    created  BIGINT       NOT NULL,
    since    BIGINT       NOT NULL,
    state    VARCHAR(10)  NOT NULL,
    settled  BIGINT,
    cause    VARCHAR(600),
    details  ${bytes}     NOT NULL,
    PRIMARY KEY (source, number)
);
CREATE UNIQUE INDEX IF NOT EXISTS voice_callback_by_id ON voice_callback (id);
CREATE INDEX IF NOT EXISTS voice_callback_by_call ON voice_callback (call_key, created);
CREATE INDEX IF NOT EXISTS voice_callback_by_receiver ON voice_callback (receiver, number);
CREATE INDEX IF NOT EXISTS voice_callback_by_progress ON voice_callback (state, source, number);
CREATE INDEX IF NOT EXISTS voice_callback_by_state ON voice_callback (state, created);
CREATE INDEX IF NOT EXISTS voice_callback_by_time ON voice_callback (created);
CREATE INDEX IF NOT EXISTS voice_callback_by_end ON voice_callback (settled);

-- How each went when it was tried.
CREATE TABLE IF NOT EXISTS voice_callback_attempt (
    source  INT      NOT NULL,
    number  BIGINT   NOT NULL,
    attempt INT      NOT NULL,
    data    ${bytes} NOT NULL,
    PRIMARY KEY (source, number, attempt)
);
