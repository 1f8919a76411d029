package io.github.camelvoice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.account.UserException.Kind;
import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final MemoryUsers store = new MemoryUsers();
    private final List<Users> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Users::close);
    }

    private Users users(UserSource source) {
        Users users = new Users("voice", Map.of("alice", Ha1.of("alice", "voice", "wonder")), source, EngineClock.SYSTEM);
        open.add(users);
        return users;
    }

    private static List<String> follow(Users users) {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        users.follow(new UserListener() {
            @Override
            public void added(String user) {
                told.add("+" + user);
            }

            @Override
            public void changed(String user) {
                told.add("~" + user);
            }

            @Override
            public void removed(String user) {
                told.add("-" + user);
            }
        });
        return told;
    }

    private static Kind kind(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
        assertThat(thrown).isInstanceOf(UserException.class);
        return ((UserException) thrown).kind();
    }

    @Test
    void theHashesAreThoseOfTheStandards() {
        // RFC 7616, section 3.9.1
        Ha1 mufasa = Ha1.of("Mufasa", "http-auth@example.org", "Circle of Life");
        assertThat(mufasa.of("MD5")).isEqualTo("3d78807defe7de2157e2b0b6573a855f");
        assertThat(mufasa.of("SHA-256")).isEqualTo("7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232");
        assertThat(mufasa.of("sha-512-256")).hasSize(64).isNotEqualTo(mufasa.of("SHA-256"));
        assertThat(mufasa.of("SHA-1")).isNull();
        assertThat(new StoredUser("Mufasa", "x", mufasa).toString()).doesNotContain(mufasa.md5()).doesNotContain(mufasa.sha256());
    }

    @Test
    void usersComeChangeAndGo() throws Exception {
        Users users = users(store);
        List<String> told = follow(users);
        users.start();
        assertThat(users.put("bob", "builder")).isTrue();
        assertThat(users.find("bob")).isEqualTo(Ha1.of("bob", "voice", "builder"));
        assertThat(users.names()).containsExactly("alice", "bob");
        assertThat(users.put("bob", "builder")).isFalse();
        assertThat(users.put("bob", "other")).isFalse();
        assertThat(users.find("bob")).isEqualTo(Ha1.of("bob", "voice", "other"));
        users.remove("bob");
        assertThat(users.knows("bob")).isFalse();
        assertThat(users.find("bob")).isNull();
        assertThat(kind(() -> users.remove("bob"))).isEqualTo(Kind.NOT_FOUND);
        assertThat(told).containsExactly("+bob", "~bob", "-bob");
        assertThat(store.users()).isEmpty();
    }

    @Test
    void usersOfTheSettingsStay() throws Exception {
        store.put(Users.of("alice", "voice", "other"));
        Users users = users(store);
        users.start();
        assertThat(users.find("alice")).isEqualTo(Ha1.of("alice", "voice", "wonder"));
        assertThat(users.isSettled("alice")).isTrue();
        assertThat(kind(() -> users.put("alice", "x"))).isEqualTo(Kind.ELSEWHERE);
        assertThat(kind(() -> users.remove("alice"))).isEqualTo(Kind.ELSEWHERE);
    }

    @Test
    void anotherNodeSeesItWithinSeconds() throws Exception {
        Users here = users(store);
        Users there = users(store);
        here.start();
        there.start();
        List<String> told = follow(there);
        here.put("bob", "builder");
        await().atMost(SOON).until(() -> there.knows("bob"));
        here.put("bob", "other");
        await().atMost(SOON).until(() -> there.find("bob").equals(Ha1.of("bob", "voice", "other")));
        here.remove("bob");
        await().atMost(SOON).until(() -> !there.knows("bob"));
        assertThat(told).containsExactly("+bob", "~bob", "-bob");
    }

    @Test
    void aSourceThatIsAwayTakesNobodyAway() throws Exception {
        Users early = users(store);
        store.put(Users.of("bob", "voice", "builder"));
        store.away(true);
        early.start();
        assertThat(early.names()).containsExactly("alice");
        store.away(false);
        await().atMost(SOON).until(() -> early.knows("bob"));
        store.away(true);
        assertThatThrownBy(() -> early.put("carol", "x")).isInstanceOf(IOException.class);
        assertThat(early.names()).containsExactly("alice", "bob");
        assertThat(early.any()).isTrue();
    }

    @Test
    void whatIsTheSameIsNotReadAgain() throws Exception {
        Users users = users(store);
        users.start();
        users.put("bob", "builder");
        int before = store.read();
        users.put("bob", "builder");
        assertThat(store.read()).isEqualTo(before);
    }

    @Test
    void usersOfAnotherRealmAreSaidAtTheStart() throws Exception {
        store.put(Users.of("bob", "before", "builder"));
        assertThatThrownBy(() -> users(store).start()).isInstanceOf(IllegalStateException.class)
                .hasMessage("1 users (bob) were made for the realm before, but realm (voice.sip.realm of the gateway) is voice: their hashes are of no use there. "
                        + "Set it back, or add these users anew, or remove them");
        store.remove("bob");
        Users users = users(store);
        users.start();
        store.put(Users.of("carol", "before", "x"));
        store.put(Users.of("dave", "voice", "x"));
        await().atMost(SOON).until(() -> users.knows("dave"));
        assertThat(users.knows("carol")).isFalse();
    }

    @Test
    void aSourceThatCanOnlyBeReadSaysSo() {
        Users users = users(new UserSource() {
            @Override
            public long version() {
                return 1;
            }

            @Override
            public List<StoredUser> users() {
                return List.of(new StoredUser("bob", "voice", Ha1.of("bob", "voice", "x")));
            }
        });
        users.start();
        assertThat(users.knows("bob")).isTrue();
        assertThat(kind(() -> users.put("carol", "x"))).isEqualTo(Kind.ELSEWHERE);
        assertThat(kind(() -> users.remove("bob"))).isEqualTo(Kind.ELSEWHERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a@b", "a\r\nb", "a:b", "\"a\"", "\u00e4", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void namesThatAreNone(String name) {
        assertThat(kind(() -> users(store).put(name, "x"))).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cret\n", "s3cret\u0000"})
    void passwordsThatAreNoneAreNotShown(String password) {
        assertThatThrownBy(() -> users(store).put("bob", password)).isInstanceOf(UserException.class).message().doesNotContain("s3cret");
        assertThat(kind(() -> users(store).put("bob", "x".repeat(257)))).isEqualTo(Kind.INVALID);
        assertThat(kind(() -> users(store).put("bob", null))).isEqualTo(Kind.INVALID);
    }
}
