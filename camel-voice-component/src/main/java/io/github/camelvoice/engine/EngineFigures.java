package io.github.camelvoice.engine;

/**
 * What the engine holds at one moment. When nothing happens all are back where they were after the start (zero, but for two timers of the
 * SIP stack itself and one of the capture), which is how leaks show.
 *
 * @param liveCalls       calls that are not over
 * @param legs            signalling legs
 * @param transactions    SIP transactions; those of ended calls run out for up to 32 s (RFC 3261, timers D, J, K)
 * @param timers          timers that are set
 * @param mediaLegs       open media legs
 * @param rtpPortsInUse   ports taken from the range
 * @param openTraces      Call-IDs whose messages are written down: those of ended calls for 32 s more
 * @param watcherDialogs  dialogs of those who watch us
 */
public record EngineFigures(int liveCalls, int legs, int transactions, int timers, int mediaLegs, int rtpPortsInUse,
                            int openTraces, int watcherDialogs) {
}
