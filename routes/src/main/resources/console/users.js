// Users who may register phones here, and the phones that they registered. Reading only: users are added and removed by the command line or the HTTP API.

import { h, useEffect, useRef, useState, useKeys, useNow, Back, Badge, Fact, Notice, Party, Time } from './parts.js';
import { useAnew, Failure } from './reading.js';
import { count, explain } from './words.js';
import { away } from './statuses.js';

const REFRESH = 5_000;
const MOST = 1_000;
const SHOWN = 200;

const said = failure => failure.status === 404 ? 'There is no such user any more.' : explain(failure);
const phones = number => number === 1 ? '1 phone' : `${count(number)} phones`;

const Phone = ({ phone, now }) => h('li', { class: 'phone' }, h('p', null, h(Party, { uri: phone.contact }), phone.userAgent && h('span', { class: 'soft' }, ` ${phone.userAgent}`)),
    h('dl', null, h(Fact, { name: 'Since' }, h(Time, { iso: phone.registeredAt, now })), h(Fact, { name: 'Last seen' }, h(Time, { iso: phone.refreshedAt, now })),
        h(Fact, { name: 'Until' }, h(Time, { iso: phone.expiresAt, now }), ` (${away(phone.expiresAt, now)})`),
        h(Fact, { name: 'From' }, `${phone.source} by ${phone.transport}`)));

function Phones({ name, now }) {
    const [{ found, failure }] = useAnew(`users/${encodeURIComponent(name)}`, REFRESH);
    return h('div', { class: 'phones' }, h(Failure, { failure, said }),
        found && found.phones.length === 0 && h('p', { class: 'none' }, 'No phone is registered at this node.'),
        found && h('ul', null, found.phones.map(phone => h(Phone, { key: phone.contact, phone, now }))));
}

const Row = ({ user, open, onOpen, now }) => h('li', { class: 'subscription user', 'data-user': user.name },
    h('header', null, h(Badge, { tone: user.contacts > 0 ? 'good' : 'quiet' }, user.contacts > 0 ? 'Registered' : 'Not registered'), h('h3', null, user.name),
        h('span', { class: 'tools soft' }, user.source === 'settings' ? 'of the settings' : 'of the database',
            h('button', { type: 'button', class: 'button', disabled: user.contacts === 0 && !open, 'aria-expanded': String(open), 'aria-label': `Phones of ${user.name}`,
                onClick: onOpen }, phones(user.contacts)))),
    open && h(Phones, { name: user.name, now }));

export function UsersPage({ onBack }) {
    const [{ found, failure }] = useAnew(`users?limit=${MOST}`, REFRESH);
    const [text, setText] = useState('');
    const [open, setOpen] = useState(null);
    const now = useNow(open !== null);
    const title = useRef(null);
    useEffect(() => {
        document.title = 'Users · camel-voice';
        title.current?.focus({ preventScroll: true });
    }, []);
    useKeys(event => event.key === 'Escape' && (onBack(), true));
    const wanted = text.trim().toLowerCase();
    const users = (found?.users ?? []).filter(each => each.name.toLowerCase().includes(wanted));
    return h('main', { class: 'callbacks subscriptions users' }, h(Back, { href: '#/', onBack }, 'Calls'),
        h('header', { class: 'head' }, h('h1', { ref: title, tabIndex: -1 }, 'Users'),
            h('span', { class: 'sum' }, found ? `${count(found.count)} may register phones in ${found.realm}` : 'who may register phones here'),
            h('label', { class: 'field which' }, h('span', { class: 'offscreen' }, 'Filter'), h('input', { type: 'search', value: text, maxLength: 200,
                placeholder: 'part of the name', onInput: event => setText(event.currentTarget.value) }))),
        h(Failure, { failure, said }),
        found && !found.registrar && found.count > 0 && h(Notice, { tone: 'warn', title: 'Phones cannot register' }, 'The registrar is off.'),
        found && users.length === 0 && h('div', { class: 'empty' }, h('h2', null, wanted ? 'None like that' : 'There are no users'),
            !wanted && h('p', null, 'Add one with voice-gateway.jar user add NAME, or over the HTTP API; then a phone can register here.')),
        h('ul', { class: 'all' }, users.slice(0, SHOWN).map(user => h(Row, { key: user.name, user, now, open: open === user.name,
            onOpen: () => setOpen(open === user.name ? null : user.name) }))),
        users.length > SHOWN && h('p', { class: 'none' }, `${count(SHOWN)} of ${count(users.length)} users are shown; a part of the name finds the others.`),
        found && found.count > found.users.length && h('p', { class: 'none' }, `Only the first ${count(MOST)} were read.`));
}
