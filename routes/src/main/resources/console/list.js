// The rows of the list: read from the history, kept up by events.

import { getJson } from './session.js';
import { matches, parameters } from './filters.js';

const PAGE = 50;
const REFRESH = 15_000;
const RETRY = 5;
// After an event that says less than the history does.
const SOON = 2_000;
// Rows that events may add before the oldest go to the next page.
const MOST = 4 * PAGE;

// What an event says of itself and not of its call; code and phrase are those of a ringing, unless the call ended with them.
const OF_EVENT = new Set(['type', 'time', 'sequence', 'duration', 'setupTime', 'earlyMedia', 'by', 'target', 'peerCallId']);
const OF_END = new Set(['phrase', 'sipCode']);

/** The call as it is after the event. */
export function told(call, event) {
    const { type, time } = event;
    if (type.startsWith('tap-')) {
        return call;
    }
    const next = { ...call };
    delete next.why;
    for (const [name, value] of Object.entries(event)) {
        if (!OF_EVENT.has(name) && (type === 'call-ended' || !OF_END.has(name))) {
            next[name] = value;
        }
    }
    switch (type) {
        case 'call-received': next.createdAt ??= time; break;
        case 'call-initiated': next.createdAt ??= time; next.calledUri ??= event.target; break;
        case 'call-ringing': next.ringingAt ??= time; break;
        case 'call-answered': next.answeredAt ??= time; break;
        case 'call-ended': next.endedAt ??= time; break;
        case 'held': next.held = true; break;
        case 'resumed': next.held = false; break;
        case 'bridged': next.peerCallId = event.peerCallId; break;
    }
    return next;
}

// Without the Z, a time without a fraction is before those of the same second with one.
const began = call => call.createdAt.slice(0, -1);
const newestFirst = (a, b) => began(a) < began(b) ? 1 : began(a) > began(b) ? -1 : 0;

/** The rows and where they come from; outlives the page, so that coming back to it is instant. */
export class CallList {
    rows = [];
    next = null;
    filter = {};
    state = 'idle';
    failure = null;
    retryAt = null;
    current = null;
    extended = false;
    // Whether the rows are those of another filter.
    stale = false;
    listener = () => {};
    announced = '';
    #asked = 0;
    #timer = 0;
    #soon = 0;
    #painted = false;

    #changed() {
        this.listener({});
    }

    /** Events may come by the hundred: the page is painted once for all that came meanwhile. */
    #told() {
        if (!this.#painted) {
            this.#painted = true;
            setTimeout(() => {
                this.#painted = false;
                this.#changed();
            }, 50);
        }
    }

    #refreshSoon() {
        this.#soon ||= setTimeout(() => {
            this.#soon = 0;
            this.refresh();
        }, SOON);
    }

    open(filter) {
        if (this.state !== 'idle' && JSON.stringify(filter) === JSON.stringify(this.filter)) {
            this.refresh();
            return;
        }
        this.filter = filter;
        this.extended = false;
        this.current = null;
        this.stale = this.rows.length > 0;
        this.state = this.stale ? 'changing' : 'loading';
        this.#load(page => {
            this.#replace(page);
            this.announced = page.calls.length === 0 ? 'No calls listed'
                : `${page.calls.length}${this.next ? ' newest' : ''} ${page.calls.length === 1 ? 'call' : 'calls'} listed`;
        });
    }

    #replace(page) {
        this.rows = page.calls;
        this.next = page.nextPageToken ?? null;
        this.extended = false;
    }

    /** Reads the first page again without anybody noticing. */
    refresh() {
        if (this.state === 'ready' || this.state === 'failed') {
            this.#load(page => this.stale ? this.#replace(page) : this.#merge(page));
        }
    }

    more() {
        if (this.next && this.state === 'ready') {
            this.state = 'extending';
            this.#load(page => {
                const known = new Set(this.rows.map(each => each.callId));
                this.rows = [...this.rows, ...page.calls.filter(each => !known.has(each.callId))];
                this.next = page.nextPageToken ?? null;
                this.extended = true;
            }, this.next);
            this.#changed();
        }
    }

    close() {
        clearTimeout(this.#timer);
        clearTimeout(this.#soon);
        this.#soon = 0;
        this.#asked++;
        if (this.state !== 'failed') {
            this.state = this.rows.length > 0 || this.state === 'ready' ? 'ready' : 'idle';
        }
    }

    async #load(take, token) {
        clearTimeout(this.#timer);
        const asked = ++this.#asked;
        const query = parameters(this.filter);
        query.set('limit', PAGE);
        if (token) {
            query.set('pageToken', token);
        }
        let wait = REFRESH;
        try {
            const page = await getJson('history?' + query);
            if (asked !== this.#asked) {
                return;
            }
            take(page);
            this.stale = false;
            this.state = 'ready';
            this.failure = this.retryAt = null;
        } catch (failure) {
            if (asked !== this.#asked) {
                return;
            }
            this.state = 'failed';
            this.failure = failure;
            wait = failure.passing ? (failure.retryAfter ?? RETRY) * 1000 : null;
            this.retryAt = wait && Date.now() + wait;
        }
        if (wait) {
            this.#timer = setTimeout(() => document.hidden || this.refresh(), wait);
        }
        this.#changed();
    }

    #merge(page) {
        const known = new Map(this.rows.map(each => [each.callId, each]));
        const fresh = page.calls.map(each => ({ ...known.get(each.callId), ...each }));
        const names = new Set(fresh.map(each => each.callId));
        const oldest = page.nextPageToken ? fresh.at(-1)?.createdAt : null;
        const recent = new Date(Date.now() - 5_000).toISOString();
        const kept = this.rows.filter(each => !names.has(each.callId)
            && (each.createdAt > recent || this.extended && oldest && each.createdAt < oldest));
        this.rows = [...fresh, ...kept].sort(newestFirst);
        if (!this.extended) {
            this.next = page.nextPageToken ?? null;
        }
    }

    event(event) {
        const at = this.rows.findIndex(each => each.callId === event.callId);
        if (at >= 0) {
            this.rows[at] = told(this.rows[at], event);
            this.#told();
        } else if (event.type === 'call-received' || event.type === 'call-initiated') {
            const call = told({}, event);
            if (matches(this.filter, call)) {
                this.rows.unshift(call);
                if (this.rows.length > MOST && !this.extended) {
                    this.rows.length = PAGE;
                    this.#refreshSoon();
                }
                this.#told();
            }
        }
        if (event.type === 'call-ended') {
            this.#refreshSoon();
        }
    }
}
