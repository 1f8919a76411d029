package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Registers accounts, starts their sessions, and acts on their calls. Waits for nothing: the exchange goes on with the status that came of what it
 * asked for.
 */
public class VoiceSessionProducer extends DefaultAsyncProducer {

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final SessionRequests requests;
    private SessionOperation configured;

    public VoiceSessionProducer(VoiceEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.requests = new SessionRequests(endpoint);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        String operation = endpoint.given().contains("operation") ? Arguments.blankToNull(options.getOperation()) : null;
        configured = operation == null ? null : SessionOperation.of(operation);
        OptionRules.checkSessionProducer(configured, endpoint.given());
        if (configured == SessionOperation.LIST && endpoint.getTarget() != null) {
            throw new IllegalArgumentException("operation=list is about all accounts: " + endpoint.getTarget());
        }
        requests.check();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Arguments args = new Arguments(exchange);
            SessionOperation operation = operation(args);
            String owner = SessionRequests.owner(exchange);
            Sessions sessions = endpoint.engine().sessions();
            if (operation == SessionOperation.LIST) {
                exchange.getMessage().setBody(new SessionInfos(sessions.list(owner)));
                callback.done(true);
                return true;
            }
            String account = requests.account(args);
            if (operation == SessionOperation.REGISTER) {
                return resume(sessions.register(requests.producers(exchange, args, named(account), owner)), exchange, callback);
            }
            account = owner == null ? named(account) : ofOwner(sessions, owner, account);
            if (account == null) {
                return resume(nobody(operation), exchange, callback);
            }
            return switch (operation) {
                case GET -> get(sessions, account, exchange, callback);
                case HISTORY -> history(sessions, account, args, exchange, callback);
                default -> resume(act(operation, sessions, account, exchange, args), exchange, callback);
            };
        } catch (Exception failure) {
            exchange.setException(translated(failure));
            callback.done(true);
            return true;
        }
    }

    private CompletionStage<SessionStatus> act(SessionOperation operation, Sessions sessions, String account, Exchange exchange, Arguments args)
            throws VoiceRequestException {
        return switch (operation) {
            case START -> sessions.start(account, requests.autoAnswerInterval(args));
            case END -> sessions.end(account);
            case CALL -> sessions.call(account, requests.callee(args), SipHeaderMapping.write(exchange, endpoint.getHeaderFilterStrategy()));
            case ANSWER -> sessions.answer(account);
            case HANGUP -> sessions.hangup(account, requests.hard(args));
            case TRANSFER -> sessions.transfer(account, requests.transferTo(args), SipHeaderMapping.write(exchange, endpoint.getHeaderFilterStrategy()));
            case PLAY -> sessions.play(account, requests.files(exchange, args), requests.brokenFiles(args));
            case MUTE -> sessions.mute(account);
            case UNMUTE -> sessions.unmute(account);
            case STATUS -> sessions.status(account);
            case UNREGISTER -> sessions.unregister(account);
            case REGISTER, GET, HISTORY, LIST -> throw new IllegalStateException(operation.word());
        };
    }

    private static Throwable translated(Throwable failure) {
        Throwable cause = Failures.translate(failure);
        return cause instanceof IllegalArgumentException wrong ? new VoiceRequestException(null, wrong.getMessage(), wrong) : cause;
    }

    private SessionOperation operation(Arguments args) throws VoiceRequestException {
        if (configured != null) {
            return configured;
        }
        String named = args.text(VoiceConstants.OPERATION, "operation", null);
        if (named == null) {
            throw Commands.missing("operation", VoiceConstants.OPERATION);
        }
        try {
            return SessionOperation.of(named);
        } catch (IllegalArgumentException unknown) {
            throw new VoiceRequestException(null, unknown.getMessage(), unknown);
        }
    }

    private static String named(String account) throws VoiceRequestException {
        if (account == null) {
            throw new VoiceRequestException("which account? Name it in the path, as in voice:session:alice@example.com, or in the header "
                    + VoiceConstants.SESSION_ACCOUNT);
        }
        return account;
    }

    /** Null where the owner has none. */
    private static String ofOwner(Sessions sessions, String owner, String account) throws VoiceSessionNotFoundException {
        if (account == null) {
            return sessions.current(owner).orElse(null);
        }
        if (sessions.get(account).filter(info -> info.owner().equals(owner)).isEmpty()) {
            throw notFound(account);
        }
        sessions.named(owner, account);
        return account;
    }

    private static VoiceSessionNotFoundException notFound(String account) {
        return new VoiceSessionNotFoundException("there is no account " + account.replaceAll("\\p{Cntrl}", "?"), null);
    }

    private CompletionStage<SessionStatus> nobody(SessionOperation operation) {
        return switch (operation) {
            case GET, HISTORY, UNREGISTER -> CompletableFuture.failedFuture(new VoiceSessionNotFoundException("no account was registered yet", null));
            default -> CompletableFuture.completedFuture(requests.nobody());
        };
    }

    private boolean resume(CompletionStage<SessionStatus> stage, Exchange exchange, AsyncCallback callback) {
        CompletionStage<SessionStatus> known = stage.handle((status, failure) -> {
            if (failure == null) {
                return status;
            }
            throw new CompletionException(translated(failure));
        });
        return Continuation.resume(endpoint.getComponent()::goOn, known, exchange, callback,
                status -> SessionExchanges.fill(exchange.getMessage(), status));
    }

    private static boolean get(Sessions sessions, String account, Exchange exchange, AsyncCallback callback) throws VoiceSessionNotFoundException {
        SessionInfo info = sessions.get(account).orElseThrow(() -> notFound(account));
        SessionExchanges.fill(exchange.getMessage(), info);
        callback.done(true);
        return true;
    }

    private boolean history(Sessions sessions, String account, Arguments args, Exchange exchange, AsyncCallback callback) throws VoiceRequestException {
        long after = requests.after(args);
        int limit = requests.limit(args);
        return Continuation.resume(endpoint.getComponent()::goOn, onAThread(() -> sessions.history(account, after, limit)), exchange, callback, statuses -> {
            exchange.getMessage().setBody(new SessionStatuses(statuses));
            exchange.getMessage().setHeader(VoiceConstants.SESSION_ACCOUNT, account);
        });
    }

    private CompletableFuture<List<SessionStatus>> onAThread(Callable<List<SessionStatus>> read) {
        CompletableFuture<List<SessionStatus>> result = new CompletableFuture<>();
        try {
            endpoint.getComponent().archiveReader().threads().execute(() -> {
                try {
                    result.complete(read.call());
                } catch (IOException unreachable) {
                    result.completeExceptionally(new VoiceUnavailableException(null, "the store cannot be read now: " + unreachable.getMessage(),
                            unreachable));
                } catch (Exception failure) {
                    result.completeExceptionally(translated(failure));
                }
            });
        } catch (RejectedExecutionException busy) {
            result.completeExceptionally(new VoiceUnavailableException(null, "too many read the store already", busy));
        }
        return result;
    }
}
