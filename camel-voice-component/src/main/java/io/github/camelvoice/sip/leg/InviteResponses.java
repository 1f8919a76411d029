package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.stack.InboundRequest;

/** Builds our responses to one INVITE. */
final class InviteResponses {

    private final LegEnv env;
    private final InboundRequest invite;
    private final To to;
    private final boolean secure;

    /** @param to with our tag */
    InviteResponses(LegEnv env, InboundRequest invite, To to, boolean secure) {
        this.env = env;
        this.invite = invite;
        this.to = to;
        this.secure = secure;
    }

    /** 101 to 299: makes or confirms the dialog. */
    SIPResponse inDialog(int code, String phrase, SipHeaders extra) {
        SIPResponse response = Messages.response(invite.message(), code, phrase, to);
        Messages.copyRecordRoute(invite.message(), response);
        Messages.add(response, env.contact(invite.transport(), secure));
        response.addHeader(Messages.ALLOW);
        response.addHeader(env.supported());
        env.signResponse(response);
        Messages.addAll(response, HeaderRules.check(extra));
        return response;
    }

    /** 300 and above. */
    SIPResponse failure(int code, String phrase, SipHeaders extra) {
        SIPResponse response = Messages.response(invite.message(), code, phrase, to);
        env.signResponse(response);
        Messages.addAll(response, HeaderRules.check(extra));
        return response;
    }
}
