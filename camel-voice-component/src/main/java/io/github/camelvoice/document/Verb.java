package io.github.camelvoice.document;

/** Instructions on a call as a whole: whom it is connected with, and what becomes of it. All that they need is in the text. */
public sealed interface Verb extends Instruction {

    /** Rings one to ten targets, and connects the first that is through with its whisper. */
    record Dial(Place place, DialOrder order) implements Verb {
        @Override
        public String verb() {
            return "Dial";
        }
    }

    /** Refuses a call that was not answered; ends one that was. */
    record Reject(Place place, HangupReason reason) implements Verb {
        @Override
        public String verb() {
            return "Reject";
        }
    }

    /** Goes on with a document that an application gives. */
    record Redirect(Place place, Action action) implements Verb {
        @Override
        public String verb() {
            return "Redirect";
        }
    }

    /**
     * Asks the far end to call somebody else (REFER, RFC 3515), and goes on when it is known what came of it.
     *
     * @param target SIP URI for Refer-To
     * @param action asked afterwards; null for nobody: the next verb is carried out
     */
    record Refer(Place place, String target, Action action) implements Verb {
        @Override
        public String verb() {
            return "Refer";
        }
    }

    /** Sends the audio of the call to a WebSocket, in the background. */
    record StartStream(Place place, StreamOrder order) implements Verb {
        @Override
        public String verb() {
            return "Stream";
        }
    }

    /** Ends a stream. */
    record StopStream(Place place, String name) implements Verb {
        @Override
        public String verb() {
            return "Stop";
        }
    }
}
