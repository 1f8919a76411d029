package io.github.camelvoice.gateway.access;

import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code account add|renew|list|remove}: changes the accounts of a data folder; a running gateway sees it within a second. */
public final class AccountCommand {

    private static final long SECONDS_PER_DAY = 86_400;
    private static final String NAME = "NAME";

    private final Path folder;
    private final PrintStream out;
    private final EngineClock clock;

    public AccountCommand(Path folder, PrintStream out, EngineClock clock) {
        this.folder = folder;
        this.out = out;
        this.clock = clock;
    }

    public static void usage(PrintStream out) {
        out.println("  account add NAME --project PROJECT --permission PERMISSION ... [--project ...] [--expires 30d]");
        out.println("                        makes an account and prints its token, once; * is every project, or every permission");
        out.println("  account renew NAME    gives it a new token and prints it, once; the old one opens nothing any more");
        out.println("  account list          shows who may do what");
        out.println("  account remove NAME   takes it away");
        out.println("Permissions, each for the projects named before it:");
        for (Permission each : Permission.values()) {
            out.printf("  %-28s %s%n", each.id(), each.help());
        }
    }

    /**
     * @param arguments without the word {@code account}
     * @throws IllegalArgumentException saying which argument is wrong
     * @throws IOException saying what is wrong with the folder or its file
     */
    public void run(List<String> arguments) throws IOException {
        Iterator<String> rest = arguments.iterator();
        require(rest.hasNext(), "say what: add, renew, list or remove; account help tells how");
        String verb = rest.next();
        switch (verb) {
            case "help", "--help", "-h" -> usage(out);
            case "add" -> add(rest);
            case "renew" -> renew(only(rest));
            case "list" -> list(rest);
            case "remove" -> remove(only(rest));
            default -> throw new IllegalArgumentException("there is no '" + verb + "'; there are add, renew, list and remove, and account help tells how");
        }
    }

    private void add(Iterator<String> rest) throws IOException {
        String sid = next(rest, NAME);
        Map<String, Set<Permission>> projects = new LinkedHashMap<>();
        String project = null;
        Instant expires = null;
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--project" -> {
                    project = next(rest, option);
                    projects.computeIfAbsent(project, name -> EnumSet.noneOf(Permission.class));
                }
                case "--permission" -> {
                    if (project == null) {
                        throw new IllegalArgumentException("--permission needs a --project before it");
                    }
                    projects.get(project).addAll(Permission.ofId(next(rest, option)));
                }
                case "--expires" -> expires = clock.now().plus(days(next(rest, option))).truncatedTo(ChronoUnit.SECONDS);
                default -> throw new IllegalArgumentException("account add has no '" + option + "'");
            }
        }
        if (projects.isEmpty() || projects.values().stream().anyMatch(Set::isEmpty)) {
            throw new IllegalArgumentException("account add needs --project, and behind each at least one --permission");
        }
        String token = TokenHash.newToken();
        StoredAccount added = new StoredAccount(new Account(sid, projects, expires), TokenHash.of(token), clock.now(), false);
        file().update(stored -> {
            require(find(stored, sid) == null, sid + " is there already; account renew gives it a new token");
            require(stored.size() < AccountsJson.MAX_ACCOUNTS, "there are " + AccountsJson.MAX_ACCOUNTS + " accounts");
            List<StoredAccount> all = new ArrayList<>(stored);
            all.add(added);
            return all;
        });
        out.println(token);
    }

    private void renew(String sid) throws IOException {
        String token = TokenHash.newToken();
        file().update(stored -> {
            require(find(stored, sid) != null, "there is no account " + sid);
            return stored.stream().map(each -> each.account().sid().equals(sid) ? each.with(TokenHash.of(token)) : each).toList();
        });
        out.println(token);
    }

    private void remove(String sid) throws IOException {
        file().update(stored -> {
            require(find(stored, sid) != null, "there is no account " + sid);
            return stored.stream().filter(each -> !each.account().sid().equals(sid)).toList();
        });
    }

    private void list(Iterator<String> rest) throws IOException {
        require(!rest.hasNext(), "account list takes nothing more");
        List<StoredAccount> accounts = file().read();
        if (accounts.isEmpty()) {
            out.println("there are no accounts in " + folder.toAbsolutePath().normalize() + " yet; the first start makes one");
        }
        for (StoredAccount each : accounts) {
            Instant expires = each.account().expiresAt();
            out.println(each.account().sid() + (each.first() ? " (made at first start)" : "")
                    + (expires == null ? "" : (each.account().isValid(clock.now()) ? ", expires " : ", expired ") + expires));
            new TreeMap<>(each.account().projects()).forEach((project, permissions) ->
                    out.println("  " + project + ": " + String.join(", ", AccountsJson.ids(permissions))));
        }
    }

    private AccountsFile file() {
        return new AccountsFile(folder);
    }

    private static StoredAccount find(List<StoredAccount> stored, String sid) {
        return stored.stream().filter(each -> each.account().sid().equals(sid)).findAny().orElse(null);
    }

    private static Duration days(String text) {
        if (!text.matches("[1-9][0-9]{0,4}d")) {
            throw new IllegalArgumentException("--expires takes days, 30d for example: " + text);
        }
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)) * SECONDS_PER_DAY);
    }

    private static String next(Iterator<String> rest, String what) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(what.startsWith("--") ? what + " needs a value" : "the " + what + " of the account is missing");
        }
        return rest.next();
    }

    private static String only(Iterator<String> rest) {
        String sid = next(rest, NAME);
        require(!rest.hasNext(), "one NAME is enough");
        return sid;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
