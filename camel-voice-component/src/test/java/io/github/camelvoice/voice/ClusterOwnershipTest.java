package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose subscriptions are ours, with a cluster whose leaders the test chooses: whoever stands first, leads. */
class ClusterOwnershipTest {

    private static final int PARTS = 8;

    /** Who leads: by namespace, the service. */
    private final Map<String, Service> leaders = new LinkedHashMap<>();
    private final Map<Integer, Long> beats = new HashMap<>();
    private final ScheduledExecutorService never = Executors.newScheduledThreadPool(0);
    private final List<Node> nodes = new ArrayList<>();
    private long nanos;
    private boolean storeIsAway;

    private final class Service extends AbstractCamelClusterService<View> {

        private final Map<String, View> all = new LinkedHashMap<>();

        @Override
        protected View createView(String namespace) {
            View view = new View(this, namespace);
            all.put(namespace, view);
            return view;
        }
    }

    private final class View extends AbstractCamelClusterView implements CamelClusterMember {

        private final Service service;

        private View(Service service, String namespace) {
            super(service, namespace);
            this.service = service;
        }

        @Override
        protected void doStart() {
            elect();
        }

        @Override
        protected void doStop() {
            leaders.remove(getNamespace(), service);
        }

        private void elect() {
            if (isStartingOrStarted() && leaders.putIfAbsent(getNamespace(), service) == null) {
                fireLeadershipChangedEvent(this);
            }
        }

        @Override
        public Optional<CamelClusterMember> getLeader() {
            return isLeader() ? Optional.of(this) : Optional.empty();
        }

        @Override
        public CamelClusterMember getLocalMember() {
            return this;
        }

        @Override
        public List<CamelClusterMember> getMembers() {
            return List.of();
        }

        @Override
        public boolean isLeader() {
            return leaders.get(getNamespace()) == service;
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public String getId() {
            return "self";
        }
    }

    private final class Node implements EngineClock {
        private final int number = nodes.size() + 1;
        private final Service service = new Service();
        private final ClusterOwnership ownership = new ClusterOwnership(service, "Main_1", PARTS, this);
        private final TreeSet<Integer> owned = new TreeSet<>();

        private Node() throws Exception {
            nodes.add(this);
            service.start();
            ownership.follow(owned::add, owned::remove);
            ownership.start(() -> {
                if (storeIsAway) {
                    throw new IOException("away");
                }
                beats.merge(number, 1L, Long::sum);
                return Map.copyOf(beats);
            }, never);
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }

    /** Lets time pass for all nodes that live. */
    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            nanos += 1_000_000_000L;
            for (Node node : nodes) {
                node.service.all.values().forEach(View::elect);
                node.ownership.turn();
            }
        }
    }

    private void kill(Node node) {
        nodes.remove(node);
        leaders.values().removeIf(leader -> leader == node.service);
    }

    private void allAreOwnedOnce() {
        List<Integer> all = new ArrayList<>();
        nodes.forEach(node -> all.addAll(node.owned));
        assertThat(all).doesNotHaveDuplicates().hasSize(64);
        for (Node node : nodes) {
            for (int partition = 0; partition < 64; partition++) {
                assertThat(node.ownership.owns(partition)).isEqualTo(node.owned.contains(partition));
            }
        }
    }

    @AfterEach
    void close() {
        never.shutdownNow();
    }

    @Test
    void oneNodeHasAll() throws Exception {
        Node alone = new Node();
        assertThat(alone.owned).hasSize(64);
        assertThat(leaders.keySet()).contains("camel-voice-main-1-0", "camel-voice-main-1-7");
        seconds(100);
        assertThat(alone.owned).hasSize(64);
        alone.ownership.close();
        assertThat(leaders).isEmpty();
        assertThat(alone.ownership.owns(3)).isFalse();
    }

    @Test
    void nodesShareThemAndTakeOverWhatOneLeaves() throws Exception {
        Node first = new Node();
        seconds(10);
        Node second = new Node();
        seconds(60);
        assertThat(first.owned).hasSize(32);
        assertThat(second.owned).hasSize(32);
        allAreOwnedOnce();
        seconds(300);
        assertThat(first.owned).as("nobody changes any more").hasSize(32);

        Node third = new Node();
        seconds(60);
        allAreOwnedOnce();
        assertThat(nodes).allSatisfy(node -> assertThat(node.owned).hasSizeBetween(16, 24));

        kill(second);
        seconds(1);
        allAreOwnedOnce();
        seconds(90);
        allAreOwnedOnce();
        assertThat(first.owned).hasSize(32);
        assertThat(third.owned).hasSize(32);
        kill(first);
        seconds(1);
        allAreOwnedOnce();
    }

    @Test
    void whereTheStoreIsAwayNobodyGivesAnythingAway() throws Exception {
        Node first = new Node();
        seconds(10);
        storeIsAway = true;
        new Node();
        seconds(100);
        assertThat(first.owned).hasSize(64);
        storeIsAway = false;
        seconds(60);
        assertThat(first.owned).hasSize(32);
        allAreOwnedOnce();
    }

    @Test
    void aLeadershipThatWasLostWithoutAWordIsNoticed() throws Exception {
        Node node = new Node();
        leaders.clear();
        assertThat(node.owned).hasSize(64);
        node.ownership.turn();
        assertThat(node.owned).isEmpty();
        CamelClusterView view = node.service.getView("camel-voice-main-1-0");
        assertThat(view.getLeader()).isEmpty();
    }

    @Test
    void thePartsAreOneToSixtyFour() {
        for (int wrong : new int[] {0, 65}) {
            assertThatThrownBy(() -> new ClusterOwnership(new Service(), "x", wrong, EngineClock.SYSTEM)).hasMessageContaining("subscribePartitions");
        }
    }
}
