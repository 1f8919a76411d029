package io.github.camelvoice.call;

/** What became of a transfer. */
public enum TransferStatus {
    /** The far end took the request; nothing more is waited for. */
    ACCEPTED("in-progress"),
    /** The target has the call. */
    COMPLETED("in-progress"),
    /** 486 or 600. */
    BUSY("busy"),
    /** 487: the target did not answer. */
    NO_ANSWER("no-answer"),
    /** The call ended before anybody said how the transfer went. */
    CANCELED("canceled"),
    /** The request was refused, or the target refused the call. */
    FAILED("failed"),
    /** The request was taken, and nobody said in time how it went; or was told as over without a result. */
    UNKNOWN("failed");

    private final String referCallStatus;

    TransferStatus(String referCallStatus) {
        this.referCallStatus = referCallStatus;
    }

    /** {@code no-answer} */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** {@code ReferCallStatus} of cXML's Refer: in-progress, busy, no-answer, canceled, failed. */
    public String referCallStatus() {
        return referCallStatus;
    }

    public boolean isSuccess() {
        return this == ACCEPTED || this == COMPLETED;
    }

    /** What a final response to the call of the target, as a NOTIFY tells it, means. */
    public static TransferStatus ofResult(int code) {
        if (code >= 200 && code < 300) {
            return COMPLETED;
        }
        return switch (code) {
            case 486, 600 -> BUSY;
            case 487 -> NO_ANSWER;
            default -> FAILED;
        };
    }
}
