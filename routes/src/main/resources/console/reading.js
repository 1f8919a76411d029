// What a page reads again and again while somebody looks.

import { h, useEffect, useRef, useState, Notice } from './parts.js';
import { getJson } from './session.js';

/** What the path has, anew every few milliseconds while somebody looks. */
export function useAnew(where, millis) {
    const [state, set] = useState({ found: null, failure: null });
    const again = useRef(() => {});
    useEffect(() => {
        let gone = false;
        let timer = 0;
        const read = async () => {
            clearTimeout(timer);
            let next = millis;
            try {
                if (!document.hidden) {
                    const found = await getJson(where);
                    gone || set({ found, failure: null });
                }
            } catch (failure) {
                gone || set(before => ({ ...before, failure }));
                next = failure.passing ? (failure.retryAfter ?? 5) * 1000 : 0;
            }
            if (!gone && next > 0) {
                clearTimeout(timer);
                timer = setTimeout(read, next);
            }
        };
        again.current = read;
        read();
        const seen = () => document.hidden || read();
        document.addEventListener('visibilitychange', seen);
        return () => {
            gone = true;
            clearTimeout(timer);
            document.removeEventListener('visibilitychange', seen);
        };
    }, [where, millis]);
    return [state, () => again.current()];
}

/** said: in words for people, of this page. */
export const Failure = ({ failure, said }) => failure && h(Notice, { tone: failure.passing ? 'warn' : 'bad', title: 'This is not up to date' }, said(failure));
