package io.github.camelvoice.subscription.state.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A body of several parts (RFC 2046, section 5.1). Immutable.
 *
 * @param start {@link Part#contentId} of the part that the others belong to (RFC 2387), null where nothing was said: then it is the first
 */
public record Multipart(List<Part> parts, String start) {

    /** More are refused. */
    public static final int MAX_PARTS = 10_000;
    /** Larger bodies are refused, before and after their parts are decoded. */
    public static final int MAX_BYTES = 4 << 20;
    private static final String BCHARS = "[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]";

    public Multipart {
        parts = List.copyOf(parts);
    }

    /**
     * @param type of the body: {@code multipart/…} with a boundary
     * @throws MimeException for one that has no end, no parts, too many, or parts that cannot be read
     */
    public static Multipart read(MediaType type, byte[] body) throws MimeException {
        if (type == null || !type.name().startsWith("multipart/")) {
            throw new MimeException("the body is not of several parts");
        }
        String boundary = type.parameter("boundary");
        if (boundary == null || !boundary.matches(BCHARS)) {
            throw new MimeException("the boundary is missing or malformed");
        }
        if (body.length > MAX_BYTES) {
            throw new MimeException("the body has more than " + MAX_BYTES + " bytes");
        }
        List<Part> parts = new ArrayList<>();
        for (int[] range : Boundaries.split(body, boundary.getBytes(StandardCharsets.US_ASCII), MAX_PARTS)) {
            parts.add(PartReader.read(body, range[0], range[1], parts.size() + 1));
        }
        return new Multipart(parts, Part.plainId(type.parameter("start")));
    }

    /** The part that the others belong to. @throws MimeException if the one that is named is not there */
    public Part root() throws MimeException {
        if (start == null || start.isEmpty()) {
            return parts.get(0);
        }
        for (Part each : parts) {
            if (start.equals(each.contentId())) {
                return each;
            }
        }
        throw new MimeException("the start part is missing");
    }

    /** A body as it is sent. @param contentType with boundary, start and type */
    public record Written(String contentType, byte[] body) {
    }

    /** As {@code multipart/related}, its first part being the root. */
    public Written write() {
        String boundary = boundary();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part each : parts) {
            StringBuilder head = new StringBuilder("--").append(boundary).append("\r\nContent-Transfer-Encoding: binary\r\n");
            if (each.contentId() != null) {
                head.append("Content-ID: <").append(line(each.contentId())).append(">\r\n");
            }
            head.append("Content-Type: ").append(line(each.contentType())).append("\r\n\r\n");
            out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
            out.writeBytes(each.body());
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        Part root = parts.get(0);
        MediaType rootType = MediaType.of(root.contentType());
        return new Written("multipart/related;type=\"" + (rootType == null ? "text/plain" : rootType.name()) + "\""
                + (root.contentId() == null ? "" : ";start=\"<" + quoted(root.contentId()) + ">\"") + ";boundary=\"" + boundary + "\"",
                out.toByteArray());
    }

    /** One that no part has in it. */
    private String boundary() {
        int number = parts.size();
        String boundary = "part-" + number;
        while (contains(("--" + boundary).getBytes(StandardCharsets.US_ASCII))) {
            number = number * 31 + 17;
            boundary = "part-" + Integer.toHexString(number);
        }
        return boundary;
    }

    private boolean contains(byte[] text) {
        return parts.stream().anyMatch(each -> Boundaries.indexOf(each.body(), text, 0) >= 0);
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}]", "");
    }

    private static String quoted(String text) {
        return line(text).replaceAll("[\"\\\\]", "");
    }
}
