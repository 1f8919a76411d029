// Runs before the page is painted, so that it does not flash in the wrong colours. 'auto' follows the system.
(() => {
    'use strict';
    const key = 'voice-console-theme';
    const themes = ['auto', 'light', 'dark'];
    const read = () => {
        try {
            const kept = localStorage.getItem(key);
            return themes.includes(kept) ? kept : 'auto';
        } catch {
            return 'auto';
        }
    };
    const apply = theme => {
        if (theme === 'auto') {
            document.documentElement.removeAttribute('data-theme');
        } else {
            document.documentElement.setAttribute('data-theme', theme);
        }
    };
    globalThis.voiceTheme = {
        themes,
        get: read,
        set(theme) {
            try {
                localStorage.setItem(key, theme);
            } catch {
                // Private windows may refuse; the theme lasts as long as the page then.
            }
            apply(theme);
        },
    };
    apply(read());
})();
