package io.github.camelvoice.callback;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Hands the first value on and forgets the others. */
final class Once<T> implements Consumer<T> {

    private final AtomicReference<Consumer<T>> target;

    private Once(Consumer<T> target) {
        this.target = new AtomicReference<>(target);
    }

    static <T> Consumer<T> of(Consumer<T> target) {
        return new Once<>(target);
    }

    @Override
    public void accept(T value) {
        Consumer<T> first = target.getAndSet(null);
        if (first != null) {
            first.accept(value);
        }
    }
}
