package io.github.camelvoice.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Errors that need no route: a problem (RFC 9457), or under {@code /v1beta1} the envelope of its clients. */
final class HttpAnswers {

    static final String GOOGLE = "v1beta1";
    static final Map<Integer, String> CODES = Map.ofEntries(Map.entry(400, "bad-request"), Map.entry(401, "unauthorized"),
            Map.entry(403, "forbidden"),
            Map.entry(404, "not-found"), Map.entry(405, "method-not-allowed"), Map.entry(406, "not-acceptable"), Map.entry(412, "precondition-failed"), Map.entry(413, "too-large"),
            Map.entry(414, "too-large"), Map.entry(415, "unsupported-media-type"), Map.entry(429, "too-many-requests"), Map.entry(431, "too-large"),
            Map.entry(500, "internal"), Map.entry(503, "unavailable"));

    private HttpAnswers() {
    }

    /** Ends the request. @param detail null where the status says all */
    static void refuse(RoutingContext context, int status, String code, String detail) {
        if (status == 405) {
            allow(context);
        }
        if (isLaml(context.request())) {
            write(context, status, LamlError.MEDIA_TYPE, LamlError.json(status, detail));
        } else if (isSep(context.request())) {
            SepMedia media = SepMedia.ofErrors(context.request().getHeader("Accept"), context.request().getHeader("Content-Type"));
            write(context, status, media.problems(), new SepError(status, code, null, detail).text(media));
        } else if (isGoogle(context.request())) {
            GoogleError error = GoogleError.ofStatus(status);
            write(context, error.code(), GoogleError.MEDIA_TYPE, error.json(detail));
        } else {
            write(context, status, Problem.MEDIA_TYPE, Problem.of(status, code, detail).json());
        }
    }

    static void refuse(RoutingContext context, int status, String detail) {
        refuse(context, status, CODES.getOrDefault(status, "error"), detail);
    }

    /** As {@link #refuse}, with the time after which to come again. */
    static void later(RoutingContext context, int status, String code, int seconds, String detail) {
        context.response().putHeader("Retry-After", String.valueOf(seconds));
        refuse(context, status, code, detail);
    }

    /** Of what is no HTTP the path is not known. */
    static void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException ? 414 : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        request.response().setStatusCode(status).putHeader("Content-Type", Problem.MEDIA_TYPE).putHeader("Connection", "close")
                .end(Problem.of(status, CODES.get(status), null).json()).onComplete(sent -> request.connection().close());
    }

    private static void allow(RoutingContext context) {
        List<String> path = RequestPath.segments(context.request().path());
        List<String> methods = path == null ? List.of() : ApiRule.methods(path);
        if (!methods.isEmpty()) {
            context.response().putHeader("Allow", String.join(", ", methods));
        }
    }

    static boolean isGoogle(HttpServerRequest request) {
        String raw = request.path();
        List<String> path = RequestPath.segments(raw);
        return path == null ? raw != null && raw.startsWith("/" + GOOGLE) : !path.isEmpty() && path.get(0).equals(GOOGLE);
    }

    private static boolean isSep(HttpServerRequest request) {
        List<String> path = RequestPath.segments(request.path());
        return path != null && ApiRule.isSep(path);
    }

    private static boolean isLaml(HttpServerRequest request) {
        List<String> path = RequestPath.segments(request.path());
        return path != null && ApiRule.isLaml(path);
    }

    private static void write(RoutingContext context, int status, String type, String body) {
        context.response().setStatusCode(status).putHeader("Content-Type", type).putHeader("Cache-Control", "no-store").end(body);
    }
}
