package io.github.camelvoice.media.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Where packets leave: a socket's send. */
@FunctionalInterface
interface Wire {
    /** Sends from position to limit. @return bytes sent, 0 if the socket's buffer is full */
    int send(ByteBuffer packet, InetSocketAddress to) throws IOException;
}
