package io.github.camelvoice.voice;

import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.dial.Dials;
import io.github.camelvoice.document.Documents;
import io.github.camelvoice.notifier.Notifier;
import io.github.camelvoice.outbound.HttpCaller;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.tap.Taps;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What the component needs of an engine: the seam where tests put one without a network. */
interface EngineLink {

    /** Opens the ports. @throws Exception with a message that says which port could not be opened */
    void start() throws Exception;

    Calls calls();

    EventBus events();

    /** Calls many for one. */
    Dials dials();

    /** The taps of the calls. */
    Taps taps();

    /** What is kept of the calls. */
    CallArchive archive();

    Documents documents();

    /** What others are told of. */
    Dispatcher callbacks();

    /** What we watch. */
    Subscriptions subscriptions();

    /** Accounts of ours at other servers. */
    Sessions sessions();

    /** Who watches us. */
    Notifier notifier();

    /** Whether somebody of this name may register here. */
    boolean isUser(String name);

    /** Where something may be sent that others name. */
    TargetPolicy targetPolicy();

    /** Sends there. */
    HttpCaller http();

    /** Project that all calls of the engine belong to. */
    String project();

    /** Whose that is which nobody else has asked for. */
    String account();

    /** {@code host:port} told to others. */
    String advertisedAddress();

    /** Ports by transport ({@code udp}, {@code tcp}, {@code tls}), as bound. */
    Map<String, Integer> ports();

    /** From now on no new calls; done when the last live one is over, or after {@code limit}, when the rest is hung up. */
    CompletionStage<Void> drain(Duration limit);

    void stop();
}
