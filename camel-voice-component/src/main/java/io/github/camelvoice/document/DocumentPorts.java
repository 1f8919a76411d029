package io.github.camelvoice.document;

/**
 * What documents reach beyond their call.
 *
 * @param application asked what comes next
 * @param progress    tells how calls get on
 * @param recordings  of calls
 * @param dialling    calls others
 */
public record DocumentPorts(Application application, Progress progress, RecordingPort recordings, Dialling dialling) {

    /** Where there is nobody beyond the call. */
    public static final DocumentPorts NONE = new DocumentPorts(Application.NONE, Progress.NONE, RecordingPort.NONE, Dialling.NONE);
}
