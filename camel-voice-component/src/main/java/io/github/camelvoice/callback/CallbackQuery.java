package io.github.camelvoice.callback;

/**
 * Which callbacks to list; null parts ask nothing.
 *
 * @param callId    id of their call
 * @param pageToken what {@link CallbackPage#nextPageToken} of the page before said
 * @param limit     most callbacks of the page, 1 to 1000
 */
public record CallbackQuery(CallbackState state, String callId, String pageToken, int limit) {

    public CallbackQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("the limit of a page is 1 to 1000");
        }
    }
}
