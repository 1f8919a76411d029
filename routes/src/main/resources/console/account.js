// One SIP account: its registration, its session, its call, and the history of its statuses as it grows.

import { h, useEffect, useRef, useState, useKeys, useNow, Back, Badge, Fact, Notice, Time } from './parts.js';
import { getJson, request } from './session.js';
import { follow } from './stream.js';
import { useAnew, Failure } from './reading.js';
import { count } from './words.js';
import { answers, said } from './statuses.js';
import { path, notThere, refused, Register, Registered, RegistrationBadge } from './accounts.js';

const REFRESH = 3_000;
const KEPT = 200;
const SOON = 150;
const INTERVALS = [[0, 'answers at once'], [5, 'answers after 5 s'], [15, 'answers after 15 s'], [-1, 'does not answer by itself']];

/** The newest statuses, oldest first, and what comes. onNews: whenever one came. */
function useHistory(account, onNews) {
    const [state, set] = useState({ statuses: null, more: false, stream: 'connecting', failure: null });
    const news = useRef(onNews);
    news.current = onNews;
    useEffect(() => {
        let stop = () => {};
        let gone = false;
        let last = 0;
        let timer = 0;
        const begin = async () => {
            try {
                const { statuses, more } = await getJson(path(account, `/statuses?limit=${KEPT}`));
                last = statuses.at(-1)?.sequence ?? 0;
                if (gone) {
                    return;
                }
                set(before => ({ ...before, statuses, more, failure: null }));
                stop = follow(status => {
                    last = status.sequence;
                    set(before => {
                        const all = [...before.statuses.filter(each => each.sequence < status.sequence), status];
                        return { ...before, statuses: all.slice(-KEPT), more: before.more || all.length > KEPT };
                    });
                    clearTimeout(timer);
                    timer = setTimeout(() => news.current(), SOON);
                }, stream => gone || set(before => ({ ...before, stream })), () => path(account, `/statuses/stream?after=${last}`));
            } catch (failure) {
                if (!gone) {
                    set(before => ({ ...before, failure }));
                    if (failure.passing) {
                        timer = setTimeout(begin, (failure.retryAfter ?? 5) * 1000);
                    }
                }
            }
        };
        begin();
        return () => {
            gone = true;
            clearTimeout(timer);
            stop();
        };
    }, [account]);
    return state;
}

const LIVE = { connecting: ['quiet', 'Connecting'], live: ['live', 'Live'], lost: ['warn', 'Reconnecting'], paused: ['quiet', 'Paused'],
    forbidden: ['warn', 'Not live'] };

/** What is over does not look as if it went on. */
function Entry({ status, newest }) {
    const [words, now] = said(status);
    const tone = now === 'live' && !newest ? 'good' : now;
    return h('li', { class: 'status', 'data-sequence': status.sequence }, h(Time, { iso: status.time }), h(Badge, { tone }, words),
        h('span', { class: 'told' }, status.description, status.exceptionName && ` ${status.exceptionName}`),
        status.callId && h('a', { href: '#/calls/' + encodeURIComponent(status.callId), 'aria-label': `The call of ${words}` }, 'call'));
}

function History({ account, onNews }) {
    const { statuses, more, stream, failure } = useHistory(account, onNews);
    const [tone, text] = LIVE[stream];
    return h('section', { class: 'history', 'aria-labelledby': 'history' },
        h('header', null, h('h2', { id: 'history' }, 'History'), statuses && h(Badge, { tone }, text)),
        h(Failure, { failure, said: notThere }),
        statuses && statuses.length === 0 && h('p', { class: 'none' }, 'Nothing has happened yet.'),
        statuses && h('ol', { reversed: true }, [...statuses].reverse().map((status, i) => h(Entry, { key: status.sequence, status, newest: i === 0 }))),
        more && h('p', { class: 'none' }, `Only the newest ${count(KEPT)} are shown; the HTTP API has the others.`));
}

function Session({ one, act, may }) {
    const [interval, setInterval] = useState('0');
    const registered = one.registration?.state === 'registered';
    return h('section', { class: 'panel session', 'aria-labelledby': 'session' }, h('h2', { id: 'session' }, 'Session'),
        h('p', null, one.started ? `It has a session: ${answers(one.autoAnswerInterval)}.` : 'It has no session: calls to it go to the routes, and it calls nobody.'),
        may('update') && h('div', { class: 'tools' }, one.started
            ? h('button', { type: 'button', class: 'button', id: 'end-session', onClick: () => act('DELETE', '/session') }, 'End the session')
            : [h('label', { key: 'how', class: 'field' }, h('span', { class: 'offscreen' }, 'Incoming calls'), h('select', { value: interval,
                onChange: event => setInterval(event.currentTarget.value) }, INTERVALS.map(([value, words]) => h('option', { key: value, value }, words)))),
            h('button', { key: 'start', type: 'button', class: 'button', id: 'start-session', disabled: !registered,
                onClick: () => act('POST', '/session', { autoAnswerInterval: Number(interval) }) }, 'Start a session')]));
}

