package io.github.camelvoice.voice;

import io.github.camelvoice.call.guard.AccountLimits;
import io.github.camelvoice.call.guard.CallRules;
import io.github.camelvoice.call.guard.GuardLimits;
import io.github.camelvoice.call.guard.GuardPolicy;
import java.time.Duration;
import org.apache.camel.spi.Metadata;

/** Options that say who may be called, how often, how many at a time, and for how long (docs/guards.md). */
public abstract class VoiceGuardOptions extends VoiceUserOptions {

    @Metadata(label = "security", defaultValue = "*", description = "Whom calls may be placed to: patterns of user and host, with asterisks, "
            + "separated by commas; names for users that are no telephone numbers, none for nobody. See guards.md.")
    private String callsAllow = "*";
    @Metadata(label = "security", defaultValue = "none", description = "Whom no calls may be placed to, whatever callsAllow says: patterns, "
            + "premium for premium rates and satellites, international for numbers with an international prefix. See guards.md.")
    private String callsDeny = "none";
    @Metadata(label = "security", defaultValue = "0", description = "Calls that an account may place a second, twice as many at once; 0 for no limit.")
    private int callsPerSecond;
    @Metadata(label = "security", defaultValue = "0", description = "Placed calls of an account that may live at a time; 0 for no limit.")
    private int callsConcurrent;
    @Metadata(label = "security", defaultValue = "0", javaType = "java.time.Duration", description = "Longest time of a placed call once "
            + "answered, whatever timeLimit says; 0 for no limit.")
    private long callsMaxTime;
    @Metadata(label = "security,advanced", description = "Limits of single accounts, a bean of type "
            + "io.github.camelvoice.call.guard.AccountLimits. Without it all accounts have the same.")
    private AccountLimits accountLimits;

    public String getCallsAllow() {
        return callsAllow;
    }

    public void setCallsAllow(String value) {
        callsAllow = value;
    }

    public String getCallsDeny() {
        return callsDeny;
    }

    public void setCallsDeny(String value) {
        callsDeny = value;
    }

    public int getCallsPerSecond() {
        return callsPerSecond;
    }

    public void setCallsPerSecond(int value) {
        callsPerSecond = value;
    }

    public int getCallsConcurrent() {
        return callsConcurrent;
    }

    public void setCallsConcurrent(int value) {
        callsConcurrent = value;
    }

    public long getCallsMaxTime() {
        return callsMaxTime;
    }

    public void setCallsMaxTime(long value) {
        callsMaxTime = value;
    }

    public AccountLimits getAccountLimits() {
        return accountLimits;
    }

    public void setAccountLimits(AccountLimits value) {
        accountLimits = value;
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    GuardPolicy guard() {
        boolean all = callsAllow.strip().equals("*") && callsDeny.strip().equals("none");
        return new GuardPolicy(all ? CallRules.ALL : rules(), limits(), accountLimits == null ? AccountLimits.NONE : accountLimits);
    }

    private CallRules rules() {
        try {
            return new CallRules(callsAllow, callsDeny);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("callsAllow or callsDeny: " + wrong.getMessage(), wrong);
        }
    }

    private GuardLimits limits() {
        if (callsPerSecond < 0 || callsConcurrent < 0 || callsMaxTime < 0) {
            throw new IllegalArgumentException("callsPerSecond, callsConcurrent and callsMaxTime must be 0 or more");
        }
        return new GuardLimits(callsPerSecond, callsConcurrent, callsMaxTime == 0 ? null : Duration.ofMillis(callsMaxTime));
    }
}
