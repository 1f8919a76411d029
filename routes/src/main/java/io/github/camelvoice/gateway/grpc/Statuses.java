package io.github.camelvoice.gateway.grpc;

import com.google.protobuf.Timestamp;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatus;
import io.github.camelvoice.gateway.grpc.ondewo.SipStatusHistoryResponse;
import io.github.camelvoice.gateway.grpc.session.FollowedStatus;
import io.github.camelvoice.session.SessionStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Statuses as messages. */
final class Statuses {

    /** Clients take messages of 4 MiB where nobody told them otherwise. */
    private static final int MOST_BYTES = 3_500_000;

    private final boolean tracebacks;

    Statuses(boolean tracebacks) {
        this.tracebacks = tracebacks;
    }

    SipStatus message(SessionStatus status) {
        SipStatus.Builder message = SipStatus.newBuilder().setAccountName(status.account()).setStatusTypeValue(status.type().number())
                .setCalleeId(status.callee()).setTransferCallId(status.transferTarget()).putAllHeaders(status.headers())
                .setDescription(status.description()).setExceptionName(status.exceptionName()).setNluSessionName(status.nluSessionName());
        if (status.time() != null) {
            message.setTimestamp(Timestamp.newBuilder().setSeconds(status.time().getEpochSecond()).setNanos(status.time().getNano()));
        }
        return tracebacks ? message.setExceptionTraceback(status.exceptionTraceback()).build() : message.build();
    }

    FollowedStatus followed(SessionStatus status) {
        return FollowedStatus.newBuilder().setSequence(status.sequence()).setCallId(status.callId()).setStatus(message(status)).build();
    }

    /** Oldest first; the newest that fit into one message. */
    SipStatusHistoryResponse history(List<?> statuses) {
        Deque<SipStatus> fitting = new ArrayDeque<>();
        int bytes = 0;
        for (int i = statuses.size() - 1; i >= 0; i--) {
            SipStatus message = message((SessionStatus) statuses.get(i));
            bytes += message.getSerializedSize() + Long.BYTES;
            if (bytes > MOST_BYTES) {
                break;
            }
            fitting.addFirst(message);
        }
        return SipStatusHistoryResponse.newBuilder().addAllStatusHistory(fitting).build();
    }
}
