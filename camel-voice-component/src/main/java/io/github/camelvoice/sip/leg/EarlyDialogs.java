package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.RSeq;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The early dialogs that one INVITE of ours made, one for each branch that rang (RFC 3261, section 12.1.2), with the reliable
 * provisional responses of each (RFC 3262, section 4). Written on the call's mailbox; {@link #find} from any thread.
 */
final class EarlyDialogs {

    /** More branches than this ring unheard; their 2xx still counts. */
    private static final int MAX = 32;

    enum News {
        /** A repeat, or one out of order. */
        NONE, TOLD
    }

    private static final class Branch {
        final Dialog dialog;
        long rseq = -1;
        int code;
        String sdp;

        Branch(Dialog dialog) {
            this.dialog = dialog;
        }
    }

    private final Leg leg;
    private final String transport;
    private final List<Branch> branches = new CopyOnWriteArrayList<>();
    /** Tags of those that got a BYE: a repeated 2xx of theirs is only acknowledged. */
    private final List<String> released = new ArrayList<>(0);
    /** Whose SDP was told last. */
    private Branch toldSdp;
    private boolean answered;

    EarlyDialogs(Leg leg, String transport) {
        this.leg = leg;
        this.transport = transport;
    }

    /** A provisional response above 100: acknowledges it if it is reliable. */
    News heard(SIPResponse response, SIPRequest invite, boolean offered) {
        String tag = Dialog.tag(response.getToTag());
        if (tag.isEmpty()) {
            return News.TOLD;
        }
        Branch branch = branch(tag);
        if (branch == null) {
            if (branches.size() >= MAX) {
                return News.NONE;
            }
            branch = new Branch(Dialog.caller(invite, response, transport));
            branches.add(branch);
        }
        boolean reliable = response.getHeader("RSeq") instanceof RSeq && Messages.lists(response, "Require", "100rel");
        if (reliable && !inOrder(branch, ((RSeq) response.getHeader("RSeq")).getSeqNumber())) {
            return News.NONE;
        }
        String sdp = Messages.sdp(response);
        if (reliable) {
            prack(branch, response);
            answered |= sdp != null && offered;
        } else if (branch.code == response.getStatusCode() && (sdp == null || Objects.equals(sdp, branch.sdp))) {
            return News.NONE;
        }
        branch.code = response.getStatusCode();
        branch.sdp = sdp == null ? branch.sdp : sdp;
        return News.TOLD;
    }

    private static boolean inOrder(Branch branch, long rseq) {
        if (branch.rseq >= 0 && rseq != branch.rseq + 1) {
            return false;
        }
        branch.rseq = rseq;
        return true;
    }

    private void prack(Branch branch, SIPResponse response) {
        RawHeader rack = new RawHeader("RAck", branch.rseq + " " + response.getCSeq().getSeqNumber() + " INVITE");
        leg.exchange(() -> {
            SIPRequest prack = branch.dialog.request(SIPRequest.PRACK);
            prack.addHeader(rack);
            return prack;
        }, new Exchange.Outcome() {
            @Override
            public void done(SIPResponse answer) {
                // Whatever it is: the far end repeats its response, or the INVITE fails.
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                // The INVITE transaction tells.
            }
        });
    }

    void tell(SIPResponse response) {
        String sdp = Messages.sdp(response);
        if (sdp != null) {
            toldSdp = branch(Dialog.tag(response.getToTag()));
        }
        leg.call.tell(new SignalEvent.Provisional(response.getStatusCode(), response.getReasonPhrase(), Messages.headers(response), sdp));
    }

    /** The dialog of the first 2xx. */
    Dialog confirmed(SIPResponse response, SIPRequest invite) {
        Branch branch = branch(Dialog.tag(response.getToTag()));
        if (branch == null) {
            return Dialog.caller(invite, response, transport);
        }
        branch.dialog.confirm(response);
        return branch.dialog;
    }

    /** SDP of the first 2xx; that of the branch's early answer, if another branch's was told since. */
    String sdpOf(SIPResponse response) {
        String sdp = Messages.sdp(response);
        Branch branch = branch(Dialog.tag(response.getToTag()));
        branches.clear();
        return sdp == null && branch != null && branch != toldSdp ? branch.sdp : sdp;
    }

    /** Another branch answered too: it gets its ACK and a BYE (RFC 3261, section 13.2.2.4). */
    void release(SIPResponse response, SIPRequest invite) {
        Dialog other = Dialog.caller(invite, response, transport);
        SIPRequest ack = other.ack(invite.getCSeq().getSeqNumber());
        Messages.copyCredentials(invite, ack);
        leg.env.door().sendAck(ack);
        String tag = other.remoteTag;
        if (released.contains(tag)) {
            return;
        }
        if (released.size() < MAX) {
            released.add(tag);
        }
        leg.exchange(() -> other.request(SIPRequest.BYE), new Exchange.Outcome() {
            @Override
            public void done(SIPResponse answer) {
                // That branch is over.
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                // So is this one.
            }
        });
    }

    private Branch branch(String tag) {
        for (Branch branch : branches) {
            if (branch.dialog.remoteTag.equals(tag)) {
                return branch;
            }
        }
        return null;
    }

    Dialog first() {
        return branches.isEmpty() ? null : branches.get(0).dialog;
    }

    Dialog find(SIPRequest request) {
        for (Branch branch : branches) {
            if (branch.dialog.matches(request)) {
                return branch.dialog;
            }
        }
        return null;
    }

    /** Whether a reliable provisional response brought the answer to our offer (RFC 3262, section 5). */
    boolean answered() {
        return answered;
    }

    void clear() {
        branches.clear();
        answered = false;
        toldSdp = null;
    }
}
