package io.github.camelvoice.call;

/** Hears how a transfer goes on, on a mailbox: must be quick. The result comes from elsewhere. */
public interface TransferListener {

    TransferListener NONE = new TransferListener() {
        @Override
        public void accepted(int code) {
            // Nobody asked.
        }

        @Override
        public void progress(int code, String phrase) {
            // Nobody asked.
        }
    };

    /** The far end has taken the REFER. */
    void accepted(int code);

    /** A provisional status of the target's call. */
    void progress(int code, String phrase);
}
