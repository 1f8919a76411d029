package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.DigitListener;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaInfo;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.TransferResult;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A call without a network: commands are written down; those on audio wait until the test is done with them. For one thread. */
final class FakeCall implements Call {

    final List<CallCommand> commands = new ArrayList<>();
    final List<CompletableFuture<CommandResult>> open = new ArrayList<>();
    final List<DigitListener> listeners = new ArrayList<>();
    private final CallDirection direction;
    private final Map<Milestone, CompletableFuture<CallSnapshot>> milestones = new EnumMap<>(Milestone.class);
    private CallState state;
    private boolean audio;
    CallException refusal;
    SipHeaders headers = SipHeaders.of("X-Customer", "7", "Authorization", "secret");
    EndCause cause;
    Instant answeredAt;
    private String id = "n1-call";

    FakeCall(CallDirection direction, CallState state) {
        this.direction = direction;
        this.state = state;
        this.audio = state.isAnswered();
        for (Milestone milestone : Milestone.values()) {
            milestones.put(milestone, new CompletableFuture<>());
        }
    }

    static FakeCall offered() {
        return new FakeCall(CallDirection.INBOUND, CallState.OFFERED);
    }

    /** One that is placed by a dial. */
    static FakeCall leg() {
        FakeCall leg = new FakeCall(CallDirection.OUTBOUND, CallState.CALLING);
        leg.id = "n1-leg";
        return leg;
    }

    static FakeCall active() {
        return new FakeCall(CallDirection.INBOUND, CallState.ACTIVE);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CallSnapshot snapshot() {
        MediaInfo media = audio ? new MediaInfo("PCMU", 20, new InetSocketAddress("127.0.0.1", 4000), null, true, true, false, 101) : null;
        return new CallSnapshot(id(), "sip-id", direction, state, new Party("sip:alice@example.com", "alice", "example.com", "Alice"),
                new Party("sip:100@here.example", "100", "here.example", ""), "sip:100@here.example", "udp", "192.0.2.1:5060", "",
                headers, Instant.EPOCH, null, answeredAt, null, media, false, false, false, null,
                null, "default", cause);
    }

    @Override
    public CompletionStage<CommandResult> execute(CallCommand command) {
        commands.add(command);
        CompletableFuture<CommandResult> done = new CompletableFuture<>();
        if (refusal != null || !command.allowedIn(state, direction)) {
            done.completeExceptionally(refusal != null ? refusal : new CallException(CallException.Kind.WRONG_STATE, id(), "the call is " + state));
        } else if (command instanceof CallCommand.Play || command instanceof CallCommand.Transfer) {
            open.add(done);
        } else {
            apply(command);
            done.complete(CommandResult.of(snapshot()));
        }
        return done;
    }

    private void apply(CallCommand command) {
        if (command instanceof CallCommand.Answer) {
            state = CallState.ACTIVE;
            audio = true;
            milestones.get(Milestone.ANSWERED).complete(snapshot());
        } else if (command instanceof CallCommand.Ring ring) {
            state = CallState.RINGING;
            audio = ring.earlyMedia();
        } else if (command instanceof CallCommand.StopPlay) {
            played();
        } else if (command instanceof CallCommand.Hangup || command instanceof CallCommand.Reject) {
            end();
        }
    }

    /** What plays has been played. */
    void played() {
        List<CompletableFuture<CommandResult>> now = List.copyOf(open);
        open.clear();
        now.forEach(done -> done.complete(new CommandResult(snapshot(), "p", "completed", java.time.Duration.ofSeconds(1), null)));
    }

    void transferred(TransferResult result) {
        List<CompletableFuture<CommandResult>> now = List.copyOf(open);
        open.clear();
        now.forEach(done -> done.complete(new CommandResult(snapshot(), null, null, null, null, result)));
    }

    void playFails(String why) {
        List<CompletableFuture<CommandResult>> now = List.copyOf(open);
        open.clear();
        now.forEach(done -> done.completeExceptionally(new CallException(CallException.Kind.MEDIA, id(), why)));
    }

    void answered() {
        state = CallState.ACTIVE;
        audio = true;
        milestones.get(Milestone.ANSWERED).complete(snapshot());
    }

    /** The call is over. */
    void end() {
        if (state != CallState.ENDED) {
            state = CallState.ENDED;
            played();
            milestones.get(Milestone.ANSWERED).complete(snapshot());
            milestones.get(Milestone.COMPLETED).complete(snapshot());
        }
    }

    @Override
    public CompletionStage<CallSnapshot> reached(Milestone milestone) {
        return milestones.get(milestone);
    }

    @Override
    public CompletionStage<CallSnapshot> audible() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<CallSnapshot> parted() {
        return CompletableFuture.completedFuture(snapshot());
    }

    @Override
    public List<String> contacts() {
        return List.of();
    }

    @Override
    public List<String> speaks() {
        return List.of();
    }

    @Override
    public Calls.Registration onDigit(DigitListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The far end presses keys. */
    void press(String digits) {
        for (char digit : digits.toCharArray()) {
            List.copyOf(listeners).forEach(each -> each.digit(digit, 100, CallCommand.DtmfMethod.RFC4733));
        }
    }

    /** The names of the commands. */
    List<String> operations() {
        return commands.stream().map(CallCommand::operation).toList();
    }
}
