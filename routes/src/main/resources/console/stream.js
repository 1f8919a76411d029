// The event stream, read with fetch because EventSource cannot carry credentials. Reconnects; sleeps while the tab is hidden.

import { request } from './session.js';

const KINDS = 'call-received,call-initiated,call-ringing,call-answered,call-ended,held,resumed,bridged,unbridged,tap-started,tap-changed,tap-ended';
// The gateway sends a line every 15 s; after this long without one the connection is dead.
const SILENCE = 40_000;
const PAUSES = [1_000, 2_000, 5_000, 10_000];
const HIDDEN = 20_000;

/** Splits chunks of text into events: what stands in the data lines of each. */
function splitter(take) {
    let rest = '';
    let data = [];
    return chunk => {
        const lines = (rest + chunk).split(/\r?\n/);
        rest = lines.pop();
        for (const line of lines) {
            if (line === '') {
                if (data.length > 0) {
                    take(data.join('\n'));
                }
                data = [];
            } else if (line.startsWith('data:')) {
                data.push(line.slice(line[5] === ' ' ? 6 : 5));
            }
        }
    };
}

/**
 * Follows the events of all calls, or what the path has that where() says at each connection, until the returned function is called.
 * onState(state): 'connecting', 'live' (each time it is, so that what was missed can be read), 'lost', 'paused'.
 */
export function follow(onEvent, onState, where = () => 'events?kind=' + KINDS) {
    let abort = null;
    let stopped = false;
    let failures = 0;
    let timer = 0;
    let hiding = 0;

    const take = text => {
        try {
            onEvent(JSON.parse(text));
        } catch (failure) {
            console.warn('an event could not be read', failure);
        }
    };

    async function listen() {
        onState(failures === 0 ? 'connecting' : 'lost');
        const own = abort = new AbortController();
        let watch = 0;
        const alive = () => {
            clearTimeout(watch);
            watch = setTimeout(() => own.abort(), SILENCE);
        };
        let failed = null;
        try {
            alive();
            const response = await request(where(), { accept: 'text/event-stream', signal: own.signal });
            const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
            const split = splitter(take);
            for (;;) {
                const { value, done } = await reader.read();
                if (done) {
                    break;
                }
                alive();
                if (failures !== -1) {
                    failures = -1;
                    onState('live');
                }
                split(value);
            }
        } catch (failure) {
            failed = failure;
        }
        clearTimeout(watch);
        if (stopped || abort !== own || failed?.status === 401) {
            return;
        }
        if (failed?.status === 403) {
            onState('forbidden');
            return;
        }
        failures = Math.max(failures, 0) + 1;
        onState('lost');
        timer = setTimeout(listen, failed?.retryAfter ? failed.retryAfter * 1000 : PAUSES[Math.min(failures, PAUSES.length) - 1]);
    }

    // A browser opens six connections to a host: streams of forgotten tabs must not use them up.
    function visibility() {
        clearTimeout(hiding);
        if (document.hidden) {
            hiding = setTimeout(() => {
                clearTimeout(timer);
                const was = abort;
                abort = null;
                was?.abort();
                onState('paused');
            }, HIDDEN);
        } else if (abort === null) {
            failures = 0;
            listen();
        }
    }

    document.addEventListener('visibilitychange', visibility);
    listen();
    return () => {
        stopped = true;
        clearTimeout(timer);
        clearTimeout(hiding);
        document.removeEventListener('visibilitychange', visibility);
        abort?.abort();
    };
}
