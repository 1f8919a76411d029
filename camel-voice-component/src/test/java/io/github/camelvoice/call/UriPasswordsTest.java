package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriPasswordsTest {

    /** What stands between angle quotes is a password. */
    private static void hides(String marked) {
        StringBuilder hidden = new StringBuilder();
        boolean secret = false;
        for (char c : marked.toCharArray()) {
            if (c == '\u2039' || c == '\u203a') {
                secret = c == '\u2039';
            } else {
                hidden.append(secret ? '*' : c);
            }
        }
        assertThat(UriPasswords.hide(marked.replace("\u2039", "").replace("\u203a", ""))).isEqualTo(hidden.toString());
        assertThat(UriPasswords.hide(hidden.toString())).isEqualTo(hidden.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sip:alice:‹secret›@example.com",
        "SIPS:alice:‹s›@example.com:5061;transport=tls?Subject=x",
        "INVITE sip:alice:‹a&=+$,b%20›@h SIP/2.0",
        "From: \"x\" <sip:bob:‹1234›@192.0.2.1>;tag=1",
        "<sip:bob:‹x›@[2001:db8::1]:5060>",
        "<sip:;?/user:‹x›@h>",
        "<sip::‹x›@h>",
        "sip:a:‹b›@c,sip:d:‹e›@f, <sips:g:‹h›@i>",
        "sip:a:5060,sip:b:‹x›@c",
        "sip:u:‹p@ss›@host;x=y@z",
        "sip:u:‹p:q›@host",
        "Digest uri=\"sip:u:‹p›@h\", response=\"1\"",
        "sip:u:‹123456›@h"})
    void hidesThePassword(String marked) {
        hides(marked);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sip:alice@example.com", "sip:example.com:5060", "sip:example.com:5060;lr", "<sip:example.com:5060>, <sip:a@b>", "sip:a@b:5060;x=y",
        "<sip:proxy:5060?Replaces=1@2>", "tel:+1;phone-context=x:y@z", "gossip:a:b@c", "xsip:a:b@c", "sip:[2001:db8::1]:5060;x=a@b", "sip:a:@b",
        "sip:a:b", "sip:", "sip", ":", "", "a:b@c", "sip:a b:c@d", "s:a:b@c", "p:@", "Call-ID: 5060:x@sip"})
    void touchesNothingElse(String text) {
        assertThat(UriPasswords.hide(text)).isEqualTo(text);
    }

    @Test
    void bytesAreCounted() {
        assertThat(UriPasswords.hide("sip:a:p\u00e4@\u4e2d.example")).isEqualTo("sip:a:***@\u4e2d.example");
        assertThat(UriPasswords.hide(null)).isNull();
    }
}
