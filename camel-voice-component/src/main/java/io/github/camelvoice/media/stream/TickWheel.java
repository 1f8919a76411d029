package io.github.camelvoice.media.stream;

import java.util.Arrays;

/**
 * Calls its members once in each round of 20 ms, on an absolute schedule: slot s of round n is due at start + n x 20 ms + s x 2 ms,
 * however late the one before ran. Members are spread evenly over the slots. One thread; members may join and leave while one of
 * them is called.
 */
final class TickWheel {

    static final int SLOTS = 10;
    static final long ROUND_NANOS = 20_000_000L;
    static final long SLOT_NANOS = ROUND_NANOS / SLOTS;
    /** Rounds that are caught up after a stall; what is older is skipped, and members see it in the number of the round. */
    private static final int CATCH_UP = 10;

    /** Something that is called once a round. */
    abstract static class Member {
        private int slot = -1;
        private int index;

        /** @param round counts up by one every 20 ms, skipped ones included */
        abstract void tick(long round, long now);

        final boolean onWheel() {
            return slot >= 0;
        }
    }

    private final Member[][] slots = new Member[SLOTS][8];
    private final int[] counts = new int[SLOTS];
    private final long start;
    private int members;
    /** Slots since the start: round x SLOTS + slot of the next one to run. */
    private long position;

    TickWheel(long start) {
        this.start = start;
    }

    int members() {
        return members;
    }

    void join(Member member) {
        if (member.slot >= 0) {
            return;
        }
        int slot = 0;
        for (int s = 1; s < SLOTS; s++) {
            if (counts[s] < counts[slot]) {
                slot = s;
            }
        }
        if (counts[slot] == slots[slot].length) {
            slots[slot] = Arrays.copyOf(slots[slot], 2 * counts[slot]);
        }
        member.slot = slot;
        member.index = counts[slot];
        slots[slot][counts[slot]++] = member;
        members++;
    }

    void leave(Member member) {
        if (member.slot < 0) {
            return;
        }
        Member[] row = slots[member.slot];
        int last = --counts[member.slot];
        row[member.index] = row[last];
        row[member.index].index = member.index;
        row[last] = null;
        member.slot = -1;
        members--;
    }

    /** When the next slot with members is due; {@link Long#MAX_VALUE} when nobody is here. */
    long nextDue(long now) {
        if (members == 0) {
            return Long.MAX_VALUE;
        }
        skipEmpty();
        return start + position * SLOT_NANOS;
    }

    /** Runs one slot if it is due. @return whether it was: call again until it is not */
    boolean runDue(long now) {
        if (members == 0) {
            position = Math.max(position, (now - start) / SLOT_NANOS);
            return false;
        }
        skipEmpty();
        if (now - (start + position * SLOT_NANOS) < 0) {
            return false;
        }
        long behind = ((now - start) / SLOT_NANOS - position) / SLOTS;
        if (behind > CATCH_UP) {
            position += (behind - CATCH_UP) * SLOTS;
        }
        int slot = (int) (position % SLOTS);
        long round = position / SLOTS;
        position++;
        // from the end: one that leaves is replaced by one that ran already
        Member[] row = slots[slot];
        for (int i = counts[slot] - 1; i >= 0; i--) {
            if (i < counts[slot]) {
                row[i].tick(round, now);
            }
        }
        return true;
    }

    private void skipEmpty() {
        while (counts[(int) (position % SLOTS)] == 0) {
            position++;
        }
    }
}
