package io.github.camelvoice.document;

/**
 * What documents reach beyond their call.
 *
 * @param application asked what comes next
 * @param progress    tells how calls get on
 * @param recordings  of calls
 */
public record DocumentPorts(Application application, Progress progress, RecordingPort recordings) {

    /** Where there is nobody beyond the call. */
    public static final DocumentPorts NONE = new DocumentPorts(Application.NONE, Progress.NONE, RecordingPort.NONE);
}
