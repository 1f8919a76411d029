package io.github.camelvoice.voice;

import io.github.camelvoice.registration.RegistrationSettings;
import io.github.camelvoice.session.SessionSettings;
import java.time.Duration;
import org.apache.camel.spi.Metadata;

/** Options of accounts of ours at other servers, and of their sessions. They make no sense per endpoint. */
public abstract class VoiceAccountOptions extends VoiceWatchOptions {

    @Metadata(label = "common", defaultValue = "1h", javaType = "java.time.Duration",
            description = "How long accounts of voice:session are registered before they are refreshed, where nobody says otherwise: a "
            + "minute to a day.")
    private long registrationExpires = 3_600_000;
    @Metadata(label = "advanced", defaultValue = "100",
            description = "First REGISTERs a second that one server gets from us, half as many at once. Refreshes come at times of their "
            + "own.")
    private int registrationsPerSecond = 100;
    @Metadata(label = "advanced", defaultValue = "5s", javaType = "java.time.Duration",
            description = "About how long is waited before a failed registration is tried again; each further failure doubles it.")
    private long registrationPause = 5_000;
    @Metadata(label = "advanced", defaultValue = "5m", javaType = "java.time.Duration",
            description = "The longest such pause.")
    private long registrationMaxPause = 300_000;
    @Metadata(label = "advanced", defaultValue = "30m", javaType = "java.time.Duration",
            description = "How long is waited after a refusal that does not pass by itself: 401, 403, 404.")
    private long registrationRefusedPause = 1_800_000;
    @Metadata(label = "advanced", defaultValue = "25s", javaType = "java.time.Duration",
            description = "How often a server that names no interval is shown that we are there, through NATs: 5s to 1h, or 0 for never.")
    private long registrationKeepAlive = 25_000;
    @Metadata(label = "advanced", defaultValue = "10s", javaType = "java.time.Duration",
            description = "How long is waited for the answer when an account is unregistered.")
    private long unregisterTimeout = 10_000;
    @Metadata(label = "advanced",
            description = "Whether the Contact of an account over UDP becomes the address that its server sees us at.")
    private boolean registeredAddress;
    @Metadata(label = "advanced", defaultValue = "10000",
            description = "Accounts of voice:session at this node; one more is refused.")
    private int maxAccounts = 10_000;
    @Metadata(label = "advanced", defaultValue = "100",
            description = "Accounts that one user of an API may have here; those of routes are not counted.")
    private int maxAccountsPerOwner = 100;
    @Metadata(label = "advanced", defaultValue = "100",
            description = "WAVs that may wait to be played in a call of a session; more are refused.")
    private int maxPlayFiles = 100;
    @Metadata(label = "advanced", defaultValue = "67108864",
            description = "Bytes of all of them together.")
    private Long maxPlayBytes = 64L << 20;
    @Metadata(label = "advanced",
            description = "Whether statuses of sessions have the stack trace of what went wrong. It tells whoever reads them how this "
            + "program works.")
    private boolean statusTracebacks;

    /** @throws IllegalArgumentException naming the option that is wrong */
    RegistrationSettings registrationSettings() {
        seconds("registrationKeepAlive", registrationKeepAlive);
        try {
            return RegistrationSettings.DEFAULT.withPace(registrationsPerSecond, Math.max(1, registrationsPerSecond / 2))
                    .withPauses(Duration.ofMillis(registrationPause), Duration.ofMillis(registrationMaxPause), Duration.ofMillis(registrationRefusedPause))
                    .withKeepAlive((int) (registrationKeepAlive / 1000)).withLeaveLimit(Duration.ofMillis(unregisterTimeout))
                    .withRewrite(registeredAddress);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("registrationsPerSecond, registrationPause, registrationMaxPause, registrationRefusedPause, "
                    + "registrationKeepAlive, unregisterTimeout: " + wrong.getMessage(), wrong);
        }
    }

    /**
     * @param calls as the calls of sessions are where nobody says otherwise
     * @throws IllegalArgumentException naming the option that is wrong
     */
    SessionSettings sessionSettings(VoiceConfiguration calls) {
        seconds("registrationExpires", registrationExpires);
        try {
            return new SessionSettings(maxAccountsPerOwner, maxAccounts, (int) (registrationExpires / 1000), Duration.ofMillis(calls.getRingTimeout()),
                    Duration.ofMillis(calls.getTimeLimit()), maxPlayFiles, maxPlayBytes, statusTracebacks);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("maxAccountsPerOwner, maxAccounts, registrationExpires, maxPlayFiles, maxPlayBytes: " + wrong.getMessage(),
                    wrong);
        }
    }

    private static void seconds(String option, long millis) {
        if (millis < 0 || millis % 1000 != 0 || millis > 86_400_000) {
            throw new IllegalArgumentException(option + " must be whole seconds up to a day: " + millis + " ms");
        }
    }

    public long getRegistrationExpires() {
        return registrationExpires;
    }

    public void setRegistrationExpires(long value) {
        registrationExpires = value;
    }

    public int getRegistrationsPerSecond() {
        return registrationsPerSecond;
    }

    public void setRegistrationsPerSecond(int value) {
        registrationsPerSecond = value;
    }

    public long getRegistrationPause() {
        return registrationPause;
    }

    public void setRegistrationPause(long value) {
        registrationPause = value;
    }

    public long getRegistrationMaxPause() {
        return registrationMaxPause;
    }

    public void setRegistrationMaxPause(long value) {
        registrationMaxPause = value;
    }

    public long getRegistrationRefusedPause() {
        return registrationRefusedPause;
    }

    public void setRegistrationRefusedPause(long value) {
        registrationRefusedPause = value;
    }

    public long getRegistrationKeepAlive() {
        return registrationKeepAlive;
    }

    public void setRegistrationKeepAlive(long value) {
        registrationKeepAlive = value;
    }

    public long getUnregisterTimeout() {
        return unregisterTimeout;
    }

    public void setUnregisterTimeout(long value) {
        unregisterTimeout = value;
    }

    public boolean isRegisteredAddress() {
        return registeredAddress;
    }

    public void setRegisteredAddress(boolean value) {
        registeredAddress = value;
    }

    public int getMaxAccounts() {
        return maxAccounts;
    }

    public void setMaxAccounts(int value) {
        maxAccounts = value;
    }

    public int getMaxAccountsPerOwner() {
        return maxAccountsPerOwner;
    }

    public void setMaxAccountsPerOwner(int value) {
        maxAccountsPerOwner = value;
    }

    public int getMaxPlayFiles() {
        return maxPlayFiles;
    }

    public void setMaxPlayFiles(int value) {
        maxPlayFiles = value;
    }

    public Long getMaxPlayBytes() {
        return maxPlayBytes;
    }

    public void setMaxPlayBytes(Long value) {
        maxPlayBytes = value;
    }

    public boolean isStatusTracebacks() {
        return statusTracebacks;
    }

    public void setStatusTracebacks(boolean value) {
        statusTracebacks = value;
    }
}
