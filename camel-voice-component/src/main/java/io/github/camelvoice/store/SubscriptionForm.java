package io.github.camelvoice.store;

import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.SubscriptionEdit;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.StateMerge;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Subscriptions and states in bytes and back. A layout that was released does not change, a new one gets a new number. Larger ones are deflated. */
public final class SubscriptionForm {

    /** Most bytes of a subscription as it is kept, of a state that is kept, and of a document as it came. */
    public static final int MOST_REQUEST = 1 << 20;
    public static final int MOST_STATE = 512 << 10;
    public static final int MOST_DOCUMENT = 256 << 10;

    private static final int PLAIN = 1;
    private static final int DEFLATED = 2;
    private static final int DEFLATE_FROM = 512;
    /** More than any of ours has when it is unpacked. */
    private static final int MOST_INFLATED = 64 << 20;
    private static final int ANY = Integer.MAX_VALUE;
    private static final int NOTHING = 0;
    private static final int OWN = 1;
    private static final int AS_FULL = 2;

    private SubscriptionForm() {
    }

    /** A subscription and what was asked for. */
    record Subscription(SubscriptionInfo info, SubscriptionRequest request) {
    }

    /** A state and whose it is. */
    record State(String resource, InstanceInfo instance) {
    }

    /** Without states, and without credentials. */
    static byte[] pack(SubscriptionInfo info, SubscriptionRequest request) {
        Packer out = new Packer(512);
        out.text(info.id(), ANY).text(info.account(), ANY).text(info.event(), ANY).text(info.state().name(), ANY).number(info.version());
        time(out, info.createdAt());
        time(out, info.until());
        out.text(info.receiver(), ANY).text(info.origin(), ANY).number(request.expires()).text(request.lists().name(), ANY);
        out.text(request.from(), ANY).text(request.outboundProxy(), ANY);
        texts(out, request.accept());
        resources(out, request.resources());
        return close(out);
    }

    /** @throws IllegalArgumentException if the bytes are none of ours */
    static Subscription unpack(byte[] bytes, SubscriptionRows.Row row) {
        Unpacker in = open(bytes);
        String id = in.text();
        String account = in.text();
        String event = in.text();
        SubscriptionInfo.State state = SubscriptionInfo.State.valueOf(in.text());
        long version = Math.max(in.number(), row.version());
        Instant createdAt = time(in);
        Instant until = time(in);
        String receiver = in.text();
        String origin = in.text();
        int expires = (int) in.number();
        SubscriptionRequest.Lists lists = SubscriptionRequest.Lists.valueOf(in.text());
        String from = in.text();
        String proxy = in.text();
        List<String> accept = texts(in);
        List<SubscriptionRequest.Resource> resources = resources(in);
        SubscriptionInfo info = new SubscriptionInfo(id, account, event, state, version, createdAt, until, accept, receiver, origin, List.of(),
                resources.size(), row.told(), row.owner());
        return new Subscription(info, new SubscriptionRequest(id, account, event, resources, accept, expires, until, receiver, origin, lists, from,
                proxy, null));
    }

    /** What is too large is left out. */
    static byte[] pack(String resource, InstanceInfo instance) {
        Packer out = new Packer(1024);
        out.text(resource, ANY).text(instance.id(), ANY).text(instance.state().name(), ANY).text(instance.reason(), ANY);
        time(out, instance.changedAt());
        EventState full = instance.full();
        byte[] document = full == null ? null : full.document().getBytes(StandardCharsets.UTF_8);
        if (document == null || document.length > MOST_STATE) {
            document = null;
            out.one(NOTHING);
        } else {
            out.one(OWN).text(full.contentType(), ANY).number(document.length).raw(document);
        }
        InstanceInfo.RawDocument last = instance.last();
        if (last == null) {
            out.one(NOTHING);
        } else if (document != null && last.text().equals(full.document())) {
            out.one(AS_FULL).text(last.contentType(), ANY);
        } else {
            byte[] text = last.text().getBytes(StandardCharsets.UTF_8);
            if (text.length > MOST_DOCUMENT) {
                out.one(NOTHING);
            } else {
                out.one(OWN).text(last.contentType(), ANY).number(text.length).raw(text);
            }
        }
        return close(out);
    }

