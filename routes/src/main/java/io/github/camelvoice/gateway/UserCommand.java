package io.github.camelvoice.gateway;

import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.account.UserException;
import io.github.camelvoice.account.Users;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** {@code user add|remove|list}: changes who may register phones here, by way of the gateway that runs on the data folder, or in its database. */
final class UserCommand {

    /** Where users are changed. */
    interface Place extends AutoCloseable {

        /** One line each. */
        List<String> list() throws IOException;

        /** @return whether it is new */
        boolean put(String name, String password) throws IOException, UserException;

        void remove(String name) throws IOException, UserException;

        @Override
        void close();
    }

    /** Opens the place when it is known that it is needed. */
    interface Opening {
        Place open() throws IOException;
    }

    private final Opening place;
    private final InputStream in;
    private final PrintStream out;
    private final Console console;

    /** @param console null where nobody sits there: the password is the first line of the input */
    UserCommand(Opening place, InputStream in, PrintStream out, Console console) {
        this.place = place;
        this.in = in;
        this.out = out;
        this.console = console;
    }

    static void usage(PrintStream out) {
        out.println("  user add NAME         adds a user who may register phones here, or gives it another password, which is asked for, or");
        out.println("                        read from the standard input; a running gateway knows it at once");
        out.println("  user remove NAME      takes it away; its phones are unregistered");
        out.println("  user list             shows who there is");
    }

    /** @throws IllegalArgumentException saying which argument is wrong */
    void run(List<String> arguments) throws IOException {
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        int wanted = verb.equals("list") ? 1 : 2;
        switch (verb) {
            case "help", "--help", "-h" -> usage(out);
            case "add", "remove", "list" -> {
                if (arguments.size() > 2 && verb.equals("add")) {
                    throw new IllegalArgumentException("user add takes one NAME; the password is asked for, or read from the standard input, as others can "
                            + "see arguments");
                } else if (arguments.size() != wanted) {
                    throw new IllegalArgumentException("user " + verb + (wanted == 1 ? " takes nothing more" : " takes one NAME"));
                }
                act(verb, wanted == 1 ? null : arguments.get(1));
            }
            default -> throw new IllegalArgumentException("say what: add, remove or list; user help tells how");
        }
    }

    private void act(String verb, String name) throws IOException {
        try {
            // Before the password is asked for.
            String password = null;
            if (verb.equals("add")) {
                Users.of(name, "", "x");
                password = password(name);
            }
            try (Place users = place.open()) {
                switch (verb) {
                    case "add" -> out.println(users.put(name, password) ? name + " was added" : name + " has this password now");
                    case "remove" -> {
                        users.remove(name);
                        out.println(name + " was removed");
                    }
                    default -> users.list().forEach(out::println);
                }
            }
        } catch (UserException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private String password(String name) throws IOException {
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new IOException("the password is missing: it is the first line of the standard input");
            }
            return line;
        }
        char[] first = console.readPassword("Password of %s: ", name);
        char[] second = console.readPassword("Once more: ");
        try {
            if (first == null || !Arrays.equals(first, second)) {
                throw new IOException("the passwords are not the same");
            }
            return new String(first);
        } finally {
            wipe(first);
            wipe(second);
        }
    }

    private static void wipe(char[] secret) {
        if (secret != null) {
            Arrays.fill(secret, ' ');
        }
    }

    /** One line of a list. */
    static String line(StoredUser user, String realm) {
        return user.name() + (user.realm().equals(realm) ? "" : " (of the realm " + user.realm() + ", and of no use in " + realm + ")");
    }
}
