package io.github.camelvoice.runtime;

import java.util.List;

/**
 * A state machine as a table: state × event → state and actions. Complete by construction: {@link Builder#build} refuses a
 * table in which a state does not say what it does with an event. Immutable: one table serves all machines of its kind.
 */
public final class Table<S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> {

    /** @param actions in the order in which they are done; empty with {@code next} equal to the state: the event is dropped */
    public record Step<S, A>(S next, List<A> actions) {
    }

    private final Step<S, A>[][] steps;

    private Table(Step<S, A>[][] steps) {
        this.steps = steps;
    }

    public Step<S, A> step(S state, E event) {
        return steps[state.ordinal()][event.ordinal()];
    }

    public static <S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> Builder<S, E, A> of(Class<S> states, Class<E> events) {
        return new Builder<>(states, events);
    }

    public static final class Builder<S extends Enum<S>, E extends Enum<E>, A extends Enum<A>> {

        private final S[] states;
        private final E[] events;
        private final Step<S, A>[][] steps;

        @SuppressWarnings("unchecked")
        private Builder(Class<S> states, Class<E> events) {
            this.states = states.getEnumConstants();
            this.events = events.getEnumConstants();
            this.steps = new Step[this.states.length][this.events.length];
        }

        @SafeVarargs
        public final Builder<S, E, A> on(S state, E event, S next, A... actions) {
            if (steps[state.ordinal()][event.ordinal()] != null) {
                throw new IllegalStateException(state + " says twice what it does with " + event);
            }
            steps[state.ordinal()][event.ordinal()] = new Step<>(next, List.of(actions));
            return this;
        }

        /** These events change nothing in this state: a race that was lost, or a command that came too late. */
        @SafeVarargs
        public final Builder<S, E, A> drop(S state, E... dropped) {
            for (E event : dropped) {
                on(state, event, state);
            }
            return this;
        }

        public Builder<S, E, A> dropAll(S state) {
            return drop(state, events);
        }

        public Table<S, E, A> build() {
            for (S state : states) {
                for (E event : events) {
                    if (steps[state.ordinal()][event.ordinal()] == null) {
                        throw new IllegalStateException(state + " does not say what it does with " + event);
                    }
                }
            }
            return new Table<>(steps);
        }
    }
}
