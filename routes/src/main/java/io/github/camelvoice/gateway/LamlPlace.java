package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.EngineConfig;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Whose resources are asked for in the API of 2010-04-01, and under which path they are.
 *
 * @param base    {@code /api/laml/2010-04-01/Accounts/SID}, with the prefix of the request
 * @param account of the path
 * @param asker   who signed in
 */
record LamlPlace(String base, String account, String asker) {

    private static final String PREFIX = "/api/laml";

    /** The account of the path is that of the calls here, their project, or whoever asks. */
    static LamlPlace of(Message message, EngineConfig calls) {
        String sid = message.getHeader("sid", String.class);
        String asker = message.getHeader(LamlApi.ACCOUNT, String.class);
        if (!calls.account().equals(sid) && !calls.project().equals(sid) && !String.valueOf(asker).equals(sid)) {
            throw new LamlError(404, LamlError.NOT_FOUND, "there is no account " + ApiException.quote(sid) + " that you may use");
        }
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        return new LamlPlace((path != null && path.startsWith(PREFIX) ? PREFIX : "") + "/2010-04-01/Accounts/" + sid, sid, asker);
    }
}
