// Subscriptions to the state of others, one of them with its resources, and who watches us.

import { h, useEffect, useRef, useState, useKeys, Back, Badge, Fact, Notice, Party, Time } from './parts.js';
import { useAnew, Failure as NotUpToDate } from './reading.js';
import { getText, request } from './session.js';
import { count, explain } from './words.js';
import { inWords } from './states.js';

const REFRESH = 5_000;
const LIVE = 2_000;
const SHOWN = 100;
const STATES = { pending: ['Pending', 'warn'], active: ['Active', 'live'], failed: ['Failed', 'bad'], ended: ['Over', 'quiet'] };

const path = (id, more = '') => `subscriptions/${encodeURIComponent(id)}${more}`;
const Failure = ({ failure }) => h(NotUpToDate, { failure, said });
const said = failure => failure.status === 404 ? 'There is no such subscription any more.' : explain(failure);

const badge = state => {
    const [text, tone] = STATES[state] ?? [state, 'quiet'];
    return h(Badge, { tone }, text);
};

const behind = each => each.receiver ? Math.max(0, each.version - each.told) : 0;

function Row({ one }) {
    const waiting = behind(one);
    return h('li', { class: 'subscription', 'data-subscription': one.id },
        h('header', null, badge(one.state), h('h3', null, h('a', { href: '#/subscriptions/' + encodeURIComponent(one.id) }, one.event)),
            h('span', null, one.size === 1 ? '1 resource' : `${count(one.size)} resources`), h('span', { class: 'soft' }, one.account),
            h('span', { class: 'tools soft' }, h('span', { class: 'changes' }, one.version === 1 ? '1 change' : `${count(one.version)} changes`),
                waiting > 0 && h(Badge, { tone: 'warn' }, waiting === 1 ? '1 change not told yet' : `${count(waiting)} changes not told yet`))),
        h('p', { class: 'to' }, h('span', { class: 'id' }, one.id), one.receiver && ' tells ', one.receiver && h('span', null, one.receiver),
            one.owner === undefined && ' · watched by no node just now'));
}

function Watchers() {
    const [{ found, failure }] = useAnew('watchers', REFRESH);
    if (failure || !found) {
        return h(Failure, { failure });
    }
    return h('section', { class: 'watchers', 'aria-labelledby': 'watchers' }, h('h2', { id: 'watchers' }, 'Who watches us'),
        found.watchers.length === 0 ? h('p', { class: 'none' }, 'Nobody.') : h('ul', null, found.watchers.map(each =>
            h('li', { key: each.id, class: 'subscription' }, h('header', null, h(Badge, { tone: each.pending ? 'warn' : 'live' }, each.pending ? 'Pending' : 'Active'),
                h('h3', null, h(Party, { uri: each.watcher })), h('span', null, each.event, ' of '), h(Party, { uri: each.resource }),
                h('span', { class: 'tools soft' }, each.user && `as ${each.user} `, `from ${each.source}`))))));
}

export function SubscriptionsPage({ onBack }) {
    const [{ found, failure }] = useAnew('subscriptions?limit=1000', REFRESH);
    const [text, setText] = useState('');
    const title = useRef(null);
    useEffect(() => {
        document.title = 'Subscriptions · camel-voice';
        title.current?.focus({ preventScroll: true });
    }, []);
    useKeys(event => event.key === 'Escape' && (onBack(), true));
    const wanted = text.trim().toLowerCase();
    const rows = (found?.subscriptions ?? []).filter(each => !wanted || [each.id, each.event, each.account, each.receiver ?? '']
        .some(part => part.toLowerCase().includes(wanted)));
    return h('main', { class: 'callbacks subscriptions' }, h(Back, { href: '#/', onBack }, 'Calls'),
        h('header', { class: 'head' }, h('h1', { ref: title, tabIndex: -1 }, 'Subscriptions'), h('span', { class: 'sum' }, 'what others do, watched'),
            h('label', { class: 'field which' }, h('span', { class: 'offscreen' }, 'Filter'), h('input', { type: 'search', value: text, maxLength: 200,
                placeholder: 'package, account or id', onInput: event => setText(event.currentTarget.value) }))),
        h(Failure, { failure }),
        found && rows.length === 0 && h('div', { class: 'empty' }, h('h2', null, wanted ? 'None like that' : 'Nothing is watched')),
        h('ul', { class: 'all' }, rows.map(one => h(Row, { key: one.id, one }))),
        found?.more && h('p', { class: 'none' }, 'Only the oldest 1000 are shown; the HTTP API has the others.'),
        h(Watchers));
}

