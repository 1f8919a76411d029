package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.sip.SipConfig;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to STUN from anybody, over a real socket. */
class StunFromStrangersTest {

    private final StackRig rig = StackRig.frozen(SipConfig.loopback());
    private final UdpPeer peer = new UdpPeer(rig.port());

    @AfterEach
    void close() {
        peer.close();
        rig.close();
    }

    @Test
    void aBindingRequestIsAnsweredWithWhereItCameFrom() {
        byte[] request = Stun.request(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
        peer.send(request);
        byte[] answer = peer.receiveBytes();
        assertThat(Stun.type(answer)).isEqualTo(Stun.SUCCESS);
        assertThat(Stun.id(answer)).isEqualTo(Stun.id(request));
        assertThat(Stun.mapped(answer)).isEqualTo(new InetSocketAddress(peer.address(), peer.port()));
        assertThat(answer.length).isLessThan(2 * request.length);
        assertThat(rig.host.malformed()).isZero();
    }

    @Test
    void aFloodOfThemIsAnsweredWithinABudget() {
        byte[] request = Stun.request(ByteBuffer.wrap(new byte[12]));
        for (int i = 0; i < 500; i++) {
            peer.send(request);
        }
        int answers = 0;
        while (peer.receive(200) != null) {
            answers++;
        }
        assertThat(answers).isBetween(1, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0003, 0x0011, 0x0101, 0x0111, 0x0004, 0x3fff})
    void nothingElseOfStunIsAnswered(int type) {
        byte[] other = Stun.request(ByteBuffer.wrap(new byte[12]));
        other[0] = (byte) (type >> 8);
        other[1] = (byte) type;
        peer.send(other);
        byte[] wants = Arrays.copyOf(Stun.request(ByteBuffer.wrap(new byte[12])), 28);
        wants[3] = 8;
        // CHANGE-REQUEST of RFC 3489: would have us answer from elsewhere.
        wants[21] = 3;
        wants[23] = 4;
        peer.send(wants);
        assertThat(peer.ping()).contains("200 OK");
        assertThat(peer.receive(50)).isNull();
    }
}
