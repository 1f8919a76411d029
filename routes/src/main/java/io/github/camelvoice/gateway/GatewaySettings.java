package io.github.camelvoice.gateway;

import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.document.Urls;
import io.github.camelvoice.sip.stack.DnsServers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the gateway runs with, checked.
 *
 * @param sipHost         IP address to listen on for SIP and RTP
 * @param sipPort         0 for any free one
 * @param tlsPort         0 for any free one, -1 for no TLS
 * @param tlsKeystore     null for one of our own making
 * @param tlsKeystorePassword null without such a file
 * @param users           user to password
 * @param registrar       whether they may register their phones
 * @param sipAuth         whether callers must authenticate
 * @param externalAddress null for none
 * @param dnsServers      between commas, null for those of the system
 * @param rtpPorts        {@code 10000-20000}
 * @param httpHost        IP address
 * @param httpPort        0 for any free one
 * @param httpRate        requests for records a second, per account
 * @param dataDir         absolute
 * @param outboundAllow   hosts and networks that others may name as targets, empty for public addresses only
 * @param calls           who may be called, how often and how long
 * @param callbacks       how callbacks are delivered
 * @param prompts         what calls hear, and where recordings are found
 * @param store           where calls are kept
 * @param project         name of the project
 * @param accountSid      user of the HTTP API
 * @param authToken       null to keep one in the data folder
 * @param routesDir       absolute, null for none
 * @param documentUrl    document of inbound calls, empty for none; may have a password
 * @param documentCalled which called users get it, empty for all
 * @param cxml           the application of inbound calls
 * @param subscribe      how others are watched
 * @param grpc            the gRPC port
 * @param drainTimeout    how long live calls may go on once the gateway is asked to stop
 */