function Dial({ act }) {
    const [callee, setCallee] = useState('');
    const submit = async event => {
        event.preventDefault();
        if (await act('POST', '/session/call', { callee: callee.trim() })) {
            setCallee('');
        }
    };
    return h('form', { class: 'tools', onSubmit: submit }, h('label', { class: 'field' }, h('span', { class: 'offscreen' }, 'Whom to call'),
        h('input', { name: 'callee', required: true, maxLength: 512, spellcheck: false, autocapitalize: 'none', autocomplete: 'off', value: callee,
            placeholder: 'number, user@host or SIP URI', onInput: event => setCallee(event.currentTarget.value) })), h('button', { class: 'button', id: 'call' }, 'Call'));
}

function Call({ one, act, may }) {
    const [words, tone] = one.status ? said(one.status) : ['', 'quiet'];
    const rings = one.status?.status === 'INCOMING_CALL_INITIATED';
    return h('section', { class: 'panel the-call', 'aria-labelledby': 'the-call' }, h('h2', { id: 'the-call' }, 'Call'),
        one.callId ? h('p', null, h(Badge, { tone }, words), ' ', h('a', { href: '#/calls/' + encodeURIComponent(one.callId) },
            'Open the call')) : h('p', null, one.started ? 'None just now.' : 'Only a session has calls.'),
        may('call') && one.callId && h('div', { class: 'tools' },
            rings && h('button', { type: 'button', class: 'button', id: 'answer', onClick: () => act('POST', '/session/call/answer') }, 'Answer'),
            h('button', { type: 'button', class: 'button', id: 'hang-up', onClick: () => act('DELETE', '/session/call') }, 'Hang up')),
        may('call') && one.started && !one.callId && h(Dial, { act }));
}

function Unregister({ name, act, onGone }) {
    const [asking, setAsking] = useState(false);
    const sure = useRef(null);
    useEffect(() => sure.current?.focus(), [asking]);
    useKeys(event => event.key === 'Escape' && (setAsking(false), true), asking);
    return asking ? h('span', { class: 'sure' }, 'Its session ends, and nobody reaches it any more. ',
        h('button', { type: 'button', class: 'button', ref: sure, id: 'unregister-sure', onClick: async () => {
            setAsking(false);
            if (await act('DELETE', '')) {
                onGone();
            }
        } }, `Unregister ${name}`), h('button', { type: 'button', class: 'button', onClick: () => setAsking(false) }, 'Keep it'))
        : h('button', { type: 'button', class: 'button', id: 'unregister', onClick: () => setAsking(true) }, 'Unregister');
}

export function AccountPage({ id, onBack }) {
    const [{ found, failure }, again] = useAnew(path(id), REFRESH);
    const [wrong, setWrong] = useState(null);
    const [anew, setAnew] = useState(false);
    const now = useNow(true);
    const title = useRef(null);
    useEffect(() => {
        document.title = `${id} · camel-voice`;
        title.current?.focus({ preventScroll: true });
    }, [id]);
    useKeys(event => event.key === 'Escape' && !document.querySelector('.sure') && (onBack(), true));
    const may = what => found.may.includes(what);
    const act = async (method, more, json) => {
        try {
            await request(path(id, more), { method, json });
            setWrong(null);
            return true;
        } catch (failed) {
            setWrong(failed);
            return false;
        } finally {
            again();
        }
    };
    return h('main', { class: 'callbacks subscriptions accounts' }, h(Back, { href: '#/accounts', onBack }, 'SIP accounts'),
        h('header', { class: 'head' }, h('h1', { ref: title, tabIndex: -1 }, id), found && h(RegistrationBadge, { registration: found.registration }),
            h('span', { class: 'gap' }),
            found && may('update') && [h('button', { key: 'anew', type: 'button', class: 'button', id: 'anew', 'aria-expanded': String(anew),
                onClick: () => setAnew(!anew) }, 'Register anew'), h(Unregister, { key: 'un', name: id, act, onGone: onBack })]),
        anew && h(Register, { name: id, onDone: () => {
            setAnew(false);
            again();
        } }),
        wrong && h(Notice, { tone: 'bad', title: 'That did not work', action: h('button', { type: 'button', class: 'button',
            onClick: () => setWrong(null) }, 'Close') }, refused(wrong)),
        h(Failure, { failure, said: notThere }),
        found && h('p', { class: 'registration' }, h(Registered, { registration: found.registration, now })),
        found && h('dl', { class: 'facts' }, found.registration?.server && h(Fact, { name: 'Server' }, found.registration.server),
            found.registration?.registeredAt && h(Fact, { name: 'Registered since' }, h(Time, { iso: found.registration.registeredAt, now })),
            found.owner && h(Fact, { name: 'Registered by' }, found.owner), found.status && h(Fact, { name: 'Status' }, said(found.status)[0])),
        found && h('div', { class: 'panels' }, h(Session, { one: found, act, may }), h(Call, { one: found, act, may })),
        h(History, { account: id, onNews: again }));
}
