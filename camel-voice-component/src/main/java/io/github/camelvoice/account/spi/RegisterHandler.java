package io.github.camelvoice.account.spi;

/** Asked about each REGISTER that came, authenticated, on a thread of the stack: to return at once. */
public interface RegisterHandler {

    void registering(RegisterRequest request);
}
