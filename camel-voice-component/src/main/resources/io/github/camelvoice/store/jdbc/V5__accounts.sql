-- Accounts of nodes at SIP servers: the password in data is sealed, with a key that is not in this database. newest is the sequence of the last status.
CREATE TABLE IF NOT EXISTS voice_account (
    source      INT      NOT NULL,
    account_key BIGINT   NOT NULL,
    newest      BIGINT   NOT NULL,
    data        ${bytes} NOT NULL,
    PRIMARY KEY (source, account_key)
);

-- What they did, the newest of each. Times are microseconds since 1970.
CREATE TABLE IF NOT EXISTS voice_account_status (
    source      INT      NOT NULL,
    account_key BIGINT   NOT NULL,
    sequence    BIGINT   NOT NULL,
    created     BIGINT   NOT NULL,
    data        ${bytes} NOT NULL,
    PRIMARY KEY (source, account_key, sequence)
);
CREATE INDEX IF NOT EXISTS voice_account_status_by_time ON voice_account_status (created);

-- Users who may register here. Their passwords are not here: ha1 is what digest authentication needs, for this realm alone.
CREATE TABLE IF NOT EXISTS voice_user (
    user_key       BIGINT       NOT NULL,
    name           VARCHAR(400) NOT NULL,
    realm          VARCHAR(400) NOT NULL,
    ha1_md5        VARCHAR(64)  NOT NULL,
    ha1_sha256     VARCHAR(64)  NOT NULL,
    ha1_sha512_256 VARCHAR(64)  NOT NULL,
    changed        BIGINT       NOT NULL,
    PRIMARY KEY (user_key)
);

-- Grows with each change of a user: whoever knows the users looks here whether they are still the same.
CREATE TABLE IF NOT EXISTS voice_user_version (
    id      INT    NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO voice_user_version (id, version) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM voice_user_version);
