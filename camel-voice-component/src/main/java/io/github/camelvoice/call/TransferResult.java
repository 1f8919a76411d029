package io.github.camelvoice.call;

/**
 * What became of a transfer.
 *
 * @param mode       how it was done: {@code refer} or {@code local}
 * @param referCode  SIP status of the answer to our REFER, 202 as a rule; 0 where there was none
 * @param notifyCode SIP status of the target's call, as last told by NOTIFY or seen by ourselves; 0 where nobody told
 * @param phrase     in plain words, never null
 */
public record TransferResult(String transferId, String mode, TransferStatus status, int referCode, int notifyCode, String phrase) {

    public TransferResult {
        phrase = phrase == null ? "" : phrase;
    }
}
