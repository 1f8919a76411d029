package io.github.camelvoice.gateway.grpc;

import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * How gRPC is served.
 *
 * @param host         IP address to listen on
 * @param port         0 for any free one
 * @param tls          null for none
 * @param operator     API account that callers without credentials act as; null where credentials are needed
 * @param project      whose permissions count
 * @param messageBytes largest request
 * @param heldBytes    of all requests that are under way together, at least as much as one may have
 * @param streams      calls under way at a time, per connection
 * @param tracebacks   whether callers are told where something went wrong
 */
public record GrpcConfig(String host, int port, SSLContextParameters tls, String operator, String project, int messageBytes, long heldBytes,
                         int streams, boolean tracebacks) {

    /** Most bytes of a request that has no files. */
    static final int SMALL = 64 * 1024;
    /** Open connections of all callers together. */
    static final int CONNECTIONS = 512;
    /** Calls under way of all callers together. */
    static final int CALLS = 4_096;
    /** Requests of more than {@link #SMALL} that come in at the same time. */
    static final int UPLOADS = 64;
    /** Callers that follow statuses. */
    static final int FOLLOWERS = 1_000;
}
