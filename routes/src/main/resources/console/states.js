// What others do, in words: the state of each event package as one line, and how good or bad it is. Nothing of it is trusted; it is text.

import { party } from './words.js';

const name = uri => party(uri)[0] + (party(uri)[1] ? '@' + party(uri)[1] : '');
const list = (all, most = 3) => all.slice(0, most).join(', ') + (all.length > most ? ` and ${all.length - most} more` : '');
const plural = (number, one, many = one + 's') => `${number} ${number === 1 ? one : many}`;

const PHASES = { trying: 'calls', proceeding: 'calls', early: 'rings', confirmed: 'talks with' };

/** Who is on the phone. */
function dialog(values) {
    const live = (values.dialogs ?? []).filter(each => each.state !== 'terminated');
    if (live.length === 0) {
        return ['Not on the phone', 'quiet'];
    }
    const said = live.map(each => {
        const other = each.remote?.identity?.uri ?? each.remote?.target;
        const rings = each.state === 'early' && each.direction === 'recipient';
        const words = rings ? 'is called by' : each.state === 'early' && each.direction === 'initiator' ? 'calls' : PHASES[each.state] ?? each.state;
        return other ? `${words} ${name(other)}` : `${words} somebody`.replace('talks with somebody', 'is on the phone');
    });
    return [list(said), live.some(each => each.state === 'confirmed') ? 'live' : 'warn'];
}

/** Who is registered, and where. */
function reg(values) {
    const contacts = (values.registrations ?? []).flatMap(each => each.contacts ?? []).filter(each => each.state === 'active');
    return contacts.length === 0 ? ['Not registered', 'quiet'] : [`Registered at ${list(contacts.map(each => name(each.uri)))}`, 'good'];
}

function presence(values) {
    const basic = values.basic ?? values.tuples?.[0]?.basic;
    const more = [...(values.activities ?? []), ...(values.notes ?? []).map(each => each.text)];
    return [[basic === 'open' ? 'Available' : basic === 'closed' ? 'Not available' : 'Presence unknown', ...more].join(', '),
        basic === 'open' ? 'good' : 'quiet'];
}

/** Messages waiting. */
function summary(values) {
    const counts = Object.entries(values.counts ?? {}).map(([kind, each]) => `${kind.replace(/-message$/, '')} ${each.new} new, ${each.old} old`
        + (each.newUrgent ? `, ${each.newUrgent} urgent` : ''));
    return values.messagesWaiting ? [list(['Messages waiting', ...counts]), 'warn'] : [list(['No messages', ...counts]), 'quiet'];
}

function conference(values) {
    const users = values.users ?? [];
    return [users.length === 0 ? 'Nobody is in the conference' : `${plural(users.length, 'user')}: ${list(users.map(each => each.displayText
        ?? name(each.entity ?? '')))}`, users.length > 0 ? 'live' : 'quiet'];
}

const PACKAGES = { dialog, reg, presence, 'message-summary': summary, conference };

/** [words, tone] of an instance in an event package. */
export function inWords(event, instance) {
    if (instance.state === 'terminated') {
        return [`No longer watched${instance.reason ? ': ' + instance.reason : ''}`, 'bad'];
    }
    const values = instance.values;
    if (!values) {
        return [instance.state === 'pending' ? 'Waits for permission' : 'Nothing is known yet', 'quiet'];
    }
    const words = PACKAGES[event.split(';')[0].trim().toLowerCase()];
    try {
        if (words && !('text' in values)) {
            return words(values);
        }
    } catch {
        // Then it is shown as it came.
    }
    if (values.code) {
        return [`${values.code} ${values.phrase ?? ''}`, values.code < 300 ? 'good' : 'warn'];
    }
    const text = (values.text ?? '').trim();
    return [text ? text.split(/\r?\n/)[0].slice(0, 120) : instance.contentType ?? 'Something', 'quiet'];
}