public record GatewaySettings(String sipHost, int sipPort, int tlsPort, Path tlsKeystore, String tlsKeystorePassword,
                              Map<String, String> users, boolean sipAuth, RegistrarSettings registrar, String externalAddress, String dnsServers,
                              String rtpPorts, String httpHost,
                              int httpPort, int httpRate, Path dataDir, String outboundAllow, CallGuardSettings calls, CallbackSettings callbacks,
                              PromptSettings prompts, StoreSettings store, String project, String accountSid,
                              String authToken, Path routesDir, String documentUrl, String documentCalled, CxmlSettings cxml,
                              SubscribeSettings subscribe, GrpcSettings grpc, Duration drainTimeout) {

    /** @throws SettingException naming what is wrong */
    public static GatewaySettings read(Map<String, String> properties, Map<String, String> environment) {
        SettingValues values = new SettingValues(properties, environment);
        InetAddress sip = address(values, Setting.SIP_HOST);
        Map<String, String> users = SipUsers.read(values.text(Setting.SIP_USERS));
        RegistrarSettings registrar = RegistrarSettings.read(values);
        return new GatewaySettings(sip.getHostAddress(), values.port(Setting.SIP_PORT), values.port(Setting.SIP_TLS_PORT),
                keystore(values, Setting.SIP_TLS_KEYSTORE, Setting.SIP_TLS_KEYSTORE_PASSWORD), blankToNull(values.text(Setting.SIP_TLS_KEYSTORE_PASSWORD)), users,
                sipAuth(values, sip, users.isEmpty() && !registrar.on()), registrar, external(values), dnsServers(values), rtpPorts(values),
                address(values, Setting.HTTP_HOST).getHostAddress(),
                values.port(Setting.HTTP_PORT), values.number(Setting.HTTP_RATE, 1, 100_000), path(values, Setting.DATA_DIR),
                outboundAllow(values), CallGuardSettings.read(values, sip.isLoopbackAddress()), CallbackSettings.read(values), PromptSettings.read(values),
                StoreSettings.read(values), project(values),
                word(values, Setting.ACCOUNT_SID), token(values), routesDir(values), documentUrl(values), documentCalled(values),
                CxmlSettings.read(values), SubscribeSettings.read(values), GrpcSettings.read(values), values.duration(Setting.DRAIN_TIMEOUT));
    }

    /** The data folder alone, absolute: for what needs no running gateway. @throws SettingException if it cannot be one */
    public static Path dataDir(Map<String, String> properties, Map<String, String> environment) {
        return path(new SettingValues(properties, environment), Setting.DATA_DIR);
    }

    private static boolean sipAuth(SettingValues values, InetAddress sip, boolean nobody) {
        String text = values.text(Setting.SIP_AUTH);
        boolean on = switch (text) {
            case "" -> !sip.isLoopbackAddress();
            case "on" -> true;
            case "off" -> false;
            default -> throw SettingException.of(Setting.SIP_AUTH, "must be on or off: " + text);
        };
        if (on && nobody) {
            throw SettingException.of(Setting.SIP_AUTH, (text.isEmpty() ? "is on because " + Setting.SIP_HOST.key() + " is not loopback"
                    : "is on") + ", but " + Setting.SIP_USERS.key() + " names nobody who could call, and " + Setting.REGISTRAR.key() + " is off");
        }
        return on;
    }

    private static String rtpPorts(SettingValues values) {
        String text = values.text(Setting.RTP_PORTS);
        if (text.matches("[0-9]{1,5}-[0-9]{1,5}")) {
            int min = Integer.parseInt(text.substring(0, text.indexOf('-')));
            int max = Integer.parseInt(text.substring(text.indexOf('-') + 1));
            if (min >= 1024 && min % 2 == 0 && max <= 65535 && max > min) {
                return text;
            }
        }
        throw SettingException.of(Setting.RTP_PORTS, "must be a range that starts even, within 1024-65535, such as 10000-20000: " + text);
    }

    static InetAddress address(SettingValues values, Setting setting) {
        String text = values.text(setting);
        if (text.matches("[0-9A-Fa-f.:]+|localhost")) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException ignored) {
                // told below
            }
        }
        throw SettingException.of(setting, "must be an IP address or localhost: " + text);
    }

    /** @param address an IP address */
    static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String external(SettingValues values) {
        String text = values.text(Setting.EXTERNAL_ADDRESS);
        if (!text.isEmpty() && !text.matches("[A-Za-z0-9.:-]{1,255}")) {
            throw SettingException.of(Setting.EXTERNAL_ADDRESS, "must be an IP address or a host name: " + text);
        }
        return blankToNull(text);
    }

    private static String dnsServers(SettingValues values) {
        String text = values.text(Setting.DNS_SERVERS);
        try {
            if (!text.isEmpty()) {
                DnsServers.check(List.of(text.split(",", -1)));
            }
            return blankToNull(text);
        } catch (IllegalArgumentException wrong) {
            throw SettingException.of(Setting.DNS_SERVERS, "has an entry that cannot be used: " + wrong.getMessage());
        }
    }

    private static String project(SettingValues values) {
        String text = word(values, Setting.PROJECT);
        if (text.length() > 63 || !Character.isLetterOrDigit(text.charAt(0))) {
            throw SettingException.of(Setting.PROJECT, "must be 1 to 63 characters and begin with a letter or a digit: " + text);
        }
        return text;
    }

    private static String outboundAllow(SettingValues values) {
        String text = values.text(Setting.OUTBOUND_ALLOW);
        try {
            TargetPolicy.checkList(text);
            return text;
        } catch (IllegalArgumentException wrong) {
            throw SettingException.of(Setting.OUTBOUND_ALLOW, "has an entry that cannot be used: " + wrong.getMessage());
        }
    }

    private static String word(SettingValues values, Setting setting) {
        String text = values.text(setting);
        if (!text.matches("[A-Za-z0-9._-]{1,64}")) {
            throw SettingException.of(setting, "must be 1 to 64 letters, digits, dots, dashes or underscores: " + text);
        }
        return text;
    }

    private static String token(SettingValues values) {
        String text = values.text(Setting.AUTH_TOKEN);
        if (!text.isEmpty() && !text.matches("[\\x21-\\x7e]{1,512}")) {
            throw SettingException.of(Setting.AUTH_TOKEN, "must be up to 512 printable ASCII characters without blanks");
        }
        return blankToNull(text);
    }

    private static Path path(SettingValues values, Setting setting) {
        try {
            return Path.of(values.text(setting)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw SettingException.of(setting, "is no path: " + e.getReason());
        }
    }

    private static Path routesDir(SettingValues values) {
        if (!values.isSet(Setting.ROUTES_DIR)) {
            return null;
        }
        Path dir = path(values, Setting.ROUTES_DIR);
        if (!Files.isDirectory(dir)) {
            throw SettingException.of(Setting.ROUTES_DIR, "is no folder: " + dir);
        }
        return dir;
    }

    private static String documentUrl(SettingValues values) {
        String text = values.text(Setting.DOCUMENT_URL);
        try {
            return text.isEmpty() ? text : Urls.http(text).toString();
        } catch (IllegalArgumentException wrong) {
            throw SettingException.of(Setting.DOCUMENT_URL, wrong.getMessage());
        }
    }

    private static String documentCalled(SettingValues values) {
        String text = values.text(Setting.DOCUMENT_CALLED);
        if (!text.matches("[A-Za-z0-9+*._, -]{0,512}")) {
            throw SettingException.of(Setting.DOCUMENT_CALLED, "must be user names and patterns between commas: " + text);
        }
        return text;
    }

    /** Null for none. */
    static Path keystore(SettingValues values, Setting keystore, Setting password) {
        if (!values.isSet(keystore)) {
            if (values.isSet(password)) {
                throw SettingException.of(password, "is set without " + keystore.key());
            }
            return null;
        }
        Path file = path(values, keystore);
        if (!Files.isReadable(file)) {
            throw SettingException.of(keystore, "cannot be read: " + file);
        }
        if (!values.isSet(password)) {
            throw SettingException.of(keystore, "needs " + password.key());
        }
        return file;
    }

    private static String blankToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Users, token and password are left out. */
    @Override
    public String toString() {
        return "GatewaySettings[sip " + sipHost + ":" + sipPort + ", http " + httpHost + ":" + httpPort + ", data " + dataDir + "]";
    }
}
