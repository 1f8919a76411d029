package io.github.camelvoice.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code voice.sip.users}: {@code user:password,…}, or the path of a file with one pair a line and {@code #} comments. */
final class SipUsers {

    private static final String NAME = Setting.SIP_USERS.key();

    private SipUsers() {
    }

    /** @throws SettingException naming the entry by its number, never by its text: it may hold a password */
    static Map<String, String> read(String text) {
        Map<String, String> users = new LinkedHashMap<>();
        int number = 0;
        for (String entry : entries(text)) {
            number++;
            int colon = entry.indexOf(':');
            if (colon < 1 || colon == entry.length() - 1 || !entry.substring(0, colon).matches("[A-Za-z0-9._+-]{1,64}")) {
                throw new SettingException(NAME + ": entry " + number + " is not user:password");
            }
            if (entry.indexOf(',') >= 0) {
                throw new SettingException(NAME + ": entry " + number + " has a comma, which a password cannot have here");
            }
            if (users.put(entry.substring(0, colon), entry.substring(colon + 1)) != null) {
                throw new SettingException(NAME + ": entry " + number + " names a user twice");
            }
        }
        return users;
    }

    private static List<String> entries(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.indexOf(':') > 0) {
            return Arrays.stream(text.split(",")).map(String::strip).toList();
        }
        try {
            return Files.readAllLines(Path.of(text)).stream().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException | InvalidPathException e) {
            throw new SettingException(NAME + " is neither user:password,... nor a readable file", e);
        }
    }
}
