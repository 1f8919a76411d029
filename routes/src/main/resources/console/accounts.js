// SIP accounts of ours at other servers: how they are registered, what their sessions do, and a form that registers one.

import { h, useEffect, useRef, useState, useKeys, useNow, Back, Badge, Notice, Time } from './parts.js';
import { request } from './session.js';
import { useAnew, Failure } from './reading.js';
import { count, explain } from './words.js';
import { REGISTRATIONS, away, said, trouble } from './statuses.js';

const REFRESH = 3_000;
const SHOWN = 200;

export const path = (name, more = '') => `sip-accounts/${encodeURIComponent(name)}${more}`;
export const notThere = failure => failure.status === 404 ? 'There is no such SIP account any more.' : explain(failure);
/** What the gateway said to a request, where it says more than its status. */
export const refused = failure => {
    const detail = failure.problem?.detail;
    return detail && failure.status !== 401 ? detail[0].toUpperCase() + detail.slice(1) + '.' : notThere(failure);
};

export const RegistrationBadge = ({ registration }) => {
    const [text, tone] = REGISTRATIONS[registration?.state ?? 'gone'] ?? [registration.state, 'quiet'];
    return h(Badge, { tone }, text);
};

/** Until when, or why not and when again. */
export function Registered({ registration, now }) {
    if (!registration) {
        return null;
    }
    const { state, server, transport, expiresAt, attempts, nextAt } = registration;
    const why = trouble(registration);
    return h('span', { class: 'registered' },
        state === 'registered' && server && `at ${server}${transport ? ' by ' + transport : ''}`,
        state === 'registered' && expiresAt && [', until ', h(Time, { iso: expiresAt, now }), h('span', { class: 'soft' }, ` (${away(expiresAt, now)})`)],
        why && h('span', { class: 'why' }, state === 'registered' ? '. Lately: ' : '', why),
        attempts > 1 && h('span', null, ` ${count(attempts)} failures in a row.`),
        nextAt && h('span', { class: 'next' }, ' Next try ', h(Time, { iso: nextAt, now }), h('span', { class: 'soft' }, ` (${away(nextAt, now)})`)),
        state === 'refused' && !nextAt && ' It is not tried again: register it anew.');
}

const FIELDS = [['account', 'Account', { required: true, placeholder: 'user@example.com', maxLength: 512 }],
    ['password', 'Password', { type: 'password', autocomplete: 'new-password', maxLength: 1024 }]];
const MORE = [['authUsername', 'User for the password', { placeholder: 'the user of the account', maxLength: 1024 }],
    ['outboundProxy', 'Outbound proxy', { placeholder: 'found by DNS', maxLength: 1024 }],
    ['displayName', 'Display name', { maxLength: 1024 }],
    ['expires', 'Seconds until it expires', { type: 'number', min: 60, max: 86400, placeholder: '3600' }]];

/** name: of the account that is registered anew, or nothing. What has no text is left out. */
export function Register({ name, onDone }) {
    const form = useRef(null);
    const [busy, setBusy] = useState(false);
    const [failure, setFailure] = useState(null);
    useEffect(() => form.current.querySelector('input:not([readonly])').focus(), []);
    const submit = async event => {
        event.preventDefault();
        setBusy(true);
        setFailure(null);
        const { account, expires, ...texts } = Object.fromEntries([...new FormData(form.current)].filter(([, text]) => text.trim() !== ''));
        try {
            await request(path(account.trim()), { method: 'PUT', json: { ...texts, ...(expires && { expires: Number(expires) }) } });
            onDone(account.trim());
        } catch (wrong) {
            setFailure(wrong);
            setBusy(false);
        }
    };
    const input = ([field, words, more]) => h('label', { class: 'field', key: field }, h('span', null, words), h('input', { name: field, spellcheck: false,
        autocapitalize: 'none', autocomplete: 'off', ...more, ...(field === 'account' && name ? { defaultValue: name, readOnly: true } : {}) }));
    return h('form', { class: 'register', ref: form, onSubmit: submit, 'aria-label': name ? `Register ${name} anew` : 'Register an account', onKeyDown: event => {
        if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onDone(null);
        }
    } }, FIELDS.map(input), h('label', { class: 'field' }, h('span', null, 'Transport'), h('select', { name: 'transport' },
        [['', 'what the domain wants'], ['udp', 'UDP'], ['tcp', 'TCP'], ['tls', 'TLS']].map(([value, words]) => h('option', { key: value, value }, words)))),
    MORE.map(input),
    h('div', { class: 'tools' }, h('button', { class: 'button primary', disabled: busy }, busy ? 'Registering …' : 'Register'),
        h('button', { type: 'button', class: 'button', onClick: () => onDone(null) }, 'Cancel')),
    h('div', { class: 'outcome', 'aria-live': 'assertive' }, failure && h(Notice, { tone: 'bad', title: 'That did not work' }, refused(failure))));
}

