package io.github.camelvoice.webhook;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.sep.SepDocument;
import io.github.camelvoice.subscription.sep.SepViews;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One document for a receiver.
 *
 * @param news    what the receiver knows when it has it
 * @param version of the subscription, up to which it knows all then
 */
record Part(byte[] body, List<Untold.News> news, long version) {

    /** What a resource takes beside its URI, its documents and their marks, roughly. */
    private static final int FRAME = 250;

    /** How a document is written. */
    record Form(String host, Function<SepDocument, byte[]> writer) {

        private byte[] write(SubscriptionInfo info, long version, boolean full, List<SepDocument.Resource> resources, Instant expires) {
            return writer.apply(new SepDocument(info.event(), SepViews.listUri(info.id(), host), version, full, resources, info.receiver(), expires));
        }
    }

    /**
     * All resources; the new state of those that changed.
     *
     * @param told version up to which the receiver knows all
     * @return null if it is too large
     */
    static Part whole(SubscriptionInfo info, Untold untold, long told, Form form) {
        long version = info.version();
        Map<String, List<SepDocument.Instance>> more = new LinkedHashMap<>();
        for (Untold.News each : untold.all()) {
            version = Math.max(version, each.instance().version());
            if (each.instance().state() == UsageEvent.State.TERMINATED) {
                more.computeIfAbsent(each.resource(), uri -> new ArrayList<>()).add(each.view());
            }
        }
        List<SepDocument.Resource> resources = new ArrayList<>();
        for (ResourceInfo resource : info.resources()) {
            List<SepDocument.Instance> instances = new ArrayList<>();
            List<SepDocument.Instance> terminated = new ArrayList<>(more.getOrDefault(resource.uri(), List.of()));
            for (InstanceInfo instance : resource.instances()) {
                instances.add(view(resource.uri(), instance, untold, told));
                terminated.removeIf(each -> each.id().equals(instance.id()));
            }
            instances.addAll(terminated);
            more.remove(resource.uri());
            resources.add(new SepDocument.Resource(resource.uri(), resource.displayName(), instances));
        }
        more.forEach((uri, instances) -> resources.add(new SepDocument.Resource(uri, null, instances)));
        byte[] body = form.write(info, version, true, resources, info.until());
        return body.length > Callback.MOST_BYTES ? null : new Part(body, List.copyOf(untold.all()), version);
    }

    /** What the receiver has comes as it came; of what it does not have all of, the merged state. */
    private static SepDocument.Instance view(String resource, InstanceInfo now, Untold untold, long told) {
        Untold.News news = untold.find(resource, now.id());
        if (news != null && news.instance().version() >= now.version()) {
            return news.view();
        }
        return SepViews.instance(now, news != null || now.version() > told);
    }

    /** The oldest of what is new, as much as there is room for. */
    static Part next(SubscriptionInfo info, Untold untold, Form form) {
        List<Untold.News> news = new ArrayList<>();
        long room = Callback.MOST_BYTES;
        for (Untold.News each : untold.all()) {
            room -= size(each.resource(), each.view());
            if (room < 0 && !news.isEmpty()) {
                break;
            }
            news.add(each);
        }
        while (true) {
            long version = news.get(news.size() - 1).instance().version();
            byte[] body = form.write(info, version, false, byResource(news, false), info.until());
            if (body.length <= Callback.MOST_BYTES) {
                return new Part(body, List.copyOf(news), version);
            }
            if (news.size() == 1) {
                return new Part(form.write(info, version, false, byResource(news, true), info.until()), List.copyOf(news), version);
            }
            news = news.subList(0, news.size() / 2);
        }
    }

    private static int size(String resource, SepDocument.Instance instance) {
        return FRAME + resource.length() + (instance.body() == null ? 0 : instance.body().length());
    }

    private static List<SepDocument.Resource> byResource(List<Untold.News> part, boolean empty) {
        Map<String, List<SepDocument.Instance>> instances = new LinkedHashMap<>();
        part.forEach(each -> instances.computeIfAbsent(each.resource(), uri -> new ArrayList<>())
                .add(empty ? SepViews.instance(each.instance(), null, null) : each.view()));
        return instances.entrySet().stream().map(each -> new SepDocument.Resource(each.getKey(), null, each.getValue())).toList();
    }

    /**
     * The last words: every instance is terminated; those have a state that the receiver does not know.
     *
     * @param now when it ended
     * @return one document, or as many as are needed
     */
    static List<byte[]> last(SubscriptionInfo info, Untold untold, Instant now, Form form) {
        String reason = info.until() != null && !info.until().isAfter(now) ? "timeout" : null;
        List<SepDocument.Resource> resources = new ArrayList<>();
        for (ResourceInfo resource : info.resources()) {
            resources.add(new SepDocument.Resource(resource.uri(), resource.displayName(),
                    resource.instances().stream().map(each -> terminated(resource.uri(), each, untold, reason)).toList()));
        }
        byte[] whole = form.write(info, info.version() + 1, true, resources, now);
        if (whole.length <= Callback.MOST_BYTES) {
            return List.of(whole);
        }
        List<byte[]> parts = new ArrayList<>();
        split(info, resources, now, form, parts);
        return parts;
    }

    private static SepDocument.Instance terminated(String resource, InstanceInfo instance, Untold untold, String reason) {
        Untold.News news = untold.find(resource, instance.id());
        SepDocument.Instance view = news == null ? SepViews.instance(instance, null, null) : news.view();
        return new SepDocument.Instance(view.id(), "terminated", view.reason() == null ? reason : view.reason(), view.contentType(), view.body());
    }

    private static void split(SubscriptionInfo info, List<SepDocument.Resource> resources, Instant now, Form form, List<byte[]> parts) {
        int from = 0;
        while (from < resources.size()) {
            long room = Callback.MOST_BYTES;
            int to = from;
            while (to < resources.size() && (to == from || room > 0)) {
                SepDocument.Resource next = resources.get(to);
                room -= next.instances().isEmpty() ? FRAME : next.instances().stream().mapToLong(each -> size(next.uri(), each)).sum();
                if (room > 0 || to == from) {
                    to++;
                }
            }
            byte[] body = null;
            while (body == null || body.length > Callback.MOST_BYTES) {
                if (body != null && to - from == 1) {
                    resources.set(from, bare(resources.get(from)));
                } else if (body != null) {
                    to = from + (to - from) / 2;
                }
                body = form.write(info, info.version() + 1 + parts.size(), false, resources.subList(from, to), now);
            }
            parts.add(body);
            from = to;
        }
    }

    private static SepDocument.Resource bare(SepDocument.Resource resource) {
        return new SepDocument.Resource(resource.uri(), resource.displayName(), resource.instances().stream().limit(100)
                .map(each -> new SepDocument.Instance(each.id(), each.state(), each.reason(), null, null)).toList());
    }
}
