package io.github.camelvoice.media;

import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.media.stats.EModel;
import io.github.camelvoice.media.stream.FigureBoard;
import io.github.camelvoice.media.stream.FigureBoard.Figure;

/** Reads the figures of a leg off its board. */
final class Figures {

    private static final int PACKET_MILLIS = 20;

    private Figures() {
    }

    /** @param encoding of the codec agreed, null before */
    static MediaFigures.Pair of(FigureBoard board, String encoding) {
        long packetsIn = board.get(Figure.PACKETS_IN);
        long lostIn = board.get(Figure.LOST_IN);
        double jitterIn = board.get(Figure.JITTER_IN_MICROS) / 1000.0;
        double oneWay = board.get(Figure.ROUND_TRIP_MICROS) / 2000.0;
        double mosIn = packetsIn == 0 ? 0 : mos(encoding, oneWay, jitterIn, lostIn, packetsIn + lostIn);
        MediaFigures received = new MediaFigures(packetsIn, board.get(Figure.BYTES_IN), lostIn, board.discarded(), jitterIn, mosIn);
        long packetsOut = board.get(Figure.PACKETS_OUT);
        long lostOut = board.get(Figure.LOST_OUT);
        double jitterOut = board.get(Figure.JITTER_OUT_MICROS) / 1000.0;
        double mosOut = packetsOut == 0 || board.get(Figure.REPORTED_OUT) == 0 ? 0 : mos(encoding, oneWay, jitterOut, lostOut, packetsOut);
        MediaFigures sent = new MediaFigures(packetsOut, board.get(Figure.BYTES_OUT), lostOut, 0, jitterOut, mosOut);
        return new MediaFigures.Pair(received, sent);
    }

    /** The listener's end is taken to conceal losses, and to wait for twice the jitter and a packet. */
    private static double mos(String encoding, double oneWayMillis, double jitterMillis, long lost, long expected) {
        double delay = oneWayMillis + 2 * jitterMillis + PACKET_MILLIS;
        return EModel.mos(EModel.Impairment.of(encoding, true), delay, 100.0 * lost / expected);
    }
}
