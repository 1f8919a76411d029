package io.github.camelvoice.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A file, or one range of its bytes (RFC 9110, section 14). A request for several ranges, or in other units, gets the whole file.
 *
 * @param from first byte
 * @param to   byte after the last one
 * @param size of the file
 * @param part whether a range was asked for
 */
record FileRange(Path file, long from, long to, long size, boolean part) {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,15})-([0-9]{0,15})");

    /** @return null where there is no such file */
    static FileRange of(Path file, String header) throws IOException {
        long size;
        try {
            size = Files.size(file);
        } catch (NoSuchFileException gone) {
            return null;
        }
        Matcher range = RANGE.matcher(header == null ? "" : header.strip());
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return new FileRange(file, 0, size, size, false);
        }
        if (range.group(1).isEmpty()) {
            long last = Long.parseLong(range.group(2));
            return new FileRange(file, Math.max(0, size - last), last == 0 ? 0 : size, size, true);
        }
        long from = Long.parseLong(range.group(1));
        long to = range.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(range.group(2)) + 1);
        return new FileRange(file, from, to, size, true);
    }

    /** Makes the answer: 200, 206, or 416 for a range that the file does not have. */
    void answer(Message message, String name) throws IOException {
        message.setHeader("Accept-Ranges", "bytes");
        if (part && from >= to) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 416);
            message.setHeader("Content-Range", "bytes */" + size);
            message.setBody(null);
            return;
        }
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, part ? 206 : 200);
        if (part) {
            message.setHeader("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
        }
        message.setHeader(Exchange.CONTENT_TYPE, "audio/wav");
        message.setHeader("Content-Disposition", "inline; filename=\"" + name + "\"");
        FileChannel channel = FileChannel.open(file).position(from);
        message.setBody(new Limited(Channels.newInputStream(channel), to - from));
    }

    /** So many bytes, and no more. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long bytes) {
            super(in);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int off, int len) throws IOException {
            int count = left == 0 ? -1 : in.read(into, off, (int) Math.min(len, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }
    }
}