function Row({ one, now }) {
    const [words, tone] = one.status ? said(one.status) : ['No session', 'quiet'];
    return h('li', { class: 'subscription account', 'data-account': one.account },
        h('header', null, h(RegistrationBadge, { registration: one.registration }),
            h('h3', null, h('a', { href: '#/accounts/' + encodeURIComponent(one.account) }, one.account)),
            one.started && h(Badge, { tone }, words),
            h('span', { class: 'tools soft' }, one.started ? 'in a session' : 'no session', one.owner && ` · of ${one.owner}`)),
        h('p', { class: 'to' }, h(Registered, { registration: one.registration, now }),
            one.callId && h('span', null, ' ', h('a', { href: '#/calls/' + encodeURIComponent(one.callId) }, 'Its call'))));
}

const sum = found => `${count(found.registered)} of ${count(found.count)} registered`
    + (found.sessions > 0 ? `, ${count(found.sessions)} in a session` : '') + (found.calls > 0 ? `, ${count(found.calls)} in a call` : '');

export function AccountsPage({ onBack }) {
    const [text, setText] = useState('');
    const [state, setState] = useState('');
    const [asking, setAsking] = useState(false);
    const query = new URLSearchParams({ limit: SHOWN, ...(text.trim() && { name: text.trim() }), ...(state && { state }) });
    const [{ found, failure }, again] = useAnew('sip-accounts?' + query, REFRESH);
    const now = useNow(true);
    const title = useRef(null);
    const button = useRef(null);
    useEffect(() => {
        document.title = 'SIP accounts · camel-voice';
        title.current?.focus({ preventScroll: true });
    }, []);
    useKeys(event => event.key === 'Escape' && (onBack(), true));
    const done = name => {
        setAsking(false);
        again();
        if (name) {
            location.hash = '#/accounts/' + encodeURIComponent(name);
        } else {
            button.current?.focus();
        }
    };
    const filtered = Boolean(text.trim() || state);
    return h('main', { class: 'callbacks subscriptions accounts' }, h(Back, { href: '#/', onBack }, 'Calls'),
        h('header', { class: 'head' }, h('h1', { ref: title, tabIndex: -1 }, 'SIP accounts'), h('span', { class: 'sum' }, found ? sum(found) : 'ours at other servers'),
            h('span', { class: 'gap' }),
            found?.may.includes('update') && h('button', { type: 'button', class: 'button', id: 'register', ref: button, 'aria-expanded': String(asking),
                onClick: () => setAsking(!asking) }, 'Register an account')),
        asking && h(Register, { onDone: done }),
        h('div', { class: 'choice' },
            h('label', { class: 'field' }, h('span', null, 'Name'), h('input', { type: 'search', value: text, maxLength: 200, placeholder: 'part of the name',
                onInput: event => setText(event.currentTarget.value) })),
            h('label', { class: 'field' }, h('span', null, 'Registration'), h('select', { value: state, onChange: event => setState(event.currentTarget.value) },
                h('option', { value: '' }, 'any'), ['registered', 'registering', 'queued', 'waiting', 'refused'].map(value => h('option', { key: value, value },
                    value === 'waiting' ? 'Failed, tried again' : REGISTRATIONS[value][0]))))),
        h(Failure, { failure, said: notThere }),
        found && found.accounts.length === 0 && h('div', { class: 'empty' }, h('h2', null, filtered ? 'None like that' : 'No SIP account is registered'),
            !filtered && h('p', null, 'An account at a SIP server makes this gateway a phone there: it is registered here, by the HTTP API, by gRPC or by a route.')),
        found && h('ul', { class: 'all' }, found.accounts.map(one => h(Row, { key: one.account, one, now }))),
        found && found.count > found.accounts.length && h('p', { class: 'none' },
            `${count(found.accounts.length)} of ${count(found.count)} accounts are shown; a part of the name finds the others.`));
}
