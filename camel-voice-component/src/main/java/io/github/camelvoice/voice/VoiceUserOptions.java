package io.github.camelvoice.voice;

import io.github.camelvoice.account.UserSource;
import org.apache.camel.spi.Metadata;

/** Options of the registrar: whose phones may register here, and for how long (docs/registrar.md). */
public abstract class VoiceUserOptions extends VoiceArchiveOptions {

    @Metadata(label = "registrar", description = "SIP domains whose users are ours, beside our own addresses, separated by commas: example.com,voice.example.com.")
    private String domains;
    @Metadata(label = "registrar", defaultValue = "voice", description = "Realm of our challenges (digest), which phones may show. What is kept of users is "
            + "hashed for it: with another realm they have to be added anew.")
    private String realm = "voice";
    @Metadata(label = "registrar", description = "Where users come from beside those of the option users: a bean of type "
            + "io.github.camelvoice.account.UserSource, or UserStore where they can be changed here. Without it, the database of the store.")
    private UserSource userSource;
    @Metadata(label = "registrar", defaultValue = "false", description = "Whether users may register their phones here, and be called as user:NAME: those "
            + "of the option users, and those that were added while we run. REGISTER is taken as soon as there is one.")
    private boolean registrar;
    @Metadata(label = "registrar", defaultValue = "1m", javaType = "java.time.Duration", description = "Shortest registration; whoever asks for "
            + "less gets 423.")
    private long registrarMinExpires = 60_000;
    @Metadata(label = "registrar", defaultValue = "2h", javaType = "java.time.Duration", description = "Longest registration; whoever asks for "
            + "more gets this.")
    private long registrarMaxExpires = 7_200_000;
    @Metadata(label = "registrar", defaultValue = "10", description = "Contacts that a user may have at a time; with more, REGISTER gets 403.")
    private int registrarContacts = 10;

    public String getDomains() {
        return domains;
    }

    public void setDomains(String value) {
        domains = value;
    }

    public String getRealm() {
        return realm;
    }

    public void setRealm(String value) {
        realm = value;
    }

    public UserSource getUserSource() {
        return userSource;
    }

    public void setUserSource(UserSource value) {
        userSource = value;
    }

    public boolean isRegistrar() {
        return registrar;
    }

    public void setRegistrar(boolean value) {
        registrar = value;
    }

    public long getRegistrarMinExpires() {
        return registrarMinExpires;
    }

    public void setRegistrarMinExpires(long value) {
        registrarMinExpires = value;
    }

    public long getRegistrarMaxExpires() {
        return registrarMaxExpires;
    }

    public void setRegistrarMaxExpires(long value) {
        registrarMaxExpires = value;
    }

    public int getRegistrarContacts() {
        return registrarContacts;
    }

    public void setRegistrarContacts(int value) {
        registrarContacts = value;
    }
}
