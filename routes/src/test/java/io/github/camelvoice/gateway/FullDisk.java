package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.testkit.PeerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder without room. Mounts a tmpfs, so it must run as root; not found by a plain test run: {@code -Dtest=FullDisk}. */
@Tag("load")
class FullDisk {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;
    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
        PeerProcess.run(folder, "mount", "-t", "tmpfs", "-o", "size=640m", "none", disk.toString());
    }

    @AfterEach
    void unmount() {
        PeerProcess.run(folder, "umount", "-l", disk.toString());
    }

    private void fill() throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            for (int size = block.length; size > 0;) {
                try {
                    out.write(block, 0, size);
                } catch (IOException full) {
                    size /= 2;
                }
            }
        }
    }

    @Test
    void isToldAndRefusesCallsUntilThereIsRoomAgain() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(folder, disk.resolve("data"), Map.of()); TestPhone phone = new TestPhone(folder)) {
            Call before = phone.dial("echo", gateway.sipPort());
            phone.answered(before);
            fill();
            await().atMost(PATIENCE).until(() -> refused(phone, gateway) && gateway.get("/observe/health").statusCode() == 503);
            System.out.println("health: " + gateway.get("/observe/health").body());
            phone.hangUp(before);
            assertThat(phone.ended(before).cause().endedBy()).isEqualTo(EndCause.Origin.LOCAL);
            Files.delete(disk.resolve("filler"));
            await().atMost(PATIENCE).until(() -> gateway.get("/observe/health").statusCode() == 200);
            Call after = phone.dial("echo", gateway.sipPort());
            assertThat(phone.answered(after).cause()).isNull();
            phone.hangUp(after);
            phone.ended(after);
            for (Call call : new Call[] {before, after}) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(SipInfoAnswer.read(gateway.get(SipInfoAnswer.path(
                        call.snapshot().sipCallId()))).messages()).extracting(SipInfoAnswer.Message::method).contains("INVITE", "BYE"));
            }
        }
    }

    private static boolean refused(TestPhone phone, GatewayProcess gateway) throws Exception {
        Call call = phone.dial("echo", gateway.sipPort());
        if (phone.answered(call).cause() == null) {
            phone.hangUp(call);
        }
        return phone.ended(call).cause().sipCode() == 503;
    }
}
