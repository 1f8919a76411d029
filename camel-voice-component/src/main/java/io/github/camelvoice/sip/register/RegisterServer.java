package io.github.camelvoice.sip.register;

import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.account.spi.RegisterAnswer;
import io.github.camelvoice.account.spi.RegisterHandler;
import io.github.camelvoice.sip.dialog.Dispatcher;
import io.github.camelvoice.sip.dialog.SipEnv;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.Set;

/** Takes REGISTER where there is a registrar (RFC 3261, section 10.3, and RFC 3327). Called on the threads of the stack. */
public final class RegisterServer {

    private static final Set<String> EXTENSIONS = Set.of("path");

    private final SipEnv env;
    private final RegisterHandler handler;

    private RegisterServer(SipEnv env, RegisterHandler handler) {
        this.env = env;
        this.handler = handler;
    }

    /** From now on users can be registered. */
    public static void open(SipEnv env, Dispatcher dispatcher, RegisterHandler handler) {
        dispatcher.serve(SIPRequest.REGISTER, EXTENSIONS, new RegisterServer(env, handler)::request);
    }

    private void request(InboundRequest request) {
        IncomingRegister register = new IncomingRegister(env, request);
        String wrong = wrong(request.message());
        if (wrong != null) {
            register.answer(new RegisterAnswer.Refused(400, wrong, 0));
        } else {
            handler.registering(register);
        }
    }

    private static String wrong(SIPRequest message) {
        if (!(message.getTo().getAddress().getURI() instanceof SipUri to) || to.getUser() == null || to.getUser().isEmpty()) {
            return "To names no user";
        }
        ContactList contacts = message.getContactHeaders();
        if (contacts == null) {
            return null;
        }
        if (contacts.size() > 1 && contacts.stream().anyMatch(each -> each.isWildCard())) {
            return "An asterisk comes alone";
        }
        boolean sip = contacts.stream().allMatch(each -> each.isWildCard() || each.getAddress().getURI() instanceof SipUri uri && uri.getHost() != null);
        return sip ? null : "A contact is no SIP URI";
    }
}
