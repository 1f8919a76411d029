package io.github.camelvoice.engine;

/**
 * What the engine holds at one moment; all back at zero when nothing happens, which is how leaks show.
 *
 * @param liveCalls       calls that are not over
 * @param legs            signalling legs
 * @param transactions    SIP transactions; those of ended calls run out for up to 32 s (RFC 3261, timers D, J, K)
 * @param timers          timers that are set
 * @param mediaLegs       open media legs
 * @param rtpPortsInUse   ports taken from the range
 */
public record EngineFigures(int liveCalls, int legs, int transactions, int timers, int mediaLegs, int rtpPortsInUse) {
}
