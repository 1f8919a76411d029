// A call: what is known of it, why it ended, its ladder, and its audio in figures.

import { h, useEffect, useRef, useState, useKeys, useNow, useMedia, step, direction, Badge, Copy, Icon, Notice, Party, Time } from './parts.js';
import { download, getJson, getText } from './session.js';
import { between, count, endedBy, explain, isOver, lapse, outcome, party, quality, span, talked, why } from './words.js';
import { told } from './list.js';
import { Ladder, legParty } from './ladder.js';
import { Message } from './message.js';
import { Taps } from './taps.js';

const LIVE_REFRESH = 10_000;
const path = id => 'history/' + encodeURIComponent(id);

/** The call, read anew when an event names it, and for a while after its end: messages may follow. */
function useCall(id, events) {
    const [state, set] = useState({ call: null, failure: null });
    const again = useRef(() => {});
    useEffect(() => {
        let gone = false;
        let timer = 0;
        let running = false;
        let missed = false;
        let known = null;
        const plan = millis => {
            clearTimeout(timer);
            timer = setTimeout(read, millis);
        };
        const read = async () => {
            if (running || gone) {
                missed = running;
                return;
            }
            running = true;
            missed = false;
            try {
                const call = await getJson(path(id) + '?include=legs');
                if (!gone) {
                    known = call;
                    set({ call, failure: null });
                    const settled = isOver(call) && Date.now() - Date.parse(call.endedAt) > 40_000;
                    if (!settled) {
                        plan(isOver(call) ? 5_000 : LIVE_REFRESH);
                    }
                }
            } catch (failure) {
                if (!gone) {
                    set(before => ({ ...before, failure }));
                    if (failure.passing) {
                        plan((failure.retryAfter ?? 5) * 1000);
                    }
                }
            } finally {
                running = false;
                if (missed) {
                    plan(300);
                }
            }
        };
        again.current = read;
        set({ call: null, failure: null });
        read();
        const stop = events.listen(event => {
            if (known ? event.callId === known.callId : event.callId === id) {
                set(before => before.call ? { ...before, call: told(before.call, event) } : before);
                plan(300);
            } else if (known && (event.parentCallId === known.callId || known.legs?.some(leg => leg.callId === event.callId))) {
                plan(300);
            }
        });
        return () => {
            gone = true;
            clearTimeout(timer);
            stop();
        };
    }, [id]);
    return [state, () => again.current()];
}

const Fact = ({ name, children }) => children || children === 0 ? h('div', null, h('dt', null, name), h('dd', null, children)) : null;

function Facts({ call, now }) {
    const peer = call.peerCallId;
    return h('dl', { class: 'facts' },
        h(Fact, { name: 'Started' }, h(Time, { iso: call.createdAt })),
        h(Fact, { name: 'Rang after' }, call.ringingAt && lapse(between(call.createdAt, call.ringingAt))),
        h(Fact, { name: 'Answered after' }, call.answeredAt && lapse(between(call.createdAt, call.answeredAt))),
        h(Fact, { name: 'Talked' }, call.answeredAt && (isOver(call) && talked(call) < 10 ? lapse(talked(call)) : span(talked(call, now)))),
        h(Fact, { name: 'Ended' }, isOver(call) && h(Time, { iso: call.endedAt })),
        h(Fact, { name: 'Ended by' }, isOver(call) && endedBy(call)),
        h(Fact, { name: 'SIP code' }, isOver(call) && call.cause !== 'normal' && [call.sipCode, call.phrase].filter(Boolean).join(' ')),
        h(Fact, { name: 'Reason' }, call.reason),
        h(Fact, { name: 'Direction' }, call.direction),
        h(Fact, { name: 'Transport' }, call.transport?.toUpperCase()),
        h(Fact, { name: 'Came from' }, call.remoteAddress),
        h(Fact, { name: 'Signed in as' }, call.authenticatedUser),
        h(Fact, { name: 'Codec' }, call.codec),
        h(Fact, { name: 'Called' }, call.calledUri !== call.to && call.calledUri),
        h(Fact, { name: 'Project' }, call.project),
        h(Fact, { name: 'Placed for' }, call.parentCallId && h('a', { href: '#/calls/' + encodeURIComponent(call.parentCallId), class: 'peer' },
            call.parentCallId)),
        h(Fact, { name: 'Other leg' }, peer && h('a', { href: '#/calls/' + encodeURIComponent(peer), class: 'peer' }, peer)),
        h(Fact, { name: 'Call id' }, h('span', { class: 'id' }, call.callId), h(Copy, { get: () => call.callId, label: 'Copy the call id' })),
        h(Fact, { name: 'SIP Call-ID' }, call.sipCallId && [h('span', { key: 'id', class: 'id' }, call.sipCallId),
            h(Copy, { key: 'copy', get: () => call.sipCallId, label: 'Copy the SIP Call-ID' })]));
}

