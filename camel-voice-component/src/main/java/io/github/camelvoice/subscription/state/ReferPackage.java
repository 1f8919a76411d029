package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.mime.MediaType;
import io.github.camelvoice.subscription.state.mime.MimeException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code refer}: what becomes of a REFER (RFC 3515). */
final class ReferPackage extends WholePackage {

    private static final int MAX_BYTES = 65_536;
    private static final Pattern STATUS = Pattern.compile("SIP/2\\.0 +([1-6][0-9]{2})(?: ([^\r\n]*))?(?:\r?\n[\\s\\S]*)?", Pattern.CASE_INSENSITIVE);

    ReferPackage() {
        super("refer", List.of(ReferProgress.TYPE), 60);
    }

    @Override
    EventState read(MediaType type, byte[] body) throws MimeException {
        if (!type.name().equals(ReferProgress.TYPE)) {
            return null;
        }
        if (body.length > MAX_BYTES) {
            throw new MimeException("more than " + MAX_BYTES + " bytes");
        }
        String text = Bodies.text(type, body);
        Matcher status = STATUS.matcher(text.stripLeading());
        if (!status.matches()) {
            throw new MimeException("the fragment does not begin with a status line");
        }
        return new ReferProgress(Integer.parseInt(status.group(1)), status.group(2) == null ? "" : status.group(2).strip(), text);
    }
}
