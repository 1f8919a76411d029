package io.github.camelvoice.account;

import io.github.camelvoice.account.spi.RegisterAnswer;
import io.github.camelvoice.account.spi.RegisterRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A REGISTER as a test asks it. */
final class Asked implements RegisterRequest {

    private final String user;
    private final List<Contact> contacts = new ArrayList<>();
    private String authenticated;
    private String callId = "one";
    private long sequence = 1;
    private int expires = -1;
    private boolean wildcard;
    private RegisterAnswer answer;

    Asked(String user, String... uris) {
        this.user = user;
        this.authenticated = user;
        Arrays.stream(uris).forEach(uri -> contact(uri, -1, 1000));
    }

    Asked contact(String uri, int seconds, int quality) {
        contacts.add(new Contact(uri, uri, uri, seconds, quality, "", 0));
        return this;
    }

    Asked device(String uri, String instance, int regId) {
        contacts.add(new Contact(uri, uri, uri, -1, 1000, instance, regId));
        return this;
    }

    Asked of(String id, long number) {
        callId = id;
        sequence = number;
        return this;
    }

    Asked expires(int seconds) {
        expires = seconds;
        return this;
    }

    Asked by(String whom) {
        authenticated = whom;
        return this;
    }

    Asked asterisk() {
        wildcard = true;
        return this;
    }

    RegisterAnswer answer() {
        return answer;
    }

    /** Code of the answer. */
    int code() {
        return answer instanceof RegisterAnswer.Refused refused ? refused.code() : 200;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String aor() {
        return "sip:" + user + "@example.com";
    }

    @Override
    public String authenticatedUser() {
        return authenticated;
    }

    @Override
    public String callId() {
        return callId;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public List<Contact> contacts() {
        return contacts;
    }

    @Override
    public boolean wildcard() {
        return wildcard;
    }

    @Override
    public int expires() {
        return expires;
    }

    @Override
    public List<String> path() {
        return List.of();
    }

    @Override
    public String source() {
        return "127.0.0.1:5070";
    }

    @Override
    public String transport() {
        return "udp";
    }

    @Override
    public String userAgent() {
        return "";
    }

    @Override
    public void answer(RegisterAnswer given) {
        answer = given;
    }
}
