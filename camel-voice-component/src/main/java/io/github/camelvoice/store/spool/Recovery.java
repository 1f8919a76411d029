package io.github.camelvoice.store.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what earlier runs left: cuts the record that was being written when the process ended.
 *
 * @param last    highest sequence number that was found, 0 if none
 * @param entries about how many entries were left
 */
record Recovery(long last, long entries) {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    static Recovery of(SpoolFolder folder, Segments segments) throws IOException {
        List<Segment> found = folder.segments();
        long last = 0;
        long records = 0;
        long bytes = 0;
        long all = 0;
        for (int i = 0; i < found.size(); i++) {
            Segment segment = found.get(i);
            if (i == found.size() - 1) {
                try (FrameReader reader = new FrameReader(segment.path(), 0, new Frames(folder.marker()))) {
                    long end = 0;
                    while (reader.next(segment.end())) {
                        end = reader.offset();
                        last = Math.max(last, reader.sequence());
                        records++;
                    }
                    cut(segment, end);
                }
                bytes = segment.end();
            }
            last = Math.max(last, segment.first());
            all += segment.end();
            segments.add(segment);
        }
        return new Recovery(last, bytes == 0 ? all / 600 : all * records / bytes);
    }

    private static void cut(Segment segment, long end) throws IOException {
        long torn = segment.end() - end;
        if (torn > 0) {
            LOG.info("{}: cut {} bytes of a record that was not finished", segment.path(), torn);
            try (FileChannel file = FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
                file.truncate(end);
                file.force(true);
            }
            segment.grow(end);
        }
    }
}
