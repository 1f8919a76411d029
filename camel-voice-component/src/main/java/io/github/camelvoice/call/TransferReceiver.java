package io.github.camelvoice.call;

/** Decides about transfers that far ends ask for by REFER. */
public interface TransferReceiver {

    /** Whether this receiver is responsible; called on the call's mailbox, must be quick and without side effects. */
    boolean wants(Call call, IncomingTransfer wish);

    /**
     * The decision is yours: {@link CallCommand.AnswerTransfer} within 20 s, else the far end gets 603. Called on the call's mailbox,
     * must be quick.
     */
    void requested(Call call, IncomingTransfer wish);
}
