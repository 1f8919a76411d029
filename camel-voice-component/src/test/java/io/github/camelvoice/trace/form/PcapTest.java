package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PcapTest {

    @Test
    void theHeaderIsThatOfAClassicPcapWithRawIp() {
        ByteBuffer file = ByteBuffer.wrap(Pcap.write(Traces.of())).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.remaining()).isEqualTo(24);
        assertThat(file.getInt(0)).isEqualTo(0xa1b2c3d4);
        assertThat(file.getShort(4)).isEqualTo((short) 2);
        assertThat(file.getShort(6)).isEqualTo((short) 4);
        assertThat(file.getInt(20)).isEqualTo(101);
    }

    @Test
    void aDatagramIsItsHeadersAndTheMessage() {
        SipMessage message = Traces.request(false, 0, "INVITE");
        byte[] file = Pcap.write(Traces.of(message));
        ByteBuffer packet = ByteBuffer.wrap(file, 24, file.length - 24).slice().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(packet.getInt(0)).isEqualTo((int) Traces.START.getEpochSecond());
        assertThat(packet.getInt(4)).isEqualTo(250);
        assertThat(packet.getInt(8)).isEqualTo(packet.getInt(12)).isEqualTo(28 + message.data().length);
        assertThat(Arrays.copyOfRange(file, file.length - message.data().length, file.length)).isEqualTo(message.data());
    }

    @Test
    void aConnectionBeginsOnceAndItsBytesAreNumbered() {
        SipMessage one = new SipMessage(Traces.START, "tcp", false, Traces.PHONE, Traces.US, new byte[150_000]);
        SipMessage two = new SipMessage(Traces.START, "tcp", true, Traces.US, Traces.PHONE, new byte[10]);
        byte[] file = Pcap.write(new SipInfo(Traces.record(), java.util.List.of(one, two, one), 0));
        ByteBuffer rest = ByteBuffer.wrap(file, 24, file.length - 24).slice().order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder seen = new StringBuilder();
        while (rest.hasRemaining()) {
            int length = rest.getInt(rest.position() + 8);
            ByteBuffer packet = rest.slice(rest.position() + 16, length).order(ByteOrder.BIG_ENDIAN);
            int header = (packet.get(32) & 0xff) >> 4;
            seen.append(packet.getInt(24)).append('/').append(packet.getInt(28)).append('+').append(length - 20 - 4 * header).append(' ');
            rest.position(rest.position() + 16 + length);
        }
        assertThat(seen.toString().trim()).isEqualTo("0/0+0 0/1+0 1/1+0 1/1+65000 65001/1+65000 130001/1+20000 1/150001+10 "
                + "150001/11+65000 215001/11+65000 280001/11+20000");
    }
}
