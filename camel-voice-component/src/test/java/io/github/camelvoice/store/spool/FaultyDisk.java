package io.github.camelvoice.store.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A disk that fails on command. */
final class FaultyDisk implements Disk {

    /** Bytes that it still takes. */
    volatile long room = Long.MAX_VALUE;
    volatile long free = Long.MAX_VALUE;
    volatile boolean forceFails;
    volatile boolean cutFails;
    volatile CountDownLatch hang;

    private void take(long bytes) throws IOException {
        if (bytes > room) {
            throw new IOException("No space left on device");
        }
        room -= bytes;
    }

    @Override
    public Sink create(Path path) throws IOException {
        take(0);
        Sink real = Disk.REAL.create(path);
        return new Sink() {
            @Override
            public void write(ByteBuffer bytes, long offset) throws IOException {
                int fits = (int) Math.min(room, bytes.remaining());
                if (fits < bytes.remaining()) {
                    real.write(bytes.duplicate().limit(bytes.position() + fits), offset);
                }
                take(bytes.remaining());
                real.write(bytes, offset);
            }

            @Override
            public void force() throws IOException {
                CountDownLatch latch = hang;
                if (latch != null) {
                    try {
                        latch.await();
                    } catch (InterruptedException interrupted) {
                        throw new IOException(interrupted);
                    }
                }
                if (forceFails) {
                    throw new IOException("Input/output error");
                }
                real.force();
            }

            @Override
            public void cut(long size) throws IOException {
                if (cutFails) {
                    throw new IOException("Input/output error");
                }
                real.cut(size);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        Disk.REAL.forceFolder(folder);
    }

    @Override
    public long free(Path folder) {
        return free;
    }
}