function Media({ call }) {
    const rows = [['received', 'Received'], ['sent', 'Sent']].map(([prefix, title]) => ({ title, figure: name => call[prefix + name] }));
    if (rows.every(({ figure }) => figure('Packets') === undefined)) {
        return h('p', { class: 'none' }, call.answeredAt && !isOver(call) ? 'Figures come when the call ends.' : 'No audio was counted.');
    }
    const lost = figure => {
        const share = figure('Lost') ? 100 * figure('Lost') / (figure('Lost') + figure('Packets')) : 0;
        return [count(figure('Lost')), share > 0 && h('small', { key: 'share' }, ` ${share < 0.1 ? '<0.1' : share.toFixed(1)} %`)];
    };
    const mos = figure => {
        const good = quality(figure('Mos'));
        return good ? [figure('Mos').toFixed(2), h('small', { key: 'word', class: good[1] }, ` ${good[0]}`)] : '–';
    };
    const jitter = figure => figure('JitterMillis') === undefined ? '–' : [figure('JitterMillis').toFixed(1), h('small', { key: 'ms' }, ' ms')];
    const lines = [['Packets', figure => count(figure('Packets'))], ['Lost', lost], ['Discarded', figure => count(figure('Discarded'))],
        ['Jitter', jitter], ['MOS', mos]];
    return h('table', { class: 'figures', 'aria-labelledby': 'audio' },
        h('thead', null, h('tr', null, h('td', null), rows.map(({ title }) => h('th', { key: title, scope: 'col' }, title)))),
        h('tbody', null, lines.map(([title, value]) => h('tr', { key: title }, h('th', { scope: 'row' }, title),
            rows.map(({ title: way, figure }) => h('td', { key: way }, value(figure)))))));
}

function Tools({ call, all, onFailure }) {
    const ladder = format => () => getText(`${path(call.callId)}/ladder?format=${format}${all ? '&include=legs' : ''}`);
    const save = (what, name) => () => download(`${path(call.callId)}/${what}`, name).catch(onFailure);
    const name = call.callId.replace(/[^A-Za-z0-9._-]/g, '_');
    return h('div', { class: 'tools' },
        h('button', { type: 'button', class: 'button', id: 'pcap', onClick: save(all ? 'pcap?include=legs' : 'pcap', name + '.pcap') }, h(Icon, { name: 'down' }), 'pcap'),
        h('button', { type: 'button', class: 'button', onClick: save(`ladder?format=svg${all ? '&include=legs' : ''}`, name + '.svg') }, h(Icon, { name: 'down' }), 'SVG'),
        h(Copy, { get: ladder('text'), label: 'Copy the ladder as text', onFailure }, 'Text'),
        h(Copy, { get: ladder('mermaid'), label: 'Copy the ladder as a Mermaid diagram', onFailure }, 'Mermaid'));
}

/** The caller and all that were called for it, each with what became of it; in the order of the ladder. */
function Legs({ call, now }) {
    return h('section', { class: 'legs', 'aria-labelledby': 'legs' }, h('h2', { id: 'legs' }, 'Legs', h('small', null, ` ${call.legs.length}`)),
        h('ol', null, call.legs.map(leg => {
            const said = outcome(leg);
            const here = leg.callId === call.callId;
            return h('li', { key: leg.callId, class: here ? 'leg here' : 'leg', 'aria-current': here ? 'true' : undefined },
                h('a', { href: '#/calls/' + encodeURIComponent(leg.callId) }, h(Party, { uri: legParty(leg) })),
                h('span', { class: leg.note === 'bridged' ? 'note good' : 'note' }, leg.note),
                h('span', { class: 'span' }, leg.answeredAt ? span(talked(leg, now)) : ''),
                h(Badge, { tone: said.tone }, said.text));
        })));
}

