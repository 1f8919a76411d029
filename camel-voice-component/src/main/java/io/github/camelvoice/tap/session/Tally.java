package io.github.camelvoice.tap.session;

import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.TapFigures;
import io.github.camelvoice.tap.pipe.Pipeline;
import io.github.camelvoice.tap.pipe.SpeechBuffer;

/** Counts of a tap: kept by its loop, published 50 times a second, read by any thread. */
final class Tally {

    private final Sink sink;
    private final SpeechBuffer speech;
    private final TapServices.Sums sums;
    private long frames;
    private long bytes;
    private long toldFrames;
    private long toldDropped;
    private int reconnects;
    /** Written last, read first: what was written before it is seen. */
    private volatile long shownFrames;
    private long shownBytes;
    private long shownDropped;
    private long shownFilled;
    private int shownReconnects;
    private int inboundLevel = TapFigures.NONE.inboundLevel();
    private int outboundLevel = TapFigures.NONE.outboundLevel();

    Tally(Sink sink, SpeechBuffer speech, TapServices.Sums sums) {
        this.sink = sink;
        this.speech = speech;
        this.sums = sums;
    }

    void sent(int length) {
        frames++;
        bytes += length;
    }

    void reconnected() {
        reconnects++;
        sums.reconnects.increment();
    }

    /** @param backlog null while there was none */
    void publish(Pipeline pipeline, Backlog backlog) {
        long dropped = sink.dropped() + pipeline.lost() + (backlog == null ? 0 : backlog.dropped());
        sums.frames.add(frames - toldFrames);
        sums.dropped.add(dropped - toldDropped);
        toldFrames = frames;
        toldDropped = dropped;
        shownBytes = bytes;
        shownDropped = dropped;
        shownFilled = pipeline.filledFrames();
        shownReconnects = reconnects;
        inboundLevel = pipeline.inboundLevel();
        outboundLevel = pipeline.outboundLevel();
        shownFrames = frames;
    }

    /** It is quiet from now on. */
    void close() {
        inboundLevel = TapFigures.NONE.inboundLevel();
        outboundLevel = TapFigures.NONE.outboundLevel();
        shownFrames = frames;
    }

    /** Any thread. */
    TapFigures figures() {
        long sent = shownFrames;
        return new TapFigures(sent, shownBytes, shownDropped, shownFilled, shownReconnects, speech == null ? 0 : speech.spokenMillis(),
                speech == null ? 0 : speech.droppedMillis(), inboundLevel, outboundLevel);
    }
}
