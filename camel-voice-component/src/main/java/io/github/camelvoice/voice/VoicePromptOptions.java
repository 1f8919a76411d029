package io.github.camelvoice.voice;

import org.apache.camel.spi.Metadata;

/** Options of what calls hear. They make no sense per endpoint. */
public abstract class VoicePromptOptions extends VoiceGuardOptions {

    @Metadata(label = "media", defaultValue = "espeak-ng", description = "What speaks the texts of documents: espeak-ng, a program of this "
            + "machine; the http or https URL of a server that is posted text and answers audio/wav; the URI of a Camel endpoint that makes a WAV "
            + "of the body (headers CamelVoiceSpeechLanguage, CamelVoiceSpeechVoice); or none.")
    private String speech = "espeak-ng";

    public String getSpeech() {
        return speech;
    }

    public void setSpeech(String value) {
        speech = value;
    }
}
