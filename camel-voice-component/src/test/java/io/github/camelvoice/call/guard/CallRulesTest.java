package io.github.camelvoice.call.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRulesTest {

    private static boolean may(String allow, String deny, String uri) {
        return new CallRules(allow, deny).objection(Destination.of(uri)) == null;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "+49*|sip:+4930123@trunk.example.com", "+49*|sip:+49-30-123@trunk.example.com", "+49*|sip:+49(30)123@x.example", "+49*|tel:+49-30-123",
        "+49*|sip:%2B4930123@x.example", "+49*|SIP:+4930123@X.EXAMPLE;transport=tls", "*@sip.example.com|sip:bob@SIP.example.COM.:5060",
        "*@10.0.0.0/8|sip:100@10.1.2.3:5070", "1??@10.0.0.0/8|sip:100@10.1.2.3", "*@[fd00::]/8|sip:x@[fd00::1]:5060",
        "*@::1|sip:x@[0:0:0:0:0:0:0:1]", "*@10.0.0.0/8|sip:x@[::ffff:10.0.0.1]", "*.|sip:a.@x.example", "names|sip:bob@x.example",
        "names|sip:x.example", "names|sip:_echo@x.example", "numbers|sip:100@x.example", "bob|sip:BOB@x.example", "*|sip:%41lice@x.example",
        "names@*.example.org|sip:bob@pbx.example.org", "+49*|sip:123;phone-context=+49@x.example"})
    void allows(String allow, String uri) {
        assertThat(may(allow, "none", uri)).as(uri).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // What is not written as the entry is: nobody knows what the far end makes of it.
        "+49*|sip:004930123@x.example", "+49*|sip:4930123@x.example", "+49*|sip:+39123@x.example",
        "+49*|sip:+39123;phone-context=+49@x.example", "+49*|sip:+49123@x.example;phone-context=+1900;maddr=1.2.3.4.5",
        // Numbers in the clothes of names.
        "names|sip:100@x.example", "names|sip:+49900@x.example", "names|sip:%2B49900@x.example", "names|sip:%30900@x.example",
        "names|sip:900bob@x.example", "names|sip:(900)@x.example", "names|sip:*31%23900@x.example", "names|sip:%23900@x.example",
        "names|sip:bob@x.example;user=phone", "names|sip:a900;phone-context=+1@x.example", "names|sip:bob@x.example;UsEr=PhOnE",
        "names|sip:bob@x.example;user=%70hone", "names|sip:%D9%A1%D9%A0%D9%A0@x.example", "names|sip:%EF%BC%91@x.example",
        "names|tel:bob;phone-context=example.com", "names|sip:%20bob@x.example", "names|sip:.100@x.example", "names|sip:-100@x.example",
        // Hosts.
        "*@sip.example.com|sip:bob@sip.example.com.evil.example", "*@sip.example.com|sip:sip.example.com@evil.example",
        "*@sip.example.com|sip:bob@evil.example;x=@sip.example.com", "*@sip.example.com|sip:bob%40sip.example.com@evil.example",
        "*@sip.example.com|sip:bob@sip.example.com;maddr=evil.example", "*@sip.example.com|sip:bob@sip.example.com;maddr=192.0.2.1",
        "*@*.example.org|sip:bob@example.org", "*@*.example.org|sip:bob@evilexample.org", "*@10.0.0.0/8|sip:bob@ten.example",
        "*@10.0.0.0/8|sip:bob@11.0.0.1", "*@sip.example.com|tel:+49123", "none|sip:bob@x.example"})
    void allowsNotWhatOnlyLooksLikeIt(String allow, String uri) {
        boolean may;
        try {
            may = may(allow, "none", uri);
        } catch (IllegalArgumentException unreadable) {
            may = false;
        }
        assertThat(may).as(uri).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:+4990012345@x.example", "sip:004990012345@x.example", "sip:0114990012345@x.example", "sip:4990012345678@x.example",
        "sip:%2b4990012345@x.example", "sip:%2B%34%39900@x.example", "sip:+49-(900)-123@x.example", "sip:+49.900.123@x.example",
        "sip:+49%20900%20123@x.example", "sip:+49%C2%A0900@x.example", "sip:+49%E2%80%8B900@x.example", "sip:+%EF%BC%94%EF%BC%99900@x.example",
        "sip:+%D9%A4%D9%A9900123@x.example", "sip:%EF%BC%8B49900@x.example", "sip:*31%23004990012345@x.example", "sip:%2331%23+49900@x.example",
        "sip:*67004990012345@x.example", "sip:+49900;ext=1@x.example", "sip:+49900%3bext=1@x.example", "sip:900123;phone-context=+49@x.example",
        "sip:900123@x.example;phone-context=+49", "sip:900123@x.example;phone-context=%2B49", "sip:+49900:secret@x.example", "sip:+49900%40y@x.example",
        "tel:+49-900-123", "TEL:+49900123", "tel:900123;phone-context=+49", "sips:+49900@x.example", "sip:+49900@x.example?X-A=b",
        "sip:+881612345678@x.example", "sip:00881612345678@x.example", "sip:881612345678@x.example", "sip:+19005551234@x.example",
        "sip:9005551234@x.example", "sip:0900123456@x.example", "sip:+12129761234@x.example", "sip:19005551234@x.example"})
    void deniesPremiumInEveryReading(String uri) {
        assertThat(may("*", "premium", uri)).as(uri).isFalse();
        assertThat(may("*", "none", uri)).as(uri).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:bob@x.example", "sip:100@x.example", "sip:8812@x.example", "sip:+4930123456@x.example", "sip:+12125551234@x.example",
        "sip:2125551234@x.example", "sip:8705551234@x.example", "sip:0881123456@x.example", "sip:echo@127.0.0.1:5060", "sip:127.0.0.1"})
    void premiumLeavesOthersAlone(String uri) {
        assertThat(may("*", "premium", uri)).as(uri).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:+4930@x.example", "sip:004930@x.example", "sip:0114930@x.example", "sip:%2B4930@x.example", "sip:493012345678@x.example"})
    void deniesInternational(String uri) {
        assertThat(may("*", "international", uri)).as(uri).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bob", "http://x.example", "sip:", "sip:bob@", "sip:a@b@c", "sip:bob@exa mple", "sip:bob@[::1", "sip:bob@127.1", "sip:bob@2130706433",
        "sip:bob@0x7f.1", "sip:bob@0177.0.0.1", "sip:bob@127.0.0.01", "sip:bob@1.2.3.4.5", "sip:%zz@x.example", "sip:%2@x.example", "sip:%2530@x.example",
        "sip:%0d%0a@x.example", "sip:%00@x.example", "sip:%ff@x.example", "sip:bo\\b@x.example", "<sip:bob@x.example>", "sip:b\u00f6b@x.example",
        "sip:bob@x.example\r\nX: y", "sip:bob@%65xample.com", "sip:bob@[fe80::1%25eth0]", "sip:bob@b\u00fccher.example"})
    void refusesWhatCanBeReadInTwoWays(String uri) {
        assertThatThrownBy(() -> Destination.of(uri)).as(uri).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theParserOfTheWireMustAgreeAboutTheHost() {
        assertThatThrownBy(() -> Destination.of(new Party("sip:bob@good.example", "bob", "evil.example", ""), null))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProxyIsAHostOfTheDestination() {
        CallRules rules = new CallRules("*@good.example", "*@evil.example");
        Party bob = new Party("sip:bob@good.example", "bob", "good.example", "");
        assertThat(rules.objection(Destination.of(bob, null))).isNull();
        assertThat(rules.objection(Destination.of(bob, "sip:evil.example;lr"))).isEqualTo("denied by *@evil.example");
        assertThat(rules.objection(Destination.of(bob, "sip:other.example"))).isEqualTo("allowed by nothing");
    }

    @Test
    void denyGoesBeforeAllow() {
        assertThat(may("*", "bob", "sip:bob@x.example")).isFalse();
        assertThat(may("bob", "*@10.0.0.0/8,*.evil.example", "sip:bob@10.0.0.1")).isFalse();
        assertThat(may("bob", "*@*.evil.example", "sip:bob@sip.evil.example")).isFalse();
        assertThat(may("bob,+49*", "*@*.evil.example", "sip:+4912@x.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "bob,", "@x.example", "bob@", "bob@x y", "bob@10.0.0.0/33", "bob@[::1]/129", "b%20b", "bob@@", "bob@1.2.3", "bob@ex*mple.com"})
    void namesTheEntryThatCannotBeUsed(String list) {
        assertThatThrownBy(() -> new CallRules(list, "none")).as(list).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("pattern");
    }

    @Test
    void messagesHaveNeitherPasswordNorParameters() {
        assertThat(Destination.of("sip:bob:secret@x.example;a=b?X=y")).hasToString("sip:bob@x.example");
        assertThat(Destination.of("tel:+49-30;ext=4")).hasToString("tel:+49-30");
        assertThat(Destination.of("sip:x.example:5070")).hasToString("sip:x.example");
    }
}
