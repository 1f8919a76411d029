package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.IncomingTransfer;
import io.github.camelvoice.call.LocalTransfer;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.RelayedTransfer;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.TransferResult;
import io.github.camelvoice.call.TransferSpec;
import io.github.camelvoice.call.TransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** From an exchange to a transfer. */
final class Transferring {

    /** Answers to a REFER of those who cannot do it at all. */
    private static final Set<Integer> UNABLE = Set.of(405, 420, 501);

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;

    /** The option mode. */
    private enum Mode {
        AUTO, REFER, LOCAL, RELAY
    }

    /** The option until. */
    private enum Until {
        ACCEPTED, COMPLETED
    }

    Transferring(VoiceEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static void check(VoiceConfiguration options, Set<String> given) throws VoiceRequestException {
        Arguments.choice("mode", options.getMode(), Mode.class);
        Arguments.choice("until", options.getUntil(), Until.class);
        if (options.getNotifyTimeout() <= 0) {
            throw new IllegalArgumentException("notifyTimeout must be more than 0: " + options.getNotifyTimeout() + " ms");
        }
        Placing.check(options, given);
    }

    // ---- transfers of ours

    CompletionStage<TransferResult> transfer(Call call, Exchange exchange, Arguments args) throws Exception {
        Mode mode = args.choice(VoiceConstants.MODE, "mode", options.getMode(), Mode.class);
        if (mode == Mode.RELAY) {
            throw new VoiceRequestException("mode=relay belongs to operation=accept");
        }
        String replaces = args.text(VoiceConstants.REPLACES, "replaces", options.getReplaces());
        String target = args.text(VoiceConstants.TARGET, "target", endpoint.getTarget());
        if (target == null && replaces == null) {
            throw new VoiceRequestException("there is nobody to transfer to: give a target in the URI (voice:transfer:bob@example.com) or in the header "
                    + VoiceConstants.TARGET + ", or the call to replace in the option replaces");
        }
        if (mode == Mode.LOCAL || mode == Mode.AUTO && !call.takesRefer()) {
            return local(call, exchange, args, replaces);
        }
        CompletionStage<TransferResult> asked = refer(call, exchange, args, target, replaces);
        if (mode == Mode.REFER) {
            return asked;
        }
        return asked.thenCompose(result -> {
            if (result.status() != TransferStatus.FAILED || !UNABLE.contains(result.referCode())) {
                return CompletableFuture.completedFuture(result);
            }
            try {
                return local(call, exchange, args, replaces);
            } catch (Exception failure) {
                return CompletableFuture.failedFuture(failure);
            }
        });
    }

    private CompletionStage<TransferResult> refer(Call call, Exchange exchange, Arguments args, String target, String replaces) throws Exception {
        String uri = target == null ? null : Targets.sipUri(target, args.text(VoiceConstants.OUTBOUND_PROXY, "outboundProxy", options.getOutboundProxy()));
        TransferSpec spec = (replaces == null ? TransferSpec.to(uri) : TransferSpec.replacing(replaces).withTarget(uri))
                .withHold(args.flag(VoiceConstants.HOLD, "hold", options.isHold()))
                .withHangup(args.flag(VoiceConstants.HANGUP, "hangup", options.isHangup()));
        return call.execute(new CallCommand.Transfer(common(spec, exchange, args).untilCompleted(until(args) == Until.COMPLETED)))
                .thenApply(done -> done.transfer());
    }

    private TransferSpec common(TransferSpec spec, Exchange exchange, Arguments args) throws VoiceRequestException {
        Duration timeout = args.time(VoiceConstants.NOTIFY_TIMEOUT, "notifyTimeout", options.getNotifyTimeout());
        if (timeout.isNegative() || timeout.isZero()) {
            throw new VoiceRequestException("notifyTimeout must be more than 0: " + timeout.toMillis() + " ms");
        }
        return spec.withNotifyTimeout(timeout).withCredentials(options.getUsername(), options.getPassword())
                .withReferredBy(args.text(VoiceConstants.REFERRED_BY, "referredBy", options.getReferredBy()))
                .withHeaders(SipHeaderMapping.write(exchange, endpoint.getHeaderFilterStrategy()));
    }

    private Until until(Arguments args) throws VoiceRequestException {
        return args.choice(VoiceConstants.UNTIL, "until", options.getUntil(), Until.class);
    }

    private CompletionStage<TransferResult> local(Call call, Exchange exchange, Arguments args, String replaces) throws Exception {
        Calls calls = endpoint.engine().calls();
        boolean hangup = args.flag(VoiceConstants.HANGUP, "hangup", options.isHangup());
        Call leaves = peer(calls, call);
        CompletionStage<TransferResult> done;
        if (replaces != null) {
            Call target = calls.find(replaces);
            Call other = peer(calls, target);
            if (other != null && other.id().equals(call.id())) {
                throw new VoiceCallStateException(call.id(), "the two calls are bridged already", null);
            }
            done = LocalTransfer.join(calls, call, leaves, target, other, false, hangup);
        } else {
            PlaceCall request = request(exchange, args);
            done = LocalTransfer.call(calls, call, leaves, referred(request, args, null), false, hangup);
        }
        return until(args) == Until.COMPLETED ? done : begun(done);
    }

    /** Ended at once: done with a failure that is there already, else accepted. */
    private static CompletionStage<TransferResult> begun(CompletionStage<TransferResult> done) {
        return done.toCompletableFuture().isDone() ? done
                : CompletableFuture.completedFuture(new TransferResult("", "local", TransferStatus.ACCEPTED, 0, 0, ""));
    }

    private static Call peer(Calls calls, Call call) {
        String peer = call.snapshot().peerCallId();
        try {
            return peer == null ? null : calls.find(peer);
        } catch (CallException gone) {
            return null;
        }
    }

    /** The call to the target. */
    private PlaceCall request(Exchange exchange, Arguments args) throws Exception {
        List<PlaceCall> requests = new PlaceRequests(endpoint, exchange, args).read(endpoint.engine());
        if (requests.size() != 1) {
            throw new VoiceRequestException("a transfer has one target, not " + requests.size());
        }
        return requests.get(0);
    }

    /** With Referred-By, and what the Refer-To of others asks for. */
    private PlaceCall referred(PlaceCall request, Arguments args, IncomingTransfer wish) throws VoiceRequestException {
        String by = args.text(VoiceConstants.REFERRED_BY, "referredBy", options.getReferredBy());
        SipHeaders more = by == null ? SipHeaders.none() : SipHeaders.of("Referred-By", "<" + Targets.sipUri(by, null) + ">");
        if (wish != null) {
            more = more.and(wish.uriHeaders());
            if (wish.replaces() != null) {
                more = more.and(SipHeaders.of("Replaces", wish.replaces().header()));
            }
        }
        return request.withLeg(request.leg().withHeaders(more.and(request.leg().headers())));
    }

    // ---- transfers that far ends ask for

    /** The decision is ours now. @throws VoiceCallStateException if there is nothing to decide (any more) */
    IncomingTransfer decide(Call call) throws VoiceCallStateException {
        TransferWishes wishes = endpoint.getComponent().transferWishes();
        IncomingTransfer wish = wishes.of(call.id());
        if (wish == null || !wishes.take(wish)) {
            throw new VoiceCallStateException(call.id(), "no transfer waits for a decision", null);
        }
        return wish;
    }

    CompletionStage<TransferResult> accept(Call call, Exchange exchange, Arguments args) throws Exception {
        IncomingTransfer wish = endpoint.getComponent().transferWishes().of(call.id());
        if (wish == null) {
            throw new VoiceCallStateException(call.id(), "no transfer waits for a decision", null);
        }
        Mode mode = args.choice(VoiceConstants.MODE, "mode", options.getMode(), Mode.class);
        if (mode == Mode.REFER) {
            throw new VoiceRequestException("mode=refer belongs to operation=transfer; what came by REFER is done here (local), or relayed");
        }
        Calls calls = endpoint.engine().calls();
        Call stays = peer(calls, call);
        if (stays == null) {
            throw new VoiceCallStateException(call.id(), "the call is in no bridge: there is nobody whom the target could be connected with", null);
        }
        return mode == Mode.RELAY ? relay(call, stays, wish, exchange, args) : here(calls, call, stays, wish, exchange, args);
    }

    private CompletionStage<TransferResult> relay(Call call, Call to, IncomingTransfer wish, Exchange exchange, Arguments args) throws Exception {
        Calls calls = endpoint.engine().calls();
        String target = Targets.sipUri(args.text(VoiceConstants.TARGET, "target", endpoint.getTarget()), null);
        TransferSpec spec;
        if (wish.ours() == null) {
            spec = TransferSpec.to(target).withDialog(wish.replaces());
        } else {
            Call other = peer(calls, calls.find(wish.ours()));
            if (other == null) {
                throw new VoiceCallStateException(wish.ours(), "the call to be replaced is in no bridge", null);
            }
            spec = TransferSpec.replacing(other.id());
        }
        TransferSpec whole = common(spec, exchange, args);
        Until until = until(args);
        decide(call);
        RelayedTransfer relayed = RelayedTransfer.start(call, to, whole);
        // If the other far end could not be asked, the answer is still due.
        relayed.done().whenComplete((result, failure) -> {
            if (failure != null) {
                call.execute(new CallCommand.AnswerTransfer(500, null));
            }
        });
        return until == Until.COMPLETED ? relayed.done() : relayed.accepted();
    }

    private CompletionStage<TransferResult> here(Calls calls, Call call, Call stays, IncomingTransfer wish, Exchange exchange, Arguments args)
            throws Exception {
        Until until = until(args);
        CompletionStage<TransferResult> done;
        if (wish.ours() != null) {
            Call other = calls.find(wish.ours());
            Call target = peer(calls, other);
            if (target == null) {
                throw new VoiceCallStateException(wish.ours(), "the call to be replaced is in no bridge", null);
            }
            decide(call);
            done = call.execute(new CallCommand.AnswerTransfer(202, null))
                    .thenCompose(ok -> LocalTransfer.join(calls, stays, call, target, other, true, true));
        } else {
            PlaceCall request = referred(request(exchange, args), args, wish);
            decide(call);
            done = call.execute(new CallCommand.AnswerTransfer(202, null))
                    .thenCompose(ok -> LocalTransfer.call(calls, stays, call, request, true, true));
        }
        return until == Until.COMPLETED ? done : begun(done);
    }
}
