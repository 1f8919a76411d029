-- Subscriptions to the state of others. Keys are hashes of ids; part says which node is to watch; owner is the source that writes about it, and
-- what others write is ignored; version is the newest that is known of it, told the one that its receiver has. Times are microseconds since 1970.
CREATE TABLE IF NOT EXISTS voice_subscription (
    sub_key     BIGINT   NOT NULL,
    part        INT      NOT NULL,
    account_key BIGINT   NOT NULL,
    owner       INT      NOT NULL,
    version     BIGINT   NOT NULL,
    told        BIGINT   NOT NULL,
    created     BIGINT   NOT NULL,
    ended       BIGINT,
    details     ${bytes} NOT NULL,
    PRIMARY KEY (sub_key)
);
CREATE INDEX IF NOT EXISTS voice_subscription_by_part ON voice_subscription (part, created);
CREATE INDEX IF NOT EXISTS voice_subscription_by_account ON voice_subscription (account_key, created);
CREATE INDEX IF NOT EXISTS voice_subscription_by_end ON voice_subscription (ended);
-- Room in each page: versions change all the time.
${postgresql}ALTER TABLE voice_subscription SET (fillfactor = 80);

-- The last state of each instance of each resource.
CREATE TABLE IF NOT EXISTS voice_subscription_state (
    sub_key   BIGINT   NOT NULL,
    state_key BIGINT   NOT NULL,
    version   BIGINT   NOT NULL,
    data      ${bytes} NOT NULL,
    PRIMARY KEY (sub_key, state_key)
);
${postgresql}ALTER TABLE voice_subscription_state SET (fillfactor = 80);

-- What nodes were asked that do not watch the subscription: without data it is to end.
CREATE TABLE IF NOT EXISTS voice_subscription_errand (
    source  INT          NOT NULL,
    number  BIGINT       NOT NULL,
    id      VARCHAR(400) NOT NULL,
    created BIGINT       NOT NULL,
    data    ${bytes},
    PRIMARY KEY (source, number)
);

-- Nodes that share the subscriptions: how often each has said that it is alive.
CREATE TABLE IF NOT EXISTS voice_subscription_node (
    source INT    NOT NULL,
    beats  BIGINT NOT NULL,
    seen   BIGINT NOT NULL,
    PRIMARY KEY (source)
);
