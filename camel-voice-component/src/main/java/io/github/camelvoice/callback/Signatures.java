package io.github.camelvoice.callback;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs callbacks. */
public final class Signatures {

    private static final String HMAC_SHA1 = "HmacSHA1";

    private Signatures() {
    }

    /**
     * The value of the signature's header.
     *
     * @param url as the receiver sees it: without fragment and credentials
     * @return null where the scheme is {@link SignatureScheme#NONE}
     */
    public static String sign(SignatureScheme scheme, String key, String url, byte[] body) {
        return switch (scheme) {
            case NONE -> null;
            case SIGNALWIRE_JSON -> HexFormat.of().formatHex(hmac(key, url, body));
        };
    }

    private static byte[] hmac(String key, String url, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC_SHA1);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC_SHA1));
            mac.update(url.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
