package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.SignatureScheme;
import io.github.camelvoice.store.Micros;
import io.github.camelvoice.store.Packer;
import io.github.camelvoice.store.Unpacker;

/** Callbacks and their attempts in bytes. */
final class CallbackDetails {

    private static final int VERSION = 1;
    private static final int MOST = 65_536;

    private CallbackDetails() {
    }

    static byte[] pack(Callback callback) {
        Packer out = new Packer(256 + callback.body().length).one(VERSION);
        out.text(callback.callId(), MOST).text(callback.target(), MOST).text(callback.contentType(), MOST);
        out.text(callback.signature().name(), MOST).text(callback.kind(), MOST).text(callback.orderKey(), MOST);
        return out.number(callback.body().length).raw(callback.body()).toBytes();
    }

    static Callback unpack(byte[] bytes) {
        Unpacker in = version(bytes);
        String callId = in.text();
        String target = in.text();
        String type = in.text();
        SignatureScheme signature = SignatureScheme.valueOf(in.text());
        String kind = in.text();
        String order = in.text();
        return new Callback(callId, target, type, in.rawWithLength(), signature, kind, order);
    }

    static byte[] pack(Attempt attempt) {
        return new Packer(64).one(VERSION).signed(Micros.of(attempt.at())).signed(attempt.millis()).text(attempt.failure(), MOST).toBytes();
    }

    static Attempt unpack(int number, byte[] bytes) {
        Unpacker in = version(bytes);
        return new Attempt(number, Micros.at(in.signed()), in.signed(), in.text());
    }

    private static Unpacker version(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        if (in.one() != VERSION) {
            throw new IllegalArgumentException("a callback that a newer version has written");
        }
        return in;
    }
}
