package io.github.camelvoice.gateway;

import java.util.Locale;

/** The settings of the gateway, each a system property or, in capitals with underscores, an environment variable. */
public enum Setting {
    SIP_HOST("127.0.0.1", "address to listen on for SIP and RTP; 0.0.0.0 for all"),
    SIP_PORT("5060", "SIP port, UDP and TCP"),
    SIP_TLS_PORT("", "SIP port for TLS; without it there is no TLS"),
    SIP_TLS_KEYSTORE("", "PKCS12 file with the certificate for TLS; without it one is made at first start"),
    SIP_TLS_KEYSTORE_PASSWORD("", "password of that file"),
    SIP_USERS("", "callers that may authenticate: user:password,... or the path of a file with one pair a line"),
    SIP_AUTH("", "on or off: whether callers must authenticate (digest); off on loopback, on beyond"),
    SIP_REALM("voice", "realm of our challenges; users are kept by hashes for it, and have to be added anew where it changes"),
    REGISTRAR("on", "on or off: whether users may register their phones here, those above and those of the command user; nothing is taken before there is "
            + "one"),
    DOMAINS("", "SIP domains whose users these are, beside our own addresses: example.com,voice.example.com"),
    EXTERNAL_ADDRESS("", "address told to others in SIP and SDP, where it differs from the local one"),
    DNS_SERVERS("", "name servers that are asked where SIP requests go: 10.0.0.53,[fd00::53]:5353; without it those of the system"),
    RTP_PORTS("10000-20000", "range of UDP ports for audio"),
    HTTP_HOST("127.0.0.1", "address to listen on for HTTP"),
    HTTP_PORT("8080", "HTTP port: API, events, health, metrics"),
    HTTP_RATE("50", "requests a second for records of calls that an account may make, twice as many at once; more get 429"),
    GRPC_PORT("", "port of the gRPC API, 50051 by custom; without it there is no gRPC"),
    GRPC_HOST("127.0.0.1", "address to listen on for gRPC"),
    GRPC_AUTH("", "on or off: whether callers need the credentials of an account; off on loopback, on beyond"),
    GRPC_TLS("", "on or off: whether gRPC is encrypted; on with a certificate and beyond loopback, off only behind a proxy that does it"),
    GRPC_TLS_KEYSTORE("", "PKCS12 file with the certificate of gRPC"),
    GRPC_TLS_KEYSTORE_PASSWORD("", "password of that file"),
    GRPC_MESSAGE_MAX("16", "MiB that a list of WAV files may have: 1 to 64"),
    GRPC_STREAMS("100", "calls that a connection may have under way at a time"),
    GRPC_TRACEBACKS("off", "on or off: whether callers are told where in the program something went wrong"),
    DATA_DIR("data", "folder of calls, recordings, accounts and ports.json"),
    OUTBOUND_ALLOW("", "hosts and networks that documents, callbacks and taps may go to: bots.example.com,*.example.org,10.1.0.0/16; "
            + "empty for public addresses only"),
    CALLS_ALLOW("", "whom calls may be placed to: +49*,*@sip.example.com,names; * on loopback, names beyond"),
    CALLS_DENY("premium", "whom no calls may be placed to, whatever voice.calls.allow says: premium,international,+7*,*@10.0.0.0/8; none for nobody"),
    CALLS_PER_SECOND("", "calls that an account may place a second, twice as many at once; 0 for no limit; 2000 on loopback, 50 beyond"),
    CALLS_CONCURRENT("", "placed calls of an account that may live at a time; 0 for no limit; 10000 on loopback, 500 beyond"),
    CALLS_MAX_TIME("4h", "longest time of a placed call once answered; 0 for no limit"),
    SIGNING_KEY("", "key that callbacks are signed with; without it one is made at first start, in the data folder"),
    CALLBACK_TARGETS("", "targets of callbacks beside URLs: crm=kafka:calls?brokers=host:9092 erp=jms:..., or a file with one a line"),
    CALLBACK_EXPIRY("1d", "how long a callback is tried before it is given up: 1m to 30d"),
    SPEECH("espeak-ng", "what speaks the texts of documents: espeak-ng (installed here), an http or https URL that is posted text and answers "
            + "audio/wav, a Camel endpoint, or none"),
    PUBLIC_URL("", "beginning of the URLs that applications are told, of recordings: https://voice.example.com; without it the address of HTTP"),
    RECORDING_TARGETS("", "where applications may have recordings sent by name, beside URLs: archive=file:/srv/archive s3=aws2-s3:bucket"),
    CAPTURE("on", "on or off: whether new calls and their SIP messages are written down"),
    STORE("h2", "where calls are kept: h2 (in the data folder), memory, or postgresql"),
    STORE_URL("", "JDBC URL for postgresql: jdbc:postgresql://host/database"),
    STORE_USER("", "user of that database"),
    STORE_PASSWORD("", "password of that user"),
    STORE_LOCKS("", "folder that all gateways with this database see: they divide the subscriptions between them by locks in it; without it each "
            + "watches its own"),
    SECRET_KEY("", "key that passwords of SIP accounts are sealed with where they are kept: 32 random bytes in base64; without it one is made at first "
            + "start, in the data folder"),
    RETENTION("30d", "how long calls are kept, from their beginning: 12h, 30d"),
    PROJECT("default", "name of the project that the calls belong to; a label in the API and the metrics"),
    ACCOUNT_SID("voice", "name of the account that may everything"),
    AUTH_TOKEN("", "token of that account; without it one is made at first start"),
    ROUTES_DIR("", "folder with YAML routes of yours; changed files are loaded anew"),
    DOCUMENT_URL("", "URL of the document that inbound calls are given, http or https; without it there is none"),
    DOCUMENT_CALLED("", "which called users get it, names and patterns with asterisks, separated by commas; without it all that no route takes"),
    CXML_URL("", "URL of the application that is asked, in form parameters, for the cXML or TwiML of inbound calls; without it there is none"),
    CXML_METHOD("POST", "how it is asked: POST or GET"),
    CXML_CALLED("", "which called users it has, names and patterns with asterisks, separated by commas; without it all that no route takes"),
    CXML_FALLBACK_URL("", "URL that is asked where the first gives no document"),
    CXML_FALLBACK_METHOD("POST", "how that is asked: POST or GET"),
    CXML_STATUS_URL("", "URL that is told how these calls go on"),
    CXML_STATUS_METHOD("POST", "how that is told: POST or GET"),
    CXML_STATUS_EVENTS("completed", "what it is told: words out of initiated ringing answered completed, between blanks"),
    SUBSCRIBE_CREDENTIALS("", "file with the credentials that others are watched with, one DOMAIN USER:PASSWORD a line (* for all others), mode 600"),
    SUBSCRIBE_LIST_SERVERS("", "servers that watch lists of resources: example.com=sip:rls.example.com *=sip:lists.example.net"),
    SUBSCRIBE_PER_ACCOUNT("1000", "subscriptions that an account may have"),
    SUBSCRIBE_RESOURCES("10000", "resources that a subscription may have"),
    SUBSCRIBE_EXPIRES("30d", "how long a subscription of the HTTP API lasts at most: 1m to 366d"),
    DRAIN_TIMEOUT("20s", "how long live calls may go on after SIGTERM");

    private final String key;
    private final String fallback;
    private final String help;

    Setting(String fallback, String help) {
        this.key = "voice." + name().toLowerCase(Locale.ROOT).replace('_', '.');
        this.fallback = fallback;
        this.help = help;
    }

    /** Name of the system property: {@code voice.sip.port}. */
    public String key() {
        return key;
    }

    /** Name of the environment variable: {@code VOICE_SIP_PORT}. */
    public String variable() {
        return "VOICE_" + name();
    }

    /** The value where nobody sets one; empty for none. */
    public String fallback() {
        return fallback;
    }

    /** One line for people. */
    public String help() {
        return help;
    }
}