export function CallPage({ id, events, onBack }) {
    const [{ call, failure }, again] = useCall(id, events);
    const [open, setOpen] = useState(null);
    const [trouble, setTrouble] = useState(null);
    const wide = useMedia('(min-width: 1100px)');
    const now = useNow(Boolean(call && !isOver(call)));
    const title = useRef(null);
    const ladder = useRef(null);
    const [alone, setAlone] = useState(false);
    const legs = !alone && call?.legs?.length > 1 ? call.legs : null;
    const messages = (call?.messages ?? []).filter(each => legs || !call.legs || each.callId === call.callId);
    const split = wide && !(legs && legs.length > 3);

    useEffect(() => {
        setOpen(null);
        setAlone(false);
        setTrouble(null);
        title.current?.focus({ preventScroll: true });
        scrollTo(0, 0);
    }, [id]);
    useEffect(() => {
        document.title = call ? `${party(call.from)[0]} → ${party(call.to)[0]} · camel-voice` : 'Call · camel-voice';
    }, [call?.from, call?.to]);

    const rows = () => ladder.current?.querySelectorAll('button.message') ?? [];
    useKeys(event => {
        const by = direction(event.key);
        if (by !== 0 && !event.target.closest?.('.wire')) {
            const moved = step(rows(), by);
            if (moved && open !== null && split) {
                setOpen([...rows()].indexOf(document.activeElement));
            }
            return moved;
        }
        if (event.key === 'Escape') {
            if (open === null) {
                onBack();
            } else {
                rows()[open]?.focus();
                setOpen(null);
            }
            return true;
        }
        return false;
    });

    const shown = open !== null && messages[open];
    const detail = shown && h(Message, { message: shown, index: open, of: messages.length, onClose: () => {
        rows()[open]?.focus();
        setOpen(null);
    }, onStep: by => setOpen(open + by) });
    const said = call && outcome(call);
    return h('main', { class: 'call' },
        h('nav', { 'aria-label': 'Back' }, h('a', { href: '#/', class: 'back', onClick: event => {
            event.preventDefault();
            onBack();
        } }, h(Icon, { name: 'back' }), 'Calls')),
        h('header', { class: 'head' },
            h('h1', { ref: title, tabIndex: -1 }, call ? [h(Party, { key: 'from', uri: call.from }), h('span', { key: 'to', class: 'arrow' }, ' → '),
                h(Party, { key: 'called', uri: call.to })] : 'Call'),
            call && h(Badge, { tone: said.tone }, said.text),
            call && h('p', { class: 'reason', role: 'status' }, why(call))),
        failure && h(Notice, { tone: failure.passing ? 'warn' : 'bad', title: call ? 'This is not up to date' : 'The call cannot be shown',
            action: h('button', { type: 'button', class: 'button', onClick: again }, h(Icon, { name: 'again' }), 'Try again') }, explain(failure)),
        trouble && h(Notice, { tone: 'bad', title: 'That did not work', action: h('button', { type: 'button', class: 'button',
            onClick: () => setTrouble(null) }, 'Close') }, explain(trouble)),
        !call && !failure && h('p', { class: 'none', role: 'status' }, 'Reading …'),
        call && h('div', { class: 'overview' }, h(Facts, { call, now }),
            h('section', { class: 'audio', 'aria-labelledby': 'audio' }, h('h2', { id: 'audio' }, 'Audio'), h(Media, { call }))),
        call && !isOver(call) && h(Taps, { call, events }),
        call?.legs?.length > 1 && h(Legs, { call, now }),
        call && h('section', { class: 'talk', 'aria-labelledby': 'talk' },
            h('header', null, h('h2', { id: 'talk' }, 'Messages', h('small', null, ` ${messages.length}`)),
                call.legs?.length > 1 && h('label', { class: 'check alone' }, h('input', { type: 'checkbox', id: 'alone', checked: alone, onChange: event => {
                    setOpen(null);
                    setAlone(event.target.checked);
                } }), 'This leg alone'),
                h(Tools, { call, all: legs !== null, onFailure: setTrouble })),
            call.dropped > 0 && h(Notice, { tone: 'quiet' }, `${count(call.dropped)} messages were not kept: the call had too many.`),
            messages.length === 0 ? h('p', { class: 'none' }, 'No message was seen of this call.')
                : h('div', { class: split ? 'split' : 'whole', ref: ladder },
                    h(Ladder, { call, legs, messages, open, onOpen: index => setOpen(open === index ? null : index), inside: split ? null : detail }),
                    split && (detail || h('div', { class: 'choose' }, 'Choose a message to read it.')))));
}
