package io.github.camelvoice.store;

import io.github.camelvoice.registration.Account;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.SessionStore.Kept;
import io.github.camelvoice.session.StatusType;
import io.github.camelvoice.store.secret.SecretBox;
import io.github.camelvoice.store.secret.UnsealException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accounts and statuses in bytes and back. A layout that was released does not change, a new one gets a new number. */
final class SessionForm {

    /** Most bytes of an account, and of a status, as they are kept. */
    static final int MOST = 256 << 10;

    private static final int FIRST = 1;
    private static final int ANY = Integer.MAX_VALUE;
    private static final int MOST_WORDS = 4_000;
    private static final int MOST_TRACEBACK = 16_000;
    private static final int NOTHING = 0;
    private static final int SEALED = 1;

    private SessionForm() {
    }

    /** @param old whether the password that was read is sealed with a key that seals no longer */
    record Opened(Kept kept, boolean old) {
    }

    /** The password is sealed for this account alone. */
    static byte[] pack(Kept kept, SecretBox secrets) {
        Account account = kept.account();
        Packer out = new Packer(256).one(FIRST);
        out.text(account.name(), ANY).text(account.authUsername(), ANY).text(account.outboundProxy(), ANY).text(account.transport(), ANY)
            .text(account.displayName(), ANY).number(account.contacts().size());
        account.contacts().forEach(contact -> out.text(contact, ANY));
        out.number(account.expires()).text(account.token(), ANY).text(account.instance(), ANY).text(account.owner(), ANY)
            .one(kept.started() ? 1 : 0).signed(kept.autoAnswerInterval()).number(kept.since()).signed(kept.used().toEpochMilli());
        if (account.password() == null) {
            out.one(NOTHING);
        } else {
            byte[] sealed = secrets.seal(account.password(), account.name());
            out.one(SEALED).number(sealed.length).raw(sealed);
        }
        return out.toBytes();
    }

    /**
     * @return with {@link Kept#trouble} if the password cannot be read
     * @throws IllegalArgumentException if the bytes are none of ours
     */
    static Opened unpack(SessionRows.AccountRow row, SecretBox secrets) {
        Unpacker in = open(row.details(), "an account");
        String name = in.text();
        String authUsername = in.text();
        String proxy = in.text();
        String transport = in.text();
        String displayName = in.text();
        List<String> contacts = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            contacts.add(in.text());
        }
        int expires = (int) in.number();
        String token = in.text();
        String instance = in.text();
        String owner = in.text();
        boolean started = in.one() == 1;
        int interval = (int) in.signed();
        long since = in.number();
        Instant used = Instant.ofEpochMilli(in.signed());
        String password = null;
        String trouble = "";
        boolean old = false;
        if (in.one() == SEALED) {
            byte[] sealed = in.rawWithLength();
            try {
                password = secrets.open(sealed, name);
                old = secrets.isOld(sealed);
            } catch (UnsealException cannot) {
                trouble = "the password " + cannot.getMessage() + ": register the account anew";
            }
        }
        Account account = new Account(name, password, authUsername, proxy, transport, displayName, contacts, expires, token, instance, owner);
        return new Opened(new Kept(account, started, interval, row.sequence(), trouble, since, used), old);
    }

    /** What is too long is cut. */
    static byte[] pack(SessionStatus status) {
        byte[] whole = pack(status, status.headers(), MOST_TRACEBACK);
        return whole.length <= MOST ? whole : pack(status, Map.of(), 0);
    }

    private static byte[] pack(SessionStatus status, Map<String, String> headers, int traceback) {
        Packer out = new Packer(256).one(FIRST);
        Instant time = status.time();
        out.text(status.account(), ANY).number(status.sequence()).signed(time.getEpochSecond()).number(time.getNano())
            .text(status.type().name(), ANY).text(status.callId(), MOST_WORDS).text(status.callee(), MOST_WORDS)
            .text(status.transferTarget(), MOST_WORDS).number(headers.size());
        headers.forEach((name, value) -> out.text(name, ANY).text(value, ANY));
        return out.text(status.description(), MOST_WORDS).text(status.exceptionName(), MOST_WORDS).text(status.exceptionTraceback(), traceback)
            .text(status.nluSessionName(), MOST_WORDS).toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are none of ours */
    static SessionStatus unpackStatus(byte[] bytes) {
        Unpacker in = open(bytes, "a status");
        String account = in.text();
        long sequence = in.number();
        Instant time = Instant.ofEpochSecond(in.signed(), in.number());
        StatusType type = StatusType.valueOf(in.text());
        String callId = in.text();
        String callee = in.text();
        String transferTarget = in.text();
        Map<String, String> headers = new LinkedHashMap<>();
        for (long left = in.number(); left > 0; left--) {
            headers.put(in.text(), in.text());
        }
        return new SessionStatus(account, sequence, time, type, callId, callee, transferTarget, headers, in.text(), in.text(), in.text(), in.text());
    }

    private static Unpacker open(byte[] bytes, String what) {
        Unpacker in = new Unpacker(bytes);
        if (in.one() != FIRST) {
            throw new IllegalArgumentException(what + " that a newer version has written");
        }
        return in;
    }
}
