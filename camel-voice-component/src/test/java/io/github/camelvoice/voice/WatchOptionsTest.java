package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.notifier.NotifierOptions;
import io.github.camelvoice.subscription.SubscriptionSettings;
import io.github.camelvoice.subscription.WatcherCredentials;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The options of the component for what we watch, and for those who watch us. */
class WatchOptionsTest {

    private static VoiceComponent component(Consumer<VoiceComponent> options) {
        VoiceComponent component = new VoiceComponent();
        options.accept(component);
        return component;
    }

    @Test
    void withoutAnyTheyAreThoseOfTheEngine() {
        assertThat(component(none -> { }).subscriptionOptions().settings()).isEqualTo(SubscriptionSettings.DEFAULT);
        assertThat(component(none -> { }).subscriptionOptions().credentials()).isSameAs(WatcherCredentials.NONE);
        assertThat(component(none -> { }).notifierOptions()).isEqualTo(NotifierOptions.DEFAULT);
    }

    @Test
    void credentialsByDomain() {
        WatcherCredentials credentials = component(each -> each.setSubscribeCredentials("Example.com=alice:p:1, *=any:x=y")).subscriptionOptions()
                .credentials();
        assertThat(credentials.find("a", "example.com")).isEqualTo(new WatcherCredentials.Access("alice", "p:1"));
        assertThat(credentials.find("a", "example.org")).isEqualTo(new WatcherCredentials.Access("any", "x=y"));
        assertThat(component(each -> each.setSubscribeCredentials("a.b=c:d")).subscriptionOptions().credentials().find("a", "x")).isNull();
        WatcherCredentials bean = (account, domain) -> null;
        assertThat(component(each -> each.setWatcherCredentials(bean)).subscriptionOptions().credentials()).isSameAs(bean);
    }

    @Test
    void mistakes() {
        assertThatThrownBy(() -> component(each -> each.setSubscribeCredentials("alice:secret")).subscriptionOptions())
                .hasMessage("subscribeCredentials must be domain=user:password entries, separated by commas");
        assertThatThrownBy(() -> component(each -> {
            each.setSubscribeCredentials("a=b:c");
            each.setWatcherCredentials(WatcherCredentials.NONE);
        }).subscriptionOptions()).hasMessage("give one of subscribeCredentials and watcherCredentials");
        assertThatThrownBy(() -> component(each -> each.setListServers("rls.example.com")).subscriptionOptions())
                .hasMessage("listServers must be domain=sip:server entries, separated by commas: rls.example.com");
        assertThatThrownBy(() -> component(each -> each.setWatcherMinExpires(0)).notifierOptions()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allOfThem() {
        VoiceComponent component = component(each -> {
            each.setListServers("example.com=sip:rls.example.com,*=sip:lists@proxy");
            each.setMaxSubscriptions(5);
            each.setMaxResources(6);
            each.setMaxResourcesInAll(7);
            each.setSubscribesPerSecond(8);
            each.setResubscribePause(1_000);
            each.setResubscribeMaxPause(10_000);
            each.setRefusedPause(20_000);
            each.setWatcherMinExpires(30);
            each.setWatcherMaxExpires(300);
            each.setNotifyInterval(0);
            each.setMaxWatchers(11);
            each.setMaxWatchersPerUser(12);
            each.setMaxWatchedList(13);
        });
        SubscriptionSettings settings = component.subscriptionOptions().settings();
        assertThat(settings.listServers()).isEqualTo(Map.of("example.com", "sip:rls.example.com", "*", "sip:lists@proxy"));
        assertThat(settings.perAccount()).isEqualTo(5);
        assertThat(settings.mostResources()).isEqualTo(6);
        assertThat(settings.resourcesInAll()).isEqualTo(7);
        assertThat(settings.perSecond()).isEqualTo(8);
        assertThat(settings.burst()).isEqualTo(4);
        assertThat(settings.firstPause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.longestPause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.slowPause()).isEqualTo(Duration.ofSeconds(20));
        NotifierOptions notifier = component.notifierOptions();
        assertThat(notifier.minExpires()).isEqualTo(30);
        assertThat(notifier.maxExpires()).isEqualTo(300);
        assertThat(notifier.interval()).isEqualTo(Duration.ZERO);
        assertThat(notifier.maxWatchers()).isEqualTo(11);
        assertThat(notifier.maxPerWatcher()).isEqualTo(12);
        assertThat(notifier.maxListSize()).isEqualTo(13);
    }
}
