package io.github.camelvoice.media;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;

/**
 * Settings of a media plane; start from {@link #of} and change with the {@code with…} methods.
 *
 * @param bindAddress       address that the RTP and RTCP sockets listen on
 * @param advertisedAddress address told in SDP, null for the bind address, or this host's if that is the wildcard
 * @param portMin           lowest port, rounded up to an even one for RTP
 * @param portMax           highest RTP or RTCP port
 * @param portCoolDown      how long a pair rests before it is used again, while others are free
 * @param symmetricRtp      take the first consistent source within {@code latchWindow} after an agreement, then lock
 * @param latchWindow       see {@code symmetricRtp}
 * @param ptimeMillis       packet time we send with where the far end asks for none, 10 to 60, a multiple of 10
 * @param deadMedia         time without RTP, while some is due, after which a leg reports silence
 * @param rtcpInterval      mean time between our RTCP reports
 * @param agents            threads that carry the media, 0 for min(2, processors)
 * @param receiveBuffer     SO_RCVBUF of an RTP socket in bytes
 * @param sendSilence       whether a leg sends silence while it has nothing to send; else it sends nothing then
 */
public record MediaConfig(InetAddress bindAddress, InetAddress advertisedAddress, int portMin, int portMax, Duration portCoolDown,
                          boolean symmetricRtp, Duration latchWindow, int ptimeMillis, Duration deadMedia, Duration rtcpInterval,
                          int agents, int receiveBuffer, boolean sendSilence) {

    public MediaConfig {
        Objects.requireNonNull(bindAddress, "bindAddress");
        if (advertisedAddress == null) {
            advertisedAddress = bindAddress.isAnyLocalAddress() ? localHost() : bindAddress;
        }
        if (advertisedAddress.isAnyLocalAddress() || advertisedAddress.isMulticastAddress()) {
            throw new IllegalArgumentException("nobody can send audio to " + advertisedAddress.getHostAddress());
        }
        if (portMin < 1 || portMax > 65535 || portMin + (portMin & 1) + 1 > portMax) {
            throw new IllegalArgumentException("RTP ports must be a range within 1-65535 with room for a pair: " + portMin + "-" + portMax);
        }
        if (ptimeMillis < 10 || ptimeMillis > 60 || ptimeMillis % 10 != 0) {
            throw new IllegalArgumentException("ptime must be 10 to 60 ms, a multiple of 10: " + ptimeMillis);
        }
        requirePositive(latchWindow, "latchWindow");
        requirePositive(deadMedia, "deadMedia");
        requirePositive(rtcpInterval, "rtcpInterval");
        if (portCoolDown.isNegative()) {
            throw new IllegalArgumentException("portCoolDown must not be negative: " + portCoolDown);
        }
        if (agents < 0 || agents > 64) {
            throw new IllegalArgumentException("agents must be 0 (automatic) to 64: " + agents);
        }
        if (receiveBuffer < 4096) {
            throw new IllegalArgumentException("receiveBuffer must be 4096 bytes or more: " + receiveBuffer);
        }
    }

    private static InetAddress localHost() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("the address of this host is unknown: advertisedAddress must be given", unknown);
        }
    }

    private static void requirePositive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    /** The defaults on an address and a port range. */
    public static MediaConfig of(InetAddress bindAddress, int portMin, int portMax) {
        return new MediaConfig(bindAddress, null, portMin, portMax, Duration.ofSeconds(2), false, Duration.ofSeconds(1), 20,
                Duration.ofSeconds(30), Duration.ofSeconds(5), 0, 256 * 1024, false);
    }

    public MediaConfig withAdvertisedAddress(InetAddress value) {
        return new MediaConfig(bindAddress, value, portMin, portMax, portCoolDown, symmetricRtp, latchWindow, ptimeMillis, deadMedia,
                rtcpInterval, agents, receiveBuffer, sendSilence);
    }

    public MediaConfig withPortCoolDown(Duration value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, value, symmetricRtp, latchWindow, ptimeMillis,
                deadMedia, rtcpInterval, agents, receiveBuffer, sendSilence);
    }

    public MediaConfig withSymmetricRtp(boolean value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, portCoolDown, value, latchWindow, ptimeMillis,
                deadMedia, rtcpInterval, agents, receiveBuffer, sendSilence);
    }

    public MediaConfig withLatchWindow(Duration value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, portCoolDown, symmetricRtp, value, ptimeMillis,
                deadMedia, rtcpInterval, agents, receiveBuffer, sendSilence);
    }

    public MediaConfig withPtimeMillis(int value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, portCoolDown, symmetricRtp, latchWindow, value,
                deadMedia, rtcpInterval, agents, receiveBuffer, sendSilence);
    }

    public MediaConfig withDeadMedia(Duration value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, portCoolDown, symmetricRtp, latchWindow, ptimeMillis,
                value, rtcpInterval, agents, receiveBuffer, sendSilence);
    }

    public MediaConfig withRtcpInterval(Duration value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, portCoolDown, symmetricRtp, latchWindow, ptimeMillis,
                deadMedia, value, agents, receiveBuffer, sendSilence);
    }

    public MediaConfig withAgents(int value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, portCoolDown, symmetricRtp, latchWindow, ptimeMillis,
                deadMedia, rtcpInterval, value, receiveBuffer, sendSilence);
    }

    public MediaConfig withSendSilence(boolean value) {
        return new MediaConfig(bindAddress, advertisedAddress, portMin, portMax, portCoolDown, symmetricRtp, latchWindow, ptimeMillis,
                deadMedia, rtcpInterval, agents, receiveBuffer, value);
    }

    /** Threads to start. */
    int agentCount() {
        return agents > 0 ? agents : Math.min(2, Runtime.getRuntime().availableProcessors());
    }
}
