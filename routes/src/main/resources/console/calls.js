// The list: calls live and past, newest first. Read from the history, kept up by events.

import { h, useEffect, useRef, useState, useKeys, useNow, step, direction, Badge, Icon, Notice, Party, Time } from './parts.js';
import { getJson } from './session.js';
import { explain, isOver, moment, outcome, party, span, talked, why } from './words.js';
import { Filters, isEmpty, matches, parameters } from './filters.js';

const PAGE = 50;
const REFRESH = 15_000;
const RETRY = 5;
// After an event that says less than the history does.
const SOON = 2_000;
// Rows that events may add before the oldest go to the next page.
const MOST = 4 * PAGE;

/** What an event changes in the row of its call. */
export function told(call, event) {
    const { type, time, sequence, ...rest } = event;
    const next = { ...call };
    delete next.why;
    for (const [name, value] of Object.entries(rest)) {
        if (!['duration', 'setupTime', 'earlyMedia', 'by', 'target', 'peerCallId'].includes(name) && (type === 'call-ended' || !['phrase', 'sipCode'].includes(name))) {
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
            this.announced = page.calls.length === 0 ? 'No call matches' : `${page.calls.length}${this.next ? ' newest' : ''} calls listed`;
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

function Row({ call, now, current, onCurrent }) {
    const { text, tone } = outcome(call);
    const way = call.direction === 'inbound' ? 'in' : 'out';
    const code = isOver(call) && call.cause !== 'normal' && call.sipCode ? call.sipCode : '';
    return h('tr', { role: 'row', class: isOver(call) ? '' : 'is-live', 'data-call': call.callId,
        onClick: event => event.target.closest('a') || getSelection().toString() || event.currentTarget.querySelector('a').click() },
    h('td', { role: 'cell', class: 'when' }, h(Time, { iso: call.createdAt, now })),
    h('td', { role: 'cell', class: 'way' }, h('span', { class: 'offscreen' }, call.direction), h(Icon, { name: way })),
    h('td', { role: 'cell', class: 'from' }, h('a', { href: '#/calls/' + encodeURIComponent(call.callId), tabIndex: current ? 0 : -1, onFocus: onCurrent,
        'aria-label': `${party(call.from).filter(Boolean).join('@')} to ${party(call.to).filter(Boolean).join('@')}, ${text}, ${moment(call.createdAt).join(' ')}` },
    h(Party, { uri: call.from }))),
    h('td', { role: 'cell', class: 'to' }, h('span', { class: 'narrow', 'aria-hidden': 'true' }, '→ '), h(Party, { uri: call.to })),
    h('td', { role: 'cell', class: 'span' }, h('span', { class: 'offscreen' }, 'talked '), span(talked(call, now))),
    h('td', { role: 'cell', class: 'state' }, h(Badge, { tone }, text)),
    h('td', { role: 'cell', class: 'why', title: why(call) }, isOver(call) ? call.why || [code, call.phrase].filter(Boolean).join(' ') : ''));
}

const Empty = ({ filter, onClear }) => isEmpty(filter)
    ? h('div', { class: 'empty' }, h('h2', null, 'No calls yet'),
        h('p', null, 'Calls appear here the moment they come in or are placed, and stay when they are over.'))
    : h('div', { class: 'empty' }, h('h2', null, 'No call matches'), h('p', null, 'Try other words, or another time.'),
        h('button', { type: 'button', class: 'button', onClick: onClear }, 'Clear the filter'));

function Failure({ list, now }) {
    const { failure, retryAt } = list;
    const left = retryAt ? Math.max(Math.ceil((retryAt - now) / 1000), 0) : null;
    return h(Notice, { tone: failure.passing ? 'warn' : 'bad', title: failure.passing ? 'The list is not up to date' : 'The list cannot be shown',
        action: h('button', { type: 'button', class: 'button', onClick: () => list.refresh() }, h(Icon, { name: 'again' }), 'Try again') },
    explain(failure), left !== null && h('span', { 'aria-hidden': 'true' }, left > 0 ? ` Trying again in ${left} s.` : ' Trying again …'));
}

/** While the first page loads: rows as tall as those that will come. */
const Waiting = () => Array.from({ length: 12 }, (_, index) => h('tr', { key: index, class: 'waiting', 'aria-hidden': 'true' },
    h('td', { colSpan: 7 }, h('span', null))));

export function CallsPage({ list, filter, onFilter }) {
    const [, changed] = useState({});
    const table = useRef(null);
    useEffect(() => {
        list.listener = changed;
        return () => {
            list.listener = () => {};
            list.close();
        };
    }, [list]);
    useEffect(() => list.open(filter), [list, JSON.stringify(filter)]);
    useEffect(() => {
        const shown = () => document.hidden || list.refresh();
        document.addEventListener('visibilitychange', shown);
        return () => document.removeEventListener('visibilitychange', shown);
    }, [list]);
    useEffect(() => {
        document.title = 'Calls · camel-voice';
        // Back from a call: its row has the focus again.
        table.current?.querySelector('a[tabindex="0"]')?.focus();
    }, []);
    const live = list.rows.filter(each => !isOver(each)).length;
    const now = useNow(live > 0 || list.retryAt !== null);
    useKeys(event => {
        const links = [...table.current?.querySelectorAll('tbody a') ?? []];
        const by = direction(event.key);
        if (by !== 0) {
            const moved = step(links, by);
            if (!moved && by > 0) {
                document.getElementById('more')?.focus();
            }
            return moved;
        }
        switch (event.key) {
            case '/': document.getElementById('party').focus(); return true;
            case 'Home': case 'End': return step(links.slice(...(event.key === 'Home' ? [0, 1] : [-1])), -1);
            case 'Escape': event.target.blur(); table.current?.querySelector('a[tabindex="0"]')?.focus(); return true;
            default: return false;
        }
    });
    const current = list.rows.some(each => each.callId === list.current) ? list.current : list.rows[0]?.callId;
    const loading = list.state === 'loading' || list.state === 'idle';
    return h('main', { class: 'calls' },
        h('header', { class: 'head' }, h('h1', null, 'Calls'),
            h('p', { class: 'offscreen', role: 'status' }, list.announced),
            h('p', { class: 'sum' }, loading ? 'Reading …' : `${live} live · ${list.next ? `newest ${list.rows.length} shown` : `${list.rows.length} in all`}`)),
        h(Filters, { filter, onChange: onFilter }),
        list.failure && h(Failure, { list, now }),
        list.rows.length === 0 && list.state === 'ready' && h(Empty, { filter, onClear: () => onFilter({}) }),
        (list.rows.length > 0 || loading) && h('table', { ref: table, role: 'table', 'aria-label': 'Calls, newest first', 'aria-busy': loading,
            class: list.stale ? 'list stale' : 'list' },
        h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, [['when', 'Started'], ['way', 'Way'], ['from', 'From'], ['to', 'To'], ['span', 'Talked'],
            ['state', 'Outcome'], ['why', 'Why']].map(([name, text]) => h('th', { key: name, role: 'columnheader', scope: 'col', class: name },
            name === 'way' ? h('span', { class: 'offscreen' }, 'Direction') : text)))),
        h('tbody', { role: 'rowgroup' }, loading ? h(Waiting) : list.rows.map(call => h(Row, { key: call.callId, call, now: isOver(call) ? null : now,
            current: call.callId === current, onCurrent: () => {
                list.current = call.callId;
                changed({});
            } })))),
        list.next && h('button', { type: 'button', id: 'more', class: 'button more', disabled: list.state === 'extending', onClick: () => list.more() },
            list.state === 'extending' ? 'Reading …' : 'Older calls'));
}
