package io.github.camelvoice.call;

/** Told of the keys that the far end of a call presses, on the call's mailbox: must be quick. */
@FunctionalInterface
public interface DigitListener {

    /**
     * @param digit          0-9, {@code *}, {@code #}, A-D
     * @param durationMillis how long it was pressed, as told by the far end
     * @param method         how it came: RFC 4733 or INFO
     */
    void digit(char digit, int durationMillis, CallCommand.DtmfMethod method);
}
