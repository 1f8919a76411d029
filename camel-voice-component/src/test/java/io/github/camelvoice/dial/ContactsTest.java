package io.github.camelvoice.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.OutboundLeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactsTest {

    private static final OutboundLeg LEG = new OutboundLeg("sip:bob@good.example", null, null, "joe", "secret", null, 0, null);

    @ParameterizedTest
    @ValueSource(strings = {"sip:bob@evil.example;a=@good.example", "sip:good.example@evil.example@good.example", "tel:+49123", "http://good.example",
        "sip:", "mailto:bob@good.example", "sip:bob@evil.example?X=@good.example"})
    void whatCouldBeReadInTwoWaysIsNotCalled(String contact) {
        String usable = Contacts.usable(contact, LEG.target());
        assertThat(usable == null || usable.indexOf('@') == usable.lastIndexOf('@') && Contacts.towards(usable, LEG).password() == null).as(contact).isTrue();
    }

    @Test
    void credentialsStayWithTheHostThatTheyWereGivenFor() {
        assertThat(Contacts.towards("sip:carol@GOOD.example:5070", LEG).password()).isEqualTo("secret");
        assertThat(Contacts.towards("sip:bob@evil.example", LEG).password()).isNull();
        assertThat(Contacts.towards("sip:good.example@evil.example", LEG).username()).isNull();
    }

    @Test
    void headersOfTheFarEndAreNotSent() {
        assertThat(Contacts.usable("sip:bob@good.example?Route=%3csip:evil%3e", LEG.target())).isEqualTo("sip:bob@good.example");
    }
}
