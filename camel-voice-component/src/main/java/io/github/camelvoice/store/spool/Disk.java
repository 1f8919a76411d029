package io.github.camelvoice.store.spool;

import io.github.camelvoice.store.Own;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the writer asks of the disk. */
interface Disk {

    Disk REAL = new Disk() {
        @Override
        public Sink create(Path path) throws IOException {
            return new ChannelSink(Own.file(path, StandardOpenOption.TRUNCATE_EXISTING));
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            if (File.separatorChar == '\\') {
                return;
            }
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public long free(Path folder) throws IOException {
            long free = folder.toFile().getUsableSpace();
            if (free == 0 && !Files.isDirectory(folder)) {
                throw new NoSuchFileException(folder.toString());
            }
            return free;
        }
    };

    /** An empty file to be written. */
    Sink create(Path path) throws IOException;

    /** Makes new names in the folder outlive a crash of the machine. Windows has no such thing. */
    void forceFolder(Path folder) throws IOException;

    /** Bytes that can still be written. */
    long free(Path folder) throws IOException;

    /** A file that is written. */
    interface Sink extends Closeable {

        /** Writes all of it there. */
        void write(ByteBuffer bytes, long offset) throws IOException;

        void force() throws IOException;

        void cut(long size) throws IOException;
    }

    /** The real one. */
    record ChannelSink(FileChannel channel) implements Sink {

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            long at = offset;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void cut(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
