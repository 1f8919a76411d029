package io.github.camelvoice.media;

import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.media.stream.FigureBoard;
import io.github.camelvoice.media.stream.FigureBoard.Figure;

/** Reads the figures of a leg off its board. */
final class Figures {

    private Figures() {
    }

    static MediaFigures.Pair of(FigureBoard board) {
        MediaFigures received = new MediaFigures(board.get(Figure.PACKETS_IN), board.get(Figure.BYTES_IN), board.get(Figure.LOST_IN),
                board.discarded(), board.get(Figure.JITTER_IN_MICROS) / 1000.0, 0);
        MediaFigures sent = new MediaFigures(board.get(Figure.PACKETS_OUT), board.get(Figure.BYTES_OUT), board.get(Figure.LOST_OUT),
                0, board.get(Figure.JITTER_OUT_MICROS) / 1000.0, 0);
        return new MediaFigures.Pair(received, sent);
    }
}
