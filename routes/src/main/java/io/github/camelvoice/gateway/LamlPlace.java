package io.github.camelvoice.gateway;

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

    /** The account of the path is the project, or whoever asks. */
    static LamlPlace of(Message message, String project) {
        String sid = message.getHeader("sid", String.class);
        String asker = message.getHeader(LamlApi.ACCOUNT, String.class);
        if (!project.equals(sid) && !String.valueOf(asker).equals(sid)) {
            throw new LamlError(404, LamlError.NOT_FOUND, "there is no account " + ApiException.quote(sid) + " that you may use");
        }
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        return new LamlPlace((path != null && path.startsWith(PREFIX) ? PREFIX : "") + "/2010-04-01/Accounts/" + sid, sid, asker);
    }
}
