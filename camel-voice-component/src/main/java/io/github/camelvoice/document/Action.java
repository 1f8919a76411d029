package io.github.camelvoice.document;

/**
 * Where an instruction asks for the document to go on with.
 *
 * @param url    absolute, http or https
 * @param method GET or POST
 */
public record Action(String url, String method) {

    /** @throws IllegalArgumentException for another method */
    public Action {
        if (!method.equals("GET") && !method.equals("POST")) {
            throw new IllegalArgumentException("must be GET or POST: " + method);
        }
    }

    /** Without what may be secret in it. */
    @Override
    public String toString() {
        return method + " " + Urls.label(java.net.URI.create(url));
    }
}
