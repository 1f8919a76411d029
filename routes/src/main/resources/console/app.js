// The shell: who is signed in, which page, which colours, whether events come.

import { h, render, useEffect, useMemo, useRef, useState, useKeys, Icon, Notice } from './parts.js';
import { account, onSession, signIn, signOut } from './session.js';
import { follow } from './stream.js';
import { explain } from './words.js';
import { CallList } from './list.js';
import { CallsPage } from './calls.js';
import { CallPage } from './call.js';
import { CallbacksPage } from './callbacks.js';
import { SubscriptionPage, SubscriptionsPage } from './subscriptions.js';
import { AccountsPage } from './accounts.js';
import { AccountPage } from './account.js';
import { UsersPage } from './users.js';
import { read, write } from './filters.js';
import { Help } from './help.js';

function route() {
    const [path, query = ''] = location.hash.replace(/^#/, '').split('?');
    if (path === '/callbacks') {
        return { callbacks: true };
    }
    if (path === '/users') {
        return { users: true };
    }
    const subscription = /^\/subscriptions(?:\/([^/]+))?$/.exec(path);
    const account = /^\/accounts(?:\/([^/]+))?$/.exec(path);
    const call = /^\/calls\/([^/]+)$/.exec(path);
    try {
        if (subscription) {
            return { subscriptions: true, subscription: subscription[1] && decodeURIComponent(subscription[1]) };
        }
        if (account) {
            return { accounts: true, account: account[1] && decodeURIComponent(account[1]) };
        }
        return call ? { id: decodeURIComponent(call[1]) } : { filter: read(query) };
    } catch {
        return { filter: {} };
    }
}

function SignIn({ reason }) {
    const [failure, setFailure] = useState(null);
    const [busy, setBusy] = useState(false);
    const name = useRef(null);
    const token = useRef(null);
    useEffect(() => {
        document.title = 'Sign in · camel-voice';
        name.current.focus();
    }, []);
    const submit = async event => {
        event.preventDefault();
        setBusy(true);
        setFailure(null);
        try {
            await signIn(name.current.value.trim(), token.current.value.trim());
        } catch (refused) {
            setFailure(refused);
            setBusy(false);
            token.current.focus();
            token.current.select();
        }
    };
    return h('main', { class: 'sign-in' }, h('form', { onSubmit: submit, 'aria-labelledby': 'sign-in' },
        h('h1', { id: 'sign-in' }, h(Mark), 'camel-voice'),
        h('p', null, 'Sign in with an account of the HTTP API.'),
        h('label', { class: 'field' }, h('span', null, 'Account'),
            h('input', { ref: name, name: 'account', required: true, autocomplete: 'username', spellcheck: false, autocapitalize: 'none' })),
        h('label', { class: 'field' }, h('span', null, 'Token'),
            h('input', { ref: token, name: 'token', type: 'password', required: true, autocomplete: 'current-password' })),
        h('button', { class: 'button primary', disabled: busy }, busy ? 'Signing in …' : 'Sign in'),
        // In the place of the hint, so that nothing moves.
        h('div', { class: 'said', 'aria-live': 'assertive' }, failure
            ? h(Notice, { tone: 'bad' }, explain(failure), failure.retryAfter && ` Try again in ${failure.retryAfter} s.`)
            : reason ? h(Notice, { tone: 'warn' }, reason)
                : h('p', { class: 'small' },
                    'The gateway makes a token at its first start: account “voice”, token in auth-token in its data folder.'))));
}

const Mark = () => h('svg', { class: 'mark', viewBox: '0 0 32 32', 'aria-hidden': 'true' }, h('rect', { width: 32, height: 32, rx: 7 }),
    h('path', { d: 'M6 16v0M11 11v10M16 6v20M21 11v10M26 15v2' }));

const STREAM = { connecting: ['quiet', 'Connecting'], live: ['live', 'Live'], lost: ['warn', 'Reconnecting'], paused: ['quiet', 'Paused'],
    forbidden: ['warn', 'No events'] };
const ABOUT = { connecting: 'The event stream is being opened', live: 'Calls appear and change as they happen',
    lost: 'The event stream is lost; the page tries again', paused: 'Paused while nobody looks',
    forbidden: 'This account may not follow events; the list is read again every 15 seconds' };

function Theme() {
    const { themes, get, set } = globalThis.voiceTheme;
    const [theme, setTheme] = useState(get);
    const next = themes[(themes.indexOf(theme) + 1) % themes.length];
    return h('button', { type: 'button', class: 'button bare', id: 'theme', 'aria-label': `Colours: ${theme}. Change to ${next}`,
        title: `Colours: ${theme}`, onClick: () => {
            set(next);
            setTheme(next);
        } }, h(Icon, { name: theme }));
}

function Bar({ stream, onHelp }) {
    const [tone, text] = STREAM[stream];
    return h('header', { class: 'bar' },
        h('a', { href: '#/', class: 'brand' }, h(Mark), h('span', null, 'camel-voice')),
        h('span', { class: 'badge stream ' + tone, role: 'status', title: ABOUT[stream] }, h('i', { 'aria-hidden': 'true' }), text),
        h('span', { class: 'gap' }),
        h('nav', { class: 'places', 'aria-label': 'Pages' },
            h('a', { href: '#/accounts', class: 'button bare', id: 'accounts' }, 'SIP accounts'),
            h('a', { href: '#/users', class: 'button bare', id: 'users' }, 'Users'),
            h('a', { href: '#/subscriptions', class: 'button bare', id: 'subscriptions' }, 'Subscriptions'),
            h('a', { href: '#/callbacks', class: 'button bare', id: 'callbacks' }, 'Callbacks')),
        h('button', { type: 'button', class: 'button bare', 'aria-label': 'Help: the keys', title: 'Keys (?)', onClick: onHelp },
            h('span', { 'aria-hidden': 'true' }, '?')),
        h(Theme),
        h('span', { class: 'who', title: 'Signed in' }, account()),
        h('button', { type: 'button', class: 'button', id: 'sign-out', onClick: () => signOut() },
            h(Icon, { name: 'leave' }), h('span', null, 'Sign out')));
}

/** Signed in: one list and one event stream for all pages. */
function Desk() {
    const [at, go] = useState(route);
    const [stream, setStream] = useState('connecting');
    const [help, setHelp] = useState(false);
    const list = useMemo(() => new CallList(), []);
    const listeners = useMemo(() => new Set(), []);
    const events = useMemo(() => ({
        listen(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    }), []);
    const filter = useRef(at.filter ?? {});
    if (at.filter) {
        filter.current = at.filter;
    }
    useEffect(() => {
        const changed = () => go(route());
        addEventListener('hashchange', changed);
        const stop = follow(event => {
            list.event(event);
            listeners.forEach(listener => listener(event));
        }, state => {
            setStream(state);
            if (state === 'live') {
                list.refresh();
            }
        });
        return () => {
            removeEventListener('hashchange', changed);
            stop();
        };
    }, []);
    useKeys(event => event.key === '?' && (setHelp(true), true));
    const back = () => {
        location.hash = '#/' + write(filter.current);
    };
    return h('div', { class: 'desk' }, h(Bar, { stream, onHelp: () => setHelp(true) }),
        at.callbacks ? h(CallbacksPage, { onBack: back })
            : at.account ? h(AccountPage, { key: at.account, id: at.account, onBack: () => {
                location.hash = '#/accounts';
            } })
            : at.users ? h(UsersPage, { onBack: back })
            : at.accounts ? h(AccountsPage, { onBack: back })
            : at.subscription ? h(SubscriptionPage, { key: at.subscription, id: at.subscription, onBack: () => {
                location.hash = '#/subscriptions';
            } })
            : at.subscriptions ? h(SubscriptionsPage, { onBack: back }) : at.id ? h(CallPage, { key: at.id, id: at.id, events, onBack: back })
            : h(CallsPage, { list, filter: at.filter, onFilter: next => {
                history.replaceState(null, '', '#/' + write(next));
                go(route());
            } }),
        help && h(Help, { onClose: () => setHelp(false) }));
}

function App() {
    const [session, set] = useState({ account: account(), reason: null });
    useEffect(() => onSession(reason => set({ account: account(), reason })), []);
    return session.account ? h(Desk, { key: session.account }) : h(SignIn, { reason: session.reason });
}

render(h(App), document.getElementById('app'));
