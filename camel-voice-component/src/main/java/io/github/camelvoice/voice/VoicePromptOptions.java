package io.github.camelvoice.voice;

import org.apache.camel.spi.Metadata;

/** Options of what calls hear, and of what is kept of what they say. They make no sense per endpoint. */
public abstract class VoicePromptOptions extends VoiceGuardOptions {

    @Metadata(label = "media", defaultValue = "espeak-ng", description = "What speaks the texts of documents: espeak-ng, a program of this "
            + "machine; the http or https URL of a server that is posted text and answers audio/wav; the URI of a Camel endpoint that makes a WAV "
            + "of the body (headers CamelVoiceSpeechLanguage, CamelVoiceSpeechVoice); or none.")
    private String speech = "espeak-ng";
    @Metadata(label = "media", description = "Beginning of the URLs under which applications are told to find recordings: "
            + "https://voice.example.com. Without it they are told none. Whoever sets it serves them: the gateway does.")
    private String publicUrl;
    @Metadata(label = "media", description = "Where applications may have recordings sent, beside http and https URLs: names and Camel endpoints, "
            + "separated by blanks: archive=file:/srv/archive minio=aws2-s3:bucket. The endpoint gets the WAV file as a body.")
    private String recordingTargets;

    @Metadata(label = "advanced", description = "Whether of the headers in the URI of a document's Sip those alone are sent whose name begins with X- "
            + "(and User-to-User, Remote-Party-ID, P-Preferred-Identity, P-Called-Party-ID).")
    private boolean strictXHeaders;
    @Metadata(label = "advanced", defaultValue = "X-Voice-", description = "Prefix of the headers by which the called side of a document's Dial is "
            + "told of the call: CallSid, AccountSid and ApiVersion come behind it.")
    private String callHeaderPrefix = "X-Voice-";

    public boolean isStrictXHeaders() {
        return strictXHeaders;
    }

    public void setStrictXHeaders(boolean value) {
        strictXHeaders = value;
    }

    public String getCallHeaderPrefix() {
        return callHeaderPrefix;
    }

    public void setCallHeaderPrefix(String value) {
        callHeaderPrefix = value;
    }

    public String getSpeech() {
        return speech;
    }

    public void setSpeech(String value) {
        speech = value;
    }

    public String getPublicUrl() {
        return publicUrl;
    }

    public void setPublicUrl(String value) {
        publicUrl = value;
    }

    public String getRecordingTargets() {
        return recordingTargets;
    }

    public void setRecordingTargets(String value) {
        recordingTargets = value;
    }
}