function Document({ id, resource, instance }) {
    const [text, set] = useState(null);
    useEffect(() => {
        let gone = false;
        const query = new URLSearchParams({ resource, instance: instance.id });
        getText(path(id, '/document?' + query)).then(found => gone || set(found), refused => gone || set(said(refused)));
        return () => {
            gone = true;
        };
    }, [id, resource, instance.id, instance.version]);
    return h('pre', { class: 'document', tabIndex: 0, 'aria-label': 'The document as it came' }, text ?? '…');
}

function Instance({ id, event, resource, instance }) {
    const [open, setOpen] = useState(false);
    const [words, tone] = inWords(event, instance);
    return h('div', { class: 'instance' }, h('p', { class: 'words' }, h(Badge, { tone }, words),
        h('span', { class: 'soft' }, h(Time, { iso: instance.changedAt }), ` change ${instance.version}`),
        instance.hasDocument && h('button', { type: 'button', class: 'button', 'aria-expanded': String(open), 'aria-label': `Document of ${resource}`,
            onClick: () => setOpen(!open) }, 'Document')),
    open && h(Document, { id, resource, instance }));
}

const Resource = ({ id, event, resource }) => h('li', { class: 'subscription resource', 'data-resource': resource.uri },
    h('header', null, h('h3', null, resource.name ? `${resource.name} ` : null, h(Party, { uri: resource.uri })),
        resource.trouble && h('span', { class: 'trouble' }, h(Badge, { tone: 'bad' }, resource.trouble))),
    resource.instances.length === 0 ? h('p', { class: 'none' }, 'Nothing has been told yet.') : resource.instances.map(instance =>
        h(Instance, { key: instance.id, id, event, resource: resource.uri, instance })));

export function SubscriptionPage({ id, onBack }) {
    const [text, setText] = useState('');
    const query = new URLSearchParams({ limit: SHOWN, ...(text.trim() && { resource: text.trim() }) });
    const [{ found, failure }, again] = useAnew(path(id, '?' + query), LIVE);
    const [asking, setAsking] = useState(false);
    const [trouble, setTrouble] = useState(null);
    const title = useRef(null);
    const sure = useRef(null);
    useEffect(() => {
        document.title = 'Subscription · camel-voice';
        title.current?.focus({ preventScroll: true });
    }, []);
    useEffect(() => sure.current?.focus(), [asking]);
    useKeys(event => event.key === 'Escape' && (asking ? setAsking(false) : onBack(), true));
    const end = async () => {
        setAsking(false);
        try {
            await request(path(id), { method: 'DELETE' });
            onBack();
        } catch (refused) {
            setTrouble(refused);
            again();
        }
    };
    return h('main', { class: 'callbacks subscriptions' }, h(Back, { href: '#/subscriptions', onBack }, 'Subscriptions'),
        h('header', { class: 'head' }, h('h1', { ref: title, tabIndex: -1 }, found?.event ?? 'Subscription'), found && badge(found.state),
            h('span', { class: 'gap' }),
            found && (asking ? h('span', { class: 'sure' }, 'Nothing will be told of it any more. ',
                h('button', { type: 'button', class: 'button', ref: sure, id: 'end-sure', onClick: end }, 'End it'),
                h('button', { type: 'button', class: 'button', onClick: () => setAsking(false) }, 'Keep it'))
                : h('button', { type: 'button', class: 'button', id: 'end', onClick: () => setAsking(true) }, 'End'))),
        trouble && h(Notice, { tone: 'bad', title: 'That did not work', action: h('button', { type: 'button', class: 'button',
            onClick: () => setTrouble(null) }, 'Close') }, trouble.problem?.detail ?? said(trouble)),
        h(Failure, { failure }),
        found && h('dl', { class: 'facts' },
            h(Fact, { name: 'Id' }, h('span', { class: 'id' }, found.id)), h(Fact, { name: 'Account' }, found.account),
            h(Fact, { name: 'Changes' }, count(found.version)), found.receiver && h(Fact, { name: 'Not told yet' }, count(behind(found))),
            h(Fact, { name: 'Since' }, h(Time, { iso: found.createdAt })), found.until && h(Fact, { name: 'Until' }, h(Time, { iso: found.until })),
            found.receiver && h(Fact, { name: 'Tells' }, found.receiver), h(Fact, { name: 'Node' }, found.owner ?? 'none just now')),
        found && found.size > 1 && h('label', { class: 'field search' }, h('span', null, 'Resource'), h('input', { type: 'search', value: text,
            maxLength: 200, placeholder: 'part of its URI', onInput: event => setText(event.currentTarget.value) })),
        found && h('ul', { class: 'all' }, found.resources.map(each => h(Resource, { key: each.uri, id, event: found.event, resource: each }))),
        found && found.matching > found.resources.length && h('p', { class: 'none' },
            `${count(found.resources.length)} of ${count(found.matching)} resources are shown; ask for a part of the URI to see others.`));
}
