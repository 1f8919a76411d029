// Callbacks: what was to be told to others. Those given up can be tried again, those that wait can be given up.

import { h, useEffect, useRef, useState, useKeys, Badge, Icon, Notice, Time } from './parts.js';
import { getJson, request } from './session.js';
import { count, explain } from './words.js';

const REFRESH = 5_000;
const PAGE = 50;
const STATES = { 'given-up': ['Given up', 'bad'], waiting: ['Waiting', 'warn'], delivered: ['Delivered', 'good'] };

const path = (id, more = '') => `callbacks/${encodeURIComponent(id)}${more}`;

/** The first page of a state, anew every few seconds while somebody looks. */
function useList(state) {
    const [list, set] = useState({ rows: null, more: false, failure: null });
    const again = useRef(() => {});
    useEffect(() => {
        let gone = false;
        let timer = 0;
        const read = async () => {
            clearTimeout(timer);
            let next = REFRESH;
            try {
                if (!document.hidden) {
                    const page = await getJson(`callbacks?state=${state}&limit=${PAGE}`);
                    if (!gone) {
                        set({ rows: page.callbacks, more: Boolean(page.nextPageToken), failure: null });
                    }
                }
            } catch (failure) {
                if (!gone) {
                    set(before => ({ ...before, failure }));
                }
                next = failure.passing ? (failure.retryAfter ?? 5) * 1000 : 0;
            }
            if (!gone && next > 0) {
                clearTimeout(timer);
                timer = setTimeout(read, next);
            }
        };
        again.current = read;
        set({ rows: null, more: false, failure: null });
        read();
        return () => {
            gone = true;
            clearTimeout(timer);
        };
    }, [state]);
    return [list, () => again.current()];
}

function Attempts({ id }) {
    const [record, set] = useState(null);
    const [failure, setFailure] = useState(null);
    useEffect(() => {
        let gone = false;
        getJson(path(id)).then(found => gone || set(found), refused => gone || setFailure(refused));
        return () => {
            gone = true;
        };
    }, [id]);
    if (failure) {
        return h('p', { class: 'none' }, explain(failure));
    }
    return h('ol', { class: 'attempts', 'aria-label': 'Attempts' }, (record?.attempts ?? []).slice(-10).map(each => h('li', { key: each.number },
        h('b', null, `${each.number}.`), ' ', h(Time, { iso: each.at }), ` ${count(each.millis)} ms: ${each.failure ?? 'delivered'}`)),
    record && record.attempts.length === 0 && h('li', null, 'It was never tried.'));
}

function Row({ callback, open, onOpen, act }) {
    const [text, tone] = STATES[callback.state] ?? [callback.state, 'quiet'];
    const about = `${callback.kind} of call ${callback.callId}`;
    return h('li', { class: 'callback', 'data-callback': callback.id },
        h('header', null, h(Badge, { tone }, text), h('h3', null, callback.kind, ' → ', callback.receiver), h(Time, { iso: callback.takenAt }),
            h('div', { class: 'tools' },
                h('button', { type: 'button', class: 'button', 'aria-expanded': String(open), 'aria-label': `Attempts to deliver ${about}`, onClick: onOpen },
                    callback.tried === 1 ? '1 attempt' : `${count(callback.tried)} attempts`),
                callback.state === 'given-up' && h('button', { type: 'button', class: 'button replay', 'aria-label': `Try ${about} again`,
                    onClick: () => act('POST', path(callback.id, '/replay')) }, h(Icon, { name: 'again' }), 'Try again'),
                callback.state === 'waiting' && h('button', { type: 'button', class: 'button', 'aria-label': `Give up ${about}`,
                    onClick: () => act('DELETE', path(callback.id)) }, 'Give up'))),
        h('p', { class: 'to' }, callback.cause && h('span', { class: 'cause' }, callback.cause + ' '),
            h('a', { href: '#/calls/' + encodeURIComponent(callback.callId), class: 'id' }, callback.callId)),
        open && h(Attempts, { id: callback.id }));
}

export function CallbacksPage({ onBack }) {
    const [state, setState] = useState('given-up');
    const [open, setOpen] = useState(null);
    const [trouble, setTrouble] = useState(null);
    const [{ rows, more, failure }, again] = useList(state);
    const title = useRef(null);
    useEffect(() => {
        document.title = 'Callbacks · camel-voice';
        title.current?.focus({ preventScroll: true });
    }, []);
    useKeys(event => event.key === 'Escape' && (onBack(), true));
    const act = async (method, where) => {
        try {
            await request(where, { method });
            setTrouble(null);
        } catch (refused) {
            setTrouble(refused);
        }
        again();
    };
    return h('main', { class: 'callbacks' },
        h('nav', { 'aria-label': 'Back' }, h('a', { href: '#/', class: 'back', onClick: event => {
            event.preventDefault();
            onBack();
        } }, h(Icon, { name: 'back' }), 'Calls')),
        h('header', { class: 'head' }, h('h1', { ref: title, tabIndex: -1 }, 'Callbacks'),
            h('span', { class: 'sum' }, 'what was to be told to status URLs'),
            h('label', { class: 'field which' }, h('span', { class: 'offscreen' }, 'State'), h('select', { value: state,
                onChange: event => setState(event.currentTarget.value) },
            Object.entries(STATES).map(([value, [words]]) => h('option', { key: value, value }, words))))),
        trouble && h(Notice, { tone: 'bad', title: 'That did not work', action: h('button', { type: 'button', class: 'button',
            onClick: () => setTrouble(null) }, 'Close') }, trouble.problem?.detail ?? explain(trouble)),
        failure && h(Notice, { tone: failure.passing ? 'warn' : 'bad', title: 'The list is not up to date' }, explain(failure)),
        rows && rows.length === 0 && h('div', { class: 'empty' }, h('h2', null, `None ${STATES[state][0].toLowerCase()}`)),
        rows && h('ul', null, rows.map(each => h(Row, { key: each.id, callback: each, act, open: open === each.id,
            onOpen: () => setOpen(open === each.id ? null : each.id) }))),
        more && h('p', { class: 'none' }, `Only the newest ${PAGE} are shown; the HTTP API has the others.`));
}
