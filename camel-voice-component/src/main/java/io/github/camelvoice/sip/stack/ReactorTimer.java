package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Properties;

/** JAIN-SIP's timers on the thread that runs its transactions. Made by the stack by name, then bound to its reactor. */
public final class ReactorTimer implements SipTimer {

    private Reactor reactor;
    private boolean started;

    void bind(Reactor owner) {
        reactor = owner;
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delay) {
        task.setSipTimerTask(reactor.schedule(task::runTask, delay, 0));
        return true;
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delay, long period) {
        task.setSipTimerTask(reactor.schedule(task::runTask, delay, period));
        return true;
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        if (task == null || !(task.getSipTimerTask() instanceof Reactor.Alarm alarm)) {
            return false;
        }
        alarm.cancel();
        return true;
    }

    @Override
    public void start(SipStackImpl stack, Properties properties) {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isStarted() {
        return started;
    }
}