    /** Whether all of it is kept. */
    static boolean fits(InstanceInfo instance) {
        return (instance.full() == null || Packer.utf8(instance.full().document()) <= MOST_STATE)
            && (instance.last() == null || Packer.utf8(instance.last().text()) <= MOST_DOCUMENT);
    }

    /**
     * @param event   of the subscription: says what the document is
     * @param version of the subscription at the last change of the instance
     */
    static State unpackState(byte[] bytes, String event, long version) {
        Unpacker in = open(bytes);
        String resource = in.text();
        String id = in.text();
        UsageEvent.State state = UsageEvent.State.valueOf(in.text());
        String reason = in.text();
        Instant at = time(in);
        EventState full = null;
        String document = null;
        if (in.one() == OWN) {
            String type = in.text();
            byte[] body = in.rawWithLength();
            document = new String(body, StandardCharsets.UTF_8);
            if (EventPackages.of(event).merge(null, type, body) instanceof StateMerge.Applied applied) {
                full = applied.full();
            }
        }
        InstanceInfo.RawDocument last = switch (in.one()) {
            case OWN -> new InstanceInfo.RawDocument(in.text(), new String(in.rawWithLength(), StandardCharsets.UTF_8));
            case AS_FULL -> new InstanceInfo.RawDocument(in.text(), document);
            default -> null;
        };
        return new State(resource, new InstanceInfo(id, state, reason, full, last, version, at));
    }

    static byte[] pack(SubscriptionEdit edit) {
        Packer out = new Packer(256);
        out.one(edit.resources() == null ? NOTHING : OWN);
        if (edit.resources() != null) {
            resources(out, edit.resources());
        }
        time(out, edit.until());
        return close(out.text(edit.receiver(), ANY));
    }

    static SubscriptionEdit unpackEdit(byte[] bytes) {
        Unpacker in = open(bytes);
        List<SubscriptionRequest.Resource> resources = in.one() == NOTHING ? null : resources(in);
        return new SubscriptionEdit(resources, time(in), in.text());
    }

    private static void resources(Packer out, List<SubscriptionRequest.Resource> resources) {
        out.number(resources.size());
        for (SubscriptionRequest.Resource resource : resources) {
            out.text(resource.uri(), ANY).text(resource.displayName(), ANY);
        }
    }

    private static List<SubscriptionRequest.Resource> resources(Unpacker in) {
        List<SubscriptionRequest.Resource> resources = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            resources.add(new SubscriptionRequest.Resource(in.text(), in.text()));
        }
        return resources;
    }

    private static void texts(Packer out, List<String> texts) {
        out.number(texts.size());
        texts.forEach(text -> out.text(text, ANY));
    }

    private static List<String> texts(Unpacker in) {
        List<String> texts = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            texts.add(in.text());
        }
        return texts;
    }

    private static void time(Packer out, Instant time) {
        if (time == null) {
            out.one(NOTHING);
        } else {
            out.one(OWN).signed(Micros.of(time));
        }
    }

    private static Instant time(Unpacker in) {
        return in.one() == NOTHING ? null : Micros.at(in.signed());
    }

    private static byte[] close(Packer out) {
        byte[] bytes = out.toBytes();
        if (bytes.length < DEFLATE_FROM) {
            return new Packer(bytes.length + 1).one(PLAIN).raw(bytes).toBytes();
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
            packed.write(DEFLATED);
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                packed.write(part, 0, deflater.deflate(part));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static Unpacker open(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        return switch (in.one()) {
            case PLAIN -> in;
            case DEFLATED -> new Unpacker(inflated(bytes));
            default -> throw new IllegalArgumentException("a subscription that a newer version has written");
        };
    }

    private static byte[] inflated(byte[] bytes) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, 1, bytes.length - 1);
            ByteArrayOutputStream plain = new ByteArrayOutputStream(4 * bytes.length);
            byte[] part = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(part);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary()) || plain.size() > MOST_INFLATED) {
                    throw new IllegalArgumentException("packed bytes end too early, or do not end");
                }
                plain.write(part, 0, count);
            }
            return plain.toByteArray();
        } catch (DataFormatException broken) {
            throw new IllegalArgumentException("packed bytes are broken", broken);
        } finally {
            inflater.end();
        }
    }
}
