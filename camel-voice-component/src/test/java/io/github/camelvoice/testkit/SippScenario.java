package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Writes a SIPp scenario step by step: a caller's begins with {@link #invite}, a callee's with {@link #takeInvite}.
 * Via and Contact say which transport it is, or what {@link #over} claims.
 */
public final class SippScenario {

    private static final String FROM = "From: <sip:sipp@[local_ip]:[local_port]>;tag=[pid]c[call_number]\n";

    private static final String SECOND_VIA = "<ereg regexp=\"[^\r\n]*\" search_in=\"hdr\" header=\"Via:\" occurrence=\"2\" assign_to=\"via2\"/>\n";

    /** What SIPp counts; [branch-N] goes back by N of them. */
    private static final Pattern COMMAND = Pattern.compile("<(send|recv|pause|nop)[ >/]");

    /** The whole text, where it was not written step by step. */
    private String file;
    private final StringBuilder steps = new StringBuilder();
    private String via = "[transport]";
    private String contactTransport = "[transport]";
    private String formats = "0 8 101";
    private String requestUri = "sip:[service]@[remote_ip]:[remote_port]";
    private int cseq;
    private int inviteCseq;
    private int inviteAt;
    private int commands;
    private int sdpVersion;
    private boolean caller = true;
    private boolean proxied;
    private boolean inviteTaken;

    private SippScenario() {
    }

    public static SippScenario start() {
        return new SippScenario();
    }

    /** A scenario file of the folder {@code sipp} of the test resources, as it is. */
    public static SippScenario resource(String name) {
        try (InputStream in = SippScenario.class.getResourceAsStream("/sipp/" + name)) {
            SippScenario scenario = new SippScenario();
            scenario.file = new String(Objects.requireNonNull(in, () -> "there is no scenario sipp/" + name).readAllBytes(),
                    StandardCharsets.ISO_8859_1);
            return scenario;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What Via and Contact claim, where a relay makes another transport of ours: {@code TLS}. */
    public SippScenario over(String transport) {
        via = transport;
        contactTransport = transport.toLowerCase(java.util.Locale.ROOT);
        return this;
    }

    /** Payload types of our SDP, {@code 0 101}. */
    public SippScenario formats(String payloadTypes) {
        formats = payloadTypes;
        return this;
    }

    /** Request-URI of the first INVITE. */
    public SippScenario uri(String uri) {
        requestUri = uri;
        return this;
    }

    /** An SDP body, {@code direction} sendrecv, sendonly, recvonly or inactive. */
    public String sdp(String direction) {
        return SippSdp.text(formats, ++sdpVersion, direction);
    }

    // ---- the caller

    public SippScenario invite(String... headers) {
        return sendInvite(sdp("sendrecv"), headers);
    }

    public SippScenario inviteWithoutOffer(String... headers) {
        return sendInvite("", headers);
    }

    private SippScenario sendInvite(String body, String... headers) {
        inviteCseq = ++cseq;
        inviteAt = commands;
        return send(true, "INVITE " + requestUri + " SIP/2.0\n" + via("[branch]")
                + FROM + "To: <" + requestUri + ">\nCall-ID: [call_id]\nCSeq: " + cseq + " INVITE\nMax-Forwards: 70\n" + contact() + lines(headers), body);
    }

    /** Sends the INVITE again with credentials, after a challenge was expected with {@link #expectChallenge}. */
    public SippScenario inviteAuthenticated(String user, String password) {
        return sendInvite(sdp("sendrecv"), "[authentication username=" + user + " password=" + password + "]");
    }

    public SippScenario expect(int code) {
        return add("<recv response=\"" + code + "\" rrs=\"true\" timeout=\"20000\"/>");
    }

    /** Expects a response whose header {@code name} matches {@code pattern}, an extended regular expression. */
    public SippScenario expect(int code, String name, String pattern) {
        return add("<recv response=\"" + code + "\" rrs=\"true\" timeout=\"20000\"><action><ereg regexp=\"" + escape(pattern)
                + "\" search_in=\"hdr\" header=\"" + name + ":\" check_it=\"true\" assign_to=\"found\"/></action></recv>");
    }

    /** Expects a response whose body or head matches {@code pattern}. */
    public SippScenario expectText(int code, String pattern) {
        return add("<recv response=\"" + code + "\" rrs=\"true\" timeout=\"20000\"><action><ereg regexp=\"" + escape(pattern)
                + "\" search_in=\"msg\" check_it=\"true\" assign_to=\"found\"/></action></recv>");
    }

    public SippScenario expectChallenge(int code) {
        return add("<recv response=\"" + code + "\" auth=\"true\" timeout=\"20000\"/>");
    }

    public SippScenario maybe(int... codes) {
        for (int code : codes) {
            add("<recv response=\"" + code + "\" optional=\"true\"" + (code == 100 ? "" : " rrs=\"true\"") + "/>");
        }
        return this;
    }

    /** ACK of a 200. */
    public SippScenario ack() {
        return ack("");
    }

    public SippScenario ack(String body) {
        return send(false, "ACK [next_url] SIP/2.0\n" + via("[branch]") + "[routes]\n" + dialogHead() + "CSeq: " + inviteCseq
                + " ACK\nMax-Forwards: 70\n" + contact(), body);
    }

    /** ACK of a failure. */
    public SippScenario ackFailure() {
        return send(false, "ACK " + requestUri + " SIP/2.0\n[last_Via:]\n" + callerHead() + "CSeq: " + inviteCseq
                + " ACK\nMax-Forwards: 70\n", "");
    }

    public SippScenario cancel() {
        return send(true, "CANCEL " + requestUri + " SIP/2.0\n" + via("[branch-" + (commands - inviteAt) + "]") + FROM + "To: <" + requestUri
                + ">\nCall-ID: [call_id]\nCSeq: " + inviteCseq + " CANCEL\nMax-Forwards: 70\n", "");
    }

    /** A BYE for a dialog that nobody has. */
    public SippScenario strayBye() {
        return send(true, "BYE " + requestUri + " SIP/2.0\n" + via("[branch]") + FROM + "To: <" + requestUri
                + ">;tag=nobody\nCall-ID: [call_id]\nCSeq: 7 BYE\nMax-Forwards: 70\n", "");
    }

    public SippScenario options() {
        return send(true, "OPTIONS " + requestUri + " SIP/2.0\n" + via("[branch]") + FROM + "To: <" + requestUri
                + ">\nCall-ID: [call_id]\nCSeq: 1 OPTIONS\nMax-Forwards: 70\n", "");
    }

    /** PRACK of the provisional response that was expected last. */
    public SippScenario prack() {
        return send(true, "PRACK [next_url] SIP/2.0\n" + via("[branch]") + "[routes]\n" + dialogHead() + "CSeq: " + (++cseq)
                + " PRACK\nRAck: [$rseq] " + inviteCseq + " INVITE\nMax-Forwards: 70\n", "");
    }

    /** Expects a reliable provisional response and keeps its RSeq. */
    public SippScenario expectReliable(int code) {
        return add("<recv response=\"" + code + "\" rrs=\"true\" timeout=\"20000\"><action><ereg regexp=\"[0-9]+\" search_in=\"hdr\" header=\"RSeq:\""
                + " check_it=\"true\" assign_to=\"rseq\"/></action></recv>");
    }

    // ---- the callee

    public SippScenario takeInvite() {
        return takeInvite(".*");
    }

    /** Takes an INVITE that came through one proxy: {@link #respondToInvite} answers both. */
    public SippScenario takeProxiedInvite() {
        proxied = true;
        return takeInvite();
    }

    /** Takes an INVITE that matches {@code pattern}, an extended regular expression. */
    public SippScenario takeInvite(String pattern) {
        caller = false;
        inviteTaken = true;
        return add("""
                <recv request="INVITE" rrs="true" timeout="30000"><action>
                <ereg regexp="[^\r\n]*" search_in="hdr" header="From:" assign_to="peer"/>
                <ereg regexp="&lt;[^&gt;]*&gt;" search_in="hdr" header="To:" assign_to="me"/>
                <ereg regexp="[^\r\n]*" search_in="hdr" header="Via:" assign_to="via"/>
                <ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="number"/>
                %s<ereg regexp="%s" search_in="msg" check_it="true" assign_to="found"/></action></recv>
                <Reference variables="peer,me,via,number%s"/>""".formatted(proxied ? SECOND_VIA : "", escape(pattern), proxied ? ",via2" : ""));
    }

    /** Answers the INVITE, whatever came since. */
    public SippScenario respondToInvite(String status, String body, String... headers) {
        return send(!status.startsWith("1"), "SIP/2.0 " + status + "\nVia: [$via]\n" + (proxied ? "Via: [$via2]\n" : "")
                + "From: [$peer]\nTo: [$me];tag=[pid]s[call_number]\n"
                + "[last_Call-ID:]\nCSeq: [$number] INVITE\n" + (status.startsWith("3") ? "" : contact()) + lines(headers), body);
    }

    /** Takes the INVITE and checks the digest credentials of its Authorization header against the challenge sent before. */
    public SippScenario takeAuthenticatedInvite(String user, String password) {
        inviteTaken = true;
        return add("""
                <recv request="INVITE" rrs="true" timeout="20000"><action>
                <verifyauth assign_to="valid" username="%s" password="%s"/></action></recv>
                <nop test="valid" next="1"/>
                <nop><action><error message="wrong credentials"/></action></nop>
                <label id="1"/>""".formatted(user, password));
    }

    public SippScenario takeRequest(String method) {
        inviteTaken = method.equals("INVITE");
        return add("<recv request=\"" + method + "\" rrs=\"true\" timeout=\"80000\"/>");
    }

    public SippScenario takeRequest(String method, String pattern) {
        inviteTaken = method.equals("INVITE");
        return add("<recv request=\"" + method + "\" rrs=\"true\" timeout=\"80000\"><action><ereg regexp=\"" + escape(pattern)
                + "\" search_in=\"msg\" check_it=\"true\" assign_to=\"found\"/></action></recv>");
    }

    /** Answers the request that came last. */
    public SippScenario respond(String status, String... headers) {
        return respondWith(status, "", headers);
    }

    public SippScenario respondWith(String status, String body, String... headers) {
        boolean ours = caller;
        return send(inviteTaken && !status.startsWith("1"), "SIP/2.0 " + status + "\n[last_Via:]\n[last_Record-Route:]\n[last_From:]\n"
                + (ours ? "[last_To:]" : "To: [$me];tag=[pid]s[call_number]") + "\n[last_Call-ID:]\n[last_CSeq:]\n" + contact()
                + lines(headers), body);
    }

    // ---- both

    public SippScenario bye() {
        return request("BYE", "");
    }

    /** A request in the dialog, with a body of SDP if it is not empty. */
    public SippScenario request(String method, String body, String... headers) {
        cseq = caller ? cseq + 1 : Math.max(101, cseq + 1);
        inviteCseq = method.equals("INVITE") ? cseq : inviteCseq;
        return send(true, method + " [next_url] SIP/2.0\n" + via("[branch]") + "[routes]\n" + dialogHead() + "CSeq: " + cseq + " " + method
                + "\nMax-Forwards: 70\n" + (method.equals("BYE") ? "" : contact()) + lines(headers), body);
    }

    /** Runs an action: {@code play_dtmf="12"}, {@code rtp_stream="tone.ulaw,1,0"}. */
    public SippScenario exec(String what) {
        return add("<nop><action><exec " + what + "/></action></nop>");
    }

    public SippScenario pause(int millis) {
        return add("<pause milliseconds=\"" + millis + "\"/>");
    }

    public SippScenario endCaller() {
        return bye().expect(200);
    }

    private String callerHead() {
        return FROM + "[last_To:]\nCall-ID: [call_id]\n";
    }

    private String dialogHead() {
        return caller ? FROM + "To: <" + requestUri + ">[peer_tag_param]\nCall-ID: [call_id]\n"
                : "From: [$me];tag=[pid]s[call_number]\nTo: [$peer]\nCall-ID: [call_id]\n";
    }

    private String via(String branch) {
        return "Via: SIP/2.0/" + via + " [local_ip]:[local_port];branch=" + branch + ";rport\n";
    }

    private String contact() {
        return "Contact: <sip:sipp@[local_ip]:[contact_port];transport=" + contactTransport + ">\n";
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\n", headers) + "\n";
    }

    private SippScenario send(boolean repeat, String head, String body) {
        String type = body.isEmpty() || head.contains("Content-Type:") ? "" : "Content-Type: application/sdp\n";
        return add("<send" + (repeat ? " retrans=\"500\"" : "") + "><![CDATA[\n\n" + head + type + "Content-Length: [len]\n\n" + body
                + "\n]]></send>");
    }

    private SippScenario add(String xml) {
        steps.append(xml).append('\n');
        commands += (int) COMMAND.matcher(xml).results().count();
        return this;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** The scenario file's text. */
    public String xml() {
        if (file != null) {
            return file;
        }
        String body = steps.toString();
        return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"s\">\n" + body
                + (body.contains("assign_to=\"found\"") ? "<Reference variables=\"found\"/>\n" : "") + "</scenario>\n";
    }
}
