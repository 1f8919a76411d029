package io.github.camelvoice.trace.capture;

/**
 * How the capture does at one moment.
 *
 * @param openTraces traces that still take messages: back to zero 32 s after the last call (RFC 3261, 64 x T1)
 * @param undecided  those among them whose INVITE is not a call yet; they are in memory only, and at most 5,000
 * @param captured   messages handed to the log, since the start
 * @param ignored    messages of no call (OPTIONS, REGISTER, strays, garbage), since the start
 * @param dropped    messages not kept, since the start: of traces that grew past their bound, of refused calls beyond what is kept of a
 *                   flood, and those that the log had no room for
 * @param unrecorded refused calls without a record, since the start: more came than are kept of a flood
 */
public record CaptureFigures(int openTraces, int undecided, long captured, long ignored, long dropped, long unrecorded) {

    public static final CaptureFigures NONE = new CaptureFigures(0, 0, 0, 0, 0, 0);
}
